"""What the file holds by itself, what checking finds, and that every view comes from the entries alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.sqlite.schema import TRIGGERS
from counter_assistant.storage.views.archive import Archive
from tests.storage.desk import SERIES, engine_of, issue, number, open_book, past_guards


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET kind = 'inquiry' WHERE seq = 2",
        "DELETE FROM entry WHERE seq = 2",
        "INSERT OR REPLACE INTO entry SELECT seq, time, 'inquiry', visibility, algorithm, inner, hash, uuid FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 3, time, kind, visibility, algorithm, inner, hash, uuid FROM entry WHERE seq=2",
        "INSERT INTO entry SELECT 9, time, kind, visibility, algorithm, inner, hash, NULL FROM entry WHERE seq = 2",
        "UPDATE payload SET body = '{}' WHERE seq = 2",
        "DELETE FROM payload WHERE seq = 2",
        "INSERT OR REPLACE INTO payload SELECT seq, salt, '{}' FROM payload",
    ],
)
def test_the_file_itself_holds_entries_as_they_are(book: Book, statement: str) -> None:
    issue(book, "a")
    path = engine_of(book).path
    book.database.close()
    with closing(sqlite3.connect(path)) as stranger, pytest.raises(sqlite3.IntegrityError):
        stranger.execute(statement)


def test_an_erased_payload_leaves_a_chain_that_verifies(book: Book) -> None:
    """GIVEN an erasure entry WHEN the payload goes THEN chain and numbers still hold and the name is nowhere in the file."""
    issued = issue(book, "a", applicant="召存信罕")
    kept = {"issue": issued.entry.payload["issue"], "card": {"number": issued.number}}
    with pytest.raises(peewee.IntegrityError, match="only by an erasure"):
        book.database.handle.execute_sql("DELETE FROM payload WHERE seq = 2")
    book.append(EntryKind.PAYLOAD_ERASED, {"kept": kept}, uuid="erase:2")
    book.database.handle.execute_sql("DELETE FROM payload WHERE seq = 2")
    book.rebuild()
    assert book.check().problems == []
    assert [entry.erased for entry in book.entries()] == [False, True, False]
    assert Archive(book.database).search("召") == []
    assert issue(book, "b").sequence == 2
    book.database.close()
    assert "召存信罕".encode() not in engine_of(book).path.read_bytes()


def test_only_an_erasure_takes_the_name_of_one(book: Book) -> None:
    issue(book, "a")
    for act in (lambda: issue(book, "erase:2"), lambda: book.append(EntryKind.INQUIRY, {}, uuid="erase:2")):
        with pytest.raises(ValueError, match="erasure"):
            act()
    with pytest.raises(ValueError, match="erasure"):
        book.append(EntryKind.PAYLOAD_ERASED, {"kept": {}}, uuid="another")
    assert book.head()[0] == 2


def test_views_are_rebuilt_from_the_book_alone(book: Book) -> None:
    for uuid in "abc":
        issue(book, uuid)
    book.void(number(2), "录错", "李某", copy_returned=False)
    book.reprinted(number(1), "李某", "卡纸")
    tables = ("counter", "archive", "term", "label")
    before = [book.database.handle.execute_sql(f"SELECT * FROM {table}").fetchall() for table in tables]
    for table in tables:
        book.database.handle.execute_sql(f"DELETE FROM {table}")
    assert len(book.check().problems) == 4
    book.rebuild()
    assert [book.database.handle.execute_sql(f"SELECT * FROM {table}").fetchall() for table in tables] == before
    assert book.check().ok


ACTS = st.lists(
    st.tuples(st.sampled_from(["issue", "void", "reprint", "start", "note"]), st.integers(1, 6)), max_size=25
)


@given(ACTS)
@pytest.mark.slow
def test_whatever_is_done_the_views_are_what_the_entries_give(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    book = open_book(tmp_path_factory.mktemp("acts") / "book.db")
    deeds: dict[str, Callable[[int], object]] = {
        "issue": lambda n: issue(book, f"{n % 4}", applicant="岩罗重克单召"[n - 1]),
        "void": lambda n: book.void(number(n), "录错", "李某", copy_returned=False),
        "reprint": lambda n: book.reprinted(number(n), "李某", "卡纸"),
        "start": lambda n: book.start_series(SERIES, n, "李某", "接续"),
        "note": lambda n: book.append(EntryKind.INQUIRY, {"n": n}, uuid=f"note {n}"),
    }
    for act, n in acts:
        before = book.head()
        try:
            deeds[act](n)
        except Refusal:
            assert book.head() == before
    assert book.check().problems == []
    book.database.close()


def test_views_of_other_rules_are_rebuilt_at_opening(book: Book) -> None:
    issue(book, "a")
    book.database.handle.execute_sql("DELETE FROM term")
    book.database.handle.execute_sql("UPDATE meta SET value = 'older rules'")
    again = Book.open(book.database, installation="other")
    assert again.check().ok
    assert next(again.entries()).payload["installation"] == "LC01"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE archive SET applicant = '岩罕'", "档案列表与台账不符"),
        ("UPDATE counter SET last = 9", "编号计数与台账不符"),
        ("DELETE FROM term WHERE term = '罗'", "检索词与台账不符（第 2 条记录）"),
        ("INSERT INTO term VALUES ('岩', 3)", "检索词与台账不符"),
        ("INSERT INTO term VALUES ('岩', 0)", "检索词与台账不符"),
        ("UPDATE term SET entry = 0 WHERE entry = 2", "检索词与台账不符（第 2 条记录）"),
        ("UPDATE label SET text = '购房提取'", "名称与台账不符"),
        ("UPDATE entry SET time = '2026-11-23T08:30:08+08:00' WHERE seq = 2", "第 2 条记录与哈希链不符"),
        ("UPDATE entry SET uuid = 'z' WHERE seq = 2", "申请编号与内容不符"),
        ("UPDATE entry SET algorithm = 'md5' WHERE seq = 2", "第 2 条记录与哈希链不符"),
        ("UPDATE payload SET body = (SELECT body FROM payload WHERE seq = 3) WHERE seq = 2", "第 2 条记录的内容被改动"),
        ("DELETE FROM payload WHERE seq = 2", "第 2 条记录的内容缺失"),
        ("DELETE FROM entry WHERE seq = 2", "第 2 条记录缺失"),
    ],
)  # fmt: skip
def test_checking_says_in_words_what_was_tampered_with(book: Book, statement: str, words: str) -> None:
    issue(book, "a")
    book.append(EntryKind.INQUIRY, {"text": "问"})
    Drafts(book.database).save("b", {"name": "岩"})
    assert book.check().ok
    past_guards(book, statement)
    report = book.check()
    assert not report.ok
    assert any(words in problem for problem in report.problems), report.problems


@pytest.mark.parametrize("statement", ["DROP INDEX archive_number", "DROP TRIGGER entry_stays"])
def test_checking_says_that_the_schema_is_not_as_it_was_made(book: Book, statement: str) -> None:
    book.database.handle.connection().execute(statement)
    assert any("表结构不符" in problem for problem in book.check().problems)


def test_checking_says_that_a_draft_was_changed(book: Book) -> None:
    Drafts(book.database).save("b", {"name": "岩"})
    book.database.desk.handle.execute_sql("UPDATE draft SET body = '{}'")
    assert book.check().problems == [f"{book.database.now().replace(second=14).isoformat()} 保存的草稿已损坏。"]


def test_a_book_whose_entries_are_gone_is_not_begun_anew(book: Book) -> None:
    past_guards(book, "DELETE FROM payload", "DELETE FROM entry")
    with pytest.raises(Refusal, match="记录全部缺失"):
        Book.open(book.database, "LC01")


def test_a_content_that_is_none_of_its_kind_is_damage_to_a_newer_program_too(book: Book) -> None:
    """GIVEN a slip with the content of another entry WHEN its views are made anew THEN the entry is named."""
    issue(book, "a")
    (stays,) = (trigger for trigger in TRIGGERS if "payload_stays" in trigger)
    change = "UPDATE payload SET body = packed('{}') WHERE seq = 2"
    book.database.handle.connection().execute(f"DROP TRIGGER payload_stays; {change}; {stays}")
    assert "台账内容读不出：台账第 2 条记录读不出。" in str(book.check().problems)
    with pytest.raises(Refusal, match="第 2 条记录读不出"):
        book.rebuild()
    book.database.handle.execute_sql("UPDATE meta SET value = 'older rules'")
    with pytest.raises(Refusal, match="第 2 条记录读不出"):
        Book.open(book.database, "LC01")


def test_numbers_that_skip_or_repeat_are_reported(book: Book) -> None:
    issue(book, "a")
    book.database.handle.execute_sql("UPDATE counter SET last = 5")
    issue(book, "b")
    assert "第 3 条记录的编号不连续：LC01-GZ-2026-000006。" in book.check().problems
