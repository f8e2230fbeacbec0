"""由目录作事项索引：本中心自己的目录要能照它现在的名称查."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, product

from counter_assistant.domain.catalogue.items import Catalogue, Handling, ServiceItem
from counter_assistant.storage.characters import pinyin
from counter_assistant.storage.content.catalogue_index import CatalogueIndex, IndexEntry

MOST_READINGS = 8
MOST_BY_CHARACTER = 512
"""Without its phrases a name has many more readings, of which any may be the one that is typed."""
Read = Callable[[str], Sequence[str]]
"""The initials of a name, one for each way in which it may be read."""


def index_of(catalogue: Catalogue, known: CatalogueIndex) -> CatalogueIndex:
    """What the search knows of a catalogue. Names that `known` holds are read as there, by their phrases; new ones by each
    character's own readings."""
    names = {entry.name: entry.initials for entry in known.entries}
    called = {entry.also_called: entry.also_initials for entry in known.entries}

    def made(texts: Sequence[ServiceItem]) -> IndexEntry:
        entry = entry_of(texts, by_character)
        return entry._replace(
            initials=names.get(entry.name, entry.initials),
            also_initials=called.get(entry.also_called, entry.also_initials),
        )

    return CatalogueIndex(tuple(made(texts) for _, texts in sorted(catalogue.items.items())))


def entry_of(texts: Sequence[ServiceItem], read: Read) -> IndexEntry:
    """What the search knows of an item, by its newest text."""
    newest = max(texts, key=lambda text: text.effective_from)
    strictest = max((handling for _, handling in newest.handling), key=list(Handling).index)
    periods = sorted((text.effective_from, text.effective_to) for text in texts)
    return IndexEntry(
        newest.id, newest.name, newest.also_called, tuple(read(newest.name)),
        tuple(initials for called in newest.also_called for initials in read(called)), str(strictest),
        tuple((first.isoformat(), last.isoformat() if last else None) for first, last in periods),
    )  # fmt: skip


def by_character(name: str) -> list[str]:
    """Every way to read a name character by character, at most `MOST_BY_CHARACTER`; a character unknown is left out."""
    letters = [pinyin.initials(char) or "" for char in name.lower() if char.isalnum()]
    return ["".join(choice) for choice in islice(product(*(each or ("",) for each in letters)), MOST_BY_CHARACTER)]
