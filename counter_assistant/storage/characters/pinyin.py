"""拼音首字母：一个字的所有读音的第一个字母.

The table is made by packaging/pinyin/build_initials.py. 岩 gives both a and y, because Dai names of Yunnan read it ái.
"""

from __future__ import annotations

from functools import cache

from counter_assistant import paths

INITIALS = paths.resources() / "pinyin" / "initials.txt"


def initials(character: str) -> str:
    """The letters that a character may begin with, in lower case; a letter begins with itself; empty where unknown."""
    if "a" <= character <= "z":
        return character
    return _table().get(character, "")


@cache
def edition() -> str:
    """What the table is called: its first line, which changes with its content. Costs one line, not the table."""
    with INITIALS.open(encoding="utf-8") as lines:
        return lines.readline().removeprefix("#").strip()


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in INITIALS.read_text(encoding="utf-8").splitlines()[1:]:
        letters, characters = line.split(" ")
        table.update(dict.fromkeys(characters, letters))
    return table
