"""一个数的背后：它数的是哪几件办件，一件一行."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.formatting import listed

if TYPE_CHECKING:
    from counter_assistant.operations.notification.own_matters import OwnMatter
    from counter_assistant.operations.office import Office

MOST = 200
"""So many are listed: more are not gone through one by one, and their number is said."""


class CaseLine(NamedTuple):
    """A case: its id, what finds it on the page 办件, and how it reads. `hint`: how it stands."""

    case: str
    finds: str
    text: str
    hint: str


def case_lines(office: Office, ids: Iterable[str]) -> tuple[list[CaseLine], int]:
    """The cases with these ids, each once, the newest first, at most `MOST`; and how many there are."""
    wanted = list(dict.fromkeys(ids))
    found = office.cases.with_ids(wanted[-MOST:])
    lines = [
        CaseLine(
            case.id, case.papers[-1] if case.papers else case.applicant,
            listed((f"{case.opened.month}月{case.opened.day}日", case.applicant or "未留姓名", case.item_name), "　"),
            case.stage.label,
        )
        for case in sorted(found, key=lambda case: (case.opened, case.id), reverse=True)
    ]  # fmt: skip
    return lines, len(wanted)


def matter_lines(office: Office, matters: Iterable[OwnMatter]) -> list[CaseLine]:
    """Matters that differed, each with what came of holding its two tellings together."""
    found = []
    for matter in matters:
        case = office.cases.get(matter.case)
        finds = case.papers[-1] if case and case.papers else matter.applicant
        day = matter.told_on
        said = listed((f"{day.month}月{day.day}日", matter.applicant or "未留姓名", matter.item_name), "　")
        found.append(CaseLine(matter.case, finds, said, matter.comparison.summary))
    return found
