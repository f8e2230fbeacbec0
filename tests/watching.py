"""Which tests are watched for the branches of the domain that they take: watching makes whatever runs half as slow again."""

from __future__ import annotations

import pytest
from coverage import Coverage

from tests.places import TESTS

WATCHED = (
    "domain",
    "operations/issuing",
    "operations/people",
    "operations/test_layouts.py",
    "storage/journal/test_entry_readers.py",
)
"""The rooms and modules that take every branch of the domain between them: its own tests, and those of what is kept in the book."""


class Watch:
    """Has coverage look while what is watched runs, and at nothing else. Where nothing is measured it does nothing."""

    def __init__(self) -> None:
        self._coverage = Coverage.current()
        self._on = True

    def turn(self, item: pytest.Item) -> None:
        """Looks at a test that is about to begin, or away from it."""
        wanted = is_watched(item)
        if self._coverage is not None and wanted is not self._on:
            (self._coverage.start if wanted else self._coverage.stop)()
            self._on = wanted


def is_watched(item: pytest.Item) -> bool:
    """Whether a test is looked at: it is in one of the rooms, and not slow, for those see nothing that the others do not."""
    return any(item.path.is_relative_to(TESTS / room) for room in WATCHED) and not item.get_closest_marker("slow")
