"""材料：清单在中间，下面是不用带、也不会要的；? 看每一行为什么在或不在。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.ui.announcing import announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.material_list import MaterialList
from counter_assistant.ui.desk.cards.material_rows import (
    COUNTS_WIDTH,
    NAME_AT,
    NAMES,
    STATE_WIDTH,
    TIGHT,
    columns_of,
    write,
)
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import ClampedLabel, PlainLabel

if TYPE_CHECKING:
    from counter_assistant.ui.desk.presentation.view_model import MaterialRow

TINT_MS = 1000
EMPTY_HEIGHT = 160
NOT_OURS = "不属于本单位的事，不收材料。"
EMPTY = "选好事项，这里列出这位当事人要带的材料：\n收到一份，按一下空格。"


class ColumnHeads(QWidget):
    """The words over the columns of a list, which a scroll bar moves."""

    def __init__(self, listed: MaterialList) -> None:
        super().__init__()
        self._list = listed
        self.setFixedHeight(theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, hint = QPainter(self), theme.palette().hint
        places = ((NAME_AT, "材料"), (None, "形式"), (None, "情况"))
        right = self._list.viewport().width() - 1
        model = self._list.model_
        if columns_of(right + 1, reasons=model.reasons)[1]:
            write(
                painter, QRect(theme.px(NAME_AT + NAMES), 0, theme.px(80), self.height()), "为什么", theme.SMALL, hint
            )
        xs = (theme.px(NAME_AT), right - theme.px(STATE_WIDTH + COUNTS_WIDTH), right - theme.px(STATE_WIDTH))
        for x, (_, word) in zip(xs, places, strict=True):
            write(painter, QRect(x, 0, theme.px(80), self.height()), word, theme.SMALL, hint)
        painter.setPen(theme.colour(theme.palette().line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class Materials(Card):
    """The card 材料. `forms_wanted`: the forms that it asks for are to be filled in."""

    forms_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("材料", "", parent)
        self.list = MaterialList()
        self.heads = ColumnHeads(self.list)
        self.list.resized.connect(self.heads.update)
        self.left_out = ClampedLabel(3, "hint")
        self.why = PlainLabel("", "secondary", wrap=True)
        self.empty = PlainLabel(EMPTY, "secondary", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for name, label in (("left_out", self.left_out), ("reasons", self.why), ("no_materials", self.empty)):
            label.setObjectName(name)
        self.rows.setSpacing(0)
        for widget in (self.heads, self.list, self.left_out, self.why, self.empty):
            self.rows.addWidget(widget, 1 if widget in (self.list, self.empty) else 0)
        self.left_out.setContentsMargins(0, theme.px(6), 0, 0)
        self.why.setContentsMargins(0, theme.px(6), 0, 0)
        self._reasons: tuple[str, ...] = ()
        self._tint = QTimer(self, singleShot=True, interval=TINT_MS)
        self._tint.timeout.connect(self._untint)
        self.list.why_asked.connect(self.toggle_reasons)
        self.forms = LinkButton("Ctrl+T", "填表", self.forms_wanted.emit)
        self.forms.setObjectName("fill_forms")
        self.forms.hide()
        self.head.addWidget(self.forms)
        self.head.addSpacing(theme.px(4))
        self.acts = self._acts()
        self.clear()

    def _acts(self) -> QWidget:
        """What the keys of the list do, for the mouse: to the line under the cursor, or to all."""
        acts = QWidget()
        row = QHBoxLayout(acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        for key, text, act in (
            ("空格", "已交", self.list.tick_current), ("Ctrl+A", "全部", self.list.all_ticked.emit),
            ("E", "须改", self.list.mend_current), ("?", "理由", self.toggle_reasons),
        ):  # fmt: skip
            row.addWidget(LinkButton(key, text, act))
        self.head.addWidget(acts)
        return acts

    def clear(self, words: str = EMPTY) -> None:
        """Nothing is asked for yet; `words` say why."""
        self.list.drop_editor()
        self.list.model_.fill((), frozenset())
        self._reasons = ()
        self._show_reasons(False)
        for widget in (self.heads, self.list, self.left_out, self.acts, self.forms):
            widget.hide()
        self.empty.setText(words)
        self.empty.show()

    def _tell(self, rows: list[MaterialRow]) -> None:
        """Says aloud how the lines stand that a key has changed."""
        one = len(rows) == 1
        announce(self.list, rows[0].spoken() if one else "；".join(f"{row.name}，{row.state}" for row in rows))

    def refresh(self, rows: tuple[MaterialRow, ...], left_out: str, reasons: tuple[str, ...], *, tint: bool) -> None:
        """Shows the lines; with `tint` what moved is marked for a second."""
        model, before = self.list.model_, {row.id: (row.detail, row.state) for row in self.list.model_.rows}
        moved = frozenset(row.id for row in rows if row.id not in before) if tint and before else model.tinted
        self._reasons = reasons
        if self.list.hasFocus():
            self._tell(model.otherwise(rows))
        model.fill(rows, moved)
        if moved and tint:
            self._tint.start()
        self.empty.hide()
        for widget in (self.heads, self.list, self.acts):
            widget.show()
        self.left_out.say("" if model.reasons else left_out)
        self.why.say("\n".join(reasons) if model.reasons else "")
        self._limit_left_out()
        self.list.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_left_out()

    def _limit_left_out(self) -> None:
        """What is not asked for has a third line only where every line of the list is in sight all the same."""
        self.left_out.limit(3 if self.height() >= self._least_height(3) else 2)

    def least_height(self) -> int:
        """The height at which every line of the list is in sight."""
        return self._least_height(2) if not self.list.isHidden() else theme.px(EMPTY_HEIGHT)

    def smallest_height(self) -> int:
        """The height at which two lines are in sight, and the others are scrolled to."""
        return self._height_of(2 * theme.px(TIGHT), 2) if not self.list.isHidden() else theme.px(EMPTY_HEIGHT) // 2

    def _least_height(self, lines: int) -> int:
        return self._height_of(self.list.least_height(), lines)

    def _height_of(self, listed: int, lines: int) -> int:
        """With so much height for the list, and so many lines of what is not asked for."""
        margins, gaps = self.rows.contentsMargins(), theme.px(14)
        beside = self.head.sizeHint().height() + self.heads.height() + margins.top() + margins.bottom() + gaps
        below = self.left_out if not self.left_out.isHidden() else self.why
        line = below.fontMetrics().lineSpacing()
        few = min(lines, -(-below.sizeHint().height() // line)) if not below.isHidden() else 0
        return beside + listed + few * line

    def toggle_reasons(self) -> None:
        """Shows why each line is there, and why others are not; or the details again."""
        self._show_reasons(not self.list.model_.reasons)

    def close_reasons(self) -> bool:
        """Esc: back to the details; False where they are shown already."""
        was = self.list.model_.reasons
        self._show_reasons(False)
        return was

    def _show_reasons(self, on: bool) -> None:
        model = self.list.model_
        model.reasons = on and bool(model.rows)
        self.left_out.setVisible(not model.reasons and bool(self.left_out.text()) and bool(model.rows))
        self.why.say("\n".join(self._reasons) if model.reasons else "")
        model.redraw()
        self.heads.update()
        self.list.fit()

    def _untint(self) -> None:
        self.list.model_.tinted = frozenset()
        self.list.model_.redraw()
