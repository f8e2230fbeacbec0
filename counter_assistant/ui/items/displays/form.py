"""一种牌证、公示要选、要填的几栏：只有印它要用的，其余照单位资料."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_assistant.domain.displays.cards import PlateWords
from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.displays.rota import OnDuty
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.publications.displays.order import DisplayOrder
from counter_assistant.operations.publications.displays.promises import PromiseScope
from counter_assistant.paper.blocks import Image
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.displays.people import PeopleList
from counter_assistant.ui.widgets.fields.choice import NumberedChoice
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

OF_PEOPLE = (DisplayKind.BADGES, DisplayKind.DESK_PLATES, DisplayKind.STAFF_LIST)
MOST_DAYS, DAYS_ACROSS = 7, 3
NOBODY = "一个人也没有选。"
TICK = "在上面的人前面按空格打勾，或者按 Ctrl+A 全选。"


class DisplayForm(QWidget):
    """The fields of one kind. `changed`: something is otherwise now; `week_changed`: another week is wanted; `rota_typed`: who leads was
    typed."""

    changed = Signal()
    week_changed = Signal()
    rota_typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = DisplayKind.BADGES
        self.sizes, self.says, self.scope = (NumberedChoice(name) for name in ("尺寸", "牌上写", "哪些事项"))
        self.people = PeopleList()
        self.name = LabelledField("window_name", "窗口号和名称", "空着照设置")
        self.second = LabelledField("second_script", "民族文字", "可以空着")
        self.week = LabelledField("week", "哪一天所在的一周")
        self.days = [LabelledField(f"on_duty_{n}", f"第 {n + 1} 天") for n in range(MOST_DAYS)]
        self._days: list[date] = []
        self._boxes: dict[NumberedChoice, QWidget] = {}
        self._fill(self.says, PlateWords)
        self._fill(self.scope, PromiseScope)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for name, choice in (("size", self.sizes), ("says", self.says), ("scope", self.scope)):
            choice.setObjectName(name)
            self._boxes[choice] = _labelled(choice)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(4))
        first = (self._boxes[self.sizes], self.week, self._boxes[self.says], self._boxes[self.scope])
        for widget in first:
            grid.addWidget(widget, 0, 0 if widget is first[0] else 1)
        for n, field in enumerate((self.name, self.second)):
            grid.addWidget(field, 1, n)
        days = QGridLayout()
        days.setHorizontalSpacing(theme.px(10))
        days.setVerticalSpacing(theme.px(4))
        for n, field in enumerate(self.days):
            days.addWidget(field, n // DAYS_ACROSS, n % DAYS_ACROSS)
        for layout, columns in ((grid, 2), (days, DAYS_ACROSS)):
            for column in range(columns):
                layout.setColumnStretch(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        rows.addLayout(grid)
        rows.addLayout(days)
        rows.addWidget(self.people, 1)
        rows.addStretch(0)

    def _connect(self) -> None:
        for choice in self._boxes:
            choice.currentIndexChanged.connect(lambda _n: self.changed.emit())
            choice.entered.connect(choice.focusNextChild)
        for field in (self.name, self.second):
            field.changed.connect(lambda _text: self.changed.emit())
        for field in self.days:
            field.changed.connect(lambda _text: self.rota_typed.emit())
        self.week.changed.connect(lambda _text: self.week_changed.emit())
        self.people.changed.connect(self.changed)
        self.people.entered.connect(self.people.focusNextChild)

    def open_for(self, kind: DisplayKind, item: str) -> None:
        """The fields of a kind; `item` is the one that was marked on the page, empty for none."""
        self.kind = kind
        self.blockSignals(True)
        self.sizes.clear()
        for n, size in enumerate(kind.sizes, 1):
            self.sizes.addItem(f"{n} {size.label}", size.code)
        self.scope.setItemText(2, f"3 {PromiseScope.ONE.label}{f' {item}' if item else ''}")
        self.blockSignals(False)
        shown = {
            self._boxes[self.says]: kind is DisplayKind.WINDOW_PLATE,
            self._boxes[self.scope]: kind is DisplayKind.PROMISES,
            self._boxes[self.sizes]: len(kind.sizes) > 1,
            self.name: kind is DisplayKind.WINDOW_PLATE,
            self.second: kind is DisplayKind.WINDOW_PLATE,
            self.week: kind is DisplayKind.ROTA,
            self.people: kind in OF_PEOPLE,
        }
        for widget, wanted in shown.items():
            widget.setVisible(wanted)
        self._show_days()

    def show_rota(self, rota: tuple[OnDuty, ...]) -> None:
        """The days of a week, each with who leads."""
        self._days = [one.day for one in rota]
        for field, one in zip(self.days, rota, strict=False):
            field.rename(one.day_in_words)
            field.edit.setText(one.name)
        self._show_days()

    def forget(self) -> None:
        """Somebody else comes: what was typed for one print, and who was chosen for it, are not theirs."""
        self.blockSignals(True)
        self.name.edit.clear()
        self.second.edit.clear()
        self.people.forget()
        self.blockSignals(False)

    def start(self) -> None:
        """Puts the cursor into the first field that is shown."""
        order: tuple[QWidget, ...] = (self.sizes, self.week.edit, self.name.edit, self.scope, self.people)
        first = next((widget for widget in order if widget.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus()

    def rota(self) -> tuple[OnDuty, ...]:
        """Who leads, as it was typed.

        Raises:
            Refusal: what `OnDuty` refuses.
        """
        return tuple(OnDuty(day, field.edit.text()) for day, field in zip(self._days, self.days, strict=False))

    def order(self, item: str, day: date, photos: Mapping[str, Image], script: Image | None) -> DisplayOrder:
        """What is wanted now.

        Raises:
            Refusal: `nobody-ticked`; what `rota` refuses.
        """
        people = self.people.ticked if self.kind in OF_PEOPLE else ()
        if self.kind in OF_PEOPLE and self.people.count() and not people:
            raise Refusal("nobody-ticked", NOBODY, TICK)
        return DisplayOrder(
            self.kind, str(self.sizes.currentData()), people, photos, PlateWords(self.says.currentData()),
            self.name.edit.text(), self.second.edit.text(), script, PromiseScope(self.scope.currentData()), item,
            self.rota() if self.kind is DisplayKind.ROTA else (), day,
        )  # fmt: skip

    def _fill(self, choice: NumberedChoice, words: Iterable[PlateWords | PromiseScope]) -> None:
        for n, word in enumerate(words, 1):
            choice.addItem(f"{n} {word.label}", word.value)

    def _show_days(self) -> None:
        for n, field in enumerate(self.days):
            field.setVisible(self.kind is DisplayKind.ROTA and n < len(self._days))


def _labelled(choice: NumberedChoice) -> QWidget:
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(theme.px(4))
    rows.addWidget(PlainLabel(choice.accessibleName(), "secondary"))
    rows.addWidget(choice)
    return box
