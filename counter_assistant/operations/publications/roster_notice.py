"""AB 角公示：每个窗口、每个岗位的 A 角和 B 角，一张 A4，贴在大厅（守则 一(八)6）."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.roster import RosterLine, roster
from counter_assistant.paper.sheets import ROSTER, ROSTER_ROWS, arrange_sheet

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

FORM, NOBODY = "roster", "待设"


def roster_notice(office: Office) -> Sheet:
    """The public notice of who is A角 and B角 here.

    Raises:
        Refusal: `no-roster` (nobody is set as B角 anywhere); `broken-form`.
    """
    lines = [line for line in roster(office.profile) if line.main]
    if not any(line.deputies for line in lines):
        raise Refusal(
            "no-roster", "还没有设 B 角，没有什么可以公示。", "请在设置的“岗位”里给每个岗位选 B 角（守则 一(八)1）。"
        )
    facts = {
        "office": office.profile,
        "office_is_example": office.is_example,
        "day": chinese_date(office.today()),
    }
    blocks = office.program.forms.blocks(FORM, facts)
    return arrange_sheet(ROSTER, blocks, {ROSTER_ROWS: tuple(map(_row, lines))})


def _row(line: RosterLine) -> tuple[Run, ...]:
    place = listed((line.department, line.place), "　")
    return Run(place), Run(_people(line.main)), Run(_people(line.deputies) or NOBODY, strong=not line.deputies)


def _people(clerks: Iterable[Clerk]) -> str:
    """李某　0883-2120000、王某: name and phone of each."""
    return listed(listed((clerk.name, clerk.phone), "　") for clerk in clerks)
