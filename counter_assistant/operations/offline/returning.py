"""离线出具的记录送回服务器：核对以后整份接到给这台电脑留的地方，不拼进大厅的链，不改编号，做几遍都一样.

The same is done where nothing was issued yet: the first entries that a PC sends take its place on the server, and with that its installation code. Until
then it does not issue offline, so that no two PCs ever have one code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from counter_assistant import paths
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.strand import Strand, common
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, make_folder, reason_of
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.office import Office
from counter_assistant.operations.offline.lending import book_of, lend, lent_profile
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.engines.postgres.database import Database as Hall
from counter_assistant.storage.engines.postgres.offline_books import OfflinePlace, address_of, places_of
from counter_assistant.storage.engines.postgres.server import Address
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.exchange.taking_in import take_in
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.server.book_place import BookPlace, note_book_place, read_book_place
from counter_assistant.storage.views.cases import Cases

BEGUN = f"{paths.OFFLINE}.new"
"""What the folder is called until the server has let this PC have its place."""
TAKEN, PARTED, BEHIND = "offline-place-taken", "offline-parted", "offline-behind"
_ASIDE = frozenset((TAKEN, PARTED, BEHIND))
PUT_ASIDE = "本机的原样另存在 offline-aside 文件夹里，请管理员查明；要接着能离线出具的，再给这台电脑留一个地方（server offline）。"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """How a PC stands with its hall. `ready`: it may issue offline from now on; `slips` were new to the server, of `cases` that it began the
    end is open. `aside` says what was wrong with what lay here, which was put aside whole."""

    ready: bool
    slips: int = 0
    cases: int = 0
    aside: str = ""


def bring_in(folder: Path, address: Address, window: str = "") -> Brought:
    """Sends the server what was issued offline on the PC of a data folder and is not there yet, and has the PC follow what the hall decided
    since. A PC that has no place yet takes one, if one is free. Used in any thread, with connections and files of its own.

    Whatever cuts it off, it is done again: a copy on the server grows in one transaction, once every entry of it was verified.

    Raises:
        Refusal: what reading the hall's book refuses, such as `hall-away`; what `take_in` and the disk refuse.
    """
    with closing(Hall.open(address, None)) as database:
        hall, aside = Book(database), ""
        if (folder / paths.OFFLINE / paths.BOOK_NAME).is_file():
            try:
                return _kept_up(hall, folder / paths.OFFLINE, address)
            except Refusal as refusal:
                if refusal.code not in _ASIDE:
                    raise
                aside = refusal.sentence
                _put_aside(folder / paths.OFFLINE)
        return Brought(_begin(hall, folder, address, window), aside=aside)


def bringing(office: Office) -> Callable[[], Brought]:
    """What brings in what was issued on the PC of an office that works in a hall, as whoever works there now; to be called in any thread."""
    hall = office.database
    assert isinstance(hall, Hall)
    return partial(bring_in, office.folder, hall.address, read_book_place(office.folder).window)


def _kept_up(hall: Book, folder: Path, address: Address) -> Brought:
    with closing(Database.open(folder / paths.BOOK_NAME, system_clock)) as database:
        here = Book.open(database, "")
        latest = here.latest(EntryKind.OFFICE_PROFILE)
        profile = OfficeProfile.from_payload(latest.payload) if latest else None
        if profile is None:
            raise Refusal(PARTED, "离线出具用的台账里没有单位信息。", PUT_ASIDE)
        place = address_of(address, profile.installation_code)
        slips = _send(database, place)
        lend(hall, here, profile.installation_code, profile.installation_name)
        _send(database, place)
        return Brought(ready=True, slips=slips, cases=Cases(database).open_count())


def _begin(hall: Book, folder: Path, address: Address, window: str) -> bool:
    """Takes the first place that is free, if there is one, for a PC that has none; what was begun and not ended goes on."""
    begun = folder / BEGUN
    for place in _free(hall, begun, address):
        profile = lent_profile(hall, place.code, place.name)
        if profile is None:
            return False
        try:
            make_folder(begun, 0o700)
            note_book_place(begun, BookPlace("", window))
            with closing(Database.open(begun / paths.BOOK_NAME, system_clock)) as database:
                lend(hall, Book.open(database, place.code), place.code, place.name)
                _send(database, address_of(address, place.code))
            with suppress(FileNotFoundError):
                (folder / paths.OFFLINE).rmdir()  # somebody wanted to work there before it was ready
            give_name(begun, folder / paths.OFFLINE)
            return True
        except OSError as error:
            raise Refusal(
                "offline-unusable", f"离线出具用的台账建不起来：{reason_of(error)}。", "请检查磁盘空间和权限。"
            ) from error
        except Refusal as refusal:
            if refusal.code not in _ASIDE:
                raise
            _put_aside(begun)
    return False


def _free(hall: Book, begun: Path, address: Address) -> Iterator[OfflinePlace]:
    """The place that was begun with, then those that nobody has."""
    places = places_of(address)
    if (begun / paths.BOOK_NAME).is_file():
        with closing(Database.open(begun / paths.BOOK_NAME, system_clock)) as database:
            latest = Book.open(database, "").latest(EntryKind.OFFICE_PROFILE)
        code = OfficeProfile.from_payload(latest.payload).installation_code if latest else ""
        yield from (place for place in places if place.code == code)
    yield from (place for place in places if not place.entries)


def _put_aside(folder: Path) -> None:
    """Keeps what lay there under another name."""
    number = 1
    while (kept := folder.with_name(f"{paths.OFFLINE}-aside-{number}")).exists():
        number += 1
    folder.rename(kept)


def _send(here: Engine, place: Address) -> int:
    """Has the copy on the server grow to what is here; how many slips came with it.

    Raises:
        Refusal: `offline-place-taken`, `offline-parted`, `offline-behind`; what `take_in` and either engine refuse.
    """
    with closing(Hall.open(place, None)) as there:
        shared = _shared(_strand(here), _strand(there))
        end = Book(here).head()[0]
        if shared == end:
            return 0
        sent = 0

        def lines() -> Iterator[Line]:
            nonlocal sent
            after = shared
            while after < end:
                with here.query() as handle:
                    batch = lines_after(handle, after, min(_BATCH, end - after))
                if not batch:
                    raise here.damaged(f"第 {after + 1} 条记录缺失")
                sent += sum(line.kind == EntryKind.SLIP_ISSUED for line in batch)
                yield from batch
                after = batch[-1].seq

        take_in(there, shared, lines())
        return sent


def _strand(database: Engine) -> Strand:
    return Strand("", book_of(database), Book(database).head()[0], partial(hash_at, database))


def _shared(here: Strand, there: Strand) -> int:
    """The number of the last entry of the copy on the server, after which what is here goes on."""
    if there.entries and there.book != here.book:
        raise Refusal(TAKEN, "服务器上这个离线代码已经是另一台电脑的。", PUT_ASIDE)
    shared = common(here, there)
    if shared < there.entries:
        behind = shared == here.entries
        raise Refusal(
            BEHIND if behind else PARTED,
            f"本机离线的台账比服务器上的旧：这里 {here.entries} 条，那里 {there.entries} 条。"
            if behind
            else f"本机离线的台账与服务器上的从第 {shared + 1} 条起不同。",
            PUT_ASIDE,
        )
    return shared
