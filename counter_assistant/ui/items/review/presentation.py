"""核定时看到什么：一个事项的一句一句，各由什么定的；依据怎样读；离送核还差什么。No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.sources import TO_CONFIRM
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.revision.differences import source_in_words
from counter_assistant.domain.revision.revision import (
    Act,
    ItemRetired,
    QuestionDefined,
    QuestionEdited,
    StatuteDefined,
    TextEdited,
    VisitRemoved,
    VisitWritten,
)
from counter_assistant.domain.revision.statements import (
    SHIPPED,
    SUBJECT,
    OpenStatement,
    Part,
    Statement,
    form_statement,
    places,
)
from counter_assistant.domain.revision.verdicts import Verdict
from counter_assistant.operations.catalogue.revising import Revising

MATERIALS = "材料"
"""What of a material a sentence is about."""


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


def row_of_paper(sentence: FormSentence) -> Row:
    """A sentence of a paper, open or settled."""
    is_open = sentence.source.to_confirm
    carried = SHIPPED if is_open else source_in_words(sentence.source)
    return Row(Part.FORM.label, form_statement(sentence), carried, is_open)


def heading_of(part: Part) -> str:
    """What a part of an item is called where the whole item is shown."""
    return MATERIALS if part in SUBJECT else part.label


def shown_words(statement: Statement) -> str:
    """A sentence as it is shown; of a material it is said which of its two questions it answers."""
    words = statement.words.replace(TO_CONFIRM, "")
    subject = SUBJECT.get(statement.part)
    return f"{subject}：{words}" if subject else words


def code_of(item: str, names: Mapping[str, str]) -> str:
    """The code that stands beside the name of an item; a paper is named by what it is called, and has none."""
    return "" if names.get(item) == item else item


def titled(item: str, names: Mapping[str, str]) -> str:
    """B08 租赁市场住房提取; 一次性告知单."""
    return listed((code_of(item, names), names.get(item, "")), " ")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a revision is from being sent: whether it is `revised` at all, what is open, how the typical visits go, what is not
    filled in.

    `visits` is None until they were gone through.
    """

    revised: bool
    open: int
    visits: int | None
    failing: int
    missing: tuple[str, ...]

    @property
    def button(self) -> str:
        """送核（1 个来访不对）."""
        return f"送核（{self.failing} 个来访不对）" if self.failing else "送核"

    def in_words(self) -> str:
        """还有 443 句待核定，43 个典型来访都对。接下来：填核定人、核对人，按 F9。"""
        sentences = f"还有 {self.open} 句待核定" if self.open else "没有待核定的句子了"
        visits = "正在走一遍典型来访" if self.visits is None else f"{self.visits} 个典型来访{self._go}"
        return f"{sentences}，{visits}。接下来：{self._next}"

    @property
    def _go(self) -> str:
        return f"里 {self.failing} 个不对" if self.failing else "都对"

    @property
    def _next(self) -> str:
        if self.failing:
            return "按 F9 看是哪几个，改好再送核。"
        if not self.revised:
            return "逐句答，或者改事项；核几句就可以先送，没核的仍是示例。"
        if self.missing:
            return f"填{listed(self.missing, '、')}，按 F9。"
        return "按 F9 送核。"


def unsent_in_words(acts: int, phrases: int) -> str:
    """这一稿改动 12 处、1 句文明用语，未送核."""
    what = listed((f"{acts} 处" if acts else "", f"{phrases} 句文明用语" if phrases else ""), "、")
    return f"这一稿改动 {what}，未送核" if what else "这一稿还没有改动"


def sent_in_words(revising: Revising, phrases: int, since: date, second: str) -> str:
    """登记这一版：5 个事项、1 种文书，9 处改动，自2026年12月1日起施行；核对人 王某。 Papers are counted as papers."""
    changed = {each.item for each in revising.differences}
    papers = len(changed & revising.working.form_sentences.keys())
    acts = len(revising.revision.acts)
    counted = ((len(changed) - papers, "个事项"), (papers, "种文书"), (phrases, "句文明用语"))
    what = listed(f"{n} {unit}" for n, unit in counted if n)
    said = listed((what, f"{acts} 处改动" if acts else ""), "，")
    return f"登记这一版：{said}，自{chinese_date(since)}起施行；核对人 {second}。"


def act_in_words(act: Act) -> str:
    """What an act did: 同意“…”."""
    match act:
        case Verdict():
            return f"{act.answer.label}“{_short(act.statement.words)}”"
        case TextEdited():
            return f"改事项 {act.text.id}"
        case ItemRetired():
            return f"停办 {act.item}"
        case QuestionDefined():
            return f"改问题“{_short(act.question.text)}”"
        case QuestionEdited():
            several = f"（{len(act.items)} 个事项）" if len(act.items) > 1 else ""
            return f"改问题“{_short(act.before.text)}”{several}"
        case StatuteDefined():
            return f"改法规“{_short(act.statute)}”"
        case VisitWritten():
            return f"写典型来访“{_short(act.visit.name)}”"
        case VisitRemoved():
            return f"删典型来访“{_short(act.name)}”"


def _short(words: str) -> str:
    return words if len(words) <= 20 else f"{words[:20]}…"
