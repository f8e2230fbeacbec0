"""一条规则怎样在一段文字里找出一句忌语的一种写法：干净的文字、分句的记号、前面可以有什么.

A rule is a regular expression over the bare text that domain/wording/guard.py makes: 您 becomes 你 there, traditional
characters simplified ones, blanks and punctuation disappear, and | marks the end of a clause. A | may occur between any
two characters, so that punctuation within a sentence hides nothing. Two signs are our own: ` is the end of a clause, ~
any character within one.
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

    `head` is a pattern for all that may precede it in its clause; None lets anything precede. `unless_civil`:
    politeness anywhere in the sentence excuses it; `unless_help_follows`: an offer of help right after it does.
    """

    example: str
    pattern: str
    head: str | None = None
    unless_civil: bool = False
    unless_help_follows: bool = False

    def finds(self, bare: str) -> Iterator[tuple[int, int]]:
        """Where it matches: the first character and the one after the last, without the | that ends the clause."""
        for match in _compiled_pattern(self.pattern).finditer(bare):
            start = match.start()
            if self.head is None or self._follows(bare, start):
                yield start, start + len(match[0].rstrip("|"))

    def compile(self) -> None:
        """Compiles the rule; `finds` then need not.

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
    """The pattern with an optional | after every character that it names, except in a lookbehind.

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
