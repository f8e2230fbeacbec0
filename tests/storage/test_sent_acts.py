"""An act that is on its way to a server is known on the PC until it is known to be done or not, and is not done offline meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.entry import SENT_OF
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.engine import UNSURE
from counter_assistant.storage.engines.sqlite.database import Database
from tests import hall
from tests.storage.desk import Clock, issue

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]


@pytest.fixture
def books(server: hall.Server, tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """That of a hall, and that in which its PC issues offline; they have their drafts in one file."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.server import Address

    def desk() -> Database:
        return Database.open(tmp_path / "desk.db", Clock())

    address = Address.read(f"{server.address}&schema=b{'a' * 16}")
    with (
        closing(Hall.open(address, desk(), Clock(), patience=0.5)) as there,
        closing(Database.open(tmp_path / "offline.db", Clock()).with_desk(desk())) as here,
    ):
        yield Book.open(there, "LC01"), Book.open(here, "LC02")
    server.clear()


def sent(book: Book) -> list[str]:
    with book.database.desk.query() as handle:
        rows = handle.execute_sql("SELECT uuid FROM draft WHERE uuid LIKE 'book:sent:%'").fetchall()
    return [uuid.removeprefix(SENT_OF) for (uuid,) in rows]


def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server does the next COMMIT, and is not heard nor reached until the patch ends."""
    from psycopg import OperationalError

    from counter_assistant.storage.engines.postgres import driver

    whole = driver.commit

    def away(*_: object, **__: object) -> None:
        raise OperationalError("no server")

    def losing(opened: object, patience: float) -> str:
        whole(opened, patience)
        opened.connection().close()  # type: ignore[attr-defined]
        monkeypatch.setattr(driver, "handle", away)
        raise OperationalError("the connection was closed")

    monkeypatch.setattr(driver, "commit", losing)


def test_what_is_known_to_be_done_or_refused_leaves_no_note(books: tuple[Book, Book]) -> None:
    hall_book, _ = books
    issue(hall_book, "a")
    assert sent(hall_book) == []

    def refuse(*_: object) -> None:
        raise Refusal("no", "不行。", "")

    with pytest.raises(Refusal):
        hall_book.issue(lambda year: f"告知单/{year}", "b", "digest", refuse)  # type: ignore[arg-type]
    assert sent(hall_book) == []


def test_what_nobody_knows_of_is_refused_offline_until_it_was_asked_for(
    books: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    hall_book, offline = books
    drafts = Drafts(hall_book.database)
    drafts.save("a", {"name": "岩罕"})
    with monkeypatch.context() as patched:
        lost(patched)
        with pytest.raises(Refusal) as told:
            issue(hall_book, "a")
        assert told.value.code == UNSURE
        with pytest.raises(Refusal) as told:
            issue(hall_book, "a")
        assert told.value.code == "hall-away", "the same key once more, and no server yet"
        assert sent(hall_book) == ["a"], "which says nothing of what was done before"
        assert drafts.save("a", {"name": "岩罕", "phone": "1"}), "what is typed is kept though nobody can be asked"
    assert [draft.uuid for draft in Drafts(offline.database).all()] == ["a"], "the note is no draft"
    with pytest.raises(Refusal) as told:
        issue(offline, "a")
    assert told.value.code == "offline-in-doubt"
    assert issue(offline, "b").sequence == 1
    assert issue(hall_book, "a").sequence == 1
    assert (sent(hall_book), drafts.all()) == ([], [])
    assert hall_book.database.desk.handle.execute_sql("SELECT count(*) FROM draft").fetchall() == [(0,)]


def test_the_next_opening_throws_away_what_was_found_to_be_done(
    books: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    hall_book, _ = books
    with monkeypatch.context() as patched:
        lost(patched)
        with pytest.raises(Refusal):
            issue(hall_book, "a")
    assert sent(hall_book) == ["a"]
    Book.open(hall_book.database, "LC01")
    assert sent(hall_book) == []


def test_a_book_offline_is_not_sealed_and_closes_the_file_of_its_drafts(books: tuple[Book, Book]) -> None:
    _, offline = books
    database = offline.database
    assert (database.offline, database.shared, database.silent) == (True, False, 0)
    with pytest.raises(Refusal) as told:
        list(database.sealing(b"", lambda _: None))  # type: ignore[arg-type]
    assert told.value.code == "offline-not-sealed"
    desk = database.desk
    database.close()
    assert desk.closed
