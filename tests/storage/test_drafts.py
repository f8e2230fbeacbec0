from __future__ import annotations

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from tests.storage.desk import issue


@pytest.fixture
def drafts(book: Book) -> Drafts:
    return Drafts(book.database)


def test_a_draft_is_saved_over_its_earlier_state(drafts: Drafts) -> None:
    drafts.save("a", {"name": "罗"})
    drafts.save("b", {"name": "岩"})
    drafts.save("a", {"name": "罗𠅤克"})
    newest = drafts.newest()
    assert newest is not None
    assert (newest.uuid, newest.body) == ("a", {"name": "罗𠅤克"})
    assert [draft.uuid for draft in drafts.all()] == ["a", "b"]
    assert drafts.load("a") == newest


def test_a_dropped_draft_is_gone(drafts: Drafts) -> None:
    drafts.save("a", {})
    drafts.drop("a")
    drafts.drop("a")
    assert (drafts.load("a"), drafts.newest(), drafts.all()) == (None, None, [])


def test_an_issued_draft_is_gone_and_a_late_autosave_does_not_bring_it_back(book: Book, drafts: Drafts) -> None:
    assert drafts.save("a", {})
    issue(book, "a")
    assert drafts.load("a") is None
    assert not drafts.save("a", {})
    assert drafts.all() == []


def test_a_damaged_draft_is_refused_in_words(book: Book, drafts: Drafts) -> None:
    drafts.save("a", {"name": "罗"})
    book.database.handle.execute_sql('UPDATE draft SET body = \'{"name":"岩"}\'')
    with pytest.raises(Refusal, match="已损坏"):
        drafts.load("a")
