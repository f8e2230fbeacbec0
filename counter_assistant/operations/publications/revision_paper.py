"""核定稿：一稿改了什么，逐个事项、逐行编号，印出来给会议看；不编文书号，不入档."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import ItemDifference
from counter_assistant.paper.sheets import arrange_revision

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

FORM = "revision_paper"
NONE = "—"


def revision_paper(office: Office, based_on: str, found: Sequence[ItemDifference], progress: str) -> Sheet:
    """The differences of a revision for the meeting, each with its number; `progress` says in words how much is answered.

    Raises:
        Refusal: `nothing-revised`; `broken-form`.
    """
    if not found:
        raise Refusal("nothing-revised", "这一稿还没有改动，没有什么可印。", "请先逐句核定，或者改事项。")
    facts = {
        "office": office.profile,
        "version": based_on,
        "day": chinese_date(office.today()),
        "items": len(found),
        "lines": sum(len(each.differences) for each in found),
        "progress": progress,
    }
    blocks = office.program.forms.blocks(FORM, facts)
    return arrange_revision(blocks, _sections(found))


def _sections(found: Sequence[ItemDifference]) -> list[tuple[str, tuple[tuple[Run, ...], ...]]]:
    """Each item with its rows; the numbers go on from item to item."""
    sections, number = [], 0
    for each in found:
        rows = []
        for line in each.differences:
            number += 1
            texts = (str(number), line.section, line.before or NONE, line.after or NONE)
            rows.append(tuple(map(Run, texts)))
        sections.append((f"{each.item}　{each.name}（{each.happened}）", tuple(rows)))
    return sections
