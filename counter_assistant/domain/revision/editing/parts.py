"""审批环节、办理方式、资格要求、说明、不得要求、政策依据：一行一行地改."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from counter_assistant.domain.catalogue.checks.sources import article_fault
from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.items import EligibilityCondition, Handling, Note, ServiceItem, Step
from counter_assistant.domain.catalogue.materials import NeverAsk
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef, Statute
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.rows import with_new_row, with_row
from counter_assistant.domain.revision.editing.wording import Letters, made_code, said, unstopped


def with_step(item: ServiceItem, index: int | None, step: Step) -> ServiceItem:
    """Another step in the place of one; a new one before the end of the list where `index` is None.

    Raises:
        Refusal: `words-missing`, `nobody-responsible` (守则 一(五)2⑶), `step-repeated`.
    """
    made = Step(said(step.name, "环节的名称"), step.department.strip(), step.post)
    if not made.department and not made.post:
        raise Refusal("nobody-responsible", f"“{made.name}”没有写由哪个部门或者岗位负责。", "请写明部门，或者选岗位。")
    if any(other.name == made.name for i, other in enumerate(item.steps) if i != index):
        raise Refusal("step-repeated", f"已经有一个环节叫“{made.name}”。", "请换一个名称。")
    return with_new_row(item, "steps", made) if index is None else with_row(item, "steps", index, made)


def with_handling(item: ServiceItem, index: int, handling: Handling) -> ServiceItem:
    """Another handling in a row, whose condition stays."""
    return with_row(item, "handling", index, (item.handling[index][0], handling))


def with_new_handling(item: ServiceItem, when: Condition, handling: Handling) -> ServiceItem:
    """A row for some situations, before the last one, which holds in all others.

    Raises:
        Refusal: `condition-missing` (only the last row goes without).
    """
    if isinstance(when, Always):
        raise Refusal("condition-missing", "没有写什么情形下这样办。", "请写出条件；其他情形按最后一行办。")
    return with_new_row(item, "handling", (when, handling), len(item.handling) - 1)


def with_condition(
    item: ServiceItem,
    index: int,
    source: Source,
    *,
    text: str | None = None,
    broken_text: str | None = None,
    next_step: str | None = None,
) -> ServiceItem:
    """A requirement in other words; what is None stays.

    Raises:
        Refusal: `words-missing`, `words-too-long`.
    """
    before = item.conditions[index]
    made = replace(
        before,
        text=before.text if text is None else unstopped(said(text, "资格要求")),
        broken_text=before.broken_text if broken_text is None else _broken(broken_text, before),
        next_step=before.next_step if next_step is None else said(next_step, "可以怎么办", needed=False),
    )
    return item if made == before else with_row(item, "conditions", index, replace(made, source=source))


def _broken(words: str, condition: EligibilityCondition) -> str:
    return unstopped(said(words, "不符合时的说法", needed=condition.broken_when is not None))


def with_new_condition(item: ServiceItem, text: str, source: Source, letters: Letters) -> ServiceItem:
    """One requirement more, which no answer breaks yet.

    Raises:
        Refusal: `words-missing`, `words-too-long`.
    """
    words = unstopped(said(text, "资格要求"))
    code = made_code(words[:6], letters, [condition.id for condition in item.conditions])
    return with_new_row(item, "conditions", EligibilityCondition(code, words, source))


def with_note(item: ServiceItem, index: int | None, text: str, source: Source) -> ServiceItem:
    """A note in other words, or a new one where `index` is None.

    Raises:
        Refusal: `words-missing`, `words-too-long`.
    """
    words = unstopped(said(text, "说明"))
    if index is None:
        return with_new_row(item, "notes", Note(words, source))
    before = item.notes[index]
    return item if before.text == words else with_row(item, "notes", index, replace(before, text=words, source=source))


def with_never_ask(
    item: ServiceItem, index: int, source: Source, *, name: str | None = None, why: str | None = None
) -> ServiceItem:
    """What must not be asked for, called otherwise or for another reason; what is None stays.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `asked-and-forbidden`.
    """
    before = item.never_ask[index]
    made = replace(
        before,
        name=before.name if name is None else said(name, "不得要求的材料"),
        why=before.why if why is None else said(why, "不得要求的理由"),
    )
    if made == before:
        return item
    _refuse_asked(item, made)
    return with_row(item, "never_ask", index, replace(made, source=source))


def with_new_never_ask(
    item: ServiceItem, name: str, why: str, source: Source, letters: Letters, taken: Collection[str] = ()
) -> ServiceItem:
    """One material more that must not be asked for.

    Raises:
        Refusal: `words-missing`, `words-too-long`, `asked-and-forbidden`.
    """
    words = said(name, "不得要求的材料")
    code = made_code(words, letters, [*taken, *(entry.id for entry in item.never_ask)])
    return with_known_never_ask(item, NeverAsk(code, words, said(why, "不得要求的理由"), source))


def with_known_never_ask(item: ServiceItem, entry: NeverAsk) -> ServiceItem:
    """What other items must not ask for is not asked for here either.

    Raises:
        Refusal: `known-already`, `asked-and-forbidden`.
    """
    if any(other.id == entry.id for other in item.never_ask):
        raise Refusal("known-already", f"“{entry.name}”已经在不得要求之列。", "不用再加。")
    _refuse_asked(item, entry)
    return with_new_row(item, "never_ask", entry)


def _refuse_asked(item: ServiceItem, entry: NeverAsk) -> None:
    if any(entry.name == rule.material.name or entry.id == rule.material.id for rule in item.materials):
        raise Refusal(
            "asked-and-forbidden", f"本事项要求提供“{entry.name}”，不能又写明不得要求。", "请先去掉那一行材料。"
        )


def with_article(item: ServiceItem, index: int | None, ref: ArticleRef, statutes: Mapping[str, Statute]) -> ServiceItem:
    """Another article in the place of one of the basis, or one more where `index` is None.

    Raises:
        Refusal: `unknown-article`, `known-already`.
    """
    refuse_unknown(ref, statutes)
    if ref in item.basis and (index is None or item.basis[index] != ref):
        raise Refusal("known-already", f"政策依据里已经有《{ref.statute}》{ref.in_words()}。", "不用再加。")
    return with_new_row(item, "basis", ref) if index is None else with_row(item, "basis", index, ref)


def refuse_unknown(ref: ArticleRef, statutes: Mapping[str, Statute]) -> None:
    """Checks that an article is one of a statute that is kept here.

    Raises:
        Refusal: `unknown-article`.
    """
    if fault := article_fault(ref, statutes):
        raise Refusal("unknown-article", f"{fault}。", "请从收录的条文里选。")


def with_broken_when(item: ServiceItem, index: int, when: Condition, broken_text: str, source: Source) -> ServiceItem:
    """A requirement that answers can break, and what is then said; with `Always` none breaks it, and nothing is said.

    Raises:
        Refusal: `words-missing` (what is the case with the applicant is not said).
    """
    before = item.conditions[index]
    none = isinstance(when, Always)
    words = "" if none else unstopped(said(broken_text, "不符合时的说法"))
    made = replace(before, broken_when=None if none else when, broken_text=words)
    made = replace(made, next_step="") if none else made
    return item if made == before else with_row(item, "conditions", index, replace(made, source=source))
