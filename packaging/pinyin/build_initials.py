"""Writes resources/pinyin/initials.txt: every ideograph that pypinyin knows, by the initials of all its readings.

    python packaging/pinyin/build_initials.py

The program itself never imports pypinyin, which costs 326 ms and 45 MB. Readings are those of pypinyin's dictionary
(MIT, from the kMandarin and related data of Unihan, and 漢語大字典), heteronyms included, with the additions below.

The first line names the content, so that the search terms are rebuilt when it changes. Every other line is the letters,
a blank, and the characters that may begin with them; 着 stands on the line "z" and so is found by z only.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

TARGET = Path(__file__).resolve().parents[2] / "resources" / "pinyin" / "initials.txt"

# 岩 in Dai names of Yunnan is read ái.
ADDITIONS = {"岩": "a"}


def initials(readings: str) -> set[str]:
    """The first letters of comma-separated readings with tone marks."""
    plain = (unicodedata.normalize("NFD", reading.strip())[:1].lower() for reading in readings.split(","))
    return {letter for letter in plain if "a" <= letter <= "z"}


def table() -> dict[str, str]:
    """Letters, sorted, to the characters that they begin."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, readings in sorted(PINYIN_DICT.items()):
        character = chr(code)
        letters = initials(readings) | set(ADDITIONS.get(character, ""))
        if letters and unicodedata.normalize("NFKC", character) == character:
            found["".join(sorted(letters))].append(character)
    return {letters: "".join(characters) for letters, characters in sorted(found.items())}


def text() -> str:
    """The whole file."""
    body = "".join(f"{letters} {characters}\n" for letters, characters in table().items())
    return f"# initials {hashlib.sha256(body.encode()).hexdigest()[:12]}\n{body}"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
