"""对照表：左边上次告知的，右边今天需要的，中间写明新增、有变还是漏告。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.ui.desk.presentation.earlier_rows import PairRow, Side

ROLES = {"fault": "error", "explained": "attention", "mend": "attention", "same": "hint"}
"""How a row's word stands out; the word itself says what it is."""

_TOP = Qt.AlignmentFlag.AlignTop


def comparison_table(then: str, now: str, rows: Sequence[PairRow]) -> QWidget:
    """The rows beneath the heads of both sides: when and by whom it was told, and today."""
    inside = QWidget()
    inside.setObjectName("inside")
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, theme.px(8), 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(2))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(2, 1)
    grid.setColumnMinimumWidth(1, theme.px(72))
    grid.addWidget(PlainLabel(then, "secondary", wrap=True), 0, 0)
    grid.addWidget(PlainLabel(now, "secondary", wrap=True), 0, 2)
    place = 1
    for row in rows:
        place = _add(grid, row, place)
    grid.setRowStretch(place, 1)
    return inside


def _add(grid: QGridLayout, row: PairRow, place: int) -> int:
    """Puts one row down and returns the place of the next."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    line.setStyleSheet(f"QFrame#rule {{ background: {theme.palette().line}; }}")
    word = PlainLabel(row.word, ROLES[row.tone])
    word.setAccessibleName(row.spoken())
    if row.tone == "fault":
        word.setFont(theme.type_(theme.DENSE, bold=True))
    quiet = row.tone == "same"
    grid.addWidget(line, place, 0, 1, 3)
    grid.addWidget(_side(row.then, quiet=quiet), place + 1, 0, _TOP)
    grid.addWidget(word, place + 1, 1, _TOP | Qt.AlignmentFlag.AlignHCenter)
    grid.addWidget(_side(row.now, quiet=quiet), place + 1, 2, _TOP)
    if row.beneath:
        grid.addWidget(PlainLabel(row.beneath, ROLES[row.tone], wrap=True), place + 2, 0, 1, 3)
    return place + 3


def _side(side: Side, *, quiet: bool) -> QWidget:
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    rows.addWidget(PlainLabel(side.name or "—", "secondary" if quiet or not side.name else "dense", wrap=True))
    if side.detail:
        rows.addWidget(PlainLabel(side.detail, "hint", wrap=True))
    return box
