"""两个文本有什么不同，一行一行地说：核定稿、内容包的说明和 content diff 都用它."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from counter_assistant.domain.assessment.situation import condition_phrase
from counter_assistant.domain.catalogue.form_sentences import FormSentence, FormSentences
from counter_assistant.domain.catalogue.items import Catalogue, Handling, ServiceItem
from counter_assistant.domain.catalogue.materials import MaterialRule
from counter_assistant.domain.catalogue.questions import AskedQuestion, Option
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import Statute, cite
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.statements import (
    SUBJECT,
    Part,
    limit_in_words,
    newest_or_none,
    origin,
    wording_of,
)

HANDLED = {Handling.DIRECT: "直接办理", Handling.PROMISE: "承诺办理", Handling.REFERRAL: "负责办理（报上级审批）"}


Names = Mapping[str, str]
UNNAMED: Names = MappingProxyType({})


STEPS = "审批环节"


class Happened(StrEnum):
    """What became of an item."""

    NEW = "新增"
    CHANGED = "改动"
    RETIRED = "停办"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, and what carries it: an article, a clause, a document, a guide; empty where nothing does."""

    words: str
    source: str = ""

    @property
    def carried(self) -> str:
        """〔条例第二十五条〕, as it stands behind the words; empty where nothing carries them."""
        return f"〔{self.source}〕" if self.source else ""

    def in_words(self) -> str:
        """连续缴存满3个月〔条例第二十五条〕."""
        return f"{self.words}{self.carried}"


NOTHING = Said("")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text as people read it: the section, what it is about, and what it says."""

    section: str
    key: str
    said: Said


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that differs: `NOTHING` is `before` where it is new, and `after` where it is gone."""

    section: str
    before: Said
    after: Said

    def in_words(self) -> str:
        """资格要求：“甲”改为“乙”."""
        was, is_ = self.before.in_words(), self.after.in_words()
        if not was:
            return f"{self.section}：新增“{is_}”"
        return f"{self.section}：“{was}”改为“{is_}”" if is_ else f"{self.section}：删去“{was}”"


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """What became of one item between two catalogues."""

    item: str
    name: str
    happened: Happened
    differences: tuple[Difference, ...]

    @property
    def of_paper(self) -> bool:
        """Whether it is a paper, which stands in the place of an item."""
        return self.name == Part.FORM.label

    def in_words(self) -> str:
        """B08 租赁市场住房提取（改动）：…；…"""
        said = listed((each.in_words() for each in self.differences), "；")
        head = f"{self.item} {self.name}（{self.happened}）"
        return f"{head}：{said}" if said else head


def differences(before: Catalogue, after: Catalogue, posts: Names = UNNAMED) -> list[ItemDifference]:
    """What differs between the newest texts of two catalogues, item by item; where each sentence comes from counts too."""
    found = []
    statutes = {**before.statutes, **after.statutes}
    for item_id in sorted({*before.items, *after.items}):
        old, new = newest_or_none(before, item_id), newest_or_none(after, item_id)
        if difference := _of_item(old, new, statutes, posts):
            found.append(difference)
    return [*found, *differences_of_papers(before.form_sentences, after.form_sentences)]


def differences_of_papers(before: FormSentences, after: FormSentences) -> Iterator[ItemDifference]:
    """What the papers say otherwise, paper by paper; a sentence that a catalogue does not hold reads as it ships."""
    for paper in sorted({*before, *after}):
        old, new = ({each.standard: each for each in held.get(paper, ())} for held in (before, after))
        lines = tuple(
            Difference(Part.FORM.label, _printed(was), _printed(is_))
            for was, is_ in (_both(standard, old, new) for standard in {**old, **new})
            if (was.printed, was.source) != (is_.printed, is_.source)
        )
        if lines:
            yield ItemDifference(paper, Part.FORM.label, Happened.CHANGED, lines)


def _both(standard: str, *held: Mapping[str, FormSentence]) -> list[FormSentence]:
    return [each.get(standard) or FormSentence(standard) for each in held]


def _printed(sentence: FormSentence) -> Said:
    return Said(sentence.printed) if sentence.source.to_confirm else _sourced(sentence.printed, sentence.source)


def _of_item(
    old: ServiceItem | None, new: ServiceItem | None, statutes: Mapping[str, Statute], posts: Names
) -> ItemDifference | None:
    if new is None:
        return ItemDifference(old.id, old.name, Happened.RETIRED, ()) if old else None
    if old is None:
        return ItemDifference(new.id, new.name, Happened.NEW, ())
    found = tuple(line_differences(old, new, statutes, posts))
    return ItemDifference(new.id, new.name, Happened.CHANGED, found) if found else None


def line_differences(
    old: ServiceItem, new: ServiceItem, statutes: Mapping[str, Statute], posts: Names = UNNAMED
) -> Iterator[Difference]:
    """The lines of two texts that differ, in the order of the new one; what is gone comes last in its section."""
    before, after = (
        {(line.section, line.key): line.said for line in lines(text, statutes, posts)} for text in (old, new)
    )
    sections = dict.fromkeys(section for section, _ in (*after, *before))
    for section in sections:
        keys_before, keys = ([key for where, key in held if where == section] for held in (before, after))
        for was_key, key in _paired(keys_before, keys, by_name=section == STEPS):
            was, is_ = before.get((section, was_key), NOTHING), after.get((section, key), NOTHING)
            if was != is_:
                yield Difference(section, was, is_)


def _paired(old: list[str], new: list[str], *, by_name: bool) -> Iterator[tuple[str, str]]:
    """The keys of a section, each with what it was called before: a thing that is known by its name alone may have another now,
    where as many are gone as are new.
    """
    gone, come = [key for key in old if key not in new], [key for key in new if key not in old]
    renamed = dict(zip(come, gone, strict=True)) if by_name and len(gone) == len(come) else {}
    yield from ((renamed.get(key, key), key) for key in new)
    yield from ((key, key) for key in gone if key not in renamed.values())


def lines(item: ServiceItem, statutes: Mapping[str, Statute], posts: Names = UNNAMED) -> list[Line]:
    """Everything that a text says, in the order of the public guide. Two lines never have section and key in common.

    `posts` are the names of an office's posts by their codes; one that it does not name is told by its code.
    """
    found: dict[tuple[str, str], Said] = {}
    for line in _lines(item, statutes, posts):
        key = line.key
        while (line.section, key) in found:
            key += "+"
        found[line.section, key] = line.said
    return [Line(section, key, said) for (section, key), said in found.items()]


def _lines(item: ServiceItem, statutes: Mapping[str, Statute], posts: Names) -> Iterator[Line]:
    yield Line("名称", "", Said(item.name))
    yield Line("又叫", "", Said(listed(item.also_called, "、")))
    yield Line("承办部门", "", Said(item.department))
    for when, handling in item.handling:
        yield Line("办理方式", handling.value, Said(_when(HANDLED[handling], condition_phrase(item, when))))
    yield Line("政策依据", "", Said(listed((cite(item.basis, statutes), item.basis_note), "；")))
    for condition in item.conditions:
        yield Line("资格要求", condition.id, _sourced(condition.text, condition.source))
        if condition.broken_when:
            words = listed((condition.broken_text, condition.next_step), "；")
            yield Line("不符合时", condition.id, Said(_when(words, condition_phrase(item, condition.broken_when))))
    for note in item.notes:
        yield Line("说明", note.text, _sourced(_when(note.text, condition_phrase(item, note.when)), note.source))
    for asked in item.questions:
        yield Line("情形", asked.id, _question(item, asked))
    for rule in item.materials:
        words = _when(wording_of(rule.material), condition_phrase(item, rule.when))
        yield Line("材料", rule.material.id, Said(words, _carried_by(rule)))
    for entry in item.never_ask:
        yield Line("不得要求", entry.id, _sourced(f"{entry.name}。{entry.why}", entry.source))
    for step in item.steps:
        responsible = posts.get(step.post, step.post)
        yield Line(STEPS, step.name, Said(listed((step.name, step.department, responsible), "　")))
    for limit in item.statutory:
        words = _when(f"{limit.by}{limit_in_words(limit)}", condition_phrase(item, limit.when))
        yield Line("法定时限", limit.by, _sourced(words, limit.source))
    yield Line("承诺时限", "", _sourced(limit_in_words(item.promised), item.promised.source))
    yield Line("办理程序", "", Said(item.procedure))
    yield Line("办事流程", "", Said(item.flow))
    yield Line("服务标准", "", Said(item.standard))
    yield Line("补齐", "", Said(item.remedy))
    yield Line("预告的救济途径", "", Said(item.redress))
    yield Line("不予办理的救济途径", "", Said(item.refusal))


def _question(item: ServiceItem, asked: AskedQuestion) -> Said:
    options = listed(map(_option, asked.question.options), "、")
    words = _when(f"{asked.question.text}（{options}）", condition_phrase(item, asked.when))
    return _sourced(words, asked.source) if asked.source else Said(words)


def _option(option: Option) -> str:
    """本人; 有＝名下有贷款, where the paper says it otherwise than the button."""
    return option.label if option.phrase == option.label else f"{option.label}＝{option.phrase}"


def _when(words: str, when: str) -> str:
    return f"{words}，如{when}" if when else words


def _sourced(words: str, source: Source) -> Said:
    return Said(words, source_in_words(source))


def _carried_by(rule: MaterialRule) -> str:
    """What carries a material; besides what it was taken from, the document of an answer to one half of it."""
    halves = ((SUBJECT[Part.WORDING], rule.wording), (SUBJECT[Part.NEED], rule.need))
    answered = (f"{asked}：{source_in_words(source)}" for asked, source in halves if source)
    return listed((source_in_words(rule.material.source), *answered), "；")


def source_in_words(source: Source) -> str:
    """条例第二十五条; 守则一(七)1; 临住金〔2026〕18号第五条; 参照上海 2023 年指南."""
    match source.kind:
        case "statute":
            assert source.article is not None
            return f"{source.article.statute}{source.article.in_words()}"
        case "code":
            return f"守则{source.clause}"
        case "centre":
            return f"{source.document}{source.clause}"
        case _:
            return origin(source)
