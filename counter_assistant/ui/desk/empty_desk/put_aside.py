"""放下的几位：姓名、事项、放下的时间；上下键选，回车接着办，Delete 不要了。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.search.results import ROW, Row, RowList
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

TITLE, HINT = "放下的几位", "→ 过来，回车接着办，Delete 不要了；Ctrl+Z 接最近的"
NONE = "没有放下的。办到一半来了别人，按 Esc 放下，在这里接着办。"


class PutAsideList(RowList):
    """The visitors put aside. Enter brings one back, Delete lets one go; anything typed belongs to the search."""

    dropped = Signal(int)
    left = Signal()
    typed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.step(steps[key])
        elif key in ENTER:
            self.take(self.row)
        elif key == Qt.Key.Key_Delete:
            self.dropped.emit(self.row)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Escape):
            self.left.emit()
        elif event.text().isprintable() and event.text().strip() and not event.modifiers():
            self.typed.emit(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.row < 0:
            self.step(1)


class PutAside(Card):
    """The card of the visitors put aside."""

    wanted = Signal(str)
    """The id of the draft to go on with."""
    discarded = Signal(str)
    """The id of a draft that nobody wants any more."""
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, HINT, parent)
        self._ids: list[str] = []
        self.list = PutAsideList(TITLE, marked_only_in_focus=True)
        self.list.setObjectName("put_aside")
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.dropped.connect(self._drop)
        self.menu = QMenu(self)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer_menu)
        self.none = PlainLabel(NONE, "secondary", wrap=True)
        self.words = ShrinkingLabel("", "attention")
        self.words.setObjectName("draft_words")
        self.words.hide()
        self.list.hide()
        for widget in (self.none, self.list, self.words):
            self.rows.addWidget(widget, 1 if widget is self.list else 0)
        self.rows.addStretch(0)

    def show_drafts(self, drafts: Sequence[tuple[str, Row]], discarded: str) -> None:
        """Shows the drafts by their ids, the newest first. `discarded`: the title of the one just let go."""
        held, at = self.list.hasFocus(), self.list.row
        self._ids = [uuid for uuid, _ in drafts]
        self.list.results.fill([row._replace(act=partial(self.wanted.emit, uuid)) for uuid, row in drafts])
        self.list.choose(min(at, len(drafts) - 1))
        self.words.say(f"已不要：{discarded}。Ctrl+Z 还可以取回。" if discarded else "")
        self.none.setVisible(not drafts and not discarded)
        self.list.setVisible(bool(drafts))
        self.hint.setVisible(bool(drafts))
        self.resized.emit()
        if held and not drafts:
            self.list.left.emit()

    def wanted_height(self) -> int:
        """The height that shows all of them and what is said of one just let go, or that there is none."""
        margins, gap = self.rows.contentsMargins(), self.rows.spacing()
        lines = [self.none, self.words]
        below = [label.sizeHint().height() for label in lines if not label.isHidden()]
        below += [theme.px(ROW) * len(self._ids)] if self._ids else []
        return (
            margins.top() + self.head.sizeHint().height() + gap + margins.bottom() + sum(part + gap for part in below)
        )

    def _offer_menu(self, at: QPoint) -> None:
        """By the mouse alone: to go on with a visitor, or to let one go."""
        row = self.list.indexAt(at).row()
        if row >= 0:
            self.menu.clear()
            self.menu.addAction("接着办", lambda: self.list.take(row))
            self.menu.addAction("不要了", lambda: self._drop(row))
            self.menu.popup(self.list.viewport().mapToGlobal(at))

    def _drop(self, row: int) -> None:
        if 0 <= row < len(self._ids):
            self.discarded.emit(self._ids[row])
