"""窗口表单：一张表有哪些栏，每一栏的值从哪里来，谁签名、盖什么章、一式几份.

A form is data (forms/tables), so that a centre may rename, add and drop what stands on it. Of every value it says where it
comes from: what the case already knows (取), what is asked once at the counter (问), what follows from both (算), and what
is left to a pen (手): signatures, seals and decisions are never filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.catalogue.conditions import Always, Answers, Condition, questions_in, truth

ALWAYS = Always()


class Origin(StrEnum):
    """Where the value of a field comes from."""

    KNOWN = "known"
    ASKED = "asked"
    COMPUTED = "computed"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        """取、问、算、手, as the tables of forms have it."""
        return {"known": "取", "asked": "问", "computed": "算", "by_hand": "手"}[self.value]


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick; it is ticked for any of `codes`."""

    codes: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form.

    `source` is a name of `known.KNOWN`, the key of an asked value, or the name of a computation and what it takes, after a
    colon; nothing where it is filled in by hand. `width`: how many of the two columns it takes. `unit` is printed at the end
    of the cell. With `options` the value is the code of one of them, and all are printed with their boxes.
    """

    label: str
    origin: Origin
    source: str = ""
    width: int = 1
    unit: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a name in the leftmost column.

    It stands on the form for the items named, of all where none is named, and in situations in which `when` is not known to
    be false: on a form to take along whatever may apply is printed.
    """

    name: str
    fields: tuple[FormField, ...]
    items: tuple[str, ...] = ()
    when: Condition = ALWAYS

    def applies(self, item: str, answers: Answers) -> bool:
        """Whether it stands on the form of this matter."""
        return (not self.items or item in self.items) and truth(self.when, answers) is not False


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared, paragraph by paragraph, and who signs beneath it, each with the date. `name` heads it."""

    name: str
    paragraphs: tuple[str, ...]
    signed_by: tuple[str, ...]
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register. `key` is what it is called in the rows; `kind` is that of an asked value, so that it is read as strictly.

    `computed` names what it follows from: `sum:unit,person`. `total`: its amounts are added up, page by page and in all.
    `width` is its share of the width of the paper.
    """

    key: str
    label: str
    kind: str
    width: int
    required: bool = True
    computed: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class RowTable:
    """清册的多行：`rows` to a page, empty ones where there are fewer.

    Where it has `sides`, such as 增加 and 减少, the column `side_key` says to which a row belongs, by one of the words of that side; people
    and amounts are then added up side by side.
    """

    columns: tuple[Column, ...]
    rows: int = 10
    side_key: str = ""
    sides: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns that are typed or pasted, in their order."""
        return tuple(column for column in self.columns if not column.computed)

    def side_of(self, word: str) -> str:
        """The side to which a row with this word belongs; empty where the word is of none."""
        return next((name for name, words in self.sides if word in words), "")


@dataclass(frozen=True, slots=True)
class CounterForm:
    """One form. `materials` are those of the catalogue in whose place it is filled in; `items` restricts it to some items.

    `copies` are the labels of its copies and say where each goes; `seal` which seal it bears, and in which copies. `opinions`
    are the cells for decisions, which stay empty. `checks` are names of `cross_checks.CHECKS`.
    """

    number: str
    title: str
    version: str
    materials: tuple[str, ...]
    items: tuple[str, ...]
    copies: tuple[str, ...]
    seal: str
    groups: tuple[Group, ...]
    declarations: tuple[Declaration, ...]
    opinions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    table: RowTable | None = None
    checks: tuple[str, ...] = ()
    when: Condition = ALWAYS

    def serves(self, item: str, materials: Collection[str], answers: Answers) -> bool:
        """Whether it is filled in for an item that asks for these materials."""
        asked_for = any(material in materials for material in self.materials)
        return asked_for and (not self.items or item in self.items) and truth(self.when, answers) is not False

    def shown_groups(self, item: str, answers: Answers) -> Iterator[Group]:
        """The groups that stand on it in a matter, in their order."""
        return (group for group in self.groups if group.applies(item, answers))

    def shown_declarations(self, answers: Answers) -> Iterator[Declaration]:
        """The declarations that stand on it in a situation."""
        return (one for one in self.declarations if truth(one.when, answers) is not False)

    def questions(self) -> frozenset[str]:
        """The questions of items that its situations depend on."""
        conditions = [self.when, *(one.when for one in self.groups), *(one.when for one in self.declarations)]
        return frozenset().union(*map(questions_in, conditions))

    def asked_keys(self, item: str, answers: Answers) -> list[str]:
        """The values that it asks for in a matter, each once, in the form's order."""
        fields = (field for group in self.shown_groups(item, answers) for field in group.fields)
        return list(dict.fromkeys(field.source for field in fields if field.origin is Origin.ASKED))
