"""事项索引：按编码、拼音首字母、名称查事项，不必打开事项文件.

`resources/catalogue/index.json` is made from the item files by packaging/catalogue/build_index.py. The first paint waits
for this module: what it makes are NamedTuples, because a dataclass takes a millisecond to be made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH, search_key

if TYPE_CHECKING:
    from datetime import date


class IndexEntry(NamedTuple):
    """What the search knows of an item: names, initials of the name and of the aliases, the strictest handling.

    `periods` are the first and last days of its texts as 2026-09-20, oldest first; a last day of None is without end.
    """

    id: str
    name: str
    also_called: tuple[str, ...]
    initials: tuple[str, ...]
    also_initials: tuple[str, ...]
    handling: str
    periods: tuple[tuple[str, str | None], ...]

    def valid_on(self, day: date) -> bool:
        """Whether a text of the item holds on a day."""
        written = day.isoformat()
        return any(first <= written and (last is None or written <= last) for first, last in self.periods)

    def rank(self, text: str, words: list[str]) -> int | None:
        """How well the item fits what was typed, 0 best; None where it does not."""
        names = [search_key(called) for called in (self.name, *self.also_called)]
        name, aliases = names[0], names[1:]
        fits = (
            self.id.lower() == text,
            text in self.initials,
            any(initials.startswith(text) for initials in self.initials),
            any(initials.startswith(text) for initials in self.also_initials),
            name.startswith(text),
            all(word in name for word in words),
            any(all(word in alias for word in words) for alias in aliases),
            all(any(word in called for called in names) for word in words),
            self.id.lower().startswith(text),
        )
        return next((place for place, fit in enumerate(fits) if fit), None)


class CatalogueIndex(NamedTuple):
    """All items, in the order of their codes."""

    entries: tuple[IndexEntry, ...]

    @classmethod
    def load(cls, path: Path) -> CatalogueIndex:
        """The index of a file.

        Raises:
            Refusal: `broken-index`: the file is missing, or is none.
        """
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))["items"]
            return cls(tuple(_entry(row) for row in rows))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            sentence = f"事项索引 {path.name} 无法读取（{error.__class__.__name__}）。"
            raise Refusal("broken-index", sentence, "请重新安装本程序。") from error

    def search(self, text: str) -> list[IndexEntry]:
        """The items that fit: the code, then pinyin initials, then names that hold every word; all for an empty text.

        A text of more than `SEARCH_LENGTH` characters finds nothing.
        """
        if len(text) > SEARCH_LENGTH:
            return []
        words = [word for word in map(search_key, text.split()) if word]
        if not words:
            return list(self.entries)
        ranked = [(entry.rank("".join(words), words), entry) for entry in self.entries]
        fitting = [(rank, entry) for rank, entry in ranked if rank is not None]
        return [entry for _, entry in sorted(fitting, key=lambda found: found[0])]


def _entry(row: dict[str, Any]) -> IndexEntry:
    periods = tuple((str(first), str(last) if last else None) for first, last in row["periods"])
    called, initials, also = (tuple(map(str, row[key])) for key in ("also_called", "initials", "also_initials"))
    return IndexEntry(str(row["id"]), str(row["name"]), called, initials, also, str(row["handling"]), periods)
