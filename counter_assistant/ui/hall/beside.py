"""谁还开着这一位：台账在服务器上的，申请人下面一行说出来，只说还真的时候；不锁，也不多按一个键。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.people.at_other_windows import also_open_at, attend

if TYPE_CHECKING:
    from counter_assistant.ui.desk.cards.applicant import ApplicantCard
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel

LOOK_MS = 500
ALSO_OPEN = "别的窗口也开着这一位：{}。"


class BesideOthers(QObject):
    """Tells the other windows who stands at the desk, and says at which of them the same visitor is open; in a file nobody is asked."""

    def __init__(self, model: DeskModel, card: ApplicantCard) -> None:
        super().__init__(model)
        self._model, self._card = model, card
        if model.office.database.shared:
            self._timer = QTimer(self, interval=LOOK_MS)
            self._timer.timeout.connect(self.look)
            self._timer.start()
            model.restarted.connect(self.look)

    def look(self) -> None:
        """Another visitor, or the same one with more typed: the others are told, and what is known of them is shown."""
        office, state = self._model.office, self._model.state
        if office.database.closed:
            return self._timer.stop()
        try:
            attend(office, Applicant(state.name, state.phone, id_number=state.id_number), state.case)
        except Refusal:  # the server is away, which is said where something is asked of it
            return self._card.say_beside("")
        windows = "、".join(also_open_at(office))
        return self._card.say_beside(ALSO_OPEN.format(windows) if windows else "")
