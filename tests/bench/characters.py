"""Characters by their parts: each search that somebody makes on the way to 500 ideographs, and the keys that it takes them.

The peer is the plainest thing that could do the job: the parts of every character as one text, looked through from end to end. It knows
no strokes and no order; the ratio says what knowing them costs. Milliseconds of this process.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from statistics import median, quantiles

from counter_assistant import paths
from counter_assistant.domain.typed_text.ideographs import Ideographs
from counter_assistant.domain.typed_text.parts_query import PartsQuery
from counter_assistant.storage.characters.ideograph_file import read_ideographs
from tests.bench.phrases import in_turns, timed
from tests.storage.characters import hand_and_eye

FILE = paths.resources() / "ideographs" / "parts.bin"
SHOWN, MOST_KEYS = 27, 12


def run() -> dict[str, float]:
    """The figures of this bench."""
    loaded = median(timed(lambda: read_ideographs(FILE)) for _ in range(5))
    ideographs = read_ideographs(FILE)
    people = hand_and_eye.sample()
    keys = [hand_and_eye.keys(ideographs, one, parts, []) for one, parts in people]
    ideographs = read_ideographs(FILE)  # nothing is remembered of those searches
    texts = _plain(ideographs, {part for _, parts in people for part in parts})
    ideographs = read_ideographs(FILE)
    queries = [tuple(parts[:n]) for _, parts in people for n in range(1, len(parts) + 1)]
    ours, plain = in_turns(
        [
            (partial(ideographs.find, PartsQuery(query), SHOWN), partial(_look_through, texts, query))
            for query in queries
        ],
        len(queries),
    )
    figures = {
        "file_bytes": FILE.stat().st_size,
        "read_ms": loaded,
        "keys_median": median(keys),
        "within_12_keys": sum(pressed <= MOST_KEYS for pressed in keys) / len(keys),
        "searches": len(queries),
        "find_p50_ms": median(ours),
        "find_p95_ms": quantiles(ours, n=20)[-1],
        "plain_p50_ms": median(plain),
        "plain_p95_ms": quantiles(plain, n=20)[-1],
    }
    return {name: round(value, 3) for name, value in figures.items()}


def _plain(ideographs: Ideographs, typed: set[str]) -> list[tuple[str, str]]:
    """Every character with those of the typed parts that it has, as a text."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for part in typed:
        for place in ideographs.having(part, 1):
            found[place].append(part)
    return [(one, "".join(found[place])) for place, one in enumerate(ideographs.characters)]


def _look_through(texts: list[tuple[str, str]], parts: tuple[str, ...]) -> list[str]:
    return [one for one, text in texts if all(part in text for part in parts)][:SHOWN]
