"""一页的键：在这一页里到处管用，出了这一页就不管用。"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_shortcuts(owner: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Does something on a key while the focus is in a widget or in anything that is in it."""
    for key, act in acts.items():
        shortcut = QShortcut(QKeySequence(key), owner)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
