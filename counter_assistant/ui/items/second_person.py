"""核对人：除了坐在这里的这一位，都可以选。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.ui.widgets.fields.choice import FormChoice

NOBODY = "请选另一位"


class SecondPerson(FormChoice):
    """Who compares something with its document besides who sits here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("核对人", parent)
        self.setObjectName("second")

    @property
    def staff_number(self) -> str:
        """Who is chosen; empty while nobody is."""
        return self.currentData() or ""

    def show_clerks(self, profile: OfficeProfile) -> None:
        """Offers everybody but who sits here; the one that was chosen stays chosen."""
        chosen = self.currentData()
        self.clear()
        self.addItem(NOBODY, "")
        for clerk in profile.clerks:
            if clerk.staff_number != profile.current_clerk:
                self.addItem(f"{clerk.name}（{clerk.staff_number}）", clerk.staff_number)
        self.setCurrentIndex(max(self.findData(chosen), 0))
