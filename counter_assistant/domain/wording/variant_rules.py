"""一条规则怎样在一段文字里找出一句忌语的一种写法：干净的文字、分句的记号、前面可以有什么.

A rule is a regular expression over the bare text that domain/wording/guard.py makes: 您 is 你 there, traditional characters are
simple, blanks and punctuation are gone, and | stands where a clause ends. Between any two characters a | may stand, so
that punctuation inside a sentence hides nothing. Two signs are ours: ` the end of a clause, ~ a character within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_END = r"(?<=\|)"
_ATOM = re.compile(r"\(\?<!.*?\)|\{[^}]*\}|\[[^\]]*\]|[^\W_]")
_LONGEST_HEAD = 16


@dataclass(frozen=True, slots=True)
class VariantRule:
    """One way to say a forbidden phrase; `example` is a sentence that it finds.

    `head` is all that may stand before it in its clause; None lets anything. `unless_civil` and `unless_help_follows` say
    before which politeness it gives way: that of the whole sentence, and that of the words that follow.
    """

    example: str
    pattern: str
    head: str | None = None
    unless_civil: bool = False
    unless_help_follows: bool = False

    def finds(self, bare: str) -> Iterator[tuple[int, int]]:
        """Where it holds: the first character and the one after the last, without the | that ends the clause."""
        for match in _compiled_pattern(self.pattern).finditer(bare):
            start = match.start()
            if self.head is None or self._follows(bare, start):
                yield start, start + len(match[0].rstrip("|"))

    def compile(self) -> None:
        """Makes the rule ready.

        Raises:
            re.error: the pattern or the head is no regular expression.
        """
        _compiled_pattern(self.pattern)
        _compiled_head(self.head or "")

    def _follows(self, bare: str, start: int) -> bool:
        clause = bare.rindex("|", 0, start) + 1
        is_short = start - clause <= _LONGEST_HEAD
        return is_short and _compiled_head(self.head or "").fullmatch(bare, clause, start) is not None


@cache
def _compiled_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern with an optional | after every character that it names; what looks back stays as it is.

    Repetitions are bounded, so that no text makes a search slow.
    """
    bounded = _bounded(pattern)
    spaced = _ATOM.sub(lambda atom: atom[0] if atom[0][0] in "({" else rf"(?:{atom[0]}\|?)", bounded)
    return re.compile(spaced.replace("`", _END).replace("~", "[^|]"))


@cache
def _compiled_head(pattern: str) -> re.Pattern[str]:
    return re.compile(_bounded(pattern))


def _bounded(pattern: str) -> str:
    return pattern.replace(")*", "){0,4}").replace(")+", "){1,4}")
