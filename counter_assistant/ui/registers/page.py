"""登记页：F5，先看待办的，选中哪一条，右边就是它登记簿上的每一栏，F9 办结它。

Keys: typing searches; left and right (or Alt with a digit) go to another register; arrows choose; F9 ends what waits; F7 offers what is
typed, by digits; F8 takes back what was typed wrongly, and gives a complaint to somebody else; Enter shows a complaint whole; Ctrl+O shows the case; Ctrl+P prints the book, Ctrl+S saves it; Esc closes what is on top: the line that asks, the
record where the window is narrow, the search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.rating_slips import TITLE as SLIP
from counter_assistant.operations.publications.rating_slips import rating_slips_pdf
from counter_assistant.operations.registers.book_rows import in_words
from counter_assistant.operations.registers.complaint_lines import ComplaintLine, SealedLine, UnfinishedLine
from counter_assistant.operations.registers.lists import RegisterList
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.registers.actions import UNFINISHED, RegisterActions
from counter_assistant.ui.registers.book_making import BookMaking
from counter_assistant.ui.registers.complaint_actions import NO_FILE, ComplaintActions
from counter_assistant.ui.registers.entry_line import EntryLine
from counter_assistant.ui.registers.finder import NO_COMPLAINTS, RegisterFinder
from counter_assistant.ui.registers.handover_actions import HandoverActions
from counter_assistant.ui.registers.panel import RegisterPanel
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.records.record_page import RecordPage
from counter_assistant.ui.widgets.shortcuts import add_shortcuts


class RegisterPage(RecordPage):
    """The registers of an office."""

    case_wanted = Signal(str)
    """The id of a case to be shown."""

    KEYS = (
        ("← →", "换一本登记簿"), ("↑ ↓", "选一条"), ("回车", "窄屏时展开选中的一条；保管人看一件投诉的全部"), ("F9", "办结选中的一条"),
        ("F7", "登记一条：意见、评价、离岗、工作交接、投诉……"), ("F8", "撤销登错的；投诉是转办"), ("Ctrl+O", "看它的办件"), ("Ctrl+P", "打印列出的登记簿；投诉是选中那件的登记表"),
        ("Ctrl+S", "存为 Excel"), ("Ctrl+F", "回到查找"), ("Esc", "关掉一层"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office, self._opened = office, False
        rare = RareCharacters(paths.resources() / "fonts")
        self.finder, self.line, self.panel = RegisterFinder(office, rare), EntryLine(), RegisterPanel(self)
        self.making = BookMaking(office, service, self)
        self.handover_actions = HandoverActions(office, self.line, self.making, lambda: self.marked)
        self.register_actions = RegisterActions(office, self.line, lambda: self.marked, self.handover_actions.hand_back)
        self.complaint_actions = ComplaintActions(office, self.line, self.making)
        self._whole = ""
        self.new = LinkButton("F7", "登记一条", self.register_actions.choose)
        self.finder.head.addWidget(self.new)
        self.setFocusProxy(self.finder.search)
        self.put_together(self.finder, self.panel, self.line)
        self._connect()

    def _connect(self) -> None:
        actions, panel = self.register_actions, self.panel
        self.finder.search.entered.connect(self.unfold)
        self.finder.table.opened.connect(self.unfold)
        self.finder.mark_changed.connect(self._show_marked)
        self.finder.refused.connect(lambda refusal: self.say(str(refusal), "error"))
        self.line.state_changed.connect(self._line_changed)
        actions.reported.connect(self.say)
        self.making.reported.connect(self.say)
        actions.recorded.connect(self._recorded)
        for other in (self.handover_actions, self.complaint_actions, self.complaint_actions.drafting, self.finder.old):
            other.reported.connect(self.say)
        self.handover_actions.recorded.connect(self._recorded)
        self.complaint_actions.recorded.connect(self.finder.show_complaint)
        self.finder.old.reentered.connect(self.complaint_actions.recorded)
        self.complaint_actions.drafting.changed.connect(self.refresh)
        actions.case_wanted.connect(self.case_wanted)
        does = {
            panel.next: self._next, panel.new: actions.choose, panel.back: self._back, panel.case: actions.to_case,
            panel.book: self.print_book, panel.sheet: self.save_book,
        }  # fmt: skip
        for button, act in does.items():
            button.clicked.connect(act)
            button.unavailable.connect(self._explain)
        keys = {"Esc": self._close_top, "Ctrl+F": self._to_search, self.finder.old.KEY: self.finder.old.begin}
        lists = self.finder.lists
        add_shortcuts(
            self, keys | {f"Alt+{chip.key}": partial(self._choose_list, which) for which, chip in lists.chips.items()}
        )

    @property
    def marked(self) -> RegisterLine | None:
        """The marked line; None where the list is empty."""
        return self.finder.line

    @property
    def complaint(self) -> SealedLine | None:
        """The marked complaint or draft of one, while the line asks for nothing; None where none is marked."""
        marked = self.finder.marked_line
        return marked if isinstance(marked, SealedLine) and not self.line.isVisible() else None

    def _next(self) -> None:
        complaint = self.complaint
        self.complaint_actions.next(complaint) if complaint else self.register_actions.next()

    def _back(self) -> None:
        complaint = self.complaint
        self.complaint_actions.transfer(complaint) if complaint else self.register_actions.take_back()

    def _explain(self) -> None:
        complaint = self.complaint
        self.complaint_actions.explain(complaint) if complaint else self.register_actions.explain()

    @property
    def unfolded(self) -> bool:
        return self._opened and self.finder.marked_line is not None

    @property
    def unsaved(self) -> str:
        return f"{UNFINISHED}再关一次窗口就不登记了。" if not self.line.isHidden() and self.line.form.typed else ""

    def tell(self, words: str) -> None:
        self.say(words, "attention")

    def remember(self) -> Callable[[], object]:
        choosing = self.line.isVisible() and self.line.asked is None

        def put_back() -> None:
            if choosing and self.line.asked is not None:
                self.line.choose()

        return put_back

    def leave_to_another(self) -> None:
        self.complaint_actions.forget()
        self.line.close_line(recorded=True)
        self._whole = ""
        self.finder.forget_complaints()

    def close_down(self) -> None:
        self.complaint_actions.drafting.save()
        self.making.close_down()

    def print_book(self) -> None:
        """Prints the book of the register that is listed, as far as it is listed; of complaints the marked one, by itself."""
        marked = self.finder.marked_line
        if isinstance(marked, ComplaintLine):
            self.complaint_actions.print_sheet(marked)
        elif self.finder.lists.current is RegisterList.COMPLAINT:
            self.say(NO_COMPLAINTS, "attention")
        else:
            self.making.print_book(self._of_one_register())

    def print_volume(self) -> None:
        """Prints cover, catalogue and remarks for the file of the marked complaint."""
        self.complaint_actions.print_volume(self.complaint)

    def print_rating_slips(self) -> None:
        """Prints a sheet of slips to rate on, to lie at the window."""
        self.making.print_paper(SLIP, lambda: rating_slips_pdf(self.office))

    def save_book(self) -> None:
        """Saves it as a spreadsheet; complaints never."""
        if self.finder.lists.current is RegisterList.COMPLAINT:
            self.say(NO_FILE, "attention")
        else:
            self.making.save_book(self._of_one_register())

    def _of_one_register(self) -> RegisterQuery:
        """What is listed; where several registers are, that of the marked line, if one list has them together."""
        query, marked = self.finder.query, self.marked
        if len(query.kinds) == 1 or self.finder.lists.current is RegisterList.WAITING:
            return query
        return replace(query, kinds=(marked.kind if marked else query.kinds[0],))

    def begin(self, kind: RegisterKind) -> None:
        """Asks for an entry of a register, as F7 and its digit do."""
        self.register_actions.begin(kind)

    def refresh(self) -> None:
        """Reads the lists again and keeps the place."""
        self.finder.look_for_complaints()
        self.finder.refill()

    def unfold(self) -> None:
        """Puts the focus into the list, and shows the marked line beside it even where the window is narrow."""
        self._opened = self.finder.marked_line is not None
        complaint = self.complaint
        if isinstance(complaint, UnfinishedLine):
            self.complaint_actions.next(complaint)
        elif complaint:
            self._whole = complaint.number
            self._show_marked()
        self.arrange()
        if not self.line.isVisible() and self._opened:
            self.finder.table.setFocus()

    def arrange(self) -> None:
        super().arrange()
        self.finder.hint.setVisible(not self.narrow)
        self.new.setVisible(self.narrow)  # for the mouse: the panel with its button is folded away

    def _show_marked(self) -> None:
        """Shows the marked line, and what the keys do with it."""
        line = self.marked
        try:
            cells = in_words(self.office, line) if line else []
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        marked = self.finder.marked_line
        if isinstance(marked, ComplaintLine):
            self._show_complaint(marked)
        elif isinstance(marked, UnfinishedLine):
            self.panel.show_unfinished()
        elif line is None:
            self.panel.clear()
        else:
            self.panel.show_line(line, cells)
        complaint = self.complaint
        label, can = self.complaint_actions.back(complaint) if complaint else ("撤销", False)
        self.panel.back.rename(label)
        self.panel.back.setEnabled(can or bool(line and line.can_be_taken_back))
        self.panel.case.setEnabled(bool(line and line.case))
        self._name_primary()
        self.arrange()

    def _show_complaint(self, marked: ComplaintLine) -> None:
        """Shows how it stands, and what it says as long as that is asked for."""
        if marked.number != self._whole:
            self._whole = ""
        try:
            self.panel.show_complaint(marked, self.complaint_actions.whole(marked) if self._whole else ())
        except Refusal as refusal:
            self._whole = ""
            self.panel.show_complaint(marked)
            self.say(str(refusal), "error")

    def _choose_list(self, which: RegisterList) -> None:
        if self.line.isHidden():
            self.finder.lists.choose(which)

    def _name_primary(self) -> None:
        complaint = self.complaint
        label, enabled = self.complaint_actions.primary(complaint) if complaint else self.register_actions.primary
        self.panel.next.rename(label)
        self.panel.next.setEnabled(enabled)

    def _line_changed(self) -> None:
        """While the line asks, the list waits: what is typed belongs to the line that is marked."""
        asking = self.line.isVisible()
        self.finder.setEnabled(not asking)
        self.setFocusProxy(self.line if asking else self.finder.search)
        self._name_primary()
        if not asking and not self.line.focus.give_back():
            self.finder.search.setFocus()

    def _recorded(self, kind: RegisterKind, seq: int) -> None:
        self.finder.show_line(kind, seq)

    def _to_search(self) -> None:
        if self.line.isVisible():
            self.line.take_focus()
        else:
            self.finder.to_search()

    def _close_top(self) -> None:
        if self.making.stop():
            return
        if self.line.isVisible():
            self.line.close_line()
        elif self._whole:
            self._whole = ""
            self._show_marked()
        elif self.narrow and self._opened:
            self._opened = False
            self.arrange()
        else:
            self.finder.clear_search()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._whole = ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.finder.search.selectAll()
        if self.focusWidget() is None:
            self._to_search()
