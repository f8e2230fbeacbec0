"""体检里慢的一半：核对整本台账，与台账以外留着的台账头比对；窗口让另一个进程去做，边做边说到哪一步."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from counter_assistant.domain.closing.outside_head import Result
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import CheckLine
from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.backing_up import Task
from counter_assistant.operations.safekeeping.checkup.checkup import gaps_line, unread_line
from counter_assistant.operations.safekeeping.recovering.comparing import heads_kept
from counter_assistant.operations.safekeeping.witness import check
from counter_assistant.storage.safekeeping.kept_heads import kept_outside


def check_whole_book(task: Task, reached: Callable[[int, int], object]) -> list[CheckLine]:
    """Checks the book of a data folder, as `archive check` does, holds it against the heads kept outside it, and looks for gaps where
    it is whole. `reached` hears which step of how many begins."""
    try:
        with closing(open_office(task.folder, lambda: task.now, key=task.key)) as office:
            found = check(office, list(heads_kept(office, kept_outside(task.folder))), reached)
            more = [gaps_line(office)] if found.report.ok else []
    except Refusal as refusal:
        return [unread_line(refusal)]
    differing = [each.sentence for each in found.compared if each.result is not Result.SAME]
    return [
        rules.book(found.report.entries, [*found.report.problems, *found.contradicted]),
        rules.heads(len(found.compared), differing),
        *more,
    ]
