from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.journal.records import IssuedRecord
from counter_assistant.storage.views.archive import Archive
from tests.storage.desk import SERIES, Clock, card, issue, number, open_book, past_guards


def rows(book: Book, table: str) -> int:
    return int(book.database.handle.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def test_a_new_book_says_which_it_is(book: Book) -> None:
    opened = next(book.entries())
    assert opened.kind is EntryKind.BOOK_OPENED
    assert opened.payload["installation"] == "LC01"
    assert len(opened.payload["book"]) == 32
    assert book.check().ok


def test_an_issued_slip_is_numbered_dated_findable_and_chained(book: Book, clock: Clock) -> None:
    issued = issue(book, "a")
    shown = Archive(book.database).show(issued.number)
    assert (issued.number, issued.sequence, issued.again) == (number(1), 1, False)
    assert shown.row.issued_at == issued.entry.time == clock.time
    assert shown.row.check_code == issued.entry.check_code == shown.entry.check_code
    assert shown.entry.payload["slip"] == {"title": "一次性告知单"}
    assert book.check().ok


def test_the_clock_is_read_once_and_cut_to_what_is_printed(book: Book, clock: Clock) -> None:
    clock.time, clock.step = datetime.fromisoformat("2026-11-23T09:00:00.987654+08:00"), timedelta(seconds=1)
    seen: list[datetime] = []

    def make(sequence: int, time: datetime) -> IssuedRecord:
        seen.append(time)
        return IssuedRecord(card(number(sequence)), {})

    issued = book.issue(lambda _: SERIES, "a", "", make)
    assert seen == [issued.entry.time] == [datetime.fromisoformat("2026-11-23T09:00:01+08:00")]


def test_a_clock_without_an_offset_is_a_programming_error(book: Book, clock: Clock) -> None:
    clock.time = clock.time.replace(tzinfo=None)
    with pytest.raises(ValueError, match="offset"):
        issue(book, "a")


def test_an_entry_earlier_than_the_one_before_is_kept_as_read_and_flagged(book: Book, clock: Clock) -> None:
    issue(book, "a")
    clock.time -= timedelta(days=1)
    back, forward = issue(book, "b").entry, issue(book, "c").entry
    assert (back.clock_back, forward.clock_back) == (True, False)
    assert [entry.clock_back for entry in book.entries(EntryKind.SLIP_ISSUED)] == [False, True, False]
    assert book.check().ok


def test_each_series_counts_for_itself(book: Book) -> None:
    assert [issue(book, "a").sequence, issue(book, "b").sequence] == [1, 2]

    def make(sequence: int, _: datetime) -> IssuedRecord:
        return IssuedRecord(card(f"LC01-SJ-2026-{sequence:06}"), {})

    assert book.issue(lambda _: "receipt/2026/LC01", "c", "", make).sequence == 1


def test_a_series_is_of_the_year_in_which_a_slip_is_issued(book: Book, clock: Clock) -> None:
    """GIVEN a book that stays open over midnight of a year's end THEN the first slip after it is the first of its year, and one whose time was turned back goes
    on where the old year ended."""

    def of_year(uuid: str, year: int) -> int:
        def make(sequence: int, time: datetime) -> IssuedRecord:
            return IssuedRecord(card(f"LC01-GZ-{time.year}-{sequence:06}", time), {})

        clock.time = clock.time.replace(year=year)
        return book.issue(lambda n: f"notification_slip/{n}/LC01", uuid, "", make).sequence

    numbers = [of_year(uuid, year) for uuid, year in zip("abcde", (2026, 2026, 2027, 2027, 2026), strict=True)]
    assert numbers == [1, 2, 1, 2, 3]
    assert book.check().ok


def test_the_same_request_again_gives_the_same_slip(book: Book) -> None:
    first, second = issue(book, "a"), issue(book, "a")
    assert (second.number, second.entry, second.card) == (first.number, first.entry, first.card)
    assert second.again
    assert rows(book, "archive") == 1


def test_the_same_request_with_other_content_is_refused(book: Book) -> None:
    issue(book, "a")
    with pytest.raises(Refusal, match="内容却不相同"):
        issue(book, "a", applicant="岩罕")
    assert issue(book, "b").sequence == 2


def test_a_number_that_exists_already_is_refused(book: Book) -> None:
    issue(book, "a")
    with pytest.raises(Refusal, match="已经用过"):
        issue(book, "b", series="another series of the same numbers")
    assert book.check().ok


@pytest.mark.parametrize("mistake", [RuntimeError, KeyboardInterrupt])
def test_when_the_slip_cannot_be_made_nothing_has_happened(book: Book, mistake: type[BaseException]) -> None:
    Drafts(book.database).save("a", {"name": "岩罕"})

    def make(sequence: int, time: datetime) -> IssuedRecord:
        raise mistake

    head = book.head()
    with pytest.raises(mistake):
        book.issue(lambda _: SERIES, "a", "", make)
    assert book.head() == head
    assert Drafts(book.database).load("a")
    assert issue(book, "b").sequence == 1


def test_the_books_own_keys_cannot_be_written_over(book: Book) -> None:
    with pytest.raises(ValueError, match="own keys"):
        book.append(EntryKind.INQUIRY, {"request": {}})


def test_an_oral_notice_has_an_entry_and_no_number(book: Book) -> None:
    """GIVEN an oral notice recorded under the uuid of its draft WHEN it is recorded again THEN it is the same one."""
    Drafts(book.database).save("a", {})
    first = book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B08"}}, uuid="a")
    assert book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B08"}}, uuid="a").seq == first.seq
    with pytest.raises(Refusal, match="内容却不相同"):
        book.append(EntryKind.ORAL_NOTICE, {"facts": {"item": "B01"}}, uuid="a")
    with pytest.raises(Refusal, match="内容却不相同"):
        issue(book, "a")
    assert (rows(book, "archive"), rows(book, "counter"), Drafts(book.database).all()) == (0, 0, [])
    assert book.find("a") == first
    assert book.find("b") is None


def test_the_last_entry_of_a_setting_holds(book: Book) -> None:
    assert book.latest(EntryKind.OFFICE_PROFILE) is None
    for phone in ("12329", "0883-2100000"):
        book.append(EntryKind.OFFICE_PROFILE, {"phone": phone})
    latest = book.latest(EntryKind.OFFICE_PROFILE)
    assert latest is not None
    assert latest.payload == {"schema": 1, "phone": "0883-2100000"}
    assert [entry.seq for entry in book.entries(after=2)] == [3]
    assert book.last_of(EntryKind.HANDOVER) == 0
    assert book.last_of(EntryKind.HANDOVER, EntryKind.OFFICE_PROFILE) == latest.seq == book.last_of(latest.kind)


def test_a_voided_slip_stays_visible_and_cannot_be_voided_twice(book: Book) -> None:
    issued = issue(book, "a")
    entry = book.void(issued.number, "姓名录错", "李某", copy_returned=True)
    assert Archive(book.database).show(issued.number).row.void_seq == entry.seq
    assert Archive(book.database).search()[0].void
    with pytest.raises(Refusal, match="已经作废"):
        book.void(issued.number, "再次", "李某", copy_returned=False)
    assert issue(book, "b").sequence == 2
    assert book.check().ok


def test_reprints_are_counted(book: Book) -> None:
    issued = issue(book, "a")
    assert [book.reprinted(issued.number, "李某", "卡纸") for _ in range(2)] == [1, 2]
    assert Archive(book.database).search()[0].reprints == 2
    assert book.check().ok


def test_an_unknown_number_and_a_missing_reason_are_refused(book: Book) -> None:
    for refused in (lambda: book.void("无", "因", "李某", False), lambda: book.reprinted("无", "李某", "因")):
        with pytest.raises(Refusal, match="没有编号"):
            refused()
    issued = issue(book, "a")
    for refused in (
        lambda: book.void(issued.number, " ", "李某", False),
        lambda: book.reprinted(issued.number, "李某", ""),
        lambda: book.start_series(SERIES, 9, "李某", ""),
    ):
        with pytest.raises(Refusal, match="须写明原因"):
            refused()


def test_a_series_goes_on_where_the_clerk_says_and_never_back(book: Book) -> None:
    """GIVEN a restored book WHEN paper shows higher numbers THEN the series goes on above them, on record."""
    issue(book, "a")
    book.start_series(SERIES, 42, "李某", "恢复备份后按纸质编号接续")
    assert issue(book, "b").number == number(42)
    with pytest.raises(Refusal, match="已经用到 42"):
        book.start_series(SERIES, 42, "李某", "再试")
    assert book.check().ok
    book.rebuild()
    assert issue(book, "c").sequence == 43


def test_a_confidential_entry_is_sealed_before_it_is_written(book: Book) -> None:
    with pytest.raises(ValueError, match="sealed"):
        book.append(EntryKind.COMPLAINT, {"text": "态度"})
    assert book.append(EntryKind.COMPLAINT, {"sealed": "0123"}).payload["sealed"] == "0123"


def test_half_a_character_is_refused_wherever_it_comes_from(book: Book) -> None:
    for act in (
        lambda: issue(book, "\ud840"),
        lambda: issue(book, "a", applicant="岩\ud840"),
        lambda: book.void("\ud840", "因", "李某", False),
        lambda: Archive(book.database).show("\ud840"),
    ):
        with pytest.raises(Refusal, match="不完整的字符"):
            act()
    assert book.check().entries == 1


def test_the_entries_before_one_that_cannot_be_read_are_read(book: Book) -> None:
    for uuid in "ab":
        issue(book, uuid)
    past_guards(book, "UPDATE entry SET kind = 'unknown' WHERE seq = 3")
    entries = book.entries()
    assert [next(entries).seq, next(entries).seq] == [1, 2]
    with pytest.raises(Refusal, match="第 3 条记录读不出"):
        next(entries)


def test_two_books_can_be_open_at_once(book: Book, tmp_path: Path) -> None:
    training = open_book(tmp_path / "training.db")
    issue(training, "a")
    assert (rows(training, "archive"), rows(book, "archive")) == (1, 0)
    training.database.close()
