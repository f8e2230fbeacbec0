"""办件页的键各做什么：下一步、登记一步、延期、撤销、到受理台、看文书。

Whatever is done is done to the marked case. Each step is recorded before anything is shown of it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.cases.case import ENDS, Case, Step
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.choices import Choice, Further, offered
from counter_assistant.operations.cases.resume import delay_request, request_of
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.intake.request import Request
from counter_assistant.ui.cases.step_line import Wanted
from counter_assistant.ui.widgets.reading_time import ReadingTime

if TYPE_CHECKING:
    from counter_assistant.ui.cases.page import CasesPage

UNFINISHED = "这一步还没有登记：先登记，或者按 Esc 不登记。"
NOTHING_MARKED = "清单里没有选中的办件。"
AT_ONCE = frozenset((Step.DONE, Step.RESUMED, Step.SENT_UP))
"""The steps that need nothing said: the key itself takes them, dated today."""


class CaseActs(QObject):
    """What the keys of the page do."""

    def __init__(self, page: CasesPage) -> None:
        super().__init__(page)
        self._page = page
        self._asked = ""
        self._reading = ReadingTime()

    def name_primary(self) -> None:
        """Says on the primary button what F9 does now: what the open line registers, else the case's next step."""
        line, case = self._page.line, self._page.case
        if line.isVisible():
            self._page.panel.name_primary(line.registers or "先选一步", enabled=bool(line.registers))
        elif case is not None and case.open:
            self._page.panel.name_primary(steps.next_step(case).label, enabled=True)
        else:
            label = f"{case.stage.label}，没有下一步" if case else "下一步"
            self._page.panel.name_primary(label, enabled=False)

    def next(self) -> None:
        """What the primary button says: the open line is confirmed, or the marked case takes its next step."""
        page = self._page
        if page.line.isVisible():
            page.line.confirm()
        elif page.case is not None and page.case.open and not self._reading.running:
            step = steps.next_step(page.case).step
            if step is None:
                self.to_desk()
            elif step in ENDS and step in AT_ONCE and self._asked != page.case.id:
                self._ask_again(page.case, step)
            elif step in AT_ONCE:
                self._record(page.case, Wanted(step))
            else:
                self.ask(step)

    def _ask_again(self, case: Case, step: Step) -> None:
        """What ends a case is asked for twice; another case asks anew."""
        self._asked = case.id
        self._reading.begin()
        who = "　".join(part for part in (case.applicant or "未留姓名", case.item_name) if part)
        self._page.say(f"{who}：再按一次 F9，登记{step.label}。", "attention")

    def forget(self) -> bool:
        """What was asked is void, and no longer on the screen; False where nothing was."""
        asked, self._asked = self._asked, ""
        if asked:
            self._page.say("")
        return bool(asked)

    def explain(self) -> None:
        """Says why a key has nothing to do."""
        case = self._page.case
        if self._page.line.isVisible():
            self._page.say("先按数字或字母选一步；Esc 关上。", "attention")
        elif case is None:
            self._page.say(NOTHING_MARKED, "attention")
        elif not case.open:
            wrong = "登错了的，按 F7 撤销。" if case.newest_step else ""
            self._page.say(f"这一件已经{case.stage.label}。要重办的，请到受理台（F2）重新开始。{wrong}", "attention")
        else:
            self._page.say("没有可看的：还没有出过文书，或者时限还没有起算（材料补齐之日起算）。", "attention")

    def missed(self, label: str) -> None:
        """A key that means nothing for this case closes the line: what is typed after it must not take another step."""
        page = self._page
        page.line.close_line()
        page.table.setFocus()
        what = f"这一件现在不能登记“{label}”" if label else "没有这一项"
        page.say(f"{what}，什么也没有登记。按 F7 看现在能登记哪些。", "attention")

    def choose(self) -> None:
        """Offers what else can be registered; of one thing only, asks for it at once."""
        page = self._page
        if page.line.choice is not None:
            page.say(UNFINISHED, "attention")
        elif page.case is not None and (choices := offered(page.case)):
            page.line.choose(page.case) if len(choices) > 1 else self.ask(choices[0])

    def ask(self, choice: Choice) -> None:
        """Opens the line that asks what a choice needs."""
        page = self._page
        if page.case is not None:
            office = page.office
            page.line.ask(choice, page.case, office.profile.clerks, office.clock(), self._tomorrow())

    def _tomorrow(self) -> date:
        """The next working day: when to look again, unless the clerk says another."""
        office = self._page.office
        return office.calendar.deadline(office.today(), 1, "workday").due

    def confirmed(self, wanted: Wanted) -> None:
        """Records what the line asked for."""
        if self._page.case is not None:
            self._record(self._page.case, wanted)

    def _record(self, case: Case, wanted: Wanted) -> None:
        page = self._page
        try:
            came = self._done(case, wanted)
        except Refusal as refusal:
            if page.line.isVisible():
                page.line.show_refusal(refusal)
            else:
                page.say(str(refusal), "error")
            return
        page.line.close_line()
        page.table.setFocus()
        if isinstance(came, Request):
            page.wanted_on_desk.emit(came)
        else:
            page.refresh(acted=came.id)
            page.say(*_said(came, wanted))

    def _done(self, case: Case, wanted: Wanted) -> Case | Request:
        """The case after what was wanted of it, or the request by which that is finished at the 受理台."""
        office, given = self._page.office, wanted.particulars
        match wanted.choice:
            case Further.DELAY:
                return delay_request(office, case, given["due"], given["note"])
            case Further.TAKE_BACK:
                step = case.newest_step.seq if case.newest_step else 0
                return take_back(office, case.id, given["note"], step=step, quoted=given.get("quoted"))
            case step:
                return steps.take_step(office, case.id, step, **given, request_id=wanted.request_id)

    def to_desk(self) -> None:
        """Puts the case on the 受理台, as it was when it was last looked at."""
        page = self._page
        if page.case is None:
            return
        try:
            page.wanted_on_desk.emit(request_of(page.office, page.case))
        except Refusal as refusal:
            page.say(str(refusal), "error")

    def to_paper(self) -> None:
        """The newest paper of the marked case."""
        if self._page.case is not None and self._page.case.papers:
            self._page.paper_wanted.emit(self._page.case.papers[-1])


def _said(after: Case, wanted: Wanted) -> tuple[str, str]:
    """What came of an act, and its tone."""
    who = after.applicant or "未留姓名"
    if wanted.choice is Further.TAKE_BACK:
        return f"已{after.history[-1].name}：{who}，现在是“{after.stage.label}”。", "done"
    late = "，已超过期限，记入超期" if after.overrun else ""
    undo = "" if after.open else "登错了的，按 F7 撤销。"
    return f"已登记{wanted.choice.label}：{who}{late}。{undo}", "attention" if late else "done"
