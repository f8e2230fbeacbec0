"""核定时看到什么：一个事项的一句一句，各由什么定的；依据怎样读。No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source
from counter_assistant.domain.formatting import listed, numeral
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import source_in_words
from counter_assistant.domain.revision.statements import SUBJECT, OpenStatement, Part, Statement, places
from counter_assistant.domain.typed_text.days import read_day

MATERIALS = "材料"
"""What of a material a sentence is about."""

_CLAUSE = re.compile(r"\d{1,3}|[一二三四五六七八九十百]{1,5}")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of an item: the heading that it stands under, and what carries it, or where it was taken from while it is open."""

    heading: str
    statement: Statement
    carried: str
    open: bool

    @property
    def words(self) -> str:
        """The sentence as it is shown."""
        return shown_words(self.statement)


def rows_of(item: ServiceItem) -> list[Row]:
    """Every sentence of a text, each once, in the order in which it is told."""
    return list({row.statement: row for row in _rows(item)}.values())


def _rows(item: ServiceItem) -> Iterator[Row]:
    for place in places(item):
        statement = place.statement
        if statement.words:
            source = place.source
            is_open = source.to_confirm if source else TO_CONFIRM in statement.words
            yield Row(heading_of(statement.part), statement, source_in_words(source) if source else "", is_open)


def row_of(found: OpenStatement) -> Row:
    """An open sentence by itself, with every place that it was taken from."""
    origins = listed((each for each in found.origins if each != "—"), "；")
    return Row(heading_of(found.statement.part), found.statement, origins, open=True)


def heading_of(part: Part) -> str:
    """What a part of an item is called where the whole item is shown."""
    return MATERIALS if part in SUBJECT else part.label


def shown_words(statement: Statement) -> str:
    """A sentence as it is shown; of a material it is said which of its two questions it answers."""
    words = statement.words.replace(TO_CONFIRM, "")
    subject = SUBJECT.get(statement.part)
    return f"{subject}：{words}" if subject else words


def source_of(document: str, clause: str, day: str, today: date) -> Source:
    """What carries an answer, as it was typed.

    Raises:
        Refusal: `document-missing`; `bad-date`.
    """
    if not document.strip():
        raise Refusal("document-missing", "没有写明依据哪份文件。", "请填文号，如 临公积金〔2026〕9号；以后各句照用。")
    return Source("centre", clause=clause_in_words(clause), document=document.strip(), day=read_day(day, today))


def clause_in_words(typed: str) -> str:
    """第七条 for 7 and 七; what names more than an article as it was typed."""
    plain = typed.strip()
    if not _CLAUSE.fullmatch(plain):
        return plain
    return f"第{numeral(int(plain)) if plain.isdecimal() else plain}条"
