"""投诉的办理：受理 → 核实 → 处理 → 反馈 → 立卷归档，件件有人办，件件有结果（守则 一(九)3、4）.

谁受理谁核实: who accepts a complaint looks after it. 谁办理谁反馈: who looks after it takes each step up to the last. 谁转办谁跟踪: only
a transfer gives it to somebody else, and whoever transferred it stays named as who follows it.

The code names no number of days. What runs is the promised limit of the item in the catalogue (服务投诉 D02, 举报单位 D01), which the
centre sets; its last day is worked out when the complaint is accepted and kept in that step, so that no fold reads a calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Complaint
from counter_assistant.domain.registers.complaint_steps import (
    FURTHER,
    ORDER,
    ComplaintStep,
    ComplaintStepTaken,
    Said,
    StepTold,
    Supplement,
    TellingWay,
)


@dataclass(frozen=True, slots=True, repr=False)
class ComplaintState:
    """How a complaint stands. `owner` looks after it, `trackers` transferred it; `taken` are the steps that count, `besides` what was
    added, and steps that do not count: not taken by a keeper, or not where the complaint stood."""

    complaint: Complaint
    owner: str = ""
    trackers: tuple[str, ...] = ()
    due: date | None = None
    provisional: bool = False
    taken: tuple[ComplaintStepTaken, ...] = ()
    besides: tuple[ComplaintStepTaken | Supplement, ...] = ()

    @property
    def next(self) -> ComplaintStep | None:
        """The step that is due; None once it is filed."""
        done = {step.step for step in self.taken}
        return next((step for step in ORDER if step not in done), None)

    def overdue(self, today: date) -> bool:
        """Whether the promised day has passed, or had when the complainant was told what came of it."""
        told = next((step.at.date() for step in self.taken if step.step is ComplaintStep.FEED_BACK), today)
        return self.due is not None and told > self.due

    def after(self, step: ComplaintStepTaken) -> ComplaintState:
        """How it stands once a keeper has taken a step.

        Raises:
            Refusal: `complaint-filed`, `step-out-of-order`, `not-the-owner`, `step-incomplete` (a field is missing),
                `step-says-more` (a field that is another step's), `transferred-to-owner`.
        """
        self._refuse(step)
        taken = (*self.taken, step)
        if step.step is ComplaintStep.TRANSFER:
            return replace(self, owner=step.told.to, trackers=(*self.trackers, step.author), taken=taken)
        if step.step is ComplaintStep.ACCEPT:
            return replace(self, owner=step.author, due=step.due, provisional=step.provisional, taken=taken)
        return replace(self, taken=taken)

    def _refuse(self, step: ComplaintStepTaken) -> None:
        due, kind = self.next, step.step
        if due is None:
            raise Refusal("complaint-filed", "这件投诉已经立卷归档。", "有新情况的，请记一条补充。")
        is_transfer = kind is ComplaintStep.TRANSFER and due is not ComplaintStep.ACCEPT
        if kind is not due and not is_transfer:
            raise Refusal(
                "step-out-of-order", f"这件投诉现在该{due.label}，还不能{kind.label}。", f"请先记{due.label}。"
            )
        if not is_transfer and self.owner not in ("", step.author):
            raise Refusal(
                "not-the-owner", f"这件投诉由工号 {self.owner} 承办。", "请由其本人记这一步；要换人办的，先记转办。"
            )
        if is_transfer and step.told.to == self.owner:
            raise Refusal("transferred-to-owner", f"这件投诉已经由工号 {self.owner} 承办。", "请核对转给谁。")
        _refuse_fields(step.told)


def _refuse_fields(told: StepTold) -> None:
    """A step says what it must, and nothing that belongs to another."""
    kind = told.step
    asked = dict(kind.asks)
    if told.way is TellingWay.NONE:
        asked["text"] = "为什么无法联系"
    if missing := next((label for name, label in asked.items() if not getattr(told, name)), ""):
        raise Refusal("step-incomplete", f"{kind.label}还缺一项：{missing}。", "请补上。")
    if {name for name in FURTHER if getattr(told, name)} - kind.may_say:
        raise Refusal("step-says-more", f"{kind.label}里写了别的步骤才有的内容。", "请删去，或者另记一步。")


class Written(NamedTuple):
    """What an entry says, and whether a keeper wrote it."""

    said: Said
    by_keeper: bool


class ComplaintRegister(NamedTuple):
    """The register as its keepers read it: each complaint by its number in the order of the book, and `strays`, which belong to none."""

    complaints: Mapping[str, ComplaintState]
    strays: tuple[Said, ...]


def fold_register(entries: Iterable[Written]) -> ComplaintRegister:
    """The register out of its entries in the order of the book. Pure; a step that does not count changes nothing."""
    states: dict[str, ComplaintState] = {}
    strays: list[Said] = []
    for said, by_keeper in entries:
        if isinstance(said, Complaint):
            if said.of in states:
                strays.append(said)
            else:
                states[said.of] = ComplaintState(said)
        elif (state := states.get(said.of)) is None:
            strays.append(said)
        else:
            states[said.of] = _with(state, said, by_keeper)
    return ComplaintRegister(states, tuple(strays))


def _with(state: ComplaintState, said: ComplaintStepTaken | Supplement, by_keeper: bool) -> ComplaintState:
    if isinstance(said, ComplaintStepTaken) and by_keeper:
        try:
            return state.after(said)
        except Refusal:  # another keeper was quicker
            pass
    return replace(state, besides=(*state.besides, said))
