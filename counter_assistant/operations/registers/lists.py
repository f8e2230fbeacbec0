"""登记页的各份清单：待办的，和各本登记簿。"""

from __future__ import annotations

from enum import StrEnum

from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.registers.complaint_lines import LABEL


class RegisterList(StrEnum):
    """The lists of the page, in their order. What was found in the box stands with the opinions; the complaints are for their keepers."""

    WAITING = "waiting"
    FIRST_CONTACT = "first_contact"
    INQUIRY = "inquiry"
    REFERRAL = "referral"
    OPINION = "opinion"
    MISUNDERSTANDING = "misunderstanding"
    OVERTIME = "overtime"
    ABSENCE = "absence"
    REPORTED_UPWARD = "reported_upward"
    RESULT_FILED = "result_filed"
    RATING = "rating"
    COMPLAINT = "complaint"

    @property
    def kinds(self) -> tuple[RegisterKind, ...]:
        """The registers that stand on it: all of them on that of what waits, none on that of the complaints."""
        if self is RegisterList.COMPLAINT:
            return ()
        if self is RegisterList.WAITING:
            return tuple(RegisterKind)
        opened = (RegisterKind.BOX_OPENED,) if self is RegisterList.OPINION else ()
        return (RegisterKind(self.value), *opened)

    @property
    def label(self) -> str:
        """What the clerk reads."""
        own = {RegisterList.WAITING: "待办", RegisterList.COMPLAINT: LABEL}
        return own.get(self) or RegisterKind(self.value).label

    @property
    def key(self) -> str:
        """The digit that chooses it; a letter for those that come after the ten."""
        letters = {RegisterList.RATING: "P", RegisterList.COMPLAINT: "T"}
        return letters.get(self) or str((list(RegisterList).index(self) + 1) % 10)
