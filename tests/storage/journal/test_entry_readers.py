"""Every kind of entry has its class: what was written is read as it was, and what earlier versions wrote is read, too."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.assessment.facts import Facts, Result
from counter_assistant.domain.calendar.calendar_entry import CalendarTaken, MovedDay
from counter_assistant.domain.calendar.time_limit import Clock, Pause
from counter_assistant.domain.calendar.workdays import CalendarDay, LocalHoliday, YearCalendar
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.catalogue.approval_entry import ApprovalWithdrawn, ApprovedText, ItemsApproved
from counter_assistant.domain.catalogue.items import Approval, Catalogue
from counter_assistant.domain.catalogue.questions import Option, Question
from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.closing.copies import CopiesFiled, Signature
from counter_assistant.domain.closing.figures import Figures, Gap, SeriesUsed
from counter_assistant.domain.counter_forms.own_form import OwnForm, Place
from counter_assistant.domain.entry import Entry, EntryKind, PayloadErased
from counter_assistant.domain.papers.kit_entry import KitItem, KitPrinted, KitVoided
from counter_assistant.domain.papers.paper_entry import (
    Card,
    Registered,
    SlipErased,
    SlipVoided,
)
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.office_profile import Body, Clerk, OfficeProfile, Post
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.handover.entries import HandedBack, HandedCase, HandedLine, Handover
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.domain.safekeeping.exported_entry import BookExported
from counter_assistant.domain.safekeeping.restored_entry import Restored
from counter_assistant.domain.wording.office_phrases import OfficePhrases
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.storage.journal import chain
from counter_assistant.storage.journal.body_codec import unpacked
from counter_assistant.storage.journal.entry_readers import READERS, content_of
from counter_assistant.storage.journal.upcasters import upcast
from tests.places import PACKAGE, TESTS

NAMED_BEFORE = {
    EntryKind.STAFF, EntryKind.SWITCHES, EntryKind.FIRST_CONTACT,
}  # fmt: skip
"""The kinds that had their name before any version wrote one: they get their class with the act that first does."""

TEXT = st.text(max_size=4)
NUMBER = st.integers(-(2**53) + 1, 2**53 - 1)
"""What JSON carries unharmed (chain.py)."""
TEXTS = st.dictionaries(TEXT, TEXT, max_size=2)
PLAIN = st.dictionaries(TEXT, st.one_of(TEXT, NUMBER, st.booleans(), st.none(), st.lists(TEXT, max_size=2)), max_size=3)


def made(what: type[Any], **given: Any) -> st.SearchStrategy[Any]:
    """Any object of a class: its texts short, its numbers such as JSON carries."""
    short = {str: TEXT, int: NUMBER}
    plain = {name: short[hint] for name, hint in get_type_hints(what).items() if hint in short}
    return st.builds(what, **{**plain, **given})


def few(each: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(each, max_size=2).map(tuple)


CLOCK = made(Clock, unit=st.sampled_from(["workday", "day"]), pauses=few(st.builds(Pause)))
FACTS = made(
    Facts, answers=TEXTS, defects=TEXTS, details=TEXTS, received=few(TEXT), told=st.none() | PLAIN,
    clocks=st.dictionaries(TEXT, CLOCK, max_size=2), confirmed=st.dictionaries(TEXT, NUMBER, max_size=2),
)  # fmt: skip
ACT = st.builds(ActRecorded, result=st.none() | made(Result), applicant=made(Applicant, agent=made(Agent)), facts=FACTS)
REGISTERED = made(Registered, card=made(Card, other_names=few(TEXT)))
CALL = made(CallNoted).map(lambda call: replace(call, provisional=bool(call.due and call.provisional)))
STEP = made(StepTaken, seq=st.just(0), recorded=st.none()).map(lambda step: replace(step, provisional=bool(step.due)))
MOVED = few(made(MovedDay))
LOCAL = made(CalendarTaken, taken=few(made(LocalHoliday, worked=few(st.dates()))), moved=MOVED, checked_by=st.just(""))
YEAR = made(YearCalendar, papers=few(TEXT), days=st.dictionaries(st.dates(), made(CalendarDay), max_size=2))
PHRASE = st.builds(
    own_phrase, st.integers(1001, 9999), st.just("请稍候。"), st.sampled_from(PhraseChannel), st.sampled_from(Moment),
    hidden=st.booleans(),
)  # fmt: skip
QUESTION = made(Question, options=few(made(Option)))
CATALOGUE = made(
    Catalogue, items=st.just({}), statutes=st.just({}), materials=st.just({}),
    questions=st.dictionaries(TEXT, QUESTION, max_size=2),
)  # fmt: skip
EDITION = made(
    Edition, catalogue=CATALOGUE, approval=made(Approval, effective_from=st.none() | st.dates()),
    changes=few(TEXT),
)  # fmt: skip
PROFILE = made(
    OfficeProfile, clerks=few(made(Clerk, staff_number=st.just("0001"), name=st.just("李某"))), posts=few(made(Post)),
    bodies=few(made(Body)), shared_materials=few(TEXT), switches=st.dictionaries(TEXT, st.booleans(), max_size=2),
    reviewed_kinds=st.none() | few(TEXT),
)  # fmt: skip

CLOSED = made(
    Closed,
    figures=made(
        Figures, counts=st.dictionaries(st.sampled_from(EntryKind), NUMBER, max_size=2), papers=few(made(SeriesUsed)),
        voids=few(made(SlipVoided)), reprints=st.dictionaries(TEXT, NUMBER, max_size=2), gaps=few(made(Gap)),
    ),
)  # fmt: skip

HANDED = {"cases": few(made(HandedCase)), "lines": few(made(HandedLine))}

WRITTEN: dict[EntryKind, st.SearchStrategy[Any]] = {
    **{kind: made(read.__self__) for kind, read in READERS.items() if hasattr(read, "__self__")},
    EntryKind.PAYLOAD_ERASED: st.builds(
        PayloadErased, kept=made(SlipErased).map(SlipErased.to_payload), of=st.none() | st.sampled_from(EntryKind)
    ),
    EntryKind.OFFICE_PROFILE: PROFILE,
    EntryKind.SLIP_ISSUED: st.builds(SlipIssued, registered=REGISTERED, slip=PLAIN, act=st.none() | ACT),
    EntryKind.ORAL_NOTICE: ACT,
    EntryKind.INQUIRY: ACT | CALL,
    EntryKind.CASE_STEP: ACT | STEP,
    EntryKind.CALENDAR: made(CalendarTaken, taken=YEAR, moved=MOVED) | LOCAL,
    EntryKind.PHRASES: made(OfficePhrases, own=few(PHRASE), pinned=few(NUMBER)),
    EntryKind.ITEM_APPROVED: made(
        ItemsApproved, texts=few(made(ApprovedText)), approval=made(Approval, effective_from=st.dates())
    ),
    EntryKind.APPROVAL_WITHDRAWN: made(ApprovalWithdrawn, items=few(TEXT)),
    EntryKind.CONTENT_TAKEN: made(ContentTaken, edition=EDITION),
    EntryKind.COPY_FILED: made(CopiesFiled, copies=st.dictionaries(TEXT, st.sampled_from(Signature), max_size=2)),
    EntryKind.BOOK_EXPORTED: made(BookExported),
    EntryKind.OWN_FORM: made(OwnForm, places=few(made(Place))),
    EntryKind.KIT_PRINTED: made(
        KitPrinted, items=few(made(KitItem, numbers=few(TEXT), draft=PLAIN, result=PLAIN, facts=PLAIN))
    ),
    EntryKind.HANDOVER: made(Handover, **HANDED),
    EntryKind.HANDED_BACK: made(HandedBack, **HANDED),
    EntryKind.KIT_VOIDED: made(KitVoided, numbers=few(TEXT)),
    EntryKind.RESTORED: made(Restored, skipped=st.dictionaries(TEXT, st.tuples(NUMBER, NUMBER), max_size=2)),
    **dict.fromkeys((EntryKind.DAY_CLOSED, EntryKind.MONTH_CLOSED, EntryKind.YEAR_CLOSED), CLOSED),
}
"""What an entry of each kind may say. A class of texts and numbers alone, as of a register, needs no line of its own."""

BOOKS = sorted((TESTS / "operations" / "fixtures").glob("landed-*/book.db"))
OF_STORAGE_ALONE = sorted((TESTS / "storage" / "fixtures").glob("book_v*.db"))


def entry(kind: EntryKind, payload: dict[str, Any], *, erased: bool = False) -> Entry:
    return Entry(1, datetime.now(UTC), kind, payload, b"", erased=erased)


def payloads(book: Path) -> Iterator[tuple[EntryKind, dict[str, Any]]]:
    """What a kept book holds, in today's schema."""
    with closing(sqlite3.connect(f"{book.as_uri()}?mode=ro", uri=True)) as connection:
        for kind, body in connection.execute("SELECT kind, body FROM entry JOIN payload USING (seq)"):
            yield EntryKind(kind), upcast(EntryKind(kind), json.loads(unpacked(body)))


def held_in(part: object, whole: object) -> bool:
    """Whether one JSON value says all that another says, and maybe more."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and held_in(value, whole[key]) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and all(map(held_in, part, whole))
    return part == whole


def without_the_books_own(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key not in ("schema", "request")}


def test_every_kind_that_is_written_has_its_class() -> None:
    assert set(EntryKind) - READERS.keys() <= NAMED_BEFORE
    assert READERS.keys() == WRITTEN.keys()


def test_nobody_asks_an_entry_for_a_key_by_its_name() -> None:
    """GIVEN every module but those of the journal THEN none takes a key out of an entry's payload."""
    others = [path for path in PACKAGE.rglob("*.py") if PACKAGE / "storage" / "journal" not in path.parents]
    asked = [path for path in others if re.search(r"\.payload(\[|\.get\()", path.read_text("utf-8"))]
    assert asked == []
    assert len(others) > 100


@pytest.mark.parametrize("kind", WRITTEN, ids=str)
@given(data=st.data())
def test_what_was_written_is_read_as_it_was(kind: EntryKind, data: st.DataObject) -> None:
    written = data.draw(WRITTEN[kind])
    payload = chain.parse(
        chain.canonical({"schema": 1, **written.to_payload(), "request": {"uuid": "a", "digest": ""}})
    )
    read = content_of(entry(kind, payload))
    assert read == written
    assert without_the_books_own(payload) == json.loads(json.dumps(read.to_payload()))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.parent.name)
def test_all_that_a_landed_book_says_is_read(book: Path) -> None:
    """GIVEN a book of an earlier version WHEN its entries are read THEN nothing that they say is lost."""
    read = 0
    for kind, payload in payloads(book):
        content = content_of(entry(kind, payload))
        assert held_in(without_the_books_own(payload), content.to_payload()), kind
        read += 1
    assert read > 20


@pytest.mark.parametrize("book", OF_STORAGE_ALONE, ids=lambda book: book.stem)
def test_all_that_a_book_of_storage_alone_says_is_read(book: Path) -> None:
    """Those were written below the operations: a profile in them is one word, which no office ever wrote."""
    said = [(kind, payload) for kind, payload in payloads(book) if kind is not EntryKind.OFFICE_PROFILE]
    for kind, payload in said:
        assert held_in(without_the_books_own(payload), content_of(entry(kind, payload)).to_payload()), kind
    assert len(said) > 6


def test_of_an_erased_entry_no_more_is_read_than_was_kept() -> None:
    kept = SlipErased("slips/2026", 7, "LC01-GZ-2026-000007")
    assert content_of(entry(EntryKind.SLIP_ISSUED, kept.to_payload(), erased=True)) == kept
    assert content_of(entry(EntryKind.ORAL_NOTICE, {}, erased=True)) is None


@pytest.mark.parametrize("kind", sorted(NAMED_BEFORE - READERS.keys()))
def test_of_a_kind_that_is_not_written_nothing_is_read(kind: EntryKind) -> None:
    assert content_of(entry(kind, {"schema": 1, "sealed": "0123"})) is None


def test_an_act_that_says_nothing_known_is_passed_over() -> None:
    assert content_of(entry(EntryKind.INQUIRY, {"schema": 1, "text": "问"})) is None
