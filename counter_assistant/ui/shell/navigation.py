"""侧栏：只列已经做好的页。"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import is_enter


class PageButton(QAbstractButton):
    """The name of a page over its key."""

    def __init__(self, title: str, shortcut: str) -> None:
        super().__init__()
        self.setText(title)
        self._called = f"{title}页{'，' + shortcut if shortcut else ''}"
        self.setAccessibleName(self._called)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._key, self.pressing = shortcut, 0

    def press(self, n: int) -> None:
        """Shows how many things on the page are overdue: a red number, or none."""
        if n != self.pressing:
            self.pressing = n
            self.setAccessibleName(f"{self._called}，超期 {n} 件" if n else self._called)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(76), theme.px(58))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the page, as Space does."""
        if is_enter(event) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """The window says which page is shown."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.palette()
        painter = QPainter(self)
        if self.isChecked():
            theme.fill(painter, self.rect(), colours.chosen)
            theme.fill(painter, QRect(0, 0, theme.px(3), self.height()), colours.accent)
        painter.setFont(theme.type_(theme.BODY, bold=self.isChecked()))
        painter.setPen(theme.colour(colours.accent if self.isChecked() else colours.secondary))
        middle = self.height() / 2
        centre = Qt.AlignmentFlag.AlignHCenter
        name = QRectF(0, middle - theme.px(20 if self._key else 10), self.width(), theme.px(20))
        painter.drawText(name, centre | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.type_(theme.SMALL))
        painter.setPen(theme.colour(colours.hint))
        painter.drawText(
            QRectF(0, middle, self.width(), theme.px(18)), centre | Qt.AlignmentFlag.AlignVCenter, self._key
        )
        if self.pressing:
            self._draw_number(painter, middle)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_number(self, painter: QPainter, middle: float) -> None:
        """The red number, at the upper right of the name."""
        colours, text = theme.palette(), str(self.pressing) if self.pressing < 100 else "99+"
        painter.setFont(theme.type_(theme.SMALL - 1, bold=True))
        height = theme.px(18)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + theme.px(8))
        place = QRectF(self.width() / 2 + theme.px(10), middle - theme.px(25), width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colours.overdue))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(theme.colour(colours.card))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class Navigation(QWidget):
    """The pages, one under the other; what is looked after apart from visitors stands at the foot."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("各页")
        self.setFixedWidth(theme.px(76))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self._column.setSpacing(theme.px(2))
        self._column.addStretch(1)
        self._stretch = 0
        self._buttons: dict[str, PageButton] = {}

    def add(self, key: str, title: str, shortcut: str, *, at_foot: bool = False) -> None:
        """Lists a page."""
        button = self._buttons[key] = PageButton(title, shortcut)
        button.clicked.connect(lambda: self.chosen.emit(key))
        place = self._column.count() if at_foot else self._stretch
        self._stretch += not at_foot
        self._column.insertWidget(place, button)

    def list_page(self, key: str, listed: bool) -> None:
        """Lists a page that is not for everybody, or leaves it out."""
        self._buttons[key].setVisible(listed)

    def show_chosen(self, key: str) -> None:
        """Marks the page that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def press(self, key: str, n: int) -> None:
        """Shows how many things on a page are overdue."""
        self._buttons[key].press(n)
