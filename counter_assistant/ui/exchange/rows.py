"""中心的一张单子：要查明的在前，各网点在后；选中一行，下面写明怎么办。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from counter_assistant.domain.exchange.findings import Finding
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.operations.exchange.all_branches import AllBranches, BranchState
from counter_assistant.operations.office import Office

NEXT = "按 Ctrl+P 给它做一包：签过的台账头、施行的目录、采用的日历。"


class Row(NamedTuple):
    """A row of the list: its text, the quiet word beside it, what stands under the list while it is chosen; which finding it is about, and
    which branch."""

    text: str
    hint: str
    detail: str
    finding: Finding | None
    installation: str

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look into it."""
        return self.finding is not None and not self.finding.settled


def rows_of(office: Office) -> list[Row]:
    """What a centre has to look into, how far each branch is, and what was settled, in this order.

    Raises:
        Refusal: what `AllBranches` refuses.
    """
    with AllBranches(office) as branches:
        states, found = branches.states(), branches.findings()
    rows = [_finding(each) for each in found]
    return [*(row for row in rows if row.is_open), *_branches(states), *(row for row in rows if not row.is_open)]


def summary(rows: list[Row]) -> str:
    """How many branches there are, and how much there is to look into."""
    branches, to_do = len({row.installation for row in rows if row.finding is None}), sum(row.is_open for row in rows)
    return (
        f"{branches} 个网点，{f'{to_do} 处要查明' if to_do else '没有要查明的'}" if branches or to_do else "还没有收过"
    )


def _finding(each: Finding) -> Row:
    detail = f"查明了：{each.settled}" if each.settled else f"{each.remedy}"
    return Row(each.sentence, "已查明" if each.settled else each.kind.label, detail, each, each.installation)


def _branches(states: list[BranchState]) -> Iterator[Row]:
    for each in states:
        slips, voids = (sum(both[n] for both in each.slips.values()) for n in (0, 1))
        sent = f"，{chinese_time(datetime.fromisoformat(each.said.time))} 做的包" if each.said else ""
        hint = f"文书 {slips} 份{f'，作废 {voids}' if voids else ''}"
        yield Row(f"{each.installation}　到第 {each.entries} 条{sent}", hint, NEXT, None, each.installation)
