"""The forbidden phrases that ship, and the guard over them."""

from __future__ import annotations

from counter_assistant.domain.wording import guard as guarding
from counter_assistant.storage.content.phrase_files import read_forbidden_phrases
from tests.places import RESOURCES

FORBIDDEN = read_forbidden_phrases(RESOURCES / "phrases")


def guard(text: str) -> list[guarding.Hit]:
    """What is forbidden in a text."""
    return guarding.guard(text, FORBIDDEN)
