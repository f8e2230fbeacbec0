"""整页看：今天的单子和改后的单子并排，一字不差；换一种变了的情形再看。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter_assistant.operations.catalogue.effects import Pages
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

KEY, TODAY, CHANGED = "F11", "今天的单子", "改后的单子"
A4_HEIGHT, STEP = 1.45, 60
"""The height of a page with what stands around it, of its width; pixels that an arrow scrolls by."""
UNANSWERED, SEARCHED = "都还没有回答", "，正在算哪些情形变了"


@dataclass(frozen=True, slots=True)
class Example:
    """A situation in which something changes: its answers, and what changes in it."""

    answers: Mapping[str, str]
    words: str


class WholePages(Card):
    """Both slips as large as half the window is wide. Arrows scroll, Left and Right go to another situation; Esc is the mode's."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__("整页")
        self._focus = FocusReturn()
        self._examples: Sequence[Example] | None = None
        self._at = 0
        self._set: Callable[[Mapping[str, str]], Pages] = lambda _answers: Pages(None, None, "")
        self.situation = PlainLabel("", "secondary", wrap=True)
        self.situation.setObjectName("page_situation")
        self.turn = (
            LinkButton("←", "上一种", lambda: self.go_on(-1)),
            LinkButton("→", "下一种", lambda: self.go_on(1)),
        )
        self.head.removeWidget(self.hint)
        self.hint.hide()
        for link in (*self.turn, LinkButton(f"Esc {KEY}", "合上", self.close_pages)):
            self.head.addWidget(link)
        self.papers = {TODAY: PaperView(), CHANGED: PaperView()}
        self._columns: list[QWidget] = []
        self.area = QScrollArea()
        self.area.setAccessibleName("今天的单子和改后的单子")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setWidget(self._side_by_side())
        self.rows.addWidget(self.situation)
        self.rows.addWidget(self.area, 1)
        self.setFocusProxy(self.area)
        bar = self.area.verticalScrollBar()
        keys: dict[str, Callable[[], object]] = {
            "Left": lambda: self.go_on(-1), "Right": lambda: self.go_on(1),
            "Up": lambda: bar.setValue(bar.value() - theme.px(STEP)), "Down": lambda: bar.setValue(bar.value() + theme.px(STEP)),
            "Ctrl+PgDown": lambda: self._turn_pages(1), "Ctrl+PgUp": lambda: self._turn_pages(-1),
        }  # fmt: skip
        add_shortcuts(self, keys)

    def _side_by_side(self) -> QWidget:
        inside = QWidget()
        line = QHBoxLayout(inside)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        for name, paper in self.papers.items():
            paper.setAccessibleName(name)
            column = QWidget()
            rows = QVBoxLayout(column)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(theme.px(2))
            rows.addWidget(PlainLabel(name, "secondary"))
            rows.addWidget(paper)
            rows.addStretch(1)
            line.addWidget(column, 1)
            self._columns.append(column)
        return inside

    def show_pages(
        self, title: str, examples: Sequence[Example] | None, made: Callable[[Mapping[str, str]], Pages]
    ) -> None:
        """Shows an item's slips in the first of these situations; `made` sets both of one. None while it is not known in which
        something changes: they are shown as soon as `show_examples` tells.
        """
        self._focus.keep()
        self.title.setText(title)
        self._examples, self._at, self._set = examples, 0, made
        self._show()

    def show_examples(self, examples: Sequence[Example]) -> None:
        """It is known by now in which situations something changes, if they were waited for."""
        if self._examples is None and not self.isHidden():
            self._examples = examples
            self._show()

    def go_on(self, by: int) -> None:
        """Goes to another situation, after the last to the first."""
        if self._examples and len(self._examples) > 1:
            self._at = (self._at + by) % len(self._examples)
            self._show()

    def close_pages(self) -> None:
        """Everything stands there again as it did."""
        self.closed.emit()
        self._focus.give_back()

    def _show(self) -> None:
        examples = self._examples or (Example({}, ""),)
        example, several = examples[self._at], len(examples) > 1
        pages = self._set(example.answers)
        for link in self.turn:
            link.setVisible(several)
        which = f"第 {self._at + 1} 处，共 {len(examples)} 处：{example.words}　" if several else ""
        unanswered = UNANSWERED + (SEARCHED if self._examples is None else "")
        self.situation.say(f"{which}情形：{pages.situation if example.answers else unanswered}。")
        shown = (pages.before, pages.after)
        for column, paper, pdf in zip(self._columns, self.papers.values(), shown, strict=True):
            column.setVisible(pdf is not None)
            if pdf is not None:
                paper.show_pdf(pdf)
        self._fit()
        self.area.verticalScrollBar().setValue(0)

    def _turn_pages(self, by: int) -> None:
        for paper in self.papers.values():
            paper.turn(by)

    def _fit(self) -> None:
        """Gives the papers the height that their width asks for."""
        shown = [
            paper for column, paper in zip(self._columns, self.papers.values(), strict=True) if not column.isHidden()
        ]
        for paper in shown:
            width = (self.area.viewport().width() - theme.px(8) * (len(shown) - 1)) // max(len(shown), 1)
            paper.setFixedHeight(round(min(width, theme.px(620)) * A4_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
