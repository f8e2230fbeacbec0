"""办件页：F3，最急的在最上面，回车打开，F9 办下一步。

Keys: typing searches every case, open or closed; left and right (or Alt with a digit) go to another list; arrows choose;
Enter opens; F9 takes the next step; F7 offers the others by digits; F8 puts the case on the 受理台; Ctrl+D counts day by
day, Ctrl+P prints that; Ctrl+O shows the paper; Esc closes the top layer: the line that asks, then the case, then the search. A scanned QR
code or a number opens its case.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant import paths
from counter_assistant.domain.case import Case
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import casework, told_month
from counter_assistant.operations.office import Office
from counter_assistant.ui import theme
from counter_assistant.ui.cases.acts import CaseActs
from counter_assistant.ui.cases.count_printing import CountPrinting
from counter_assistant.ui.cases.lists import EMPTY, NOT_FOUND, CaseLists
from counter_assistant.ui.cases.model import PAGE, CasesModel
from counter_assistant.ui.cases.monthly import MonthlyLayer
from counter_assistant.ui.cases.panel import CasePanel
from counter_assistant.ui.cases.step_line import StepLine
from counter_assistant.ui.cases.table import CasesTable
from counter_assistant.ui.cases.words import (
    clerk_name,
    due_in_words,
    limits_of,
    people_in_words,
    warning_of,
)
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.screen_font import RareCharacters
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.search_field import SearchField

NARROW = 1100


class CasesPage(QWidget):
    """The cases of an office."""

    status_message = Signal(str)
    wanted_on_desk = Signal(object)
    """A Request with its case: to be gone on with at the 受理台."""
    paper_wanted = Signal(str)
    """The number of a paper to be shown."""

    KEYS = (
        ("← → 或 Alt+数字", "换清单"), ("回车", "打开选中的办件"), ("F9", "办下一步"), ("F7", "登记别的一步"),
        ("F8", "放到受理台接着办"), ("Ctrl+D", "期限逐日计算"), ("Ctrl+P", "打印期限计算表"), ("Ctrl+O", "看最近的文书"), ("Ctrl+M", "本月一次告知情况"),
        ("Ctrl+R Ctrl+U", "忌语：改成文明用语；保留原话"),
        ("Ctrl+F", "回到查找"), ("Esc", "关掉一层"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.office = office
        self.case: Case | None = None
        self._begun, self._filling = False, False
        rare = RareCharacters(paths.resources() / "fonts")
        self.model = CasesModel(office.today, lambda: office.profile, rare.show)
        self.search = SearchField("查找办件", "姓名、首字母、编号、证件或电话后四位、事项；也可扫码")
        self.lists, self.table = CaseLists(), CasesTable(self.model)
        self.empty, self.line, self.panel = PlainLabel("", "secondary", wrap=True), StepLine(), CasePanel(self)
        self.acts, self.printing = CaseActs(self), CountPrinting(self, service)
        self.setFocusProxy(self.search)
        self._lay_out()
        self.monthly = MonthlyLayer(self, lambda year, month: told_month.monthly(office, year, month), office.today)
        self._connect()

    def _lay_out(self) -> None:
        gap = theme.px(10)
        self.card = Card("办件", "← → 换清单　回车打开　F9 下一步　Ctrl+M 本月一次告知")
        self.card.rows.addWidget(self.search)
        self.card.rows.addWidget(self.lists)
        self.card.rows.addWidget(self.table, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.card.rows.addWidget(self.empty, 1)
        left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self.card, 1)
        left.addWidget(self.line)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        line.setSpacing(gap)
        line.addLayout(left, 1)
        line.addWidget(self.panel)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.entered.connect(self._enter)
        self.search.stepped.connect(self._step)
        self.search.turned.connect(self.lists.turn)
        self.lists.chosen.connect(lambda _which: self._changed_list())
        self.table.opened.connect(self._open_current)
        self.table.typed.connect(self._type_on)
        self.table.turned.connect(self.lists.turn)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())
        self.line.chosen.connect(self.acts.ask)
        self.line.confirmed.connect(self.acts.confirmed)
        self.panel.paper_wanted.connect(self.paper_wanted)
        self.monthly.closed.connect(self._to_search)
        self._connect_keys()

    def _connect_keys(self) -> None:
        keys = [("Esc", self._close_layer), ("Ctrl+F", self._to_search), ("Ctrl+M", self.monthly.open)]
        keys += [("Ctrl+P", self.printing.print_count)]
        keys += [(f"Alt+{n}", chip.click) for n, chip in enumerate(self.lists.chips.values(), 1)]
        for key, act in keys:
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        panel, acts = self.panel, self.acts
        does = {
            panel.next: acts.next, panel.other: acts.choose, panel.desk: acts.to_desk, panel.count: self._turn_count,
            panel.paper: acts.to_paper,
        }  # fmt: skip
        for button, act in does.items():
            button.clicked.connect(act)
            button.unavailable.connect(acts.explain)

    def close_down(self) -> None:
        """The window closes."""
        self.printing.close_down()

    def open(self, case_id: str) -> None:
        """Shows a case at the right."""
        try:
            case = casework.case_of_id(self.office, case_id)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        if self.case is None or self.case.id != case.id:
            self.acts.forget()
        self.case = case
        today, profile = self.office.today(), self.office.profile
        limits = limits_of(case, self.office.calendar)
        names = [clerk_name(trace.clerk, profile) for trace in case.history]
        people, due = people_in_words(case, profile), due_in_words(case, today)
        self.panel.show_case(case, due, limits, warning_of(case, limits), people, names)
        label = casework.next_step(case).label if case.open else ""
        self.panel.enable(label=label, step=case.open, counted=bool(limits.day_by_day), paper=bool(case.papers))
        self._arrange()

    def open_number(self, number: str) -> bool:
        """Shows the case of a paper's number or of a scanned QR code; False where there is none."""
        case = casework.case_of_number(self.office, number)
        if case is not None:
            self.open(case.id)
        return case is not None

    def refresh(self, keep: str = "") -> None:
        """Reads the lists again and keeps the place: after an act, and when the page is shown."""
        place = self.table.currentIndex().row()
        self._find(keep=keep or (self.case.id if self.case else ""), place=place)
        if self.case is not None:
            self.open(self.case.id)

    def say(self, text: str, role: str = "done") -> None:
        """Tells what came of an act, beside the case and in the status line."""
        self.panel.say(text, role)
        self.status_message.emit(text)

    def _fetch(self, after: int) -> list[Case]:
        text, cases = self.search.text().strip(), self.office.cases
        if text:
            return cases.found(text, limit=PAGE, after=after)
        return cases.listed(self.lists.current, casework.horizon(self.office), limit=PAGE, after=after)

    def _find(self, keep: str = "", place: int = 0) -> None:
        searching = bool(self.search.text().strip())
        self._filling = True
        try:
            counts = self.office.cases.counts(casework.horizon(self.office))
            if not self._begun:
                self.lists.begin(counts)
            self.model.fill(self._fetch)
            self._select(keep, place)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        finally:
            self._filling = False
        self._begun = True
        self.lists.show_state(counts, searching=searching)
        some = self.model.rowCount() > 0
        self.table.setVisible(some)
        self.empty.say("" if some else NOT_FOUND if searching else EMPTY[self.lists.current])

    def _select(self, keep: str, place: int) -> None:
        found, last = self.model.place_of(keep), self.model.rowCount() - 1
        if last >= 0:
            self.table.selectRow(found if found >= 0 else min(max(place, 0), last))

    def _changed_list(self) -> None:
        if self.search.text():
            self.search.clear()  # finds again by itself
        else:
            self._find()

    def _enter(self) -> None:
        try:
            if self.open_number(self.search.text()):
                self.search.selectAll()
            elif self.model.rowCount():
                self._open_current()
        except Refusal as refusal:
            self.say(str(refusal), "error")

    def _open_current(self) -> None:
        self.open(self.model.case(self.table.currentIndex().row()).id)
        self.table.setFocus()

    def _follow(self) -> None:
        """While a case is open, it follows the arrows. After an act it stays: the same key must not act on the next one."""
        place = self.table.currentIndex().row()
        if self.case is None or place < 0 or self._filling or self.line.isVisible() or not self.table.hasFocus():
            return
        case_id = self.model.case(place).id
        if case_id != self.case.id:
            self.open(case_id)

    def _step(self, rows: int) -> None:
        place = self.table.currentIndex().row() + rows
        self.table.selectRow(min(max(place, 0), self.model.rowCount() - 1))

    def _type_on(self, event: QKeyEvent) -> None:
        self._to_search()
        key = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        QApplication.sendEvent(self.search, key)

    def _turn_count(self) -> None:
        """The count day by day in the place of the steps, or the steps again."""
        if self.case is None:
            return
        if self.panel.counting:
            self.open(self.case.id)
        else:
            self.panel.show_count(limits_of(self.case, self.office.calendar))

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _close_layer(self) -> None:
        if self.monthly.close_layer():
            return
        if self.line.isVisible():
            self.line.close_line()
            self.table.setFocus()
        elif self.case:
            self.case = None
            self.panel.clear()
            self._arrange()
            self._to_search()
        elif not self.search.composing:
            self.search.clear()
            self.search.setFocus()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(NARROW)
        room = self.width() - theme.px(34)
        self.panel.setFixedWidth(max(theme.px(360), round(room * (0.42 if narrow else 0.34))))
        self.panel.setVisible(not narrow or self.case is not None)
        self.table.fold(narrow and self.case is not None)
        self.card.hint.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self.monthly.isVisible():
            self.monthly.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._to_search()
