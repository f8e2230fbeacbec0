"""事项页换成核定目录的样子，再换回来；核定到哪里，都留着。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_assistant.operations.catalogue.revising import acts_unsent
from counter_assistant.ui.focus_return import FocusReturn

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.frame import ItemsFrame
    from counter_assistant.ui.items.review.mode import ReviewMode
    from counter_assistant.ui.print_service import PrintService

LEFT_BY = "{} 在这里写了、还没有登记：由本人接着办，或者逐处退回。"


class Reviewing(QObject):
    """Puts the review in the place of the guides, and takes it away. It is made when it is first wanted."""

    ended = Signal()
    taken = Signal(str)
    """The catalogue is another now, as this sentence says."""

    def __init__(self, office: Office, frame: ItemsFrame, service: PrintService | None) -> None:
        super().__init__(frame)
        self._office, self._frame, self._service = office, frame, service
        self._focus = FocusReturn()
        self.mode: ReviewMode | None = None
        self._left_by = ""

    @property
    def on(self) -> bool:
        """Whether the catalogue is being reviewed."""
        return self.mode is not None and self._frame.modes.currentWidget() is self.mode

    @property
    def unsaved(self) -> str:
        """What would be lost with the window, in a sentence."""
        return self.mode.unsaved if self.mode else ""

    def begin(self, item: str) -> None:
        """Shows the review, with this item marked where it is opened for the first time."""
        if not self.on:
            self._focus.keep()
        if self.mode is None:
            self.mode = self._made()
        known = self.mode.model is not None
        self._frame.modes.setCurrentWidget(self.mode)
        self._frame.setFocusProxy(self.mode)
        self.mode.look_again() if known else self.mode.begin(item)
        self.mode.setFocus()
        self._say_whose()
        self._frame.status_message.emit(self.mode.standing)

    def edit(self, item: str) -> None:
        """Opens the editor of an item in the review, which is shown."""
        if self.mode:
            self.mode.item_editing.begin(item)

    def leave_to_another(self) -> None:
        """Another clerk comes: a question at the foot is closed, and what is begun and not recorded says whose it is."""
        if self.mode is None:
            return
        self.mode.close_questions()
        self._left_by = self._left_by or self._office.profile.clerk("").name
        self._say_whose()

    def _say_whose(self) -> None:
        """Says whose it is that is begun and not recorded, until there is nothing of it any more."""
        self._left_by = self._left_by if self.unsaved else ""
        if self.mode and self._left_by:
            self.mode.bar.say(LEFT_BY.format(self._left_by), "attention")

    def leave(self) -> None:
        """Shows the guides again."""
        if not self.on or self.mode is None:
            return
        self._frame.setFocusProxy(self._frame.search)
        self._frame.modes.setCurrentWidget(self._frame.browse)
        self.show_unsent()
        self._frame.status_message.emit(self.mode.standing)
        if not self._focus.give_back():
            self._frame.search.setFocus()
        self.ended.emit()

    def show_unsent(self) -> None:
        """Says how much of a revision waits to be approved."""
        self._frame.show_unsent(acts_unsent(self._office))

    def look_again(self) -> None:
        """The page is shown again."""
        if self.on and self.mode:
            self.mode.look_again()
            self._say_whose()
        else:
            self.show_unsent()

    def remember(self) -> Callable[[], object]:
        """How the review stands now; what is returned puts back what a scanner's first digit changed."""
        return self.mode.answering.remember() if self.mode else lambda: None

    def tell(self, words: str) -> None:
        """Says something that must be read, at the foot of the review."""
        if self.mode:
            self.mode.bar.say(words, "attention")
            self._frame.status_message.emit(words)

    def export_sheet(self) -> None:
        """Saves what is to be confirmed as a sheet, in the review."""
        if self.mode:
            self.mode.sheet_exchange.export()

    def import_sheet(self) -> None:
        """Asks for a sheet that was filled in, in the review."""
        if self.mode:
            self.mode.sheet_exchange.choose()

    def take_pack(self) -> None:
        """Looks for a pack that was brought along, or asks for one, in the review."""
        if self.mode:
            self.mode.pack_taking.begin()

    def close_down(self) -> None:
        """Waits for a paper on its way, and for a sheet or a pack that is being read."""
        if self.mode:
            self.mode.sending.paper.close_down()
            self.mode.sheet_exchange.close_down()
            self.mode.pack_taking.close_down()

    def _made(self) -> ReviewMode:
        from counter_assistant.ui.items.review.mode import ReviewMode

        mode = ReviewMode(self._office, self._service)
        self._frame.modes.addWidget(mode)
        mode.left.connect(self.leave)
        mode.told.connect(self._frame.status_message)
        mode.saved.connect(self._frame.draft_message)
        mode.taken.connect(self.taken)
        return mode
