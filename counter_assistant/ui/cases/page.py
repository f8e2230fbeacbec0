"""办件页：F3，最急的在最上面，选中哪一件，右边就是哪一件，F9 办它的下一步。

What is marked in the list is what is shown and acted on, always: the page has no other case. The case just acted on stays
marked where it stood, so that the same key never acts on the next one. While a line asks for something the list waits.

Keys: typing searches every case, open or closed; left and right (or Alt with a digit) go to another list; arrows choose;
F9 takes the next step; F7 offers the others by digits; F8 puts the case on the 受理台; Ctrl+D counts day by day, Ctrl+P
prints that; Ctrl+O shows the paper; Esc closes what is on top: the line that asks, the case where the window is narrow, the
search. A scanned QR code or a number finds its case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant import paths
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.choices import label_of, offered
from counter_assistant.operations.cases.find_case import case_of_number
from counter_assistant.operations.notification import own_matters
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.cases.actions import UNFINISHED, CaseActions
from counter_assistant.ui.cases.finder import CaseFinder
from counter_assistant.ui.cases.monthly import MonthlyOverlay
from counter_assistant.ui.cases.panel import CasePanel
from counter_assistant.ui.cases.print_day_count import DayCountPrinting
from counter_assistant.ui.cases.step_line import StepLine
from counter_assistant.ui.cases.words import in_words, limits_of, with_unprinted
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.widgets.records.record_page import RecordPage
from counter_assistant.ui.widgets.shortcuts import add_shortcuts


class CasesPage(RecordPage):
    """The cases of an office."""

    SHARES = (0.34, 0.42)
    wanted_on_desk = Signal(object)
    """A Request with its case: to be gone on with at the 受理台."""
    paper_wanted = Signal(str)
    """The number of a paper to be shown."""

    KEYS = (
        ("← →", "换清单"), ("↑ ↓", "选一件"), ("回车", "窄屏时展开选中的一件"), ("F9", "办选中这一件的下一步"),
        ("F7", "登记别的一步、延期、撤销上一步"), ("F8", "放到受理台接着办"), ("Ctrl+D", "期限逐日计算"), ("Ctrl+O", "看最近的文书"),
        ("Ctrl+M", "本月一次告知情况"), ("Ctrl+F", "回到查找"), ("Esc", "关掉一层"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office, self._opened = office, False
        rare = RareCharacters(paths.resources() / "fonts")
        self.finder, self.line, self.panel = CaseFinder(office, rare), StepLine(), CasePanel(self)
        self.case_actions = CaseActions(office, self.line, lambda: self.case)
        self.printing = DayCountPrinting(office, service, self)
        self.setFocusProxy(self.finder.search)
        self.put_together(self.finder, self.panel, self.line)
        self.monthly = MonthlyOverlay(
            self, partial(own_matters.month_for_clerk, office), office.today, partial(own_matters.explain, office), rare.show
        )  # fmt: skip
        self._connect()
        self._connect_keys()

    def _connect(self) -> None:
        self.finder.search.entered.connect(self._enter)
        self.finder.table.opened.connect(self.unfold)
        self.finder.mark_changed.connect(self._show_marked)
        self.finder.refused.connect(lambda refusal: self.say(str(refusal), "error"))
        self.line.state_changed.connect(self._line_changed)
        for part in (self.case_actions, self.printing):
            part.reported.connect(self.say)
        self.case_actions.recorded.connect(self.refresh)
        self.case_actions.wanted_on_desk.connect(self.wanted_on_desk)
        self.case_actions.paper_wanted.connect(self.paper_wanted)
        self.panel.paper_wanted.connect(self.paper_wanted)

    def _connect_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Esc": self._close_top, "Ctrl+F": self._to_search, "Ctrl+M": self.monthly.open,
            "Ctrl+P": self.print_day_count,
        }  # fmt: skip
        keys |= {f"Alt+{n}": chip.click for n, chip in enumerate(self.finder.lists.chips.values(), 1)}
        add_shortcuts(self, keys)
        panel, actions = self.panel, self.case_actions
        does = {
            panel.next: actions.next, panel.other: actions.choose, panel.desk: actions.to_desk,
            panel.count: self._turn_count, panel.paper: actions.to_paper,
        }  # fmt: skip
        for button, act in does.items():
            button.clicked.connect(self._show_beside)
            button.clicked.connect(act)
            button.unavailable.connect(actions.explain)

    def remember(self) -> Callable[[], object]:
        case, chosen, asking = self.case, self.line.choice, self.monthly.asking

        def put_back() -> None:
            if case is not None and chosen is None and self.line.choice is not None:
                self.line.choose(case)
            if not asking and self.monthly.asking:
                self.monthly.answer.close_line()

        return put_back

    def close_down(self) -> None:
        self.printing.close_down()

    def leave_to_another(self) -> None:
        self.case_actions.forget()
        self.line.close_line(recorded=True)
        while self.monthly.close_overlay():
            pass

    @property
    def unsaved(self) -> str:
        return f"{UNFINISHED}再关一次窗口就不登记了。" if not self.line.isHidden() and self.line.form.typed else ""

    def tell(self, words: str) -> None:
        self.say(words, "attention")

    @property
    def case(self) -> Case | None:
        """The marked case; None where the list is empty."""
        return self.finder.case

    def open_number(self, number: str) -> bool:
        """Finds and marks the case of a paper's number or of a scanned QR code; False where there is none."""
        case = case_of_number(self.office, number)
        if case is None:
            return False
        if self.line.isVisible() or self.monthly.asking:
            self.say(UNFINISHED, "attention")
            return True
        self.monthly.close_overlay()
        self.finder.show_case(case, number.strip())
        self.unfold()
        return True

    def search_for(self, typed: str, case_id: str) -> None:
        """Searches for what was typed elsewhere and marks a case that it finds."""
        if self.line.isVisible():
            return self.say(UNFINISHED, "attention")
        self.finder.show_found_by(typed, case_id)
        return self.unfold()

    def print_day_count(self) -> None:
        """Prints the count of the marked case's limits, day by day."""
        self.printing.print_count(self.case)

    def refresh(self, acted: str = "") -> None:
        """Reads the lists again and keeps the place: after a step, whose case stays marked, and when the page is shown."""
        self.finder.reread(acted, hold=self.line.isVisible())

    def unfold(self) -> None:
        """Puts the focus into the list, and shows the marked case beside it even where the window is narrow."""
        self._show_beside()
        if not self.line.isVisible() and self.case is not None:
            self.finder.table.setFocus()

    def _show_beside(self) -> None:
        """Shows the marked case beside the list even where the window is narrow; the focus stays where it is."""
        self._opened = self.case is not None
        self.arrange()

    @property
    def unfolded(self) -> bool:
        return self._opened and self.case is not None

    def arrange(self) -> None:
        super().arrange()
        self.finder.hint.setVisible(not self.narrow)

    def _show_marked(self) -> None:
        """Shows the marked case as it stands now, and what the keys do with it."""
        self.case_actions.forget()
        case = self.finder.renew()
        if case is None:
            self.panel.clear()
        else:
            self._show_case(case)
        self._name_primary()
        self.arrange()

    def _show_case(self, case: Case) -> None:
        today, choices = self.office.today(), offered(case)
        words = in_words(case, on_duty(self.office), self.office.calendar, today)
        words = with_unprinted(words, map(self.office.prints.of, case.papers))
        self.panel.show_case(case, words, today)
        counted, paper = bool(words.limits.day_by_day), bool(case.papers)
        self.panel.other.rename(label_of(choices[0], case) if len(choices) == 1 else "登记一步")
        self.panel.enable(other=bool(choices), desk=case.open, counted=counted, paper=paper)

    def _line_changed(self) -> None:
        """While the line asks, the list waits: what is typed belongs to the case that is marked."""
        asking = self.line.isVisible()
        self.finder.setEnabled(not asking)
        self.setFocusProxy(self.line if asking else self.finder.search)
        self._name_primary()
        if not asking and not self.line.focus.give_back():
            self.finder.table.setFocus()

    def _name_primary(self) -> None:
        label, enabled = self.case_actions.primary
        self.panel.name_primary(label, enabled=enabled)

    def _enter(self) -> None:
        try:
            if not self.open_number(self.finder.search.text()):
                self.unfold()
        except Refusal as refusal:
            self.say(str(refusal), "error")

    def _turn_count(self) -> None:
        """Shows the count day by day in the place of the steps, or the steps again."""
        if self.case is None:
            return
        if self.panel.counting:
            self._show_marked()
        else:
            self.panel.show_count(limits_of(self.case, self.office.calendar))

    def _to_search(self) -> None:
        if self.line.isVisible():
            self.line.take_focus()
        else:
            self.finder.to_search()

    def _close_top(self) -> None:
        if self.monthly.close_overlay():
            return
        if self.line.isVisible():
            self.line.close_line()
        elif self.case_actions.forget():
            self.finder.table.setFocus()
        elif self.panel.counting:
            self._turn_count()
        elif self.narrow and self._opened:
            self._opened = False
            self.arrange()
        else:
            self.finder.clear_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.monthly.isVisible():
            self.monthly.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.finder.search.selectAll()
        if self.focusWidget() is None:
            self._to_search()
