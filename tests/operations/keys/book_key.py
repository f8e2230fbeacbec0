"""The key alone of a sealed book, for a test that opens it behind the program's back."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.operations.sealing import by_passphrase, by_sheet
from counter_assistant.storage.sealing.book_key import BookKey


def key_by_passphrase(folder: Path, who: str, passphrase: str) -> BookKey:
    """The key of what `by_passphrase` opens."""
    return by_passphrase(folder, who, passphrase).key


def key_by_sheet(folder: Path, words: str) -> BookKey:
    """The key of what `by_sheet` opens."""
    return by_sheet(folder, "", words).key
