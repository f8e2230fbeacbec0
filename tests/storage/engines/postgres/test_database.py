"""A book on a server: who waits for whom, and what is said when no answer comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.book import Book
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.engine import LOCKED, UNSURE, Engine
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import entries
from tests import hall
from tests.storage import desk
from tests.storage.desk import Clock, issue, number, on_server, open_book
from tests.ui.x11 import until

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
NAMES = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE '% counter-assistant'"


@pytest.fixture
def place(server: hall.Server, tmp_path: Path) -> Iterator[Path]:
    desk.ON_SERVER[:] = [server]
    yield tmp_path / "book.db"
    desk.ON_SERVER.clear()
    server.clear()


@pytest.fixture
def book(place: Path) -> Iterator[Book]:
    made = open_book(place)
    yield made
    made.database.close()


def window(place: Path, name: str, **options: Any) -> Book:
    """Another window of the same book, on a PC of its own."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.server import Address

    first = on_server(place, Database.open(place.with_name(f"{name}-0.db"), Clock()), Clock())
    assert isinstance(first, Hall)
    address: Address = first.address
    first.close()
    own = Database.open(place.with_name(f"{name}.db"), Clock())
    return Book.open(Hall.open(address, own, Clock(), **options), "LC01")


def test_thirty_two_slips_of_four_windows_have_one_number_each(book: Book, place: Path) -> None:
    windows = [window(place, f"pc{n}") for n in range(4)]

    def work(n: int) -> None:
        for m in range(8):
            issue(windows[n], f"{n} {m}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in windows:
        one.database.close()
    assert sorted(entry.payload["issue"]["sequence"] for entry in book.entries(EntryKind.SLIP_ISSUED)) == list(
        range(1, 33)
    )
    assert book.check().problems == []


def test_windows_that_open_a_new_book_at_once_make_it_once(place: Path) -> None:
    opened: list[Book] = []
    threads = [threading.Thread(target=lambda n=n: opened.append(window(place, f"pc{n}"))) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    heads = {one.head() for one in opened}
    for one in opened:
        one.database.close()
    assert (len(opened), len(heads)) == (6, 1)
    assert next(iter(heads))[0] == 1, "opened by one entry"


def test_a_window_that_stopped_in_an_act_holds_up_nobody_for_long(
    book: Book, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a window that says nothing in the middle of an act WHEN another issues THEN it waits until the server has taken that act
    back, and the one that stopped is told so."""
    from counter_assistant.storage.engines.postgres import database

    monkeypatch.setattr(database, "STOPPED", 1)
    other = window(place, "pc", patience=20.0)

    def stop() -> None:
        with book.database.writing() as handle:
            entries.head(handle)
            assert issue(other, "a").sequence == 1
            entries.head(handle)

    with pytest.raises(Refusal) as told:
        stop()
    assert told.value.code in {"hall-late", "hall-away"}
    assert "没有生效" in told.value.remedy
    assert issue(book, "b").sequence == 2
    other.database.close()


def test_another_window_that_writes_is_waited_for_and_then_named(book: Book, place: Path) -> None:
    other = window(place, "pc", patience=0.1)
    with book.database.writing() as handle:
        entries.head(handle)
        with pytest.raises(Refusal) as told:
            issue(other, "a")
    assert told.value.code == LOCKED
    assert issue(other, "a").sequence == 1
    other.database.close()


def test_no_window_waits_for_longer_because_another_one_waits(
    book: Book, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a window that does not let go, and another that waits for it WHEN that one gives up THEN a third, which waited behind it, does not begin to wait anew."""
    from counter_assistant.storage.engines.postgres import database

    monkeypatch.setattr(database, "STOPPED", 30)
    other, third = window(place, "other", patience=3.0), window(place, "third", patience=4.0)
    with book.database.writing() as handle:
        entries.head(handle)
        waits = threading.Thread(target=lambda: refused(other, "a"))
        waits.start()
        time.sleep(0.5)
        began = time.monotonic()
        refused(third, "b")
        assert time.monotonic() - began < 6
        waits.join()
    for each in (other, third):
        each.database.close()


def refused(book: Book, uuid: str) -> None:
    with pytest.raises(Refusal) as told:
        issue(book, uuid)
    assert told.value.code == LOCKED


def test_a_connection_that_ended_between_acts_is_made_anew(book: Book, server: hall.Server) -> None:
    server.tell(f"SELECT pg_terminate_backend(pid) FROM ({NAMES}) AS open")
    with pytest.raises(Refusal) as told:
        issue(book, "a")
    assert (told.value.code, issue(book, "a").sequence) == ("hall-away", 1)


def test_a_connection_that_ended_in_an_act_undoes_it(book: Book, server: hall.Server) -> None:

    def break_off() -> None:
        with book.database.writing() as handle:
            server.tell(f"SELECT pg_terminate_backend(pid) FROM ({NAMES}) AS open")
            handle.execute_sql("SELECT 1")

    with pytest.raises(Refusal) as told:
        break_off()
    assert told.value.code == "hall-away"
    assert issue(book, "a").number == number(1)


def test_an_act_whose_answer_was_lost_is_looked_up_and_done_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a COMMIT that the server has done WHEN its answer does not come THEN the act is known to be done, and is not done again."""
    from psycopg import OperationalError

    from counter_assistant.storage.engines.postgres import driver

    commit, lost = driver.commit, list[bool]()

    def losing(handle: Any, patience: float) -> str:
        said = commit(handle, patience)
        if not lost:
            lost.append(True)
            handle.connection().close()
            raise OperationalError("the connection was closed")
        return said

    monkeypatch.setattr(driver, "commit", losing)
    issued = issue(book, "a")
    assert (issued.number, lost) == (number(1), [True])
    assert (issue(book, "a").again, issue(book, "b").sequence) == (True, 2)
    assert book.check().problems == []


def test_an_act_that_never_arrived_did_not_happen(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from psycopg import OperationalError

    from counter_assistant.storage.engines.postgres import driver

    commit, lost = driver.commit, list[bool]()

    def losing(handle: Any, patience: float) -> str:
        if not lost:
            lost.append(True)
            handle.connection().close()
            raise OperationalError("the connection was closed")
        return commit(handle, patience)

    monkeypatch.setattr(driver, "commit", losing)
    with pytest.raises(Refusal) as told:
        issue(book, "a")
    assert told.value.code == "hall-away"
    assert issue(book, "a").sequence == 1


def test_where_nobody_says_the_act_is_unsure_and_the_draft_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a COMMIT without an answer WHEN the server stays away THEN neither done nor undone is said."""
    from psycopg import OperationalError

    from counter_assistant.storage.engines.postgres import driver

    open_book(place).database.close()
    book = window(place, "pc", patience=0.3)
    Drafts(book.database).save("a", {"name": "岩罕"})
    commit = driver.commit

    def away(*_: object, **__: object) -> Any:
        raise OperationalError("no server")

    def losing(handle: Any, patience: float) -> str:
        commit(handle, patience)
        handle.connection().close()
        monkeypatch.setattr(driver, "handle", away)
        raise OperationalError("the connection was closed")

    with monkeypatch.context() as once:
        once.setattr(driver, "commit", losing)
        with pytest.raises(Refusal) as told:
            issue(book, "a")
    assert told.value.code == UNSURE
    assert "没有生效" not in told.value.remedy
    assert Drafts(book.database).load("a")
    monkeypatch.undo()
    assert issue(book, "a").again
    assert Drafts(book.database).all() == []
    book.database.close()


def test_a_commit_that_was_not_waited_for_is_no_success(book: Book, server: hall.Server) -> None:
    """GIVEN a standby that must have each act and is not there WHEN somebody ends the waiting THEN the server calls that a success with
    a warning, and the act is unsure all the same."""
    server.tell("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    server.tell("SELECT pg_reload_conf()")
    done = threading.Event()

    def end_waiting() -> None:
        while not done.wait(0.1):
            server.tell(f"SELECT pg_cancel_backend(pid) FROM ({NAMES} AND wait_event = 'SyncRep') AS waiting")

    helper = threading.Thread(target=end_waiting)
    helper.start()
    try:
        while server.tell("SHOW synchronous_standby_names") != [("nobody",)]:
            time.sleep(0.05)
        time.sleep(0.3)
        with pytest.raises(Refusal) as told:
            issue(book, "a")
        assert told.value.code == UNSURE
    finally:
        done.set()
        helper.join()
        server.tell("ALTER SYSTEM RESET synchronous_standby_names")
        server.tell("SELECT pg_reload_conf()")
    while server.tell("SHOW synchronous_standby_names") != [("",)]:
        time.sleep(0.05)
    assert issue(book, "a").again


def test_the_server_dates_the_entries_where_no_other_clock_is_given(place: Path) -> None:
    from counter_assistant.storage.engines.postgres.database import Database as Hall

    first = on_server(place, Database.open(place, Clock()), Clock())
    assert isinstance(first, Hall)
    book = Book.open(Hall.open(first.address, Database.open(place, Clock())), "LC01")
    entry = next(book.entries())
    (said,) = book.database.handle.execute_sql("SELECT clock_timestamp()").fetchall()[0]
    assert entry.time.microsecond == 0
    assert entry.time.tzinfo is not None
    assert abs((said - entry.time).total_seconds()) < 600
    book.database.close()
    first.close()


def test_a_draft_of_an_act_that_was_recorded_goes_at_the_next_opening(book: Book, place: Path) -> None:
    """GIVEN a PC that died between an act and the draft of it WHEN the book is opened again THEN the draft is not offered."""
    Drafts(book.database).save("a", {"name": "岩罕"})
    Drafts(book.database).save("b", {"name": "岩"})
    other = window(place, "pc")
    issue(other, "a")
    other.database.close()
    assert Drafts(Book.open(book.database, "LC01").database).all()[0].uuid == "b"
    assert len(Drafts(book.database).all()) == 1
    assert not Drafts(book.database).save("a", {"name": "岩罕"})


def test_views_of_another_program_are_left_as_they_are(book: Book) -> None:
    book.database.handle.execute_sql("UPDATE meta SET value = 'other rules'")
    with pytest.raises(Refusal) as told:
        Book.open(book.database, "LC01")
    assert told.value.code == "hall-other-program"
    book.rebuild()
    assert Book.open(book.database, "LC01").check().problems == []


def test_a_book_of_another_version_is_refused(book: Book, place: Path) -> None:
    for version, remedy in ((2, "升级本机的程序"), (0, "升级台账")):
        book.database.handle.execute_sql(f"UPDATE schema_version SET version = {version}")
        with pytest.raises(Refusal) as told:
            open_book(place)
        assert told.value.code == "hall-version"
        assert remedy in told.value.remedy


def test_a_book_without_its_guards_is_not_opened(book: Book, place: Path) -> None:
    book.database.handle.execute_sql("ALTER TABLE entry DISABLE TRIGGER entry_stays")
    with pytest.raises(Refusal) as told:
        open_book(place)
    assert told.value.code == "book-damaged"


@pytest.mark.parametrize(
    "text",
    [
        "book.db",
        "postgresql://a@b/c?schema=A",
        'postgresql://a@b/c?schema=x";drop',
        "postgresql://a:secret@b/c",
        "postgresql://a@b/c?no=1",
    ],
)
def test_what_is_no_address_or_holds_a_password_is_refused(text: str) -> None:
    from counter_assistant.storage.engines.postgres.server import Address

    with pytest.raises(Refusal) as told:
        Address.read(text)
    assert told.value.code == "hall-address"
    assert "secret" not in str(told.value)


def test_an_act_that_went_on_after_an_error_of_its_own_is_no_act(book: Book) -> None:
    """GIVEN a statement that fails WHEN the act goes on all the same THEN it is undone."""

    def go_on() -> None:
        with book.database.writing() as handle, suppress(Exception):
            handle.execute_sql("SELECT 1/0")
            handle.execute_sql("SELECT 1").fetchall()

    with pytest.raises(Exception, match="aborted"):
        go_on()
    assert issue(book, "a").sequence == 1


def test_a_server_that_does_not_keep_what_it_says_is_not_used(place: Path, server: hall.Server) -> None:
    server.tell("ALTER SYSTEM SET full_page_writes = off")
    server.tell("SELECT pg_reload_conf()")
    try:
        while server.tell("SHOW full_page_writes") != [("off",)]:
            time.sleep(0.05)
        with pytest.raises(Refusal) as told:
            open_book(place)
        assert told.value.code == "hall-settings"
    finally:
        server.tell("ALTER SYSTEM RESET full_page_writes")
        server.tell("SELECT pg_reload_conf()")
    while server.tell("SHOW full_page_writes") != [("on",)]:
        time.sleep(0.05)


def test_commits_are_waited_for_though_the_user_was_set_otherwise(place: Path, server: hall.Server) -> None:
    server.tell("ALTER ROLE postgres SET synchronous_commit = off")
    try:
        book = open_book(place)
        assert book.database.handle.execute_sql("SHOW synchronous_commit").fetchall() == [("on",)]
        book.database.close()
    finally:
        server.tell("ALTER ROLE postgres RESET synchronous_commit")


def test_no_server_is_a_sentence(tmp_path: Path) -> None:
    from counter_assistant.storage.engines.postgres.database import Database as Hall
    from counter_assistant.storage.engines.postgres.server import Address

    own: Engine = Database.open(tmp_path / "book.db", Clock())
    with pytest.raises(Refusal) as told:
        Hall.open(Address.read(f"postgresql://a@/b?host={tmp_path}"), own)
    assert told.value.code == "hall-away"
    own.close()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("postgresql://10.0.0.5/centre", "sslmode=verify-full sslrootcert=system"),
        ("postgresql://10.0.0.5/centre?sslrootcert=/etc/ca.pem", "sslmode=verify-full"),
        ("postgresql://localhost/centre", ""),
        ("postgresql:///centre?host=/run/postgresql", ""),
    ],
)
def test_a_line_that_leaves_the_pc_is_encrypted_and_its_end_known(text: str, kept: str) -> None:
    from counter_assistant.storage.engines.postgres.server import Address

    read = Address.read(text).server
    assert all(part in read for part in kept.split())
    assert kept or "ssl" not in read


@pytest.mark.parametrize("mode", ["disable", "prefer", "require", "verify-ca"])
def test_a_line_with_less_is_refused(mode: str) -> None:
    from counter_assistant.storage.engines.postgres.server import Address

    with pytest.raises(Refusal) as told:
        Address.read(f"postgresql://10.0.0.5/centre?sslmode={mode}")
    assert told.value.code == "hall-address"


def test_without_a_standby_that_was_asked_for_nobody_waits_for_ever(book: Book, server: hall.Server) -> None:
    """GIVEN a server that waits for a standby which is not there WHEN a slip is issued THEN it is unsure, and the same act again finds it."""
    server.tell("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    server.tell("SELECT pg_reload_conf()")
    time.sleep(0.5)
    try:
        with pytest.raises(Refusal) as told:
            issue(book, "a")
    finally:
        server.tell("ALTER SYSTEM RESET synchronous_standby_names")
        server.tell("SELECT pg_reload_conf()")
    assert told.value.code == UNSURE
    again = issue(book, "a")
    assert (again.sequence, issue(book, "b").sequence) == (1, 2)
    assert book.check().problems == []


def test_what_another_window_wrote_is_heard_without_asking(book: Book, place: Path) -> None:
    assert book.database.silent == 0
    before = book.head()[0]
    _ = book.database.heard
    other = window(place, "pc")
    issue(other, "a")
    other.database.close()
    until(lambda: book.database.heard > before)
    assert book.database.heard == book.head()[0] == before + 1


def test_what_is_heard_is_not_asked_for(book: Book, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a thread that looks once an hour WHEN another window issues THEN the number is known by what was said: with 30 windows each act
    would have 30 ask for it."""
    from counter_assistant.storage.engines.postgres import driver, listening

    monkeypatch.setattr(listening, "LOOK_S", 3600.0)
    until(lambda: book.database.heard == book.head()[0])
    before, asked, several = book.head()[0], [], driver.several

    def noting(handle: Any, statements: str) -> Any:
        asked.extend([statements] * (handle is listens._handle))
        return several(handle, statements)

    listens = book.database._listens  # type: ignore[attr-defined]
    monkeypatch.setattr(driver, "several", noting)
    other = window(place, "pc")
    for n in range(3):
        issue(other, str(n))
    other.database.close()
    until(lambda: book.database.heard == before + 3)
    assert asked == []


def test_an_answer_is_waited_for_twice_in_an_act(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a line on which each answer takes its time WHEN a slip is issued THEN it is waited where an answer is needed: for the lock with the time, who was
    last, the last number and whether it was done before; for the COMMIT with all that was written."""
    from counter_assistant.storage.engines.postgres.sending import Cursor

    issue(book, "before")
    asked: list[str] = []
    execute = Cursor.execute

    def noting(self: Cursor, query: Any, *args: Any, **named: Any) -> Any:
        asked.append(str(query))
        return execute(self, query, *args, **named)

    monkeypatch.setattr(Cursor, "execute", noting)
    issue(book, "a")
    assert len(asked) == 2, asked
    assert asked[-1] == "COMMIT"


def test_an_act_that_asks_for_its_time_first_has_one_time(place: Path) -> None:
    """GIVEN an act that has asked nothing yet WHEN it asks what time it is THEN that is the time at which it has the lock, however often."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall

    first = on_server(place, Database.open(place, Clock()), Clock())
    assert isinstance(first, Hall)
    asking = Hall.open(first.address, Database.open(place.with_name("asking.db"), Clock()))
    with asking.writing() as handle:
        began = asking.now()
        assert entries.head(handle)
        time.sleep(1.1)
        assert asking.now() == began
    assert asking.now() > began
    asking.close()
    first.close()


def test_an_act_that_asks_nothing_leaves_nothing_open(book: Book) -> None:
    with book.database.writing():
        pass
    with pytest.raises(KeyError), book.database.writing():
        raise KeyError
    assert issue(book, "a").sequence == 1


@pytest.mark.parametrize("what", ["settled", "alone", "looked for"])
def test_what_asks_under_the_lock_leaves_the_clock_going(place: Path, what: str) -> None:
    """GIVEN a window that asked whether an act is there, or kept others from writing WHEN another issues in a later second THEN its clock is not
    behind: it was the time of the question for as long as it wrote nothing itself, and it wrote nothing, since its clock was doubtful."""
    from counter_assistant.storage.engines.postgres.database import Database as Hall

    first = on_server(place, Database.open(place, Clock()), Clock())
    assert isinstance(first, Hall)
    asking = Hall.open(first.address, Database.open(place.with_name("asking.db"), Clock()))
    book = Book.open(asking, "LC01")
    issued = issue(book, "before")
    match what:
        case "settled":
            asking.settle()
        case "alone":
            with asking.alone():
                pass
        case "looked for":
            assert asking._has(issued.entry.seq, issued.entry.hash)
    asked = asking.now()
    time.sleep(1.01)
    assert asking.now() > asked
    asking.close()
    first.close()


@pytest.mark.parametrize("with_what", ["a question", "the COMMIT"])
def test_what_is_inserted_and_refused_by_the_server_raises_within_the_act(book: Book, with_what: str) -> None:
    """GIVEN rows that travel with a later statement WHEN the server refuses one THEN the act is undone, and the next one is whole."""
    from counter_assistant.storage.journal import entries, tables

    issue(book, "before")
    (row,) = book.database.handle.execute_sql(
        'SELECT seq, time, kind, visibility, algorithm, "inner", hash, uuid FROM entry WHERE seq = 1'
    ).fetchall()

    def twice() -> None:
        with book.database.writing() as handle:
            if with_what == "the COMMIT":
                entries.append(handle, EntryKind.INQUIRY, {}, book.database.now())
            tables.insert_rows(handle, tables.Entry, [row])
            if with_what == "a question":
                handle.execute_sql("SELECT 1")

    head = book.head()
    with pytest.raises(Exception, match="an entry is appended"):
        twice()
    assert book.head() == head
    assert issue(book, "after").sequence == 2


def test_of_several_servers_the_one_that_is_written_to_is_meant() -> None:
    from counter_assistant.storage.engines.postgres.server import Address

    assert "target_session_attrs=read-write" in Address.read("postgresql://s1,s2,s3/centre").server
    assert "target_session_attrs=any" in Address.read("postgresql://s1,s2/centre?target_session_attrs=any").server
    assert "target_session_attrs" not in Address.read("postgresql://s1/centre").server


@pytest.mark.parametrize(
    "where", ["host=/run/postgresql,10.0.0.5", "host=localhost,10.0.0.5", "host=localhost&hostaddr=10.0.0.5"]
)
def test_one_server_elsewhere_is_enough_for_a_line_that_leaves_the_pc(where: str) -> None:
    from counter_assistant.storage.engines.postgres.server import Address

    assert "sslmode=verify-full" in Address.read(f"postgresql:///centre?{where}").server
    with pytest.raises(Refusal) as told:
        Address.read(f"postgresql:///centre?{where}&sslmode=prefer")
    assert told.value.code == "hall-address"


def test_what_a_server_kept_alone_when_it_died_is_not_done_until_a_standby_has_it(
    book: Book, server: hall.Server, place: Path
) -> None:
    """GIVEN a server that died while it waited for a standby, and came back with the entry WHEN the same act is looked for THEN it is unsure,
    and its paper is not printed, until the standby has it."""
    waits_for(server, "nobody")
    try:
        with pytest.raises(Refusal):
            issue(book, "a")
        server.stop("immediate")
        server.start()
        other = window(place, "pc", patience=0.5)
        assert other.find("a") is not None, "the server has it"
        with pytest.raises(Refusal) as told:
            other.done_before("a")
    finally:
        waits_for(server, "")
    assert told.value.code == UNSURE
    assert other.done_before("a") == other.find("a")
    assert other.done_before("b") is None
    other.database.close()


def test_a_window_that_stands_still_in_an_act_is_idle_to_the_server(book: Book, server: hall.Server) -> None:
    """GIVEN rows that travelled with a statement WHEN the window stands still THEN the server knows it idle, and frees its lock after a while."""
    with book.database.writing() as handle:
        handle.connection().later.append(("SELECT 1", ()))
        assert handle.execute_sql("SELECT 2").fetchall() == [(2,)]
        mine = "application_name LIKE '% counter-assistant' AND backend_type = 'client backend' AND state <> 'idle'"
        assert server.tell(f"SELECT state FROM pg_stat_activity WHERE {mine}") == [("idle in transaction",)]
    assert issue(book, "a").sequence == 1


def waits_for(server: hall.Server, standbys: str) -> None:
    server.tell(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
    server.tell("SELECT pg_reload_conf()")
    while server.tell("SHOW synchronous_standby_names") != [(standbys,)]:
        time.sleep(0.05)
    time.sleep(0.3)  # the others read it a moment later
