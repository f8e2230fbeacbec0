"""Who was here before: an act is found by whole numbers and names, and no term says whose it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import paths
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import entries
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.views import search_terms
from counter_assistant.storage.views.people import PeopleTerms, entries_under, newest_under
from tests.decision_rows import SPOUSE
from tests.make import ID_NUMBER, PHONE, a_request, an_office, clock

WHO = {"name": "岩·罕", "phone": PHONE, "id_number": ID_NUMBER}
COMPLETE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def act(office: Office, **changes: Any) -> int:
    """Does an act and gives the number of its entry."""
    issue_slip(office, a_request(**{"applicant": WHO, **changes}))
    return office.book.head()[0]


def under(office: Office, term: str, limit: int = 9) -> list[int]:
    return newest_under(office.database, term, limit)


def people_terms(office: Office) -> set[str]:
    rows = office.database.handle.execute_sql("SELECT term FROM term WHERE term LIKE '=%'").fetchall()
    return {term for (term,) in rows}


def test_an_act_is_found_by_number_phone_and_name_whether_a_paper_came_of_it_or_not(office: Office) -> None:
    slip, oral = act(office), act(office, delivery="oral")
    on_the_spot = act(office, answers=COMPLETE, received="all", eligible="yes")
    registered = act(office, hold="policy", details={"due": "2026-12-01", "verify": "房屋状况"})
    terms, seqs = office.book.people_terms, [registered, on_the_spot, oral, slip]
    assert under(office, terms.number(ID_NUMBER)) == seqs
    assert under(office, terms.phone(PHONE)) == seqs
    assert under(office, terms.name_and_phone("岩罕", PHONE)) == seqs
    assert under(office, terms.name_and_item("岩罕", "B08", numbered=True)) == seqs
    assert under(office, terms.name_and_item("岩罕", "B08", numbered=False)) == []
    assert under(office, terms.name_and_item("岩罕", "B01", numbered=True)) == []
    unnumbered = act(office, delivery="oral", applicant={"name": "岩罕"})
    assert under(office, terms.name_and_item("岩罕", "B08", numbered=False)) == [unnumbered]
    assert under(office, terms.phone(ID_NUMBER)) == []
    assert newest_under(office.database, terms.phone(PHONE), 1) == seqs[:1]
    assert entries_under(office.database, terms.phone(PHONE)) == set(seqs)


def test_who_left_nothing_is_found_under_nothing(office: Office) -> None:
    act(office, applicant={}, delivery="oral")
    act(office, applicant={"phone": PHONE}, delivery="oral")
    assert people_terms(office) == {office.book.people_terms.phone(PHONE)}


def test_no_term_holds_a_number_or_a_name_and_no_two_books_share_one(office: Office, tmp_path: Path) -> None:
    act(office)
    kept = people_terms(office)
    assert len(kept) == 4
    assert {len(term) for term in kept} == {14}
    other = an_office(tmp_path / "other")
    act(other)
    assert people_terms(other).isdisjoint(kept)
    other.close()


def test_no_table_but_those_of_contents_and_drafts_holds_a_whole_number(office: Office) -> None:
    """GIVEN acts of every sort with numbers of an applicant and an agent THEN tables hold tails and digests of them alone."""
    numbers = (ID_NUMBER, PHONE, SPOUSE["id_number"], SPOUSE["phone"])
    who = {**WHO, "agent": SPOUSE}
    for more in ({}, {"delivery": "oral"}, {"hold": "policy", "details": {"due": "2026-12-01", "verify": "房屋状况"}}):
        act(office, applicant=who, **more)
    handle = office.database.handle
    tables = {name for (name,) in handle.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    written = {
        name: str(handle.execute_sql(f'SELECT * FROM "{name}"').fetchall()) for name in tables - {"payload", "draft"}
    }
    assert [(name, number) for name, rows in written.items() for number in numbers if number in rows] == []
    assert all(rows for name, rows in written.items() if name in ("archive", "term", "case_row", "telling"))


def test_under_a_key_the_digests_are_others_and_follow_from_nothing_in_the_book(office: Office, tmp_path: Path) -> None:
    """GIVEN a book that is sealed later THEN its digests are made anew under a secret of its key, and others under another."""
    act(office)
    plain, seen = people_terms(office), set[str]()
    for n, key in enumerate((BookKey(bytes(32)), BookKey(bytes([1] * 32)))):
        shutil.copyfile(tmp_path / paths.BOOK_NAME, path := tmp_path / f"{n}.db")
        database = Database.open(path, clock)
        book = Book.open(database, "")
        book.seal(key, KeySlot(KeyAct.SEALED.value, "0001", "0001").to_payload(), lambda: None)
        sealed = {
            term for (term,) in database.handle.execute_sql("SELECT term FROM term WHERE term LIKE '=%'").fetchall()
        }
        assert len(sealed) == len(plain)
        assert sealed.isdisjoint(plain | seen)
        assert book.people_terms.phone(PHONE) in sealed
        assert PeopleTerms(entries.hash_of(database.handle, 1)).phone(PHONE) not in sealed
        assert book.check().problems == []
        book.rebuild()
        assert newest_under(database, book.people_terms.number(ID_NUMBER), 9) == [2]
        seen |= sealed
        database.close()


def test_whatever_gave_the_book_a_key_the_next_act_is_filed_and_found_under_it(office: Office) -> None:
    """GIVEN an open book that got a key below it WHEN somebody is looked for, or served THEN all are filed under that key."""
    act(office)
    kept, key = people_terms(office), BookKey(bytes(32))
    for _ in office.database.sealing(key, lambda _: None):
        pass
    assert people_terms(office) == kept
    act(office)
    assert people_terms(office).isdisjoint(kept)
    assert under(office, office.book.people_terms.number(ID_NUMBER)) == [3, 2]
    assert office.book.check().problems == []


def test_a_book_sealed_by_an_earlier_version_has_them_anew_once_it_was_opened(office: Office, tmp_path: Path) -> None:
    """GIVEN a sealed book whose digests are those of a plain one, as if the sealing was cut off before they were made anew."""
    act(office)
    kept, key = people_terms(office), BookKey(bytes(32))
    for _ in office.database.sealing(key, lambda _: None):
        pass
    assert people_terms(office) == kept
    office.close()
    again = open_office(tmp_path, clock, key=key)
    assert people_terms(again).isdisjoint(kept)
    assert again.book.check().problems == []
    act(again)
    assert under(again, again.book.people_terms.number(ID_NUMBER)) == [3, 2]
    again.close()


@pytest.mark.parametrize("word", ["=i", "=iAbC", "=", "\x01=p", "岩罕", PHONE, ID_NUMBER])
def test_no_word_that_is_typed_leads_to_a_person(word: str) -> None:
    typed = {term for alternative in search_terms.alternatives(word, ()) for term in alternative}
    assert not [term for term in typed if term.startswith("=") and len(term) > 2]


def test_the_terms_are_made_anew_with_the_other_views_and_compared_by_the_check(office: Office) -> None:
    act(office), act(office, delivery="oral")
    kept = people_terms(office)
    for statement in (
        "DELETE FROM term WHERE term LIKE '=i%'",
        "DELETE FROM term WHERE entry = 3",
        "UPDATE term SET entry = 1 WHERE entry = 3 AND term LIKE '=p%'",
        "UPDATE term SET entry = 0 WHERE entry = 3",
        "INSERT INTO term VALUES ('=pAAAAAAAAAAAA', 2)",
        "INSERT INTO term VALUES ('=pAAAAAAAAAAAA', 99)",
    ):
        office.database.handle.execute_sql(statement)
        assert any("检索词与台账不符" in problem for problem in office.book.check().problems), statement
        office.book.rebuild()
        assert office.book.check().problems == []
    assert people_terms(office) == kept


def test_a_book_of_before_has_them_once_it_was_opened(office: Office, tmp_path: Path) -> None:
    act(office)
    office.database.handle.execute_sql("DELETE FROM term WHERE term LIKE '=%'")
    office.database.handle.execute_sql("UPDATE meta SET value = 'search 2, cases-2, old' WHERE name = 'views'")
    office.close()
    again = an_office(tmp_path)
    assert len(people_terms(again)) == 4
    assert again.book.check().problems == []
    again.close()


def test_what_is_erased_is_found_no_more(office: Office) -> None:
    seq = act(office)
    entry = next(office.book.entries(EntryKind.SLIP_ISSUED))
    kept = {"issue": entry.payload["issue"], "card": {"number": entry.payload["card"]["number"]}}
    office.book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid=f"erase:{seq}")
    office.database.handle.execute_sql(f"DELETE FROM payload WHERE seq = {seq}")
    office.book.rebuild()
    assert people_terms(office) == set()
    assert office.book.check().problems == []


def test_an_entry_that_is_no_act_is_filed_under_nobody(office: Office) -> None:
    office.book.append(EntryKind.FIRST_CONTACT, {"applicant": WHO, "facts": {"item": "B08"}})
    office.book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B08"}})
    office.book.append(EntryKind.ORAL_NOTICE, {"applicant": WHO})
    assert people_terms(office) == set()
    assert PeopleTerms(b"a").phone(PHONE) != PeopleTerms(b"b").phone(PHONE)


def test_an_entry_that_is_not_there_has_no_hash(office: Office) -> None:
    with pytest.raises(Refusal, match="第 99 条记录读不出"):
        entries.hash_of(office.database.handle, 99)
