"""意外错误的记录 errors.log：一行一次，什么时候、哪一种、在程序的哪里，没有录入的内容。窗口写，诊断读最后一行."""

from __future__ import annotations

import builtins
import re
from functools import cache
from pathlib import Path

from counter_assistant import paths
from counter_assistant.domain.about.diagnosis import ErrorNoted
from counter_assistant.domain.about.harmless import OTHER
from counter_assistant.files import read_plain

NAME = "errors.log"
_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (\w+)(.*)")
_PLACE = re.compile(r"(\w+\.py):(\d{1,5}) ")


def last_error(folder: Path) -> ErrorNoted | None:
    """The last error noted in a data folder; None where there is none. Of its places the innermost one that is the program's own; a
    kind that is not one of Python's is another."""
    try:
        lines = read_plain(folder / NAME).decode("utf-8", "replace").split("\n")
    except (OSError, ValueError):
        return None
    found = next((match for line in reversed(lines) if (match := _LINE.fullmatch(line))), None)
    if found is None:
        return None
    time, kind, places = found.groups()
    own = [f"{file}:{line}" for file, line in _PLACE.findall(f"{places} ") if file in _modules()]
    known = isinstance(getattr(builtins, kind, None), type)
    return ErrorNoted(time, kind if known else OTHER, own[-1] if own else "")


@cache
def _modules() -> frozenset[str]:
    """The files of the program."""
    return frozenset(path.name for path in paths.sources().rglob("*.py"))
