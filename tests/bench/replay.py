"""100,000 past matters of all items told again under another catalogue and another day's law. Seconds.

The peer is reading the same acts: what any look at all of them costs at the least.
"""

from __future__ import annotations

import random
import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from counter_assistant.domain.catalogue.approval import Approvals, with_approvals
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.catalogue.replay import replay
from counter_assistant.operations.catalogue.revising import as_told
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.acts import acts_numbered
from tests.bench.archive import timed
from tests.bench.content import build, changed_everywhere
from tests.make import an_office

MATTERS = 100_000
BEFORE = date(2026, 9, 18)


def run(size: int = MATTERS) -> dict[str, float]:
    """Builds a book of acts in many situations, and tells them again."""
    chance = random.Random(20261128)
    with tempfile.TemporaryDirectory() as folder:
        office = an_office(Path(folder))
        try:
            build_s = timed(partial(build, office, chance, size)) / 1000
            figures = {"matters": size, "build_s": build_s, **measure(office)}
        finally:
            office.close()
    return {name: round(value, 3) for name, value in figures.items()}


def measure(office: Office) -> dict[str, float]:
    """Under a catalogue that says everything otherwise, then as of a day before the regulation was revised."""
    edition = with_approvals(changed_everywhere(as_told(office.catalogue)), Approvals(in_texts=True))
    found: list[Any] = []
    edition_s = timed(lambda: found.append(run_through(replay(office, edition)))) / 1000
    law_s = timed(lambda: found.append(run_through(replay(office, office.catalogue, BEFORE)))) / 1000
    last, _ = office.book.head()
    batches = range(1, last + 1, 500)
    peer_s = timed(lambda: [len(acts_numbered(office.database, start, start + 499)) for start in batches]) / 1000
    return {
        "otherwise": found[0].otherwise, "edition_s": edition_s, "by_law": found[1].otherwise, "law_s": law_s,
        "peer_s": peer_s, "edition_to_peer": edition_s / peer_s, "law_to_peer": law_s / peer_s,
    }  # fmt: skip
