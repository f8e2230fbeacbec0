"""Two people destroy on a server: each shows who they are, and what is left for whoever runs it is said, and is so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.cases.retention import COPIES_KEPT
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.certificates import certificates
from counter_assistant.operations.archive.erasing import destroy, finish, left_where
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people.second_person import Second
from counter_assistant.operations.publications.destruction_list import destruction_pdf
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from counter_assistant.operations.server_books import let_clerk_in, prepare_server
from counter_assistant.storage.safekeeping.backup_settings import BackupSettings, change, load
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place
from tests import hall
from tests.make import NOW, SINGLE, a_request, confirmed, text_of
from tests.operations.archive.test_destruction import CANARIES, GROUND_OF_OURS, NAME, due, served
from tests.roles import APPROVAL, APPROVED, Counter
from tests.storage.sealing.canary import found_in

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]

BOOK = f"b{'3' * 16}"
PASSWORDS = {"0001": "口令是一二三四五", "0002": "口令是五四三二一", "0003": "口令是三三三三三"}
ERASERS = {"0001", "0002"}


class Windows(Counter):
    """Two PCs of one office, each with a journal; the first clerk, an archivist, works at both."""

    def __init__(self, folder: Path, address: str, opened: ExitStack) -> None:
        self.now = NOW
        self._address, self._opened = address, opened
        self.office, self.other = (self.open(folder / f"pc{n}", "0001") for n in (1, 2))
        self.office.confirm_clock()  # the book was prepared later than that day
        self.office.decide_profile(self._with_roles())
        approve(self.office, APPROVED, self.office.today(), APPROVAL)
        for n, office in enumerate((self.office, self.other), 1):
            office.reread()
            (folder / f"journal{n}").mkdir()
            name_folder(office, folder / f"journal{n}")

    def open(self, folder: Path, who: str) -> Office:
        folder.mkdir(exist_ok=True)
        note_book_place(folder, BookPlace(self._address, folder.name))
        return self._opened.enter_context(closing(open_office(folder, self.clock, shift=Shift(who, PASSWORDS[who]))))

    def years_later(self, years: int) -> None:
        self.now = self.now.replace(year=self.now.year + years)
        self.office.confirm_clock()
        self.now += AFTER_A_JUMP
        issue_slip(self.office, a_request(applicant={"name": "玉罕"}, answers=SINGLE, request_id="stays"))

    def _with_roles(self) -> OfficeProfile:
        profile = confirmed(self.office.profile)
        roles = (tuple(Role), (Role.SUPERVISOR,), (Role.CLERK, Role.ARCHIVIST))
        given = (
            replace(clerk, roles=tuple(r.value for r in has)) for clerk, has in zip(profile.clerks, roles, strict=False)
        )
        return replace(profile, clerks=(*given, *profile.clerks[3:]))


@pytest.fixture
def windows(server: hall.Server, tmp_path: Path) -> Iterator[Windows]:
    """On a server that asks for passwords."""
    owner = f"{server.address}&schema={BOOK}"
    prepare_server(owner)
    for who, password in PASSWORDS.items():
        let_clerk_in(owner, who, password, erases=who in ERASERS)
    rules = server.data / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text("local all clerk_0001,clerk_0002,clerk_0003 scram-sha-256\n" + before)
    server.tell("SELECT pg_reload_conf()")
    with ExitStack() as opened:
        opened.callback(_take_back, server, before)
        yield Windows(tmp_path, f"postgresql:///{hall.DATABASE}?host={server.folder}&schema={BOOK}", opened)


def _take_back(server: hall.Server, rules: str) -> None:
    (server.data / "pg_hba.conf").write_text(rules)
    server.tell("SELECT pg_reload_conf()")
    server.clear()
    for name in (
        *(f"{BOOK}_{what}" for what in ("owner", "window", "reader", "eraser")),
        *map("clerk_{}".format, PASSWORDS),
    ):
        server.tell(f"DROP OWNED BY {name}; DROP ROLE {name}")


def refused(office: Office, second: Second) -> Refusal:
    with pytest.raises(Refusal) as told:
        destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, second)
    return told.value


def test_whoever_stands_by_shows_their_own_password(windows: Windows) -> None:
    served(windows)
    windows.years_later(31)
    office, head = windows.office, windows.office.book.head()
    said = refused(office, Second("0002", PASSWORDS["0001"]))
    assert (said.code, "服务器上的密码不对" in said.sentence) == ("second-not-shown", True)
    assert "换一个密码" in said.remedy
    assert [entry.kind for entry in office.book.entries(after=head[0])] == [EntryKind.SIGNIN_FAILED]
    assert refused(office, Second("0002", PASSWORDS["0002"])).code == "too-soon"
    assert certificates(office) == ()


def test_who_may_not_erase_on_the_server_is_told_so_and_nothing_has_gone(windows: Windows, tmp_path: Path) -> None:
    """GIVEN a clerk whose role the office has given and whose user the server has not THEN one sentence, and the book is as it was."""
    served(windows)
    windows.years_later(31)
    office = windows.open(tmp_path / "pc3", "0003")
    head = office.book.head()
    assert refused(office, Second("0002", PASSWORDS["0002"])).code == "hall-no-right"
    assert office.book.head() == head
    assert office.archive.search(NAME)


def test_it_is_complete_in_words_that_are_true(windows: Windows, server: hall.Server, tmp_path: Path) -> None:
    """GIVEN a matter whose term has ended WHEN two destroy it THEN tables and journals of all PCs hold nothing of it; the files of the server do, until
    whoever runs it does what the sentence and the certificate say."""
    served(windows)
    server.tell("ANALYZE")  # as the server does by itself, whenever it likes
    assert windows.other.journal.write_all()
    windows.years_later(31)
    office = windows.office
    copies = BackupSettings(gone=(("2026-01-01T09:00:00+08:00", "2026-01-31"),), begun=2)
    change(office.folder, gone=copies.gone, begun=copies.begun)  # of the file that lies on this PC
    done = destroy(office, [kept.matter for kept in due(office)], GROUND_OF_OURS, Second("0002", PASSWORDS["0002"]))
    day = windows.now.date() + COPIES_KEPT
    said = left_where(office, done)
    assert f"{day.year}年{day.month}月{day.day}日以前清除今天以前的转储、备份和归档日志" in said
    assert "自己清除" not in said
    paper = text_of(destruction_pdf(office, done))
    assert "（VACUUM(FULL,ANALYZE)，再VACUUMFULLpg_statistic）" in paper.replace(" ", "")
    assert "由程序清除" not in paper
    assert (load(office.folder).gone, load(office.folder).begun) == (copies.gone, copies.begun)
    assert finish(office)
    assert office.book.check().problems == windows.other.book.check().problems == []
    for n, window in enumerate((office, windows.other), 1):
        assert window.journal.write_all()
        assert found_in(tmp_path / f"journal{n}", CANARIES) == []
    assert windows.other.archive.search(NAME) == []

    server.tell("CHECKPOINT")
    assert found_in(server.data / "base", (NAME,)), "a row that was deleted stays in its file"
    for told in ("VACUUM (FULL, ANALYZE)", "VACUUM FULL pg_statistic"):
        assert told in said
        server.tell(told)
    server.tell("CHECKPOINT")
    assert found_in(server.data / "base", CANARIES) == []
    assert office.book.check().problems == []
