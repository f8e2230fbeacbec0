"""A book moved to a server and back: to the letter, at one place at a time, and whoever comes to the other is told where it is."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from multiprocessing.connection import Listener
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.domain.safekeeping.moved_entry import BookMoved, MovedAct
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.moving.moving import CHECKING, COMPARING, COPYING, VIEWS, Moving, move
from counter_assistant.operations.moving.places import InFile, OnServer
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.safekeeping.recovering.comparing import turned_back
from counter_assistant.operations.safekeeping.recovering.stated_mode import mode_of
from counter_assistant.operations.safekeeping.restoring import Restoring, restore
from counter_assistant.operations.server_books import let_clerk_in, prepare_server, rebuild_server, take_place
from counter_assistant.paths import BOOK_NAME, desk_address
from counter_assistant.storage import ciphers
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place, read_book_place
from tests import hall
from tests.make import PHONE, a_request
from tests.operations import landed
from tests.operations.keys.sealed_office import a_sealed_office
from tests.operations.moving.moved_books import (
    PASSWORD,
    Heard,
    back,
    clock,
    lines_of,
    numbers_in,
    on_server,
    there,
    unheard,
)

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]


@pytest.fixture
def address(server: hall.Server) -> Iterator[str]:
    yield f"{server.address}&schema=b{'4' * 16}"
    server.clear()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Path:
    """A PC whose book has every sort of entry that an office makes."""
    made, readings = tmp_path_factory.mktemp("model"), landed.ticking()
    with closing(open_office(made, lambda: next(readings))) as office:
        landed.work(office)
    return made


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    shutil.copytree(model, tmp_path / "pc")
    return tmp_path / "pc"


def dying(monkeypatch: pytest.MonkeyPatch, at: str, work: Callable[[], object]) -> None:
    """Does it until a function, given by its name, would be called."""

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"counter_assistant.{at}", dies)
        with pytest.raises(KeyboardInterrupt):
            work()


def issue(office: Office, name: str = "岩温") -> str:
    slip = issue_slip(office, a_request(applicant={"name": name, "phone": PHONE})).slip
    assert slip is not None
    return slip.number


def at_file(folder: Path) -> Office:
    """The office of a PC as if it still worked with its own file."""
    return open_office(folder, clock, place=BookPlace())


def why_not(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def stopping(at: str) -> Heard:
    """Ctrl-C as soon as something is being done."""

    def heard(doing: str, _done: int, _of: int) -> None:
        if doing == at:
            raise KeyboardInterrupt

    return heard


def test_there_and_back_it_is_the_same_book_to_the_letter(folder: Path, address: str) -> None:
    with closing(open_office(folder, clock)) as office:
        before, numbers, drafts = lines_of(office), numbers_in(office), office.drafts.all()
        waiting = [one.row.number for one in office.prints.unprinted()]
    moved = there(folder, address)
    assert (moved.entries, moved.copied) == (len(before) + 2, len(before) + 2)
    with closing(on_server(folder)) as office:
        here = lines_of(office)
        assert here[: len(before)] == before
        assert numbers_in(office) == numbers
        assert office.drafts.all() == drafts != []
        assert [one.row.number for one in office.prints.unprinted()] == waiting
        assert office.book.check().problems == []
        said = [BookMoved.from_payload(entry.payload) for entry in office.book.entries(EntryKind.BOOK_MOVED)]
        assert [(each.act, each.by) for each in said] == [(MovedAct.LEFT, "0001"), (MovedAct.ARRIVED, "0001")]
        assert said[0].place == address.replace("postgres@", "") == read_book_place(folder).address
        issue(office)
        there_now = lines_of(office)
    moved = back(folder)
    assert (moved.entries, moved.copied) == (len(there_now) + 2, len(there_now) + 2 - len(before) - 1)
    assert not read_book_place(folder).on_server
    with closing(open_office(folder, clock)) as office:
        assert lines_of(office)[: len(there_now)] == there_now
        assert office.drafts.all() == drafts
        assert office.book.check().problems == []
        issue(office)
    assert sorted(path.name for path in folder.glob("book*.db*")) == [BOOK_NAME, f"{BOOK_NAME}-journal"]


def test_the_place_that_it_left_says_where_it_is_and_is_only_read(folder: Path, address: str) -> None:
    """GIVEN a window that was open all the time THEN its next act is refused as well; what it shows can still be read."""
    with closing(at_file(folder)) as early:
        number = issue(early)
        there(folder, address)
        with pytest.raises(Refusal) as caught:
            issue(early)
        assert caught.value.code == "moved-away"
        assert str(read_book_place(folder).address) in caught.value.sentence
        assert "book move" in caught.value.remedy
    with closing(at_file(folder)) as late:
        assert mode_of(late) is Mode.READ_ONLY
        assert why_not(lambda: issue(late)) == "moved-away"
        assert late.archive.search(number)
        assert late.book.check().problems == []
        moved_to = read_book_place(folder)
        note_book_place(folder, BookPlace())
        take_place(late, moved_to)
    assert read_book_place(folder) == moved_to


def test_the_same_again_finds_it_there(folder: Path, address: str) -> None:
    first = there(folder, address)
    assert there(folder, address) == first._replace(copied=0)
    assert there(folder, address, opened=BookPlace()) == first._replace(copied=0)
    home = back(folder)
    assert back(folder) == home._replace(copied=0)


def test_there_and_back_and_there_again(folder: Path, address: str) -> None:
    there(folder, address)
    back(folder)
    with closing(open_office(folder, clock)) as office:
        issue(office)
        before = lines_of(office)
    moved = there(folder, address)
    assert moved.copied == 4  # left, arrived, the slip, left again; and that it arrived
    with closing(on_server(folder)) as office:
        assert lines_of(office)[:-2] == before
        assert office.book.check().problems == []


@pytest.mark.parametrize("at", [COPYING, VIEWS, COMPARING, CHECKING])
def test_stopped_it_goes_on_where_it_was_and_the_old_place_works_meanwhile(folder: Path, address: str, at: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        there(folder, address, stopping(at))
    let_clerk_in(address, "0001", PASSWORD)
    place = BookPlace(address.replace("postgres@", ""))
    assert why_not(lambda: open_office(folder, clock, place=place, shift=Shift("0001", PASSWORD))) == "book-arriving"
    assert why_not(lambda: rebuild_server(address)) == why_not(lambda: prepare_server(address)) == "book-arriving"
    with closing(open_office(folder, clock)) as office:
        number = issue(office)
        issued = office.archive.search(number)
        seq = office.book.head()[0]
    moved = there(folder, address)
    assert (moved.entries, moved.copied) == (seq + 2, 3)
    with closing(on_server(folder)) as office:
        assert office.archive.search(number) == issued


@pytest.mark.parametrize("step", ["storage.moving.arrival.arrive", "operations.moving.places.{}.settle"])
@pytest.mark.parametrize("home", [False, True])
def test_cut_off_between_leaving_and_the_note_no_place_issues_twice(
    folder: Path, address: str, step: str, home: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if home:
        there(folder, address)
        with closing(on_server(folder)) as office:
            issue(office)

    at = step.format("InFile" if home else "OnServer")
    dying(monkeypatch, at, lambda: back(folder) if home else there(folder, address))
    with closing(on_server(folder) if home else open_office(folder, clock)) as office:
        assert why_not(lambda: issue(office)) == "moved-away"
    moved = back(folder) if home else there(folder, address)
    assert moved.copied == (2 if "arrive" in step else 0)
    with closing(open_office(folder, clock) if home else on_server(folder)) as office:
        issue(office)
        assert office.book.check().problems == []


def test_a_file_that_has_its_name_already_is_only_noted(
    folder: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there(folder, address)
    dying(monkeypatch, "operations.moving.places.note_book_place", lambda: back(folder))
    assert read_book_place(folder).on_server
    assert back(folder).copied == 0
    with closing(open_office(folder, clock)) as office:
        issue(office)


def test_what_somebody_did_meanwhile_stops_it_before_it_leaves(folder: Path, address: str) -> None:
    issued: list[str] = []
    with closing(at_file(folder)) as other:

        def heard(doing: str, _done: int, _of: int) -> None:
            if doing == CHECKING and not issued:
                issued.append(issue(other))

        assert why_not(lambda: there(folder, address, heard)) == "move-going-on"
        issue(other)
    assert there(folder, address).copied == 4  # two slips, and that it left and arrived


def test_contents_that_were_erased_are_nowhere_there(folder: Path, address: str) -> None:
    """GIVEN a move that was stopped WHEN whole numbers leave the book meanwhile THEN they leave what was copied; on the way back too."""
    with pytest.raises(KeyboardInterrupt):
        there(folder, address, stopping(CHECKING))
    with closing(open_office(folder, clock)) as office:
        seqs = [entry.seq for entry in office.book.entries(EntryKind.SLIP_ISSUED)]
        assert office.book.leave_numbers(seqs[:9]) > 0
        before = lines_of(office)
    there(folder, address)
    with closing(on_server(folder)) as office:
        assert lines_of(office)[: len(before)] == before
        assert office.book.check().problems == []
    let_clerk_in(address, "0001", PASSWORD, erases=True)
    with closing(on_server(folder)) as office:
        assert office.book.leave_numbers(seqs[9:]) > 0
        before = lines_of(office)
    back(folder)
    with closing(open_office(folder, clock)) as office:
        assert lines_of(office)[: len(before)] == before
        assert office.book.check().problems == []
    assert sorted(path.name for path in folder.glob("book*.db")) == [BOOK_NAME]


def test_the_journal_of_the_pc_goes_on_and_holds_against_every_place(
    folder: Path, address: str, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    with closing(open_office(folder, clock)) as office:
        name_folder(office, tmp_path / "stick")
        assert office.journal.write_all()
    for home in (False, True):
        back(folder) if home else there(folder, address)
        with closing(on_server(folder)) as office:
            issue(office)
            assert office.journal.write_all()
            assert office.journal.warning == ""
            assert turned_back(office, kept_outside(folder)) is None
            end = office.journal.end
            assert end is not None
            assert (end.seq, end.hash.hex()) == office.book.head()


def test_a_book_made_by_server_prepare_gives_way_and_one_in_use_does_not(
    folder: Path, address: str, tmp_path: Path
) -> None:
    prepare_server(address)
    there(folder, address)
    with closing(open_office(tmp_path / "another", clock)) as office:
        issue(office)
        target = OnServer(office, address, clock)
        assert why_not(lambda: move(Moving(office, BookPlace(), target, unheard))) == "move-other-book"
        issue(office)


def test_an_old_copy_of_the_file_is_not_moved_over_the_book(folder: Path, address: str, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "old")
    there(folder, address)
    assert why_not(lambda: there(tmp_path / "old", address)) == "move-target-live"
    with closing(on_server(folder)) as office:
        issue(office)


def test_a_twin_that_went_another_way_is_told_from_which_entry_on(folder: Path, address: str, tmp_path: Path) -> None:
    with closing(open_office(folder, clock)) as office:
        same = office.book.head()[0]
    shutil.copytree(folder, tmp_path / "twin")
    for pc in (folder, tmp_path / "twin"):
        with closing(open_office(pc, clock)) as office:
            issue(office)
    with pytest.raises(KeyboardInterrupt):
        there(folder, address, stopping(CHECKING))
    with pytest.raises(Refusal) as caught:
        there(tmp_path / "twin", address)
    assert (caught.value.code, f"第 {same + 1} 条起" in caught.value.sentence) == ("move-parted", True)
    shutil.copytree(tmp_path / "twin", tmp_path / "short")
    assert there(folder, address).copied == 2


def test_what_is_there_is_not_trusted(folder: Path, address: str, server: hall.Server) -> None:
    """GIVEN a move that was stopped WHEN a content there is another one, of a server that had its guards off THEN it is not gone on with."""
    with pytest.raises(KeyboardInterrupt):
        there(folder, address, stopping(CHECKING))
    book = f"b{'4' * 16}"
    server.tell(f"ALTER TABLE {book}.payload DISABLE TRIGGER USER")
    server.tell(f"UPDATE {book}.payload SET body = (SELECT body FROM {book}.payload WHERE seq = 4) WHERE seq = 5")
    server.tell(f"ALTER TABLE {book}.payload ENABLE TRIGGER USER")
    assert why_not(lambda: there(folder, address)) == "move-parted"
    with closing(open_office(folder, clock)) as office:
        issue(office)


def test_a_view_that_is_not_what_the_entries_give_stops_it(folder: Path, address: str, server: hall.Server) -> None:
    tampered: list[object] = []

    def heard(doing: str, _done: int, _of: int) -> None:
        if doing == COMPARING and not tampered:
            tampered.append(server.tell(f"UPDATE b{'4' * 16}.archive SET applicant = '某人' WHERE seq = 2"))

    assert why_not(lambda: there(folder, address, heard)) == "move-not-sound"
    with closing(open_office(folder, clock)) as office:
        issue(office)


def test_it_goes_to_one_place_only(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN that it has left for one place, and the move was cut off WHEN another one is named THEN it is not there as well."""
    dying(monkeypatch, "storage.moving.arrival.arrive", lambda: there(folder, address))
    assert why_not(lambda: there(folder, address.replace("4444", "5444"))) == "moved-away"
    assert there(folder, address).copied == 2


def test_where_the_other_place_is_lost_it_is_made_again_of_a_copy(
    folder: Path, address: str, server: hall.Server, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    with closing(open_office(folder, clock)) as office:
        name_folder(office, tmp_path / "stick")
    there(folder, address)
    with closing(on_server(folder)) as office:
        number = issue(office)
        assert office.journal.write_all()
        head = office.book.head()
    server.clear()
    assert why_not(lambda: there(folder, address, opened=BookPlace())) == "move-target-lost"
    note_book_place(folder, BookPlace())
    (journal,) = (tmp_path / "stick").glob("*.jsonl")
    task = Restoring(journal, folder, clock, by="0001", over=True)
    done = restore(task, lambda _: pytest.fail("it is not sealed"))
    assert done.entry.seq == head[0] + 1
    with closing(open_office(folder, clock)) as office:
        assert office.archive.search(number)
        issue(office, "玉罕")


def test_nobody_else_has_it_open(folder: Path, address: str) -> None:
    """GIVEN the window of this PC, or one at another PC of a hall THEN it is not moved from under them."""
    with Listener(desk_address(folder)) as listener:
        listening = threading.Thread(target=lambda: listener.accept().close())
        listening.start()
        assert why_not(lambda: there(folder, address)) == "move-windows"
        listening.join()
    there(folder, address)
    with closing(on_server(folder)) as office:
        issue(office)
        with pytest.raises(Refusal) as caught:
            back(folder)
        assert (caught.value.code, "还有 1 个窗口" in caught.value.sentence) == ("move-windows", True)
    assert back(folder).copied == 4


def test_what_is_not_moved_and_what_to_do_first(folder: Path, address: str, tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "practice", clock, training=True)) as office:
        target = OnServer(office, address, clock)
        assert why_not(lambda: move(Moving(office, BookPlace(), target, unheard))) == "training-stays"
    with closing(open_office(folder, clock)) as office:
        office.act_as("0003")
        target = OnServer(office, address, clock)
        assert why_not(lambda: move(Moving(office, BookPlace(), target, unheard))) == "not-permitted"
        assert why_not(lambda: InFile(office, tmp_path / BOOK_NAME)) == "move-elsewhere"
        assert why_not(lambda: OnServer(office, "postgresql://a:b@10.0.0.5/centre")) == "hall-address"


@pytest.mark.parametrize("days", [-400, 4000])
def test_a_clock_that_is_doubtful_is_asked_about_first(folder: Path, address: str, days: int) -> None:
    at = clock() + timedelta(days=days)
    with closing(open_office(folder, lambda: at)) as office:
        target = OnServer(office, address, clock)
        assert why_not(lambda: move(Moving(office, BookPlace(), target, unheard))) == "clock-doubtful"


def test_a_sealed_book_stays_where_its_keys_are(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    with closing(a_sealed_office(tmp_path)) as office, pytest.raises(Refusal) as caught:
        OnServer(office, address, clock)
    assert caught.value.code == "hall-sealed"
    assert "另建一本" in caught.value.remedy


def test_another_pc_of_the_hall_takes_it_into_its_own_file(folder: Path, address: str, tmp_path: Path) -> None:
    """GIVEN a PC that has drafts and no book of its own, and one that has a book in use THEN the first gets it, with its drafts; the other
    keeps its own."""
    there(folder, address)
    for name in ("new", "used"):
        (tmp_path / name).mkdir()
        if name == "used":
            with closing(open_office(tmp_path / name, clock)) as office:
                issue(office)
        note_book_place(tmp_path / name, read_book_place(folder))
    assert why_not(lambda: back(tmp_path / "used")) == "move-other-book"
    with closing(on_server(tmp_path / "new")) as office:
        office.drafts.save("kept", {"name": "岩罕"})
        before = lines_of(office)
    assert back(tmp_path / "new").copied == len(before) + 2
    with closing(open_office(tmp_path / "new", clock)) as office:
        assert lines_of(office)[:-2] == before
        assert [draft.uuid for draft in office.drafts.all()] == ["kept"]
        assert office.book.check().problems == []
    with closing(on_server(folder)) as office:
        assert why_not(lambda: issue(office)) == "moved-away"


def test_an_address_is_noted_without_whoever_moved_it() -> None:
    from counter_assistant.storage.engines.postgres.server import without_user

    plain = "postgresql://10.0.0.5:5432/centre?schema=linxiang"
    assert without_user("postgresql://postgres@10.0.0.5:5432/centre?schema=linxiang&user=x") == plain
    assert without_user(plain) == plain
    assert without_user("postgresql://a@/centre") == "postgresql:///centre"
