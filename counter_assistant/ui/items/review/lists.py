"""左边：待核定的，按事项或者按句子；核了多少。"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QWidget

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.statements import Part, Statement
from counter_assistant.operations.catalogue.revising import Progress
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.presentation import code_of, shown_words
from counter_assistant.ui.widgets.action_button import LinkButton, SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.quiet_list import QuietList

WHAT = Qt.ItemDataRole.UserRole + 2
NEW, RETIRE = "＋ 新事项（照一个来改）", "停办这个事项"
CHANGED = "动过"
"""Beside an item that the revision answered, worded or edited: agreed sentences count, so that it is not 改."""
TURN = {True: "换成按句子看", False: "换成按事项看"}


class ProgressBar(QWidget):
    """How much is answered, as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(6))
        self._progress = Progress(0, 0)

    def show_progress(self, progress: Progress) -> None:
        """Shows another figure."""
        self._progress = progress
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, painter = theme.palette(), QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(theme.colour(colours.chosen))
        painter.drawRoundedRect(self.rect(), radius, radius)
        share = self._progress.answered / self._progress.all if self._progress.all else 1.0
        painter.setBrush(theme.colour(colours.accent))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, round(self.width() * (share - 1)), 0), radius, radius)


class OpenLists(Card):
    """What is to be confirmed. It takes no focus: the keys are the mode's."""

    item_chosen = Signal(str)
    statement_chosen = Signal(object)
    turned = Signal()
    copy_wanted = Signal()
    retire_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("待核定")
        self.hint.setObjectName("progress")
        self.bar, self.list = ProgressBar(), QuietList("待核定的", 32, whole_hints=True)
        self.turn = LinkButton("L", TURN[True], self.turned.emit)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._clicked)
        self.list.setUniformItemSizes(True)
        self.rows.addWidget(self.bar)
        self.rows.addWidget(self.list, 1)
        self.rows.addLayout(self._foot())
        self.copy = SinglePress(NEW)
        self.copy.setAccessibleName(NEW)
        self.copy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copy.clicked.connect(self.copy_wanted)
        self.rows.addWidget(self.copy)
        self._shown: list[tuple[object, str, str]] = []

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.turn)
        row.addStretch(1)
        row.addWidget(LinkButton("", RETIRE, self.retire_wanted.emit))
        return row

    def show_progress(self, progress: Progress) -> None:
        """Shows how far the review has come."""
        self.hint.setText(f"{progress.answered} / {progress.all} 句")
        self.bar.show_progress(progress)

    def show_items(
        self, counts: Mapping[str, int], begun: Mapping[str, int], names: Mapping[str, str], changed: Container[str]
    ) -> None:
        """Shows the items with their codes and how much of each is open; `begun` is how much it was before. Those that the
        revision has `changed` are marked.
        """
        rows: list[tuple[object, str, str]] = []
        for item, left in counts.items():
            hints = (CHANGED if item in changed else "", code_of(item, names), _state(left, begun.get(item, 0)))
            rows.append((item, names[item], listed(hints, "  ")))
        self._show(True, rows)

    def show_statements(self, statements: Iterable[Statement]) -> None:
        """Shows the sentences under the parts that they belong to."""
        rows: list[tuple[object, str, str]] = []
        by_part: dict[Part, list[Statement]] = {}
        for statement in statements:
            by_part.setdefault(statement.part, []).append(statement)
        for part, held in by_part.items():
            rows.append((None, part.label, f"{len(held)} 句"))
            rows += [(statement, shown_words(statement), "") for statement in held]
        self._show(False, rows)

    def mark_row(self, what: object) -> None:
        """Marks an item or a sentence."""
        at = next((n for n, row in enumerate(self._shown) if what is not None and row[0] == what), -1)
        if at != self.list.currentRow():
            self.list.setCurrentRow(at)

    def _show(self, by_item: bool, rows: list[tuple[object, str, str]]) -> None:
        self.turn.rename(TURN[by_item])
        if [row[:2] for row in rows] != [row[:2] for row in self._shown]:
            self.list.clear()
            for what, text, hint in rows:
                row = self.list.add(text, hint)
                row.setData(WHAT, what)
                if what is None:
                    row.setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            for n, (old, new) in enumerate(zip(self._shown, rows, strict=True)):
                if old != new:
                    self.list.rename(self.list.item(n), new[1], new[2])
        self._shown = rows

    def _clicked(self, row: QListWidgetItem) -> None:
        what = row.data(WHAT)
        if isinstance(what, str):
            self.item_chosen.emit(what)
        elif isinstance(what, Statement):
            self.statement_chosen.emit(what)


def _state(left: int, before: int) -> str:
    return f"{left} 句" if left else "已核" if before else "不用核"
