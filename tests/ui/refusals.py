"""Whatever refusal stands in a window was said to a screen reader: every test of the window is one of this.

A screen reader is taken to listen. What is refused on the way to something else, and stands nowhere, is nobody's matter.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import wraps

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QLabel

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui import announcing

SHORTEST = 4
"""A sentence of fewer characters could stand anywhere."""
PATIENCE_S = 5
"""How long what has come is given to be said."""


class Ear:
    """What was refused since a test began, and what was said aloud."""

    def __init__(self) -> None:
        self.refused: list[Refusal] = []
        self.said: list[str] = []

    def hear(self, event: QAccessibleEvent) -> None:
        """Takes the place of QAccessible.updateAccessibility."""
        if isinstance(event, QtGui.QAccessibleAnnouncementEvent):
            self.said.append(event.message())

    def times(self, sentence: str) -> int:
        """How often a sentence was said, by itself or as a part of another."""
        return sum(sentence in said for said in self.said)

    def forget(self) -> None:
        self.refused.clear()
        self.said.clear()


_EAR = Ear()


@pytest.fixture(autouse=True)
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """A screen reader that listens, and what is refused."""
    _EAR.forget()
    made = Refusal.__init__

    @wraps(made)
    def note(refusal: Refusal, code: str, sentence: str, remedy: str = "") -> None:
        made(refusal, code, sentence, remedy)
        _EAR.refused.append(refusal)

    monkeypatch.setattr(Refusal, "__init__", note)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", _EAR.hear)
    yield _EAR
    _EAR.forget()


def every_refusal_was_said() -> None:
    """Looks at what stands in the windows at the end of a test. One with an ear of its own hears for itself."""
    if QApplication.instance() is None or QAccessible.updateAccessibility != _EAR.hear:
        return
    QApplication.processEvents()
    until = time.monotonic() + PATIENCE_S
    while announcing._waiting and time.monotonic() < until:
        QApplication.processEvents()  # what has only now come is about to be said
    silent = [
        f"{refusal.code}: “{refusal.sentence}” in {label.objectName() or type(label.parentWidget()).__name__}"
        for label in QApplication.allWidgets()
        if isinstance(label, QLabel) and label.isVisible()
        for refusal in _EAR.refused
        if len(refusal.sentence) >= SHORTEST and refusal.sentence in _words(label) and not _EAR.times(refusal.sentence)
    ]
    assert silent == [], silent


def _words(label: QLabel) -> str:
    return label.accessibleName() or label.text()
