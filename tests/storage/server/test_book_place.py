"""Where the book of a PC lies: noted in its folder, and refused where the note cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.server.book_place import NAME, BookPlace, Shift, note_book_place, read_book_place

PLACE = BookPlace("postgresql://10.0.0.5/centre?schema=linxiang", "综合窗口 3")


def test_a_folder_that_says_nothing_has_its_book_in_a_file(tmp_path: Path) -> None:
    assert read_book_place(tmp_path) == BookPlace()
    assert not read_book_place(tmp_path).on_server


def test_what_was_noted_holds_from_the_next_opening_on(tmp_path: Path) -> None:
    note_book_place(tmp_path, PLACE)
    assert read_book_place(tmp_path) == PLACE
    assert PLACE.on_server
    assert (tmp_path / NAME).stat().st_mode & 0o77 == 0
    note_book_place(tmp_path, BookPlace())
    assert not read_book_place(tmp_path).on_server


@pytest.mark.parametrize("text", [b"", b'address = "x', b"address = 3", b'adress = "x"', b"\xff\xfe", b"x" * 20_000])
def test_a_note_that_cannot_be_read_never_means_this_pc(tmp_path: Path, text: bytes) -> None:
    """The book of this PC is another one, with numbers of its own."""
    (tmp_path / NAME).write_bytes(text)
    with pytest.raises(Refusal) as told:
        read_book_place(tmp_path)
    assert told.value.code == "book-place-unread"
    assert "编号会重复" in told.value.remedy


def test_a_note_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(Refusal) as told:
        note_book_place(tmp_path, PLACE)
    assert told.value.code == "book-place-unsaved"


def test_a_password_is_never_written_out() -> None:
    assert "secret" not in repr(Shift("0001", "secret"))
