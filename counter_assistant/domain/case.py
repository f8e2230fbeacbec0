"""办件：一位当事人的一件事，从第一次来到有了结果。由台账里的记录逐条推得，自己不另存历史.

A case remembers who was first asked (首问) and who first took the matter (首办), which clocks run, which date stands on
paper, and who looks after it until it is closed (守则 一(六)3⑶: 转交后督办). Nothing here reads a calendar: every date was
worked out when the act was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from counter_assistant.domain.clock import PROMISED, STATUTORY, Clock, PauseReason
from counter_assistant.domain.slip import SlipKind
from counter_assistant.domain.wording import chinese_date


class Stage(StrEnum):
    """Where a case stands. The last four are its ends."""

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
DATED = frozenset((SlipKind.PROMISE_NOTICE, SlipKind.REFERRAL_NOTICE, SlipKind.RECEIPT, SlipKind.DELAY_NOTICE))
"""The papers with a firm date, which never moves later silently (守则 一(二)2⑶)."""


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

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _STEPS[self]


_STEPS = {
    Step.SENT_UP: "上报", Step.ANSWERED: "答复", Step.DONE: "办结", Step.RETURNED: "退回", Step.WITHDRAWN: "当事人撤回",
    Step.HANDED_ON: "转交", Step.FOLLOW_UP: "改跟进日期", Step.CONTACT: "联系", Step.PAUSED: "中止计时",
    Step.RESUMED: "恢复计时", Step.DUE_CHANGED: "改期限", Step.DELAY_TOLD: "电话告知延期",
}  # fmt: skip
ENDS = {
    Step.ANSWERED: Stage.ANSWERED, Step.DONE: Stage.DONE, Step.RETURNED: Stage.RETURNED, Step.WITHDRAWN: Stage.WITHDRAWN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """An act at the window: a paper, an oral notice, or what was registered. `row` counts the decision's rules."""

    case: str
    on: date
    clerk: str
    row: int
    kind: SlipKind | None
    number: str = ""
    oral: bool = False
    due: date | None = None
    provisional: bool = False
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    item: str = ""
    item_name: str = ""
    applicant: str = ""
    phone_tail: str = ""
    id_tail: str = ""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step without a paper. `due` is the day that follows from it, `owner` the staff number of who looks after it."""

    case: str
    step: Step
    on: date
    clerk: str
    note: str = ""
    due: date | None = None
    provisional: bool = False
    reason: PauseReason | None = None
    owner: str = ""
    follow_up: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A year's notice moved the day that follows from a case's clock."""

    case: str
    on: date
    due: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Voided:
    """A paper of the case was voided."""

    case: str
    on: date
    number: str


Act = Visit | StepTaken | Moved | Voided


@dataclass(frozen=True, slots=True)
class Trace:
    """One dated line of a case's history; `number` leads to the paper."""

    on: date
    clerk: str
    words: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its acts left it.

    `due` is the day that binds, `statutory_due` the statute's; `printed_due` the firm day that stands on a paper;
    `computed_due` the day that the clock gives now where a notice has moved it past the printed one. `overrun`: it was
    closed after its day. `row` is the decision's rule that its last act followed.
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
    row: int = 0
    due: date | None = None
    provisional: bool = False
    printed_due: date | None = None
    computed_due: date | None = None
    follow_up: date | None = None
    closed: date | None = None
    overrun: bool = False
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
    def paused(self) -> bool:
        """Whether its clock stands still."""
        return any(clock.paused for clock in self.clocks.values())

    @property
    def look_at(self) -> date | None:
        """The next day on which it needs somebody: the earlier of its due day and its follow-up."""
        return min((day for day in (self.due, self.follow_up) if day), default=None)

    @property
    def delay_needed(self) -> bool:
        """Whether the day printed on a paper cannot be kept, and the applicant has not been told."""
        return bool(self.open and self.printed_due and self.computed_due and self.computed_due > self.printed_due)


def fold(case: Case | None, act: Act) -> Case | None:
    """The case after one more act. What concerns a case that is not known gives None, as does nothing at all."""
    match act:
        case Visit():
            return _visited(case or _opened(act), act)
        case _ if case is None:
            return None
        case StepTaken():
            return _stepped(case, act)
        case Moved():
            return _moved(case, act)
        case Voided():  # pragma: no branch - the last kind there is
            return _traced(case, Trace(act.on, "", f"作废 {act.number}"))


def _opened(visit: Visit) -> Case:
    return Case(
        visit.case, visit.item, visit.item_name, visit.applicant, visit.phone_tail, visit.id_tail, visit.on,
        visit.clerk, "", Stage.NOTIFIED,
    )  # fmt: skip


def _visited(case: Case, visit: Visit) -> Case:
    stage = case.stage if visit.kind is SlipKind.DELAY_NOTICE else stage_after(visit)
    dated = visit.kind in DATED and not visit.provisional
    changed = replace(
        case,
        item=visit.item, item_name=visit.item_name or case.item_name, applicant=visit.applicant or case.applicant,
        phone_tail=visit.phone_tail or case.phone_tail, id_tail=visit.id_tail or case.id_tail,
        handler=case.handler or (visit.clerk if stage in _TAKEN else ""),
        stage=stage, row=case.row if visit.kind is SlipKind.DELAY_NOTICE else visit.row, due=visit.due, provisional=visit.provisional, printed_due=visit.due if dated else None,
        computed_due=None, clocks=case.clocks if visit.kind is SlipKind.DELAY_NOTICE else visit.clocks,
        follow_up=(visit.due or visit.on) if stage is Stage.HANDED_ON else None,
        closed=visit.on if stage in CLOSED or visit.row == _GUIDED else None,
    )  # fmt: skip
    return _traced(changed, Trace(visit.on, visit.clerk, _words(visit), visit.number))


_GUIDED = 1
"""The row that shows the way to another body: nothing remains to be done here."""
_TAKEN = frozenset((Stage.WAITING, Stage.HELD, Stage.RECEIVED, Stage.DONE, Stage.RETURNED))
_ROWS = {
    1: Stage.HANDED_ON, 2: Stage.HANDED_ON, 3: Stage.HELD, 4: Stage.ASKED, 5: Stage.NOTIFIED, 6: Stage.RETURNED,
    7: Stage.WAITING, 8: Stage.WAITING, 9: Stage.RECEIVED, 10: Stage.RECEIVED, 11: Stage.RECEIVED, 12: Stage.DONE,
    13: Stage.RECEIVED,
}  # fmt: skip


def stage_after(visit: Visit) -> Stage:
    """The stage that an act leads to. Who is told instead of accepted or returned is still expected back."""
    stage = _ROWS[visit.row]
    if visit.kind is SlipKind.NOTIFICATION_SLIP:
        if stage in (Stage.RECEIVED, Stage.DONE, Stage.WAITING):
            return Stage.WAITING
        return Stage.NOTIFIED if stage is Stage.RETURNED else stage
    return stage


def _words(visit: Visit) -> str:
    until = f"，期限 {chinese_date(visit.due)}" if visit.due and stage_after(visit) not in CLOSED else ""
    if visit.kind is None:
        return _PAPERLESS[_ROWS[visit.row]] + until
    return ("口头告知" if visit.oral else f"出具{visit.kind.in_words}") + until


_PAPERLESS = {Stage.HELD: "登记待定", Stage.ASKED: "登记咨询", Stage.DONE: "当场办结"}


def _stepped(case: Case, taken: StepTaken) -> Case:
    traced = _traced(case, Trace(taken.on, taken.clerk, _step_words(case, taken)))
    if taken.step in ENDS:
        late = bool(case.due and taken.on > case.due)
        return replace(traced, stage=ENDS[taken.step], closed=taken.on, overrun=late, follow_up=None)
    match taken.step:
        case Step.SENT_UP:
            return replace(traced, stage=Stage.SENT_UP, follow_up=taken.follow_up)
        case Step.HANDED_ON:
            return replace(traced, handler=taken.owner, follow_up=taken.follow_up)
        case Step.FOLLOW_UP:
            return replace(traced, follow_up=taken.follow_up)
        case Step.PAUSED:
            assert taken.reason is not None
            clocks = {name: clock.pause(taken.reason, taken.on) for name, clock in case.clocks.items()}
            return replace(traced, clocks=clocks, due=None, printed_due=None, provisional=False)
        case Step.RESUMED:
            clocks = {name: clock.resume(taken.on) for name, clock in case.clocks.items()}
            return replace(traced, clocks=clocks, due=taken.due, provisional=taken.provisional)
        case Step.DUE_CHANGED:
            return replace(traced, due=taken.due, provisional=taken.provisional, computed_due=None)
        case Step.DELAY_TOLD:
            firm = None if taken.provisional else taken.due
            return replace(traced, due=taken.due, provisional=taken.provisional, printed_due=firm, computed_due=None)
        case _:
            return traced


def _step_words(case: Case, taken: StepTaken) -> str:
    parts = [taken.step.label]
    if taken.reason:
        parts.append(taken.reason.label)
    if taken.due:
        before = f"{chinese_date(case.due)}改为" if case.due else ""
        parts.append(f"期限 {before}{chinese_date(taken.due)}")
    if taken.follow_up:
        parts.append(f"{chinese_date(taken.follow_up)}跟进")
    return "，".join([*parts, *([taken.note] if taken.note else [])])


def _moved(case: Case, moved: Moved) -> Case:
    """A printed firm day stays the day that binds until the applicant is told of a later one."""
    words = f"放假通知公布，按时钟计算为 {chinese_date(moved.due)}"
    traced = _traced(case, Trace(moved.on, "", words))
    if case.printed_due and moved.due > case.printed_due:
        return replace(traced, computed_due=moved.due)
    return replace(traced, due=moved.due, provisional=moved.provisional, computed_due=None)


def _traced(case: Case, trace: Trace) -> Case:
    return replace(case, history=(*case.history, trace))


def statutory_clock(case: Case) -> Clock | None:
    """The statute's clock of a case, beside the centre's own."""
    return case.clocks.get(STATUTORY)


def own_clock(case: Case) -> Clock | None:
    """The clock of the centre's own limit."""
    return case.clocks.get(PROMISED)


def to_payload(case: Case) -> dict[str, Any]:
    """The case as plain JSON values."""
    days = {name: _iso(getattr(case, name)) for name in _DAYS}
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        **days,
        "stage": case.stage.value,
        "clocks": {name: clock.to_payload() for name, clock in case.clocks.items()},
        "history": [[trace.on.isoformat(), trace.clerk, trace.words, trace.number] for trace in case.history],
    }


def from_payload(payload: Mapping[str, Any]) -> Case:
    """The case that `to_payload` wrote."""
    return Case(
        **{name: payload[name] for name in _PLAIN},
        **{name: _day(payload[name]) for name in _DAYS},
        stage=Stage(payload["stage"]),
        clocks={name: Clock.from_payload(clock) for name, clock in payload["clocks"].items()},
        history=tuple(Trace(date.fromisoformat(on), *rest) for on, *rest in payload["history"]),
    )


_PLAIN = (
    "id", "item", "item_name", "applicant", "phone_tail", "id_tail", "first_clerk", "handler", "row", "provisional", "overrun",
)  # fmt: skip
_DAYS = ("opened", "due", "printed_due", "computed_due", "follow_up", "closed")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
