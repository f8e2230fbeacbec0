"""Whole numbers leave the book when their term has ended, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive import number_keeping, reprint_and_void
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP, leave_expired
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.intake.compared_numbers import is_known
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification.earlier import look_back
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.body_codec import unpacked
from counter_assistant.storage.views.acts import acts_numbered
from counter_assistant.storage.views.people import terms_of_before
from tests.decision_rows import ROWS, SPOUSE
from tests.make import ID_NUMBER, NOW, PHONE, a_request

PERSON = {"name": "罗𠅤克", "phone": PHONE, "id_number": ID_NUMBER}
WRONG_CHECK_DIGIT = "110105194912310021"


class Days:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def office(tmp_path: Path, days: Days) -> Iterator[Office]:
    office = open_office(tmp_path, days)
    yield office
    office.close()


def turn_to(office: Office, days: Days, moment: datetime) -> None:
    """That moment, for which the clock was confirmed long enough before."""
    days.now = moment - AFTER_A_JUMP
    office.confirm_clock()
    days.now = moment


def years_later(office: Office, days: Days, years: int) -> None:
    turn_to(office, days, NOW.replace(year=NOW.year + years) + timedelta(days=1))


def issue(office: Office, name: str, **changes: Any) -> str:
    slip = issue_slip(office, a_request(**changes, request_id=name)).slip
    return slip.number if slip else ""


def left(office: Office) -> int:
    return run_through(leave_expired(office)) or 0


def in_the_file(office: Office, text: str) -> bool:
    """Whether a text stands anywhere in what the database can read of the book."""
    book, desk = office.database.handle, office.database.desk.handle
    rows = [row for table in tables.TABLES for row in _rows(desk if table is tables.Draft else book, table)]
    bodies = [unpacked(body) for (body,) in _rows(book, tables.Payload, "body")]
    return text in f"{rows}{bodies}"


def _rows(handle: Any, table: Any, columns: str = "*") -> list[Any]:
    found: list[Any] = handle.execute_sql(f'SELECT {columns} FROM "{table._meta.table_name}"').fetchall()
    return found


def views(office: Office) -> list[Any]:
    names = ("counter", "archive", "term", "label", "case_row", "telling")
    return [sorted(office.database.handle.execute_sql(f"SELECT * FROM {name}").fetchall()) for name in names]


def test_after_its_term_a_slip_prints_as_before_and_no_whole_number_is_anywhere(office: Office, days: Days) -> None:
    number = issue(office, "a", applicant={**PERSON, "agent": SPOUSE})
    before = reprint_and_void.show(office, number)
    years_later(office, days, 10)
    assert in_the_file(office, ID_NUMBER)
    assert left(office) == 1
    after = reprint_and_void.show(office, number)
    assert after == before
    assert [
        word for word in (ID_NUMBER, PHONE, SPOUSE["id_number"], SPOUSE["phone"]) if in_the_file(office, word)
    ] == []
    assert office.book.check().problems == []
    assert left(office) == 0


def test_until_its_last_day_nothing_leaves(office: Office, days: Days) -> None:
    issue(office, "a", applicant=PERSON)
    turn_to(office, days, NOW.replace(year=NOW.year + 10))
    assert left(office) == 0
    days.now += timedelta(days=1)
    assert left(office) == 1


def test_the_slip_is_found_by_its_tails_and_by_what_was_masked(office: Office, days: Days) -> None:
    number = issue(office, "a", applicant={**PERSON, "agent": SPOUSE})
    years_later(office, days, 10)
    words = ("罗", PHONE[-4:], "002X", ID_NUMBER, PHONE, "138 0000 0000", SPOUSE["id_number"][-4:], SPOUSE["phone"])
    assert [word for word in words if not office.archive.search(word)] == []
    other = "11010519491231" + "0030"
    left(office)
    assert {row.number for word in words for row in office.archive.search(word)} == {number}
    assert [word for word in words if not office.archive.search(word)] == []
    assert office.archive.search(other) == []


def test_the_views_are_what_a_rebuild_gives(office: Office, days: Days) -> None:
    """GIVEN entries that whole numbers have left WHEN the views are made anew THEN they are as they were written."""
    issue(office, "a", applicant={**PERSON, "id_type": "officer", "id_number": "军字第1234567号"})
    issue(office, "b", applicant={**PERSON, "agent": SPOUSE}, delivery="oral")
    years_later(office, days, 10)
    issue(office, "c", applicant=PERSON)
    assert left(office) == 2
    written = views(office)
    assert office.book.check().problems == []
    office.book.rebuild()
    assert views(office) == written


def test_an_open_case_keeps_its_number_and_the_term_begins_with_its_end(office: Office, days: Days) -> None:
    issue(office, "a", **ROWS["7-direct-incomplete"][0])
    years_later(office, days, 12)
    assert left(office) == 0
    take_step(office, "a", Step.WITHDRAWN, note="改在外地提取")
    assert left(office) == 0
    assert in_the_file(office, ID_NUMBER)
    turn_to(office, days, days.now.replace(year=days.now.year + 10) + timedelta(days=1))
    assert left(office) == 1
    case = office.cases.get("a")
    assert case is not None
    assert (case.id_tail, case.phone_tail) == (ID_NUMBER[-4:], PHONE[-4:])


def test_each_kind_has_its_years_and_an_office_may_set_others(office: Office, days: Days) -> None:
    issue(office, "oral", applicant=PERSON, delivery="oral")
    issue(office, "paper", applicant=PERSON)
    issue(office, "promise", **ROWS["11-promise"][0])
    take_step(office, "promise", Step.DONE)
    for years, expected in ((3, 1), (10, 1), (29, 0), (30, 1)):
        years_later(office, days, years)
        assert left(office) == expected, years
    issue(office, "again", applicant=PERSON)
    office.decide_profile(replace(office.profile, number_years={"paper": 1}))
    turn_to(office, days, days.now.replace(year=days.now.year + 1) + timedelta(days=1))
    assert left(office) == 1


def test_many_are_let_go_a_few_at_a_time(office: Office, days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_keeping, "AT_ONCE", 2)
    for n in range(5):
        issue(office, f"{n}", applicant=PERSON)
    years_later(office, days, 10)
    work = leave_expired(office)
    for _ in range(2):
        next(work)
    work.close()
    erased = list(office.book.entries(EntryKind.PAYLOAD_ERASED))
    assert [entry.uuid for entry in erased] == ["erase:2", "erase:3"]
    assert left(office) == 3


def test_a_draft_that_was_forgotten_ends_too(office: Office, days: Days) -> None:
    office.drafts.save("old", {"id_number": ID_NUMBER})
    years_later(office, days, 3)
    office.drafts.save("new", {"name": "岩罕"})
    left(office)
    assert [draft.uuid for draft in office.drafts.all()] == ["new"]
    assert not in_the_file(office, ID_NUMBER)


def test_at_a_doubtful_time_nothing_leaves(office: Office, days: Days) -> None:
    """GIVEN a clock that somebody set ten years ahead THEN no number is lost to it."""
    issue(office, "a", applicant=PERSON)
    days.now = NOW.replace(year=NOW.year + 11)
    with pytest.raises(Refusal, match=r"电脑时间|服务器时间"):
        left(office)
    assert in_the_file(office, ID_NUMBER)


def test_what_was_told_is_read_of_an_act_without_numbers_too(office: Office, days: Days) -> None:
    issue(office, "a", applicant=PERSON)
    issue(office, "b", applicant=PERSON, delivery="oral")
    before = acts_numbered(office.database, 1, 9)
    years_later(office, days, 10)
    left(office)
    after = acts_numbered(office.database, 1, 9)
    assert [(act.seq, act.number, act.everything, act.uuid) for act in after] == [
        (act.seq, act.number, act.everything, act.uuid) for act in before
    ]
    assert {act.person.id_number for act in after} == {""}
    found = look_back(office, a_request(applicant=PERSON).applicant, "B08").acts
    assert [(act.certain, act.id_tail, act.phone_tail) for act in found] == [(False, "002X", "0000")] * 2


def test_that_a_number_was_compared_is_forgotten_with_it(office: Office, days: Days) -> None:
    doubtful = {**PERSON, "id_number": WRONG_CHECK_DIGIT}
    issue(office, "a", applicant=doubtful, compared=["id_number"])
    kind = a_request(applicant=doubtful).applicant.id_type
    assert is_known(office, kind, WRONG_CHECK_DIGIT)
    years_later(office, days, 10)
    assert left(office) == 2
    assert not is_known(office, kind, WRONG_CHECK_DIGIT)
    assert not in_the_file(office, WRONG_CHECK_DIGIT)
    assert office.book.check().problems == []


def test_a_comparison_that_an_earlier_version_recorded_still_holds(office: Office) -> None:
    kind = a_request(applicant=PERSON).applicant.id_type
    payload = {"id_type": kind.value, "number": "110105********0021", "clerk": "0001"}
    uuid = f"{kind.value}{terms_of_before(office.database).number(WRONG_CHECK_DIGIT)}"
    office.book.append(EntryKind.NUMBER_CONFIRMED, payload, uuid=uuid)
    assert is_known(office, kind, WRONG_CHECK_DIGIT)
    assert not is_known(office, kind, ID_NUMBER)


def test_the_same_request_ten_years_later_is_no_way_to_try_numbers(office: Office, days: Days) -> None:
    """GIVEN what was asked for without its number WHEN it is sent again with the right one THEN nothing says that it is."""
    issue(office, "a", applicant=PERSON)
    years_later(office, days, 10)
    left(office)
    for number in (ID_NUMBER, "530902199001011243"):
        with pytest.raises(Refusal) as refusal:
            issue(office, "a", applicant={**PERSON, "id_number": number})
        assert refusal.value.code == "request-differs"


def test_a_slip_without_numbers_can_be_erased_as_a_whole(office: Office, days: Days) -> None:
    """GIVEN an entry that whole numbers have left WHEN what was kept of it is erased too THEN its number is what remains."""
    issue(office, "a", applicant=PERSON)
    years_later(office, days, 10)
    left(office)
    entry = next(office.book.entries(EntryKind.SLIP_ISSUED))
    kept = {"issue": entry.payload["issue"], "card": {"number": entry.payload["card"]["number"]}}
    seq = office.book.head()[0]
    office.book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid=f"erase:{seq}")
    office.database.handle.execute_sql(f"DELETE FROM payload WHERE seq = {seq}")
    office.book.rebuild()
    assert office.book.check().problems == []
    assert next(office.book.entries(EntryKind.SLIP_ISSUED)).erased
    assert not in_the_file(office, "罗𠅤克")
