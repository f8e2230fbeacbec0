"""用语文件：`resources/phrases/` 里的 approved.toml，守则 二的二十五句，和 forbidden.toml，守则 三的二十一句.

Every fault names the file, the place and what is wrong. A text with more or fewer XX than it has blanks is one, and so is a
fragment of a pattern that is not known where it stands, or that nothing uses.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from counter_assistant.domain.wording.forbidden_phrase import FORBIDDEN, ForbiddenPhrase, ForbiddenPhrases
from counter_assistant.domain.wording.phrases import APPROVED, MARK, Blank, BlankKind, Moment, Phrase, PhraseChannel
from counter_assistant.domain.wording.variant_rule import VariantRule
from counter_assistant.storage.content.strict_table import ContentFault, Table

APPROVED_FILE = "approved.toml"
FORBIDDEN_FILE = "forbidden.toml"
_BRACES = re.compile(r"\{([^}]*)\}")
_COUNT = re.compile(r"\d*,?\d*")

Word = TypeVar("Word", bound=StrEnum)


def read_phrases(folder: Path) -> tuple[Phrase, ...]:
    """The approved phrases in the service code's order.

    Raises:
        ContentFault: a fault of the file; or it does not hold exactly those phrases, numbered.
    """
    table = Table.of_file(folder / APPROVED_FILE)
    phrases = tuple(_phrase(row) for row in table.tables("phrase"))
    table.done()
    _check_numbers(APPROVED_FILE, [phrase.number for phrase in phrases], APPROVED)
    return phrases


def read_forbidden_phrases(folder: Path) -> ForbiddenPhrases:
    """The forbidden phrases in the service code's order, with the rules of their variants, none of them compiled yet.

    Raises:
        ContentFault: a fault of the file; or it does not hold exactly those phrases, numbered.
    """
    table = Table.of_file(folder / FORBIDDEN_FILE)
    version = table.text("version")
    fragments = _Fragments(table.table("fragments"))
    phrases = tuple(_forbidden_phrase(row, fragments) for row in table.tables("phrase"))
    table.done()
    fragments.done()
    _check_numbers(FORBIDDEN_FILE, [phrase.number for phrase in phrases], FORBIDDEN)
    return ForbiddenPhrases(version, phrases)


class _Fragments:
    """The named parts of patterns; in each of them those above it may stand. Every one must be used before `done`."""

    def __init__(self, table: Table) -> None:
        table.place = "fragments"
        self._table = table
        self._patterns: dict[str, str] = {}
        self._used: set[str] = set()
        for name in list(table.keys()):
            self._patterns[name] = self.pattern(table, name)

    def pattern(self, row: Table, key: str) -> str:
        """The pattern of a key: blanks and line ends left out, fragments put in."""
        return _BRACES.sub(lambda braces: self._fragment(row, key, braces), "".join(row.text(key).split()))

    def _fragment(self, row: Table, key: str, braces: re.Match[str]) -> str:
        name = braces[1]
        if _COUNT.fullmatch(name):
            return braces[0]
        if name not in self._patterns:
            raise row.fault(f"前面没有名为“{name}”的片段", key)
        self._used.add(name)
        return self._patterns[name]

    def done(self) -> None:
        """Faults on a fragment that no pattern names."""
        for name in self._patterns:
            if name not in self._used:
                raise self._table.fault("没有哪种写法用到这个片段", name)


def _check_numbers(file: str, numbers: list[int], most: int) -> None:
    if numbers != list(range(1, most + 1)):
        raise ContentFault(file, "phrase", f"应当是第 1 到 {most} 句，依次编号，现为 {numbers}")


def _forbidden_phrase(row: Table, fragments: _Fragments) -> ForbiddenPhrase:
    number = row.take("number", int)
    row.place = f"phrase[{number}]"
    variants = tuple(_variant(n, each, row.place, fragments) for n, each in enumerate(row.tables("variant"), 1))
    if not variants:
        raise row.fault("至少要有一种写法", "variant")
    phrase = ForbiddenPhrase(
        number, row.text("text"), row.text("clause"), row.text("instead"), frozenset(row.text("keys")), variants
    )
    row.done()
    return phrase


def _variant(n: int, row: Table, phrase: str, fragments: _Fragments) -> VariantRule:
    row.place = f"{phrase}.variant[{n}]"
    rule = VariantRule(
        row.text("example"),
        fragments.pattern(row, "pattern"),
        fragments.pattern(row, "head") if row.has("head") else None,
        row.take("unless_civil", bool, False),
        row.take("unless_help_follows", bool, False),
    )
    row.done()
    return rule


def _phrase(row: Table) -> Phrase:
    number = row.take("number", int)
    row.place = f"phrase[{number}]"
    text = row.text("text")
    phrase = Phrase(
        number,
        text,
        _word(row, "channel", PhraseChannel),
        _word(row, "moment", Moment),
        row.text("clause"),
        tuple(
            sorted((_blank(blank, text) for blank in row.tables("blank")), key=lambda blank: text.index(blank.covers))
        ),
        order=number,
    )
    marks, covered = text.count(MARK), sum(blank.covers.count(MARK) for blank in phrase.blanks)
    if len({blank.name for blank in phrase.blanks}) < len(phrase.blanks):
        raise row.fault("有两个空处种类相同", "blank")
    if marks != covered:
        raise row.fault(f"有 {marks} 处 {MARK}，却有 {covered} 个空处", "blank")
    row.done()
    return phrase


def _blank(row: Table, text: str) -> Blank:
    kind = _word(row, "kind", BlankKind)
    blank = Blank(kind.value, kind, row.text("covers"), row.text("hint"))
    if MARK not in blank.covers or text.count(blank.covers) != 1:
        raise row.fault(f"应当含有 {MARK}，并在句中恰好出现一次", "covers")
    row.done()
    return blank


def _word(row: Table, key: str, words: type[Word]) -> Word:
    value = row.text(key)
    try:
        return words(value)
    except ValueError:
        raise row.fault(f"不认识“{value}”，应是 {'、'.join(words)} 之一", key) from None
