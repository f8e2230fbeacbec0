"""服务一位当事人到底：出具、差什么、下一位、取回草稿。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.controllers.autosave import Drafting
from counter_assistant.ui.desk.controllers.issuing import Acts, Done, Printing
from counter_assistant.ui.desk.presentation.applicant_fields import FIELD_OF_REFUSAL
from counter_assistant.ui.desk.presentation.missing import Lack, lacking
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.widgets.reading_time import ReadingTime

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.page import DeskPage


class Serving(QObject):
    """What is done for the applicant on the desk, once the office is open."""

    def __init__(self, page: DeskPage, office: Office, printing: Printing) -> None:
        super().__init__(page)
        self._page = page
        self._printing, self._office = printing, office
        self._reading = ReadingTime()
        self.drafting = Drafting(office, self)
        self.drafting.saved.connect(page.draft_message)
        self.drafting.troubled.connect(page.status_message)
        self.acts = Acts(office, printing, self)
        self.acts.done.connect(self._show_done)
        self.acts.refused.connect(self._show_refusal)
        self.acts.printing.connect(self._show_printing)
        panels = page.panels
        panels.buttons.issue.connect(self.issue)
        panels.buttons.oral.connect(self.issue_orally)
        panels.decision.go_to_lacking.connect(self._go_to_lacking)
        panels.issued.next_wanted.connect(self.next_applicant)
        panels.issued.print_wanted.connect(self.acts.print_again)
        panels.draft_line.wanted.connect(self.bring_back)
        panels.draft_line.thrown_away.connect(self._throw_away)

    @property
    def served(self) -> bool:
        """Whether the applicant on the desk has what they came for."""
        return self.acts.finished

    def issue(self) -> None:
        """F9: issues what the decision says, or says what is lacking."""
        self._issue(oral=False)

    def issue_orally(self) -> None:
        """Ctrl+F9: records that the notice was spoken."""
        self._issue(oral=True)

    def _issue(self, *, oral: bool) -> None:
        page = self._page
        if page.sight is None or self.served or self._reading.running:
            return
        if lacks := self._lacking(oral=oral):
            page.told |= {lack.key for lack in lacks}
            page.show_faults()
            return self._refuse(_said(lacks))
        earlier = page.panels.earlier
        if words := earlier.words_before_issuing("Ctrl+F9" if oral else "F9"):
            page.panels.decision.ask(words)
            self._reading.begin()
            return page.place()
        page.panels.decision.refuse("")
        self.drafting.flush()
        page.panels.buttons.show_verdict(page.sight.verdict, busy=True)
        self.acts.issue(page.state, page.sight, oral=oral, confirmed=earlier.confirmed)
        return None

    def _lacking(self, *, oral: bool = False) -> list[Lack]:
        """What keeps a paper from being issued, in the page's order."""
        sight = self._page.sight
        if sight is None:
            return []
        return lacking(self._office, sight.matter, self._page.faults(), oral=oral)

    def _show_refusal(self, refusal: Refusal) -> None:
        if key := FIELD_OF_REFUSAL.get(refusal.code):
            self._page.told.add(key)
        self._refuse(str(refusal))

    def _refuse(self, sentence: str) -> None:
        page = self._page
        if page.sight:
            page.panels.buttons.show_verdict(page.sight.verdict, busy=False)
        page.panels.decision.refuse(sentence)
        page.place()
        page.panels.decision.setFocus()

    def _go_to_lacking(self) -> None:
        """Enter on the refusal: to the first place that can be put right."""
        lacks, page = self._lacking(), self._page
        page.panels.decision.refuse("")
        page.place()
        if lacks and lacks[0].key == "approval":
            page.approval_wanted.emit(page.state.item)
        elif lacks:
            page.panels.go_to(lacks[0].key)

    def _show_done(self, done: Done) -> None:
        page, panels = self._page, self._page.panels
        self.drafting.settle()
        page.previewing.drop()
        panels.materials.list.drop_editor()
        panels.issued.show_issued(done.title, done.number, done.told, paper=done.pdf is not None)
        panels.show_issued(True)
        page.place()
        if done.pdf is not None:
            panels.preview.show_pdf(done.pdf)
            panels.preview.turn(panels.preview.pages // 2)
        panels.issued.next.setFocus()
        page.draft_message.emit("")

    def _show_printing(self, sentence: str, failed: bool) -> None:
        self._page.panels.issued.printed(sentence, failed=failed)
        self._page.place()

    def next_applicant(self) -> None:
        """Clears the desk. What was not issued is kept and offered again."""
        if not self.served:
            self.drafting.put_aside(self._page.state)
        self.acts.forget()
        self._page.put(DeskState())
        self._page.panels.search.field.setFocus()

    def take(self, state: DeskState, *, kept: bool = False) -> None:
        """Puts another state on the desk. What stood there and was not issued is kept as a draft. `kept`: the other stands in
        the book as well, so that it is a draft only once it is changed."""
        aside = None if self.served else self.drafting.put_aside(self._page.state)
        self.acts.forget()
        self._page.put(state)
        if kept:
            self.drafting.lay_down(state)
        else:
            self.drafting.note(state)
        if aside:
            self._page.draft_message.emit(f"已存草稿，办完按 Ctrl+Z 取回：{aside.title()}")

    def bring_back(self) -> None:
        """Puts the draft that is offered back on the desk."""
        page = self._page
        if (page.state.pristine or self.drafting.only_brought(page.state)) and (state := self.drafting.bring_back()):
            page.put(state)
            if state.begun:
                page.panels.go_to("materials" if state.item else "asked")
            if self.drafting.offered:
                page.draft_message.emit(f"再按 Ctrl+Z 取更早的草稿：{self.drafting.offered.title()}")

    def _throw_away(self) -> None:
        self.drafting.throw_away()
        self._page.offer_draft()
        self._page.panels.search.field.setFocus()

    def close_down(self) -> None:
        """The window closes: what is on the desk is written, the last paper leaves."""
        if not self.served:
            self.drafting.note(self._page.state)
        self.drafting.flush()
        self._printing.wait()


def _said(lacks: list[Lack]) -> str:
    """What is lacking, and where Enter leads; an approval is not to be had on this page."""
    if lacks[0].key == "approval":
        return "没有本中心的核定，不能出具。按回车去“事项”页登记。"
    return f"还差：{'、'.join(lack.words for lack in lacks)}。按回车去第一处。"
