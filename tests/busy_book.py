"""A book of many visits, for measuring: real acts of many situations, copied for many people over ten years.

What is told is that of the law of its day. Who comes again comes mostly with the same answers, sometimes with others; one
first telling in thirty leaves a material out, one slip in a hundred is void, and most matters that come again end.
"""

from __future__ import annotations

import copy
import random
import re
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.journal import chain, entries, tables
from counter_assistant.storage.journal.body_codec import packed
from tests.make import ID_NUMBER, PHONE, a_request

BUSY = 10_000
BEIJING = timezone(timedelta(hours=8))
OPENING = datetime(2016, 11, 1, 8, 30, tzinfo=BEIJING)
MONTH = datetime(2026, 11, 1, 8, 30, tzinfo=BEIJING)
NOW = datetime(2026, 11, 30, 17, 0, tzinfo=BEIJING)
NEW_LAW = datetime(2026, 9, 20, 8, 30, tzinfo=BEIJING)
ITEMS = (
    "A01", "A02", "A05", "A08", "A14", "A16", "B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11",
    "B12", "B14", "C01", "C02", "C03", "C05", "D03",
)  # fmt: skip
USUAL = ("B01", "B02", "B08") * 5
SITUATIONS = 6
WAYS: dict[str, dict[str, Any]] = {
    "slip": {}, "oral": {"delivery": "oral"}, "end": {"received": "all", "eligible": "yes"},
}  # fmt: skip
CLERKS = ("0001", "0002", "0003", "0004", "0005")
OPEN = 300


class Person(NamedTuple):
    name: str
    phone: str
    id_number: str


@dataclass(frozen=True)
class Template:
    """The content of an act: its kind of entry, and its text cut at what changes from act to act."""

    kind: EntryKind
    parts: list[str]

    def filled(self, values: dict[str, str]) -> str:
        parts = self.parts[:]
        parts[1::2] = map(values.__getitem__, parts[1::2])
        return "".join(parts)


Told = tuple[str, int, str]
"""An item, one of its situations, and a way of `WAYS`, or `careless`."""


def build(office: Office, chance: random.Random, people: list[Person], size: int) -> None:
    """Writes `size` entries, each linked to the one before; what follows from them is for the caller to rebuild."""
    office.confirm_clock()  # ten years back
    new = templates()
    old = {told: as_of_old(office, one) for told, one in new.items()}
    visits = Visits(chance, people)
    with office.database.writing() as handle:
        kept = None if office.database.shared else handle.pragma("cache_size")
        if kept is not None:
            handle.pragma("cache_size", -4_000_000)
        last, _, previous, *_ = entries.head(handle)
        for n in range(1, size + 1):
            moment = moment_of(n, size)
            act = visits.next(n, moment, new if moment >= NEW_LAW else old)
            previous = append(handle, last + n, moment, act, previous)
        if kept is not None:
            handle.pragma("cache_size", kept)


def moment_of(n: int, size: int) -> datetime:
    """Ten years, the last month busy."""
    before = size - BUSY
    if n > before:
        return MONTH + timedelta(minutes=4 * (n - before - 1))
    return OPENING + (MONTH - OPENING) * (n / (before + 1))


class Act(NamedTuple):
    kind: EntryKind
    uuid: str | None
    body: str


@dataclass
class Visits:
    """One act after another, by people who come for the first time or again."""

    chance: random.Random
    people: list[Person]
    slips: int = 0
    open: list[tuple[Person, str, int, str]] = field(default_factory=list)

    def next(self, n: int, moment: datetime, templates: dict[Told, Template]) -> Act:
        if self.slips and self.chance.random() < 0.01:
            reason = SlipVoided(
                f"B{self.chance.randint(max(1, self.slips - 500), self.slips):07}", "录错", "李某", False
            )
            return Act(EntryKind.SLIP_VOIDED, None, chain.canonical({"schema": 1, **reason.to_payload()}))
        again = self.open and self.chance.random() < 0.45
        who, told, case = self._again() if again else self._first()
        case = case or f"request {n:07}"
        template = templates[told]
        self.slips += template.kind is EntryKind.SLIP_ISSUED
        if told[2] != "end":
            self.open = [*self.open[-OPEN:], (who, *told[:2], case)]
        values = {
            **who._asdict(), "n": f"{n:07}", "day": f"{moment:%Y-%m-%d}", "case": case, "slip": f"{self.slips:07}",
            "clerk": self.chance.choice(CLERKS), "sequence": str(self.slips),
        }  # fmt: skip
        if self.chance.random() < 0.3:
            values["id_number"] = ""
        return Act(template.kind, f"request {n:07}", template.filled(values))

    def _first(self) -> tuple[Person, Told, str]:
        way = self.chance.choices(("slip", "oral", "end", "careless"), (70, 10, 17, 3))[0]
        who, item = self.chance.choice(self.people), self.chance.choice((*ITEMS, *USUAL))
        return who, (item, self.chance.randrange(SITUATIONS), way), ""

    def _again(self) -> tuple[Person, Told, str]:
        who, item, situation, case = self.open.pop(self.chance.randrange(len(self.open)))
        if self.chance.random() < 0.15:
            situation = self.chance.randrange(SITUATIONS)
        way = self.chance.choices(("slip", "oral", "end"), (25, 5, 70))[0]
        return who, (item, situation, way), case if self.chance.random() < 0.6 else ""


def append(handle: Any, seq: int, moment: datetime, act: Act, previous: bytes, salt: bytes = b"salt") -> bytes:
    """Links one entry without asking for the last one; returns its hash. tests/test_busy_book.py holds what comes of it to issuing."""
    inner = chain.inner_digest(salt, act.body)
    link = chain.Link(seq, moment.isoformat(timespec="seconds"), str(act.kind), str(act.kind.visibility), inner)
    made = link.hash(previous)
    row = (seq, link.time, link.kind, link.visibility, link.algorithm, link.inner, made, act.uuid)
    tables.insert_rows(handle, tables.Entry, [row])
    tables.insert_rows(handle, tables.Payload, [(seq, salt, packed(act.body))])
    return made


def as_of_old(office: Office, template: Template) -> Template:
    """A template that cites the versions of before the newest law."""
    parts, statutes = template.parts[:], office.catalogue.statutes
    for name, statute in statutes.items():
        old, new = (statute.on(moment.date()) for moment in (NEW_LAW - timedelta(days=1), NOW))
        if old and new:
            cited, held = (f"《{name}》（{version.label}）" for version in (new, old))
            parts = [part.replace(cited, held) for part in parts]
    return Template(template.kind, parts)


def templates() -> dict[Told, Template]:
    """Each way of each situation, as an office does it today."""
    chance, found = random.Random(8), dict[Told, Template]()
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        try:
            for item in ITEMS:
                for situation in range(SITUATIONS):
                    answers = some_answers(office, item, chance)
                    for way, more in WAYS.items():
                        payload, kind = acted(office, item, answers, more)
                        found[item, situation, way] = template(payload, kind)
                        if way == "slip":
                            found[item, situation, "careless"] = template(without_one(payload), kind)
        finally:
            office.close()
    return found


def some_answers(office: Office, item: str, chance: random.Random) -> dict[str, str]:
    """An answer to each question, by the applicant in person."""
    asked = (one.question for one in office.catalogue.items[item][-1].questions)
    answers = {question.id: chance.choice(question.options).code for question in asked}
    return answers | ({"who": "self"} if "who" in answers else {})


def acted(office: Office, item: str, answers: dict[str, str], more: dict[str, Any]) -> tuple[dict[str, Any], EntryKind]:
    who = {"name": "玉罕", "phone": PHONE, "id_number": ID_NUMBER}
    issue_slip(office, a_request(item, answers=answers, applicant=who, **more))
    seq, _ = office.book.head()
    entry = next(office.book.entries(after=seq - 1))
    return entry.payload, entry.kind


def without_one(payload: dict[str, Any]) -> dict[str, Any]:
    """A telling that left a material out."""
    facts = payload["facts"]
    required = dict(list(facts["told"]["required"].items())[1:])
    return {**payload, "facts": {**facts, "told": {**facts["told"], "required": required}}}


def template(payload: dict[str, Any], kind: EntryKind) -> Template:
    """The text of an act with its changing parts between @."""
    made = copy.copy(payload)
    made["applicant"] = {**payload["applicant"], "name": "@name@", "phone": "@phone@", "id_number": "@id_number@"}
    made["facts"] = {**payload["facts"], "day": "@day@", "case": "@case@", "clerk": "@clerk@"}
    made["request"] = {"uuid": "request @n@", "digest": ""}
    if kind is EntryKind.SLIP_ISSUED:
        made["issue"] = {"series": "bench", "sequence": "@sequence@"}
        made["card"] = {**payload["card"], "number": "B@slip@", "applicant": "@name@", "qr": "@n@"}
    text = chain.canonical(made).replace('"@sequence@"', "@sequence@")
    return Template(kind, re.split("@(.+?)@", text))
