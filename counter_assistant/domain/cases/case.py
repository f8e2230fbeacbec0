"""办件：一位当事人的一件事，从第一次来到有了结果。由台账里的记录逐条推得（fold.py），自己不另存历史.

A case remembers who was first asked (首问), who is responsible until it is closed (首办; 守则 一(六)3⑶: 转交后督办),
which clocks run and which date is printed on a paper. Nothing here reads a calendar: every date was computed when the
act was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import PROMISED, STATUTORY, Clock


class Stage(StrEnum):
    """The stage of a case. The last five end it."""

    WAITING = "waiting"
    HELD = "held"
    ASKED = "asked"
    RECEIVED = "received"
    SENT_UP = "sent_up"
    HANDED_ON = "handed_on"
    NOTIFIED = "notified"
    DONE = "done"
    ANSWERED = "answered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _STAGES[self]


_STAGES = {
    Stage.WAITING: "待补材料", Stage.HELD: "待定", Stage.ASKED: "待答复", Stage.RECEIVED: "已受理", Stage.SENT_UP: "已上报",
    Stage.HANDED_ON: "已转办", Stage.NOTIFIED: "已告知", Stage.DONE: "办结", Stage.ANSWERED: "已答复", Stage.RETURNED: "已退回",
    Stage.WITHDRAWN: "已撤回",
}  # fmt: skip
CLOSED = frozenset((Stage.NOTIFIED, Stage.DONE, Stage.ANSWERED, Stage.RETURNED, Stage.WITHDRAWN))


class Step(StrEnum):
    """What is done with a case without a paper."""

    SENT_UP = "sent_up"
    ANSWERED = "answered"
    DONE = "done"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    HANDED_ON = "handed_on"
    FOLLOW_UP = "follow_up"
    CONTACT = "contact"
    PAUSED = "paused"
    RESUMED = "resumed"
    DUE_CHANGED = "due_changed"
    DELAY_TOLD = "delay_told"
    TELLING_EXPLAINED = "telling_explained"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _STEPS[self]


_STEPS = {
    Step.SENT_UP: "上报", Step.ANSWERED: "答复", Step.DONE: "办结", Step.RETURNED: "退回", Step.WITHDRAWN: "当事人撤回",
    Step.HANDED_ON: "转交", Step.FOLLOW_UP: "改跟进日期", Step.CONTACT: "联系", Step.PAUSED: "中止计时",
    Step.RESUMED: "恢复计时", Step.DUE_CHANGED: "改期限", Step.DELAY_TOLD: "电话告知延期",
    Step.TELLING_EXPLAINED: "经办人说明",
}  # fmt: skip
AFTERWARDS = frozenset((Step.TELLING_EXPLAINED,))
"""The steps that may follow the end of a case: they add to its history and change nothing else."""
ENDS = {
    Step.ANSWERED: Stage.ANSWERED, Step.DONE: Stage.DONE, Step.RETURNED: Stage.RETURNED, Step.WITHDRAWN: Stage.WITHDRAWN,
}  # fmt: skip


class TraceKind(StrEnum):
    """What a line of a case's history is about.

    `step`: what a clerk did without a paper, which can be withdrawn. `visit`: an act at the window, which cannot: its
    paper is voided instead. `note`: what else happened to the case, such as a holiday notice or a withdrawn step.
    """

    STEP = "step"
    VISIT = "visit"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Trace:
    """One dated line of a case's history; `number` is that of the paper.

    `on` is the day on which it was done, `recorded` the time of its entry and `seq` the number of that entry; None and
    0 for a line without an entry. `withdrawn`: the step was withdrawn, only its line remains.
    """

    on: date
    clerk: str
    words: str
    number: str = ""
    kind: TraceKind = TraceKind.VISIT
    seq: int = 0
    recorded: datetime | None = None
    withdrawn: bool = False

    @property
    def name(self) -> str:
        """What was done, without the particulars."""
        return self.words.split("，", 1)[0]


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its acts left it.

    `first_clerk` was asked first (首问); `handler` took the matter and is responsible for it (首办), until it is handed
    on. `due` is the day that binds; `printed_due` the firm day printed on a paper; `computed_due` the day that the
    clock gives now, where a notice has moved it past the printed one. `missed` is the first binding day that passed
    before the applicant was told of a later one: from then on the case counts as overdue, whatever day is told
    afterwards. `overrun`: it was closed after its day. `rule` is the rule of the decision that its last act followed.
    `stated`: the clerk named `due`, no clock gives it.
    """

    id: str
    item: str
    item_name: str
    applicant: str
    phone_tail: str
    id_tail: str
    opened: date
    first_clerk: str
    handler: str
    stage: Stage
    rule: Rule
    due: date | None = None
    provisional: bool = False
    printed_due: date | None = None
    computed_due: date | None = None
    missed: date | None = None
    follow_up: date | None = None
    closed: date | None = None
    overrun: bool = False
    stated: bool = False
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    history: tuple[Trace, ...] = ()

    @property
    def open(self) -> bool:
        """Whether somebody still has to look after it."""
        return self.closed is None

    @property
    def papers(self) -> tuple[str, ...]:
        """The numbers of its papers, the newest last."""
        return tuple(trace.number for trace in self.history if trace.number)

    @property
    def looked_after_by(self) -> str:
        """The staff number of whoever is responsible for it: its 首办, else its 首问."""
        return self.handler or self.first_clerk

    @property
    def paused(self) -> bool:
        """Whether any of its clocks is paused."""
        return any(clock.paused for clock in self.clocks.values())

    @property
    def look_at(self) -> date | None:
        """The next day on which it needs somebody: the earliest of a missed day, its due day and its follow-up."""
        return min((day for day in (self.missed, self.due, self.follow_up) if day), default=None)

    @property
    def delay_needed(self) -> bool:
        """Whether the printed day cannot be kept and the applicant has not been told."""
        return bool(self.open and self.printed_due and self.computed_due and self.computed_due > self.printed_due)

    @property
    def newest_act(self) -> Trace | None:
        """The newest act that is not withdrawn, at the window or a step."""
        acts = (trace for trace in reversed(self.history) if not trace.withdrawn and trace.kind is not TraceKind.NOTE)
        return next(acts, None)

    @property
    def newest_step(self) -> Trace | None:
        """The step that can be withdrawn: the newest act, unless that is an act at the window."""
        newest = self.newest_act
        return newest if newest and newest.kind is TraceKind.STEP else None


def statutory_clock(case: Case) -> Clock | None:
    """The clock of the statute's limit, which runs beside the centre's own; None where there is none."""
    return case.clocks.get(STATUTORY)


def own_clock(case: Case) -> Clock | None:
    """The clock of the centre's own limit; None where there is none."""
    return case.clocks.get(PROMISED)
