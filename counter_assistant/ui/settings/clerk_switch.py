"""标题栏上的当前经办人：按 Ctrl+K，再按数字，就换了人。

For the main window: put one `ClerkSwitch(office)` at the right of the top bar; call `refresh()` when the settings page
says `profile_changed`. Its key works in the whole window.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office

KEY = "Ctrl+K"


def make_current(office: Office, staff_number: str) -> None:
    """Makes a clerk the one at the window: an entry of the book, because it says who answered for what was issued.

    Raises:
        Refusal: what `Office.decide_profile` refuses.
    """
    if office.profile.current_clerk != staff_number:
        office.decide_profile(replace(office.profile, current_clerk=staff_number))


def in_words(clerk: Clerk) -> str:
    """经办人 李某（A角）."""
    return f"经办人 {clerk.name}（{clerk.corner}角）"


class ClerkSwitch(QPushButton):
    """Shows who is at the window and changes it."""

    switched = Signal(str)
    """The staff number of the clerk who is at the window now."""
    status_message = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clerk_switch")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFlat(True)
        self.setToolTip(f"换经办人　{KEY}")
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
        """Opens the list of clerks under the button; a digit chooses."""
        self.menu_.clear()
        current = self._office.profile.current_clerk
        for place, clerk in enumerate(self._office.profile.clerks, 1):
            digit = f"&{place}　" if place < 10 else ""
            name = clerk.name.replace("&", "&&")
            action = self.menu_.addAction(f"{digit}{name}　{clerk.staff_number}　{clerk.corner}角")
            action.setCheckable(True)
            action.setChecked(clerk.staff_number == current)
            action.triggered.connect(lambda _=False, number=clerk.staff_number: self._switch_to(number))
        self.menu_.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _switch_to(self, staff_number: str) -> None:
        try:
            make_current(self._office, staff_number)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return
        self.refresh()
        self.switched.emit(staff_number)
        self.status_message.emit(f"现在由 {self._office.profile.clerk('').name} 经办。")
