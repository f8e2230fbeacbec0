"""指南里可以改的字：叫什么、怎样改、改了以后是怎样的文本。No Qt: what can be changed follows from the text alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from counter_assistant.domain.catalogue.conditions import Condition
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.condition_sentence import TOO_DEEP, in_words, sentence_of
from counter_assistant.domain.revision.editing.conditions import when_of, with_when
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.wording import Letters
from counter_assistant.domain.revision.revision import ItemRetired


class Way(StrEnum):
    """How a value is given: typed, counted, picked, ticked, put together as a sentence; or not at all."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    MANY = "many"
    CONDITION = "condition"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be picked."""

    code: str
    label: str
    hint: str = ""


GivenSource = Callable[[], Source]
"""The source that the clerk has given; raises the refusal `source-missing` where there is none yet."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What an act comes to: the changed text, and a question that is new or reads otherwise."""

    text: ServiceItem
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of the guide that can be changed.

    `act` takes a value of the kind that `value` is of, and gives the changed text; it raises what the domain's acts refuse. An
    empty `value` of something that is added stands for nothing yet. `why` says why it is closed.
    """

    spot: Spot
    label: str
    way: Way
    value: Any
    act: Callable[[Any, GivenSource], ServiceItem | Changed | ItemRetired]
    choices: tuple[Choice, ...] = ()
    adds: bool = False
    why: str = ""

    @property
    def key(self) -> str:
        """By which it is found again after the text has changed: materials[2].name."""
        index = "" if self.spot.index is None else f"[{self.spot.index}]"
        return f"{self.spot.field}{index}.{self.spot.fact}"


class Ink(StrEnum):
    """How words look that cannot be changed."""

    TEXT = "text"
    LABEL = "label"
    HINT = "hint"
    DONE = "done"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words within a line, which a slot may change."""

    text: str
    slot: Slot | None = None
    ink: Ink = Ink.TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the guide. `row` is the row of the text that it belongs to; lines of one row stand together."""

    pieces: tuple[Piece, ...]
    row: Spot
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Editing:
    """What the lines of a text are made from: the text, the catalogue that is worked on, posts by id, how names
    are read, and codes of items that no new one may have."""

    item: ServiceItem
    catalogue: Catalogue
    posts: Mapping[str, str] = field(default_factory=dict)
    letters: Letters = str
    codes: Collection[str] = ()


def label(text: str) -> Piece:
    """A word that says what follows."""
    return Piece(text, ink=Ink.LABEL)


def typed(
    spot: Spot, name: str, value: str, act: Callable[[str, GivenSource], ServiceItem | Changed], *, empty: str = ""
) -> Piece:
    """Words that are typed; `empty` stands there while there are none."""
    return Piece(value or empty or f"〔{name}〕", Slot(spot, name, Way.TEXT, value, act))


def counted(spot: Spot, name: str, value: int, act: Callable[[int, GivenSource], ServiceItem]) -> Piece:
    """A number."""
    return Piece(str(value), Slot(spot, name, Way.NUMBER, value, act))


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
    return Piece(said, Slot(spot, name, Way.ONE, value, act, choices))


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
    return Piece(said or empty, Slot(spot, name, Way.MANY, value, act, choices, adds=not value))


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
        return Piece(words, Slot(spot, name, Way.CLOSED, when, act, why=TOO_DEEP))
    return Piece(always if words == "任何情形" else words, Slot(spot, name, Way.CONDITION, when, act))


def adding(
    spot: Spot,
    name: str,
    act: Callable[[Any, GivenSource], ServiceItem | Changed | ItemRetired],
    *,
    way: Way = Way.TEXT,
    value: Any = "",
    choices: tuple[Choice, ...] = (),
) -> Piece:
    """＋ 说明: what is not there yet."""
    return Piece(f"＋{name}", Slot(spot, name, way, value, act, choices, adds=True))
