"""受理台的中枢：台上的这一位、由此得出的清单和决定、哪几栏该说哪里不对。

It stands between the page's cards and the controllers: they change its state and call `changed`, and its signals say what
is to be shown. It knows no card.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.identity_numbers import compact_number
from counter_assistant.operations.intake.compared_numbers import is_known
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.desk.presentation.applicant_fields import Offer, offers, type_of
from counter_assistant.ui.desk.presentation.field_errors import find_faults, is_quoting
from counter_assistant.ui.desk.presentation.missing import Missing, find_missing
from counter_assistant.ui.desk.presentation.present import day_of, present_matter
from counter_assistant.ui.desk.presentation.state import DeskState

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.presentation.view_model import PresentedMatter

NO_TEXT = "事项“{}”今天没有可用的规定。请选别的事项，或者请管理员核对目录。"


class DeskModel(QObject):
    """The applicant on the desk. `presented` is what follows from `state`, None while nothing has begun.

    `flagged` are the fields whose faults are shown: those that were left, or stood in the way of F9.
    """

    restarted = Signal()
    """Another state stands on the desk, from the ground up."""
    item_taken = Signal(object)
    """The ServiceItem whose questions are asked from now on."""
    presented_changed = Signal(bool)
    """What follows from the state is to be shown; the lines that moved are to be marked, or not."""
    faults_changed = Signal()
    edited = Signal()
    """The state was changed by hand, so that it is to be kept as a draft."""
    matter_changed = Signal()
    """Another matter, or the same one further on."""
    refused = Signal(str)
    """Why nothing follows from the state; empty takes the sentence back."""
    status_message = Signal(str)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.state = DeskState()
        self.presented: PresentedMatter | None = None
        self.flagged: set[str] = set()
        self.fonts = RareCharacters(paths.resources() / "fonts")

    def item(self) -> ServiceItem | None:
        """The text of the chosen item that holds on the day of acceptance; None where there is none."""
        if not self.state.item:
            return None
        day, _ = day_of(self.office, self.state)
        return self.office.catalogue.item(self.state.item, day or self.office.today())

    # What the controllers do

    def put(self, state: DeskState) -> None:
        """Puts another state on the desk."""
        self.state, self.presented, self.flagged = state, None, set()
        self.restarted.emit()
        self.fonts.show(state.name + state.agent_name + "".join(state.details.values()))
        self.matter_changed.emit()
        if self.ask_item() or (state.begun and not state.item):
            self.refresh()

    def remember(self) -> Callable[[], object]:
        """How the desk stands now; the result puts it back so, where it has become another since."""
        before = deepcopy(self.state)

        def put_back() -> None:
            if self.state.item != before.item:
                self.put(before)
                self.edited.emit()
            elif self.state != before:
                self.state = before
                self.changed()

        return put_back

    def ask_item(self) -> bool:
        """Asks the questions of the chosen item; False where none is chosen, or it has no text on the day."""
        if not self.state.item:
            return False
        try:
            item = self.item()
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return False
        if item is None:
            self.refused.emit(NO_TEXT.format(self.state.item_name))
            return False
        self.item_taken.emit(item)
        return True

    def change(self, act: Callable[[], object], *, tint: bool = False) -> None:
        """Changes the state by one of its own methods."""
        act()
        self.changed(tint=tint)

    def changed(self, *, tint: bool = False) -> None:
        """The state was changed: shows what follows and keeps it as a draft. `tint` marks the lines that moved. Nobody is asked
        any more to review what it was before."""
        self.state.asked_review = False
        self.refused.emit("")
        self.refresh(tint=tint)
        self.edited.emit()

    def refresh(self, *, tint: bool = False) -> None:
        """Works out anew what follows from the state, as after a change of the office."""
        if not self.state.begun:
            self.presented = None
            self.presented_changed.emit(tint)
            return
        self._recall_numbers()
        try:
            self.presented = present_matter(self.office, self.state)
        except Refusal as refusal:
            self.refused.emit(str(refusal))
            return
        self.presented_changed.emit(tint)
        self.matter_changed.emit()

    def _recall_numbers(self) -> None:
        """A doubtful number that was compared with its document before is not asked about again."""
        for offer in offers(self.state, self.office.today()):
            if offer.comparable and offer.field in ("id_number", "agent_id_number"):
                text = getattr(self.state, offer.field)
                if is_known(self.office, type_of(self.state, offer.field), compact_number(text)):
                    self.state.compared[offer.field] = text

    # What is wrong with it

    def faults(self) -> dict[str, Refusal]:
        """The fields that cannot be right or cannot be printed, with what to do."""
        return find_faults(self.state, self.presented, self.office.today(), self.fonts.missing)

    def offer(self, *, flagged: bool = False) -> Offer | None:
        """What one key can do about a field of the person: about one whose fault is shown, if there is such a one."""
        found = offers(self.state, self.office.today())
        shown = [offer for offer in found if offer.field in self.flagged]
        return next(iter(shown if flagged else shown or found), None)

    def missing(self, *, oral: bool = False) -> list[Missing]:
        """What keeps a paper from being issued, in the page's order."""
        if self.presented is None:
            return []
        return find_missing(self.office, self.presented.matter, self.faults(), oral=oral)

    def flag(self, *keys: str) -> None:
        """The faults of these fields are to be shown from now on."""
        self.flagged.update(keys)
        self.faults_changed.emit()

    def flagged_faults(self) -> dict[str, Refusal]:
        """What is wrong with the flagged fields as they were typed."""
        faults = self.faults() if self.flagged else {}
        return {key: fault for key, fault in faults.items() if key in self.flagged}

    def flagged_missing(self) -> dict[str, Refusal]:
        """What keeps the flagged fields from being issued."""
        missing = self.missing() if self.flagged else []
        return {one.key: one.fault for one in missing if one.key in self.flagged}

    @property
    def quoting(self) -> bool:
        """Whether the reason for keeping somebody's words is asked for."""
        return is_quoting(self.presented)
