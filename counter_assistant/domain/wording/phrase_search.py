"""用语检索：按文字、拼音首字母、序号找一句用语.

The index is built once from all phrases; one search is then a few passes of one regular expression over one string.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH, search_key
from counter_assistant.domain.wording.phrases import MARK, Phrase

Initials = Callable[[str], str]
"""Returns the letters with which the reading of a character may begin: cz for 重; none where unknown."""

_END = "\n"
_PUNCTUATION = re.compile("[，,。！!？?；;：:]")
_FROM_START, _INSIDE, _ACROSS, _SCATTERED = range(4)
SCATTERED_FROM = 3
"""From this many letters on, initials may lie apart if nothing else was found: zlbq for 资料还不全."""


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """All phrases that are offered, ready to be searched: their plain texts in one string, the characters by initial."""

    phrases: tuple[Phrase, ...]
    text: str
    starts: tuple[int, ...]
    clauses: tuple[int, ...]
    characters: dict[str, str]

    @classmethod
    def of(cls, phrases: Iterable[Phrase], initials: Initials) -> PhraseIndex:
        """The index of phrases, in the order in which they are offered; hidden ones are left out."""
        offered = tuple(phrase for phrase in phrases if not phrase.hidden)
        starts, clauses, text = [], [], ""
        for phrase in offered:
            starts.append(len(text))
            for clause in _PUNCTUATION.split(phrase.text.replace(MARK, "")):
                clauses.append(len(text))
                text += plain(clause)
            text += _END
        begun: defaultdict[str, str] = defaultdict(str)
        for character in sorted(set(text) - {_END}):
            for letter in initials(character):
                begun[letter] += re.escape(character)
        return cls(offered, text, tuple(starts), tuple(clauses), dict(begun))

    def search(self, text: str) -> list[Phrase]:
        """The phrases that match every word, best first; all of them for an empty text, none for one of a whole page.

        A word is a part of the text, a phrase's number, or initials. Initials that are next to each other come first.
        """
        if len(text) > SEARCH_LENGTH:
            return []
        words = [word for word in map(plain, text.split()) if word]
        if not words:
            return list(self.phrases)
        ranks = [self._ranks(word) for word in words]
        places = set(ranks[0]).intersection(*ranks[1:])
        best = sorted(places, key=lambda place: (max(rank[place] for rank in ranks), place))
        return [self.phrases[place] for place in best]

    def _ranks(self, word: str) -> dict[int, int]:
        """How well each phrase that a word finds matches, by place; 0 is best."""
        ranks = self._matches(re.escape(word))
        ranks |= {place: _FROM_START for place, phrase in enumerate(self.phrases) if word == str(phrase.number)}
        if not (word.isascii() and word.isalpha()):
            return ranks
        letters = [f"[{self.characters[letter]}]" if letter in self.characters else "" for letter in word]
        if not all(letters):
            return ranks
        ranks = self._matches("".join(letters)) | ranks
        if ranks or len(word) < SCATTERED_FROM:
            return ranks
        # Atomic groups: the next place of a letter is as good as any later one, and trying all would take years.
        apart = "".join(f"(?>[^{_END}{group[1:-1]}]*{group})" for group in letters[1:])
        return dict.fromkeys(self._matches(letters[0] + apart), _SCATTERED)

    def _matches(self, pattern: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for match in re.finditer(pattern, self.text):
            place = bisect_right(self.starts, match.start()) - 1
            rank = self._rank(place, match.start(), match.end())
            found[place] = min(rank, found.get(place, rank))
        return found

    def _rank(self, place: int, start: int, end: int) -> int:
        """At the beginning of the phrase, within one of its clauses, or across its punctuation."""
        if start == self.starts[place]:
            return _FROM_START
        next_clause = bisect_right(self.clauses, start)
        crosses = next_clause < len(self.clauses) and self.clauses[next_clause] < end
        return _ACROSS if crosses else _INSIDE


def plain(text: str) -> str:
    """A text as it is compared: one form of every character, no case, no punctuation and no blanks."""
    return "".join(char for char in search_key(text) if char.isalnum())
