"""撤销一步：记错的一步或者办结，由另一条记录撤回，办件从其余的经办重新推得。

The book keeps both entries and the history both lines. Only the newest step can be withdrawn, and then the one before
it, so whatever is in force was done on top of what is still there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_assistant.domain.cases.acts import Act, Visit, Withdrawn
from counter_assistant.domain.cases.case import Case, Stage, Trace, TraceKind
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.refusal import Refusal


def take_back(case: Case, acts: Sequence[Act], withdrawn: Withdrawn) -> Case:
    """The case without the withdrawn step: folded anew from all its `acts`, which are in the book's order.

    The lines of its history stay as they were written; that of the step is marked, and one more says why.

    Raises:
        Refusal: `nothing-to-take-back` (the newest act is no step), `step-not-newest`, `case-without-act` (no act that
            begins the case is left).
    """
    newest = case.newest_step
    if newest is None:
        raise Refusal("nothing-to-take-back", "这一件没有可以撤销的一步。", "出具的文书有误的，请到档案页作废。")
    if newest.seq != withdrawn.step:
        raise Refusal("step-not-newest", "只能撤销最近的一步，这一步以后又办了别的。", "请刷新以后，从最近的一步撤起。")
    gone = {trace.seq for trace in case.history if trace.withdrawn} | {withdrawn.step}
    again: Case | None = None
    for act in acts:
        if act.seq not in gone:
            again = fold(again, act)
        elif again is None and isinstance(act, Visit):
            again = _not_done_on_the_spot(act)
    if again is None:
        raise Refusal("case-without-act", "找不到这一件开始时的记录。", "请在档案页按姓名查找。")
    words = f"撤销“{newest.name}”，{withdrawn.reason}"
    line = Trace(
        withdrawn.on, withdrawn.clerk, words, "", TraceKind.NOTE, withdrawn.seq, withdrawn.recorded
    )  # fmt: skip
    history = (replace(trace, withdrawn=trace.seq in gone) for trace in case.history)
    return replace(again, history=(*history, line))


def _not_done_on_the_spot(visit: Visit) -> Case:
    """A case that began with a 当场办结 that was withdrawn: the application is there, and its day binds (守则 一(七)1)."""
    return replace(fold(None, visit), stage=Stage.RECEIVED, closed=None, overrun=False)
