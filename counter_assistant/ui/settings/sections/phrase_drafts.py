"""设置页的用语草稿：写了还没有记入的先留着，记入一句是台账里的一条. No Qt: the section shows what stands here.

Pinning, hiding and moving are recorded at once. What was typed stays a draft until it is recorded, so that nobody at
the counter is offered half a sentence, and a draft that is refused stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Moment, Phrase, PhraseChannel, own_phrase
from counter_assistant.operations.wording.office_phrases import decide_phrases, decided, next_number

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

UNRECORDED = Refusal("phrase-unrecorded", "这一句还没有记入。", "先按 Ctrl+S 记入。")
IN_ORDER = Refusal("phrase-in-order", "守则和本中心的用语按原来的次序排。", "要它在前面，按 Ctrl+P 置顶。")
NOT_HIDDEN = Refusal("phrase-approved", "守则和本中心的用语不能隐藏。", "只能隐藏本单位自己的。")


class PhraseDrafts:
    """The phrases of an office, with what is typed for them and not recorded yet."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._typed: dict[int, Phrase] = {}

    def phrases(self) -> list[Phrase]:
        """All phrases as they are offered, each as it is typed now; new ones last."""
        saved = self._office.content.phrases
        known = {phrase.number for phrase in saved}
        new = [phrase for number, phrase in self._typed.items() if number not in known]
        return [self._as_typed(phrase) for phrase in saved] + new

    def _as_typed(self, phrase: Phrase) -> Phrase:
        typed = self._typed.get(phrase.number)
        return replace(typed, hidden=phrase.hidden, pinned=phrase.pinned, order=phrase.order) if typed else phrase

    @property
    def dirty(self) -> tuple[int, ...]:
        """The numbers of the phrases that are typed and not recorded."""
        return tuple(self._typed)

    def begin(self) -> int:
        """Begins a new phrase, at the counter and for a welcome until something else is chosen. Returns its number."""
        number = max((next_number(self._office), *(typed + 1 for typed in self._typed)))
        self._typed[number] = _draft(number, "", PhraseChannel.COUNTER, Moment.WELCOME)
        return number

    def take(self, number: int, text: str, channel: PhraseChannel, moment: Moment) -> None:
        """Takes what is typed for an own phrase now; typed as it is recorded, it is no draft."""
        draft = _draft(number, text, channel, moment)
        saved = next((own for own in decided(self._office).own if own.number == number), None)
        if saved and (saved.text, saved.channel, saved.moment) == (text.strip(), channel, moment):
            self._typed.pop(number, None)
        else:
            self._typed[number] = draft

    def drop_empty(self) -> bool:
        """Discards new phrases without a word. Returns whether there was one."""
        saved = {own.number for own in decided(self._office).own}
        empty = [number for number, draft in self._typed.items() if number not in saved and not draft.text.strip()]
        for number in empty:
            del self._typed[number]
        return bool(empty)

    def drop(self) -> None:
        """Discards everything that is not recorded."""
        self._typed = {}

    def record(self, number: int) -> None:
        """Records a draft; one that is refused stays a draft (守则 三).

        Raises:
            Refusal: what `own_phrase` and `decide_phrases` refuse.
        """
        draft = self._typed[number]
        before = decided(self._office)
        hidden = any(own.hidden for own in before.own if own.number == number)
        phrase = own_phrase(number, draft.text, draft.channel, draft.moment, hidden=hidden)
        known = any(own.number == number for own in before.own)
        changed = [phrase if own.number == number else own for own in before.own] + ([] if known else [phrase])
        decide_phrases(self._office, changed, before.pinned)
        del self._typed[number]

    def pin(self, phrase: Phrase) -> bool:
        """Puts a phrase before the others, or takes that back. Returns whether it is pinned now.

        Raises:
            Refusal: `phrase-unrecorded`, and what `decide_phrases` refuses.
        """
        before = self._recorded(phrase)
        pinned = [number for number in before[1] if number != phrase.number]
        is_new = len(pinned) == len(before[1])
        decide_phrases(self._office, before[0], [*pinned, phrase.number] if is_new else pinned)
        return is_new

    def hide(self, phrase: Phrase) -> bool:
        """Hides an own phrase, or shows it again. Returns whether it is hidden now.

        Raises:
            Refusal: `phrase-approved`, `phrase-unrecorded`, and what `decide_phrases` refuses.
        """
        if not phrase.own:
            raise NOT_HIDDEN
        own, pinned = self._recorded(phrase)
        turned = [replace(one, hidden=not one.hidden) if one.number == phrase.number else one for one in own]
        decide_phrases(self._office, turned, pinned)
        return next(one.hidden for one in turned if one.number == phrase.number)

    def move(self, phrase: Phrase, step: int) -> bool:
        """Moves a phrase by one among the pinned or among the own; False at the end.

        Raises:
            Refusal: `phrase-in-order`, `phrase-unrecorded`, and what `decide_phrases` refuses.
        """
        own, pinned = self._recorded(phrase)
        is_pinned = phrase.number in pinned
        if not (is_pinned or phrase.own):
            raise IN_ORDER
        among = pinned if is_pinned else [one.number for one in own if one.number not in pinned]
        order = _swapped(among, phrase.number, step)
        if order and is_pinned:
            decide_phrases(self._office, own, order)
        elif order:
            decide_phrases(self._office, _in_order(own, order), pinned)
        return bool(order)

    def _recorded(self, phrase: Phrase) -> tuple[Sequence[Phrase], Sequence[int]]:
        before = decided(self._office)
        if phrase.own and all(own.number != phrase.number for own in before.own):
            raise UNRECORDED
        return before.own, before.pinned


def _draft(number: int, text: str, channel: PhraseChannel, moment: Moment) -> Phrase:
    """A phrase as it is typed, which may still be empty."""
    sound = own_phrase(number, text if text.strip() else "空", channel, moment)
    return sound if text.strip() else replace(sound, text="")


def _swapped(numbers: Sequence[int], number: int, step: int) -> list[int]:
    """The numbers with one moved by a step; none where it stands at the end already."""
    place = numbers.index(number)
    if not 0 <= place + step < len(numbers):
        return []
    found = list(numbers)
    found[place], found[place + step] = found[place + step], found[place]
    return found


def _in_order(own: Sequence[Phrase], order: Sequence[int]) -> list[Phrase]:
    """The own phrases with those of `order` in that order; the others keep their places."""
    by_number = {phrase.number: phrase for phrase in own}
    following = iter(order)
    return [by_number[next(following)] if phrase.number in order else phrase for phrase in own]
