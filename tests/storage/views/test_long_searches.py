"""However much is pasted into a search box, an answer takes little work, and it is the right one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from counter_assistant import paths
from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH
from counter_assistant.domain.wording.phrase_search import PhraseIndex
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.storage.book import Book
from counter_assistant.storage.characters import pinyin
from counter_assistant.storage.content.catalogue_index import CatalogueIndex
from counter_assistant.storage.views.archive import Archive
from counter_assistant.storage.views.cases import Cases
from tests.effort import calls_in, sqlite_steps_in
from tests.storage.desk import issue, number, open_book
from tests.storage.views.test_case_view import issue as issue_of_case

CALLS, SQLITE = 200_000, 100
"""Calls of functions and hundreds of SQLite's instructions: twice and four times what the costliest of these takes."""

LONG = {
    "one character 79 times": "岩" * 79,
    "78 times the same word": "岩 " * 78,
    "100 different words": " ".join(chr(0x4E00 + n) for n in range(100)),
    "66 words that may be initials": " ".join(f"{'abcdefghij'[n % 10]}{chr(0x4E00 + n)}" for n in range(66)),
    "a name again and again": "岩罕罗克" * 50,
    "initials": "yh" * 100,
    "initials of nobody": "s" * 199 + "q",
    "digits": "1" * SEARCH_LENGTH,
    "a ligature of eighteen": "\ufdfa" * SEARCH_LENGTH,
    "half characters": "岩\ud840" * 100,
    "zeros": "\0" * SEARCH_LENGTH,
    "a page": "岩" * 100_000,
    "a page of words": "岩 " * 50_000,
    "a page of initials": "s" * 100_000,
    "signs of a pattern": "[岩.*](?" * 25,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Book]:
    book = open_book(tmp_path_factory.mktemp("long") / "book.db")
    for n in range(30):
        issue(book, str(n), applicant="岩罕" if n % 2 else "岩" * 50)
    issue_of_case(book, "case")
    yield book
    book.database.close()


@pytest.fixture(scope="module")
def boxes(book: Book) -> dict[str, Callable[[str], object]]:
    cases, items = Cases(book.database), CatalogueIndex.load(paths.resources() / "catalogue" / "index.json")
    texts = ["是" * 200, "请稍等。", "是是非非"]
    own = [own_phrase(26 + n, text, PhraseChannel.COUNTER, Moment.DONE) for n, text in enumerate(texts)]
    phrases = PhraseIndex.of(own, pinyin.initials)
    found: dict[str, Callable[[str], object]] = {
        "档案": Archive(book.database).search, "办件": cases.found, "事项": items.search, "用语": phrases.search,
    }  # fmt: skip
    for search in found.values():
        search("重庆")  # the table of initials is read once
    return found


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("box", ["档案", "办件", "事项", "用语"])
def test_an_answer_takes_little_work(
    book: Book, boxes: dict[str, Callable[[str], object]], box: str, text: str
) -> None:
    assert calls_in(lambda: boxes[box](text)) < CALLS
    assert sqlite_steps_in(book.database.handle.connection(), lambda: boxes[box](text)) < SQLITE


def test_every_word_counts_however_many_there_are(book: Book) -> None:
    archive, cases = Archive(book.database), Cases(book.database)
    many = " ".join(["岩罕", "租房提取", "李某", "B08", "0000", *"岩罕租房提取李某", "yh", "zftq", number(4), "4"])
    assert [row.number for row in archive.search(many)] == [number(4)]
    assert archive.search(f"{many} 罗") == []
    known = " ".join(["岩罕", "b01", "购房提取", "0461", "yh", *"岩罕购房提取b01046", number(31).lower()])
    assert [case.id for case in cases.found(known)] == ["case"]
    assert cases.found(f"{known} 罗") == []
    assert cases.found("岩\ud840罕") == cases.found("岩罕") != []


@pytest.mark.parametrize(("length", "slips"), [(1, 30), (49, 15), (50, 15), (51, 0), (SEARCH_LENGTH, 0)])
def test_a_name_as_long_as_names_may_be_is_found(book: Book, length: int, slips: int) -> None:
    assert len(Archive(book.database).search("岩" * length)) == slips


def test_a_longer_text_than_a_box_takes_finds_nothing(
    book: Book, boxes: dict[str, Callable[[str], list[object]]]
) -> None:
    filled = {"档案": "岩", "办件": "岩", "事项": "提取", "用语": "是"}
    for box, word in filled.items():
        assert boxes[box](word.ljust(SEARCH_LENGTH)) != [], box
        assert boxes[box](word.ljust(SEARCH_LENGTH + 1)) == [], box
