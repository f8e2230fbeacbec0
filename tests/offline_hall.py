"""A hall whose server can be taken away: a confirmed office's book, two clerks with passwords, and a place for each of two PCs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.server_books import is_reached, let_clerk_in, prepare_offline, prepare_server
from counter_assistant.paths import OFFLINE
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place
from tests import hall
from tests.make import a_request, confirmed

BOOK = f"b{'8' * 16}"
CODES = (("533991", "耿离一"), ("533992", "耿离二"))
SHIFT = Shift("0001", "第一个人自己的密码")


@dataclass(frozen=True)
class OfflineHall:
    """A server that runs, and the folder in which each PC has its data folder."""

    server: hall.Server
    folder: Path

    @property
    def admin(self) -> str:
        """The address that whoever runs the server uses."""
        return f"{self.server.address}&schema={BOOK}"

    def pc(self, name: str) -> Path:
        """The data folder of a PC that works in the hall, made where it is missing; nobody's name is in its address."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        address = f"postgresql:///{hall.DATABASE}?host={self.server.folder}&schema={BOOK}"
        note_book_place(folder, BookPlace(address, f"综合窗口 {name}"))
        return folder

    def office(self, name: str) -> Office:
        """A shift at a PC."""
        return open_office(self.pc(name), shift=SHIFT)

    def away(self, name: str) -> Office:
        """The same PC offline."""
        return open_office(self.pc(name) / OFFLINE)


@contextmanager
def asking_server() -> Iterator[hall.Server]:
    """A server of its own, which asks clerks for their passwords, and may be stopped."""
    with hall.running() as server:
        rules = server.data / "pg_hba.conf"
        rules.write_text("local all clerk_0001,clerk_0002,root scram-sha-256\n" + rules.read_text())
        server.tell("SELECT pg_reload_conf()")
        yield server


@contextmanager
def offline_hall(server: hall.Server, folder: Path) -> Iterator[OfflineHall]:
    """The hall on a server that runs; its books are gone afterwards."""
    made = OfflineHall(server, folder)
    prepare_server(made.admin)
    for who in ("0001", "0002"):
        let_clerk_in(made.admin, who, SHIFT.password)
    with closing(made.office("first")) as office:
        office.decide_profile(confirmed(office.profile))
    for code, name in CODES:
        prepare_offline(made.admin, code, name)
    yield made
    if not is_up(server):
        server.start()
    for schema in (BOOK, *(f"{BOOK}_{code}" for code, _ in CODES)):
        server.tell(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


def is_up(server: hall.Server) -> bool:
    """Whether it runs."""
    return is_reached(BookPlace(server.address))


def issued(office: Office, act: str = "") -> str:
    """The number of a slip that was issued just now."""
    slip = issue_slip(office, a_request(request_id=act) if act else a_request()).slip
    assert slip is not None
    return slip.number
