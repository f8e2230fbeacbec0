"""本机用哪个读卡器：设置里存的一个词，换成能读的读卡器。"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from counter_assistant.devices import serial_port
from counter_assistant.devices.dll_reader import FOLDER, LIBRARY, DllReader, command_in
from counter_assistant.devices.identity_card import IdentityReader
from counter_assistant.devices.practice import practice_reader
from counter_assistant.devices.serial_protocol import SerialReader

NONE, DLL, PRACTICE, SERIAL = "", "dll", "practice", "serial:"
"""What the settings keep; after the last comes the name of the port."""


class Choice(NamedTuple):
    """A reader that can be chosen: what is kept of it, and what the clerk reads."""

    code: str
    label: str


def choices(*, training: bool, chosen: str) -> list[Choice]:
    """What can be chosen on this PC now. The one that is `chosen` is there even where it is not plugged in."""
    found = [Choice(SERIAL + port.name, f"串口　{port.label}") for port in serial_port.ports()]
    offered = [Choice(NONE, "无"), *found]
    if sys.platform == "win32":
        offered.append(Choice(DLL, f"动态库　{LIBRARY}（没有试过）"))
    if training:
        offered.append(Choice(PRACTICE, "练习卡（编的人，每读一次换一张）"))
    if chosen not in [choice.code for choice in offered]:
        offered.append(Choice(chosen, f"{chosen.removeprefix(SERIAL)}　找不到"))
    return offered


def open_reader(code: str, folder: Path) -> IdentityReader | None:
    """The reader that a data folder's settings name; None where they name none, or one that is not known."""
    if code.startswith(SERIAL):
        name = code.removeprefix(SERIAL)
        return SerialReader(lambda: serial_port.SerialPort(name))
    if code == DLL:
        return DllReader(command_in(folder), folder / FOLDER / LIBRARY)
    return practice_reader() if code == PRACTICE else None


def notices_cards(code: str) -> bool:
    """Whether a card that is laid on is noticed by asking again and again; with the practice reader, only the key asks."""
    return code not in (NONE, PRACTICE)
