"""Told once in a book of `size` acts (100,000 unless said), of which every tenth was only spoken: milliseconds.

The peer is a row read by its number in the same run: what any look in this file costs at the least. Nothing is folded into
cases or filed in the archive: the look does not read them.
"""

from __future__ import annotations

import copy
import random
import re
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification.earlier import comparison, look_back
from counter_assistant.operations.notification.own_matters import month_for_clerk
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.journal import chain, entries, tables
from tests.bench.archive import GIVEN, SURNAMES, timed
from tests.make import a_request

SIZE = 100_000
BUSY = 10_000
LOOKS = 200
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
    """Every tenth act spoken, each as large as a real one and linked to the one before. Filed are the people alone: the look
    reads no other term."""
    office.confirm_clock()  # ten years back
    issue_slip(office, a_request(answers=ANSWERS))
    slip = next(entry.payload for entry in office.book.entries(EntryKind.SLIP_ISSUED))
    templates = {oral: re.split("@(.+?)@", template(slip, oral=oral)) for oral in (False, True)}
    terms = office.book.people_terms
    with office.database.writing() as handle:
        kept = handle.pragma("cache_size")
        handle.pragma("cache_size", -4_000_000)
        last, _, previous = entries.head(handle)
        filed: list[tuple[str, int]] = []
        for n in range(1, size + 1):
            who, oral, moment = chance.choice(people), n % 10 == 0, moment_of(n, size)
            parts = templates[oral][:]
            parts[1::2] = map(values(who, n, moment).__getitem__, parts[1::2])
            previous = append(handle, last + n, moment, oral, "".join(parts), previous)
            filed += [
                (terms.number(who.id_number), last + n), (terms.phone(who.phone), last + n),
                (terms.name_and_phone(who.name, who.phone), last + n), (terms.name_and_item(who.name, "B08", numbered=True), last + n),
            ]  # fmt: skip
        tables.insert_rows(handle, tables.Term, sorted(filed))
        handle.pragma("cache_size", kept)


def moment_of(n: int, size: int) -> datetime:
    """Ten years, the last month busy."""
    busy = n - (size - BUSY)
    return MONTH + timedelta(minutes=4 * busy) if busy > 0 else OPENING + timedelta(minutes=n * 5_200_000 // size)


def append(handle: Any, seq: int, moment: datetime, oral: bool, body: str, previous: bytes) -> bytes:
    """Links one entry without asking for the last one; returns its hash."""
    kind = EntryKind.ORAL_NOTICE if oral else EntryKind.SLIP_ISSUED
    link = chain.Link(seq, moment.isoformat(), str(kind), str(kind.visibility), chain.inner_digest(b"salt", body))
    made = link.hash(previous)
    row = (seq, link.time, link.kind, link.visibility, link.algorithm, link.inner, made, f"request {seq}")
    tables.insert_rows(handle, tables.Entry, [row])
    tables.insert_rows(handle, tables.Payload, [(seq, b"salt", body)])
    return made


def template(slip: dict[str, Any], *, oral: bool) -> str:
    """The text of an act with its changing parts between @."""
    made = copy.copy(slip)
    made["applicant"] = {**slip["applicant"], "name": "@name@", "phone": "@phone@", "id_number": "@id_number@"}
    made["facts"] = {**slip["facts"], "day": "@day@", "case": "request @n@"}
    made["request"] = {"uuid": "request @n@", "digest": ""}
    if oral:
        del made["slip"], made["card"], made["issue"]
        made["facts"]["delivery"] = "oral"
    else:
        made["issue"] = {"series": "bench", "sequence": "@n@"}
        made["card"] = {**slip["card"], "number": "B@n@", "applicant": "@name@", "qr": "@n@"}
    return chain.canonical(made)


def values(who: Person, n: int, moment: datetime) -> dict[str, str]:
    return {**who._asdict(), "n": f"{n:07}", "day": f"{moment:%Y-%m-%d}"}


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
        times, worked = zip(*(both(partial(look, office, chance.choice(group))) for _ in range(LOOKS)), strict=True)
        figures |= {f"{label}_p50_ms": median(times), f"{label}_p95_ms": quantiles(times, n=20)[-1]}
        figures[f"{label}_cpu_p95_ms"] = quantiles(worked, n=20)[-1]
    drawn = [f"request {chance.randrange(2, len(people))}" for _ in range(LOOKS)]
    peer = median(timed(partial(office.book.find, uuid)) for uuid in drawn)
    figures |= {"peer_p50_ms": peer, "number_to_peer": figures["number_p50_ms"] / peer}
    known = next(who for who in people if look_back(office, Applicant(*who[:2]), "B08").acts)
    act = look_back(office, Applicant(*known[:2]), "B08").acts[0]
    matter = assess(a_request(answers=ANSWERS), office.catalogue, office.profile, office.today())
    figures["compare_ms"] = median(timed(partial(comparison, office, matter, act)) for _ in range(LOOKS))
    figures["matters"] = month_for_clerk(office, 2026, 11).month.total.matters
    return figures | {"month_ms": timed(partial(month_for_clerk, office, 2026, 11))}


def both(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this thread's own work: on a shared machine the clock counts the others' too."""
    started, worked = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - started) * 1000, (time.thread_time() - worked) * 1000


def look(office: Office, who: Person) -> None:
    look_back(office, Applicant(who.name, who.phone, id_number=who.id_number), "B08")
