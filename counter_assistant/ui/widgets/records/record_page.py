"""左边一份清单、右边一件的页：窗口窄的时候，右边一件收起来，打开了才显示。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import tab_through
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.records.searched_table import SearchedTable

NARROW = 1100
LEAST = 360


class RecordPanel(QWidget):
    """One record. Its card says what came of the last key."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = Card(title)
        self.message = PlainLabel("", "secondary", wrap=True)
        self.message.setObjectName("message")

    def put_together(self, parts: Sequence[QWidget], primary: QWidget, *others: Sequence[QWidget]) -> None:
        """Puts the card over what is known of the record, and beneath it the buttons: the primary one, and rows of the others."""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(10))
        rows.addWidget(self.card)
        for part in parts:
            rows.addWidget(part, 1)
        rows.addWidget(primary)
        for some in others:
            line = QHBoxLayout()
            line.setSpacing(theme.px(8))
            for button in some:
                line.addWidget(button, 1)
            rows.addLayout(line)

    def say(self, text: str, role: str) -> None:
        """One sentence about what has just been done; `role` done, attention or error."""
        self.message.say(text, role)


class RecordPage(Page):
    """A table that is searched, lines beneath it that ask, and one record beside them."""

    SHARES = (0.33, 0.40)
    """How much of the width the record takes in a wide window, and in a narrow one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def put_together(self, listed: SearchedTable, panel: RecordPanel, *lines: QWidget) -> None:
        """Puts the parts in their places, the lines under the list. A page does so before it is shown."""
        self._listed, self._panel = listed, panel
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(listed, 1)
        for line in lines:
            left.addWidget(line)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        halves.setSpacing(theme.px(10))
        halves.addLayout(left, 1)
        halves.addWidget(panel)
        tab_through((listed, *lines, panel))

    @property
    def unfolded(self) -> bool:
        """Whether a record was opened, so that it shows in a narrow window too."""
        return False

    @property
    def narrow(self) -> bool:
        """Whether there is no room for the record beside the whole table."""
        return self.width() < theme.px(NARROW)

    def arrange(self) -> None:
        """Gives each part its room."""
        narrow, shown = self.narrow, self.unfolded or not self.narrow
        room = self.width() - theme.px(34)
        self._panel.setFixedWidth(max(theme.px(LEAST), round(room * self.SHARES[narrow])))
        self._panel.setVisible(shown)
        self._listed.table.fold(narrow and shown)

    def say(self, text: str, role: str = "done") -> None:
        """Says what came of a key, beside the record and in the status line."""
        self._panel.say(text, role)
        self.status_message.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
