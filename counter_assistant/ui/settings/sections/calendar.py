"""放假日历：每年的放假通知粘贴进来，逐日看清楚有什么变动，再采用；本县自己的假日也记在这里。

Keys within the section: Ctrl+O chooses a file, Ctrl+G takes the year that was read, Ctrl+N adds a county holiday, Ctrl+Del
removes one. Nothing is taken before its days were shown; what is taken is an entry of the book.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from counter_assistant.domain.calendar.calendar_entry import arrangement_in_words, source_in_words
from counter_assistant.domain.calendar.workdays import YearCalendar
from counter_assistant.domain.calendar.year_validation import doubts_of
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.calendars.adopt import (
    compare,
    moved_in_words,
    read_calendar_file,
    read_notice,
    take_year,
)
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.file_dialog import ask_for_file
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.settings.sections.county_holidays import CountyHolidays
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.labels import PlainLabel, plain_tip
from counter_assistant.ui.widgets.quiet_list import QuietList

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

PASTE = "把国务院办公厅的放假通知全文粘贴到这里，或者按 Ctrl+O 选文件（通知的文本，或年份文件）"
MOST_MOVED = 4
NOBODY = "（没有第二人）"

Moved = Callable[[YearCalendar], list[str]]
"""The cases whose date a year would move, one sentence each."""


class CalendarSection(Section):
    """The years that are known, the import of one, and the holidays of the county."""

    year_wanted = Signal(object)
    """A YearCalendar was read and is shown; it is not taken yet."""
    calendar_changed = Signal()
    """The office counts with another calendar now."""

    def __init__(self, office: Office, moved: Moved | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.moved_by: Moved = moved or (lambda year: moved_in_words(office, year))
        self._year: YearCalendar | None = None
        self.years = QuietList("放假日历的年份", row=28)
        self.years.setMinimumHeight(theme.px(84))
        self.county = CountyHolidays(office)
        self.text = QPlainTextEdit()
        self.text.setObjectName("notice_text")
        self.text.setAccessibleName("放假通知全文")
        self.text.setPlaceholderText(PASTE)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(54))
        self.fault, self.doubts = PlainLabel("", "error", wrap=True), PlainLabel("", "attention", wrap=True)
        self.heading, self.moved = PlainLabel("", "secondary", wrap=True), PlainLabel("", "attention", wrap=True)
        labels = {"fault": self.fault, "doubts": self.doubts, "heading": self.heading, "moved": self.moved}
        for name, label in labels.items():
            label.setObjectName(name)
        self.days = QuietList("放假和上班的日子", row=26)
        self.days.setMinimumHeight(theme.px(80))
        self.checker = Choice("由谁再核对一遍")
        self.checker.setMinimumWidth(theme.px(130))
        self.file = ActionButton("选文件", "Ctrl+O", self)
        self.take = ActionButton("采用", "Ctrl+G", self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(theme.px(6))
        left.addWidget(self.years, 2)
        left.addWidget(self.county, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(4))
        foot.addWidget(self.file)
        foot.addStretch(1)
        foot.addWidget(PlainLabel("核对人", "secondary"))
        foot.addWidget(self.checker)
        foot.addWidget(self.take)
        right.setSpacing(theme.px(6))
        for widget in (self.text, self.fault, self.heading, self.doubts):
            right.addWidget(widget)
        right.addWidget(self.days, 1)
        right.addWidget(self.moved)
        right.addLayout(foot)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(16))
        line.addLayout(left, 4)
        line.addLayout(right, 5)

    def _connect(self) -> None:
        self.years.currentRowChanged.connect(self._show_known)
        self.text.textChanged.connect(self._read_text)
        self.file.clicked.connect(self._choose_file)
        self.take.clicked.connect(self._take)
        self.take.unavailable.connect(lambda: self.reported.emit("还没有读到新的一年，先粘贴通知或者选文件。"))
        self.county.taken.connect(self._county_taken)

    def load(self, draft: ProfileDraft) -> None:
        """Shows what the book and the year files say; the draft names who may compare."""
        current = self._office.profile.current_clerk
        chosen = self.checker.currentText()
        self.checker.clear()
        self.checker.addItem(NOBODY, "")
        for clerk in self._office.profile.clerks:
            if clerk.staff_number != current:
                self.checker.addItem(clerk.name, clerk.name)
        self.checker.setCurrentIndex(max(self.checker.findText(chosen), 0))
        self._show_years()
        self.county.show_known()
        self._show_read()

    def start(self) -> QWidget:
        return self.text

    def _show_years(self) -> None:
        self.years.blockSignals(True)
        self.years.clear()
        for number, year in sorted(self._office.calendar.years.items(), reverse=True):
            hint = (str(year.issued or "") or "已公布") if year.published else "未公布"
            text = source_in_words(replace(year, issued=None)) if year.published else "只有法定节日"
            item = self.years.add(f"{number} 年　{text}", hint)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(plain_tip("\n".join(year.papers)))
        self.years.setCurrentRow(0)
        self.years.blockSignals(False)

    def _read_text(self) -> None:
        text = self.text.toPlainText()
        if text.strip():
            self._read(lambda: read_notice(self._office, text))
        else:
            self._year = None
            self.fault.say("")
            self._show_read()

    def _choose_file(self) -> None:
        if path := ask_for_file(self, "选放假通知或年份文件", "放假通知 (*.txt *.json)"):
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Reads a year from a file and shows it."""
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self._read(lambda: read_calendar_file(self._office, path))

    def _read(self, read: Callable[[], YearCalendar]) -> None:
        self._year = None
        try:
            self._year = read()
            self.fault.say("")
        except Refusal as refusal:
            self.fault.say(str(refusal))
        self._show_read()
        if self._year:
            self.year_wanted.emit(self._year)

    def _show_read(self) -> None:
        """Shows the year that was read with what it would change, or else the known year that is chosen."""
        self.take.setEnabled(self._year is not None)
        self.checker.setEnabled(self._year is not None)
        if self._year is None:
            self.doubts.say("")
            self.moved.say("")
            self._show_known()
            return
        year, change = self._year, compare(self._office, self._year)
        self.days.clear()
        for day in (*change.added, *change.removed):
            self.days.add(day.words, "变动")
        for text in arrangement_in_words(year):
            self.days.add(text)
        self.days.scrollToTop()
        count = len(change.added) + len(change.removed)
        differs = f"与现在用的有 {count} 天不同，列在最前" if count else "每一天都与现在用的相同"
        self.heading.say(f"读到 {year.year} 年　{source_in_words(year)}：{differs}。逐日看过再采用。")
        self.doubts.say("\n".join(doubts_of(year)))
        self._show_moved(self.moved_by(year))

    def _show_moved(self, cases: list[str]) -> None:
        more = [f"……共 {len(cases)} 件"] if len(cases) > MOST_MOVED else []
        self.moved.say("\n".join([*cases[:MOST_MOVED], *more]))

    def _show_known(self) -> None:
        item = self.years.currentItem()
        if self._year is not None or item is None:
            return
        year = self._office.calendar.years[item.data(Qt.ItemDataRole.UserRole)]
        self.days.clear()
        for text in arrangement_in_words(year):
            self.days.add(text)
        self.heading.say(f"{year.year} 年现在这样算　{source_in_words(year)}")

    def _take(self) -> None:
        if self._year is None:
            return
        year = self._year
        try:
            clerk = self._office.profile.clerk("").name
            take_year(self._office, year, clerk, str(self.checker.currentData() or ""))
        except Refusal as refusal:
            self.fault.say(str(refusal))
            return
        self._year = None
        self.text.clear()
        self._show_years()
        row = next(
            n for n in range(self.years.count()) if self.years.item(n).data(Qt.ItemDataRole.UserRole) == year.year
        )
        self.years.setCurrentRow(row)
        self._show_read()
        self.reported.emit(f"{year.year} 年的日历已采用，记入台账；以后都按它算。")
        self.calendar_changed.emit()

    def _county_taken(self, sentence: str) -> None:
        self._show_read()
        self.reported.emit(sentence)
        self.calendar_changed.emit()
