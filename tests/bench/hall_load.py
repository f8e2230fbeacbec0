"""A hall: windows, each a process of its own, with one book on one server; whatever a window sends waits a millisecond first, as for a line.

First all of them issue at 3 slips a second in all for `size` seconds, and read what the others have recorded as a window with a visitor does: how long
`issue_slip` takes, from the request to the record, in milliseconds. Then as fast as they can for `SATURATED_S`, without hearing of each other, which 30 PCs
would do on 30 processors: slips a second. At the end the numbers of all are contiguous and the check is clean, else there are no figures.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import quantiles

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.office import open_office
from counter_assistant.storage.server.book_place import BookPlace, note_book_place
from counter_assistant.ui.hall.others_watch import AGAIN_MS
from tests import hall
from tests.make import confirmed
from tests.places import ROOT

WINDOWS, PER_SECOND, SATURATED_S, LINE_S = 30, 3.0, 20.0, 0.001
FOLLOWED_S = AGAIN_MS / 1000
MORE = 400
"""How many slips each window has ready to be issued as fast as it can: more than it manages."""
WINDOW = """
import gc, json, sys, time
from contextlib import closing
from pathlib import Path
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.operations.registers.keeping import lines_of
from counter_assistant.storage.engines.postgres.sending import Connection
from counter_assistant.storage.safekeeping.heads import stamps_after
from tests.make import a_request
sent = Connection.wait
def late(*given, **named):
    time.sleep(float(sys.argv[3]))
    return sent(*given, **named)
Connection.wait = late
folder, chance = Path(sys.argv[1]), __import__("random").Random(sys.argv[2])
with closing(open_office(folder)) as office:
    def asked(name):
        return a_request(request_id=f"{folder.name} {name}", applicant={"name": chance.choice("罗玉岩李温") + chance.choice("平罕秋秀英"), "phone": f"138{chance.randrange(10**8):08}"})
    def issue(request):
        began = time.perf_counter()
        issued = issue_slip(office, request)
        taken = time.perf_counter() - began
        office.prints.settle([issued.slip.number])  # the printer has put it out
        return taken
    def rest(ends):
        global seen
        while (left := ends - time.time()) > 0:
            time.sleep(min(left, float(sys.argv[5])))
            if office.database.heard > seen:
                seen = next(stamps_after(office.database, seen)).seq
                office.cases.overdue(office.today())
                lines_of(office).overdue(office.today())
    issue(asked("first"))
    seen = office.book.head()[0]
    print("ready", flush=True)
    taken, ends, every = [], *map(float, sys.stdin.readline().split())
    at = time.time() + chance.random() * every
    while (at := at + chance.expovariate(1 / every)) < ends:
        request = asked(len(taken))
        rest(at)
        taken.append(issue(request))
    office.database._end_listening()
    more = [asked(f"more {n}") for n in range(int(sys.argv[4]))]
    print(json.dumps(taken), flush=True)
    ends, done = float(sys.stdin.readline()), 0
    while time.time() < ends:
        issue(more[done])
        done += 1
    print(done, flush=True)
"""


def run(size: int = 60) -> dict[str, float]:
    """The figures of this bench; `size`: for how many seconds slips come at their usual pace."""
    if why := hall.missing():
        raise SystemExit(why)
    with tempfile.TemporaryDirectory() as made, hall.running() as server:
        folder, address = Path(made), f"{server.address}&schema=book"
        with closing(open_office(folder / "first", place=BookPlace(address))) as office:
            office.decide_profile(confirmed(office.profile))
        windows = [_window(folder / f"pc{n}", address) for n in range(WINDOWS)]
        for window in windows:
            _hear(window)
        said = _all(windows, f"{time.time() + size} {WINDOWS / PER_SECOND}")
        taken = [one for some in said for one in json.loads(some)]
        fast = sum(map(int, _all(windows, f"{time.time() + SATURATED_S}")))
        for window in windows:
            window.wait()
        with closing(open_office(folder / "last", place=BookPlace(address))) as office:
            issued = [entry.payload["issue"]["sequence"] for entry in office.book.entries(EntryKind.SLIP_ISSUED)]
            wrong = office.book.check().problems
    assert (wrong, issued) == ([], list(range(1, WINDOWS + len(taken) + fast + 1)))
    cuts = quantiles(taken, n=20)
    return {
        "slips": len(taken), "issue_p50_ms": round(cuts[9] * 1e3, 1), "issue_p95_ms": round(cuts[18] * 1e3, 1),
        "saturated_per_s": round(fast / SATURATED_S, 1), "contiguous": len(issued),
    }  # fmt: skip


def _window(folder: Path, address: str) -> subprocess.Popen[str]:
    folder.mkdir()
    note_book_place(folder, BookPlace(address, folder.name))
    command = [sys.executable, "-c", WINDOW, str(folder), str(random.random()), str(LINE_S), str(MORE), str(FOLLOWED_S)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _all(windows: list[subprocess.Popen[str]], words: str) -> list[str]:
    """Says the same to all at once, and hears each out."""
    for window in windows:
        assert window.stdin is not None
        window.stdin.write(f"{words}\n")
        window.stdin.flush()
    return [_hear(window) for window in windows]


def _hear(window: subprocess.Popen[str]) -> str:
    assert window.stdout is not None
    said = window.stdout.readline()
    if not said:
        raise SystemExit("a window has ended")
    return said
