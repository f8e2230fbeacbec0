"""一组设置：每一组都能做的几件事。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.ui.settings.profile_draft import Faults, ProfileDraft


class Section(QWidget):
    """A group of settings. What is typed goes into the draft that was loaded, at once."""

    changed = Signal()
    """Something was typed or chosen that is not saved yet."""
    reported = Signal(str)
    """What came of something that was recorded at once, in one sentence."""

    def load(self, draft: ProfileDraft) -> None:
        """Shows what a draft holds."""

    def show_faults(self, faults: Faults) -> None:
        """Shows every fault beside its field; nothing in a section where nothing can be wrong."""

    def start(self) -> QWidget:
        """Where the cursor stands when the section is opened."""
        return self

    def go_to(self, field: str) -> None:
        """Puts the cursor into a field, named as in `Faults`."""
        self.start().setFocus()
