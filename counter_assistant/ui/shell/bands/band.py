"""顶栏下面的一条：一句话，一个按钮，按钮上的键；没有要说的就没有这一条."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel

LEAST = 36
"""How high a band is at least that has no button."""


class Band(QWidget):
    """A band with a sentence and the way on, in the soft colour of attention."""

    acted = Signal()
    told = Signal(str)
    """What the status line is to say."""
    shown = Signal(bool)
    """Whether there is something to say, as often as it was looked at."""

    def __init__(self, name: str, act: str, key: str, window: QWidget) -> None:
        """`name` is what its parts are called, `act` what the button says, and `key` the key that does it too; where there is nothing to be
        done there is no button."""
        super().__init__(window)
        self.setObjectName(f"{name}_band")
        self.label = PlainLabel("", "attention", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), theme.px(3), theme.px(16), theme.px(3))
        line.addWidget(self.label, 1)
        if act:
            self.confirm = QPushButton(f"{act}（{key}）")
            self.confirm.setObjectName(f"{name}_confirm")
            self.confirm.setAccessibleName(act)
            self.confirm.clicked.connect(self.acted)
            QShortcut(QKeySequence(key), self, self.acted.emit)  # of the band: it confirms where the button can
            line.addWidget(self.confirm)
        else:
            self.setMinimumHeight(theme.px(LEAST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The soft colour of attention, with its edge at the left."""
        painter, colours = QPainter(self), theme.palette()
        painter.fillRect(self.rect(), theme.colour(colours.attention_soft))
        painter.fillRect(0, 0, theme.px(4), self.height(), theme.colour(colours.attention))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(colours.attention))


class Bands(QWidget):
    """The bands of a window, of which the first that has something to say says it, and no other."""

    shown = Signal(bool)
    """Whether one of them says something."""

    def __init__(self, window: QWidget, *bands: Band) -> None:
        super().__init__(window)
        self._wanted = {band: not band.isHidden() for band in bands}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for band in bands:
            column.addWidget(band)
            band.shown.connect(lambda on, band=band: self._arrange(band, wanted=on))
        self._arrange(bands[0], wanted=self._wanted[bands[0]])

    def _arrange(self, changed: Band, *, wanted: bool) -> None:
        self._wanted[changed] = wanted
        first = next((band for band, on in self._wanted.items() if on), None)
        for band in self._wanted:
            band.setVisible(band is first)
        self.shown.emit(first is not None)
