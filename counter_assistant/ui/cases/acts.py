"""办件页的键各做什么：下一步、登记一步、到受理台、看文书。Each step is recorded before anything is shown of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.case import ENDS, Case, Step
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import casework
from counter_assistant.ui.cases.step_line import FIELDS, Wanted

if TYPE_CHECKING:
    from counter_assistant.ui.cases.page import CasesPage

NOTHING_OPEN = "先选一件，按回车打开。"
AT_ONCE = frozenset((Step.DONE, Step.RESUMED, Step.SENT_UP))
"""The steps that need nothing said: the key itself takes them, dated today."""


class CaseActs(QObject):
    """What the keys of the page do."""

    def __init__(self, page: CasesPage) -> None:
        super().__init__(page)
        self._page = page
        self._asked = ""

    def next(self) -> None:
        """The one step that the open case waits for."""
        page = self._page
        if page.line.isVisible():
            page.line.confirm()
        elif page.case is not None and page.case.open:
            step = casework.next_step(page.case).step
            if step is None:
                self.to_desk()
            elif step in ENDS and step in AT_ONCE and self._asked != page.case.id:
                self._ask_again(page.case, step)
            elif step in AT_ONCE:
                self._record(page.case, Wanted(step))
            else:
                self.ask(step)

    def _ask_again(self, case: Case, step: Step) -> None:
        """A case that is closed cannot be opened again, so the key is asked for twice; another case asks anew."""
        self._asked = case.id
        who = "　".join(part for part in (case.applicant or "未留姓名", case.item_name) if part)
        self._page.say(f"{who}：再按一次 F9，登记{step.label}。登记以后不能撤回。", "attention")

    def forget(self) -> None:
        """Another case is opened: what was asked of the one before is void."""
        self._asked = ""

    def explain(self) -> None:
        """Says why a key has nothing to do."""
        case = self._page.case
        if case is None:
            self._page.say(NOTHING_OPEN, "attention")
        elif not case.open:
            self._page.say(f"这一件已经{case.stage.label}。要重办的，请到受理台（F2）重新开始。", "attention")
        else:
            self._page.say("没有可看的：还没有出过文书，或者时限还没有起算（材料补齐之日起算）。", "attention")

    def choose(self) -> None:
        """Offers the other steps."""
        if self._page.case is not None:
            self._page.line.choose(casework.possible_steps(self._page.case))

    def ask(self, step: Step) -> None:
        """Opens the line that asks what a step needs."""
        page = self._page
        if page.case is not None:
            office = page.office
            page.line.ask(step, page.case, office.profile.clerks, office.today(), self._tomorrow())

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
            after = casework.take_step(page.office, case.id, wanted.step, **wanted.particulars)
        except Refusal as refusal:
            if page.line.isVisible() or wanted.step in FIELDS:
                page.line.show_refusal(refusal)
            page.say(str(refusal), "error")
            return
        page.line.close_line()
        page.table.setFocus()
        page.refresh(keep=after.id)
        late = "，已超过期限，记入超期" if after.overrun else ""
        page.say(f"已登记{wanted.step.label}：{after.applicant or '未留姓名'}{late}。", "attention" if late else "done")

    def to_desk(self) -> None:
        """Puts the case on the 受理台, as it was when it was last looked at."""
        page = self._page
        if page.case is None:
            return
        try:
            page.wanted_on_desk.emit(casework.request_of(page.office, page.case))
        except Refusal as refusal:
            page.say(str(refusal), "error")

    def to_paper(self) -> None:
        """The newest paper of the open case."""
        if self._page.case is not None and self._page.case.papers:
            self._page.paper_wanted.emit(self._page.case.papers[-1])
