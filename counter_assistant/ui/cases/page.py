"""办件页：F3，最急的在最上面，选中哪一件，右边就是哪一件，F9 办它的下一步。

What is marked in the list is what is shown and acted on, always: the page has no other case. The case just acted on stays
marked where it stood, so that the same key never acts on the next one. While a line asks for something the list waits.

Keys: typing searches every case, open or closed; left and right (or Alt with a digit) go to another list; arrows choose;
F9 takes the next step; F7 offers the others by digits; F8 puts the case on the 受理台; Ctrl+D counts day by day, Ctrl+P
prints that; Ctrl+O shows the paper; Esc closes the top layer: the line that asks, the case where the window is narrow, the
search. A scanned QR code or a number finds its case.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant import paths
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.choices import label_of, offered
from counter_assistant.operations.cases.find import case_of_number, horizon
from counter_assistant.operations.notification import own_matters
from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.cases.actions import UNFINISHED, CaseActions
from counter_assistant.ui.cases.lists import EMPTY, NOT_FOUND, CaseLists
from counter_assistant.ui.cases.model import PAGE, CasesModel
from counter_assistant.ui.cases.monthly import MonthlyLayer
from counter_assistant.ui.cases.panel import CasePanel
from counter_assistant.ui.cases.print_day_count import DayCountPrinting
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
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.records.search_field import SearchField

NARROW = 1100


class CasesPage(Page):
    """The cases of an office."""

    wanted_on_desk = Signal(object)
    """A Request with its case: to be gone on with at the 受理台."""
    paper_wanted = Signal(str)
    """The number of a paper to be shown."""

    KEYS = (
        ("← → 或 Alt+数字", "换清单"), ("↑ ↓ 回车", "选一件；窄屏时展开"), ("F9", "办选中这一件的下一步"),
        ("F7", "登记别的一步、延期、撤销上一步"),
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
        self._begun, self._filling, self._unfolded = False, False, False
        rare = RareCharacters(paths.resources() / "fonts")
        self.model = CasesModel(office.today, lambda: office.profile, rare.show)
        self.search = SearchField("查找办件", "姓名、首字母、编号、证件或电话后四位、事项；也可扫码")
        self.lists, self.table = CaseLists(), CasesTable(self.model)
        self.empty, self.line, self.panel = PlainLabel("", "secondary", wrap=True), StepLine(), CasePanel(self)
        self.case_actions = CaseActions(office, self.line, lambda: self.case)
        self.printing = DayCountPrinting(office, service, self)
        self.setFocusProxy(self.search)
        self._lay_out()
        self.monthly = MonthlyLayer(
            self, partial(own_matters.month_for_clerk, office), office.today, partial(own_matters.explain, office), rare.show
        )  # fmt: skip
        self._connect()

    def _lay_out(self) -> None:
        gap = theme.px(10)
        self.card = Card("办件", "← → 换清单　↑ ↓ 选　F9 下一步　Ctrl+M 本月一次告知")
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
        self.table.opened.connect(self.unfold)
        self.table.typed.connect(self._type_on)
        self.table.turned.connect(self.lists.turn)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._mark_moved())
        self.line.turned.connect(self._line_turned)
        for teller in (self.case_actions, self.printing):
            teller.reported.connect(self.say)
        self.case_actions.recorded.connect(self.refresh)
        self.case_actions.wanted_on_desk.connect(self.wanted_on_desk)
        self.case_actions.paper_wanted.connect(self.paper_wanted)
        self.panel.paper_wanted.connect(self.paper_wanted)
        self.monthly.closed.connect(self._to_search)
        self._connect_keys()

    def _connect_keys(self) -> None:
        keys = [("Esc", self._close_layer), ("Ctrl+F", self._to_search), ("Ctrl+M", self.monthly.open)]
        keys += [("Ctrl+P", lambda: self.printing.print_count(self.case))]
        keys += [(f"Alt+{n}", chip.click) for n, chip in enumerate(self.lists.chips.values(), 1)]
        for key, act in keys:
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        panel, acts = self.panel, self.case_actions
        does = {
            panel.next: acts.next, panel.other: acts.choose, panel.desk: acts.to_desk, panel.count: self._turn_count,
            panel.paper: acts.to_paper,
        }  # fmt: skip
        for button, act in does.items():
            button.clicked.connect(self.unfold)
            button.clicked.connect(act)
            button.unavailable.connect(acts.explain)

    def close_down(self) -> None:
        """The window closes."""
        self.printing.close_down()

    @property
    def case(self) -> Case | None:
        """The marked case; None where the list is empty."""
        place = self.table.currentIndex().row()
        return self.model.case(place) if 0 <= place < self.model.rowCount() else None

    def open_number(self, number: str) -> bool:
        """Finds and marks the case of a paper's number or of a scanned QR code; False where there is none."""
        case = case_of_number(self.office, number)
        if case is None:
            return False
        if self.line.isVisible():
            self.say(UNFINISHED, "attention")
            return True
        self.search.blockSignals(True)
        self.search.setText(number.strip() if number.strip() in case.papers else case.papers[-1])
        self.search.blockSignals(False)
        self._find(keep=case.id, hold=True)
        self.unfold()
        return True

    def refresh(self, acted: str = "") -> None:
        """Reads the lists again and keeps the place: after an act, whose case stays marked, and when the page is shown."""
        marked = self.case.id if self.case else ""
        place = self.table.currentIndex().row()
        self._find(keep=acted or marked, place=place, hold=bool(acted) or self.line.isVisible())

    def unfold(self) -> None:
        """The list goes on by the arrows, and where the window is narrow the marked case is shown beside it."""
        self._unfolded = self.case is not None
        self._arrange()
        if not self.line.isVisible() and self.case is not None:
            self.table.setFocus()

    def _mark_moved(self) -> None:
        if not self._filling:
            self._show_marked()

    def _show_marked(self) -> None:
        """Shows the marked case as it stands now, and what the keys do with it."""
        marked = self.case
        self.case_actions.forget()
        if marked is None:
            self.panel.clear()
        else:
            self._show_case(marked)
        self._name_primary()
        self._arrange()

    def _show_case(self, marked: Case) -> None:
        case = self.office.cases.get(marked.id) or marked
        self.model.renew(self.table.currentIndex().row(), case)
        today, profile = self.office.today(), self.office.profile
        limits = limits_of(case, self.office.calendar)
        names = [clerk_name(trace.clerk, profile) for trace in case.history]
        people, due = people_in_words(case, profile), due_in_words(case, today)
        self.panel.show_case(case, due, limits, warning_of(case, limits, today), people, names, today)
        counted, paper = bool(limits.day_by_day), bool(case.papers)
        choices = offered(case)
        self.panel.other.rename(label_of(choices[0], case) if len(choices) == 1 else "登记一步")
        self.panel.enable(other=bool(choices), desk=case.open, counted=counted, paper=paper)

    def _line_turned(self) -> None:
        """While the line asks, the list waits: what is typed belongs to the case that is marked."""
        asking = self.line.isVisible()
        self.card.setEnabled(not asking)
        self.setFocusProxy(self.line if asking else self.search)
        self._name_primary()
        if not asking:
            self.table.setFocus()

    def _name_primary(self) -> None:
        label, enabled = self.case_actions.primary
        self.panel.name_primary(label, enabled=enabled)

    def say(self, text: str, role: str = "done") -> None:
        """Tells what came of an act, beside the case and in the status line."""
        self.panel.say(text, role)
        self.status_message.emit(text)

    def _fetch(self, after: int) -> list[Case]:
        text, cases = self.search.text().strip(), self.office.cases
        if text:
            return cases.found(text, limit=PAGE, after=after)
        return cases.listed(self.lists.current, horizon(self.office), limit=PAGE, after=after)

    def _find(self, keep: str = "", place: int = 0, *, hold: bool = False) -> None:
        """Fills the list and marks `keep`, else what stands at `place`. `hold`: it stays in sight though it left the list."""
        searching = bool(self.search.text().strip())
        self._filling = True
        try:
            counts = self.office.cases.counts(horizon(self.office))
            if not self._begun:
                self.lists.begin(counts)
            self.model.fill(self._fetch, self.office.cases.get(keep) if hold else None, place)
            self._select(keep, place)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        finally:
            self._filling = False
        self._begun = True
        self.lists.show_state(counts, searching=searching)
        some = self.model.rowCount() > 0
        if not some and self.table.hasFocus():
            self.search.setFocus()
        self.table.setVisible(some)
        self.empty.say("" if some else NOT_FOUND if searching else EMPTY[self.lists.current])
        self._show_marked()

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
            if not self.open_number(self.search.text()):
                self.unfold()
        except Refusal as refusal:
            self.say(str(refusal), "error")

    def _step(self, rows: int) -> None:
        place = self.table.currentIndex().row() + rows
        if self.model.rowCount():
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
            self._show_marked()
        else:
            self.panel.show_count(limits_of(self.case, self.office.calendar))

    def _to_search(self) -> None:
        if self.line.isVisible():
            self.line.take_focus()
            return
        self.search.setFocus()
        self.search.selectAll()

    def _close_layer(self) -> None:
        if self.monthly.close_layer():
            return
        if self.line.isVisible():
            self.line.close_line()
        elif self.case_actions.forget():
            self.table.setFocus()
        elif self.panel.counting:
            self._turn_count()
        elif self._narrow and self._unfolded:
            self._unfolded = False
            self._arrange()
        elif not self.search.composing:
            self.search.clear()
            self.search.setFocus()

    @property
    def _narrow(self) -> bool:
        return self.width() < theme.px(NARROW)

    def _arrange(self) -> None:
        narrow = self._narrow
        shown = not narrow or (self._unfolded and self.case is not None)
        room = self.width() - theme.px(34)
        self.panel.setFixedWidth(max(theme.px(360), round(room * (0.42 if narrow else 0.34))))
        self.panel.setVisible(shown)
        self.table.fold(narrow and shown)
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
