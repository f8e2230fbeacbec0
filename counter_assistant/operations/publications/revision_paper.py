"""核定稿：一稿改了什么，逐个事项、逐处编号，印出来给会议看；不编文书号，不入档."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import Difference, ItemDifference
from counter_assistant.paper.sheets import arrange_revision

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

FORM = "revision_paper"
NONE, SHARED = "—", "几个事项一样改的，一处列一次"
Rows = tuple[tuple[Run, ...], ...]


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
        "items": sum(not each.of_paper for each in found),
        "papers": sum(each.of_paper for each in found),
        "lines": len({line for each in found for line in each.differences}),
        "progress": progress,
    }
    blocks = office.program.forms.blocks(FORM, facts)
    return arrange_revision(blocks, _sections(found))


def _sections(found: Sequence[ItemDifference]) -> list[tuple[str, Rows]]:
    """What several items change alike stands once, before them; the numbers go on from section to section."""
    used: dict[Difference, list[str]] = {}
    for each in found:
        for line in each.differences:
            used.setdefault(line, []).append(each.item)
    number = count(1)
    shared = tuple(
        _row(number, line, f"{line.section}（{listed(items)}）") for line, items in used.items() if len(items) > 1
    )
    sections = [(SHARED, shared)] if shared else []
    for each in found:
        own = tuple(_row(number, line, line.section) for line in each.differences if len(used[line]) == 1)
        if own or not each.differences:
            sections.append((f"{each.item}　{each.name}（{each.happened}）", own))
    return sections


def _row(number: Iterator[int], line: Difference, section: str) -> tuple[Run, ...]:
    was, is_ = line.before.in_words(), line.after.in_words()
    return tuple(map(Run, (str(next(number)), section, was or NONE, is_ or NONE)))
