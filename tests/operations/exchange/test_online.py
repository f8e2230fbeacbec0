"""Branches whose books lie on a server are seen beside those that came by stick: by a reader who writes nothing, with the same words, told once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.exchange.looking_into import findings_of, settle_finding
from counter_assistant.operations.exchange.online import note_server
from counter_assistant.operations.exchange.taking import take_bundle
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.server_books import SIGN_IN, let_clerk_in, prepare_server
from counter_assistant.operations.server_reading import ServerBooks
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.server.book_place import BookPlace, Shift
from counter_assistant.storage.server.branch_server import NAME, read_branch_server
from tests import hall
from tests.make import ID_NUMBER, PHONE, clock
from tests.operations.exchange.branches import OPENING
from tests.operations.exchange.offices import Centre, send
from tests.operations.safekeeping.auditing import WHO, a_slip

pytestmark = [
    pytest.mark.hall,
    pytest.mark.slow,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]
ONE, OTHER, CLOSED = (f"b{digit * 16}" for digit in "345")
READER = Shift("0901", "中心看台账的密码")
OWN = Shift("0001", "网点自己的密码一二")


@pytest.fixture(scope="module")
def running() -> Iterator[hall.Server]:
    """A server that asks people for their passwords, and not whoever runs it."""
    with hall.running() as server:
        rules = server.data / "pg_hba.conf"
        rules.write_text("local all clerk_0001,clerk_0901,root scram-sha-256\n" + rules.read_text())
        server.tell("SELECT pg_reload_conf()")
        yield server


@pytest.fixture
def started(running: hall.Server) -> Iterator[hall.Server]:
    """The server with the books of three branches, of which somebody at the centre may read two."""
    for book in (ONE, OTHER, CLOSED):
        prepare_server(f"{running.address}&schema={book}")
        let_clerk_in(f"{running.address}&schema={book}", OWN.who, OWN.password)
    for book in (ONE, OTHER):
        let_clerk_in(f"{running.address}&schema={book}", READER.who, READER.password, reads=True)
    yield running
    running.clear()


def branch_office(server: hall.Server, folder: Path, book: str) -> Office:
    place = BookPlace(f"postgresql:///{hall.DATABASE}?host={server.folder}&schema={book}")
    return open_office(folder, place=place, shift=OWN)


def slips(office: Office, *ids: str) -> None:
    for uuid in ids:
        a_slip(office, request_id=uuid, applicant=WHO)


@pytest.fixture
def branches(started: hall.Server, tmp_path: Path) -> Iterator[dict[str, Office]]:
    """The offices of the three branches, in each of which one person was once."""
    with ExitStack() as until:
        offices = {}
        for book in (ONE, OTHER, CLOSED):
            offices[book] = until.enter_context(closing(branch_office(started, tmp_path / book, book)))
            offices[book].decide_profile(offices[book].profile)
            slips(offices[book], "first")
        yield offices


@pytest.fixture
def centre(started: hall.Server, tmp_path: Path) -> Iterator[Office]:
    """A centre whose own book is a file, and that has noted the server."""
    with closing(Centre(tmp_path / "at").office()) as office:
        assert note_server(office, f"postgresql:///{hall.DATABASE}?host={started.folder}", lambda: READER) == 2
        yield office


def seen(office: Office) -> AllBranches:
    return AllBranches(office, ask=lambda: READER)


def test_a_branch_by_stick_and_one_by_line_are_found_alike(
    branches: dict[str, Office], centre: Office, tmp_path: Path
) -> None:
    with closing(open_office(tmp_path / "far", clock)) as far:
        slips(far, "by stick")
        bundle = read_bundle(send(far, tmp_path).path)
        take_bundle(centre, bundle, OPENING, bundle.manifest.fingerprint)
    with seen(centre) as everywhere:
        states = {state.strand: state for state in everywhere.states()}
        assert {name: state.online for name, state in states.items()} == {
            ONE: True,
            OTHER: True,
            bundle.manifest.said.book: False,
        }
        assert {state.installation for state in states.values()} == {"000001"}
        assert {sum(slips for slips, _ in state.slips.values()) for state in states.values()} == {1}
        by_line, by_stick = states[ONE], states[bundle.manifest.said.book]
        assert by_line.entries == branches[ONE].book.head()[0]
        assert by_line.slips == by_stick.slips
        for found in (
            everywhere.search("罗"), everywhere.search("002X"), everywhere.visits(id_number=ID_NUMBER), everywhere.visits(phone=PHONE),
        ):  # fmt: skip
            assert {each.strand for each in found} == states.keys()
            assert {(each.row.id_tail, each.row.phone_tail, each.forked) for each in found} == {
                ("002X", PHONE[-4:], False)
            }
        assert everywhere.visits(id_number="110101199003072113") == []
        assert {name for name, report in everywhere.check().items() if report.ok} == states.keys()
        slips(branches[OTHER], "later")
        assert len(everywhere.search("罗")) == 4, (
            "what a branch writes is there at once, over the connection that is open"
        )
    assert len(AllBranches(centre).search("罗")) == 1, (
        "where nobody can be asked for a password the server is not looked at"
    )


def test_the_book_that_also_came_by_stick_is_told_once_and_is_no_fork(
    branches: dict[str, Office], centre: Office, tmp_path: Path
) -> None:
    bundle = read_bundle(send(branches[ONE], tmp_path).path)
    take_bundle(centre, bundle, OPENING, bundle.manifest.fingerprint)
    before = len(branches[ONE].archive.search("罗"))
    slips(branches[ONE], "since the stick")
    found = [each for each in seen(centre).search("罗") if each.strand != OTHER]
    assert [(each.strand, each.forked) for each in found] == [(ONE, False)] * (before + 1)
    assert seen(centre).findings() == ()


def test_where_stick_and_server_part_somebody_has_to_look(
    branches: dict[str, Office], started: hall.Server, centre: Office, tmp_path: Path
) -> None:
    """GIVEN a bundle of a book WHEN the book on the server was put back and has gone on otherwise THEN that is a fork, which is settled as any other."""
    bundle = read_bundle(send(branches[OTHER], tmp_path).path)
    take_bundle(centre, bundle, OPENING, bundle.manifest.fingerprint)
    end = branches[OTHER].book.head()[0]
    # As whoever runs the server could: its copy of before the last entry put back.
    for trigger in ("entry_stays", "payload_stays", "payload_kept"):
        started.tell(f"ALTER TABLE {OTHER}.{trigger.partition('_')[0]} DISABLE TRIGGER {trigger}")
    started.tell(f"DELETE FROM {OTHER}.payload WHERE seq = {end}; DELETE FROM {OTHER}.entry WHERE seq = {end}")
    started.tell(
        f"UPDATE {OTHER}.chain_head SET seq = {end - 1}, hash = (SELECT hash FROM {OTHER}.entry WHERE seq = {end - 1})"
    )
    for trigger in ("entry_stays", "payload_stays", "payload_kept"):
        started.tell(f"ALTER TABLE {OTHER}.{trigger.partition('_')[0]} ENABLE TRIGGER {trigger}")
    branches[OTHER].decide_profile(branches[OTHER].profile)
    (fork,) = findings_of(centre, lambda: READER)
    assert fork.sentence.startswith(f"安装点 000001 的台账从第 {end} 条起有 2 份")
    settle_finding(centre, fork.id, "服务器放回了旧的一份", ask=lambda: READER)
    assert findings_of(centre, lambda: READER)[0].settled == "服务器放回了旧的一份"


def test_a_reader_writes_nothing_whatever_is_sent(branches: dict[str, Office], started: hall.Server) -> None:
    import psycopg

    head = branches[ONE].book.head()
    with psycopg.connect(
        f"host={started.folder} user=clerk_0901 password={READER.password} dbname={hall.DATABASE}", autocommit=True
    ) as connection:
        connection.execute(f"SET search_path TO {ONE}, pg_catalog")
        tables = [name for (name,) in connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        ).fetchall()]  # fmt: skip
        assert len(tables) >= 12
        for statement in (
            *(f"DELETE FROM {table}" for table in tables), *(f"INSERT INTO {table} SELECT * FROM {table}" for table in tables),
            "UPDATE chain_head SET one = 1", "UPDATE counter SET last = last + 1", f"SELECT * FROM {CLOSED}.entry", f"CREATE TABLE {ONE}.mine (a int)",
            "SELECT * FROM chain_head FOR UPDATE",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    assert branches[ONE].book.head() == head


def test_who_may_do_more_only_reads_here(branches: dict[str, Office], started: hall.Server) -> None:
    """GIVEN somebody of a branch, who issues there WHEN the book is looked at from the centre THEN neither the program nor the server writes in it."""
    shelf = ServerBooks.noted(f"postgresql:///{hall.DATABASE}?host={started.folder}", lambda: OWN)
    assert shelf.names() == [ONE, OTHER, CLOSED]
    with shelf.opened(ONE) as book:
        with pytest.raises(Refusal) as refusal:
            book.append(EntryKind.OPINION, {})
        assert refusal.value.code == "server-read-only"
        with pytest.raises(Exception, match="read-only transaction"):
            book.database.handle.execute_sql('UPDATE "counter" SET "last" = 1')


def test_a_centre_on_the_same_server_sees_the_branches_and_not_itself_among_them(
    branches: dict[str, Office], started: hall.Server, tmp_path: Path
) -> None:
    with closing(branch_office(started, tmp_path / "pc", CLOSED)) as office:
        let_clerk_in(f"{started.address}&schema={ONE}", OWN.who, OWN.password, reads=True)
        assert {state.strand for state in AllBranches(office).states()} == {ONE, OTHER}


def test_the_password_is_asked_for_where_the_server_wants_it(started: hall.Server, tmp_path: Path) -> None:
    address = f"postgresql:///{hall.DATABASE}?host={started.folder}"
    with closing(Centre(tmp_path).office()) as office:
        with pytest.raises(Refusal) as refusal:
            note_server(office, address, lambda: Shift("0901", "不是这个密码"))
        assert (refusal.value.code, read_branch_server(office.folder)) == (SIGN_IN, "")
        asked: list[int] = []
        assert note_server(office, started.address, lambda: asked.append(1) or READER) == 3  # type: ignore[func-returns-value]
        assert asked == [], "who runs the server needs none"
        assert note_server(office, "", lambda: READER) == 0
        assert (read_branch_server(office.folder), AllBranches(office, ask=lambda: READER).states()) == ("", [])
        (office.folder / NAME).write_text("address = 3\n")
        with pytest.raises(Refusal) as refusal:
            AllBranches(office, ask=lambda: READER)
        assert refusal.value.code == "branch-server-unread"


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    with closing(Centre(tmp_path).office()) as office, pytest.raises(Refusal) as refusal:
        note_server(office, f"postgresql:///centre?host={tmp_path}", lambda: READER)
    assert refusal.value.code == "hall-away"


def test_at_most_so_many_stay_open(
    branches: dict[str, Office], centre: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_assistant.operations.exchange import all_branches

    opened: list[str] = []
    first = all_branches._open

    def counting(shelf: Any, name: str, online: bool) -> Any:
        opened.append(name)
        return first(shelf, name, online)

    monkeypatch.setattr(all_branches, "_open", counting)
    with seen(centre) as everywhere:
        for _ in range(3):
            everywhere.search("罗")
        assert opened == [ONE, OTHER]
        monkeypatch.setattr(all_branches, "MOST", 1)
        everywhere.search("罗")
        everywhere.search("罗")
        assert opened == [ONE, OTHER, OTHER]
    seen(centre).search("罗")
    assert opened == [ONE, OTHER, OTHER, ONE, OTHER]
