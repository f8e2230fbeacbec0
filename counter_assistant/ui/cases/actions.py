"""办件页的键各做什么：下一步、登记一步、延期、撤销、到受理台、看文书。

Whatever is done is done to the marked case. Each step is recorded before anything is shown of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.cases.case import ENDS, Case, Step
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.choices import Choice, Further, offered
from counter_assistant.operations.cases.resume import delay_request, request_of
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.office import Office
from counter_assistant.ui.cases.step_line import StepInput, StepLine
from counter_assistant.ui.widgets.reading_time import ReadingTime

UNFINISHED = "这一步还没有登记：先登记，或者按 Esc 不登记。"
NOTHING_MARKED = "清单里没有选中的办件。"
AT_ONCE = frozenset((Step.DONE, Step.RESUMED, Step.SENT_UP))
"""The steps that need no particulars: the key itself takes them, dated today."""


class CaseActions(QObject):
    """What the keys of the page do to the marked case, and to the line that asks. `marked` says which case that is."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    recorded = Signal(str)
    """The id of a case of which something was recorded."""
    wanted_on_desk = Signal(object)
    """A Request with its case: to be gone on with at the 受理台."""
    paper_wanted = Signal(str)
    """The number of a paper to be shown."""

    def __init__(self, office: Office, line: StepLine, marked: Callable[[], Case | None]) -> None:
        super().__init__(line)
        self._office, self._line, self._marked = office, line, marked
        self._asked = ""
        self._reading = ReadingTime()
        line.chosen.connect(self.ask)
        line.confirmed.connect(self._confirmed)
        line.choices.missed.connect(self._missed)

    @property
    def primary(self) -> tuple[str, bool]:
        """What F9 does now and whether it can: what the open line registers, else the next step of the case."""
        case = self._marked()
        if self._line.isVisible():
            return self._line.registers or "先选一步", bool(self._line.registers)
        if case is not None and case.open:
            return steps.next_step(case).label, True
        return f"{case.stage.label}，没有下一步" if case else "下一步", False

    def next(self) -> None:
        """What the primary button says: the open line is confirmed, or the marked case takes its next step."""
        case = self._marked()
        if self._line.isVisible():
            self._line.confirm()
        elif case is not None and case.open and not self._reading.running:
            step = steps.next_step(case).step
            if step is None:
                self.to_desk()
            elif step in ENDS and step in AT_ONCE and self._asked != case.id:
                self._ask_again(case, step)
            elif step in AT_ONCE:
                self._record(case, StepInput(step))
            else:
                self.ask(step)

    def _ask_again(self, case: Case, step: Step) -> None:
        """What ends a case is asked for twice, and anew for another case."""
        self._asked = case.id
        self._reading.begin()
        who = "　".join(part for part in (case.applicant or "未留姓名", case.item_name) if part)
        self.reported.emit(f"{who}：再按一次 F9，登记{step.label}。", "attention")

    def forget(self) -> bool:
        """Drops the question that was asked, and clears it from the screen; False where none was."""
        asked, self._asked = self._asked, ""
        if asked:
            self.reported.emit("", "done")
        return bool(asked)

    def explain(self) -> None:
        """Says why a key has nothing to do."""
        case = self._marked()
        if self._line.isVisible():
            why = "先按数字或字母选一步；Esc 关上。"
        elif case is None:
            why = NOTHING_MARKED
        elif not case.open:
            wrong = "登错了的，按 F7 撤销。" if case.newest_step else ""
            why = f"这一件已经{case.stage.label}。要重办的，请到受理台（F2）重新开始。{wrong}"
        else:
            why = "没有可看的：还没有出过文书，或者时限还没有起算（材料补齐之日起算）。"
        self.reported.emit(why, "attention")

    def _missed(self, label: str) -> None:
        """Closes the line on a key that means nothing for this case: what is typed after it must not take another step."""
        self._line.close_line()
        what = f"这一件现在不能登记“{label}”" if label else "没有这一项"
        self.reported.emit(f"{what}，什么也没有登记。按 F7 看现在能登记哪些。", "attention")

    def choose(self) -> None:
        """Offers what else can be registered; of one thing only, asks for it at once."""
        case = self._marked()
        if self._line.choice is not None:
            self.reported.emit(UNFINISHED, "attention")
        elif case is not None and (choices := offered(case)):
            self._line.choose(case) if len(choices) > 1 else self.ask(choices[0])

    def ask(self, choice: Choice) -> None:
        """Opens the line that asks what a choice needs."""
        case, office = self._marked(), self._office
        if case is not None:
            self._line.ask(choice, case, office.profile.clerks, office.clock(), self._tomorrow())

    def _tomorrow(self) -> date:
        """The next working day: when to look again, unless the clerk says another."""
        return self._office.calendar.deadline(self._office.today(), 1, "workday").due

    def _confirmed(self, entered: StepInput) -> None:
        case = self._marked()
        if case is not None:
            self._record(case, entered)

    def _record(self, case: Case, entered: StepInput) -> None:
        try:
            result = self._take(case, entered)
        except Refusal as refusal:
            if self._line.isVisible():
                self._line.show_refusal(refusal)
            else:
                self.reported.emit(str(refusal), "error")
            return
        self._line.close_line(recorded=True)
        if isinstance(result, Request):
            self.wanted_on_desk.emit(result)
        else:
            self.recorded.emit(result.id)
            self.reported.emit(*_outcome(result, entered))

    def _take(self, case: Case, entered: StepInput) -> Case | Request:
        """The case after the step, or the request by which the step is finished at the 受理台."""
        office, given = self._office, entered.particulars
        match entered.choice:
            case Further.DELAY:
                return delay_request(office, case, given["due"], given["note"])
            case Further.TAKE_BACK:
                step = case.newest_step.seq if case.newest_step else 0
                return take_back(office, case.id, given["note"], step=step, quoted=given.get("quoted"))
            case step:
                return steps.take_step(office, case.id, step, **given, request_id=entered.request_id)

    def to_desk(self) -> None:
        """Puts the case on the 受理台, as it was when it was last looked at."""
        case = self._marked()
        if case is None:
            return
        try:
            self.wanted_on_desk.emit(request_of(self._office, case))
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")

    def to_paper(self) -> None:
        """Asks for the newest paper of the marked case to be shown."""
        case = self._marked()
        if case is not None and case.papers:
            self.paper_wanted.emit(case.papers[-1])


def _outcome(after: Case, entered: StepInput) -> tuple[str, str]:
    """What was recorded, in one sentence, and the role of that sentence."""
    who = after.applicant or "未留姓名"
    if entered.choice is Further.TAKE_BACK:
        return f"已{after.history[-1].name}：{who}，现在是“{after.stage.label}”。", "done"
    late = "，已超过期限，记入超期" if after.overrun else ""
    undo = "" if after.open else "登错了的，按 F7 撤销。"
    return f"已登记{entered.choice.label}：{who}{late}。{undo}", "attention" if late else "done"
