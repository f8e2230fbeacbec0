"""照纸填号的一步：填了下一个是几号，跳得远的、备份以后没有出过的，说清楚，再按一次才算."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_assistant.operations.safekeeping.book_held_against import NumbersRefused
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.recovery.guide_frame import GuideFrame


class AskingNumbers(QObject):
    """Asks for the last numbers on paper, on the parts of a page. What may give a number twice, or pass over many, takes a second press
    of the same key, after a sentence that says what follows."""

    def __init__(self, frame: GuideFrame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._sure_of: tuple[str, ...] | None = None
        self.none_since = False
        """Whether somebody said twice that no paper was issued since."""
        frame.numbers.changed.connect(self._changed)
        frame.agree.unavailable.connect(self._say_why)

    def begin(self, refused: NumbersRefused) -> None:
        """Asks, in the place of what the page is about."""
        frame = self._frame
        frame.ask_numbers(on=True)
        frame.numbers.show_about(refused)
        self._sure_of, self.none_since = None, False
        frame.message.say(words.FILLED, "attention")

    def offer(self) -> None:
        """Offers what may be said instead of a number; not while one is typed."""
        self._frame.offer(words.NONE_SINCE)
        self._frame.agree.setEnabled(not self._frame.numbers.typed)

    def may_go_on(self) -> bool:
        """Whether what is typed may be taken; else says what is missing, or what the same key a second time does."""
        numbers, message = self._frame.numbers, self._frame.message
        if not numbers.typed:
            if not self.none_since:
                message.say(words.NO_NUMBER, "error")
            return self.none_since
        far = numbers.far
        if far and self._sure_of != numbers.typed:
            self._sure_of = numbers.typed
            message.say("".join(each.in_words for each in far) + words.FAR_SURE, "attention")
            numbers.go_to_far()
            return False
        return True

    def say_none(self) -> None:
        """That nothing was issued since: once it says what follows, twice it counts."""
        self.none_since = self._sure_of == ()
        self._sure_of = ()
        if not self.none_since:
            self._frame.message.say(words.NONE_SURE.format(self._frame.numbers.next_in_words), "attention")

    def take_back(self) -> bool:
        """Goes back to the fields from what was to be pressed twice; False where nothing was."""
        if self._sure_of is None or self.none_since:
            return False
        self._sure_of = None
        self._frame.message.say(words.FILLED, "attention")
        self._frame.numbers.setFocus()
        return True

    def _changed(self, follows: str) -> None:
        self._sure_of, self.none_since = None, False
        self._frame.message.say(f"{follows}{words.FILLED}", "attention")

    def _say_why(self) -> None:
        if self._frame.asks_numbers and self._frame.numbers.typed:
            self._frame.message.say(words.TYPED, "attention")
