"""按键小层：列出几组选项，按一个键取一项；再按同一个键取消。Painted over the page, closed by Esc or by its own key."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

Groups = Iterable[tuple[str, Iterable[tuple[str, str]]]]
"""Rows of the overlay: a name, and its options by key and label."""


class KeyOverlay(QFrame):
    """A small overlay that takes one key. While it is open it has the focus; then the focus goes back to where it was."""

    pressed = Signal(str)

    def __init__(self, title: str, groups: Groups, foot: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layer")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.chips: dict[str, Chip] = {}
        self._focus = FocusReturn()
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(title, "title"), 0, 0, 1, 2)
        grid.addWidget(LinkButton("Esc", "关上", self.close_overlay), 0, 1, Qt.AlignmentFlag.AlignRight)
        groups = [(name, list(options)) for name, options in groups]
        spoken = (f"{name}：" + "，".join(f"{key} {label}" for key, label in options) for name, options in groups)
        self.setAccessibleDescription("；".join(spoken))
        for n, (name, options) in enumerate(groups, 1):
            grid.addWidget(PlainLabel(name, "secondary"), n, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._row(options), n, 1)
        grid.addWidget(PlainLabel(foot, "hint"), grid.rowCount(), 0, 1, 2)
        self.hide()

    def _row(self, options: Iterable[tuple[str, str]]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(theme.px(6))
        row.setLayout(flow)
        policy = row.sizePolicy()
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        for key, label in options:
            chip = self.chips[key] = Chip(key, label)
            chip.clicked.connect(lambda _=False, key=key: self._take(key))
            flow.addWidget(chip)
        return row

    def show_chosen(self, keys: Collection[str]) -> None:
        """Marks the options that hold now."""
        for key, chip in self.chips.items():
            chip.setChecked(key in keys)

    def allow(self, keys: Collection[str]) -> None:
        """Only these options can be taken now."""
        for key, chip in self.chips.items():
            chip.setEnabled(key in keys)

    def open_at(self, beneath: QRect) -> None:
        """Opens beneath a part of the page, as wide as it."""
        self._focus.keep()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(beneath.width())
        place = beneath.bottomLeft() + QPoint(0, theme.px(6))
        page = self.parentWidget()
        room = page.height() if page else height
        self.setGeometry(place.x(), max(min(place.y(), room - height), 0), beneath.width(), height)
        self.show()
        self.raise_()
        self.setFocus()

    def close_overlay(self) -> bool:
        """Closes it and gives the focus back; False where it was not open."""
        if not self.isVisible():
            return False
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._focus.give_back()
        return True

    def _take(self, key: str) -> None:
        self.close_overlay()
        self.pressed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and key in self.chips:
            if self.chips[key].isEnabled():
                self._take(key)
        elif event.key() in ENTER:
            self.close_overlay()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here: it takes one key, and what lies beneath comes when it is closed."""
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()
