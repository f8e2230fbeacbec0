"""常去的单位：不属于本单位的事该到哪里，打几个字就找到（守则 一(六)4⑸）."""

from __future__ import annotations

from collections.abc import Iterable

from counter_assistant.domain.people.office_profile import Body
from counter_assistant.storage.views.search_terms import matches_text, words

WITH_A_KEY = 9
"""How many of the usual bodies can be filled in by a digit key: the first ones of the list."""


def find_bodies(bodies: Iterable[Body], typed: str) -> list[Body]:
    """The bodies that match every word: a part, or the initials, of the name, the address or what one goes there for."""
    wanted = words(typed)
    return [body for body in bodies if all(_finds(word, body) for word in wanted)]


def _finds(word: str, body: Body) -> bool:
    return any(matches_text(word, text) for text in (body.name, body.what_for, body.address))
