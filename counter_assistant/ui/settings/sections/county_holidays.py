"""本县的假日：少数民族节日由县政府规定放假（全国年节及纪念日放假办法 第四条），一条一条加上，可以删除。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.calendar.workdays import LocalHoliday
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day, read_days
from counter_assistant.operations.calendars.adopt import take_local
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

FIELDS = {
    "first": ("放假从", "如 2027-4-13"), "last": ("放到", "当天可空"), "name": ("节日", "如 泼水节"),
    "county": ("哪个县放假", "如 耿马县"), "number": ("县政府通知的文号", ""), "worked": ("补班的周末", "没有可空"),
}  # fmt: skip
PLACES = {
    "first": (0, 0, 2),
    "last": (0, 2, 2),
    "name": (0, 4, 2),
    "county": (1, 0, 2),
    "number": (1, 2, 2),
    "worked": (1, 4, 2),
}
NONE, SOME = "本县另外放的假，例如泼水节、摸你黑（现在没有）", "本县另外放的假"
_FIELD_OF = {
    "local-name-missing": "name", "local-county-missing": "county", "local-number-missing": "number",
    "bad-local-days": "last", "local-days-twice": "first", "bad-local-worked": "worked",
}  # fmt: skip


def in_words(holiday: LocalHoliday) -> str:
    """泼水节（耿马县）　2027年4月13日至4月15日."""
    last = f"至{holiday.last.month}月{holiday.last.day}日" if holiday.last != holiday.first else ""
    worked = "、".join(f"{day.month}月{day.day}日" for day in holiday.worked)
    return (
        f"{holiday.name}（{holiday.county}）　{chinese_date(holiday.first)}{last}{f'，{worked}上班' if worked else ''}"
    )


class CountyHolidays(QWidget):
    """The list of holidays that only this county has, and a line to add one."""

    taken = Signal(str)
    """What was done, in one sentence."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.list = QuietList("本县的假日", row=28)
        self.list.setMinimumHeight(theme.px(56))
        self.heading = PlainLabel(NONE, "secondary")
        self.fields = {key: LabelledField(f"local_{key}", label, hint) for key, (label, hint) in FIELDS.items()}
        self.message = PlainLabel("", "error", wrap=True)
        self.message.setObjectName("message")
        self.message.hide()
        self.add = ActionButton("添加", "Ctrl+N", self)
        self.remove = ActionButton("删除", "Ctrl+Delete", self, shown_key="Ctrl+Del")
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        for field in self.fields.values():
            field.changed.connect(self._clear_faults)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        for key, (row, column, span) in PLACES.items():
            grid.addWidget(self.fields[key], row, column, 1, span)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        rows.addWidget(self.heading)
        rows.addWidget(self.list, 1)
        rows.addLayout(grid)
        rows.addWidget(self.message)
        rows.addLayout(buttons)

    def show_known(self) -> None:
        """Shows what the book holds."""
        self.list.clear()
        for holiday in self._office.calendar.local:
            self.list.add(in_words(holiday), holiday.number)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._office.calendar.local))
        self.heading.setText(SOME if self._office.calendar.local else NONE)
        self.remove.setEnabled(bool(self._office.calendar.local))

    def _add(self) -> None:
        self._clear_faults()
        days = {}
        for key in ("first", "last"):
            text = self.fields[key].edit.text().strip() or (self.fields["first"].edit.text() if key == "last" else "")
            try:
                days[key] = read_day(text)
            except Refusal as refusal:
                self._refuse(key, refusal)
                return
        try:
            worked = read_days(self.fields["worked"].edit.text())
        except Refusal as refusal:
            self._refuse("worked", refusal)
            return
        name, county, number = (self.fields[key].edit.text() for key in ("name", "county", "number"))
        new = LocalHoliday(days["first"], days["last"], name, county, number, worked)
        if self._take((*self._office.calendar.local, new), f"{name}已记入本县的假日。"):
            for field in self.fields.values():
                field.edit.clear()
            self.fields["first"].edit.setFocus()

    def _remove(self) -> None:
        local, row = self._office.calendar.local, self.list.currentRow()
        if not 0 <= row < len(local):
            return
        if self._take((*local[:row], *local[row + 1 :]), f"{local[row].name}已从本县的假日里删除。"):
            self.list.mark_none(row)

    def _take(self, holidays: tuple[LocalHoliday, ...], done: str) -> bool:
        try:
            take_local(self._office, holidays, self._office.profile.clerk("").name)
        except Refusal as refusal:
            self._refuse(_FIELD_OF.get(refusal.code, ""), refusal)
            return False
        self.show_known()
        self.taken.emit(done)
        return True

    def _refuse(self, key: str, refusal: Refusal) -> None:
        """Shows a refusal beside the field that it is about, and whole under the fields, where there is room."""
        if key:
            self.fields[key].show_fault(refusal.sentence)
            self.fields[key].edit.setFocus()
        self.message.say(str(refusal))

    def _clear_faults(self) -> None:
        self.message.say("")
        for field in self.fields.values():
            field.show_fault("")
