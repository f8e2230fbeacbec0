"""填表：一件事的一张表，每一栏印什么，还空着什么.

Pure: from the form, what is known, what was asked, and the rows of its register. A value keeps the field that it stands in, so
that each can be traced to where it came from. A form to take along is filled with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from counter_assistant.domain.catalogue.conditions import Answers
from counter_assistant.domain.counter_forms.amounts import in_capitals
from counter_assistant.domain.counter_forms.asked import AskedValue, ValueKind, at_rest, printed
from counter_assistant.domain.counter_forms.form import CounterForm, Declaration, FormField, Origin
from counter_assistant.domain.counter_forms.known import NUMBERS
from counter_assistant.domain.counter_forms.registers import Row, totals_of
from counter_assistant.domain.people.identity import mask_id

COMPUTATIONS = ("capitals", "sum", "count", "total", "total_capitals")
"""What a computed field may be: the sum of asked values in capitals or in figures, those after - being taken off; how many rows
the register has, and what a column of it comes to, in figures or in capitals."""


@dataclass(frozen=True, slots=True)
class CaseValues:
    """What a case gives to its forms: what is known of it by source, its answers, the asked values in their plain form by key,
    and the rows of each register by the form's number."""

    item: str
    known: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def blank(self) -> CaseValues:
        """The same case with nothing to fill in: its situation still says what stands on a form."""
        return CaseValues(self.item, {}, self.answers)

    def masked(self, form: CounterForm, asked: Mapping[str, AskedValue]) -> CaseValues:
        """The same case as a screen shows it on a form: the numbers of documents, accounts and cards masked, of the people on its
        register as well."""
        known = {source: mask_id(value) if source in NUMBERS else value for source, value in self.known.items()}
        values = {key: at_rest(asked[key].kind, value) for key, value in self.asked.items()}
        kinds = {column.key: ValueKind(column.kind) for column in form.table.typed} if form.table else {}
        rows = [
            {key: at_rest(kinds[key], value) if key in kinds else value for key, value in row.items()}
            for row in self.rows.get(form.number, ())
        ]
        return CaseValues(self.item, known, self.answers, values, {form.number: rows})


@dataclass(frozen=True, slots=True)
class Cell:
    """A field with what is printed in it; of a field with options, which are ticked, by their place."""

    field: FormField
    text: str
    ticked: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is filled in."""
        return not (self.text or self.ticked)


@dataclass(frozen=True, slots=True)
class FilledGroup:
    """A group with its cells."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form of one case, ready to be set. `rows` are those of its register."""

    form: CounterForm
    groups: tuple[FilledGroup, ...]
    declarations: tuple[Declaration, ...]
    rows: tuple[Row, ...] = ()

    def cells(self) -> Iterator[Cell]:
        """Every cell of the form, but those of its register."""
        return (cell for group in self.groups for cell in group.cells)

    def texts(self) -> list[str]:
        """Every string of it that is drawn, but those of its register."""
        found = [self.form.title, self.form.seal, *self.form.copies, *self.form.opinions, *self.form.notes]
        for group in self.groups:
            found += [
                group.name,
                *(text for cell in group.cells for text in (cell.field.label, cell.text, cell.field.unit)),
            ]
            found += [option.label for cell in group.cells for option in cell.field.options]
        for declared in self.declarations:
            found += [declared.name, *declared.paragraphs, *declared.signed_by]
        return found

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of the values that it needs and that were not asked for yet, each once."""
        empty = (cell.field for cell in self.cells() if cell.empty and cell.field.required)
        return tuple(dict.fromkeys(one.source for one in empty if one.origin is Origin.ASKED))


def fill(form: CounterForm, asked: Mapping[str, AskedValue], case: CaseValues) -> FilledForm:
    """The form of a case. `asked` defines the asked values by key."""
    rows = tuple(case.rows.get(form.number, ()))
    groups = tuple(
        FilledGroup(group.name, tuple(_cell(one, form, asked, case) for one in group.fields))
        for group in form.shown_groups(case.item, case.answers)
    )
    return FilledForm(form, groups, tuple(form.shown_declarations(case.answers)), rows)


def options_of(one: FormField, asked: Mapping[str, AskedValue]) -> FormField:
    """The field with the options of the value that it asks for, where it has none of its own."""
    if one.options or one.origin is not Origin.ASKED or not asked[one.source].options:
        return one
    return FormField(one.label, one.origin, one.source, one.width, one.unit, asked[one.source].options, one.required)


def _cell(one: FormField, form: CounterForm, asked: Mapping[str, AskedValue], case: CaseValues) -> Cell:
    one = options_of(one, asked)
    value = _value(one, form, asked, case)
    if one.options:
        ticked = frozenset(at for at, option in enumerate(one.options) if value in option.codes)
        return Cell(one, "", ticked)
    if one.origin is Origin.ASKED:
        return Cell(one, printed(asked[one.source].kind, value))
    return Cell(one, value)


def _value(one: FormField, form: CounterForm, asked: Mapping[str, AskedValue], case: CaseValues) -> str:
    match one.origin:
        case Origin.KNOWN:
            return case.known.get(one.source, "")
        case Origin.ASKED:
            return case.asked.get(one.source, "")
        case Origin.COMPUTED:
            return _computed(one.source, form, asked, case)
        case Origin.BY_HAND:  # pragma: no branch - the last origin there is
            return ""


def _computed(source: str, form: CounterForm, asked: Mapping[str, AskedValue], case: CaseValues) -> str:
    what, _, of = source.partition(":")
    if what in ("capitals", "sum"):
        keys = of.split(",")
        total = _sum(keys, case)
        if total is None:
            return ""
        return in_capitals(total) if what == "capitals" else printed(asked[keys[0]].kind, str(total))
    rows = case.rows.get(form.number, ())
    if not rows or form.table is None:
        return ""
    totals = totals_of(form.table, rows)
    if what == "count":
        return str(totals.count)
    return in_capitals(totals.sums[of]) if what == "total_capitals" else printed(ValueKind.AMOUNT, str(totals.sums[of]))


def _sum(keys: Sequence[str], case: CaseValues) -> int | None:
    """The sum of asked values, those after - taken off; None while none is given, or where it would be less than nothing."""
    given = [(key, case.asked.get(key.removeprefix("-"), "")) for key in keys]
    total = sum(int(value or 0) * (-1 if key.startswith("-") else 1) for key, value in given)
    return total if any(value for _, value in given) and total >= 0 else None
