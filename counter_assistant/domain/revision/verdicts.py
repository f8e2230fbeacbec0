"""对一句话的答复：同意、改、不要；答复了，它就是本中心的话，用到它的事项一起改."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from counter_assistant.domain.assessment.material_lines import SUBMITTED
from counter_assistant.domain.catalogue.form_sentences import FormSentence, reworded
from counter_assistant.domain.catalogue.items import Catalogue, EligibilityCondition, Note, ServiceItem
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, NeverAsk, Submit
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statements import (
    AT_ONCE,
    STARTS,
    Part,
    Place,
    Statement,
    form_statement,
    newest,
    open_places,
)

Worded = TypeVar("Worded", EligibilityCondition, Note)


class Answer(StrEnum):
    """What the centre says to a sentence."""

    AGREE = "agree"
    CHANGE = "change"
    DROP = "drop"

    @property
    def label(self) -> str:
        """What people read."""
        return {"agree": "同意", "change": "改", "drop": "不要"}[self.value]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The centre's answer to a sentence, and the document that carries it.

    `words` are the new words where it is changed. It holds for `items`, or for every item that the sentence serves where
    none is named.
    """

    statement: Statement
    answer: Answer
    source: Source
    words: str = ""
    items: tuple[str, ...] = ()


def with_verdict(catalogue: Catalogue, verdict: Verdict) -> Catalogue:
    """The catalogue after an answer: in the newest text of every item that it holds for.

    Raises:
        Refusal: `statement-gone` (no item says so any more, or it is confirmed already), `statement-unreadable` (the new
            words are no limit, no counts …), `edit-in-item` (what is said of when a material is needed is changed in the
            item), `limit-needed` (an item must promise something), `form-needs-words` (a paper's sentence cannot be left out);
            what `reworded` refuses.
    """
    if verdict.statement.part is Part.FORM:
        return _with_sentence(catalogue, verdict)
    changed = {}
    for item_id in verdict.items or tuple(catalogue.items):
        if item_id in catalogue.items:
            text = newest(catalogue, item_id)
            made = _answered(text, verdict)
            if made is not text:
                changed[item_id] = tuple(made if each is text else each for each in catalogue.items[item_id])
    if not changed:
        raise _gone(verdict)
    return replace_items(catalogue, changed)


def _gone(verdict: Verdict) -> Refusal:
    words = verdict.statement.words
    return Refusal("statement-gone", f"“{words}”已经核过，或者没有哪里再这样写了。", "请看这一句现在的写法。")


def _with_sentence(catalogue: Catalogue, verdict: Verdict) -> Catalogue:
    """The catalogue after an answer to a sentence of papers; one that was settled before may be worded anew."""
    if verdict.answer is Answer.DROP:
        raise Refusal("form-needs-words", "文书里的这一句不能不要，只能换一种说法。", "请改写，或者同意。")
    papers = {}
    for paper in verdict.items or tuple(catalogue.form_sentences):
        held = catalogue.form_sentences.get(paper, ())
        made = tuple(_sentence_of_paper(each, verdict) for each in held)
        if made != held:
            papers[paper] = made
    if not papers:
        raise _gone(verdict)
    return replace(catalogue, form_sentences={**catalogue.form_sentences, **papers})


def _sentence_of_paper(held: FormSentence, verdict: Verdict) -> FormSentence:
    if form_statement(held) != verdict.statement:
        return held
    words = _said(verdict) if verdict.answer is Answer.CHANGE else held.printed
    return reworded(held, words, verdict.source)


def replace_items(catalogue: Catalogue, changed: dict[str, tuple[ServiceItem, ...]]) -> Catalogue:
    """The catalogue with other texts of these items; whatever else it holds stays as it is."""
    return replace(catalogue, items={**catalogue.items, **changed})


def _answered(text: ServiceItem, verdict: Verdict) -> ServiceItem:
    """The text after the answer; the same object where the sentence does not stand in it."""
    while place := next((each for each in open_places(text) if each.statement == verdict.statement), None):
        text = _at_place(text, place, verdict)
    return text


def _at_place(text: ServiceItem, place: Place, verdict: Verdict) -> ServiceItem:
    held = getattr(text, place.field)
    if isinstance(held, str):
        return _with(text, place.field, _sentence(verdict))
    if isinstance(held, Limit):
        if verdict.answer is Answer.DROP:
            raise Refusal("limit-needed", "每个事项都要有承诺时限，不能不要。", "请改成本中心承诺的期限。")
        return replace(text, promised=_limit(held, verdict))
    if verdict.answer is Answer.DROP:
        return _with(text, place.field, held[: place.index] + held[place.index + 1 :])
    made = _CHANGES[verdict.statement.part](held[place.index], verdict)
    return _with(text, place.field, (*held[: place.index], made, *held[place.index + 1 :]))


def _with(text: ServiceItem, field: str, value: Any) -> ServiceItem:
    """The text with another value of one field, whose name a place gives."""
    changes = {field: value}
    return replace(text, **changes)


def _sentence(verdict: Verdict) -> str:
    """A sentence that has no source of its own but the mark within its words."""
    match verdict.answer:
        case Answer.AGREE:
            return verdict.statement.words.replace(TO_CONFIRM, "")
        case Answer.CHANGE:
            return _said(verdict)
        case _:
            return ""


def _worded(held: Worded, verdict: Verdict) -> Worded:
    """A condition or a note."""
    if verdict.answer is Answer.AGREE:
        return replace(held, source=verdict.source)
    return replace(held, source=verdict.source, text=_said(verdict))


def _never_ask(held: NeverAsk, verdict: Verdict) -> NeverAsk:
    if verdict.answer is Answer.AGREE:
        return replace(held, source=verdict.source)
    name, mark, why = _said(verdict).partition("。")
    if not (name and mark and why):
        raise _unreadable(verdict, "单身证明。民政部门自2015年起不再出具")
    return replace(held, source=verdict.source, name=name, why=why)


def _limit(held: Limit, verdict: Verdict) -> Limit:
    if verdict.answer is Answer.AGREE:
        return replace(held, source=verdict.source)
    return replace(read_limit(held, _said(verdict), verdict), source=verdict.source)


_LIMIT = re.compile(r"自(?P<start>.+?之日)起 ?(?P<n>\d{1,3}) ?(?P<unit>个工作日|日)(?:内(?P<act>.+))?")


def read_limit(held: Limit, words: str, verdict: Verdict) -> Limit:
    """A limit as `limit_in_words` writes it."""
    if words in (AT_ONCE, "当场", "当天"):
        return replace(held, n=0, unit="workday")
    found = _LIMIT.fullmatch(words)
    starts = {said: code for code, said in STARTS.items()}
    if found is None or found["start"] not in starts or not int(found["n"]):
        raise _unreadable(verdict, "自材料补齐之日起 3 个工作日")
    unit = "workday" if found["unit"] == "个工作日" else "day"
    return replace(held, n=int(found["n"]), unit=unit, start=starts[found["start"]], act=found["act"] or "办结")


def _need(rule: MaterialRule, verdict: Verdict) -> MaterialRule:
    if verdict.answer is Answer.CHANGE:
        raise edit_in_item()
    return settled(replace(rule, need=verdict.source))


def edit_in_item() -> Refusal:
    """Why when a material is asked for is not changed as a sentence."""
    return Refusal("edit-in-item", "什么情况下要这份材料，在事项里改。", "按回车打开事项，改这一行的条件。")


def _wording(rule: MaterialRule, verdict: Verdict) -> MaterialRule:
    material = rule.material
    if verdict.answer is Answer.CHANGE:
        material = read_wording(material, _said(verdict), verdict)
    return settled(replace(rule, material=material, wording=verdict.source))


def settled(rule: MaterialRule) -> MaterialRule:
    """The rule; with both answers there, its material is the centre's own."""
    if rule.need is None or rule.wording is None:
        return rule
    return MaterialRule(replace(rule.material, source=rule.wording), rule.when)


_COUNTS = re.compile(r"(?:原件(?P<originals>\d{1,2}))? ?(?:复印件(?P<copies>\d{1,2}))?")


def read_wording(material: Material, words: str, verdict: Verdict) -> Material:
    """A material as `wording_of` writes it. What of it stays in the file goes with the counts."""
    head, _, requirement = words.partition("。")
    name, *facts = (part.strip() for part in head.split("，"))
    submits: dict[str, Submit] = {said: submit for submit, said in SUBMITTED.items()}
    changes: dict[str, Any] = {"name": name, "issuer": "", "requirement": requirement}
    for fact in facts:
        counts = _COUNTS.fullmatch(fact)
        if fact in submits:
            changes["submit"] = submits[fact]
        elif fact.endswith("出具") and fact != "出具":
            changes["issuer"] = fact.removesuffix("出具")
        elif fact and counts:
            changes |= {key: int(number or 0) for key, number in counts.groupdict().items()}
        else:
            raise _unreadable(verdict, "结婚证，原件1 复印件1，民政部门出具，须提供。姓名与身份证件一致")
    if not name or "submit" not in changes:
        raise _unreadable(verdict, "结婚证，原件1，民政部门出具，须出示。姓名与身份证件一致")
    return kept(replace(material, **changes), material)


def kept(made: Material, before: Material) -> Material:
    """Copies are all kept where all were kept before, and never more than are brought."""
    copies = made.copies if before.keep_copies == before.copies else min(before.keep_copies, made.copies)
    return replace(made, keep_copies=copies, keep_originals=min(before.keep_originals, made.originals))


def _said(verdict: Verdict) -> str:
    said = verdict.words.strip().replace(TO_CONFIRM, "")
    if not said:
        raise Refusal("words-missing", "没有写改成什么。", "请写出改后的一整句；不要这一句的，选“不要”。")
    return said


def _unreadable(verdict: Verdict, example: str) -> Refusal:
    return Refusal(
        "statement-unreadable", f"“{verdict.words}”不像一句{verdict.statement.part.label}。", f"请写成：{example}"
    )


_CHANGES: dict[Part, Callable[..., object]] = {
    Part.CONDITION: _worded, Part.NOTE: _worded, Part.STATUTORY: _limit, Part.NEVER_ASK: _never_ask,
    Part.WORDING: _wording, Part.NEED: _need,
}  # fmt: skip
