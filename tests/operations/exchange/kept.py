"""Keeps what a centre has of its branches as this version writes it: `python -m tests.operations.exchange.kept`.

Writes the folder `fixtures/centre-<format>` beside this file, for every later version to open: the centre's own book, those of two branches,
one of which forked, a bundle that waits, and one that was brought. People and numbers are invented.
"""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_assistant.operations.exchange.looking_into import findings_of, settle_finding
from counter_assistant.storage.exchange.branch_books import FOLDER
from counter_assistant.storage.exchange.bundle_manifest import FORMAT
from tests.operations.exchange.branches import Branch
from tests.operations.exchange.offices import Centre

FIXTURES = Path(__file__).parent / "fixtures"
BROUGHT = "brought.bundle"


def keep(fixtures: Path) -> Path:
    """Writes the folder of today's format, in place of an earlier try, and returns it."""
    with TemporaryDirectory() as place:
        centre, chance = Centre(Path(place)), random.Random("kept")
        one, other = Branch(chance, "530926"), Branch(chance, "530927")
        one.go_on(5)
        other.go_on(4)
        paths = [one.send(centre.stick / BROUGHT), other.send(centre.stick / "1.bundle")]
        clone = one.copied()
        for branch in (one, clone):
            branch.go_on(2)
            paths.append(branch.send(centre.stick / f"{len(paths)}.bundle", 6))
        missing = other.end + 1
        other.go_on(3)
        paths.append(other.send(centre.stick / "4.bundle", missing))
        for path in paths:
            centre.take(path)
        with closing(centre.office()) as office:
            fork = next(each for each in findings_of(office) if each.id.startswith("fork"))
            settle_finding(office, fork.id, "拷贝去试机")
        kept = fixtures / FORMAT.removeprefix("counter-assistant-")
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        shutil.copy(centre.folder / "book.db", kept)
        shutil.copytree(centre.folder / FOLDER, kept / FOLDER, ignore=shutil.ignore_patterns("*-journal"))
        shutil.copy(centre.stick / BROUGHT, kept)
    return kept


if __name__ == "__main__":
    print(keep(FIXTURES).name)
