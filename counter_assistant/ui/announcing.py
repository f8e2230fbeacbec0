"""念出来：屏幕上新出现的一句话，读屏软件也念一遍，光标不动。

Qt tells a screen reader where the focus is and what that is called. What appears elsewhere on a page is told from here, once
what happens now has happened: only what is seen then is said, and one sentence that stands in two places is said once.
"""

from __future__ import annotations

from typing import Any

from PySide6 import QtGui
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from shiboken6 import isValid

_waiting: dict[str, list[tuple[QWidget, bool]]] = {}
"""The sentences that are about to be said, each with where it stands and whether it is urgent."""


class _Act:
    """Whether something is being done because a button was pressed or a field was left by Enter."""

    goes_on = False


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Has a screen reader say a sentence that stands on a widget; an `urgent` one breaks off what it is reading.

    Nothing happens while nothing listens.
    """
    if not words.strip() or not QAccessible.isActive():
        return
    if not _waiting:
        QTimer.singleShot(0, _say_all)
    _waiting.setdefault(words, []).append((widget, urgent))


def begin_act() -> None:
    """A button is pressed, or Enter in a field: what is refused now is said, though the same sentence may stand there since the last time.

    It lasts until Qt takes the next event. Of what is only shown anew because somebody types, nothing is said again.
    """
    if not _Act.goes_on and QAccessible.isActive():
        _Act.goes_on = True
        QTimer.singleShot(0, _end_act)


def acting() -> bool:
    """Whether an act goes on."""
    return _Act.goes_on


def _end_act() -> None:
    _Act.goes_on = False


def announce_choice(field: QWidget, words: str) -> None:
    """Keeps with a field the line that its keys choose in a list beside it, and has it said while somebody is in the field."""
    if words != field.accessibleDescription():
        field.setAccessibleDescription(words)
        if field.hasFocus():
            announce(field, words)


def announce_line(view: QAbstractItemView) -> None:
    """Has the line said that the keys of a list act on. When the focus comes to a list, Qt tells of the list and of no line."""
    announce(view, words_of_line(view))


def words_of_line(view: QAbstractItemView) -> str:
    """The chosen line of a list as it is read out, of a table all columns that are seen; nothing where none is chosen."""
    index = view.currentIndex()
    if not index.isValid():
        return ""
    cells = [index]
    if isinstance(view, QTableView):
        columns = range(index.model().columnCount())
        cells = [index.siblingAtColumn(n) for n in columns if not view.isColumnHidden(n)]
    words = (cell.data(Qt.ItemDataRole.AccessibleTextRole) or cell.data() for cell in cells)
    return "，".join(str(word) for word in words if word)


def _say_all() -> None:
    waiting = dict(_waiting)
    _waiting.clear()
    for words, places in waiting.items():
        seen = [(widget, urgent) for widget, urgent in places if isValid(widget) and widget.isVisible()]
        if seen:
            QAccessible.updateAccessibility(_event(seen[0][0], words, urgent=any(urgent for _, urgent in seen)))


def _event(widget: QWidget, words: str, *, urgent: bool) -> QAccessibleEvent:
    """An announcement; before Qt 6.8, which has none, an alert: of that a reader says what the widget is called."""
    announcement: Any = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if announcement is None:
        return QAccessibleEvent(widget, QAccessible.Event.Alert)
    event: QAccessibleEvent = announcement(widget, words)
    if urgent:
        announcement.setPoliteness(event, QAccessible.AnnouncementPoliteness.Assertive)
    return event
