"""What somebody who hears the window instead of seeing it could not use: what takes keys or the mouse and has no name or kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTableView,
    QWidget,
)
from shiboken6 import getCppPointer

MOST_ROWS = 60
"""So many rows of a list are looked at."""
_CHINESE = re.compile(r"[\u3007\u4e00-\u9fff]|^PIN$")
"""What is part of a word that a clerk knows; PIN is one."""
_LOOKED_AT: set[int] = set()
"""Where the widgets lie that were looked at already."""
_INSIDE_QT = (
    "qt_",
    "QComboBoxPrivate",
    "QComboBoxListView",
    "QTableCorner",
    "QLineEditIcon",
    "QHeaderView",
    "QScrollBar",
)
"""The beginnings of what Qt calls the parts of its own widgets, by object or by class."""


def faults_of(widgets: Iterable[QWidget]) -> list[str]:
    """A line for each widget that takes keys or the mouse and that nobody could tell from another by hearing."""
    return [
        f"{type(widget).__name__} {widget.objectName()}: {fault}"
        for widget in widgets
        if not _of_qt(widget)
        for fault in _faults(widget)
    ]


def all_has_a_name() -> None:
    """Looks at every widget of the program's that was made since this was asked last: what one test leaves is not the next one's."""
    found = faults_of(made_since())
    assert found == [], found[:10]


def made_since() -> list[QWidget]:
    """The widgets of the program's that there are now and were not when this was asked last."""
    if not QApplication.instance():
        return []
    there = {address: widget for widget in QApplication.allWidgets() for address in getCppPointer(widget)}
    new = [widget for address, widget in there.items() if address not in _LOOKED_AT and _is_ours(widget)]
    _LOOKED_AT.clear()
    _LOOKED_AT.update(there)
    return new


def _is_ours(widget: QWidget) -> bool:
    """Whether a widget is part of something that the program made: a test may put a field of its own on the screen."""
    within: QWidget | None = widget
    while within is not None:
        if type(within).__module__.startswith("counter_assistant."):
            return True
        within = within.parentWidget()
    return False


def _of_qt(widget: QWidget) -> bool:
    parts = (widget.objectName(), str(widget.metaObject().className()))
    return any(part.startswith(_INSIDE_QT) for part in parts) or isinstance(widget.window(), QFileDialog | QMessageBox)


def _faults(widget: QWidget) -> Iterator[str]:
    takes_keys = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
    if takes_keys or isinstance(widget, QAbstractButton):
        text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
        name = widget.accessibleName() or text
        if _CHINESE.search(name) is None and not _says_nothing_yet(widget):
            yield f"called “{name}”"
        if takes_keys and _kind(widget) is QWidget:
            yield f"takes keys and is of no kind, {name}"
    if isinstance(widget, QComboBox) and _CHINESE.search(widget.accessibleDescription()) is None:
        yield "what is chosen is said, and not what for"  # on Linux its name is what is chosen
    if isinstance(widget, QLineEdit) and widget.accessibleName() == "":
        yield "a field called by what it holds"
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _of_rows(widget)


def _says_nothing_yet(widget: QWidget) -> bool:
    """Whether it is a sentence that is read by going to it, and there is none."""
    return isinstance(widget, QLabel) and widget.isHidden()


def _kind(widget: QWidget) -> type:
    """The nearest class of Qt's own, which says what kind of thing a screen reader is told of: QWidget is none, which it passes over."""
    return next(kind for kind in type(widget).__mro__ if kind.__module__.startswith("PySide6."))


def _of_rows(view: QAbstractItemView) -> Iterator[str]:
    none = QModelIndex()
    for model in filter(None, [view.model()]):
        columns = model.columnCount(none) if isinstance(view, QTableView) else 1
        for row in range(min(model.rowCount(none), MOST_ROWS)):
            if not any(_said(model.index(row, column, none)) for column in range(columns)):
                yield f"line {row} says nothing"


def _said(index: QModelIndex) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
    return str(spoken or "").strip()
