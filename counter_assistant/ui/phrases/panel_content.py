"""面板要显示的：此刻的、其他的、找到的，和一通电话的次序。No Qt: the panel asks on every key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import ascii_lowercase
from typing import TYPE_CHECKING

from counter_assistant.domain.wording.phrases import Moment, Phrase, PhraseChannel
from counter_assistant.operations.intake.request import Channel as ToldBy
from counter_assistant.operations.registers.calls import note_call, reading_order
from counter_assistant.operations.wording.office_phrases import decide_phrases, decided, index_of
from counter_assistant.operations.wording.suggestions import CurrentMatter, call_order, fitting, moments_of, values_of
from counter_assistant.ui.phrases.rows import Group, Row, Values, rows_of

if TYPE_CHECKING:
    from counter_assistant.domain.wording.phrase_search import PhraseIndex
    from counter_assistant.operations.office import Office


class Offering:
    """The phrases of an office for what stands on the desk. `values` fill the blanks, as the matter on the desk gives them."""

    def __init__(self, office: Office, source: Callable[[], CurrentMatter]) -> None:
        self._office, self._source = office, source
        self.index: PhraseIndex = index_of(office)
        self.on_desk = CurrentMatter()
        self.values: dict[str, str] = {}
        self._now: tuple[Phrase, ...] = ()
        self._letters: dict[str, list[Phrase]] = {}

    def refresh(self) -> bool:
        """Reads the desk anew; True where another applicant stands there, another moment has come, or other values."""
        before = self._stand()
        self.on_desk = self._source()
        self.values = values_of(self._office, self.on_desk.matter)
        self._now = self._fitting()
        return before != self._stand()

    def _stand(self) -> tuple[object, ...]:
        matter = self.on_desk.matter
        person = (matter.request.request_id, matter.request.channel) if matter else ()
        return self.values, self.moments, person

    @property
    def on_the_telephone(self) -> bool:
        """Whether the applicant on the desk is on the telephone."""
        matter = self.on_desk.matter
        return matter is not None and matter.request.channel is ToldBy.PHONE

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moment, and those right after it."""
        return moments_of(self.on_desk.matter, issued=self.on_desk.issued)

    def rows(self, text: str, channel: PhraseChannel, typed: Mapping[int, Values]) -> list[Row]:
        """The lines for what was typed; without a word what fits now, and then the rest."""
        if text.strip():
            fitting_now = {phrase.number for phrase in self._now}
            found = sorted(self._search(text), key=lambda phrase: phrase.number not in fitting_now)
            nothing = [] if found else [Row(heading="没有找到。可以输入原话里的字，或者拼音首字母。")]
            return nothing or rows_of([Group("", found)], self.values, typed)
        groups = self._call() if channel is PhraseChannel.PHONE else self._counter()
        return rows_of(groups, self.values, typed)

    def _counter(self) -> list[Group]:
        now = self._now
        offered = {phrase.number for phrase in now}
        others = [phrase for phrase in self.index.phrases if phrase.number not in offered]
        others.sort(key=lambda phrase: phrase.channel is not PhraseChannel.COUNTER)
        return [Group(f"此刻 · {self.moments[0].label}", now), Group("其他", others)]

    def _fitting(self) -> tuple[Phrase, ...]:
        return fitting(self.index.phrases, self.moments, PhraseChannel.COUNTER, self.values)

    def _call(self) -> list[Group]:
        steps = call_order(self.index.phrases, self.on_desk.matter, self.values, issued=self.on_desk.issued)
        return [Group(moment.label, phrases) for moment, phrases in steps]

    def reading(self) -> tuple[str, tuple[str, ...]]:
        """The item on the desk, and its checklist as it is read out."""
        matter = self.on_desk.matter
        return (matter.item.name, reading_order(matter)) if matter else ("", ())

    def pin(self, phrase: Phrase) -> bool:
        """Pins a phrase, or takes the pin back. Returns whether it is pinned now.

        Raises:
            Refusal: what `decide_phrases` refuses.
        """
        own = decided(self._office)
        pinned = [number for number in own.pinned if number != phrase.number]
        if is_new := len(pinned) == len(own.pinned):
            pinned.append(phrase.number)
        decide_phrases(self._office, own.own, pinned)
        self.reload()
        return is_new

    def reload(self) -> None:
        """Reads the office's phrases anew."""
        self.index = index_of(self._office)
        self._now = self._fitting()
        self._letters = {}

    def preload(self) -> bool:
        """Searches one more letter ahead, since the first key takes longest; False once all letters are searched."""
        letter = next((letter for letter in ascii_lowercase if letter not in self._letters), None)
        if letter is not None:
            self._letters[letter] = self.index.search(letter)
        return letter is not None

    def _search(self, text: str) -> list[Phrase]:
        return self._letters.get(text) or self.index.search(text)

    def note(self, text: str, key: str) -> None:
        """Records the note of a call.

        Raises:
            Refusal: what `note_call` refuses.
        """
        matter = self.on_desk.matter
        note_call(self._office, text, item=matter.item.id if matter else "", key=key)
