"""Two characters of a name on a server with ten branches, `size` slips in all (tests/busy_hall.py): in one branch, and at the centre in all ten.

`one` and `all` are searches of a book that is open, `opened` those of a command, which connects to each book first; `cold` comes before
any other, with nothing of the server's files in memory. For each the clock (`_ms`); the same without what this process and those of the server
waited for a processor (`own`), a little too little, since one of the server that has answered waits as well; and what they had of one (`cpu`): on
a machine with other work, `load` in the mean, the clock counts that too. Of `opened`, whose processes end with the search, the clock alone says
all. What is looked for is drawn from the slips, so as often as it occurs. What a few searches find is found by reading every row as well, else
there are no figures. With `--kept FOLDER` the server's data stay there, and are used the next time, whatever the size; else a place with room is
named by TMPDIR: 2.2 GB for each million slips.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.exchange.online import note_server
from counter_assistant.operations.office import Office, open_office
from tests import hall
from tests.busy_hall import BRANCHES, fill, place
from tests.make import an_office

SLIPS, SEARCHES, COLD, OPENED, READ_WHOLE, SHOWN = 200_000, 300, 50, 40, 4, 200
FILLED, _IN_NO_NAME = "filled", "龘龘"


def run(size: int = SLIPS, kept: str = "") -> dict[str, float]:
    """The figures of this bench; `kept`: the folder in which the data stay."""
    if why := hall.missing():
        raise SystemExit(why)
    with ExitStack() as until:
        folder = Path(kept).absolute() if kept else Path(until.enter_context(tempfile.TemporaryDirectory()))
        figures: dict[str, float] = {}
        if not (folder / FILLED).exists():
            began = time.perf_counter()
            fill(folder, size)
            (folder / FILLED).write_text(f"{size}\n")
            figures["fill_s"] = time.perf_counter() - began
        _forget(folder / "data")
        figures |= _measured(until.enter_context(hall.kept(folder)), folder)
    return {name: round(value, 2) for name, value in figures.items()}


def _measured(server: hall.Server, folder: Path) -> dict[str, float]:
    chance = random.Random(20261130)
    with ExitStack() as until:
        one = until.enter_context(closing(open_office(folder / "pc0", place=place(server, BRANCHES[0]))))
        centre = until.enter_context(closing(an_office(folder / "centre")))
        note_server(centre, server.address, _nobody)
        everywhere = AllBranches(centre, ask=_nobody)
        load = [os.getloadavg()[0]]
        words = _words(server, chance)
        with everywhere:
            everywhere.search(_IN_NO_NAME)  # the books are open from now on
            figures = _many("cold_one", server, _first(one), words[:COLD])
            figures |= _many("cold_all", server, _in_all(everywhere), words[COLD : 2 * COLD])
            figures |= _sizes(server) | {"read_whole": _read_whole(server, one, everywhere, words)}
            for name, search in (("one", _first(one)), ("all", _in_all(everywhere))):
                figures |= _many(name, server, search, words[2 * COLD :])
                load.append(os.getloadavg()[0])
        opened = AllBranches(centre, ask=_nobody)
        figures |= _many("opened", server, _in_all(opened), words[2 * COLD :][:OPENED])
    return figures | {"load": sum(load) / len(load)}


def _nobody() -> Any:
    raise Refusal("hall-sign-in", "-", "-")


def _first(office: Office) -> Callable[[str], list[Any]]:
    return lambda word: office.archive.search(word, limit=SHOWN)


def _in_all(branches: AllBranches) -> Callable[[str], list[Any]]:
    return lambda word: branches.search(word, limit=SHOWN)


def _forget(data: Path) -> None:
    """Has the system drop from memory what it holds of these files, once it is on the disk, and of no others."""
    for path in data.rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            os.fsync(file)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def _words(server: hall.Server, chance: random.Random) -> list[str]:
    """Two characters that follow each other in the names of slips that are drawn, for each search those of another."""
    found: list[str] = []
    count = server.tell(f"SELECT max(seq) FROM {BRANCHES[0]}.archive")[0][0]
    wanted = 2 * COLD + SEARCHES
    drawn = ", ".join(str(chance.randrange(1, count + 1)) for _ in range(2 * wanted))
    for book in BRANCHES[:2]:
        for (name,) in server.tell(f"SELECT applicant FROM {book}.archive WHERE seq IN ({drawn}) ORDER BY md5(number)"):
            at = chance.randrange(max(1, len(name) - 1))
            found += [name[at : at + 2]] if len(name) > 1 else []
    chance.shuffle(found)
    return found[:wanted]


class Taken(NamedTuple):
    """Milliseconds by the clock, those for which this process and the server's had a processor, and those by the clock without what they waited
    for one; how many slips were found."""

    clock: float
    cpu: float
    own: float
    rows: int


def _many(name: str, server: hall.Server, search: Callable[[str], list[Any]], words: list[str]) -> dict[str, float]:
    """The first, the middle one, and the one in twenty that takes longest; `_rows` is how many slips the middle one finds."""
    counted = [Path("/proc/self/schedstat"), *_backends(server)]
    took = [_timed(partial(search, word), counted) for word in words]
    figures = {f"{name}_rows": median(each.rows for each in took), f"{name}_first_ms": took[0].clock}
    for kind, times in (
        ("", [each.clock for each in took]),
        ("own_", [each.own for each in took]),
        ("cpu_", [each.cpu for each in took]),
    ):
        figures |= {f"{name}_{kind}p50_ms": median(times), f"{name}_{kind}p95_ms": quantiles(times, n=20)[-1]}
    return figures


def _timed(search: Callable[[], list[Any]], counted: list[Path]) -> Taken:
    worked, waited = _scheduled(counted)
    began = time.perf_counter()
    found = search()
    clock = (time.perf_counter() - began) * 1e3
    worked_then, waited_then = _scheduled(counted)
    return Taken(clock, worked_then - worked, clock - (waited_then - waited), len(found))


def _scheduled(counted: list[Path]) -> tuple[float, float]:
    """Milliseconds for which processes have had a processor, and for which they were ready and had none."""
    columns = zip(*(map(int, path.read_text().split()[:2]) for path in counted), strict=True)
    worked, waited = (sum(column) / 1e6 for column in columns)
    return worked, waited


def _backends(server: hall.Server) -> list[Path]:
    """What the system counts of each process of the server that answers a book; those that come and go with a search are not among them."""
    asked = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'b%counter-assistant'"
    return [Path(f"/proc/{pid}/schedstat") for (pid,) in server.tell(asked)]


def _sizes(server: hall.Server) -> dict[str, float]:
    slips, terms = (
        sum(
            server.tell(f"SELECT reltuples FROM pg_class WHERE oid = '{book}.{table}'::regclass")[0][0]
            for book in BRANCHES
        )
        for table in ("archive", "term")
    )
    size = server.tell(f"SELECT pg_database_size('{hall.DATABASE}')")[0][0]
    return {"slips_million": slips / 1e6, "terms_million": terms / 1e6, "size_gb": size / 1e9}


def _read_whole(server: hall.Server, one: Office, everywhere: AllBranches, words: list[str]) -> int:
    """Holds what some searches find against what all rows say, in a branch and once in all, and gives how many; the slips of all are in memory
    then."""
    for word in words[:READ_WHOLE]:
        if [row.number for row in one.archive.search(word, limit=SHOWN)] != [
            number for _, number in _containing(server, BRANCHES[0], word)
        ]:
            raise SystemExit("a branch has not found what its rows say")
    found = [slip for book in BRANCHES for slip in _containing(server, book, words[0])]
    seen = [(each.row.issued_at.isoformat(), each.row.number) for each in everywhere.search(words[0], limit=SHOWN)]
    if seen != sorted(found, reverse=True)[:SHOWN]:
        raise SystemExit("the centre has not found what the rows of all say")
    return READ_WHOLE


def _containing(server: hall.Server, book: str, word: str) -> list[tuple[str, str]]:
    """The newest slips of a branch with a word in whatever is looked for by its characters."""
    named = " OR ".join(f"{column} LIKE '%{word}%'" for column in ("applicant", "other_names", "clerk", "item_name"))
    return server.tell(f"SELECT issued_at, number FROM {book}.archive WHERE {named} ORDER BY seq DESC LIMIT {SHOWN}")
