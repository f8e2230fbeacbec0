"""作废一份文书，或者照它再办一份来更正。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.intake.correction import correcting_request
from counter_assistant.ui.archive.void_line import VoidLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_assistant.operations.archive.reprint_and_void import Record
    from counter_assistant.operations.office import Office

UNSAVED = "作废还没有登记：按 Ctrl+回车 作废，按 Ctrl+E 更正，或者按 Esc 算了。再关一次窗口就不登记了。"
VOIDING = "正在作废一份文书：先办完，或者按 Esc 不作废，再扫码。"


class Voiding(QObject):
    """What is done with the line that asks why."""

    voided = Signal()
    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    wanted_on_desk = Signal(object)
    """The Request of a slip that is to be corrected."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.line = VoidLine(self._void, self._correct)
        self.line.voided.connect(self._say)

    @property
    def unsaved(self) -> str:
        """What would be lost if the window closed now."""
        return UNSAVED if not self.line.isHidden() and self.line.reason.text().strip() else ""

    def ask(self, record: Record) -> None:
        """Asks about a slip; of one that is void already, or is only looked at here, it says so."""
        if record.voided:
            self.reported.emit(f"{record.row.number} {record.state_in_words}，无须再次作废。", "attention")
        elif record.beside:
            self.reported.emit(record.beside, "attention")
        else:
            self.line.ask(record.row.number)

    def remember(self) -> Callable[[], object]:
        """What gives the answer of now again."""
        copy = self.line.copy
        returned = copy.returned
        return lambda: copy.answer(returned)

    def _void(self, number: str, reason: str, copy_returned: bool) -> None:
        reprint_and_void.void(self._office, number, reason, copy_returned=copy_returned)

    def _correct(self, number: str, reason: str, copy_returned: bool) -> None:
        self.wanted_on_desk.emit(correcting_request(self._office, number, reason, copy_returned))

    def _say(self, number: str, copy_returned: bool) -> None:
        """Says that a slip is void. Its row stays, struck out."""
        self.voided.emit()
        rest = "" if copy_returned else "当事人联没有收回，请设法收回并注明作废。"
        self.reported.emit(f"已作废：{number}。编号保留，不再使用。{rest}", "done" if copy_returned else "attention")
