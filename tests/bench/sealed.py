"""A sealed book beside a plain one, interleaved: milliseconds of a commit, of opening and of a search; megabytes of each.

`passphrase_ms` is what one run of argon2id takes, as at the first opening of a shift. The ratios are of the medians.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from counter_assistant.storage import ciphers
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.views.archive import Archive
from tests.bench.archive import timed
from tests.storage.desk import KEY, issue, open_book, seal

COMMITS, LOOKS = 300, 60


def run() -> dict[str, float]:
    """Builds two books in one folder, acting in each by turns, and measures."""
    with tempfile.TemporaryDirectory() as folder:
        keys: dict[str, BookKey | None] = {"plain": None, "sealed": KEY}
        paths = {name: Path(folder) / f"{name}.db" for name in keys}
        books = {name: open_book(path) for name, path in paths.items()}
        seal_ms = timed(lambda: seal(books["sealed"]))
        commits = by_turns(books, COMMITS, lambda book, n: issue(book, f"{n}"))
        searches = by_turns(books, LOOKS, lambda book, _: Archive(book.database).search("罗"))
        rebuilds = by_turns(books, 5, lambda book, _: book.rebuild())
        for book in books.values():
            book.database.close()
        opened = by_turns(paths, LOOKS, lambda path, _: open_book(path, key=keys[path.stem]).database.close())
        figures = {"seal_empty_ms": seal_ms, "passphrase_ms": timed(lambda: ciphers.seal(bytes(32), "a passphrase"))}
        for what, times in (("commit", commits), ("search", searches), ("rebuild", rebuilds), ("open", opened)):
            figures |= {f"{what}_{name}_ms": median(each) for name, each in times.items()}
            figures[f"{what}_ratio"] = median(times["sealed"]) / median(times["plain"])
        figures |= {f"{name}_mb": path.stat().st_size / 1e6 for name, path in paths.items()}
    return {name: round(value, 3) for name, value in figures.items()}


def by_turns(things: dict[str, Any], times: int, act: Callable[[Any, int], object]) -> dict[str, list[float]]:
    """Milliseconds of an act on each of some things, one after the other, so that a busy machine is busy for all."""
    taken: dict[str, list[float]] = {name: [] for name in things}
    for n in range(times):
        for name, thing in things.items():
            started = time.perf_counter()
            act(thing, n)
            taken[name].append((time.perf_counter() - started) * 1000)
    return taken
