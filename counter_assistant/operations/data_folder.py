"""网点的数据文件夹：在哪里，台账密封了没有，钥匙文件里有谁."""

from __future__ import annotations

from pathlib import Path

from counter_assistant import paths
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.ring_file import read_ring


def office_folder(data_dir: Path | None = None, *, training: bool = False) -> Path:
    """Where an office has its book: this PC's data folder, unless another is given.

    Raises:
        Refusal: what `data_dir` refuses.
    """
    return data_dir / paths.TRAINING if data_dir and training else data_dir or paths.data_dir(training)


def keys_of(folder: Path) -> KeyRing:
    """The keys of the sealed book in a folder.

    Raises:
        Refusal: what `read_ring` refuses.
    """
    return read_ring(folder, Database.name_of(folder / paths.BOOK_NAME))


def is_sealed(folder: Path) -> bool:
    """Whether the book of a folder opens with a key only."""
    return Database.needs_key(folder / paths.BOOK_NAME)
