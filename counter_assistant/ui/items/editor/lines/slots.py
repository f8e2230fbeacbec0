"""指南里可以改的字：叫什么、怎样改、改了是怎样的一步。No Qt: what can be changed follows from the text alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from counter_assistant.domain.catalogue.conditions import Condition
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.condition_sentence import TOO_DEEP, in_words, sentence_of
from counter_assistant.domain.revision.differences import source_in_words
from counter_assistant.domain.revision.editing.conditions import when_of, with_when
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.row_sources import source_of, with_source
from counter_assistant.domain.revision.editing.wording import Letters
from counter_assistant.domain.revision.revision import ItemRetired, QuestionEdited, TextEdited, applied
from counter_assistant.domain.revision.statements import newest


class Way(StrEnum):
    """How a value is given: typed, counted, picked, ticked, put together as a sentence, as a document; or not at all."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    MANY = "many"
    CONDITION = "condition"
    SOURCE = "source"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be picked."""

    code: str
    label: str
    hint: str = ""


GivenSource = Callable[[], Source]
"""The source that the clerk has given; raises the refusal `source-missing` where there is none yet."""


Made = ServiceItem | TextEdited | QuestionEdited | ItemRetired
"""What an act comes to: the changed text, or where it is more than that the act of the revision."""


ALL = "all"
"""Everybody who shares what is changed, as whom a change is for."""


class Act(Protocol):
    """What comes of a value of the kind that the slot's is, for whom of its `scopes`."""

    def __call__(self, value: Any, source: GivenSource, scope: str = ALL, /) -> Made: ...


T = TypeVar("T")


def unshared(act: Callable[[T, GivenSource], Made]) -> Act:
    """The act of a slot that no other item shares."""
    return lambda value, source, scope=ALL: act(value, source)


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of the guide that can be changed.

    `act` takes a value of the kind that `value` is of, and gives the changed text; it raises what the domain's acts refuse. An
    empty `value` of something that is added stands for nothing yet. `why` says why it is closed. Where `scopes` are named, other
    items share what is changed, and it is asked whom the change is for.
    """

    spot: Spot
    label: str
    way: Way
    value: Any
    act: Act
    choices: tuple[Choice, ...] = ()
    adds: bool = False
    why: str = ""
    scopes: tuple[Choice, ...] = ()

    @property
    def key(self) -> str:
        """By which it is found again after the text has changed: materials[2].name."""
        index = "" if self.spot.index is None else f"[{self.spot.index}]"
        return f"{self.spot.field}{index}.{self.spot.fact}"

    @property
    def codes(self) -> tuple[str, ...]:
        """Whom a change can be for."""
        return tuple(choice.code for choice in self.scopes) or (ALL,)


class Ink(StrEnum):
    """How words look that cannot be changed."""

    TEXT = "text"
    LABEL = "label"
    HINT = "hint"
    DONE = "done"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words within a line, which a slot may change. Those that are `aside` stand at its right end."""

    text: str
    slot: Slot | None = None
    ink: Ink = Ink.TEXT
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the guide. `row` is the row of the text that it belongs to; lines of one row stand together. It is `open` while
    the centre has yet to confirm it.
    """

    pieces: tuple[Piece, ...]
    row: Spot
    heading: bool = False

    @property
    def open(self) -> bool:
        """Whether what it says comes from a guide or an assumption."""
        given = (piece.slot.value for piece in self.pieces if piece.slot and piece.slot.way is Way.SOURCE)
        return any(isinstance(source, Source) and source.to_confirm for source in given)


@dataclass(frozen=True, slots=True)
class Editing:
    """What the lines of a text are made from: the text, the catalogue that is worked on, posts by id, how names
    are read, and codes of items that no new one may have."""

    item: ServiceItem
    catalogue: Catalogue
    posts: Mapping[str, str] = field(default_factory=dict)
    letters: Letters = str
    codes: Collection[str] = ()

    def text_after(self, made: Made) -> ServiceItem | None:
        """The text as an act leaves it; None where the item is handled no more, or is another one's.

        Raises:
            Refusal: what `applied` refuses.
        """
        match made:
            case ServiceItem():
                return made
            case TextEdited():
                return made.text
            case QuestionEdited():
                return newest(applied(self.catalogue, made), self.item.id)
        return None


def label(text: str) -> Piece:
    """A word that says what follows."""
    return Piece(text, ink=Ink.LABEL)


def typed(
    spot: Spot,
    name: str,
    value: str,
    act: Callable[[str, GivenSource], Made],
    *,
    empty: str = "",
) -> Piece:
    """Words that are typed; `empty` stands there while there are none."""
    return Piece(value or empty or f"〔{name}〕", Slot(spot, name, Way.TEXT, value, unshared(act)))


def tied(text: str) -> Piece:
    """Words before a number, with which they stay on one line."""
    return Piece("\u2060".join(text) + "\u00a0")


def counted(
    spot: Spot, name: str, value: int, act: Callable[[int, GivenSource], ServiceItem], *, shown: str = ""
) -> Piece:
    """A number; where it stands for something else, that is `shown`."""
    return Piece(shown or str(value), Slot(spot, name, Way.NUMBER, value, unshared(act)))


def picked(
    spot: Spot,
    name: str,
    value: str,
    choices: tuple[Choice, ...],
    act: Callable[[str, GivenSource], ServiceItem],
    *,
    shown: str = "",
) -> Piece:
    """One of several."""
    said = shown or next((choice.label for choice in choices if choice.code == value), value) or f"〔{name}〕"
    return Piece(said, Slot(spot, name, Way.ONE, value, unshared(act), choices))


def ticked(
    spot: Spot,
    name: str,
    value: tuple[str, ...],
    choices: tuple[Choice, ...],
    act: Callable[[tuple[str, ...], GivenSource], ServiceItem],
    *,
    empty: str,
    mark: str = "、",
) -> Piece:
    """Any of several."""
    names = {choice.code: choice.label for choice in choices}
    said = mark.join(names.get(code, code) for code in value)
    return Piece(said or empty, Slot(spot, name, Way.MANY, value, unshared(act), choices, adds=not value))


def conditional(editing: Editing, field: str, index: int, name: str, *, always: str = "任何情形") -> Piece:
    """When a row holds, as a sentence; closed where it is deeper than a sentence can be."""
    item = editing.item
    when = when_of(item, field, index)
    spot = Spot(field, index, "when")

    def act(value: Condition, source: GivenSource) -> ServiceItem:
        sourced = field not in ("handling", "questions")
        return with_when(item, field, index, value, source() if sourced else Source("centre"))

    words = in_words(item, when)
    if sentence_of(when) is None:
        return Piece(words, Slot(spot, name, Way.CLOSED, when, unshared(act), why=TOO_DEEP))
    return Piece(always if words == "任何情形" else words, Slot(spot, name, Way.CONDITION, when, unshared(act)))


def adding(
    spot: Spot,
    name: str,
    act: Callable[[Any, GivenSource], Made],
    *,
    way: Way = Way.TEXT,
    value: Any = "",
    choices: tuple[Choice, ...] = (),
) -> Piece:
    """＋ 说明: what is not there yet."""
    return Piece(f"＋{name}", Slot(spot, name, way, value, unshared(act), choices, adds=True))


LONGEST_ASIDE = 24
"""Characters of a source beside its line; the whole of it stands where it is changed."""


def carried_by(editing: Editing, spot: Spot, *, shown: str = "") -> Piece:
    """What carries a row, at the end of its line; another document can be named for it there, in the same words."""
    item = editing.item
    source = source_of(item, spot)

    def act(given: Source, _: GivenSource) -> ServiceItem:
        return with_source(item, spot, given)

    slot = Slot(spot, "这一行的依据", Way.SOURCE, source, unshared(act), adds=source is None)
    if source is None:
        return Piece("写明依据", slot, Ink.HINT, aside=True)
    words = source_in_words(source)
    short = words if len(words) <= LONGEST_ASIDE else f"{words[: LONGEST_ASIDE - 1]}…"
    if source.to_confirm:
        return Piece(shown or f"来源：{short}", slot, Ink.HINT, aside=True)
    return Piece(f"{short}\u00a0✓", slot, Ink.DONE, aside=True)
