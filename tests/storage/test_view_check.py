"""A book is checked while it is in use: what other windows write meanwhile is no fault, and hides none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import view_check
from counter_assistant.storage.book import Book
from counter_assistant.storage.expected import Expected
from counter_assistant.storage.journal import tables
from counter_assistant.storage.view_check import EntryCheck
from counter_assistant.storage.views import case_view, recent_cases, telling_view
from tests.storage.desk import number, open_book
from tests.storage.views.test_case_view import issue, step, take_back, tell


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """Two windows of one book with a few cases."""
    path = tmp_path / "book.db"
    first, second = open_book(path), open_book(path)
    for n in range(8):
        issue(first, f"case {n}")
    tell(first, "told", EntryKind.ORAL_NOTICE, 7, "notification_slip")
    first.void(number(2), "录错", "李某", copy_returned=False)
    yield first, second
    first.database.close()
    second.database.close()


def meanwhile(monkeypatch: pytest.MonkeyPatch, acts: Callable[[int], object]) -> list[int]:
    """Has another window act each time before a batch is read, and tables read two rows at a time. Gives how often it did."""
    real, often = EntryCheck.catch_up, [0]

    def catch_up(self: EntryCheck, handle: Any) -> list[str]:
        often[0] += 1
        acts(often[0])
        return real(self, handle)

    monkeypatch.setattr(EntryCheck, "catch_up", catch_up)
    monkeypatch.setattr(view_check, "BATCH", 2)
    return often


def do(book: Book, n: int) -> None:
    """The n-th of what a window does: something new, and something about what there has long been."""
    match n % 6:
        case 0:
            issue(book, f"meanwhile {n}")
        case 1 if n < 30:
            book.void(number(3 + n // 6), "录错", "李某", copy_returned=False)
        case 2:
            book.reprinted(number(1 + n % 5), "李某", "卡纸")
        case 3:
            step(book, f"case {n % 2}", Step.CONTACT)
        case 4:
            take_back(book, f"case {(n - 1) % 2}", book.head()[0])
        case _:
            tell(book, f"meanwhile {n}", EntryKind.ORAL_NOTICE, 7, "notification_slip", case="case 5")


def test_what_is_written_meanwhile_is_no_fault(windows: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = windows
    with monkeypatch.context() as patched:
        often = meanwhile(patched, lambda n: do(second, n) if n < 60 else None)
        assert first.check().problems == []
    assert often[0] > 60
    assert first.check().problems == []
    first.rebuild()
    assert first.check().problems == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE archive SET clerk = '岩罕' WHERE seq = 9", "档案列表与台账不符。"),
        ("UPDATE archive SET reprints = 1 WHERE seq = 9", "档案列表与台账不符。"),
        ("UPDATE archive SET void_seq = NULL WHERE void_seq IS NOT NULL", "档案列表与台账不符。"),
        ("DELETE FROM term WHERE entry = 9 AND term = '罗'", "检索词与台账不符（第 9 条记录）。"),
        ("UPDATE telling SET began = began + 2305843009213693951 WHERE seq = 9", "告知与办结一览与台账不符。"),
        ("UPDATE case_row SET stage = 'done' WHERE id = 'case 7'", "办件一览与台账不符。"),
    ],
)
def test_what_is_written_meanwhile_hides_nothing(
    windows: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch, statement: str, finding: str
) -> None:
    first, second = windows
    changed = first.database.handle.execute_sql(statement + " RETURNING 1").fetchall()
    assert changed
    meanwhile(monkeypatch, lambda n: do(second, n) if n < 30 else None)
    assert first.check().problems == [finding]


def test_what_is_erased_meanwhile_is_read_again(windows: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a check under way WHEN whole numbers leave an entry that was read THEN the check begins anew, and is refused as busy where
    that does not end."""
    first, second = windows
    with monkeypatch.context() as patched:
        meanwhile(patched, lambda n: second.leave_numbers([3]) if n == 4 else None)
        assert first.check().problems == []
    seqs = iter([4, 5, 6, 7, 8])
    meanwhile(monkeypatch, lambda n: second.leave_numbers([next(seqs)]))
    with pytest.raises(Refusal, match="正在清除"):
        first.check()


def test_cases_that_left_the_hand_come_back_as_they_were(
    windows: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN room for four cases WHEN a book of many that go on by turns is checked and rebuilt THEN every row is as it was written."""
    first, _ = windows
    for n in range(8):
        step(first, f"case {n % 4}", Step.CONTACT)
        tell(first, f"again {n}", EntryKind.INQUIRY, 4, None)
    monkeypatch.setattr(recent_cases, "_MOST", 4)
    monkeypatch.setattr(case_view, "_PACKED", 3)
    monkeypatch.setattr(telling_view, "_LATE", 2)
    of_cases = tables.CaseRow.select().order_by(tables.CaseRow.id)
    rows = tables.fetch(first.database.handle, of_cases)
    assert first.check().problems == []
    first.rebuild()
    assert tables.fetch(first.database.handle, of_cases) == rows


def test_the_first_term_of_a_large_book_may_lie_under_a_late_entry() -> None:
    """GIVEN more entries than there is room for at once WHEN the table, which lies in the order of its terms, begins with a late one THEN it is
    not taken for one that is filed wrongly; a row that is astray is named all the same."""
    entries, given = range(1, 20_001), Expected()
    for seq in entries:
        given.add_terms(seq, (f"{20_001 - seq:05}", "z"))
    rows = sorted((term, seq) for seq in entries for term in (f"{20_001 - seq:05}", "z"))
    stored = given.beside()
    stored.add_filed(rows)
    assert stored.first_misfiled(given) is None
    for astray in (0, -1, 17, 20_000, 1 << 60):
        wrong = given.beside()
        wrong.add_filed([*rows, ("x", astray)])
        assert wrong.first_misfiled(given) == astray
