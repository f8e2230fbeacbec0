"""打印情况放在台账旁边的一个小文件里：哪些文书还没有见到打完，看到了第几条记录为止.

It holds numbers of papers, names of printers and what a queue said; nothing of a person. Lost or damaged it counts as none, and what is not
known then is called so (operations/paper_prints.py).
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.files import write_atomic

NAME = "printing.json"
FORMAT = 1


class Known(NamedTuple):
    """`papers` are those that are not known to have come out; every other slip up to entry `through` did, or is none of ours to know.
    `head` is the hash in hex of that entry: in another book, or an older copy, nothing of it holds."""

    through: int
    head: str
    papers: tuple[PaperPrint, ...] = ()


class PrintFile:
    """The file in a data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._seen: tuple[int, int, int] | None = None

    def changed(self) -> bool:
        """Whether somebody else wrote it since it was read or written here."""
        return self._stamp() != self._seen

    def read(self) -> Known | None:
        """What it says; None where there is none that can be read."""
        self._seen = self._stamp()
        try:
            values = json.loads(self._path.read_text("utf-8")) if self._path.is_file() else None
            if not isinstance(values, dict) or values["format"] != FORMAT:
                return None
            return Known(
                int(values["through"]), str(values["head"]), tuple(map(PaperPrint.from_json, values["papers"]))
            )
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def write(self, known: Known) -> None:
        """Writes it whole. Where the folder cannot be written it stays as it was: a paper must not wait for that."""
        values = {**known._asdict(), "format": FORMAT, "papers": [paper.to_json() for paper in known.papers]}
        with suppress(OSError):
            write_atomic(self._path, json.dumps(values, ensure_ascii=False, indent=0).encode())
            self._seen = self._stamp()

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
