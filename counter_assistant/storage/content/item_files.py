"""Reads one item file and the materials and redress texts that items share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from counter_assistant.domain.calendar.time_limit import USUAL_PAUSES, PauseReason
from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.items import Approval, EligibilityCondition, Handling, Note, ServiceItem, Step
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, NeverAsk, Submit
from counter_assistant.domain.catalogue.questions import AskedQuestion, Question
from counter_assistant.storage.content.source_tables import read_article, read_condition, read_source
from counter_assistant.storage.content.strict_table import Table

S = TypeVar("S", Material, NeverAsk)


@dataclass(frozen=True)
class Shared:
    """What items share, read when the first item is opened."""

    questions: dict[str, Question]
    folder: Path

    @cached_property
    def materials(self) -> dict[str, Material]:
        """The shared definitions of materials."""
        rows = Table.of_file(self.folder / "materials.toml").tables("material")
        return _by_id(rows, _material)

    @cached_property
    def never_ask(self) -> dict[str, NeverAsk]:
        """What must never be asked for, with reason and source."""
        rows = Table.of_file(self.folder / "never-ask.toml").tables("never_ask")
        return _by_id(rows, _forbidden)

    @cached_property
    def redress(self) -> dict[str, str]:
        """The texts of part five, by key."""
        table = Table.of_file(self.folder / "redress.toml")
        return {key: table.text(key) for key in table.keys()}  # noqa: SIM118 - Table is not a mapping


def _by_id(rows: Iterable[Table], read: Callable[[Table], S]) -> dict[str, S]:
    """The shared definitions by id; one that stands there twice is a fault."""
    found: dict[str, S] = {}
    for row in rows:
        definition = read(row)
        if definition.id in found:
            raise row.fault("重复的编码", "id")
        found[definition.id] = definition
    return found


def read_item(path: Path, shared: Shared) -> ServiceItem:
    """One text of an item. Every fault names the file, the place and what is wrong."""
    table = Table.of_file(path)
    service, limits, redress = table.table("service"), table.table("limits"), table.table("redress")
    item = ServiceItem(
        id=table.text("id"),
        name=table.text("name"),
        also_called=table.texts("also_called", []),
        department=table.text("department"),
        handling=_handling(table),
        effective_from=table.take("effective_from", date),
        effective_to=table.take("effective_to", date) if table.has("effective_to") else None,
        checked=table.take("checked", date),
        approval=_approval(table.table("approval")),
        basis=tuple(read_article(row) for row in table.tables("basis")),
        basis_note=table.text("basis_note", ""),
        conditions=tuple(_eligibility(row) for row in table.tables("condition")),
        notes=tuple(_note(row) for row in table.tables("note")),
        questions=tuple(_asked(row, shared) for row in table.tables("question")),
        materials=tuple(_rule(row, shared) for row in table.tables("material")),
        never_ask=tuple(_never(row, shared) for row in table.tables("never_ask")),
        steps=tuple(_step(row) for row in table.tables("step")),
        statutory=tuple(_statutory(row) for row in limits.tables("statutory")),
        promised=_limit(limits.table("promised")),
        procedure=service.text("procedure"),
        flow=service.text("flow"),
        standard=service.text("standard"),
        remedy=_shared_text(redress, "supplement", shared),
        redress=_shared_text(redress, "announced", shared),
        refusal=_shared_text(redress, "refusal", shared),
    )
    for part in (table, service, limits, redress):
        part.done()
    return item


def _handling(table: Table) -> tuple[tuple[Condition, Handling], ...]:
    value = table.take("handling", object)
    if isinstance(value, str):
        return ((Always(), _one_of(table, "handling", value, Handling)),)
    rows = Table({"handling": value}, table.file).tables("handling")
    return tuple(map(_handling_row, rows))


def _handling_row(row: Table) -> tuple[Condition, Handling]:
    handling = (read_condition(row), _one_of(row, "is", row.text("is"), Handling))
    row.done()
    return handling


def _one_of(table: Table, key: str, value: str, kinds: Any) -> Any:
    if value not in list(kinds):
        raise table.fault(f"“{value}”不认识，可以是 {'、'.join(kinds)}", key)
    return kinds(value)


def _approval(table: Table) -> Approval | None:
    if not table.keys():
        return None
    approval = Approval(table.text("number"), table.take("date", date), table.text("approver"))
    table.done()
    return approval


def _eligibility(row: Table) -> EligibilityCondition:
    broken = read_condition(row, "broken_when") if row.has("broken_when") else None
    condition = EligibilityCondition(
        row.text("id"),
        row.text("text"),
        read_source(row),
        broken,
        row.text("broken_text", ""),
        row.text("next_step", ""),
    )
    row.done()
    return condition


def _note(row: Table) -> Note:
    note = Note(row.text("text"), read_source(row), read_condition(row))
    row.done()
    return note


def _asked(row: Table, shared: Shared) -> AskedQuestion:
    question = shared.questions.get(row.text("id"))
    if question is None:
        raise row.fault("没有这个情形问题", "id")
    codes = row.texts("options", [option.code for option in question.options])
    unknown = [code for code in codes if question.option(code) is None]
    if unknown:
        raise row.fault(f"没有“{unknown[0]}”这个回答", "options")
    phrases = row.table("phrases") if row.has("phrases") else Table({}, row.file, row.place)
    options = tuple(
        replace(option, phrase=phrases.text(option.code, option.phrase))
        for option in question.options
        if option.code in codes
    )
    phrases.done()
    kept = replace(question, options=options)
    asked = AskedQuestion(kept, read_condition(row))
    row.done()
    return asked


def _material(row: Table) -> Material:
    originals, copies = row.take("originals", int, 1), row.take("copies", int, 0)
    keep_originals, keep_copies = row.take("keep_originals", int, 0), row.take("keep_copies", int, copies)
    submit = _one_of(row, "submit", row.text("submit", "hand_in"), Submit)
    material = Material(
        row.text("id"),
        row.text("name"),
        row.text("issuer"),
        row.text("requirement"),
        originals,
        copies,
        submit,
        keep_originals,
        keep_copies,
        read_source(row),
        row.texts("covers", []),
        row.texts("one_of", []),
    )
    row.done()
    return material


def _rule(row: Table, shared: Shared) -> MaterialRule:
    base = shared.materials.get(row.text("id"))
    if base is None:
        raise row.fault("没有这种材料的共用定义", "id")
    changes: dict[str, Any] = {}
    for key in ("name", "issuer", "requirement"):
        if row.has(key):
            changes[key] = row.text(key)
    if row.has("covers"):  # which document it is leaves no choice between several
        changes |= {"covers": row.texts("covers"), "one_of": ()}
    for key in ("originals", "copies", "keep_originals", "keep_copies"):
        if row.has(key):
            changes[key] = row.take(key, int)
    if row.has("submit"):
        changes["submit"] = _one_of(row, "submit", row.text("submit"), Submit)
    if row.has("source"):
        changes["source"] = read_source(row)
    rule = MaterialRule(replace(base, **changes), read_condition(row))
    row.done()
    return rule


def _forbidden(row: Table) -> NeverAsk:
    entry = NeverAsk(row.text("id"), row.text("name"), row.text("why"), read_source(row))
    row.done()
    return entry


def _never(row: Table, shared: Shared) -> NeverAsk:
    base = shared.never_ask.get(row.text("id"))
    if base is None:
        raise row.fault("没有这一条“不得要求”的共用定义", "id")
    source = read_source(row) if row.has("source") else base.source
    entry = replace(base, why=row.text("why", base.why), source=source)
    row.done()
    return entry


def _step(row: Table) -> Step:
    step = Step(row.text("name"), row.text("department"), row.text("post", ""))
    row.done()
    return step


STARTS = ("acceptance", "complete", "receipt", "filing")


def _statutory(row: Table) -> Limit:
    """A statute's limit: a decision by then, unless another act is named; `by` another body, `when` it runs at all."""
    by, when = row.text("by", ""), read_condition(row)
    return replace(_limit(row, "作出决定"), by=by, when=when)


def _limit(row: Table, act: str = "办结") -> Limit:
    n, unit, start = row.take("n", int), row.text("unit"), row.text("from")
    if n < 0 or unit not in ("day", "workday") or start not in STARTS:
        raise row.fault(f"期限要写成 n（不小于 0）、unit（day 或 workday）、from（{'、'.join(STARTS)}）")
    pauses = _pauses(row)
    limit = Limit(
        n, unit, start, read_source(row), row.text("act", act), pauses, row.take("first_day_counts", bool, False)
    )
    row.done()
    return limit


def _pauses(row: Table) -> tuple[PauseReason, ...]:
    """What may pause a limit; `pauses = []` means that nothing does."""
    named = row.texts("pauses", [reason.value for reason in USUAL_PAUSES])
    pauses = tuple(_one_of(row, "pauses", name, PauseReason) for name in named)
    if len(set(pauses)) < len(pauses):
        raise row.fault("同一个中止原因写了两次", "pauses")
    return pauses


def _shared_text(table: Table, key: str, shared: Shared) -> str:
    name = table.text(key)
    if name not in shared.redress:
        raise table.fault(f"没有名为“{name}”的救济文字", key)
    return shared.redress[name]
