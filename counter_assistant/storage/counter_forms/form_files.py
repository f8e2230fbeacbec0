"""窗口表单的文件：`forms/tables/` 里一张表一个，问什么在 `asked.toml`。Every fault names the file, the place and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_assistant.domain.counter_forms.asked import AskedValue, ValueKind
from counter_assistant.domain.counter_forms.cross_checks import CHECKS
from counter_assistant.domain.counter_forms.filling import COMPUTATIONS
from counter_assistant.domain.counter_forms.form import (
    Column,
    CounterForm,
    Declaration,
    FormField,
    Group,
    Option,
    Origin,
    RowTable,
)
from counter_assistant.domain.counter_forms.known import is_known
from counter_assistant.storage.content.source_tables import read_condition
from counter_assistant.storage.content.strict_table import Table

ASKED_FILE = "asked.toml"
_ORIGINS = {"take": Origin.KNOWN, "ask": Origin.ASKED, "compute": Origin.COMPUTED, "hand": Origin.BY_HAND}


@dataclass(frozen=True)
class CounterForms:
    """The forms by number, and what they ask for by key."""

    forms: Mapping[str, CounterForm]
    asked: Mapping[str, AskedValue]


def read_forms(folder: Path) -> CounterForms:
    """Every form of a folder.

    Raises:
        ContentFault: a fault of a file.
    """
    asked = _asked(folder / ASKED_FILE)
    paths = sorted((path for path in folder.glob("*.toml") if path.name != ASKED_FILE), key=lambda path: path.stem)
    forms = [_form(path, asked) for path in paths]
    return CounterForms({form.number: form for form in forms}, asked)


def _asked(path: Path) -> dict[str, AskedValue]:
    table = Table.of_file(path)
    found: dict[str, AskedValue] = {}
    for row in table.tables("asked"):
        key, kind, options = row.text("key"), _kind(row, "kind"), _options(row)
        if key in found:
            raise row.fault("写了两次", key)
        if bool(options) is not (kind is ValueKind.CHOICE):
            raise row.fault("选一项的要有选项，其他的不要", key)
        value = AskedValue(key, row.text("label"), kind, row.text("hint", ""), row.text("unit", ""), options)
        row.done()
        found[key] = value
    table.done()
    return found


def _kind(row: Table, key: str) -> ValueKind:
    kind = row.text(key)
    if kind not in list(ValueKind):
        raise row.fault(f"“{kind}”不认识，可以是 {'、'.join(ValueKind)}", key)
    return ValueKind(kind)


def _options(row: Table) -> tuple[Option, ...]:
    """Options as [codes, label]; the codes, of which any ticks the box, are parted by blanks."""
    rows = row.take("options", list, [])
    for one in rows:
        if not (isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) and part for part in one)):
            raise row.fault("选项要写成 [编码, 文字]", "options")
    return tuple(Option(tuple(codes.split()), label) for codes, label in rows)


def _form(path: Path, asked: Mapping[str, AskedValue]) -> CounterForm:
    table = Table.of_file(path)
    register = _register(table.table("register")) if table.has("register") else None
    form = CounterForm(
        number=table.text("number"),
        title=table.text("title"),
        version=table.text("version"),
        materials=table.texts("materials"),
        items=table.texts("items", []),
        copies=table.texts("copies"),
        seal=table.text("seal"),
        groups=tuple(_group(row, asked, register) for row in table.tables("group")),
        declarations=tuple(_declaration(row) for row in table.tables("declaration")),
        opinions=table.texts("opinions", []),
        notes=table.texts("notes", []),
        table=register,
        checks=table.texts("checks", []),
        when=read_condition(table),
    )
    if path.stem != form.number:
        raise table.fault(f"写的是“{form.number}”，与文件名不符", "number")
    if unknown := [name for name in form.checks if name not in CHECKS]:
        raise table.fault(f"没有“{unknown[0]}”这一项勾稽", "checks")
    table.done()
    return form


def _group(row: Table, asked: Mapping[str, AskedValue], register: RowTable | None) -> Group:
    fields = tuple(_field(one, asked, register) for one in row.tables("fields"))
    group = Group(row.text("name"), fields, row.texts("items", []), read_condition(row))
    row.done()
    return group


def _field(row: Table, asked: Mapping[str, AskedValue], register: RowTable | None) -> FormField:
    origins = [key for key in _ORIGINS if row.has(key)]
    if len(origins) != 1:
        raise row.fault("每一栏要有 take、ask、compute、hand 中的一项")
    origin, width = _ORIGINS[origins[0]], row.take("width", int, 1)
    source = "" if origin is Origin.BY_HAND and row.take("hand", bool) else row.text(origins[0])
    if not _exists(origin, source, asked, register):
        raise row.fault(f"没有“{source}”这个来处", origins[0])
    if width not in (1, 2):
        raise row.fault("占一栏或者两栏", "width")
    found = FormField(
        row.text("label"), origin, source, width, row.text("unit", ""), _options(row), row.take("required", bool, False)
    )
    row.done()
    return found


def _exists(origin: Origin, source: str, asked: Mapping[str, AskedValue], register: RowTable | None) -> bool:
    match origin:
        case Origin.KNOWN:
            return is_known(source)
        case Origin.ASKED:
            return source in asked
        case Origin.BY_HAND:
            return source == ""
        case Origin.COMPUTED:  # pragma: no branch - the last origin there is
            return _computable(source, asked, register)


def _computable(source: str, asked: Mapping[str, AskedValue], register: RowTable | None) -> bool:
    what, _, of = source.partition(":")
    if what not in COMPUTATIONS:
        return False
    if what in ("capitals", "sum"):
        kinds = {asked[key].kind if key in asked else None for key in of.replace("-", "").split(",")}
        return kinds == {ValueKind.AMOUNT} or (what == "sum" and kinds == {ValueKind.COUNT})
    columns = {column.key for column in register.columns if column.total} if register else set()
    return register is not None and (what == "count" or of in columns)


def _declaration(row: Table) -> Declaration:
    declared = Declaration(row.text("name"), row.texts("paragraphs"), row.texts("signed_by"), read_condition(row))
    row.done()
    return declared


def _register(table: Table) -> RowTable:
    columns = tuple(_column(row) for row in table.tables("columns"))
    sides = tuple((row.text("name"), row.texts("words")) for row in table.tables("sides"))
    register = RowTable(columns, table.take("rows", int, 10), table.text("side_key", ""), sides)
    keys = [column.key for column in columns]
    if bool(sides) is not (register.side_key in keys):
        raise table.fault("增减两边要有一栏来分", "side_key")
    if any(part not in keys for column in columns for part in _parts(column)):
        raise table.fault("相加的栏不在表里", "columns")
    table.done()
    return register


def _parts(column: Column) -> list[str]:
    return column.computed.partition(":")[2].split(",") if column.computed else []


def _column(row: Table) -> Column:
    kind: Any = _kind(row, "kind")
    column = Column(
        row.text("key"), row.text("label"), kind.value, row.take("width", int), row.take("required", bool, True),
        row.text("compute", ""), row.take("total", bool, False),
    )  # fmt: skip
    if column.computed and not column.computed.startswith("sum:"):
        raise row.fault("栏只能是相加得来的", "compute")
    row.done()
    return column
