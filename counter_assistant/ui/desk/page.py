"""受理台：把一位当事人从“查事项”带到“拿到文书”，全程可以只用键盘。

The page holds the state and shows what follows from it; the panels know nothing but what they are shown. What the hand
does is in ui/desk/controllers/input.py, what is done for the applicant in ui/desk/controllers/session.py, the keys in ui/desk/controllers/shortcuts.py. The office is opened behind the
first paint, or when the first item is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance.screen_font import RareCharacters
from counter_assistant.ui.desk.cards.materials import NOT_OURS
from counter_assistant.ui.desk.controllers.preview_update import Previewing
from counter_assistant.ui.desk.controllers.shortcuts import act_of
from counter_assistant.ui.desk.panels import Panels
from counter_assistant.ui.desk.presentation.field_errors import find_faults, show_told
from counter_assistant.ui.desk.presentation.state import DeskState

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.content.catalogue_index import IndexEntry
    from counter_assistant.ui.desk.controllers.input import Hand
    from counter_assistant.ui.desk.controllers.issuing import Printing
    from counter_assistant.ui.desk.controllers.session import Serving
    from counter_assistant.ui.desk.presentation.view_model import Sight


class DeskPage(QWidget):
    """The start page. `open_office` gives the office at the latest when the first item is taken.

    `printing` is what papers are sent through; without it the system's own is made when the office opens. `told` are the
    fields whose faults are shown: those that were left, or stood in the way of F9. `at_hand_changed`: another matter, or the
    same one further on.
    """

    status_message = Signal(str)
    draft_message = Signal(str)
    case_wanted = Signal(str)
    """The number of a paper, or what its QR code holds, was entered here: its case is to be shown."""
    approval_wanted = Signal(str)
    """The id of an item whose approval is to be recorded."""
    at_hand_changed = Signal()
    hand: Hand

    def __init__(
        self,
        search: Callable[[str], list[IndexEntry]],
        open_office: Callable[[], Office],
        printing: Printing | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("受理台")
        self.state = DeskState()
        self.sight: Sight | None = None
        self.serving: Serving | None = None
        self.told: set[str] = set()
        self.rare = RareCharacters(paths.resources() / "fonts")
        self.panels = Panels(self, search)
        self.previewing = Previewing(self.panels.preview, self)
        self._open_office = open_office
        self._printing = printing
        self._office: Office | None = None
        self.previewing.troubled.connect(self.status_message)
        self.panels.search.opened.connect(self.place)
        self.panels.search.chosen.connect(self._choose)
        self.panels.search.numbered.connect(self.case_wanted)
        self.panels.applicant.resized.connect(self.place)
        self.panels.strip.opened.connect(lambda: self.open_paper(True))

    # The office

    def attach(self, office: Office) -> None:
        """The office is open: drafts, the applicant's fields and the acts come to life."""
        from counter_assistant.domain.people.identity import IdType
        from counter_assistant.operations.intake.usual_bodies import find_bodies
        from counter_assistant.ui.desk.controllers.input import Hand
        from counter_assistant.ui.desk.controllers.session import Serving

        if self._office is not None:
            return
        self._office = office
        self.panels.complete()
        self.panels.earlier.moved.connect(self.place)
        self.panels.earlier.troubled.connect(self.status_message)
        self.panels.earlier.naming.connect(self.rare.show)
        self.hand = Hand(self)
        self.serving = Serving(self, office, self._printing or _system_printing(office, self))
        self.panels.applicant.fill_id_types({kind.value: kind.label for kind in IdType})
        self.panels.applicant.put(self.state)
        self.panels.bodies.search = lambda typed: find_bodies(office.profile.bodies, typed)
        self.panels.bodies.naming.connect(self.rare.show)
        self.renew_office()
        self.offer_draft()

    def renew_office(self) -> None:
        """The office's profile is another now, or is there for the first time."""
        if self._office is not None:
            clerks = self._office.profile.clerks
            self.panels.details.fill_clerks({c.staff_number: f"{c.name}　{c.duty}" for c in clerks})
            self.refresh()

    @property
    def office(self) -> Office:
        """The office, opened now where it was not. Raises Refusal."""
        if self._office is None:
            self.attach(self._open_office())
        assert self._office is not None
        return self._office

    def _choose(self, item_id: str, name: str) -> None:
        """The first item may be taken before the office is open."""
        try:
            _ = self.office
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
        else:
            self.hand.choose(item_id, name)

    def item(self) -> ServiceItem | None:
        """The text of the chosen item that holds on the day of acceptance."""
        from counter_assistant.ui.desk.presentation.present import day_of

        if not self.state.item:
            return None
        day, _ = day_of(self.office, self.state)
        return self.office.catalogue.item(self.state.item, day or self.office.today())

    def take_request(self, request: Request) -> None:
        """Puts a whole request on the desk, such as that of a case that goes on; what stood there is kept as a draft.

        Raises Refusal where the item has no text on the request's day.
        """
        from counter_assistant.domain.papers.kinds import SlipKind
        from counter_assistant.operations.intake.matter import item_of
        from counter_assistant.ui.desk.presentation.request_mapping import state_of

        office = self.office
        item = item_of(request, office.catalogue, request.on or office.today())
        if self.serving:
            kept = bool(request.case) and request.slip is not SlipKind.DELAY_NOTICE
            self.serving.take(state_of(request, item, office), kept=kept)
            self.panels.go_to("materials" if item.ours else "asked")

    def take_item(self, item_id: str, name: str) -> None:
        """Begins with an item; another matter that stood on the desk is kept as a draft. Raises Refusal."""
        if self.office and self.serving and (self.serving.served or (self.state.begun and self.state.item != item_id)):
            self.serving.take(DeskState())
        self.panels.search.take(item_id, name)
        self.hand.choose(item_id, name)

    # What is shown

    def show_item(self) -> bool:
        """Asks the questions of the chosen item; False where none is chosen, or it has no text today."""
        if not self.state.item:
            return False
        try:
            item = self.item()
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
            return False
        if item is None:
            self.panels.decision.refuse(
                f"事项“{self.state.item_name}”今天没有可用的规定。请选别的事项，或者请管理员核对目录。"
            )
            self.place()
            return False
        self.panels.materials.clear()
        self.panels.questions.set_item(item)
        self.panels.show_item(True)
        self.panels.order_tabs()
        return True

    def changed(self, *, tint: bool = False) -> None:
        """Something on the desk changed: shows what follows and remembers it. `tint` marks the lines that moved."""
        self.panels.decision.refuse("")
        self.refresh(tint=tint)
        if self.serving:
            self.serving.drafting.note(self.state)
            if not self.panels.draft_line.isHidden():
                self.offer_draft()

    def refresh(self, *, tint: bool = False) -> None:
        """Shows what follows from the state: the list, the decision, and soon the page."""
        from counter_assistant.domain.papers.kinds import ACCEPTING
        from counter_assistant.ui.desk.presentation.applicant_fields import offered
        from counter_assistant.ui.desk.presentation.paper_fields import conditions_of
        from counter_assistant.ui.desk.presentation.present import look

        if not self.state.begun:
            self._show_nothing()
            return self.show_faults()
        try:
            sight = self.sight = look(self.office, self.state)
        except Refusal as refusal:
            return self.panels.decision.refuse(str(refusal))
        panels, state = self.panels, self.state
        if state.item:
            panels.questions.refresh(state, sight.matter.item, sight.broken)
            panels.materials.refresh(sight.rows, sight.left_out, sight.reasons, tint=tint)
        else:
            panels.materials.clear(NOT_OURS)
        panels.decision.show_verdict(sight.verdict, applying=state.applying)
        panels.buttons.show_verdict(sight.verdict, busy=False)
        if any(entry.key == "condition" for entry in sight.asked):
            panels.details.choice_field("condition").fill(conditions_of(sight.matter))
        panels.details.show_fields(sight.asked)
        panels.applicant.show_agent(state.has_agent(), sight.relation, offered(state))
        panels.applicant.ask_number(sight.id_hint, needed=sight.id_needed, of_agent=sight.matter.kind in ACCEPTING)
        self.show_faults()
        self.place()
        self.at_hand_changed.emit()
        self.previewing.want(self.office, sight)
        panels.earlier.want(self.office, sight.matter)
        return None

    def _show_nothing(self) -> None:
        """No matter is on the desk: nothing is decided, nothing is to be printed."""
        panels, self.sight = self.panels, None
        self.previewing.drop()
        if not self.state.item:
            panels.materials.clear()
        panels.decision.show_verdict(None, applying=False)
        panels.buttons.show_verdict(None, busy=False)
        panels.preview.show_words()
        if self._office is not None:
            panels.details.show_fields(())
            panels.earlier.drop()

    def faults(self) -> dict[str, Refusal]:
        """The fields that cannot be right or cannot be printed, with what to do."""
        return find_faults(self, self.office)

    def show_faults(self) -> None:
        """Says beneath the fields what was wrong with those that were left."""
        if self._office is not None:
            show_told(self, self._office)

    def put(self, state: DeskState) -> None:
        """Shows another state from the ground up."""
        panels, self.state, self.told = self.panels, state, set()
        panels.show_issued(False)
        panels.materials.clear()
        panels.applicant.start(state)
        panels.decision.refuse("")
        panels.open_paper(False)
        panels.show_item(False)
        self._show_nothing()
        self.rare.show(state.name + state.agent_name + "".join(state.details.values()))
        self.at_hand_changed.emit()
        if not state.item:
            panels.search.clear()
            if state.begun:
                self.refresh()
        else:
            panels.search.take(state.item, state.item_name)
            if self.show_item():
                self.refresh()
        self.offer_draft()

    def offer_draft(self) -> None:
        """Offers the last draft while the desk is empty."""
        drafting = self.serving.drafting if self.serving and self.state.pristine else None
        offered = (drafting.thrown or drafting.offered) if drafting else None
        self.panels.draft_line.offer(offered.title() if offered else "", thrown=bool(drafting and drafting.thrown))
        self.place()

    # The window

    def place(self) -> None:
        """Puts every part in its place."""
        self.panels.place(self.size())

    def open_paper(self, on: bool) -> bool:
        """Opens or folds the paper of a narrow window; True where that changed anything."""
        changed = self.panels.open_paper(on)
        self.place()
        self.previewing.resume()
        return changed

    def close_down(self) -> None:
        """The window closes."""
        if self.serving:
            self.serving.close_down()
            self.panels.earlier.drop()
        self.previewing.drop()
        self.panels.preview.show_words()  # gives pdfium's bitmap back

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()
        self.previewing.resume()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place()  # the style sheet has given the labels their sizes only now
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """A shown page that nothing stands on waits in the search; by now a case or an item may have been put on it."""
        if self.state.pristine and self.isVisible():
            self.panels.search.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = act_of(self, event)
        if act is None:
            super().keyPressEvent(event)
        else:
            event.accept()
            act()


def _system_printing(office: Office, page: QWidget) -> Printing:
    from counter_assistant.ui.print_service import PrintService

    return PrintService(office.database.path.parent, parent=page)
