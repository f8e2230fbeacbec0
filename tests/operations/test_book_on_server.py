"""An office whose book lies on a server: two PCs, one book, each its own papers, drafts and window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.checkup import Subject
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.backup_state import full_copy_is_due, refuse_unconfirmed
from counter_assistant.operations.safekeeping.checkup.checkup import checkup
from counter_assistant.operations.server_books import check_server, let_clerk_in, prepare_server, rebuild_server
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.server.book_place import NAME, BookPlace, Shift, note_book_place
from tests import hall
from tests.make import a_request, confirmed
from tests.operations import landed

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]


@pytest.fixture
def place(server: hall.Server) -> Iterator[str]:
    yield f"{server.address}&schema=b{'0' * 16}"
    server.clear()


@pytest.fixture
def windows(place: str, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two PCs in a confirmed office, by the server's clock."""
    for n in (1, 2):
        folder = tmp_path / f"pc{n}"
        folder.mkdir()
        note_book_place(folder, BookPlace(place, f"综合窗口 {n}"))
    with closing(open_office(tmp_path / "pc1")) as first:
        first.decide_profile(confirmed(first.profile))
        with closing(open_office(tmp_path / "pc2")) as second:
            yield first, second


def issued(office: Office, act: str) -> str:
    slip = issue_slip(office, a_request(request_id=act)).slip
    assert slip is not None
    return slip.number


def test_two_pcs_count_in_one_series_and_see_each_others_papers(windows: tuple[Office, Office]) -> None:
    first, second = windows
    numbers = [issued(office, f"{n}") for n, office in enumerate((first, second, first))]
    assert [number.rpartition("〕")[2] for number in numbers] == ["1号", "2号", "3号"]
    assert {row.number for row in second.archive.search()} == set(numbers)
    assert first.book.check().problems == second.book.check().problems == []


def test_each_prints_its_own_papers_and_waits_for_no_others(windows: tuple[Office, Office]) -> None:
    first, second = windows
    mine, theirs = issued(first, "a"), issued(second, "b")
    assert [one.row.number for one in first.prints.unprinted()] == [mine]
    assert [one.row.number for one in second.prints.unprinted()] == [theirs]
    second.prints.settle([theirs])
    assert [one.row.number for one in first.prints.unprinted()] == [mine]


def test_the_window_is_this_pc_s_and_the_clerk_that_of_the_session(windows: tuple[Office, Office]) -> None:
    first, second = windows
    assert (first.profile.window, second.profile.window) == ("综合窗口 1", "综合窗口 2")
    profiles = len(list(first.book.entries(EntryKind.OFFICE_PROFILE)))
    second.make_current("0002")
    assert (first.profile.current_clerk, second.profile.current_clerk) == ("0001", "0002")
    assert len(list(first.book.entries(EntryKind.OFFICE_PROFILE))) == profiles


def test_drafts_stay_on_their_pc(windows: tuple[Office, Office]) -> None:
    first, second = windows
    first.drafts.save("act", {"item": "B08"}, "0001")
    assert first.drafts.newest() is not None
    assert second.drafts.newest() is None


def test_the_servers_clock_dates_what_is_done(windows: tuple[Office, Office]) -> None:
    office, _ = windows
    issued(office, "a")
    now = datetime.now(UTC)
    assert abs(office.clock() - now) < timedelta(minutes=1)
    entry = list(office.book.entries())[-1]
    assert entry.time.utcoffset() == office.clock().utcoffset()
    assert abs(entry.time - office.clock()) < timedelta(minutes=1)


def test_copies_and_a_restore_are_for_whoever_runs_the_server(windows: tuple[Office, Office]) -> None:
    office, _ = windows
    assert not full_copy_is_due(office, office.clock())
    with pytest.raises(Refusal) as told:
        refuse_unconfirmed(office)
    assert told.value.code == "hall-copies"
    copies = {Subject.BACKUP, Subject.LINES, Subject.PLACE, Subject.REHEARSAL, Subject.KEYS}
    assert not copies & {line.subject for line in checkup(office).lines}


def test_a_window_s_user_may_do_all_that_a_day_at_the_counter_is(
    server: hall.Server, place: str, tmp_path: Path, prepared: str
) -> None:
    """GIVEN a user who may add entries and nothing else WHEN every sort of entry is made THEN none is refused, and what they may not do
    themselves, such as letting numbers leave, says so and changes nothing."""
    readings = landed.ticking()
    with closing(open_office(tmp_path, lambda: next(readings), place=BookPlace(prepared))) as office:
        office.confirm_clock()  # the book was prepared later than that day
        landed.work(office)
        assert office.book.check().problems == []
        head = office.book.head()
        with pytest.raises(Refusal) as told:
            office.book.leave_numbers([entry.seq for entry in office.book.entries(EntryKind.SLIP_ISSUED)])
        assert told.value.code == "hall-no-right"
        assert office.book.head() == head
    assert server.tell(f"SELECT DISTINCT by_role FROM b{'0' * 16}.entry WHERE seq > 1") == [("clerk_0001",)]


@pytest.fixture
def prepared(server: hall.Server, place: str, tmp_path: Path) -> Iterator[str]:
    """A book on a server as whoever runs it prepares one, for a clerk who logs in."""
    prepare_server(place)
    let_clerk_in(place, "0001", "口令是一二三四五")
    yield place.replace("postgres@", "clerk_0001@")
    server.clear()
    for name in (*(f"b{'0' * 16}_{what}" for what in ("owner", "window", "reader", "eraser")), "clerk_0001"):
        server.tell(f"DROP OWNED BY {name}; DROP ROLE {name}")


def test_whoever_runs_the_server_checks_and_rebuilds(
    server: hall.Server, place: str, tmp_path: Path, prepared: str
) -> None:
    with closing(open_office(tmp_path, place=BookPlace(prepared))) as office:
        number = issued(office, "a")
    assert prepare_server(place) == 2, "what is there stays"
    assert check_server(place) == (2, [])
    server.tell(f"DELETE FROM b{'0' * 16}.term; GRANT TRUNCATE ON b{'0' * 16}.entry TO PUBLIC")
    entries, problems = check_server(place)
    assert (entries, problems[0]) == (2, "PUBLIC 多了权限：TRUNCATE entry。")
    assert len(problems) > 1
    assert rebuild_server(place) == 2
    prepare_server(place)
    assert check_server(place) == (2, [])
    with closing(open_office(tmp_path, place=BookPlace(prepared))) as office:
        assert [row.number for row in office.archive.search("罗𠅤克")] == [number]


@pytest.fixture
def asks(server: hall.Server) -> Iterator[None]:
    """The server asks clerks for their password, as one does that is reached over a line."""
    rules = server.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all clerk_0001,clerk_0002 scram-sha-256\n" + before)
    server.tell("SELECT pg_reload_conf()")
    yield
    rules.write_text(before)
    server.tell("SELECT pg_reload_conf()")


def test_a_shift_begins_with_the_password_and_keeps_it_nowhere(
    place: str, tmp_path: Path, prepared: str, asks: None
) -> None:
    right = Shift("0001", "口令是一二三四五")
    for wrong in (Shift("0001", "口令是一二三四六"), Shift("0002", "口令是一二三四五"), Shift("0001", ""), None):
        with pytest.raises(Refusal) as told:
            open_office(tmp_path, place=BookPlace(prepared), shift=wrong)
        assert told.value.code == "hall-sign-in", wrong
    with closing(open_office(tmp_path, place=BookPlace(place), shift=right)) as office:
        issued(office, "a")
        assert (office.signs_in, office.profile.current_clerk) == (True, "0001")
        with pytest.raises(Refusal) as told:
            office.make_current("0002")
        assert told.value.code == "sign-in-needed"
        assert right.password not in repr(vars(office.database))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and right.password.encode() in path.read_bytes()]


def test_views_of_another_version_are_refused_until_they_are_rebuilt(
    server: hall.Server, place: str, tmp_path: Path, prepared: str
) -> None:
    server.tell(f"UPDATE b{'0' * 16}.meta SET value = 'another'")
    with pytest.raises(Refusal) as told:
        open_office(tmp_path, place=BookPlace(prepared))
    assert told.value.code == "hall-other-program"
    rebuild_server(place)
    open_office(tmp_path, place=BookPlace(prepared)).close()


def test_a_short_password_is_refused_before_anybody_is_asked() -> None:
    with pytest.raises(Refusal) as told:
        let_clerk_in("postgresql:///none", "0001", "1234567")
    assert told.value.code == "hall-password"


def test_a_note_that_cannot_be_read_opens_no_book_on_this_pc(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("address = ", encoding="utf-8")
    with pytest.raises(Refusal) as told:
        open_office(tmp_path)
    assert told.value.code == "book-place-unread"
    assert not (tmp_path / BOOK_NAME).exists()


def test_a_pc_without_the_driver_says_what_is_missing(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("counter_assistant.storage.engines.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Refusal) as told:
        open_office(tmp_path, place=BookPlace(place))
    assert told.value.code == "hall-driver"


def test_who_is_no_clerk_here_works_nowhere(windows: tuple[Office, Office], server: hall.Server, place: str) -> None:
    server.tell("DROP ROLE IF EXISTS clerk_0009; CREATE ROLE clerk_0009 LOGIN SUPERUSER")
    try:
        with pytest.raises(Refusal) as told:
            open_office(windows[0].folder, place=BookPlace(place), shift=Shift("0009", "x"))
    finally:
        server.tell("DROP ROLE clerk_0009")
    assert told.value.code == "unknown-clerk"
