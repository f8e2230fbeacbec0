"""卡片里的几列字：多了就滚动。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel


class ScrolledGrid(Card):
    """What is known of a record in columns, made anew for each; the second column takes the room, and where there is much it scrolls."""

    GAPS = (10, 6)
    """Between columns and between rows."""
    COLUMNS = 2

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.addWidget(self.area, 1)

    def new_grid(self) -> QGridLayout:
        """An empty grid in the place of the one that there is."""
        inside = QWidget()
        inside.setObjectName("inside")
        grid = QGridLayout(inside)
        across, down = self.GAPS
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(across))
        grid.setVerticalSpacing(theme.px(down))
        grid.setColumnStretch(1, 1)
        self.area.setWidget(inside)
        return grid

    def say_in_the_middle(self, text: str) -> None:
        """Shows one sentence and nothing else."""
        label = PlainLabel(text, "secondary", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.new_grid().addWidget(label, 0, 0, 1, self.COLUMNS)
