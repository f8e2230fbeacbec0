"""事项页上的核定：按 F9 登记或者收回，和一个事项现在核定到哪一步。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.approving import approve, last_approver, withdraw
from counter_assistant.ui.items.approval_line import ApprovalInput, ApprovalLine, WithdrawalInput
from counter_assistant.ui.items.approval_scope import MarkedItem

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.approval import ApprovedCatalogue
    from counter_assistant.operations.office import Office


class Approving(QObject):
    """What F9 does: opens the line for the marked item, and records what is confirmed there. `marked` says which item."""

    nothing_marked = Signal()
    recorded = Signal(str)
    """What was recorded, in one sentence."""

    def __init__(self, office: Office, line: ApprovalLine, marked: Callable[[], MarkedItem | None]) -> None:
        super().__init__(line)
        self._office, self._line, self._marked = office, line, marked
        line.confirmed.connect(self._record)

    def press(self) -> None:
        """F9: opens the line, and once it is open confirms it."""
        marked = self._marked()
        if not self._line.isHidden():
            self._line.confirm()
        elif marked is None:
            self.nothing_marked.emit()
        else:
            self._line.ask(marked.names, last_approver(self._office), self._office.today())

    def follow(self) -> None:
        """Names in the open line what is marked now, of the day that is shown now."""
        if not self._line.isHidden():
            marked = self._marked()
            self._line.show_names(marked.names if marked else {})

    def _record(self, entered: ApprovalInput | WithdrawalInput) -> None:
        marked = self._marked()
        if marked is None:
            return
        items, name = [entry.id for entry in marked.items(entered.scope)], marked.name(entered.scope)
        try:
            if isinstance(entered, WithdrawalInput):
                withdraw(self._office, items, entered.reason)
                done = f"已收回核定：{name}。已经出具的文书不变。"
            else:
                approval = entered.approval
                approve(self._office, items, marked.day, approval)
                done = f"已登记核定：{name}，{approval.number}，{chinese_date(approval.since)}起受理的适用。"
        except Refusal as refusal:
            self._line.show_refusal(refusal)
            return
        self._line.close_line(forget=True)
        self.recorded.emit(done)


def approval_in_words(catalogue: ApprovedCatalogue, item_id: str, day: date, today: date) -> tuple[str, str]:
    """How far an item's text of a day is approved, with document and first day, and the role of these words."""
    text, state = catalogue.text(item_id, day), catalogue.state(item_id, day, today)
    if state in (ApprovalState.APPROVED, ApprovalState.PENDING):
        own = catalogue.approvals.covering(text, day) or catalogue.approvals.latest_of(text) if text else None
        approval = own or catalogue.awaited(item_id, today)
        assert approval is not None
        return f"{state.label}　{approval.approver}{approval.number}，{chinese_date(approval.since)}起", "done"
    if state is ApprovalState.CHANGED:
        return "核定后内容有改动，请重新核定", "attention"
    return "示例，待本中心核定", "hint"
