"""用语文件：`resources/phrases/approved.toml`，守则 二的二十五句.

Every fault names the file, the place and what is wrong. A text with more or fewer XX than it has blanks is one.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from counter_assistant.domain.wording.phrases import APPROVED, MARK, Blank, BlankKind, Channel, Moment, Phrase
from counter_assistant.storage.content.strict_table import ContentFault, Table

APPROVED_FILE = "approved.toml"

Word = TypeVar("Word", bound=StrEnum)


def read_phrases(folder: Path) -> tuple[Phrase, ...]:
    """The approved phrases in the service code's order. Refuses a file that does not hold exactly those, numbered."""
    table = Table.of_file(folder / APPROVED_FILE)
    phrases = tuple(_phrase(row) for row in table.tables("phrase"))
    table.done()
    numbers = [phrase.number for phrase in phrases]
    if numbers != list(range(1, APPROVED + 1)):
        raise ContentFault(APPROVED_FILE, "phrase", f"应当是第 1 到 {APPROVED} 句，依次编号，现为 {numbers}")
    return phrases


def _phrase(row: Table) -> Phrase:
    number = row.take("number", int)
    row.place = f"phrase[{number}]"
    text = row.text("text")
    phrase = Phrase(
        number,
        text,
        _word(row, "channel", Channel),
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
