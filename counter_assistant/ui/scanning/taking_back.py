"""收回打进去的字：记下光标所在的地方原来怎样，扫码枪的第一个数字落下去了，也能照原样放回。

Nearly always nothing was typed, because a burst is held back until it is known what it is. A slow wireless scanner's first
digit is not: it may have changed a field, a choice, a mark in a list or the focus.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

TakeBack = Callable[[], object]


def remember_focus() -> TakeBack:
    """How what has the focus stands now; the result puts it back as it was, with the focus in it."""
    widget = QApplication.focusWidget()
    if widget is None:
        return lambda: None
    put_back = _remember(widget)

    def take_back() -> None:
        if not isValid(widget):
            return
        if widget.isVisible():
            widget.setFocus()
        put_back()

    return take_back


def _remember(widget: QWidget) -> TakeBack:
    if isinstance(widget, QLineEdit):
        return _remember_line(widget)
    if isinstance(widget, QPlainTextEdit):
        return _remember_text(widget)
    if isinstance(widget, QComboBox):
        return _remember_choice(widget)
    if isinstance(widget, QAbstractItemView):
        marked = widget.currentIndex()
        return lambda: widget.setCurrentIndex(marked) if widget.currentIndex() != marked else None
    return lambda: None


def _remember_line(edit: QLineEdit) -> TakeBack:
    text, cursor, start, marked = edit.text(), edit.cursorPosition(), edit.selectionStart(), edit.selectionLength()

    def put_back() -> None:
        if edit.text() == text:
            return
        edit.selectAll()
        edit.insert(text)  # as if typed, so that whoever follows the field hears of it and Ctrl+Z still works
        if start >= 0:
            edit.setSelection(start, marked)
        else:
            edit.setCursorPosition(cursor)

    return put_back


def _remember_text(edit: QPlainTextEdit) -> TakeBack:
    text, cursor = edit.toPlainText(), edit.textCursor()
    anchor, position = cursor.anchor(), cursor.position()

    def put_back() -> None:
        if edit.toPlainText() == text:
            return
        now = edit.textCursor()
        now.select(QTextCursor.SelectionType.Document)
        now.insertText(text)
        now.setPosition(anchor)
        now.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(now)

    return put_back


def _remember_choice(choice: QComboBox) -> TakeBack:
    chosen = choice.currentIndex()

    def put_back() -> None:
        if choice.currentIndex() != chosen:
            choice.setCurrentIndex(chosen)

    return put_back
