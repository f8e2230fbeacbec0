"""The view of cases: what is written act by act, what a rebuild makes and what folding gives are one and the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken, MovedDay
from counter_assistant.domain.calendar.time_limit import PROMISED, Clock
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.cases.case import Case, Stage, Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import IssuedRecord
from counter_assistant.storage.views.case_view import words_of
from counter_assistant.storage.views.cases import CaseList, Cases, Horizon
from tests.storage.desk import OPENING, SERIES, card, number, open_book

TODAY = OPENING.date()
HORIZON = Horizon(TODAY, TODAY + timedelta(days=3))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = open_book(tmp_path / "book.db")
    yield book
    book.database.close()


def content(row: int, case: str, kind: str | None, due: date | None = None, **facts: Any) -> dict[str, Any]:
    """What an act at the window stores, as issuing writes it."""
    running = {PROMISED: Clock(TODAY, 3, "workday").to_payload()} if row > 8 else {}
    return {
        "result": {"kind": kind, "clause": "", "due": due.isoformat() if due else None, "provisional": False},
        "applicant": {"name": "岩罕", "phone": "13800000461", "id_number": "11010519491231002X"},
        "facts": {
            "item": "B01", "item_name": "购房提取", "row": row, "clerk": "0001", "case": case, "clocks": running, **facts,
        },
    }  # fmt: skip


def issue(book: Book, uuid: str, row: int = 11, kind: str = "promise_notice", *, case: str = "") -> None:
    act = ActRecorded.from_payload(content(row, case or uuid, kind, TODAY + timedelta(days=2) if row > 8 else None))
    book.issue(lambda _: SERIES, uuid, uuid, lambda n, time: IssuedRecord(card(number(n), time, kind=kind), {}, act))


def tell(book: Book, uuid: str, kind: EntryKind, row: int, slip: str | None, *, case: str = "") -> None:
    book.append(kind, content(row, case or uuid, slip), uuid=uuid)


def step(book: Book, case: str, which: Step, **particulars: Any) -> None:
    payload = {"case": case, "step": which.value, "on": TODAY.isoformat(), "clerk": "0001", "note": "", **particulars}
    book.append(EntryKind.CASE_STEP, payload)


def take_back(book: Book, case: str, place: int) -> None:
    payload = {"case": case, "withdrawn": place, "reason": "点错了", "clerk": "0002"}
    book.append(EntryKind.STEP_WITHDRAWN, payload)


def all_cases(book: Book) -> list[Case]:
    cases = Cases(book.database)
    return [case for which in (CaseList.OPEN, CaseList.CLOSED) for case in cases.listed(which, HORIZON, limit=1000)]


def test_a_case_without_a_paper_is_found_by_name_initials_and_tails(book: Book) -> None:
    tell(book, "asked", EntryKind.INQUIRY, 4, None)
    tell(book, "told", EntryKind.ORAL_NOTICE, 7, "notification_slip")
    cases = Cases(book.database)
    for text in (
        "岩",
        "岩罕",
        "yh",
        "ah",
        "0461",
        "002x",
        "b01",
        "购房",
        "yh 0461",
        "11010519491231002X",
        "138-0000-0461",
    ):
        assert {case.id for case in cases.found(text)} == {"asked", "told"}, text
    for text in ("110105194912310021", "罕岩", "%", "_"):
        assert cases.found(text) == [], text
    assert "13800000461" not in words_of(cases.found("岩罕")[0])


def test_pages_of_a_search_follow_one_another(book: Book) -> None:
    for n in range(5):
        tell(book, f"asked {n}", EntryKind.INQUIRY, 4, None)
    cases = Cases(book.database)
    pages = [cases.found("岩罕", limit=2, after=n) for n in (0, 2, 4)]
    assert [case.id for page in pages for case in page] == [f"asked {n}" for n in range(5)]
    listed = [cases.listed(CaseList.ASKED, HORIZON, limit=2, after=n) for n in (0, 2, 4)]
    assert listed == pages
    assert [case.id for case in cases.open_cases()] == [f"asked {n}" for n in range(5)]


def test_a_void_paper_stays_a_line_of_its_case(book: Book) -> None:
    issue(book, "one")
    book.void(number(1), "姓名录错", "李某", copy_returned=True)
    (case,) = all_cases(book)
    assert (case.open, case.history[-1].words) == (True, f"作废 {number(1)}")
    assert book.check().problems == []


def test_entries_of_before_cases_existed_are_cases_of_their_own_or_none(book: Book) -> None:
    """GIVEN an oral notice that knows its rule but no case, and one that knows neither THEN the first is a case by its uuid."""
    old = content(7, "", "notification_slip")
    del old["facts"]["case"], old["facts"]["clocks"], old["facts"]["item_name"]
    book.append(EntryKind.ORAL_NOTICE, old, uuid="before")
    book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B08"}}, uuid="bare")
    (case,) = all_cases(book)
    assert (case.id, case.stage, case.item_name) == ("before", Stage.WAITING, "")
    assert book.check().problems == []


def test_a_step_that_contradicts_its_case_is_refused_and_leaves_no_entry(book: Book) -> None:
    issue(book, "one")
    step(book, "one", Step.DONE)
    before = book.head()
    with pytest.raises(Refusal) as refusal:
        step(book, "one", Step.CONTACT)
    assert refusal.value.code == "case-closed"
    with pytest.raises(Refusal) as unknown:
        step(book, "nobody", Step.DONE)
    assert unknown.value.code == "case-unknown"
    assert book.head() == before


def test_a_step_is_taken_back_by_a_counter_entry(book: Book) -> None:
    """GIVEN a closing by mistake WHEN it is taken back THEN the case is open again, and the book keeps both entries."""
    issue(book, "one")
    (before,) = all_cases(book)
    step(book, "one", Step.DONE)
    done, _ = book.head()
    take_back(book, "one", done)
    (case,) = all_cases(book)
    assert (case.open, case.stage, case.due) == (True, before.stage, before.due)
    assert [(trace.words, trace.withdrawn) for trace in case.history[1:]] == [
        ("办结", True), ("撤销“办结”，点错了", False),
    ]  # fmt: skip
    assert [entry.kind for entry in book.entries()][-2:] == [EntryKind.CASE_STEP, EntryKind.STEP_WITHDRAWN]
    assert book.check().problems == []
    with pytest.raises(Refusal) as refusal:
        take_back(book, "one", done)
    assert refusal.value.code == "nothing-to-take-back"
    with pytest.raises(Refusal) as unknown:
        take_back(book, "nobody", done)
    assert unknown.value.code == "case-unknown"
    assert book.check().problems == []


def test_what_was_done_on_the_spot_is_taken_back_and_found(book: Book) -> None:
    tell(book, "here", EntryKind.CASE_STEP, 12, None)
    place, _ = book.head()
    take_back(book, "here", place)
    (case,) = all_cases(book)
    assert (case.open, case.stage) == (True, Stage.RECEIVED)
    assert Cases(book.database).found("岩罕") == [case]
    assert book.check().problems == []


def test_the_check_says_where_entries_contradict_each_other(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(book, "one")
    with monkeypatch.context() as patched:
        patched.setattr("counter_assistant.storage.views.case_view.CaseView.write", lambda *_: None)
        step(book, "one", Step.DONE)
        step(book, "one", Step.DONE)
        step(book, "nobody", Step.DONE)
    book.rebuild()
    seq, _ = book.head()
    assert book.check().problems == [
        f"第 {seq - 1} 条记录与办件不符：这一件已经是“办结”。",
        f"第 {seq} 条记录与办件不符：没有这一件办件。",
    ]


def test_a_row_that_is_not_what_the_book_says_is_reported(book: Book) -> None:
    issue(book, "one")
    with book.database.writing() as handle:
        tables.CaseRow.update(stage=Stage.DONE.value).execute(handle)
    assert book.check().problems == ["办件一览与台账不符。"]
    book.rebuild()
    assert book.check().problems == []


ROWS = st.sampled_from(
    [(7, "notification_slip"), (8, "supplement_notice"), (10, "referral_notice"), (11, "promise_notice")]
)
CASES = st.sampled_from(["a", "b", "c"])
STEPS: dict[Step, dict[str, Any]] = {
    Step.PAUSED: {"reason": "verification"}, Step.RESUMED: {"due": "2026-11-27"}, Step.DUE_CHANGED: {"due": "2026-11-24"},
    Step.FOLLOW_UP: {"follow_up": "2026-11-25"}, Step.HANDED_ON: {"owner": "0002", "follow_up": "2026-11-25"},
}  # fmt: skip
ACTS = st.one_of(
    st.tuples(st.just("issue"), CASES, ROWS),
    st.tuples(st.just("ask"), CASES, st.just((4, None))),
    st.tuples(st.just("step"), CASES, st.sampled_from(sorted(Step))),
    st.tuples(st.just("void"), CASES, st.integers(1, 4)),
    st.tuples(st.just("move"), CASES, st.integers(0, 9)),
    st.tuples(st.just("done"), CASES, st.just((12, None))),
    st.tuples(st.just("take back"), CASES, st.integers(0, 3)),
)


@given(st.lists(ACTS, max_size=14))
@pytest.mark.slow
def test_whatever_happens_the_view_is_what_a_rebuild_makes(acts: list[tuple[str, str, Any]]) -> None:
    """GIVEN any acts in any order, the refused ones refused THEN the check finds nothing and a rebuild changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        book = open_book(Path(folder) / "book.db")
        try:
            for n, act in enumerate(acts):
                take(book, n, *act)
            before = all_cases(book)
            assert book.check().problems == []
            book.rebuild()
            assert all_cases(book) == before
        finally:
            book.database.close()


def take(book: Book, n: int, act: str, case: str, what: Any) -> None:
    try:
        match act:
            case "issue":
                issue(book, f"act {n}", *what, case=case)
            case "ask":
                tell(book, f"act {n}", EntryKind.INQUIRY, *what, case=case)
            case "step":
                step(book, case, what, **STEPS.get(what, {}))
            case "done":
                tell(book, f"act {n}", EntryKind.CASE_STEP, *what, case=case)
            case "take back":
                known = Cases(book.database).get(case)
                newest = known.newest_step if known and what else None  # now and then one that is not the newest
                take_back(book, case, newest.seq if newest else book.head()[0] - what)
            case "void":
                book.void(number(what), "录错", "李某", copy_returned=False)
            case _:
                moved = MovedDay(case, TODAY, TODAY + timedelta(days=what), provisional=False)
                book.append(EntryKind.CALENDAR, CalendarTaken((), "0001", (moved,)).to_payload())
    except Refusal:
        pass  # what does not fit leaves nothing behind, which the check shows
