"""Told once in a book of `size` acts (100,000 unless said) like those of a window (tests/busy_book.py): milliseconds.

The peer is a row read by its number in the same run: what any look in this file costs at the least. `month_ms` is the busy
month opened for the first time, `month_again_ms` once more.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.notification.earlier import comparison, look_back
from counter_assistant.operations.notification.own_matters import month_for_clerk
from counter_assistant.operations.office import Office, open_office
from counter_assistant.paths import BOOK_NAME
from tests.bench.archive import GIVEN, SURNAMES, timed
from tests.busy_book import NOW, OPENING, Person, build
from tests.make import a_request

SIZE = 100_000
LOOKS = 200
ANSWERS = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
SHARED_PHONE = "13900000000"


def run(size: int = SIZE) -> dict[str, float]:
    """Builds a book of ten years whose last month has 10,000 acts, and measures in it."""
    chance = random.Random(20261125)
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: OPENING)
        try:
            office.clock = lambda: NOW
            people = some_people(chance, size // 4)
            build_s = timed(partial(build, office, chance, people, size)) / 1000
            rebuild_s = timed(office.book.rebuild) / 1000
            size_gb = (office.folder / BOOK_NAME).stat().st_size / 1e9
            figures = {"acts": size, "build_s": build_s, "rebuild_s": rebuild_s, "size_gb": size_gb}
            figures |= month(office) | measure(office, chance, people)
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
    drawn = [f"request {chance.randrange(2, len(people)):07}" for _ in range(LOOKS)]
    peer = median(timed(partial(office.book.find, uuid)) for uuid in drawn)
    figures |= {"peer_p50_ms": peer, "number_to_peer": figures["number_p50_ms"] / peer}
    known = next(who for who in people if look_back(office, Applicant(*who[:2]), "B08").acts)
    act = look_back(office, Applicant(*known[:2]), "B08").acts[0]
    matter = assess(a_request(answers=ANSWERS), office.catalogue, office.profile, office.today())
    figures["compare_ms"] = median(timed(partial(comparison, office, matter, act)) for _ in range(LOOKS))
    return figures


def month(office: Office) -> dict[str, float]:
    """The busy month, twice, as a clerk opens it who has been at the desk; and how much of it there is to see."""
    office.catalogue.items  # noqa: B018 - read at the first visitor of a day
    opened = partial(month_for_clerk, office, 2026, 11)
    (first, first_cpu), (again, again_cpu) = both(opened), both(opened)
    figures = {"month_ms": first, "month_cpu_ms": first_cpu, "month_again_ms": again, "month_again_cpu_ms": again_cpu}
    found = opened()
    return figures | {"matters": found.month.total.matters, "right": found.month.total.right, "own": len(found.own)}


def both(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this thread's own work: on a shared machine the clock counts the others' too."""
    started, worked = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - started) * 1000, (time.thread_time() - worked) * 1000


def look(office: Office, who: Person) -> None:
    look_back(office, Applicant(who.name, who.phone, id_number=who.id_number), "B08")
