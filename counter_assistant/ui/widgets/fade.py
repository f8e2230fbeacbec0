"""渐隐：下面还有的，下边淡出，不切断。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from counter_assistant.ui.appearance import theme

HEIGHT = 26


class FadeBelow(QWidget):
    """Lies over the lower edge of what scrolls, and is seen while there is more below."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self._follow)
        bar.rangeChanged.connect(self._follow)
        area.installEventFilter(self)
        self._follow()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return False

    def _follow(self) -> None:
        bar, area = self._area.verticalScrollBar(), self._area
        room = QRect(area.viewport().geometry())
        self.setGeometry(room.x(), room.bottom() + 1 - theme.px(HEIGHT), room.width(), theme.px(HEIGHT))
        self.setVisible(bar.value() < bar.maximum())
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, painter = theme.colour(theme.palette().card), QPainter(self)
        clear = QColor(ground)  # a copy: the palette's own is shared
        clear.setAlpha(0)
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, clear)
        shade.setColorAt(0.75, ground)
        shade.setColorAt(1, ground)
        painter.fillRect(self.rect(), shade)
