"""写下来的字：去掉空白和“待核定”；由本中心改的，出自哪个文件第几条；新的东西的代码."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source
from counter_assistant.domain.formatting import listed, numeral
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import with_field
from counter_assistant.domain.typed_text.days import read_day

Letters = Callable[[str], str]
"""The letters that a character may begin with when it is read, such as the pinyin initials of an ideograph."""

LABELS = {
    "name": "事项名称", "department": "承办部门", "basis_note": "依据的说明", "procedure": "办理程序", "flow": "办事流程",
    "standard": "服务标准", "remedy": "补救途径", "redress": "预告的救济途径", "refusal": "不予办理的救济途径",
}  # fmt: skip
"""The fields of a text that are one sentence, as people call them."""
LONGEST = 500
"""The most characters of one sentence: more than that nobody reads at a window."""


def said(words: str, what: str, *, needed: bool = True) -> str:
    """The words without blanks around them and without the mark of 待核定.

    Raises:
        Refusal: `words-missing` (nothing is left and something is needed), `words-too-long`.
    """
    plain = re.sub(r"\s*\n\s*", "", words.replace(TO_CONFIRM, "")).strip()
    if needed and not plain:
        raise Refusal("words-missing", f"{what}没有写。", f"请写出{what}。")
    if len(plain) > LONGEST:
        raise Refusal("words-too-long", f"{what}写了 {len(plain)} 个字，超过 {LONGEST} 个。", "请写短，或者分成几句。")
    return plain


def unstopped(words: str) -> str:
    """The words without a full stop at their end: the forms put it there."""
    return words.rstrip("。；")


def with_words(item: ServiceItem, field: str, words: str) -> ServiceItem:
    """The text with other words in one of the fields of `LABELS`. They have no source of their own but the mark within them.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `basis-missing` (neither an article nor a note would be left).
    """
    plain = said(words, LABELS[field], needed=field != "basis_note")
    if field == "basis_note" and not plain and not item.basis:
        raise Refusal("basis-missing", "没有引用条文，依据的说明就不能空着。", "请先加一条政策依据。")
    stopped = plain if field in ("remedy", "redress", "refusal", "basis_note") else unstopped(plain)
    return with_field(item, field, stopped)


def with_names(item: ServiceItem, names: str) -> ServiceItem:
    """What the item is also called, as written: 租房提取、提公积金交房租."""
    parts = dict.fromkeys(part.strip() for part in re.split(r"[、，,；;\n]", names))
    return with_field(item, "also_called", tuple(part for part in parts if part and part != item.name))


def typed_source(document: str, clause: str, day: str, today: date, *, undated: date | None = None) -> Source:
    """The centre's document that carries something, as it was typed; without a day it is of the day `undated`, where there is one.

    Raises:
        Refusal: `source-missing`: no document is named; `bad-date`: the day cannot be read, or there is none.
    """
    if not document.strip():
        raise Refusal(
            "source-missing", "没有写明依据哪份文件。", "请在依据一栏填文号，如 临公积金〔2026〕9号；以后照用。"
        )
    dated = undated if undated and not day.strip() else read_day(day, today)
    return Source("centre", clause=clause_in_words(clause), document=document.strip(), day=dated)


_CLAUSE = re.compile(r"\d{1,3}|[一二三四五六七八九十百]{1,5}")


def clause_in_words(typed: str) -> str:
    """第七条 for 7 and 七; what names more than an article as it was typed."""
    plain = typed.strip()
    if not _CLAUSE.fullmatch(plain):
        return plain
    return f"第{numeral(int(plain)) if plain.isdecimal() else plain}条"


def made_code(name: str, letters: Letters, taken: Collection[str], *, joint: str = "-") -> str:
    """A code for something new, made from how its name is read: own-jhz, and own-jhz-2 where that one is taken.

    The code of an identity card ends as all of them do, so that nobody keeps one (居民身份证法 第十五条).
    """
    read = "".join(letters(character)[:1] for character in name.lower())
    card = f"{joint}id{joint}card" if "身份证" in name else ""
    base = listed(("own", read[:24]), joint)
    n = 1
    while (code := listed((base, str(n) if n > 1 else ""), joint) + card) in taken:
        n += 1
    return code
