"""右边：选中的事项，今天怎样写、改后怎样写，一行一行."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.revision.differences import Difference, Said
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.effects.whole_pages import KEY
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.reading_text import ReadingText

NOTHING = "还没有改动。答一句，这里就是它改前、改后的样子。"
NEW = "新事项，送核以后才告知。下面是它的单子，停一停就有。"


class ChangesView(Card):
    """What the revision changes in the marked item: struck out what goes, on green what comes.

    For the pages themselves it asks by `pages_wanted`. `beneath` is where the slip as it would be belongs (`operations/catalogue`): whoever shows it adds a widget there.
    """

    pages_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("今天 → 改后")
        self.head.addWidget(LinkButton(KEY, "整页", self.pages_wanted.emit))
        self.text = ReadingText("改前和改后")
        self.beneath = QVBoxLayout()
        self.rows.addWidget(self.text, 1)
        self.rows.addLayout(self.beneath)
        self._shown: tuple[str, Sequence[Difference], bool] = ("", (), False)
        self._found: Sequence[Difference] = ()

    def add_beneath(self, widget: QWidget) -> None:
        """Puts something under the lines, such as the slip as it would be."""
        self.beneath.addWidget(widget)

    @property
    def shown_title(self) -> str:
        """The item that is shown."""
        return self._shown[0]

    def show_changes(self, title: str, changes: Sequence[Difference], *, new: bool = False) -> None:
        """Shows the lines of an item that differ; of a new one there are none."""
        wanted = (title, tuple(changes), new)
        if wanted == self._shown:
            return
        self._shown, self._found = wanted, ()
        self._write()

    def show_found(self, found: Sequence[Difference]) -> None:
        """Shows under the lines of the item what was found to come of them; nothing while it is not known."""
        if found != self._found:
            self._found = found
            held = self.text.verticalScrollBar().value()
            self._write()
            self.text.verticalScrollBar().setValue(held)

    def _write(self) -> None:
        title, changes, new = self._shown
        self.hint.setText(f"{len(changes)} 行" if changes else "")
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        colours = theme.palette()
        write_paragraph(cursor, title, colours.text, bold=True)
        if new:
            write_paragraph(cursor, NEW, colours.hint)
        elif not changes and not self._found:
            write_paragraph(cursor, NOTHING, colours.hint)
        section = ""
        for change in (*changes, *self._found):
            if change.section != section:
                section = change.section
                write_paragraph(cursor, section, colours.secondary, bold=True)
            write_replaced(cursor, change.before, change.after)
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def parts_of(before: str, after: str) -> tuple[str, str, str, str]:
    """What both lines begin with, what goes, what comes, what both end with."""
    head = _alike(before, after)
    rest, made = before[head:], after[head:]
    tail = _alike(rest[::-1], made[::-1])
    return before[:head], rest[: len(rest) - tail], made[: len(made) - tail], rest[len(rest) - tail :]


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def write_replaced(cursor: QTextCursor, was: Said, is_: Said) -> None:
    """A paragraph that was one line and is another: what goes struck out, what comes on green. Either may be nothing.

    What carries the words is compared apart from them, so that neither is taken for a part of the other.
    """
    colours = theme.palette()
    write_paragraph(cursor, "", colours.text)
    struck, new, plain = (text_format(ink) for ink in (colours.hint, colours.text, colours.text))
    struck.setFontStrikeOut(True)
    new.setBackground(theme.colour(colours.done_soft))
    for before, after in ((was.words, is_.words), (was.carried, is_.carried)):
        head, gone, made, tail = parts_of(before, after)
        for text, how in ((head, plain), (gone, struck), (made, new), (tail, plain)):
            cursor.insertText(text, how)


def write_paragraph(cursor: QTextCursor, text: str, ink: str, *, bold: bool = False) -> None:
    """A paragraph of its own, in one ink."""
    block = QTextBlockFormat()
    block.setTopMargin(theme.px(4 if bold else 2))
    block.setLineHeight(130.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if cursor.position():
        cursor.insertBlock(block)
    else:
        cursor.setBlockFormat(block)
    cursor.insertText(text, text_format(ink, bold=bold))


def text_format(ink: str, *, bold: bool = False) -> QTextCharFormat:
    """How small text of a card looks."""
    made = QTextCharFormat()
    made.setFont(theme.type_(theme.SMALL, bold=bold))
    made.setForeground(theme.colour(ink))
    return made
