from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.entry import SEALED_ACT, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts, SealedDrafts
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
    book.database.desk.handle.execute_sql('UPDATE draft SET body = \'{"name":"岩"}\'')
    with pytest.raises(Refusal, match="已损坏"):
        drafts.load("a")


SEALED = SealedContent("x25519", "00", "AAAA")
ACT = f"{SEALED_ACT}1"


@pytest.fixture
def sealed(book: Book) -> SealedDrafts:
    return SealedDrafts(book.database)


def test_the_desk_never_meets_a_sealed_draft(drafts: Drafts, sealed: SealedDrafts) -> None:
    drafts.save("a", {"name": "罗"})
    assert sealed.save(ACT, SEALED)
    drafts.save("b", {"name": "岩"})
    assert [draft.uuid for draft in drafts.all()] == ["b", "a"]
    assert (drafts.load(ACT), getattr(drafts.next_older("b"), "uuid", "")) == (None, "a")
    drafts.drop("a")
    drafts.drop("b")
    assert (drafts.newest(), drafts.next_older(), drafts.all()) == (None, None, [])
    assert sealed.all() == [(ACT, SEALED)]
    sealed.drop(ACT)
    assert sealed.all() == []


def test_a_sealed_draft_says_not_even_when_it_was_saved(book: Book, sealed: SealedDrafts) -> None:
    sealed.save(ACT, SealedContent("x25519", "00", "before"))
    sealed.save(ACT, SEALED)
    rows = book.database.desk.handle.execute_sql("SELECT uuid, body, saved_at FROM draft").fetchall()
    assert rows == [(ACT, '{"sealed":{"box":"AAAA","by":"x25519","key":"00"}}', "")]
    with pytest.raises(ValueError, match="name of its own kind"):
        sealed.save("a", SEALED)


def test_a_recorded_one_is_gone_and_a_late_save_does_not_bring_it_back(book: Book, sealed: SealedDrafts) -> None:
    sealed.save(ACT, SEALED)
    book.append(EntryKind.COMPLAINT, SEALED.to_payload(), uuid=ACT)
    assert sealed.all() == []
    assert not sealed.save(ACT, SEALED)
    assert sealed.all() == []


@pytest.mark.parametrize("damage", ["body = '{\"sealed\":0}'", "body = replace(body, 'AAAA', 'AAAB')"])
def test_a_damaged_sealed_draft_is_known_for_one(book: Book, sealed: SealedDrafts, damage: str) -> None:
    sealed.save(ACT, SEALED)
    book.database.desk.handle.execute_sql(f"UPDATE draft SET {damage}")
    assert sealed.all() == [(ACT, None)]
    assert book.check().problems == ["有一份封存的草稿已损坏。"]


def test_what_is_thrown_away_by_its_age_is_never_a_sealed_draft(drafts: Drafts, sealed: SealedDrafts) -> None:
    """GIVEN a sealed draft, which says no time WHEN old drafts are thrown away THEN it stays for its keepers."""
    assert sealed.save(ACT, SEALED)
    assert drafts.save("a", {"name": "岩罕"})
    drafts.drop_before(date(2999, 1, 1))
    assert drafts.all() == []
    assert sealed.all() == [(ACT, SEALED)]
