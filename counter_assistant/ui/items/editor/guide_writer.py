"""指南的各行写进文本：右边的依据放得下就在行尾，放不下就在下面靠右；Text goes in by a cursor, never as markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.editor.lines.faults import Row, row_of
from counter_assistant.ui.items.editor.lines.slots import Ink, Line, Piece, Slot

BETWEEN = 12
"""Pixels at least between the words of a line and what stands at its end."""


class GuideWriter:
    """Writes lines into an empty document whose lines have so many pixels. `slots` and `ends` then say which words can be changed
    and where they stand, `rows` the numbers of the blocks of each row.
    """

    def __init__(self, document: QTextDocument, room: int) -> None:
        self._document, self._room = document, room
        self.slots: list[Slot] = []
        self.ends: list[tuple[int, int]] = []
        self.rows: dict[Row, list[int]] = {}

    def write(self, lines: Sequence[Line], said: Mapping[Row, Sequence[str]]) -> GuideWriter:
        """Writes the lines, after each row what the check says of it."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()  # laid out once, and not after every line
        for n, line in enumerate(lines):
            self._add(cursor, line)
            if n + 1 == len(lines) or lines[n + 1].row != line.row:
                for sentence in said.get(row_of(line), ()):
                    self._add(cursor, Line((Piece(sentence, ink=Ink.ATTENTION),), line.row))
        cursor.endEditBlock()
        return self

    def _add(self, cursor: QTextCursor, line: Line) -> None:
        block = QTextBlockFormat()
        first_of_row = not line.heading and row_of(line) not in self.rows
        block.setTopMargin(theme.px(12 if line.heading else 5 if first_of_row else 1))
        block.setLineHeight(135.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.position():
            cursor.insertBlock(block)
        else:
            cursor.setBlockFormat(block)
        if not line.heading:
            self.rows.setdefault(row_of(line), []).append(cursor.blockNumber())
        formats = [_format(piece, line) for piece in line.pieces]
        aside = [(piece, made) for piece, made in zip(line.pieces, formats, strict=True) if piece.aside]
        for piece, made in zip(line.pieces, formats, strict=True):
            if not piece.aside:
                self._write(cursor, piece, made)
        if aside:
            self._set_aside(cursor, block, _width(line.pieces, formats))
            for piece, made in aside:
                self._write(cursor, piece, made)

    def _write(self, cursor: QTextCursor, piece: Piece, made: QTextCharFormat) -> None:
        start = cursor.position()
        cursor.insertText(piece.text, made)
        if piece.slot:
            self.slots.append(piece.slot)
            self.ends.append((start, cursor.position()))

    def _set_aside(self, cursor: QTextCursor, block: QTextBlockFormat, wanted: float) -> None:
        """Goes to the right end of the line where there is room for all of it, else of a line beneath."""
        if wanted + theme.px(BETWEEN) <= self._room:
            block.setTabPositions([QTextOption.Tab(self._room - theme.px(2), QTextOption.TabType.RightTab)])
            cursor.setBlockFormat(block)
            cursor.insertText("\t", QTextCharFormat())
            return
        beneath = QTextBlockFormat(block)
        beneath.setTopMargin(0)
        beneath.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = next(row for row, blocks in self.rows.items() if cursor.blockNumber() in blocks)
        cursor.insertBlock(beneath)
        self.rows[row].append(cursor.blockNumber())


def _width(pieces: Sequence[Piece], formats: Sequence[QTextCharFormat]) -> float:
    """How wide words are on one line."""
    pairs = zip(pieces, formats, strict=True)
    return sum(QFontMetricsF(made.font()).horizontalAdvance(piece.text) for piece, made in pairs)


def _format(piece: Piece, line: Line) -> QTextCharFormat:
    colours = theme.palette()
    inks = {
        Ink.TEXT: colours.text, Ink.LABEL: colours.secondary, Ink.HINT: colours.hint, Ink.DONE: colours.done,
        Ink.ATTENTION: colours.attention,
    }  # fmt: skip
    made = QTextCharFormat()
    small = piece.ink in (Ink.DONE, Ink.ATTENTION, Ink.HINT) or (piece.slot is not None and piece.slot.adds)
    size = theme.BODY if line.heading else theme.SMALL if small else theme.DENSE
    made.setFont(
        theme.type_(size, bold=line.heading), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll
    )
    made.setForeground(theme.colour(inks[piece.ink]))
    if piece.slot:
        if piece.ink is Ink.TEXT:
            made.setForeground(theme.colour(colours.focus if piece.slot.adds else colours.accent))
        if not piece.slot.adds and piece.ink is Ink.TEXT:
            made.setProperty(
                QTextFormat.Property.TextUnderlineStyle, QTextCharFormat.UnderlineStyle.DashUnderline.value
            )
            made.setUnderlineColor(theme.colour(colours.focus))
    return made
