"""练习模式的横幅：一眼就知道这不是真的办件。

For the main window: place `TrainingBand(self)` under the top bar when `office.training`; it takes no focus and closes
with the window. The way in is `restart(training=True)`, as on the settings page and the first-run page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.restart import restart
from counter_assistant.ui.widgets.labels import PlainLabel

TEXT = "练习模式：数据单独存放，打出的纸都有“样本”字样，编号不算数。"


def paint_band(band: QWidget) -> None:
    """The ground of a band: the soft colour of attention, with its edge at the left."""
    painter = QPainter(band)
    colours = theme.palette()
    painter.fillRect(band.rect(), theme.colour(colours.attention_soft))
    painter.fillRect(0, 0, theme.px(4), band.height(), theme.colour(colours.attention))
    painter.fillRect(0, band.height() - 1, band.width(), 1, theme.colour(colours.attention))


class TrainingBand(QWidget):
    """A band across the window with the way out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_band")
        self.setAccessibleName(TEXT)
        self.label = PlainLabel(TEXT, "attention")
        self.leave = QPushButton("退出练习")
        self.leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leave.clicked.connect(self._leave)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), theme.px(3), theme.px(16), theme.px(3))
        line.addWidget(self.label, 1)
        line.addWidget(self.leave)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_band(self)

    def _leave(self) -> None:
        try:
            restart(training=False)
        except Refusal as refusal:
            self.label.setText(str(refusal))
