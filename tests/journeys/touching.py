"""What is touched while something is done: files and sockets by this program's own doing, and one file by anybody's, Qt among them."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
import sysconfig
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from tests.places import ROOT

WATCHED = (
    "open",
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.startfile",
    "urllib.",
    "webbrowser.",
)
OWN = (str(ROOT), sys.prefix, sys.base_prefix, sysconfig.get_paths()["stdlib"], os.path.realpath(sys.executable))
_WATCHING, _TOUCHED = Event(), list[str]()


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    is_open_already = event == "open" and isinstance(arguments[0], int)
    if _WATCHING.is_set() and event.startswith(WATCHED) and not is_open_already:
        _TOUCHED.append(f"{event} {arguments[:1]}")


sys.addaudithook(_note)  # there for the rest of the process, and silent but for the stretches below


@contextmanager
def nothing_touched_but(*folders: Path) -> Iterator[None]:
    """Within, no file is opened but those of the program, of Python and of these folders; no socket, no program, no page of the web."""
    allowed = (*OWN, *map(str, folders))
    _TOUCHED.clear()
    _WATCHING.set()
    try:
        yield
    finally:
        _WATCHING.clear()
    strange = [event for event in _TOUCHED if not any(own in event for own in allowed)]
    assert strange == [], strange[:10]


_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


class Trap:
    """A picture that anybody opens who reads a text as more than text; Linux tells of it."""

    _OPENED = 0x20

    def __init__(self, folder: Path) -> None:
        self.picture = folder / "trap.png"
        self.picture.write_bytes(b64decode(_PICTURE))
        self._system = ctypes.CDLL(None, use_errno=True)
        self._watch = self._system.inotify_init1(os.O_NONBLOCK)
        assert self._system.inotify_add_watch(self._watch, os.fsencode(self.picture), self._OPENED) >= 0

    @property
    def texts(self) -> tuple[str, ...]:
        """Words that lead to it, if they are read as more than words."""
        path, address = self.picture, self.picture.as_uri()
        return (
            f"<img src='{path}'>", f"<img src='{address}'>", f"<b>粗</b><img src=\"{path}\"/>", f"<a href='{address}'>链</a>",
            f"<body background='{address}'>", f"<p style=\"background-image: url({path})\">", f"![图]({path})", f"url({address})",
            f"<link rel=stylesheet href='{address}'>", f"<table background='{path}'><tr><td>格</table>",
        )  # fmt: skip

    @property
    def sprung(self) -> bool:
        """Whether somebody opened it since it was last asked."""
        try:
            return len(os.read(self._watch, 4096)) >= struct.calcsize("iIII")
        except BlockingIOError:
            return False

    def close(self) -> None:
        os.close(self._watch)
