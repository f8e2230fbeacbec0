"""What brings a PC's offline slips to its server is killed, or the server is, at any moment; done again, all are there once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.offline.returning import bring_in
from counter_assistant.operations.server_books import check_server
from counter_assistant.storage.engines.postgres.server import Address
from counter_assistant.storage.server.book_place import read_book_place
from tests import hall
from tests.offline_hall import BOOK, SHIFT, OfflineHall, asking_server, is_up, issued, offline_hall
from tests.places import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.hall,
    pytest.mark.nightly("hall", by_day=2),
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]
BRINGS = """
import sys
from pathlib import Path
from counter_assistant.operations.offline.returning import bring_in
from counter_assistant.storage.engines.postgres.server import Address
from counter_assistant.storage.server.book_place import read_book_place
from tests.offline_hall import SHIFT
folder = Path(sys.argv[1])
place = read_book_place(folder)
print("begins", flush=True)
bring_in(folder, Address.read(place.address).for_shift(SHIFT), place.window)
print("ends", flush=True)
"""


@pytest.fixture(scope="module")
def stopping() -> Iterator[hall.Server]:
    with asking_server() as server:
        yield server


@pytest.fixture
def here(stopping: hall.Server, tmp_path: Path) -> Iterator[OfflineHall]:
    with offline_hall(stopping, tmp_path) as made:
        yield made


def bring(here: OfflineHall) -> None:
    folder = here.pc("one")
    bring_in(folder, Address.read(read_book_place(folder).address).for_shift(SHIFT))


def begin(folder: Path) -> subprocess.Popen[str]:
    """Another process that brings in what a PC issued; it has begun when this returns."""
    process = subprocess.Popen([sys.executable, "-c", BRINGS, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


@pytest.mark.parametrize("whose", ["the window", "the server"])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_killed_all_are_there_once_and_in_order(here: OfflineHall, whose: str, seed: int) -> None:
    drawn = random.Random(f"{whose} {seed}")
    if drawn.random() < 0.5:  # else the place itself is taken meanwhile
        bring(here)
        with closing(here.away("one")) as office:
            numbers = [issued(office) for _ in range(20)]
    else:
        numbers = []
    process = begin(here.pc("one"))
    time.sleep(drawn.uniform(0.0, 0.5))
    process.kill() if whose == "the window" else here.server.stop("immediate")
    process.communicate()
    if not is_up(here.server):
        with pytest.raises(Refusal) as told:
            bring(here)
        assert told.value.code == "hall-away"
        here.server.start()
    there = here.server.tell(f"SELECT seq FROM {BOOK}_533991.chain_head")[0][0]
    slips = here.server.tell(f"SELECT count(*) FROM {BOOK}_533991.entry WHERE kind = 'slip_issued'")[0][0]
    assert slips in {0, len(numbers)}, "all of them or none"
    assert check_server(here.admin)[1] == []
    bring(here)
    bring(here)
    with closing(here.away("one")) as office:
        head = office.book.head()
        assert head[0] >= there
        assert office.book.check().problems == []
        assert office.profile.installation_code == "533991"
        if not numbers:
            numbers = [issued(office)]
    bring(here)
    rows = here.server.tell(f"SELECT number FROM {BOOK}_533991.archive ORDER BY seq")
    assert (
        [number for (number,) in rows] == numbers == [f"临公积金耿离一告〔2026〕{n + 1}号" for n in range(len(numbers))]
    )
    assert here.server.tell(f"SELECT seq FROM {BOOK}_533992.chain_head") == [(0,)], "no second place was taken"
