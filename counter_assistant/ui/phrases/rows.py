"""用语的行：组的标题，和一句话里哪几段是填好的、哪几段还空着。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counter_assistant.domain.wording.phrases import Phrase, pieces
from counter_assistant.ui.widgets import phrase_text
from counter_assistant.ui.widgets.phrase_text import Run, Tone

KEYS = "123456789"
MOST = 60
"""Rows that are shown at once. Nobody reads more; another letter finds what is not among them."""

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a heading, or a phrase with the digit that chooses it."""

    heading: str = ""
    phrase: Phrase | None = None
    key: str = ""
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The whole line as it is read aloud."""
        return self.heading or f"{self.key} {''.join(text for text, _ in self.runs)}".strip()


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases under a heading; without one where the list is the answer to a search."""

    heading: str
    phrases: Sequence[Phrase]


def rows_of(groups: Iterable[Group], values: Values, typed: Mapping[int, Values]) -> list[Row]:
    """The lines of a list. `typed` is what was typed into the blanks of single phrases, by their numbers."""
    rows: list[Row] = []
    shown = left = 0
    for group in groups:
        fitting = group.phrases[: MOST - shown]
        left += len(group.phrases) - len(fitting)
        if fitting and group.heading:
            rows.append(Row(heading=group.heading))
        for phrase in fitting:
            key = KEYS[shown] if shown < len(KEYS) else ""
            rows.append(Row(phrase=phrase, key=key, runs=runs_of(phrase, values_for(phrase, values, typed))))
            shown += 1
    if left:
        rows.append(Row(heading=f"还有 {left} 句，再输入几个字就能找到"))
    return rows


def values_for(phrase: Phrase, values: Values, typed: Mapping[int, Values]) -> Values:
    """What fills a phrase: what was typed for it goes before what the case gives."""
    own = typed.get(phrase.number)
    return {**values, **own} if own else values


def runs_of(phrase: Phrase, values: Values) -> tuple[Run, ...]:
    """A phrase in runs; a pinned one says so at its end."""
    runs = phrase_text.runs_of(pieces(phrase, values))
    return (*runs, ("　置顶", Tone.QUIET)) if phrase.pinned else runs
