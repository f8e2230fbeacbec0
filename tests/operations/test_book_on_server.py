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
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.server.book_place import NAME, BookPlace, Shift, note_book_place
from tests import hall
from tests.make import a_request, confirmed

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
