"""Told once in a book of `size` acts (100,000 unless said), of which every tenth was only spoken: milliseconds.

The peer is the archive's own search for the same name and tail in the same run, which is how earlier acts were looked for
before they had terms of their own. Nothing is folded into cases: the look does not read them.
"""

from __future__ import annotations

import copy
import random
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from counter_assistant.domain.applicant import Applicant
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.operations.issuing import issue_slip
from counter_assistant.operations.matter import assess
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.told_month import monthly
from counter_assistant.operations.told_once import comparison, earlier_acts, look_back
from counter_assistant.storage import chain, entries, search, tables, views
from tests.bench.archive import GIVEN, SURNAMES, timed
from tests.make import a_request

SIZE = 100_000
BUSY = 10_000
LOOKS = 200
BATCH = 20_000
BEIJING = timezone(timedelta(hours=8))
OPENING = datetime(2016, 11, 1, 8, 30, tzinfo=BEIJING)
MONTH = datetime(2026, 11, 1, 8, 30, tzinfo=BEIJING)
NOW = datetime(2026, 11, 30, 17, 0, tzinfo=BEIJING)
ANSWERS = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
SHARED_PHONE = "13900000000"


class Person(NamedTuple):
    name: str
    phone: str
    id_number: str


def run(size: int = SIZE) -> dict[str, float]:
    """Builds a book of ten years whose last month has 10,000 acts, and measures in it."""
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: OPENING)
        try:
            office.clock = lambda: NOW
            people = some_people(chance, size // 4)
            build_s = timed(partial(build, office, chance, people, size)) / 1000
            size_gb = office.database.path.stat().st_size / 1e9
            figures = {"acts": size, "build_s": build_s, "size_gb": size_gb, **measure(office, chance, people)}
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def some_people(chance: random.Random, count: int) -> list[Person]:
    """One in ten is called 岩罕, and one in a hundred leaves the phone of one and the same agency."""
    names = ("岩罕" if chance.random() < 0.1 else chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
             for _ in range(count))  # fmt: skip
    return [
        Person(name, SHARED_PHONE if n % 100 == 0 else f"138{chance.randrange(10**8):08}", f"{n:018}")
        for n, name in enumerate(names)
    ]


def build(office: Office, chance: random.Random, people: list[Person], size: int) -> None:
    """Every tenth act spoken, each as large as a real one, filed as the book files them."""
    issue_slip(office, a_request(answers=ANSWERS))
    slip = next(entry.payload for entry in office.book.entries(EntryKind.SLIP_ISSUED))
    with office.database.writing() as handle:
        kept = handle.pragma("cache_size")
        handle.pragma("cache_size", -4_000_000)
        coming = acts(office, chance, people, slip, size)
        while made := list(islice(coming, BATCH)):
            rows = [views.row_of(entry) for entry in made if entry.kind is EntryKind.SLIP_ISSUED]
            views.write(handle, rows, search.labels_of(rows[0]))
            views.write_people(handle, {entry.seq: office.book.people_terms.of(entry) for entry in made})
        handle.pragma("cache_size", kept)


def acts(
    office: Office, chance: random.Random, people: list[Person], slip: dict[str, Any], size: int
) -> Iterator[Entry]:
    """Appends the acts one by one, linked here without asking for the last one."""
    handle = office.database.handle
    last, _, previous = entries.head(handle)
    for n in range(1, size + 1):
        busy = n - (size - BUSY)
        spread = timedelta(minutes=5_200_000 * n / size)
        moment = MONTH + timedelta(minutes=4 * busy) if busy > 0 else OPENING + spread
        moment = moment.replace(microsecond=0)
        kind = EntryKind.ORAL_NOTICE if n % 10 == 0 else EntryKind.SLIP_ISSUED
        made = payload(slip, n, moment, chance.choice(people), oral=n % 10 == 0)
        body = chain.canonical(made)
        inner = chain.inner_digest(b"salt", body)
        link = chain.Link(last + n, moment.isoformat(), str(kind), str(kind.visibility), inner)
        previous = link.hash(previous)
        row = (link.seq, link.time, link.kind, link.visibility, link.algorithm, inner, previous, f"request {n}")
        tables.insert_rows(handle, tables.Entry, [row])
        tables.insert_rows(handle, tables.Payload, [(link.seq, b"salt", body)])
        yield Entry(link.seq, moment, kind, made, previous, f"request {n}", clock_back=False)


def payload(slip: dict[str, Any], n: int, moment: datetime, who: Person, *, oral: bool) -> dict[str, Any]:
    made = copy.copy(slip)
    made["applicant"] = {**slip["applicant"], **who._asdict()}
    made["facts"] = {**slip["facts"], "day": f"{moment:%Y-%m-%d}", "case": f"request {n}"}
    made["request"] = {"uuid": f"request {n}", "digest": ""}
    if oral:
        del made["slip"], made["card"], made["issue"]
        made["facts"]["delivery"] = "oral"
        return made
    made["issue"] = {"series": "bench", "sequence": n - n // 10}
    tails = {"phone_tail": who.phone[-4:], "id_tail": who.id_number[-4:]}
    made["card"] = {**slip["card"], "number": f"B{n:07}", "applicant": who.name, "qr": f"{n:012}", **tails}
    return made


def measure(office: Office, chance: random.Random, people: list[Person]) -> dict[str, float]:
    """Who comes again, by what is known of them; who comes for the first time; and a phone that thousands left."""
    groups = {
        "name_and_phone": [Person(who.name, who.phone, "") for who in people if who.phone != SHARED_PHONE],
        "number": people,
        "common_name": [who for who in people if who.name == "岩罕"],
        "first_visit": [Person("欧阳新", f"137{n:08}", f"9{n:017}") for n in range(1000)],
        "shared_phone": [Person("欧阳新", SHARED_PHONE, f"9{n:017}") for n in range(1000)],
    }
    figures: dict[str, float] = {}
    for label, group in groups.items():
        times = [timed(partial(look, office, chance.choice(group))) for _ in range(LOOKS)]
        figures |= {f"{label}_p50_ms": median(times), f"{label}_p95_ms": quantiles(times, n=20)[-1]}
    asked = [chance.choice(people) for _ in range(LOOKS // 4)]
    peer = median(timed(partial(office.archive.search, f"{who.name} {who.phone[-4:]}", limit=40)) for who in asked)
    figures |= {"peer_p50_ms": peer, "number_to_peer": figures["number_p50_ms"] / peer}
    known = next(who for who in people if earlier_acts(office, Applicant(*who[:2]), "B08"))
    act = earlier_acts(office, Applicant(*known[:2]), "B08")[0]
    matter = assess(a_request(answers=ANSWERS), office.catalogue, office.profile, office.today())
    figures["compare_ms"] = median(timed(partial(comparison, office, matter, act)) for _ in range(LOOKS))
    figures["matters"] = monthly(office, 2026, 11).total.matters
    return figures | {"month_ms": timed(partial(monthly, office, 2026, 11))}


def look(office: Office, who: Person) -> None:
    look_back(office, Applicant(who.name, who.phone, id_number=who.id_number), "B08")
