"""A PC issues while its hall's server is away; what it issued enters the server once, whatever happens on the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import open_office
from counter_assistant.operations.offline import lending
from counter_assistant.operations.offline.returning import BEGUN, Brought, bring_in
from counter_assistant.operations.server_books import check_server, prepare_offline, prepare_server, rebuild_server
from counter_assistant.paths import BOOK_NAME, OFFLINE
from counter_assistant.storage.engines.postgres.offline_books import places_of
from counter_assistant.storage.engines.postgres.server import Address
from counter_assistant.storage.server.book_place import BookPlace, read_book_place
from tests import hall
from tests.make import confirmed
from tests.offline_hall import BOOK, CODES, SHIFT, OfflineHall, asking_server, issued, offline_hall
from tests.operations import landed

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]


@pytest.fixture(scope="module")
def stopping() -> Iterator[hall.Server]:
    with asking_server() as server:
        yield server


@pytest.fixture
def here(stopping: hall.Server, tmp_path: Path) -> Iterator[OfflineHall]:
    with offline_hall(stopping, tmp_path) as made:
        yield made


def bring(here: OfflineHall, name: str) -> Brought:
    folder = here.pc(name)
    place = read_book_place(folder)
    return bring_in(folder, Address.read(place.address).for_shift(SHIFT), place.window)


def slips_there(here: OfflineHall, code: str) -> list[str]:
    """The numbers in the copy on the server, in the order of their entries."""
    return [number for (number,) in here.server.tell(f"SELECT number FROM {BOOK}_{code}.archive ORDER BY seq")]


def test_each_pc_takes_a_place_of_its_own_and_no_third_one_gets_any(here: OfflineHall) -> None:
    assert bring(here, "one") == Brought(ready=True)
    assert bring(here, "two") == Brought(ready=True)
    assert bring(here, "three") == Brought(ready=False)
    assert not (here.pc("three") / OFFLINE).exists()
    assert bring(here, "one") == Brought(ready=True), "once more is no mistake"
    numbers = []
    for name in ("one", "two"):
        with closing(here.away(name)) as office:
            assert office.profile.window == f"综合窗口 {name}"
            numbers.append(issued(office))
    assert numbers == ["临公积金耿离一告〔2026〕1号", "临公积金耿离二告〔2026〕1号"]


def test_what_the_hall_decided_holds_offline_too(here: OfflineHall) -> None:
    from dataclasses import replace

    bring(here, "one")
    with closing(here.office("two")) as office:
        office.decide_profile(replace(office.profile, hours="周一至周六"))
    bring(here, "one")
    with closing(here.away("one")) as office:
        assert (office.profile.hours, office.profile.installation_code) == ("周一至周六", CODES[0][0])
        assert [clerk.name for clerk in office.profile.clerks][:2] == ["罗𠅤克", "玉罕"]
        profiles = len(list(office.book.entries(EntryKind.OFFICE_PROFILE)))
    bring(here, "one")
    with closing(here.away("one")) as office:
        assert len(list(office.book.entries(EntryKind.OFFICE_PROFILE))) == profiles


def test_all_that_papers_say_is_lent_and_nothing_of_anybody(here: OfflineHall) -> None:
    """GIVEN a hall in whose book stands every sort of entry WHEN it lends THEN content and calendar are the same offline, and each is lent once."""
    here.server.tell(f"DROP SCHEMA {BOOK} CASCADE")
    prepare_server(here.admin)
    readings = landed.ticking()
    with closing(open_office(here.folder / "busy", lambda: next(readings), place=BookPlace(here.admin))) as office:
        office.confirm_clock()  # the book was prepared later than that day
        landed.work(office)
        office.decide_profile(confirmed(office.profile))
    with closing(here.office("two")) as office:
        bring(here, "one")
        with closing(here.away("one")) as away:
            assert away.content.catalogue.approvals == office.content.catalogue.approvals
            assert away.content.edition == office.content.edition
            assert away.content.phrases == office.content.phrases
            assert away.content.own_forms == office.content.own_forms
            assert away.calendar == office.calendar
            kinds = {entry.kind for entry in away.book.entries()}
            assert kinds <= {*lending.LENT, EntryKind.BOOK_OPENED, EntryKind.OFFICE_PROFILE}
            assert {EntryKind.CALENDAR, EntryKind.ITEM_APPROVED, EntryKind.PHRASES} <= kinds
            head = away.book.head()
        bring(here, "one")
        with closing(here.away("one")) as away:
            assert away.book.head() == head
            assert away.book.check().problems == []


def test_what_leaves_the_pc_by_its_term_leaves_its_copy(here: OfflineHall) -> None:
    bring(here, "one")
    with closing(here.away("one")) as office:
        number = issued(office)
    bring(here, "one")
    seq = here.server.tell(f"SELECT seq FROM {BOOK}_533991.archive")[0][0]
    with closing(here.away("one")) as office:
        assert office.book.leave_numbers([seq]) == 1
        issued(office)
    assert bring(here, "one").slips == 1
    assert here.server.tell(f"SELECT count(*) FROM {BOOK}_533991.payload WHERE seq = {seq}") == [(0,)]
    assert slips_there(here, "533991")[0] == number
    assert check_server(here.admin)[1] == []


def test_whoever_runs_the_server_checks_and_rebuilds_the_copies_too(here: OfflineHall) -> None:
    bring(here, "one")
    with closing(here.away("one")) as office:
        issued(office)
    bring(here, "one")
    here.server.tell(f"DELETE FROM {BOOK}_533991.term")
    assert check_server(here.admin)[1][0].startswith("533991：")
    rebuild_server(here.admin)
    assert check_server(here.admin)[1] == []


def test_twenty_slips_enter_once_and_each_series_is_whole(here: OfflineHall) -> None:
    with closing(here.office("one")) as office:
        in_hall = [issued(office) for _ in range(3)]
    bring(here, "one")
    here.server.stop("immediate")
    with closing(here.away("one")) as office:
        offline = [issued(office) for _ in range(20)]
        assert office.book.check().problems == []
    here.server.start()
    assert bring(here, "one") == Brought(ready=True, slips=20)
    assert bring(here, "one") == Brought(ready=True, slips=0)
    assert slips_there(here, "533991") == offline == [f"临公积金耿离一告〔2026〕{n}号" for n in range(1, 21)]
    with closing(here.office("one")) as office:
        assert issued(office) == "临公积金耿一告〔2026〕4号"
        assert office.book.check().problems == []
    assert [number.rpartition("〕")[2] for number in in_hall] == ["1号", "2号", "3号"]
    assert check_server(here.admin)[1] == []


def test_the_copy_on_the_server_is_the_book_to_the_letter_and_passes_the_check(here: OfflineHall) -> None:
    bring(here, "one")
    with closing(here.away("one")) as office:
        issued(office)
        head = office.book.head()
    bring(here, "one")
    with closing(here.away("one")) as office:
        assert office.book.head() == head
    there = here.server.tell(f"SELECT seq, encode(hash, 'hex') FROM {BOOK}_533991.chain_head")
    assert there == [head]
    assert check_server(here.admin)[1] == []


def test_a_window_that_ends_while_it_takes_its_place_takes_the_same_one_later(
    here: OfflineHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_assistant.operations.offline import returning

    def ends(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(returning, "give_name", ends)
    with pytest.raises(KeyboardInterrupt):
        bring(here, "one")
    monkeypatch.undo()
    assert (here.pc("one") / BEGUN / BOOK_NAME).is_file()
    assert bring(here, "two") == Brought(ready=True)
    assert bring(here, "one") == Brought(ready=True)
    with closing(here.away("one")) as office:
        assert office.profile.installation_code == "533991"


def test_of_two_that_want_one_place_the_second_takes_the_next(
    here: OfflineHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_assistant.operations.offline import returning

    before = places_of(Address.read(here.admin))
    bring(here, "one")
    asked = iter([before, places_of(Address.read(here.admin))])
    monkeypatch.setattr(returning, "places_of", lambda _address: next(asked))
    assert bring(here, "two") == Brought(ready=True)
    with closing(here.away("two")) as office:
        assert office.profile.installation_code == "533992"


def test_an_older_copy_put_back_is_set_aside_before_a_number_is_given_twice(here: OfflineHall) -> None:
    bring(here, "one")
    folder = here.pc("one") / OFFLINE
    shutil.copytree(folder, here.folder / "older")
    with closing(here.away("one")) as office:
        issued(office)
    bring(here, "one")
    shutil.rmtree(folder)
    shutil.copytree(here.folder / "older", folder)
    came = bring(here, "one")
    assert came.ready, "the next place that is free"
    assert "比服务器上的旧" in came.aside
    assert (here.pc("one") / "offline-aside-1" / BOOK_NAME).is_file()
    with closing(here.away("one")) as office:
        assert office.profile.installation_code == "533992"


def test_two_that_went_on_from_one_copy_are_told_apart(here: OfflineHall) -> None:
    bring(here, "one")
    folder = here.pc("one") / OFFLINE
    shutil.copytree(folder, here.folder / "clone")
    with closing(here.away("one")) as office:
        number = issued(office)
    bring(here, "one")
    shutil.rmtree(folder)
    shutil.copytree(here.folder / "clone", folder)
    with closing(here.away("one")) as office:
        assert issued(office) == number
    came = bring(here, "one")
    assert "条起不同" in came.aside
    assert slips_there(here, "533991") == [number]


def test_a_hall_that_has_confirmed_nothing_lends_nothing(here: OfflineHall) -> None:
    here.server.tell(f"DROP SCHEMA {BOOK} CASCADE")
    prepare_server(here.admin)
    assert bring(here, "one") == Brought(ready=False)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("530926", "离"),
        ("53992", "离"),
        ("５３９９２", "离"),
        ("533993", "耿一"),
        ("533993", "耿离一"),
        ("533993", " "),
    ],
)
def test_a_place_has_a_code_and_a_name_of_its_own(here: OfflineHall, code: str, name: str) -> None:
    with pytest.raises(Refusal) as told:
        prepare_offline(here.admin, code, name)
    assert told.value.code == "offline-place-wrong"
    assert len(places_of(Address.read(here.admin))) == 2


def test_a_clerk_s_user_changes_nothing_in_a_place_but_what_follows(here: OfflineHall) -> None:
    import psycopg

    bring(here, "one")
    place = f"{BOOK}_533991"
    login = f"host={here.server.folder} user=clerk_0001 dbname={hall.DATABASE} password={SHIFT.password}"
    with psycopg.connect(login, autocommit=True) as connection:
        for statement in (
            "UPDATE {}.entry SET kind = 'slip_voided'", "DELETE FROM {}.entry", "UPDATE {}.payload SET body = '\\x00'", "DELETE FROM {}.payload",
            "UPDATE {}.chain_head SET seq = 0", "TRUNCATE {}.entry CASCADE", "DROP TABLE {}.term", "UPDATE {}.schema_version SET version = 9",
            "DROP SCHEMA {} CASCADE", "COMMENT ON SCHEMA {} IS 'x'",
        ):  # fmt: skip
            with pytest.raises(psycopg.Error):
                connection.execute(statement.format(place))
    assert check_server(here.admin)[1] == []
    here.server.tell(f"GRANT TRUNCATE ON {place}.entry TO PUBLIC")
    assert check_server(here.admin)[1] == ["533991：PUBLIC 多了权限：TRUNCATE entry。"]
    prepare_offline(here.admin, "533991", "耿离一")
    assert check_server(here.admin)[1] == []
