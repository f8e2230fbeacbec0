"""Writes resources/catalogue/index.json from the item files, so that a search needs none of them.

    python packaging/catalogue/build_index.py            write it
    python packaging/catalogue/build_index.py --check    only say whether it is up to date (exit 1 where it is not)

Needs pypinyin, which the program itself does not. The reading of a name is taken by its phrases (重大 zd, not cd); of a
character that clerks may well read another way the other letter is kept too.
"""

from __future__ import annotations

import json
import sys
from itertools import islice, product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pypinyin import Style, lazy_pinyin  # noqa: E402

from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem  # noqa: E402
from counter_assistant.storage.content.catalogue_files import read_catalogue  # noqa: E402
from counter_assistant.storage.content.index_building import MOST_READINGS, entry_of  # noqa: E402

INDEX = ROOT / "resources" / "catalogue" / "index.json"

OTHER_READINGS = {"调": "dt", "重": "cz", "行": "hx", "长": "cz"}


def build_index(catalogue: Catalogue) -> str:
    """The content of the index file."""
    rows = [json.dumps(_row(texts), ensure_ascii=False) for _, texts in sorted(catalogue.items.items())]
    head = json.dumps(catalogue.version)
    return f'{{\n "version": {head},\n "items": [\n  ' + ",\n  ".join(rows) + "\n ]\n}\n"


def initials(text: str) -> list[str]:
    """The initials of a name by its phrases first, then with the other letter of a character that has two readings."""
    characters = [char for char in text if char.isalnum()]
    letters = "".join(lazy_pinyin("".join(characters), style=Style.FIRST_LETTER)).lower()
    choices = [
        [letter, *(other for other in OTHER_READINGS.get(char, "") if other != letter)]
        for char, letter in zip(characters, letters, strict=True)
    ]
    return ["".join(choice) for choice in islice(product(*choices), MOST_READINGS)]


def _row(texts: tuple[ServiceItem, ...]) -> dict[str, Any]:
    return entry_of(texts, initials)._asdict()


def main(arguments: list[str]) -> int:
    """Write the index, or with --check compare it."""
    content = build_index(read_catalogue(ROOT / "resources"))
    if "--check" in arguments:
        return 0 if INDEX.is_file() and INDEX.read_text("utf-8") == content else 1
    INDEX.write_text(content, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
