"""A month's figures are those of reading every act of the book and comparing every pair, whatever was done in it."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.cases.act_entry import ActRecorded, act_in
from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.notification.differences import PARTS, Comparison, DifferenceKind
from counter_assistant.domain.notification.told_content import told_in
from counter_assistant.domain.papers.kinds import ENDING, TELLING
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.people.matching import Person, PersonMatch, person_of
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification.earlier import from_stored
from counter_assistant.operations.notification.own_matters import month_for_clerk
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.journal.records import IssuedRecord
from tests.make import BEIJING, ID_NUMBER, NOW, PHONE, SINGLE, a_request, an_office, give_items
from tests.storage.desk import card

ACTS = 250
PEOPLE = [
    *({"name": f"岩{n}", "phone": f"138000000{n:02}", "id_number": f"{n:018}"} for n in range(16)),
    *({"name": f"岩{n}", "phone": f"138-0000-00{n:02}", "id_number": ""} for n in range(16)),
    *({"name": f"岩{n}", "phone": "", "id_number": f"{n:018}"} for n in range(16)),
    {"name": "岩1", "phone": "13800000001", "id_number": f"{2:018}"}, {"name": "", "phone": "", "id_number": ""},
    {"name": "玉罕", "phone": "13800000001", "id_number": f"{3:018}"}, {"name": "岩4", "phone": "", "id_number": ""},
]  # fmt: skip
SITUATIONS: list[dict[str, Any]] = [
    {"item": "B08", "answers": SINGLE},
    {"item": "B08", "answers": {**SINGLE, "marital": "married"}},
    {"item": "B01", "answers": {"who": "self"}},
]
ENDING_IT = {"received": "all", "eligible": "yes"}
WAYS: list[dict[str, Any]] = [{}, {"delivery": "oral"}, ENDING_IT, {**ENDING_IT, "on_the_spot": False}]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory, engine: None) -> list[dict[str, Any]]:
    """What real acts hold, each with its kind of entry."""
    office = an_office(tmp_path_factory.mktemp("templates"))
    who = {"name": "样", "phone": PHONE, "id_number": ID_NUMBER}
    for situation in SITUATIONS:
        for way in WAYS:
            issue_slip(office, a_request(**situation, **way, applicant=who))
    acts = [entry for entry in office.book.entries() if entry.uuid]
    office.close()
    return [
        {key: entry.payload[key] for key in ("result", "applicant", "facts")} | {"kind": entry.kind} for entry in acts
    ]


class Days:
    """A clock that a test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def changing_in_the_month(catalogue: Catalogue) -> Catalogue:
    """Of one statute there is a new version, and of one item a new text, each of a day that acts lie on both sides of."""
    name, (b01, *older) = "住房公积金管理条例", catalogue.items["B01"]
    newest = replace(
        catalogue.statutes[name].versions[-1], version=2027, label="2027年修订", effective_from=date(2026, 10, 26)
    )
    versions = (*catalogue.statutes[name].versions, newest)
    statutes = {**catalogue.statutes, name: replace(catalogue.statutes[name], versions=versions)}
    texts = (replace(b01, effective_from=date(2026, 11, 14)), b01, *older)
    return replace(catalogue, statutes=statutes, items={**catalogue.items, "B01": texts})


@pytest.mark.parametrize("seed", range(6))
def test_a_month_is_what_every_act_read_and_every_pair_compared_gives(
    tmp_path: Path, templates: list[dict[str, Any]], seed: int
) -> None:
    days, chance = Days(datetime(2025, 9, 1, 8, 30, tzinfo=BEIJING)), random.Random(seed)
    office = open_office(tmp_path, days)
    give_items(office, changing_in_the_month(office.program.catalogue))
    office.confirm_clock()
    done, slips = list[str](), list[str]()
    for n in range(ACTS):
        days.now += timedelta(hours=chance.choice((1, 3, 6) if days.now > NOW - timedelta(days=30) else (24, 200)))
        with suppress(Refusal):  # what the cases refuse is not done
            if slips and chance.random() < 0.06:
                office.book.void(slips.pop(chance.randrange(len(slips))), "录错", "李某", copy_returned=True)
            else:
                slips += write(office, chance, chance.choice(templates), f"act {n}", done)
                done.append(f"act {n}")
    assert days.now > NOW - timedelta(days=10)
    assert_like_reference(office)
    office.book.rebuild()
    assert_like_reference(office)
    assert office.book.check().problems == []
    office.close()


def test_the_same_words_are_judged_by_what_began_between_their_days(
    tmp_path: Path, templates: list[dict[str, Any]]
) -> None:
    """GIVEN the same two tellings twice WHEN a text of the item began between two of them THEN only that explains it."""
    office = an_office(tmp_path)
    give_items(office, changing_in_the_month(office.program.catalogue))
    oral = next(one for one in templates if one["kind"] is EntryKind.ORAL_NOTICE and one["facts"]["item"] == "B01")
    told = oral["facts"]["told"]
    careless = {**told, "required": dict(list(told["required"].items())[1:])}
    for who, second in (("玉罕", "2026-11-16"), ("岩温", "2026-11-12"), ("岩光", "2026-11-16")):
        for day, content in (("2026-11-10", careless), (second, told)):
            facts = {**oral["facts"], "case": "", "day": day, "told": content}
            person = {**oral["applicant"], "name": who, "id_number": ""}
            act = {"result": oral["result"], "applicant": person, "facts": facts}
            office.book.append(EntryKind.ORAL_NOTICE, act, uuid=f"{who} {day}")
    total = month_for_clerk(office, 2026, 11).month.total
    assert (total.matters, total.missed) == (3, 1)
    assert_like_reference(office)
    office.close()


def write(
    office: Office, chance: random.Random, template: Mapping[str, Any], uuid: str, done: Sequence[str]
) -> list[str]:
    """An act of anybody that begins a case or goes on with one; gives the number of its slip, if it has one."""
    payload = {key: value for key, value in template.items() if key != "kind"}
    goes_on = done and chance.random() < 0.2
    payload["applicant"] = {**payload["applicant"], **chance.choice(PEOPLE)}
    payload["facts"] = {
        **told_somehow(chance, payload["facts"]),
        "case": chance.choice(done[-60:]) if goes_on else chance.choice((uuid, "")),
        "clerk": chance.choice(("0001", "0002")), "catalogue": chance.choice(("2026.11",) * 7 + ("2026.10",)),
        "day": (office.today() - timedelta(days=chance.choice((0, 0, 0, 9)))).isoformat(),
    }  # fmt: skip
    if template["kind"] is not EntryKind.SLIP_ISSUED:
        office.book.append(template["kind"], payload, uuid=uuid)
        return []
    act = ActRecorded.from_payload(payload)
    issued = office.book.issue(str, uuid, uuid, lambda n, time: IssuedRecord(card(f"{time.year}-{n}", time), {}, act))
    return [issued.number]


def told_somehow(chance: random.Random, facts: dict[str, Any]) -> dict[str, Any]:
    """What was told, at times with a material less, said otherwise, cited by the older law, or not kept at all."""
    made, what = copy.deepcopy(facts), chance.random()
    if what < 0.03:
        del made["told"]
    elif what < 0.13:
        made["told"]["required"].pop(next(iter(made["told"]["required"]), ""), None)
    elif what < 0.18:
        for line in made["told"]["required"].values():
            line["requirement"] = "带来"
    elif what < 0.22:
        made["defects"] = {next(iter(made["told"]["required"]), ""): "看不清"}
    elif what < 0.26:
        made["told"]["promised"] = ""
    elif what < 0.35:
        made["answers"] = {**made["answers"], "marital": "widowed"}
    return made


@dataclass(frozen=True)
class Read:
    """An act as its entry holds it."""

    entry: Entry
    act: ActRecorded
    number: str

    @cached_property
    def facts(self) -> Facts:
        return self.act.facts

    @property
    def case(self) -> str | None:
        return self.facts.case or self.entry.uuid

    @property
    def ends(self) -> bool:
        if self.entry.kind is EntryKind.CASE_STEP:
            return self.facts.rule is Rule.ON_THE_SPOT
        return self.entry.kind is EntryKind.SLIP_ISSUED and self.kind in ENDING

    @property
    def kind(self) -> Any:
        return self.act.result.kind if self.act.result else None

    @cached_property
    def person(self) -> Person:
        return person_of(self.act.applicant)

    @cached_property
    def lies_under(self) -> list[tuple[str, ...]]:
        person, item = self.person, self.facts.item
        by_number = [(item, person.id_number)] if person.id_number else []
        return [*by_number, *([(item, person.name, person.phone)] if person.name and person.phone else [])]


def one_under(matter: list[Read], key: tuple[str, ...]) -> int:
    return next((act.entry.seq for act in matter if key in act.lies_under), 0)


def all_acts(office: Office) -> list[Read]:
    """The acts that tell or end a matter, in the book's order; void slips left out."""
    read = [(entry, content_of(entry)) for entry in office.book.entries()]
    void = {content.number for _, content in read if isinstance(content, SlipVoided)}
    acts = [
        Read(entry, act, entry.payload.get("card", {}).get("number", ""))
        for entry, content in read
        if (act := act_in(content)) and act.result
    ]
    counting = [act for act in acts if act.entry.kind is EntryKind.ORAL_NOTICE or act.kind in TELLING or act.ends]
    return [act for act in counting if act.number not in void]


def of_the_month(office: Office) -> tuple[list[Read], int]:
    """The acts of November, after those of the year before that they may go on with; and the first of them."""
    acts = all_acts(office)
    now = [act for act in acts if (act.entry.time.year, act.entry.time.month) == (2026, 11)]
    begins, since = now[0].entry.seq, now[0].entry.time.date() - timedelta(days=365)
    keys = {key[1:] for act in now for key in act.lies_under}
    cases = {act.facts.case for act in now}
    before = [
        act for act in acts
        if act.entry.seq < begins and act.entry.time.date() >= since
        and (act.entry.uuid in cases or keys & {key[1:] for key in act.lies_under})
    ]  # fmt: skip
    return [*before, *now], begins


def matters(office: Office) -> Iterator[list[Read]]:
    """The acts of each matter that counts in November, up to its end."""
    acts, begins = of_the_month(office)
    found: list[list[Read]] = []
    for act in acts:
        of_case = [one for one in found if any(known.case == act.case for known in one)]
        open_ones = [one for one in found if not any(known.ends for known in one)]
        by_person = [
            one for key in act.lies_under for one in sorted(open_ones, key=lambda one: one_under(one, key), reverse=True)
            if one_under(one, key) and any(act.person.match(known.person) is PersonMatch.SAME for known in one)
        ]  # fmt: skip
        matter = [*of_case, *by_person, []][0]
        if not matter:
            found.append(matter)
        matter.append(act)
    for one in found:
        cut = one[: 1 + next((n for n, act in enumerate(one) if act.ends), len(one))]
        if cut[-1].entry.seq >= begins and (len(cut) > 1 or cut[0].ends):
            yield cut


def compared(office: Office, matter: list[Read]) -> Comparison | None:
    earlier, later = (told_in(act.facts, act.number) for act in (matter[0], matter[-1]))
    return from_stored(earlier, later, office.catalogue) if earlier and later else None


def assert_like_reference(office: Office) -> None:
    found = [(one[0], compared(office, one) if len(one) > 1 else None, len(one) > 1) for one in matters(office)]
    month = month_for_clerk(office, 2026, 11)
    again = [one for _, one, came_again in found if came_again]
    known = [one for one in again if one]
    faults = [{fault.kind for fault in one.faults} for one in known]
    total = month.month.total
    assert total.matters == len(found) == sum(row.matters for row in month.month.items)
    assert total.unknown == again.count(None)
    assert total.right == len(found) - len(again) + sum(one.told_right for one in known)
    assert (total.missed, total.partial, total.wrong, total.text) == (
        sum(DifferenceKind.MISSED in one for one in faults), sum(DifferenceKind.PARTIAL in one for one in faults),
        sum(DifferenceKind.WRONG in one for one in faults), sum(bool(one.text_faults) for one in known),
    )  # fmt: skip
    late = [
        name for one in known
        for name in {d.name for d in one.differences if d.id not in PARTS and (d.asked or not d.explanation)}
    ]  # fmt: skip
    often = sorted({(name, late.count(name)) for name in late}, key=lambda pair: (-pair[1], pair[0]))
    assert month.month.often == tuple(often[:3])
    right = [(first.facts.item, one.told_right if one else not came_again) for first, one, came_again in found]
    assert [(row.id, row.matters, row.right) for row in month.month.items] == [
        (id_, sum(item == id_ for item, _ in right), right.count((id_, True)))
        for id_ in sorted({item for item, _ in right})
    ]
    own = [(first, one) for first, one, _ in found if one and not one.told_right and first.facts.clerk == "0001"]
    assert [(matter.case, matter.told_on, matter.comparison) for matter in month.own] == [
        (first.case, first.entry.time.date(), one) for first, one in own
    ]
