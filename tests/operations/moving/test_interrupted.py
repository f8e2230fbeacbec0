"""A move that is killed, or whose server dies, at any moment: at most one place issues, and the same command again ends it, to the letter."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office, open_office
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import entries
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place
from tests import hall
from tests.operations.moving.moved_books import (
    PASSWORD,
    back,
    clock,
    cut_off,
    every_line,
    filled,
    measured,
    numbers_in,
    there,
)
from tests.portion import Portion

pytestmark = [
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by a signal"),
]
ACTS, OF_A_DAY = 131_000, 130
"""A hundred thousand slips; a hundred by day."""
CUTS, BY_DAY = 20, 1
STOPS = 5
"""One of so many interruptions is the server's."""


def digest(office: Office, last: int) -> str:
    """Of every entry up to a number, to the letter, and of every content; of all numbers besides."""
    whole = hashlib.sha256()
    for line in every_line(office, last):
        whole.update(line.to_text().encode() + b"\n")
    return f"{whole.hexdigest()} {sorted(numbers_in(office).items())}"


CLOSED = {"moved-away", "book-arriving", "hall-sign-in", "hall-no-right", "hall-away"}
"""Why nobody issues at a place; on a server that has not got so far it may be that it does not know the clerk yet."""


def another_pc(folder: Path, address: str) -> Path:
    """One that has nothing of the book and works with that on the server."""
    folder.mkdir()
    note_book_place(folder, BookPlace(address.replace("postgres@", "")))
    return folder


def open_places(folder: Path, address: str) -> list[str]:
    """At which of the two places somebody could issue."""
    server = BookPlace(address.replace("postgres@", ""))
    return [
        name
        for name, place, shift in (("file", BookPlace(), None), ("server", server, Shift("0001", PASSWORD)))
        if (place.on_server or has_a_book(folder)) and why_closed(folder, place, shift) is None
    ]


def has_a_book(folder: Path) -> bool:
    """Whether the own file of a PC holds more than drafts; opening it would begin another book in it."""
    with closing(Database.open(folder / BOOK_NAME, clock)) as own, own.query() as handle:
        return entries.head(handle)[0] > 0


def why_closed(folder: Path, place: BookPlace, shift: Shift | None) -> str | None:
    try:
        with closing(open_office(folder, clock, place=place, shift=shift)) as office:
            office.database.require_writable()
    except Refusal as refusal:
        if refusal.code not in CLOSED:
            raise
        return refusal.code
    return None


@pytest.mark.nightly("move")
@pytest.mark.slow
def test_a_move_cut_off_at_random_is_gone_on_with_and_loses_nothing(
    tmp_path: Path, portion: Portion, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pc"
    filled(folder, ACTS if portion.whole else OF_A_DAY)
    cuts = portion.times(CUTS, sample=BY_DAY)
    with closing(open_office(folder, clock)) as office:
        last = office.book.head()[0]
        before = digest(office, last)
    with hall.running() as server:
        whole = tmp_path / "whole"
        shutil.copytree(folder, whole)
        out, out_mb = measured(there, whole, f"{server.address}&schema=whole")
        home, home_mb = measured(back, another_pc(tmp_path / "home", f"{server.address}&schema=whole"))
        for done in (whole, tmp_path / "home"):
            shutil.rmtree(done)
        address = f"{server.address}&schema=big"
        ends = _cut_again_and_again(there, server, folder, address, portion, out, range(0, cuts, 2))
        gone = there(folder, address)
        assert open_places(folder, address) == ["server"]
        with closing(open_office(folder, clock, shift=Shift("0001", PASSWORD))) as office:
            assert digest(office, last) == before
            assert gone.head == office.book.head()[1]
        assert why_closed(folder, BookPlace(), None) == "moved-away"
        folder = another_pc(tmp_path / "pc2", address)
        ends += _cut_again_and_again(back, server, folder, address, portion, home, range(1, cuts, 2))
        came = back(folder)
        assert open_places(folder, address) == ["file"]
    with closing(open_office(folder, clock)) as office:
        assert digest(office, last) == before
        assert (last + 4, came.head) == office.book.head()
        assert office.book.check().problems == []
    with capsys.disabled():
        print(f"\nthere {out:.0f} s, {out_mb} MB; back {home:.0f} s, {home_mb} MB; then {ends}")


def _cut_again_and_again(
    work: Callable[..., object], server: hall.Server, folder: Path, address: str, portion: Portion, took: float,
    turns: range,
) -> list[str]:  # fmt: skip
    """How each try ended, where the whole takes so many seconds."""
    ends = []
    for turn in turns:
        given = (folder, address) if work is there else (folder,)
        stops = turn % STOPS == STOPS - 1
        by = (lambda: server.stop("immediate")) if stops else None
        ends.append(cut_off(work, *given, after=portion.chance.uniform(0, 1.5 * took / len(turns)), by=by))
        if stops:
            server.start()
        assert ends[-1] in {"killed", "done", "hall-away", "hall-unsure", "hall-sign-in"}, ends
        assert len(open_places(folder, address)) <= 1
    return ends
