"""办事指南的正文：与打印的同一份内容，按屏幕宽度排。Text goes in by a cursor, never as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Element, Fields, Heading, Paragraph, Run, Table
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.reading_text import ReadingText

SHARES = {"guide_materials": (5, 24, 16, 13, 22, 20)}
"""The columns of a table in parts of a hundred."""
BETWEEN = "　　　"


class GuideView(ReadingText):
    """Shows a sheet as text. It is read only; the arrows and PgUp, PgDn scroll it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows a sheet from its top."""
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # laid out once, and not after every cell
        for element in sheet.body:
            self._add(cursor, element)
        self._write(cursor, "　".join(sheet.notes), theme.SMALL, ink=theme.palette().hint, above=10)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def turn(self, pages: int) -> None:
        """Scrolls by so many pages."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * (bar.pageStep() - theme.px(40)))

    def _add(self, cursor: QTextCursor, element: Element) -> None:
        match element:
            case Fields(rows=rows):
                for row in rows:
                    self._write(cursor, "", theme.DENSE)
                    for n, field in enumerate(row):
                        label = f"{BETWEEN if n else ''}{field.label}　"
                        self._continue(cursor, label, theme.DENSE, ink=theme.palette().secondary)
                        self._continue(cursor, field.text, theme.DENSE, bold=field.strong)
            case Heading(number=number, text=text):
                self._write(cursor, number + text, theme.BODY, bold=True, above=10)
            case Paragraph(runs=runs):
                self._write(cursor, "", theme.DENSE, above=2)
                for run in runs:
                    self._continue(cursor, run.text, theme.DENSE, bold=run.strong)
            case Table():
                self._add_table(cursor, element)

    def _write(
        self, cursor: QTextCursor, text: str, size: int, *, bold: bool = False, ink: str = "", above: int = 1
    ) -> None:
        """Begins a paragraph; the empty first one is used."""
        block = QTextBlockFormat()
        block.setTopMargin(theme.px(above))
        block.setLineHeight(135.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.position():
            cursor.insertBlock(block)
        else:
            cursor.setBlockFormat(block)
        self._continue(cursor, text, size, bold=bold, ink=ink)

    def _continue(self, cursor: QTextCursor, text: str, size: int, *, bold: bool = False, ink: str = "") -> None:
        cursor.insertText(text, _format(size, bold, ink or theme.palette().text))

    def _add_table(self, cursor: QTextCursor, table: Table) -> None:
        self._write(cursor, "", theme.SMALL, above=0)
        shape = QTextTableFormat()
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(theme.colour(theme.palette().line))
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setCellPadding(theme.px(4))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        count = len(table.head)
        shares = SHARES.get(table.layout, (100 / count,) * count)
        shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, n) for n in shares])
        shape.setHeaderRowCount(1)
        made = cursor.insertTable(len(table.rows) + 1, count, shape)
        _fill(made, 0, [Run(text) for text in table.head], theme.palette().secondary)
        for n, row in enumerate(table.rows, 1):
            _fill(made, n, row, theme.palette().text)
        cursor.movePosition(QTextCursor.MoveOperation.End)


def _fill(table: QTextTable, row: int, runs: list[Run] | tuple[Run, ...], ink: str) -> None:
    for column, run in enumerate(runs):
        table.cellAt(row, column).firstCursorPosition().insertText(run.text, _format(theme.SMALL, run.strong, ink))


def _format(size: int, bold: bool, ink: str) -> QTextCharFormat:
    format_ = QTextCharFormat()
    font: QFont = theme.type_(size, bold=bold)
    format_.setFont(font)
    format_.setForeground(theme.colour(ink))
    return format_
