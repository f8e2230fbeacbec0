"""A PIN lies on the PC under whoever it is of; what cannot be read is none, because a password unlocks as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.server.window_pins import NAME, read_pins, write_pin


def test_each_has_their_own_and_another_one_takes_its_place(tmp_path: Path) -> None:
    assert read_pins(tmp_path) == {}
    write_pin(tmp_path, "0001", {"box": "1"})
    write_pin(tmp_path, "0002", {"box": "2"})
    write_pin(tmp_path, "0001", {"box": "3"})
    assert read_pins(tmp_path) == {"0001": {"box": "3"}, "0002": {"box": "2"}}
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"0001": 5}', b'"x"'])
def test_what_is_none_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert read_pins(tmp_path) == {}
    write_pin(tmp_path, "0001", {"box": "1"})
    assert read_pins(tmp_path) == {"0001": {"box": "1"}}


def test_where_it_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(Refusal) as told:
        write_pin(tmp_path, "0001", {})
    assert told.value.code == "pin-unsaved"
