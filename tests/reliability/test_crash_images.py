"""An adversarial disk: of what was not made durable it keeps, drops and garbles what it likes, at every boundary of two operations."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from counter_assistant.storage.engines.sqlite import connection
from counter_assistant.storage.safekeeping import journal_file
from counter_assistant.storage.sealing.book_key import BookKey
from tests.portion import Portion
from tests.reliability.lives import Verdict, judge
from tests.storage.desk import KEY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the VFS that records lies above that of Unix")


@pytest.mark.slow
@pytest.mark.nightly("images")
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_no_crash_image_lacks_what_was_acknowledged(tmp_path: Path, portion: Portion, key: BookKey | None) -> None:
    verdict = judge(tmp_path, portion.times(50_000, sample=300), key, portion.chance)
    print(verdict)
    assert verdict.faults == {}, verdict.examples


def fails(tmp_path: Path, portion: Portion) -> Verdict:
    """What the harness finds; by day it ends with the first fault."""
    whole = portion.times(4000, sample=1500) >= 4000
    verdict = judge(
        tmp_path, 4000 if whole else 1500, None, random.Random(1), lambda seen: bool(seen.faults) and not whole
    )
    print(verdict)
    return verdict


@pytest.mark.nightly("image_controls")
@pytest.mark.parametrize(
    ("name", "value", "read"),
    [("synchronous", "NORMAL", 1), ("synchronous", "OFF", 0), ("journal_mode", "DELETE", "delete")],
    ids=["NORMAL", "OFF", "DELETE"],
)
def test_the_harness_fails_with_settings_that_lose(
    tmp_path: Path, portion: Portion, monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object
) -> None:
    monkeypatch.setattr(connection, "PRAGMAS", {**connection.PRAGMAS, name: (value, read)})
    assert fails(tmp_path, portion).faults.keys() & {"lost", "corrupt", "refused", "raised"}


@pytest.mark.nightly("image_controls")
@pytest.mark.slow
def test_the_harness_fails_without_fsync_in_the_journal(
    tmp_path: Path, portion: Portion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(file: object, content: bytes) -> None:
        file.seek(0, os.SEEK_END)  # type: ignore[attr-defined]
        os.write(file.fileno(), content)  # type: ignore[attr-defined]

    monkeypatch.setattr(journal_file, "write_on", write)
    assert "lost from the journal" in fails(tmp_path, portion).faults
