"""要两个人才能办的事：旁边的一位是谁，用 PIN 或者口令说明是本人."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.sign_in import check, note_failed


class Second(NamedTuple):
    """Another person who stands by, by staff number, and in a sealed book their PIN or passphrase."""

    who: str = ""
    secret: str = ""


NOBODY = Second()


def another(office: Office, second: Second, but: Collection[str], needed: Refusal) -> str:
    """The staff number of somebody else than those of `but`; in a sealed book they show who they are.

    Raises:
        Refusal: `needed`, where nobody else stands by; `second-not-shown` (another PIN or passphrase, which is recorded); what
            `OfficeProfile.clerk` and `check` refuse.
    """
    other = office.profile.clerk(second.who).staff_number if second.who else ""
    if not other or other in but:
        raise needed
    if office.sealed and not check(office, other, second.secret)():
        note_failed(office, other)
        raise Refusal("second-not-shown", f"工号 {other} 的 PIN 或者口令不对。", "请本人重新输入。")
    return other
