"""Finds widgets as a person or a screen reader would: by kind, and by object name, shown text or accessible name."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)


def find(root: QObject, kind: type[W], name: str = "") -> W:
    """The one widget of a kind beneath `root` with that object name, else text, else accessible name.

    Without a name it must be the only one of its kind. What is hidden is found too: whether it shows is for the test to say.
    """
    widgets = root.findChildren(kind)
    for called in (_object_name, _text, _accessible_name) if name else (_unnamed,):
        found = [widget for widget in widgets if called(widget) == name]
        if found:
            assert len(found) == 1, f"{len(found)} of {kind.__name__} are called “{name}”"
            return found[0]
    raise AssertionError(f"no {kind.__name__} is called “{name}”; there are {sorted(map(_described, widgets))}")


def fault_of(root: QObject, name: str) -> str:
    """What is wrong with a field, as it is read out; empty while nothing is."""
    edit = find(root, QLineEdit, name)
    return edit.accessibleDescription() if edit.property("wrong") else ""


def _object_name(widget: QWidget) -> str:
    return widget.objectName()


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _accessible_name(widget: QWidget) -> str:
    return widget.accessibleName()


def _unnamed(_widget: QWidget) -> str:
    return ""


def _described(widget: QWidget) -> str:
    return widget.objectName() or _text(widget) or widget.accessibleName() or "(nameless)"
