"""The view of the registers: rows written with their entries, made anew, compared; what came of a line, and what is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, State
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.storage.journal import tables
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterLines, RegisterQuery
from tests.decision_rows import FURTHER, ROWS
from tests.hand_entries import MENDED, TYPED
from tests.make import a_request, an_office
from tests.storage.desk import as_before_codecs

K = RegisterKind


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


def act(office: Office, name: str, **changes: Any) -> int:
    issue_slip(
        office, a_request(**{**(ROWS[name][0] if name in ROWS else FURTHER[name]), "request_id": name, **changes})
    )
    return office.book.head()[0]


def stored(office: Office) -> list[tuple[Any, ...]]:
    return tables.fetch(office.database.handle, tables.RegisterRow.select())


def lines(office: Office, *kinds: RegisterKind, **query: Any) -> list[RegisterLine]:
    return RegisterLines(office.database).found(RegisterQuery(kinds or tuple(K), **query))


def test_what_is_written_is_what_a_rebuild_makes_and_the_check_expects(office: Office) -> None:
    for name in ROWS:
        act(office, name)
    for kind, typed in TYPED.items():
        keeping.record(office, kind, typed)
    keeping.answer(office, lines(office, K.OPINION)[0], "已加装")
    keeping.take_back(office, lines(office, K.OPINION)[0], "还没有装")
    keeping.answer(office, lines(office, K.OPINION)[0], "已加装", to="办公室", posted="11-23")
    keeping.take_back(office, lines(office, K.OVERTIME)[0], "记错了人")
    keeping.settle(office, lines(office, K.RATING)[0], MENDED)
    keeping.take_back(office, lines(office, K.INQUIRY)[0], "打错电话")
    take_step(office, "10-referral", Step.DONE)
    keeping.answer(office, lines(office, K.RESULT_FILED)[0], "同意")
    before = stored(office)
    assert {row[0] for row in before} == set(K)
    assert office.book.check().problems == []
    office.book.rebuild()
    assert stored(office) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM register_row WHERE kind = 'opinion'",
        "UPDATE register_row SET state = 'open' WHERE kind = 'opinion'",
        "UPDATE register_row SET settled = 0 WHERE kind = 'opinion'",
        "UPDATE register_row SET line = 'x' WHERE kind = 'first_contact'",
        "INSERT INTO register_row SELECT 'absence', seq, time, clerk, state, settled, stage, case_id, due, line, words FROM register_row",
    ],
)
def test_the_check_finds_what_is_not_as_the_entries_have_it(office: Office, statement: str) -> None:
    act(office, "5-inquiry")
    keeping.record(office, K.OPINION, TYPED[K.OPINION])
    keeping.answer(office, lines(office, K.OPINION)[0], "已加装")
    office.database.handle.execute_sql(statement)
    assert office.book.check().problems == ["登记簿与台账不符。"]
    office.book.rebuild()
    assert office.book.check().problems == []


def test_what_contradicts_the_register_is_refused_and_named_by_the_check(office: Office) -> None:
    seq = keeping.record(office, K.OVERTIME, TYPED[K.OVERTIME]).seq
    for of, said in ((seq, "不等办结"), (1, "没有第 1 条"), (99, "没有第 99 条")):
        with pytest.raises(Refusal, match=said):
            office.book.append(EntryKind.REGISTER_ANSWERED, Answered(of, "好", "", "", "0001").to_payload())
    assert office.book.check().problems == []
    handle = office.database.handle
    handle.execute_sql("UPDATE register_row SET state = 'open'")
    office.book.append(EntryKind.REGISTER_ANSWERED, Answered(seq, "好", "", "", "0001").to_payload())
    last = office.book.head()[0]
    assert office.book.check().problems == [
        f"第 {last} 条记录与登记簿不符：这一条已登记，不等办结。",
        "登记簿与台账不符。",
    ]
    office.book.rebuild()
    assert lines(office, K.OVERTIME)[0].state is State.NOTED


def test_what_waits_for_a_case_follows_it(office: Office) -> None:
    act(office, "4-unclear")
    asked = lines(office, K.INQUIRY)[0]
    assert (asked.waits, asked.in_words, asked.due) == (True, "待答复", date(2026, 11, 26))
    assert RegisterLines(office.database).waiting() == {K.INQUIRY: 1}
    take_step(office, "4-unclear", Step.ANSWERED, note="可以提两次")
    answered = lines(office, K.INQUIRY)[0]
    assert (answered.waits, answered.in_words, answered.due) == (False, "已答复", None)
    act(office, "10-referral")
    assert not lines(office, K.RESULT_FILED)[0].waits
    take_step(office, "10-referral", Step.DONE)
    assert lines(office, K.RESULT_FILED, waiting=True)[0].waits
    assert RegisterLines(office.database).waiting() == {K.RESULT_FILED: 1}


def test_a_void_paper_leaves_its_line_and_waits_no_more(office: Office) -> None:
    act(office, "2-custody")
    assert RegisterLines(office.database).waiting() == {K.REFERRAL: 1}
    void(office, office.archive.search("")[0].number, "写错")
    assert [line.in_words for line in lines(office)] == ["文书已作废"] * 2
    assert RegisterLines(office.database).waiting() == {}


def test_lines_are_found_by_day_register_and_words(office: Office) -> None:
    act(office, "11-promise")
    for kind, typed in TYPED.items():
        keeping.record(office, kind, typed)
    today, after = date(2026, 11, 23), date(2026, 11, 24)
    registers = RegisterLines(office.database)
    whole = RegisterQuery()
    assert registers.count(whole) == len(lines(office)) == 10
    assert len(lines(office, first=today, last=today)) == 10
    assert lines(office, first=after) == lines(office, last=date(2026, 11, 22)) == []
    assert len(lines(office, last=date.max)) == 10
    assert [line.kind for line in lines(office, text="yw")] == [K.OPINION]
    assert [line.kind for line in lines(office, text="台阶 岩温")] == [K.OPINION]
    assert lines(office, K.ABSENCE, text="台阶") == lines(office, text="x" * 201) == []
    assert [line.kind for line in lines(office, waiting=True)] == [
        K.INQUIRY, K.RATING, K.OPINION, K.ABSENCE, K.REPORTED_UPWARD,
    ]  # fmt: skip
    assert registers.found(whole, limit=1, after=9)[0].kind is K.FIRST_CONTACT
    assert registers.of(K.OPINION, 3) is None


def test_only_what_waits_by_itself_is_overdue_here(office: Office) -> None:
    act(office, "4-unclear")
    keeping.record(office, K.INQUIRY, TYPED[K.INQUIRY])
    registers = RegisterLines(office.database)
    assert (registers.overdue(date(2026, 11, 26)), registers.overdue(date(2026, 11, 27))) == (0, 1)


def test_an_erased_slip_leaves_no_line_and_what_was_filed_of_it_is_passed_over(office: Office) -> None:
    seq = act(office, "10-referral")
    take_step(office, "10-referral", Step.DONE)
    keeping.answer(office, lines(office, K.RESULT_FILED)[0], "同意")
    entry = office.book.at([seq])[seq]
    kept = {"issue": entry.payload["issue"], "card": {"number": entry.payload["card"]["number"]}}
    office.book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid=f"erase:{seq}")
    assert lines(office) == []
    office.database.handle.execute_sql(f"DELETE FROM payload WHERE seq = {seq}")
    office.book.rebuild()
    assert (lines(office), office.book.check().problems) == ([], [])


def test_whole_numbers_that_leave_change_no_line(office: Office) -> None:
    seq = act(office, "11-promise")
    before = stored(office)
    assert office.book.leave_numbers([seq]) == 1
    assert stored(office) == before
    office.book.rebuild()
    assert (stored(office), office.book.check().problems) == (before, [])


def test_a_book_of_before_has_them_once_it_was_opened(office: Office, tmp_path: Path) -> None:
    act(office, "11-promise"), act(office, "4-unclear")
    kept, handle = stored(office), office.database.handle
    as_before_codecs(handle)
    handle.execute_sql("DROP TABLE telling; DROP TABLE case_row")
    handle.execute_sql("UPDATE meta SET value = 'cases-3'")
    handle.pragma("user_version", 1)
    office.close()
    again = an_office(tmp_path)
    assert (stored(again), again.book.check().problems) == (kept, [])
    again.close()


def test_the_withdrawal_of_a_call_takes_both_its_lines(office: Office) -> None:
    seq = keeping.record(office, K.INQUIRY, TYPED[K.INQUIRY]).seq
    office.book.append(EntryKind.REGISTER_WITHDRAWN, RegisterWithdrawn(seq, "打错", "0001").to_payload())
    assert [line.state for line in lines(office)] == [State.WITHDRAWN] * 2
