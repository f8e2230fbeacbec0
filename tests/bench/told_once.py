"""Told once at 100,000 slips and 10,000 oral notices, of which the last month has 10,000: milliseconds."""

from __future__ import annotations

import copy
import random
import tempfile
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from counter_assistant.domain.applicant import Applicant
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.issuing import issue_slip
from counter_assistant.operations.matter import assess
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.told_month import monthly
from counter_assistant.operations.told_once import comparison, earlier_acts, look_back
from counter_assistant.storage import chain, entries, tables
from tests.bench.archive import GIVEN, SURNAMES, timed
from tests.make import a_request

ENTRIES = 110_000
BUSY = 10_000
LOOKS = 200
BEIJING = timezone(timedelta(hours=8))
OPENING = datetime(2016, 11, 1, 8, 30, tzinfo=BEIJING)
MONTH = datetime(2026, 11, 1, 8, 30, tzinfo=BEIJING)
NOW = datetime(2026, 11, 30, 17, 0, tzinfo=BEIJING)
ANSWERS = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}


def run() -> dict[str, float]:
    """Builds a book of ten years whose last month is as busy as ten, and measures in it."""
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: OPENING)
        try:
            office.clock = lambda: NOW
            people = build(office, chance)
            figures = measure(office, chance, people)
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def build(office: Office, chance: random.Random) -> list[tuple[str, str]]:
    """Every tenth entry an oral notice, one applicant in ten called 岩罕; each as large as a real one."""
    issue_slip(office, a_request(answers=ANSWERS))
    slip = next(entry.payload for entry in office.book.entries(EntryKind.SLIP_ISSUED))
    names = [surname + "".join(chance.choices(GIVEN, k=2)) for surname in SURNAMES for _ in range(600)]
    people = [("岩罕" if chance.random() < 0.1 else name, f"138{chance.randrange(10**8):08}") for name in names]
    with office.database.writing() as handle:
        last, _, previous = entries.head(handle)
        for n in range(1, ENTRIES + 1):
            busy = n - (ENTRIES - BUSY)
            moment = MONTH + timedelta(minutes=4 * busy) if busy > 0 else OPENING + timedelta(minutes=52 * n)
            oral = n % 10 == 0
            kind = EntryKind.ORAL_NOTICE if oral else EntryKind.SLIP_ISSUED
            body = chain.canonical(payload(slip, n, moment, chance.choice(people), oral=oral))
            inner = chain.inner_digest(b"salt", body)
            link = chain.Link(last + n, moment.isoformat(), str(kind), str(kind.visibility), inner)
            previous = link.hash(previous)
            row = (link.seq, link.time, link.kind, link.visibility, link.algorithm, inner, previous, f"request {n}")
            tables.insert_rows(handle, tables.Entry, [row])
            tables.insert_rows(handle, tables.Payload, [(link.seq, b"salt", body)])
    office.book.rebuild()
    return people


def payload(slip: dict[str, Any], n: int, moment: datetime, who: tuple[str, str], *, oral: bool) -> dict[str, Any]:
    name, phone = who
    made = copy.copy(slip)
    made["applicant"] = {**slip["applicant"], "name": name, "phone": phone}
    made["facts"] = {**slip["facts"], "day": f"{moment:%Y-%m-%d}", "case": f"request {n}"}
    made["request"] = {"uuid": f"request {n}", "digest": ""}
    if oral:
        del made["slip"], made["card"], made["issue"]
        made["facts"]["delivery"] = "oral"
        return made
    made["issue"] = {"series": "bench", "sequence": n - n // 10}
    made["card"] = {**slip["card"], "number": f"B{n:06}", "applicant": name, "phone_tail": phone[-4:], "qr": f"{n:012}"}
    return made


def measure(office: Office, chance: random.Random, people: list[tuple[str, str]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for label, group in (("common", [who for who in people if who[0] == "岩罕"]), ("any", people)):
        looks = [partial(look, office, *chance.choice(group)) for _ in range(LOOKS)]
        times = [timed(one) for one in looks]
        figures |= {f"earlier_{label}_p50_ms": median(times), f"earlier_{label}_p95_ms": quantiles(times, n=20)[-1]}
    act = earlier_acts(office, Applicant(*people[0]), "B08")[0]
    matter = assess(a_request(answers=ANSWERS), office.catalogue, office.profile, office.today())
    figures["compare_ms"] = median(timed(partial(comparison, office, matter, act)) for _ in range(LOOKS))
    figures["matters"] = monthly(office, 2026, 11).total.matters
    return figures | {"month_ms": timed(partial(monthly, office, 2026, 11))}


def look(office: Office, name: str, phone: str) -> None:
    look_back(office, Applicant(name, phone), "B08")
