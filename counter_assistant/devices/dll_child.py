"""读卡子进程：装在单独的进程里的厂家动态库（sdtapi.dll），一问一答.

NOT TRIED: written from the functions that are published of it, without a Windows PC. The library is often 32 bit only, which
a 64 bit Python cannot load, so that this file is run by another Python, by its path and with nothing but the standard library;
it must not import anything of the program.

It reads a line `read` and answers with one line: `text` and the record in hexadecimal, `none`, or `fault` and what went
wrong. The photo is dropped here.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any, TextIO

USB_PORT = 1001
FOUND, DONE = 0x9F, 0x90
TEXT_ROOM, PHOTO_ROOM = 512, 4096


def answer(library: Any, port: int = USB_PORT) -> str:
    """One reading with an opened library: the line that answers it."""
    serial = (ctypes.c_ubyte * 8)()
    if library.SDT_StartFindIDCard(port, serial, 0) != FOUND:
        return "none"
    if library.SDT_SelectIDCard(port, serial, 0) != DONE:
        return "none"
    text, photo = (ctypes.c_ubyte * TEXT_ROOM)(), (ctypes.c_ubyte * PHOTO_ROOM)()
    text_length, photo_length = ctypes.c_uint(TEXT_ROOM), ctypes.c_uint(PHOTO_ROOM)
    read = library.SDT_ReadBaseMsg(port, text, ctypes.byref(text_length), photo, ctypes.byref(photo_length), 0)
    if read != DONE:
        return f"fault read {read:02x}"
    return f"text {bytes(text[: min(text_length.value, TEXT_ROOM)]).hex()}"


def serve(library: Any, asked: TextIO, answers: TextIO, port: int = USB_PORT) -> None:
    """Answers every line `read` until there are no more. `library`: None where it cannot be loaded."""
    opened = library.SDT_OpenPort(port) if library is not None else 0
    for line in asked:
        if line.strip() == "read":
            answers.write(_line(library, opened, port) + "\n")
            answers.flush()


def _line(library: Any, opened: int, port: int) -> str:
    if library is None:
        return "fault load"
    return answer(library, port) if opened == DONE else f"fault open {opened:02x}"


def main(arguments: list[str]) -> int:
    """Loads the library whose path is given, and serves."""
    try:
        library = ctypes.WinDLL(arguments[0])  # type: ignore[attr-defined]  # on Windows only
    except (AttributeError, OSError, IndexError):
        library = None
    serve(library, sys.stdin, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
