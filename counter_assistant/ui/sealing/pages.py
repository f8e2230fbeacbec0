"""密封台账的哪一页：还没有密封的，密封它；密封了的，管口令，从那里去换恢复单。"""

from __future__ import annotations

from collections.abc import Callable

from counter_assistant.operations.office import Office
from counter_assistant.operations.sealing import refuse_unsealable
from counter_assistant.ui.sealing.passphrases_page import PassphrasesPage
from counter_assistant.ui.sealing.renewal_page import RenewalPage
from counter_assistant.ui.sealing.sealing_page import SealingPage


def sealing_page(office: Office, show: Callable[[RenewalPage], object]) -> SealingPage | PassphrasesPage:
    """The page for the book of an office as it is; `show` shows another that it leads to.

    Raises:
        Refusal: what `refuse_unsealable` and `sealing.people` refuse.
    """
    if office.sealed:
        page = PassphrasesPage(office)
        page.sheet_asked.connect(lambda: show(RenewalPage(office)))
        return page
    refuse_unsealable(office)
    return SealingPage(office)
