"""Ten branches at a centre: making bundles, taking them, and looking for something in all of them, beside the same in one book in the same run.

`merge_per_check` is the time that taking a branch takes beside checking it; `all_per_one` that of a search in all branches beside one in the
archive of one that is open; `kept_per_one` the same where the books stay open from one search to the next. Times in milliseconds unless the name says otherwise; sizes in bytes for each entry.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.exchange.bundle_entry import BundleTaken
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.exchange.merging import bring
from counter_assistant.operations.exchange.taking import books_of
from counter_assistant.operations.office import Office
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.views.archive import Archive
from tests.make import an_office
from tests.operations.exchange.branches import OPENING, Branch

BRANCHES, SLIPS, SEARCHES = 10, 1000, 60


def run(size: int = SLIPS) -> dict[str, float]:
    """Makes the branches with so many slips each, sends and takes them, and searches."""
    chance, took = random.Random(20261129), {"send": 0.0, "merge": 0.0, "check": 0.0}
    with tempfile.TemporaryDirectory() as place, closing(an_office(Path(place) / "centre")) as office:
        entries = written = 0
        for n in range(BRANCHES):
            branch = Branch(chance, f"53{n:04}")
            while branch.slips < size:
                branch.go_on(1)
            path = Path(place) / f"{n}.bundle"
            took["send"] += timed(lambda branch=branch, path=path: branch.send(path))  # type: ignore[misc]
            took["merge"] += timed(lambda path=path: take(office, path))  # type: ignore[misc]
            entries, written = entries + branch.end, written + path.stat().st_size
        took["check"] = timed(AllBranches(office).check)
        figures = {f"{name}_per_s": 1000 * entries / spent for name, spent in took.items()}
        figures |= {"merge_per_check": took["merge"] / took["check"], "bytes_per_entry": written / entries}
        figures |= searched(office, chance)
    return {name: round(value, 2) for name, value in figures.items()}


def take(office: Office, path: Path) -> None:
    bundle = read_bundle(path)
    said, merged = bundle.manifest, bring(books_of(office), bundle, OPENING)
    taken = BundleTaken(
        bundle.id, said.statement, said.after, said.algorithm, said.key, said.opens, merged.outcome, "", True, "0001"
    )
    office.book.append(EntryKind.BUNDLE_TAKEN, taken.to_payload())


def searched(office: Office, chance: random.Random) -> dict[str, float]:
    """A search as a person does it, all that it takes: every book is opened for it; and the same where they are open from the one before."""
    branches, words = AllBranches(office), [f"{chance.randrange(10000):04}" for _ in range(SEARCHES)]
    everywhere = [timed(lambda word=word: branches.search(word)) for word in words]  # type: ignore[misc]
    with branches:
        branches.search("")
        kept = [timed(lambda word=word: branches.search(word)) for word in words]  # type: ignore[misc]
    with books_of(office).opened(books_of(office).names()[0]) as book:
        archive = Archive(book.database)
        one = [timed(lambda word=word: archive.search(word)) for word in words]  # type: ignore[misc]
    return {
        "all_p50_ms": median(everywhere), "all_p95_ms": quantiles(everywhere, n=20)[-1], "one_p50_ms": median(one),
        "kept_p50_ms": median(kept), "kept_p95_ms": quantiles(kept, n=20)[-1], "all_per_one": median(everywhere) / median(one),
        "kept_per_one": median(kept) / median(one),
    }  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
