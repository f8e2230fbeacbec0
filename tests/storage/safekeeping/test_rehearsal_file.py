"""What came of a rehearsal lies beside the book; what is no such thing counts as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.storage.safekeeping.rehearsal_file import NAME, read_rehearsal, write_rehearsal
from tests.make import NOW


def test_the_newest_is_kept(tmp_path: Path) -> None:
    assert read_rehearsal(tmp_path) is None
    for outcome in Outcome:
        write_rehearsal(tmp_path, Rehearsal(NOW, outcome))
        assert read_rehearsal(tmp_path) == Rehearsal(NOW, outcome)


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_what_cannot_be_read_is_none(tmp_path: Path, written: bytes) -> None:
    (tmp_path / NAME).write_bytes(written)
    assert read_rehearsal(tmp_path) is None
