"""A small disk that is full: a plain sentence, the draft stays, nothing is printed, and it goes on when there is room again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import closing
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.operations.safekeeping.journal_folder import name_folder
from tests.make import NOW, a_request, clock

pytestmark = [pytest.mark.slow, pytest.mark.root, pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")]

SIZE = 16 << 20
FULL = {
    "disk-full",
    "no-backup-place",
    "backup-no-room",
    "cannot-export",
    "cannot-save-pdf",
    "no-paper-folder",
    "no-data-folder",
    "disk-error",
}
NUMBER = "临公积金示一告〔2026〕1号"
Act = Callable[[Office, Path], object]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no small disk can be mounted here, so full disks were NOT TRIED: {error}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def refused_as(act: Act, office: Office, place: Path) -> str:
    """Does something; the code of what refuses it, empty where nothing does."""
    try:
        act(office, place)
    except Refusal as refusal:
        return refusal.code
    return ""


def fill(place: Path, left: int) -> Path:
    """Takes all room of a disk but for so many bytes."""
    filler = place / "filler"
    filler.unlink(missing_ok=True)
    found = os.statvfs(place)
    room = max(found.f_bavail * found.f_frsize - left, 0)
    descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT)
    try:
        if room:
            os.posix_fallocate(descriptor, 0, room)
    finally:
        os.close(descriptor)
    return filler


def _backup(office: Office, place: Path) -> object:
    return back_up(Task(place / "data", NOW, also=place / "stick")).made


def _paper(office: Office, place: Path) -> object:
    pdf = reprint_and_void.pdf_of(office, reprint_and_void.show(office, NUMBER))
    return reprint_and_void.save_paper(pdf, reprint_and_void.paper_folder(place / "papers"), NUMBER)


def _void(office: Office, _: Path) -> object:
    reprint_and_void.void(office, NUMBER, "录错")
    return NUMBER


def _save(office: Office, _: Path) -> object:
    return office.drafts.save("draft", {"uuid": "draft", "name": "罗" * 60_000})


ACTS: dict[str, tuple[Act, Callable[[Office, Path], bool]]] = {
    "issue": (lambda office, _: issue_slip(office, a_request(request_id="one")), lambda office, _: office.book.find("one") is not None),
    "draft": (_save, lambda office, _: office.drafts.load("draft") is not None),
    "void": (_void, lambda office, _: office.book.latest(EntryKind.SLIP_VOIDED) is not None),
    "closing": (lambda office, _: closing.close(office, Period.DAY, "2026-11-23"), lambda office, _: office.book.latest(EntryKind.DAY_CLOSED) is not None),
    "backup": (_backup, lambda _, place: any((place / "data" / "backups").glob("2*"))),
    "paper": (_paper, lambda _, place: any((place / "papers").glob("*.pdf"))),
    "export": (lambda office, place: export(office, place / "export"), lambda _, place: (place / "export" / "manifest.json").exists()),
}  # fmt: skip
ROOMS = (0, 4096, 8192, 16384, 32768, 65536, 131072, 262144)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_on_a_full_disk_is_refused_as_that_and_goes_on_when_there_is_room(small_disk: Path, name: str) -> None:
    """GIVEN disks with no room, and with ever a little more WHEN something is done THEN it is done whole or refused whole."""
    act, done = ACTS[name]
    refused = 0
    for left in ROOMS:
        place = small_disk / f"{left}"
        (place / "stick").mkdir(parents=True)
        office = open_office(place / "data", clock)
        issue_slip(office, a_request(request_id="first"))
        office.drafts.save("kept", {"uuid": "kept"})
        assert office.profile
        before = office.book.head()
        filler = fill(small_disk, left)
        code = refused_as(act, office, place)
        assert code in {"", *FULL}, left
        if code:
            assert name in {"backup", "export", "paper"} or office.book.head() == before, left
            assert not done(office, place), left
            assert office.drafts.load("kept"), left
            assert not any(path.name.startswith(".") for path in (place / "papers").glob("*")), left
        refused += bool(code)
        filler.unlink()
        if name == "backup" and code:
            assert code == "backup-no-room", "16 MB leave no room that a copy may take"
        elif code or not done(office, place):
            assert act(office, place), left
            assert done(office, place), left
        assert office.book.check().ok, left
        office.close()
        subprocess.run(["rm", "-rf", str(place)], check=True)
    assert refused, "no disk was full"


def test_the_journal_catches_up_when_its_disk_has_room_again(small_disk: Path, tmp_path: Path) -> None:
    office = open_office(tmp_path / "data", clock)
    name_folder(office, small_disk)
    issue_slip(office, a_request(request_id="first"))
    filler = fill(small_disk, 0)
    for n in range(8):
        issue_slip(office, a_request(request_id=f"{n}"))
    assert "磁盘已满" in office.journal.warning
    filler.unlink()
    assert office.journal.look_again()
    assert office.journal.end
    assert office.journal.end.seq == office.book.head()[0]
    office.close()


def test_opening_on_a_full_disk(small_disk: Path) -> None:
    """GIVEN a full disk THEN a book that is there opens or is refused in words, a new one is not begun, and nothing is left."""
    open_office(small_disk / "data", clock).close()
    filler = fill(small_disk, 0)
    names = sorted(path.name for path in (small_disk / "data").iterdir())
    with suppress(Refusal):
        office = open_office(small_disk / "data", clock)
        assert office.book.check().ok
        office.close()
    with pytest.raises(Refusal) as refused:
        open_office(small_disk / "another", clock)
    assert refused.value.code in FULL
    assert "已满" in str(refused.value) or "空间" in str(refused.value)
    assert not list((small_disk / "another").glob("*"))
    filler.unlink()
    open_office(small_disk / "data", clock).close()
    open_office(small_disk / "another", clock).close()
    assert sorted(path.name for path in (small_disk / "data").iterdir()) == names
