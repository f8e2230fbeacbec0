"""Finds a widget by what it is and what it is called, wherever it lies on its page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)


def find(root: QWidget, kind: type[W], name: str = "") -> W:
    """The one widget of a kind beneath `root` with this object name, else with this accessible name or text.

    Where several are called alike, the one that can be seen. Without a name it must be the only one of its kind.
    """
    every = root.findChildren(kind)
    if not name:
        assert len(every) == 1, f"there are {len(every)} {kind.__name__}"
        return every[0]
    called = [widget for widget in every if widget.objectName() == name] or [w for w in every if name in _words(w)]
    seen = [widget for widget in called if widget.isVisible()] if len(called) > 1 else called
    assert len(seen) == 1, f"{len(seen)} of the {len(every)} {kind.__name__} are called {name}"
    return seen[0]


def says(root: QWidget, name: str) -> str:
    """What the label of this object name says, the whole of it; nothing where it is hidden."""
    label = find(root, QLabel, name)
    return "" if label.isHidden() else label.accessibleName() or label.text()


def fault_of(root: QWidget, name: str) -> str:
    """What is wrong with a field, as it is read out; nothing while it is not marked as wrong."""
    edit = find(root, QLineEdit, name)
    return edit.accessibleDescription() if edit.property("wrong") else ""


def _words(widget: QWidget) -> tuple[str, ...]:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName(), text
