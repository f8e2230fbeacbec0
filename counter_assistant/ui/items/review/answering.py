"""答一句：同意、改、不要；缺依据的在那里问一次，改到一半的留着，数字键管用于哪些事项。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.verdicts import Answer
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.review.model import ReviewModel
from counter_assistant.ui.items.review.sentence_card import SentenceCard


class Answering(QObject):
    """What the keys of the sentences do to the marked one. `model` is None while there is nothing to review."""

    kept = Signal()
    """An answer was kept."""
    line_left = Signal()

    def __init__(self, office: Office, card: SentenceCard) -> None:
        super().__init__(card)
        self._office, self._card = office, card
        self.model: ReviewModel | None = None
        self._pending: tuple[Answer, str] | None = None
        box = card.box
        card.answered.connect(self._answer)
        card.edit_wanted.connect(self.begin_line)
        card.digit.connect(self._press_digit)
        card.source.filled.connect(self._source_filled)
        box.toggled.connect(self._toggle)
        box.taken.connect(lambda words: self._answer(Answer.CHANGE, words))
        box.left.connect(self.leave_line)
        box.edit.textEdited.connect(self._written)

    @property
    def _today(self) -> date:
        return self._office.today()

    def forget_pending(self) -> None:
        """The answer that waited for what it rests on is given no more."""
        self._pending = None

    def leave_line(self) -> None:
        """The line is left; what was written is there again with E."""
        self._pending = None
        self._card.box.close_line()
        self._card.setFocus()
        self.line_left.emit()

    def refuse(self, refusal: Refusal) -> None:
        """Says beneath the sentence, or at the field that it is about, why something was not done."""
        self._card.box.say(str(refusal))
        if not self._card.source.mark_wrong(refusal.code):
            (self._card.box.edit if self._card.box.editing else self._card).setFocus()

    def remember(self) -> Callable[[], None]:
        """For which items the marked sentence is answered now; what is returned makes it so again."""
        model = self.model
        statement, excluded = (model.statement, model.excluded) if model else (None, frozenset[str]())

        def put_back() -> None:
            if model and model is self.model and model.statement == statement:
                model.excluded = excluded
                self.show_excluded()

        return put_back

    def show_excluded(self) -> None:
        """Shows which items are left out of the answer."""
        if self.model is not None:
            self._card.box.show_excluded(self.model.served, self.model.excluded)

    def _answer(self, answer: Answer, words: str = "") -> None:
        """Answers the marked sentence; what is missing is said in its place, and asked for once."""
        if self.model is None:
            return
        self._pending = (answer, words)
        try:
            self.model.answer(answer, self._card.source.source(self._today), words)
        except Refusal as refusal:
            self.refuse(refusal)
            return
        self._pending = None
        self._card.source.mark_wrong("")
        self._card.setFocus()
        self.kept.emit()

    def _source_filled(self) -> None:
        """Enter in the last of the three: the answer that waited for them is given."""
        if self._pending:
            self._answer(*self._pending)
        else:
            self._card.setFocus()

    def begin_line(self) -> None:
        """Opens the line of the marked sentence, or says why it is not changed as one."""
        if self.model is None:
            return
        try:
            self._card.box.begin(self.model.line())
        except Refusal as refusal:
            self._card.box.say(str(refusal))

    def _written(self, words: str) -> None:
        if self.model is not None:
            self.model.write(words)
            self._card.box.say(self._card.box.guard.sentence)

    def _press_digit(self, digit: int) -> None:
        if self.model is None:
            return
        served = self.model.served
        if digit == 0:
            self.model.only_here()
        elif digit <= len(served):
            self.model.toggle(served[digit - 1])
        self.show_excluded()

    def _toggle(self, item: str) -> None:
        if self.model is not None:
            self.model.toggle(item)
            self.show_excluded()
