"""标题栏上的当前经办人：按 Ctrl+K，再按数字，就换了人。

For the main window: put one `ClerkSwitch(office)` at the right of the top bar; call `refresh()` when the settings page
says `profile_changed`. Its key works in the whole window.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui.widgets.labels import plain_tip

KEY = "Ctrl+K"


def in_words(clerk: Clerk) -> str:
    """经办人 李某（A角）."""
    return f"经办人 {clerk.name}（{clerk.corner}角）"


class ClerkSwitch(QPushButton):
    """Shows who is at the window and changes it."""

    chosen = Signal(str)
    """The staff number of the clerk who is at the window from now on."""
    lock_wanted = Signal()
    """The window is to be left alone."""
    asked = Signal()
    """Somebody else is to be at the window of a sealed book, who has to show who they are."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clerk_switch")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFlat(True)
        self.setToolTip(plain_tip(f"换经办人　{KEY}"))
        self._office = office
        self.menu_ = QMenu(self)
        self.clicked.connect(self.open)
        shortcut = QShortcut(QKeySequence(KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.open)
        self.refresh()

    def refresh(self) -> None:
        """Shows what the book holds now."""
        profile = self._office.profile
        try:
            text = in_words(profile.clerk(""))
        except Refusal:
            text = "经办人 未定"
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(f"{text}，按 {KEY} 换人")

    def open(self) -> None:
        """Opens the list of clerks under the button; a digit chooses. In a sealed book asks for another page instead."""
        if self._office.signs_in:
            self.asked.emit()
            return
        self.menu_.clear()
        current = self._office.profile.current_clerk
        for place, clerk in enumerate(self._office.profile.clerks, 1):
            digit = f"&{place}　" if place < 10 else ""
            name = clerk.name.replace("&", "&&")
            action = self.menu_.addAction(f"{digit}{name}　{clerk.staff_number}　{clerk.corner}角")
            action.setCheckable(True)
            action.setChecked(clerk.staff_number == current)
            action.triggered.connect(lambda _=False, number=clerk.staff_number: self.chosen.emit(number))
        self.menu_.addSeparator()
        self.menu_.addAction("锁屏　Ctrl+Shift+L").triggered.connect(lambda _=False: self.lock_wanted.emit())
        self.menu_.popup(self.mapToGlobal(QPoint(0, self.height())))
