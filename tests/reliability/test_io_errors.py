"""The Nth call to the disk fails, for N = 1, 2, … until an act goes through: the state before or after, and what is said is so."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
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
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.safekeeping.backup_folder import backups_in
from counter_assistant.storage.safekeeping.backup_settings import own_place
from tests.make import NOW, a_request, clock
from tests.portion import Portion
from tests.reliability.io_shim import SHORT, WRITES, FailingDisk, failing_disk
from tests.storage.desk import KEY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the failing disk is made of what Linux has"),
]

SAID = {
    "disk-error", "disk-error-passed", "disk-error-done", "disk-full", "no-backup-place", "cannot-export", "cannot-save-pdf",
    "no-paper-folder", "setting-unsaved", "journal-unusable", "journal-folder-missing", "backup-not-sound", "backup-not-same",
}  # fmt: skip
"""What a disk that fails may be called; never damage."""
FAULTS = {
    "EIO": errno.EIO, "short read": SHORT, "ENOSPC": errno.ENOSPC, "EACCES": errno.EACCES, "ESTALE": errno.ESTALE,
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """Something that a clerk does. `done` says whether it is on record; `again` whether doing it again once it is gives the same."""

    do: Callable[[Office, Path], object]
    done: Callable[[Office, Path], bool]


def _issue(office: Office, _: Path) -> object:
    issued = issue_slip(office, a_request(request_id="one"))
    assert issued.slip
    return issued.slip.number


def _void(office: Office, _: Path) -> object:
    reprint_and_void.void(office, FIRST, "姓名录错", copy_returned=True)
    return FIRST


def _draft(office: Office, _: Path) -> object:
    return office.drafts.save("draft", {"uuid": "draft", "name": "罗𠅤克"})


def _journal(office: Office, root: Path) -> object:
    return name_folder(office, root / "stick").last


def _backup(office: Office, _: Path) -> object:
    done = back_up(Task(office.folder, NOW, office.database.key))
    assert done.made
    return done.made.folder


def _close(office: Office, _: Path) -> object:
    return closing.close(office, Period.DAY, "2026-11-23")


def _paper(office: Office, root: Path) -> object:
    pdf = reprint_and_void.pdf_of(office, reprint_and_void.show(office, FIRST))
    return reprint_and_void.save_paper(pdf, reprint_and_void.paper_folder(root / "papers"), FIRST)


_names = itertools.count()


def _export(office: Office, root: Path) -> object:
    return export(office, root / f"export-{next(_names)}")  # what a dead disk kept of another try stays


def _has(kind: EntryKind) -> Callable[[Office, Path], bool]:
    return lambda office, _: office.book.latest(kind) is not None


FIRST = "临公积金示一告〔2026〕1号"
ACTS = {
    "issue": Act(_issue, lambda office, _: office.book.find("one") is not None),
    "void": Act(_void, _has(EntryKind.SLIP_VOIDED)),
    "draft": Act(_draft, lambda office, _: office.drafts.load("draft") is not None),
    "journal": Act(_journal, lambda office, _: office.journal.look_again() and office.journal.end is not None),
    "backup": Act(_backup, lambda office, _: bool(backups_in(own_place(office.folder)))),
    "closing": Act(_close, _has(EntryKind.DAY_CLOSED)),
    "paper": Act(_paper, lambda _, root: any((root / "papers").glob("*.pdf"))),
    "export": Act(_export, lambda _, root: any(root.glob("export-*/manifest.json"))),
}


@cache
def _template(folder: Path, sealed: bool) -> Path:
    """An office with one slip and a draft, as it lies on the disk."""
    root = folder / ("sealed" if sealed else "plain")
    (root / "stick").mkdir(parents=True)
    office = open_office(root / "data", clock)
    issue_slip(office, a_request(request_id="first"))
    office.drafts.save("kept", {"uuid": "kept", "name": "玉罕"})
    if sealed:
        for _ in office.database.sealing(KEY, lambda _: None):
            pass
    office.close()
    return root


@pytest.fixture
def template(tmp_path_factory: pytest.TempPathFactory, sealed: bool) -> Path:
    return _template(tmp_path_factory.getbasetemp(), sealed)


def _tries(portion: Portion, most: int) -> Iterator[int]:
    """Which calls fail: each by night, some by day."""
    yield from portion.of(range(1, most + 1), sample=6)


@pytest.mark.nightly("io_errors", by_day=24)
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ACTS)
def test_the_nth_error_leaves_the_state_before_or_after_and_is_said_as_it_is(
    template: Path, tmp_path: Path, portion: Portion, name: str, fault: str, lasting: bool, sealed: bool
) -> None:
    key = KEY if sealed else None
    if sealed and name == "backup":
        pytest.skip("a copy of a sealed book takes its keys along, which this office has none of")
    if fault == "short read" and not sealed:
        pytest.skip("SQLite takes a page that comes short as ending in zeros: only the pages of a sealed book tell")
    with failing_disk(tmp_path / "disk") as disk:
        whole = _calls_of(disk, template, tmp_path / "disk", ACTS[name], key, FAULTS[fault])
        for at in _tries(portion, whole):
            _one(disk, template, tmp_path / "disk", ACTS[name], at, key, FAULTS[fault], lasting)
    print(f"{name}, {fault}, {'from then on' if lasting else 'once'}: N = 1 … {whole}")


def _calls_of(disk: FailingDisk, template: Path, root: Path, act: Act, key: object, error: int) -> int:
    """How many calls an act makes that can fail so."""
    office = _opened(template, root, key)
    try:
        disk.fail(10**9, error, only=_only(error))
        act.do(office, root)
        return len(disk.calls)
    finally:
        disk.quiet()
        office.close()


def _only(error: int) -> str:
    return WRITES if error == errno.ENOSPC else ""


def _opened(template: Path, root: Path, key: object) -> Office:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root)
    office = open_office(root / "data", clock, key=key)  # type: ignore[arg-type]
    assert office.profile
    return office


def _one(
    disk: FailingDisk, template: Path, root: Path, act: Act, at: int, key: object, error: int, lasting: bool
) -> None:
    office = _opened(template, root, key)
    before, told = office.book.head(), ""
    disk.fail(at, error, lasting=lasting, only=_only(error))
    try:
        act.do(office, root)
    except Refusal as refusal:
        told = refusal.code
    struck, warned = disk.struck[:3], office.journal.warning
    disk.quiet()
    where = f"{at}: {struck}, told {told!r}"
    assert not told or told in SAID or (told == "book-damaged" and error == SHORT and lasting), where
    try:
        done = act.done(office, root)
    except Refusal as refusal:
        raise AssertionError(f"{where}, afterwards {refusal.code}: {refusal}") from refusal
    if not told:
        assert done or warned, where
    if told in {"disk-error-passed", "disk-full"}:
        assert (office.book.head() == before) or (act is ACTS["closing"] and done), where
    if told == "disk-error-done":
        assert done, where
    assert office.drafts.load("kept") is not None, where
    if not done:
        assert act.do(office, root), where
        assert act.done(office, root), where
    office.close()
    with Database.open(root / "data" / "book.db", clock, key=key) as again:  # type: ignore[arg-type]
        from counter_assistant.storage.book_check import check

        assert check(again).problems == [], where
