"""A change of the catalogue: what it does in every situation of every item and to 10,000 open cases. Seconds.

The peer is what the change cannot do without: reading as many cases of the same book, and the acts that they rest on.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.cases.acts import Visit
from counter_assistant.domain.cases.fold import fold
from counter_assistant.domain.catalogue.checks.enumeration import complete_answerings, given
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.domain.revision.verdicts import replace_items
from counter_assistant.operations.catalogue.effects import effects_of
from counter_assistant.operations.catalogue.revising import as_told
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal import entries
from counter_assistant.storage.views import case_view
from counter_assistant.storage.views.acts import acts_at
from tests.bench.archive import timed
from tests.bench.cases import KINDS
from tests.bench.told_once import some_people
from tests.busy_book import Act, Person, Template, append, template
from tests.make import NOW, a_request, an_office

CASES = 10_000
EACH = 10
"""Of how many situations of an item its acts are."""


def run(size: int = CASES) -> dict[str, float]:
    """Fills an office with open cases, each with its act, and changes every item."""
    chance = random.Random(20261128)
    with tempfile.TemporaryDirectory() as folder:
        office = an_office(Path(folder))
        try:
            acts = build(office, chance, size)
            store_cases(office, chance, acts)
            figures = measure(office)
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def measure(office: Office) -> dict[str, float]:
    """The whole change, and the peer."""
    base = as_told(office.catalogue)
    working = changed_everywhere(base)
    found: list[Any] = []
    change_s = timed(lambda: found.append(run_through(effects_of(office, base, working)))) / 1000
    seqs = [case.history[-1].seq for case in office.cases.open_cases()]
    peer_s = timed(lambda: (list(office.cases.open_cases()), acts_at(office.database, seqs))) / 1000
    items, cases = found[0].items, found[0].cases
    return {
        "situations": sum(item.all + item.open for item in items), "cases": len(cases.accepted) + len(cases.waiting),
        "change_s": change_s, "peer_s": peer_s, "change_to_peer": change_s / peer_s,
    }  # fmt: skip


def changed_everywhere(base: Catalogue) -> Catalogue:
    """Every item promises another limit, and words its first material otherwise: every situation is told otherwise."""
    return replace_items(base, {id_: _changed(texts, newest(base, id_)) for id_, texts in base.items.items()})


def _changed(texts: tuple[ServiceItem, ...], text: ServiceItem) -> tuple[ServiceItem, ...]:
    first, *rest = text.materials
    said = replace(first, material=replace(first.material, requirement=f"{first.material.requirement}；请先预约"))
    made = replace(text, materials=(said, *rest), promised=replace(text.promised, n=text.promised.n + 1))
    return tuple(made if each is text else each for each in texts)


def build(office: Office, chance: random.Random, size: int) -> list[tuple[int, str, str]]:
    """Acts of all items in many situations, every tenth spoken: the number of the entry, the item and its name of each."""
    made = templates(office, chance)
    people, acts = some_people(chance, max(size // 4, 1)), []
    with office.database.writing() as handle:
        last, _, previous, *_ = entries.head(handle)
        for n in range(1, size + 1):
            moment = NOW - timedelta(days=120) + timedelta(minutes=n * 100_000 // size)
            item, name, written, spoken = chance.choice(made)
            template_ = spoken if n % 10 == 0 else written
            act = Act(
                template_.kind, f"request {n}", template_.filled(values(chance.choice(people), n, f"{moment:%Y-%m-%d}"))
            )
            previous = append(handle, last + n, moment, act, previous)
            acts.append((last + n, item, name))
    return acts


def values(who: Person, n: int, day: str) -> dict[str, str]:
    """What differs from act to act."""
    number = f"{n:07}"
    own = {"n": number, "slip": number, "sequence": str(n), "case": f"request {n}", "day": day, "clerk": "0001"}
    return {**who._asdict(), **own}


def templates(office: Office, chance: random.Random) -> list[tuple[str, str, Template, Template]]:
    """Of each item, in some of its situations, what the book keeps of a slip and of an oral notice, in parts to be filled."""
    made: list[tuple[str, str, Template, Template]] = []
    for id_ in office.catalogue.items:
        text = newest(office.catalogue, id_)
        every = complete_answerings(text, [asked.id for asked in text.questions])
        for settled in chance.sample(every, min(EACH, len(every))):
            issued = issue_slip(office, a_request(id_, answers=given(settled), request_id=f"of {id_} {len(made)}"))
            assert issued.slip
            entry = office.book.find(f"of {id_} {len(made)}")
            assert entry
            assert entry.kind is EntryKind.SLIP_ISSUED
            oral = {key: part for key, part in entry.payload.items() if key not in ("slip", "card", "issue")}
            oral["facts"] = {**oral["facts"], "delivery": "oral"}
            kinds = ((entry.payload, EntryKind.SLIP_ISSUED), (oral, EntryKind.ORAL_NOTICE))
            written, spoken = (template(payload, kind) for payload, kind in kinds)
            made.append((id_, text.name, written, spoken))
    return made


def store_cases(office: Office, chance: random.Random, acts: list[tuple[int, str, str]]) -> None:
    """An open case for each act, half of them accepted."""
    with office.database.writing() as handle:
        case_view.store(handle, (_case(chance, *act) for act in acts))


def _case(chance: random.Random, seq: int, item: str, name: str) -> Any:
    rule = chance.choice((Rule.PROMISE, Rule.INCOMPLETE))
    visit = Visit(
        f"case {seq}", NOW.date(), "0001", rule, KINDS[rule], f"B{seq}", item=item, item_name=name, applicant="岩罕", seq=seq
    )  # fmt: skip
    return fold(None, visit)
