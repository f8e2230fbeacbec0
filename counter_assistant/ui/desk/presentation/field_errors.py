"""哪一栏不对：逐栏核对，离开了才说，或者 F9 时说。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.page import DeskPage


def find_faults(page: DeskPage, office: Office) -> dict[str, Refusal]:
    """The fields of the page that cannot be right or cannot be printed, with what to do."""
    from counter_assistant.ui.desk.presentation.applicant_fields import read_applicant

    faults = dict(page.sight.faults) if page.sight else read_applicant(page.state, None, office.today())[1]
    typed = {key: getattr(page.state, key) for key in ("name", "agent_name")}
    asked = {entry.key: entry.text for entry in page.sight.asked} if page.sight else {}
    for key, text in (typed | asked).items():
        if missing := page.rare.missing(text):
            named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing)
            remedy = "请核对；确是证件上的字的，留空由经办人手写并签章。"
            faults.setdefault(key, Refusal("missing-glyph", f"字库里没有 {named}，印出来会是方框。", remedy))
    return faults


def show_told(page: DeskPage, office: Office) -> None:
    """Says beneath the fields what was wrong with those that were left, or stood in the way of F9."""
    from counter_assistant.ui.desk.presentation.missing import lacking

    page.panels.materials.list.kept = bool(page.sight and any(entry.key == "quoted" for entry in page.sight.asked))
    faults = find_faults(page, office) if page.told else {}
    page.panels.applicant.show_faults({key: fault for key, fault in faults.items() if key in page.told})
    lacks = lacking(office, page.sight.matter, faults) if page.told and page.sight else []
    page.panels.details.show_faults({lack.key: lack.fault for lack in lacks if lack.key in page.told})
