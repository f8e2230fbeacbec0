"""查找：一个框，什么都能找：事项、姓名、编号、扫码、要做的事；框空着时数字键取常办的。

Items stand first and at once, by name, pinyin initials or code; Enter takes the first line, the arrows another. What can be
done by name is as quick. People and papers are looked for in the book a moment after the last key, so that no key waits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.catalogue.usual_items import USUAL
from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.search.results import ROW, Row, RowList
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import ENTER, EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.storage.content.catalogue_index import IndexEntry

MOST_ROWS = 8
LOOK_UP_MS = 90
"""After so long a pause the book is asked for people and papers."""
DIGIT_MS = 40
"""So long a digit in the empty field waits for a second one: what comes sooner was scanned, not typed."""
GREETING, ANYTHING = "您好，请问办什么？", "事项、姓名、编号、扫码、要做的事"
TITLE, HINT = "事项", "拼音首字母、名称、编码"
NOT_FOUND = "没有找到。少打几个字再试；不归本中心的，↓ 回车出指引单"
DIGITS = "123456789"
FOOT = "手打号码先按空格 · 不归本中心的事：写出来，↓ 回车 · F1 本页的键"

Finder = Callable[[str], Sequence[Row]]


def nothing(_text: str) -> Sequence[Row]:
    """What is found before anything can be looked for."""
    return ()


class SearchEdit(EntryEdit):
    """The search field. The arrows walk the results without leaving it; `turned`: the right one, while it is empty."""

    walked = Signal(int)
    turned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        step = steps.get(Qt.Key(event.key())) if not self.composing else None
        if step:
            self.walked.emit(step)
        elif self.composing and event.key() in ENTER:
            event.accept()
        elif event.key() == Qt.Key.Key_Right and not self.composing and not self.text():
            self.turned.emit()
        else:
            super().keyPressEvent(event)


class ItemSearch(Card):
    """The card of the search: the field, and under it what is found, which stays open until an item is taken.

    `records` finds people and papers, `doable` what can be done by name: both are given once the office is open.
    """

    chosen = Signal(str, str)
    opened = Signal()
    numbered = Signal(str)
    """The number of a paper was typed, or its QR code scanned, where an item is looked for."""
    asked_elsewhere = Signal(str)
    """A visitor's question that is none of our items, in the words that were typed."""

    def __init__(self, search: Callable[[str], list[IndexEntry]], parent: QWidget | None = None) -> None:
        super().__init__(GREETING, ANYTHING, parent)
        self.setAccessibleName(TITLE)
        self._search = search
        self.records: Finder = nothing
        self.doable: Finder = nothing
        self._taken: IndexEntry | None = None
        self._usual: tuple[str, ...] = USUAL
        self._counted: frozenset[str] = frozenset()
        self._before = ""
        self._first: list[Row] = []
        self._later: list[Row] = []
        self.open, self._greeting, self._free = True, True, True
        self.field = SearchEdit("查找事项", "zlsc、岩罕、补3、暂停服务……")
        self.field.setObjectName("item_search")
        self.list = RowList("查到的事项")
        self.list.setObjectName("items_found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.field = self.field
        self.nothing = PlainLabel("", "secondary", wrap=True, aloud=True)
        self.nothing.setObjectName("nothing_found")
        self.foot = PlainLabel(FOOT, "hint", wrap=True)
        for widget in (self.field, self.list, self.nothing, self.foot):
            self.rows.addWidget(widget, 1 if widget is self.list else 0)
        self.rows.addStretch(0)
        self._look_up = QTimer(self, singleShot=True, interval=LOOK_UP_MS)
        self._look_up.timeout.connect(self._find_records)
        self._digit = QTimer(self, singleShot=True, interval=DIGIT_MS)
        self._digit.timeout.connect(self._take_digit)
        self.list.taking.connect(self._leave)
        self.field.textEdited.connect(self._typed)
        self.field.walked.connect(self._walk)
        self.field.entered.connect(self._take_current)
        self._fill("")

    # What the page says

    def clear(self) -> None:
        """Back to the start: an empty field."""
        self._taken, self.open = None, True
        self.field.setText("")  # unlike clear(), leaves nothing to undo: Ctrl+Z is the draft's
        self._fill("")

    def greet(self, on: bool, *, free: bool) -> None:
        """Whether the desk stands empty, and whether it is `free`: nothing is begun yet, so that digits take the usual items."""
        if on is not self._greeting:
            self._greeting = on
            self.title.setText(GREETING if on else TITLE)
            self.hint.setText(ANYTHING if on else HINT)
            self.foot.setVisible(on)
        if free is not self._free:
            self._free = free
            self._refill()

    def show_usual(self, items: Sequence[str]) -> None:
        """The items most issued here, the first nine of which have digits; others fill up what is missing."""
        self._counted = frozenset(items)
        self._usual = tuple(dict.fromkeys((*items, *USUAL)))
        self._refill()

    def take(self, item_id: str, name: str) -> None:
        """Shows an item as taken, as when a draft is brought back."""
        self._taken = next((entry for entry in self._search("") if entry.id == item_id), None)
        self.field.setText(name)
        self._close()

    def close_results(self) -> bool:
        """Esc: shows the item taken before again, or empties the field; False where there is nothing to close."""
        if self.open and self._taken:
            self.field.setText(self._taken.name)
            self._close()
            return True
        if self.open and self.field.text():
            self.clear()
            return True
        return False

    def close_down(self) -> None:
        """The window closes: nothing is looked for any more."""
        self._look_up.stop()
        self._digit.stop()

    def wanted_height(self) -> int:
        """The height that shows the field and what is under it."""
        rows = min(len(self.list.results.rows), MOST_ROWS) if self.open else 1
        return theme.px(12 + 24 + 6 + 36 + 6 + max(rows, 1) * ROW + 10)

    # What is found

    def _typed(self, text: str) -> None:
        scan = read_scan(text)
        if scan is not None and scan.sound:
            return self._take_number(text)
        was_open, self.open = self.open, True
        begun, self._before = self._before, text
        if self._free and not begun and len(text) == 1 and text in DIGITS:
            self._digit.start()
        else:
            self._fill(text)
        if not was_open:
            self.opened.emit()
        return None

    def _fill(self, text: str) -> None:
        """Finds what is found at once; the book is asked a moment later."""
        self._before = text
        self._digit.stop()
        self._look_up.stop()
        typed, self._later = text.strip(), []
        if not typed and self._free:
            self._first = self._usual_rows()
        else:
            self._first = [self._item_row(entry) for entry in self._search(text)]
            self._first += self.doable(typed) if typed else ()
        if typed and self.records is not nothing:
            self._look_up.start()
        self._show(typed)

    def _refill(self) -> None:
        if self.open:
            self._fill(self.field.text())

    def _find_records(self) -> None:
        self._look_up.stop()
        typed = self.field.text().strip()
        self._later = list(self.records(typed))
        if self._later:
            self._show(typed)

    def _show(self, typed: str) -> None:
        """What is chosen stays chosen when more is found. Nothing typed chooses nothing: one Enter too many after the last
        applicant must not take the first item."""
        rows, marked = [*self._first, *self._later], self.list.row
        chosen = self.list.results.rows[marked] if marked >= 0 else None
        found = bool(rows)
        if not rows and self._free and not typed.isascii():
            rows = [
                Row(NOT_FOUND),
                Row(f"“{typed}”", "指引单", partial(self.asked_elsewhere.emit, typed), more="不归本中心的事"),
            ]
        self.list.results.fill(rows)
        self.list.choose(marked if chosen and chosen in rows[marked : marked + 1] else -1)
        if typed and found and self.list.row < 0:
            self.list.step(1)
        self.list.setVisible(bool(rows))
        self.nothing.say("" if rows else f"没有找到“{typed}”。可以输入名称里的任意两个字、拼音首字母或编码。")

    def _usual_rows(self) -> list[Row]:
        """The nine items most issued here, each with its digit."""
        known = {entry.id: entry for entry in self._search("")}
        items = [known[item] for item in self._usual if item in known][: len(DIGITS)]
        counted = self._counted.issuperset(entry.id for entry in items)
        head = Row("本窗口 30 天里最常办" if counted else "常办的事项")
        return [head, *(self._item_row(entry, digit) for entry, digit in zip(items, DIGITS, strict=False))]

    def _item_row(self, entry: IndexEntry, key: str = "") -> Row:
        return Row(entry.name, entry.id, partial(self._take, entry), key=key, item=entry)

    # What is taken

    def _walk(self, step: int) -> None:
        if not self.open:
            return self._typed("")
        return self.list.step(step)

    def _take_digit(self) -> None:
        """A digit alone takes the item that it stands before; any other is searched for."""
        text = self.field.text()
        place = next((n for n, row in enumerate(self.list.results.rows) if text and row.key == text), -1)
        if not self.list.take(place):
            self._fill(text)

    def _take_current(self) -> None:
        text = self.field.text().strip()
        if self._digit.isActive():
            self._digit.stop()
            self._take_digit()
        elif is_number(text):
            self._take_number(text)
        elif self.open:
            if self._look_up.isActive() and not self._first:
                self._find_records()
            self.list.take(self.list.row)
        elif self._taken:
            self.chosen.emit(self._taken.id, self._taken.name)

    def _take(self, entry: IndexEntry) -> None:
        self._taken = entry
        self.field.setText(entry.name)
        self.field.selectAll()  # what is typed next replaces it
        self._close()
        self.chosen.emit(entry.id, entry.name)

    def _leave(self, row: Row) -> None:
        """Something else than an item is taken: the search is left as it was before anything was typed."""
        if row.item is None:
            self.close_results()

    def _take_number(self, text: str) -> None:
        """Another page shows what belongs to a number; the search stands as it did before it was typed."""
        if self._taken:
            self.field.setText(self._taken.name)
            self._close()
        else:
            self.clear()
        self.numbered.emit(text)

    def _close(self) -> None:
        self._digit.stop()
        self._look_up.stop()
        self.open = False
        self.nothing.say("")
        self.list.show()
        if self._taken:
            self.list.results.fill([self._item_row(self._taken)])
            self.list.choose(0)
        self.opened.emit()


def is_number(text: str) -> bool:
    """Whether a text can only be a paper's number, or what a scanner makes of its QR code."""
    return read_scan(text) is not None or ("〔" in text and text.endswith("号"))
