"""What the mouse has to hit: each at least as large as WCAG 2.2 asks for at its lowest level (2.5.8), in the pixels of the usual type."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

LEAST = 24
MOST_ROWS = 40
"""So many rows of a list are measured."""


def small_targets(window: QWidget) -> list[str]:
    """A line for each button, field, choice and row of a list in a window that can be clicked and is too small for it."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.isEnabled()]
    return [fault for widget in seen if not _of_qt(widget) for fault in _faults(widget)]


def _of_qt(widget: QWidget) -> bool:
    within = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit)
    return within or widget.objectName().startswith("qt_")


def _faults(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QAbstractSpinBox):
        if min(widget.width(), widget.height()) < LEAST:
            yield f"{type(widget).__name__} “{widget.accessibleName()}” {widget.width()}×{widget.height()}"
    elif isinstance(widget, QAbstractItemView):
        model = widget.model()
        for row in range(min(model.rowCount(), MOST_ROWS) if model else 0):
            place = widget.visualRect(model.index(row, 0))
            if place.isValid() and place.height() < LEAST:
                yield f"line {row} of “{widget.accessibleName()}” is {place.height()} high"
