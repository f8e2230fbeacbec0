"""受理台的键：整页都管用的几个，和 Esc 一层一层往回。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from counter_assistant.ui.widgets.fields.entry_edit import ENTER

if TYPE_CHECKING:
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.input import Input
    from counter_assistant.ui.desk.controllers.overlays import Overlays
    from counter_assistant.ui.desk.controllers.session import Session

Act = Callable[[], object]
Keys = dict[int, Act]


class Forms(Protocol):
    """The forms of what is on the desk: ui.desk.counter_forms.filling."""

    def toggle(self) -> None: ...

    def turn_along(self) -> None: ...


class Shortcuts:
    """The keys of the whole page. `toggle_paper` opens or folds the paper of a narrow window, `fold_paper` only folds it."""

    def __init__(
        self,
        model: DeskModel,
        cards: CardSet,
        session: Session,
        overlays: Overlays,
        input_: Input,
        *,
        toggle_paper: Act,
        fold_paper: Callable[[], bool],
        read_card: Act,
        forms: Forms,
    ) -> None:
        self._model, self._cards, self._session, self._overlays = model, cards, session, overlays
        self._input = input_
        self._toggle_paper, self._fold_paper = toggle_paper, fold_paper
        self._read_card, self._forms = read_card, forms

    def act_of(self, event: QKeyEvent) -> Act | None:
        """What a key does on this page now; None where it is nobody's. F9 held down is pressed once: it may have stopped
        with something to be read."""
        if event.key() == Qt.Key.Key_F9 and event.isAutoRepeat():
            return lambda: None
        if event.key() == Qt.Key.Key_F9 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            return self._session.printer_choice.toggle
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in ENTER and not self._session.served:
                kept = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                return self._input.keep_typed if kept else self._input.take_offer
            return self._with_control().get(event.key())
        return self._plain().get(event.key())

    def _plain(self) -> Keys:
        model, session = self._model, self._session
        keys: Keys = {
            Qt.Key.Key_F11: self._toggle_paper,
            Qt.Key.Key_Escape: self._escape,
        }
        if session.served:
            return keys | dict.fromkeys(ENTER, session.next_applicant)
        keys[Qt.Key.Key_F10] = self._overlays.toggle_circumstances
        keys[Qt.Key.Key_F12] = self._read_card
        if model.state.begun:
            keys[Qt.Key.Key_F9] = session.issue
        if model.state.item:
            keys[Qt.Key.Key_F7] = self._overlays.toggle_kinds
            keys[Qt.Key.Key_F8] = lambda: model.change(model.state.toggle_purpose)
        return keys

    def _with_control(self) -> Keys:
        preview, session = self._cards.preview, self._session
        keys: Keys = {
            Qt.Key.Key_PageDown: lambda: preview.turn(1),
            Qt.Key.Key_PageUp: lambda: preview.turn(-1),
            Qt.Key.Key_F9: session.issue_orally,
            Qt.Key.Key_G: preview.large_wanted.emit,
            Qt.Key.Key_T: self._forms.toggle,
            Qt.Key.Key_B: self._forms.turn_along,
            Qt.Key.Key_Z: session.restore_draft,
            Qt.Key.Key_L: self._overlays.earlier.open,
        }
        if session.served:
            keys[Qt.Key.Key_P] = session.issuing.print_again
            keys |= dict.fromkeys(ENTER, session.same_visitor)
            keys[Qt.Key.Key_S] = session.save_paper
            keys[Qt.Key.Key_D] = session.issuing.copy_message
            keys[Qt.Key.Key_H] = session.issuing.copy_letter
        return keys

    def _escape(self) -> None:
        """Closes the top layer; without one the next applicant comes."""
        cards = self._cards
        if (
            self._overlays.close_top()
            or cards.preview.close_words()
            or self._fold_paper()
            or cards.materials.close_reasons()
        ):
            return
        if cards.search.close_results():
            (cards.questions if self._model.state.item else cards.search.field).setFocus()
        elif self._model.state.item and cards.paper_fields.holds_focus():
            cards.materials.list.setFocus()
        else:
            self._session.next_applicant()
