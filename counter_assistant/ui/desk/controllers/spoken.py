"""此刻说的两句：写在申请人上面，Ctrl+1、Ctrl+2 复制（守则 二）.

Worked out after the keys that are waiting, and never copied with a blank open or with a forbidden phrase in it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Phrase, fill, pieces
from counter_assistant.operations.wording.check import refuse_forbidden
from counter_assistant.operations.wording.suggestions import ON_THE_DESK, CurrentMatter, spoken_now
from counter_assistant.ui.widgets.phrase_text import runs_of
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_assistant.ui.desk.cards.bars import SpokenBar
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.session import Session


class Spoken(QObject):
    """Keeps the phrases of the desk true to what is on it, and copies one."""

    status_message = Signal(str)

    def __init__(self, model: DeskModel, session: Session, bar: SpokenBar, page: QWidget) -> None:
        """Their keys work in the whole page."""
        super().__init__(model)
        self._model, self._session, self._bar = model, session, bar
        self._phrases: tuple[Phrase, ...] = ()
        self._values: dict[str, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show)
        for changed in (model.matter_changed, session.recorded):
            changed.connect(self._soon.start)
        bar.wanted.connect(self.copy)
        add_shortcuts(page, {f"Ctrl+{n + 1}": partial(self.copy, n) for n in range(ON_THE_DESK)})

    def copy(self, place: int) -> None:
        """Copies the phrase that stands at a place, as it is said."""
        self._show()
        if place >= len(self._phrases):
            return
        phrase = self._phrases[place]
        try:
            words = fill(phrase, self._values)
            refuse_forbidden({phrase.name: words})
        except Refusal as refusal:
            self.status_message.emit(f"{refusal.sentence}按 Ctrl+J，在文明用语里填好再复制。")
            return
        QGuiApplication.clipboard().setText(words)
        self.status_message.emit(f"已复制 ✓　{words}")

    def _show(self) -> None:
        now = CurrentMatter(self._session.matter, self._session.served)
        try:
            self._phrases, self._values = spoken_now(self._model.office, now)
        except Refusal as refusal:
            self._phrases, self._values = (), {}
            self.status_message.emit(str(refusal))
        self._bar.say([runs_of(pieces(phrase, self._values)) for phrase in self._phrases])
