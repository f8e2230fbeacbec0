"""关于的右边：一行一样，左边是什么，右边是哪一版，各组有名称."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel

Group = tuple[str, Iterable[tuple[str, str]]]
"""A head, empty for none, and lines: what each is of, and what is said of it."""
TOP = Qt.AlignmentFlag.AlignTop


class RowsView(QScrollArea):
    """Shows groups of lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_groups(self, groups: Iterable[Group]) -> None:
        """Puts other lines in the place of those that are shown."""
        made = QWidget()
        made.setObjectName("inside")
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(5))
        grid.setColumnStretch(1, 1)
        row = 0
        for title, lines in groups:
            if title:
                head = PlainLabel(title, "title")
                head.setContentsMargins(0, theme.px(8) if row else 0, 0, 0)
                grid.addWidget(head, row, 0, 1, 2)
                row += 1
            for label, words in lines:
                said = PlainLabel(words, "dense", wrap=True)
                said.setObjectName(label)
                said.setAccessibleName(f"{label}：{words}")
                grid.addWidget(PlainLabel(label, "secondary"), row, 0, TOP)
                grid.addWidget(said, row, 1, TOP)
                row += 1
        grid.setRowStretch(row, 1)
        self.setWidget(made)
