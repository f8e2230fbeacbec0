"""Finds a widget by what it is and what it is called, wherever it lies on its page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

W = TypeVar("W", bound=QWidget)


def find(root: QWidget, kind: type[W], name: str) -> W:
    """The one widget of a kind beneath `root` with this object name, else with this accessible name or text.

    Where several are called alike, the one that can be seen.
    """
    every = root.findChildren(kind)
    called = [widget for widget in every if widget.objectName() == name] or [w for w in every if name in _words(w)]
    seen = [widget for widget in called if widget.isVisible()] if len(called) > 1 else called
    assert len(seen) == 1, f"{len(seen)} of the {len(every)} {kind.__name__} are called {name}"
    return seen[0]


def says(root: QWidget, name: str) -> str:
    """What the label of this object name says, the whole of it; nothing where it is hidden."""
    label = find(root, QLabel, name)
    return "" if label.isHidden() else label.accessibleName() or label.text()


def _words(widget: QWidget) -> tuple[str, ...]:
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName(), text
