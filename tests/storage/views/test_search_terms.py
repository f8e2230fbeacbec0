"""What one box finds, and that the index finds the same as reading every slip would."""

from __future__ import annotations

import runpy
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.people.identity import TAIL
from counter_assistant.storage.book import Book
from counter_assistant.storage.characters import pinyin
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views import archive_view
from counter_assistant.storage.views.archive import Archive
from counter_assistant.storage.views.search_terms import matches_text, matches_whole, may_be_number, words
from tests.domain.typed_text.inputs import HALVES, inputs_of
from tests.places import ROOT
from tests.storage.desk import Clock, issue, number, open_book

NAMES = ["罗𠅤克", "岩罕", "阿依古丽·买买提", "重庆", "John Smith", "单于", "岩罕", "欧阳娜娜"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Archive]:
    clock = Clock(step=timedelta(hours=10))
    book = open_book(tmp_path_factory.mktemp("search") / "book.db", clock=clock)
    for n, name in enumerate(NAMES):
        issue(
            book, str(n), applicant=name, phone_tail=f"{8000 + n}", id_tail=f"{n}23X", clerk="李某" if n % 2 else "张敏",
            item="B08" if n % 2 else "C01", item_name="租房提取" if n % 2 else "购房贷款", qr=f"1010120260000{n:02}7",
            other_names=("召相信",) if n == 1 else (), kind="receipt" if n == 3 else "notification_slip",
        )  # fmt: skip
    yield Archive(book.database)
    book.database.close()


def found(archive: Archive, text: str = "", **filters: Any) -> list[int]:
    return [int(row.number[-6:]) for row in archive.search(text, **filters)]


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("罗", [1]), ("𠅤", [1]), ("𠅤克", [1]), ("罗𠅤克", [1]), ("罕岩", []), ("岩", [7, 2]), ("依古丽", [3]),
        ("阿依古丽・买买提", [3]), ("阿依古丽买买提", [3]), ("丽.买", [3]), ("·", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("smith", [5]), ("John  SMITH", [5]), ("召相", [2]),
        ("yh", [7, 2]), ("AH", [7, 2]), ("zq", [4]), ("cq", [8, 6, 4, 2]), ("cy", [6]), ("sy", [6]), ("oynn", [8]), ("ynn", [8]), ("ygl", [3]),
        ("ＹＨ", [7, 2]), ("oyx", []), ("aygm", []), ("lmm", [3]),
        (number(4), [4]), ("LC01GZ2026000004", [4]), ("lc01-gz-2026-000004", [4]), ("000004", [4]), ("0004", [4]), ("4", [4]),
        ("８００２", [3]), ("8002", [3]), ("13900008002", [3]), ("223x", [3]), ("53352119900101223X", [3]),
        ("1010120260000047", [5]), ("2026-11-24", [2, 1]), ("11-24", [2, 1]), ("20261124", [2, 1]),
        ("2026年11月24日", [2, 1]), ("11.24", [2, 1]), ("13-40", []),
        ("B08", [8, 6, 4, 2]), ("c01", [7, 5, 3, 1]), ("租房", [8, 6, 4, 2]), ("提取", [8, 6, 4, 2]), ("zftq", [8, 6, 4, 2]),
        ("张敏", [7, 5, 3, 1]), ("李", [8, 6, 4, 2]),
        ("岩 租房", [2]), ("yh 8006", [7]), ("11-24 岩", [2]), ("岩 购房 张 c01", [7]), ("岩 不存在", []), ("不存在", []),
        ("", [8, 7, 6, 5, 4, 3, 2, 1]), ("%", []), ("' OR 1=1 --", []), ("\0", []), ("岩\ud840", [7, 2]),
    ],
)  # fmt: skip
def test_one_box_finds(archive: Archive, text: str, slips: list[int]) -> None:
    assert found(archive, text) == slips


def test_filters_narrow_down(archive: Archive) -> None:
    assert found(archive, item="B08") == [8, 6, 4, 2]
    assert found(archive, "岩", item="C01") == [7]
    assert found(archive, clerk="张敏", day=date(2026, 11, 24)) == [1]
    assert found(archive, kind="receipt") == [4]
    assert found(archive, kind="return_notice") == []


def test_pages_follow_by_key(archive: Archive) -> None:
    for text in ("", "2026", "岩", "租房", "1"):
        whole, paged, before = archive.search(text), list[ArchiveRow](), None
        while page := archive.search(text, limit=1, before=before):
            paged += page
            before = page[-1].seq
        assert paged == whole


def test_terms_and_rows_hold_tails_only(archive: Archive) -> None:
    with pytest.raises(ValueError, match="tails"):
        Card("1", "receipt", "罗", "B08", "租房提取", "2026-11-23", "李某", phone_tail="13800000000")
    terms = [term for (term,) in tables.Term.select(tables.Term.term).tuples().execute(archive.database.handle)]
    assert max(len(term) for term in terms if term.startswith("#") and not term.startswith("#10101")) == 5


def test_a_page_reads_few_rows_however_many_slips_there_are(archive: Archive) -> None:
    plan = archive.database.handle.execute_sql(
        "EXPLAIN QUERY PLAN SELECT entry FROM term WHERE term = ? AND entry < 9 ORDER BY entry DESC LIMIT 200", ("岩",)
    ).fetchall()
    assert len(plan) == 1
    assert "SEARCH" in plan[0][3]
    assert "PRIMARY KEY" in plan[0][3]


PEOPLE = st.text(st.sampled_from("岩罕重单罗𠅤克a·・B "), max_size=5)
QUERIES = st.text(st.sampled_from("岩罕重单罗𠅤克yahczdsb·. 0121-X"), max_size=6)


@given(
    st.lists(st.tuples(PEOPLE, st.sampled_from(["0121", "1010", ""]), st.sampled_from(["罗克", "岩"])), max_size=8),
    st.lists(QUERIES, min_size=1, max_size=8),
)
@pytest.mark.slow
def test_the_index_finds_what_reading_every_slip_finds(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str, str]], queries: list[str]
) -> None:
    book = open_book(tmp_path_factory.mktemp("naive") / "book.db")
    for n, (name, tail, clerk) in enumerate(people):
        issue(book, str(n), applicant=name, phone_tail=tail, id_tail="12X", clerk=clerk, item="B01", item_name="单位")
    archive = Archive(book.database)
    rows = archive.search()
    assert len(rows) == len(people)
    for query in queries:
        expected = [
            row for row in rows if all(naive(word, row) for word in unicodedata.normalize("NFKC", query).split())
        ]
        assert archive.search(query, limit=3) == expected[:3], query
    book.database.close()


DOTS = "·・."


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c not in DOTS and not c.isspace())


def begins(letters: str, text: str) -> bool:
    return all(letter in pinyin.initials(c) for letter, c in zip(letters, text, strict=True))


def in_text(word: str, text: str) -> bool:
    word, text = bare(word), bare(text)
    if word in text:
        return True
    starts = range(len(text) - len(word) + 1)
    letters = len(word) >= 2 and word.isascii() and word.isalpha()
    return letters and any(begins(word, text[start : start + len(word)]) for start in starts)


def naive(word: str, row: ArchiveRow) -> bool:
    """The same said plainly, from the words of the design, without any index."""
    if not bare(word):
        return True
    if any(in_text(word, text) for text in (row.applicant, row.item_name, row.clerk)):
        return True
    if bare(row.item).startswith(bare(word)):
        return True
    typed = "".join(c for c in word.upper() if c.isalnum())
    if len(typed) < 4:
        if typed.isdecimal() and typed == str(int(row.number[-6:])):
            return True
    elif row.number.replace("-", "").endswith(typed) or typed in (row.phone_tail, row.id_tail):
        return True
    return any(word in day_forms(day) for day in (date.fromisoformat(row.day), row.issued_at.date()))


def day_forms(day: date) -> set[str]:
    spelled = {f"{day.month}", f"{day.month:02}"}, {f"{day.day}", f"{day.day:02}"}
    return {f"{month}{mark}{dd}" for month in spelled[0] for dd in spelled[1] for mark in "-."} | {f"{day:%Y%m%d}"}


def test_initials_of_every_reading() -> None:
    assert [pinyin.initials(c) for c in ("岩", "重", "罗", "a", "A", "1", "·")] == ["ay", "ctz", "l", "a", "", "", ""]
    assert len(pinyin._table()) > 40_000


def test_the_initials_are_what_pypinyin_knows() -> None:
    path = ROOT / "packaging" / "pinyin" / "build_initials.py"
    assert pinyin.INITIALS.read_text(encoding="utf-8") == runpy.run_path(str(path))["text"]()


def test_a_stored_row_comes_back_as_it_was(archive: Archive) -> None:
    row = archive.search("召相")[0]
    assert row.other_names == ("召相信",)
    assert row.issued_at == datetime.fromisoformat("2026-11-24T14:30:00+08:00")
    assert archive_view.from_columns(archive_view.to_columns(row)) == row


def test_a_book_and_its_archive_agree_on_what_is_there(archive: Archive) -> None:
    assert Book(archive.database).check().problems == []


def test_a_part_of_the_papers_title_finds_its_kind_and_no_name_is_mixed_up_with_it(archive: Archive) -> None:
    assert found(archive, "收件回执") == [4]
    assert found(archive, "件回执 重庆") == [4]
    assert len(found(archive, "告知单")) == len(NAMES) - 1
    assert found(archive, "单") == [6]
    assert found(archive, "sj") == []


def test_what_people_call_a_paper_finds_it_too(archive: Archive) -> None:
    assert found(archive, "回执") == found(archive, "收件") == found(archive, "回执 重庆") == [4]
    assert len(found(archive, "告知")) == len(NAMES) - 1
    assert found(archive, "回执 岩罕") == found(archive, "退回") == []


def finds(typed: str, stored: str) -> bool:
    """Whether what is typed finds a stored name or number, word by word or as a whole."""
    if sum(character.isdecimal() for character in stored) < TAIL:
        typed_words = words(typed)
        return bool(typed_words) and all(matches_text(word, stored) for word in typed_words)
    return all(may_be_number(word) and matches_whole(word, [stored]) for word in words(typed))


@pytest.mark.parametrize("half", HALVES)
def test_whatever_people_type_for_a_name_or_a_number_finds_it_and_nothing_else(half: str) -> None:
    lines = [one for one in inputs_of(half) if one.kind == "search"]
    assert len(lines) > 30
    assert [one for one in lines if finds(one.typed, one.value) != (one.outcome == "finds")] == []
