"""The view of tellings: a row for each act that tells or ends, written with it, made anew, and gone with its slip."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.notification.tellings import Telling
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification.own_matters import month_for_clerk
from counter_assistant.operations.office import Office
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views import telling_view
from counter_assistant.storage.views.people import PeopleTerms
from counter_assistant.storage.views.tellings import tellings_between
from tests.make import ID_NUMBER, PHONE, SINGLE, a_request, an_office
from tests.storage.desk import as_before_codecs

WHO = {"name": "岩·罕", "phone": PHONE, "id_number": ID_NUMBER}
COMPLETE: dict[str, Any] = {"answers": SINGLE, "received": "all", "eligible": "yes"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def act(office: Office, item: str = "B08", **changes: Any) -> int:
    """Does an act and gives the number of its entry."""
    issue_slip(office, a_request(item, **{"applicant": WHO, **changes}))
    return office.book.head()[0]


def rows(office: Office) -> list[Telling]:
    return [Telling(*row) for row in tables.fetch(office.database.handle, tables.Telling.select())]


def altered(office: Office, statement: str) -> list[str]:
    """What the check finds once a statement was executed, and the book rebuilt after it."""
    office.database.handle.execute_sql(statement)
    found = office.book.check().problems
    office.book.rebuild()
    assert office.book.check().problems == []
    return found


def test_what_tells_or_ends_has_a_row_and_nothing_else(office: Office) -> None:
    slip, oral = act(office, purpose="apply", request_id="begun"), act(office, delivery="oral")
    on_the_spot = act(office, **COMPLETE)
    act(office, hold="policy", details={"due": "2026-12-01", "verify": "房屋状况"})
    office.book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B08"}})
    office.book.append(EntryKind.CASE_STEP, {"case": "begun", "step": "contact", "on": "2026-11-23", "clerk": "0001"})
    assert [(row.seq, row.ends) for row in rows(office)] == [(slip, 0), (oral, 0), (on_the_spot, 1)]


def test_a_row_says_whose_case_it_is_and_under_what_its_person_lies(office: Office) -> None:
    seq, terms = act(office, request_id="first", on="2026-11-20"), office.book.people_terms
    again = act(office, applicant={"name": "玉罕", "phone": PHONE}, case="first")
    nobody = act(office, applicant={}, delivery="oral")
    of_first, of_again, of_nobody = rows(office)
    assert of_first[:7] == (seq, "2026-11-23", "2026-11-20", "B08", "0001", 0, seq)
    assert (of_first.number, of_first.named) == (terms.number(ID_NUMBER), terms.name_and_phone("岩罕", PHONE))
    assert (of_again.seq, of_again.began) == (again, seq)
    assert (of_again.number, of_again.named) == ("", terms.name_and_phone("玉罕", PHONE))
    assert (of_nobody.began, of_nobody.number, of_nobody.named) == (nobody, "", "")


def test_a_case_whose_beginning_is_not_in_the_book_begins_with_the_act(office: Office) -> None:
    act(office, delivery="oral", request_id="told")
    entry = office.book.find("told")
    assert entry is not None
    facts = {**entry.payload["facts"], "case": "elsewhere"}
    content = {"result": entry.payload["result"], "applicant": entry.payload["applicant"], "facts": facts}
    seq = office.book.append(EntryKind.ORAL_NOTICE, content).seq
    office.book.append(EntryKind.FIRST_CONTACT, {"facts": {}}, uuid="elsewhere")
    assert office.book.append(EntryKind.ORAL_NOTICE, content).seq == seq + 2
    assert [row.began for row in rows(office)] == [entry.seq, seq, seq + 2]
    assert office.book.check().problems == []


def test_the_same_content_has_one_digest_whoever_told_it_and_whatever_was_wrong(office: Office) -> None:
    act(office, answers=SINGLE)
    act(office, answers=SINGLE, clerk="0002", delivery="oral", on="2026-11-20")
    act(office, answers=SINGLE, defects=[{"id": "id-card", "why": "已过期"}], received=["id-card"])
    act(office, answers={**SINGLE, "marital": "married"})
    act(office, "B01")
    contents = [row.content for row in rows(office)]
    assert len(contents[0]) == 12
    assert (len(set(contents[:3])), len(set(contents))) == (1, 3)


def test_no_row_holds_a_name_or_a_number_and_no_two_books_share_a_digest(office: Office, tmp_path: Path) -> None:
    act(office)
    other = an_office(tmp_path / "other")
    act(other)
    (row,), (of_other,) = rows(office), rows(other)
    assert not {"岩·罕", "岩罕", PHONE, ID_NUMBER} & set(map(str, row))
    assert row[:7] == of_other[:7]
    assert set(row[7:]).isdisjoint(of_other[7:])
    other.close()


def test_a_row_goes_when_its_slip_is_void_and_only_then(office: Office) -> None:
    act(office), act(office, delivery="oral")
    first, second = act(office, request_id="a"), act(office, request_id="b")
    reprint_and_void.void(office, office.archive.search("")[-1].number, "姓名打错")
    written = rows(office)
    assert [row.seq for row in written] == [3, first, second]
    office.book.rebuild()
    assert rows(office) == written


def test_a_row_goes_when_its_entry_is_erased(office: Office) -> None:
    seq = act(office, request_id="first")
    again = act(office, case="first", delivery="oral")
    entry = next(office.book.entries(EntryKind.SLIP_ISSUED))
    kept = {"issue": entry.payload["issue"], "card": {"number": entry.payload["card"]["number"]}}
    office.book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid=f"erase:{seq}")
    office.database.handle.execute_sql(f"DELETE FROM payload WHERE seq = {seq}")
    office.book.rebuild()
    assert [(row.seq, row.began) for row in rows(office)] == [(again, seq)]
    last = act(office, case="first", delivery="oral")
    assert [(row.seq, row.began) for row in rows(office)] == [(again, seq), (last, seq)]
    assert office.book.check().problems == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM telling WHERE seq = 2",
        "UPDATE telling SET ends = 1",
        "UPDATE telling SET content = ''",
        "UPDATE telling SET began = 2 WHERE seq = 3",
        "INSERT INTO telling SELECT 1, recorded, day, item, clerk, ends, began, number, named, content FROM telling WHERE seq = 2",
    ],
)
def test_the_check_finds_what_is_not_as_the_entries_have_it(office: Office, statement: str) -> None:
    act(office), act(office, delivery="oral")
    assert altered(office, statement) == ["告知与办结一览与台账不符。"]


def test_a_book_of_before_has_them_once_it_was_opened(office: Office, tmp_path: Path) -> None:
    """GIVEN a book of version 2 with acts WHEN it is opened THEN its month is what it is in a book of today."""
    act(office, answers=SINGLE), act(office, answers=SINGLE)
    kept, month = rows(office), month_for_clerk(office, 2026, 11)
    handle = office.database.handle
    handle.execute_sql("DROP TABLE telling")
    as_before_codecs(handle)
    handle.execute_sql("UPDATE meta SET value = replace(value, ', tellings 1', '')")
    handle.pragma("user_version", 2)
    office.close()
    again = an_office(tmp_path)
    assert rows(again) == kept
    assert month_for_clerk(again, 2026, 11) == month
    assert month.month.total.matters == 1
    assert again.book.check().problems == []
    again.close()


def between(office: Office, first: date, after: date) -> tuple[list[int], list[int]]:
    before, now = tellings_between(office.database, first, after, timedelta(days=365))
    return [act.seq for act in before], [act.seq for act in now]


def test_the_acts_of_some_days_come_with_those_that_they_may_go_on_with(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    moved: Any = office.database
    assert isinstance(moved, Database)
    seqs = [act(office, request_id="first"), act(office, applicant={"name": "玉罕", "phone": PHONE})]
    other = act(office, applicant={"name": "岩温", "phone": PHONE}, delivery="oral")
    before_it = moved.clock
    moved.clock = lambda: before_it() + timedelta(days=3)
    by_case = act(office, case="first", applicant={}, delivery="oral")
    by_name = act(office, "B01", applicant={"name": "玉·罕", "phone": PHONE})
    assert between(office, date(2026, 11, 24), date(2026, 11, 27)) == (seqs, [by_case, by_name])
    assert between(office, date(2026, 11, 23), date(2026, 11, 24)) == ([], [*seqs, other])
    assert between(office, date(2026, 11, 24), date(2026, 11, 26)) == ([], [])
    office.close()


def test_what_is_told_alike_in_another_type_is_not_taken_for_the_same() -> None:
    """What the check has written out before is known by every sign of it: Python's own comparison has true equal one."""
    terms = PeopleTerms(b"key")
    said: list[list[Any]] = [[1], [True], ["1"], [None], [{"a": 1, "b": 2}], [{"a": 1, "b": "2"}]]
    digests = [telling_view._digest(terms, marshal.dumps(one, 0)) for one in said]
    assert digests == [terms.digest(telling_view._JSON.encode(one)) for one in said]
    assert len(set(digests)) == len(said)
