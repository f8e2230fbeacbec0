"""The child is another program: here one that speaks its protocol, or does not."""

from __future__ import annotations

import ctypes
import io
import sys
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.devices import dll_child
from counter_assistant.devices.dll_reader import FAULTS, STOPPED, DllReader, command_in
from counter_assistant.devices.identity_card import IdentityCard, NoCard, ReaderFault
from tests.devices.cards import NAME, NUMBER, resident

SAYS = "import sys\nfor _ in sys.stdin:\n    print({!r}, flush=True)\n"


def reader_of(program: str, patience: float = 60) -> DllReader:
    return DllReader([sys.executable, "-c", program], patience=patience)


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("none", NoCard()),
        ("fault load", ReaderFault(FAULTS["load"])),
        ("fault open 01", ReaderFault(FAULTS["open"])),
        ("fault read 41", ReaderFault(FAULTS["read"])),
        ("fault what", ReaderFault(STOPPED)),
        ("text zz", ReaderFault(STOPPED)),
        ("nonsense", ReaderFault(STOPPED)),
        ("", ReaderFault(STOPPED)),
    ],
)
def test_a_line_of_the_child_is_a_reading(line: str, reading: object) -> None:
    reader = reader_of(SAYS.format(line))
    assert reader.read() == reading
    reader.close()


def test_a_card_comes_through_the_child() -> None:
    reader = reader_of(SAYS.format(f"text {resident().hex()}"))
    card = reader.read()
    assert isinstance(card, IdentityCard)
    assert (card.name, card.number) == (NAME, NUMBER)
    reader.close()


def test_a_damaged_record_is_a_fault() -> None:
    reader = reader_of(SAYS.format(f"text {resident()[:-2].hex()}"))
    reading = reader.read()
    assert isinstance(reading, ReaderFault)
    assert reading.sentence.startswith("文字部分的长度不对")
    reader.close()


@pytest.mark.parametrize("program", ["", "raise SystemExit(3)", "import sys; sys.stdin.close()"])
def test_a_child_that_ends_is_a_fault_and_is_started_again(program: str) -> None:
    reader = reader_of(program)
    assert [reader.read(), reader.read()] == [ReaderFault(STOPPED)] * 2
    reader.close()


def test_a_child_that_hangs_is_ended() -> None:
    reader = reader_of("import time; time.sleep(600)", patience=0.3)
    assert reader.read() == ReaderFault(STOPPED)
    reader.close()


def test_a_program_that_is_not_there_is_a_fault() -> None:
    assert DllReader(["/not/there"]).read() == ReaderFault(STOPPED)


def test_without_its_library_no_child_is_started(tmp_path: Path) -> None:
    reading = DllReader(["/not/there"], tmp_path / "sdtapi.dll").read()
    assert isinstance(reading, ReaderFault)
    assert str(tmp_path) in reading.sentence


def test_the_python_beside_the_library_runs_the_child(tmp_path: Path) -> None:
    assert command_in(tmp_path)[0] == sys.executable
    python = tmp_path / "reader" / "python.exe"
    python.parent.mkdir()
    python.touch()
    assert command_in(tmp_path) == [str(python), dll_child.__file__, str(tmp_path / "reader" / "sdtapi.dll")]


class Library:
    """What sdtapi.dll is known to offer."""

    def __init__(self, *, opened: int = 0x90, found: int = 0x9F, selected: int = 0x90, read: int = 0x90) -> None:
        self.codes = (opened, found, selected, read)

    def SDT_OpenPort(self, port: int) -> int:
        assert port == 1001
        return self.codes[0]

    def SDT_StartFindIDCard(self, _port: int, _serial: Any, _opened: int) -> int:
        return self.codes[1]

    def SDT_SelectIDCard(self, _port: int, _serial: Any, _opened: int) -> int:
        return self.codes[2]

    def SDT_ReadBaseMsg(self, _port: int, text: Any, length: Any, photo: Any, photo_length: Any, _opened: int) -> int:
        ctypes.memmove(text, resident(), 256)
        ctypes.memmove(photo, b"\1" * 1024, 1024)
        length._obj.value, photo_length._obj.value = 256, 1024
        return self.codes[3]


@pytest.mark.parametrize(
    ("library", "line"),
    [
        (Library(), f"text {resident().hex()}"),
        (Library(found=0x80), "none"),
        (Library(selected=0x81), "none"),
        (Library(read=0x41), "fault read 41"),
        (Library(opened=1), "fault open 01"),
        (None, "fault load"),
    ],
)
def test_the_child_answers_each_request_with_one_line(library: Library | None, line: str) -> None:
    answers = io.StringIO()
    dll_child.serve(library, io.StringIO("read\nwhat\nread\n"), answers)
    assert answers.getvalue() == f"{line}\n{line}\n"


def test_the_child_runs_by_itself_and_says_that_it_has_no_library(tmp_path: Path) -> None:
    reader = DllReader(command_in(tmp_path))
    assert reader.read() == ReaderFault(FAULTS["load"])
    reader.close()
