"""待核定的一句一句：哪几句话既不出自法规，也不出自守则，各用在哪些事项.

A sentence that serves several items is confirmed once. Of an item only its newest text is looked at: what was in force before
is told to nobody any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from counter_assistant.domain.assessment.material_lines import SUBMITTED
from counter_assistant.domain.assessment.situation import condition_phrase
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.materials import NOTHING_BROUGHT, Material
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source

REDRESS = ("remedy", "redress", "refusal")
SHIPPED = "随程序来的"
"""Where a sentence of a paper was taken from, before the centre says anything to it."""


class Part(StrEnum):
    """The part of an item that a statement belongs to, in the order in which they are reviewed."""

    BASIS = "basis"
    CONDITION = "condition"
    NOTE = "note"
    STATUTORY = "statutory"
    PROMISED = "promised"
    NEVER_ASK = "never_ask"
    REDRESS = "redress"
    WORDING = "wording"
    NEED = "need"
    FORM = "form"

    @property
    def label(self) -> str:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Part.BASIS: "政策依据", Part.CONDITION: "资格要求", Part.NOTE: "说明", Part.STATUTORY: "法定时限",
    Part.PROMISED: "承诺时限", Part.NEVER_ASK: "不得要求", Part.REDRESS: "救济途径", Part.WORDING: "填报要求",
    Part.NEED: "材料", Part.FORM: "文书用语",
}  # fmt: skip

SUBJECT = {Part.NEED: "要不要", Part.WORDING: "怎么交"}
"""What of a material is asked, before its sentence."""

_ORDER = {part: place for place, part in enumerate(Part)}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence: the part that it belongs to, its words, and the code of the thing that it is said of.

    The code tells materials of the same words apart; it is empty where the words alone are the sentence.
    """

    part: Part
    words: str
    of: str = ""

    @property
    def id(self) -> str:
        """Its name in a sheet: it changes with the words, so that an answer to other words is never taken for this one's."""
        return sha256(f"{self.part}\0{self.of}\0{self.words}".encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands in a text: the field of `ServiceItem` and, of several, which; and where it comes from."""

    statement: Statement
    field: str
    index: int
    source: Source | None


@dataclass(frozen=True, slots=True)
class OpenStatement:
    """A statement that is still to be confirmed, with the items that it serves, and where it was taken from."""

    statement: Statement
    items: tuple[str, ...]
    origins: tuple[str, ...]


def open_statements(catalogue: Catalogue) -> list[OpenStatement]:
    """Everything that is still to be confirmed, each sentence once: part by part, in the order of the items."""
    return OpenStatements().of(catalogue)


class OpenStatements:
    """Reads what is still to be confirmed, again and again, while a catalogue is changed an item at a time.

    A text that is the same object as before is not read again.
    """

    def __init__(self) -> None:
        self._read: dict[str, tuple[ServiceItem, tuple[tuple[Statement, str], ...]]] = {}

    def of(self, catalogue: Catalogue) -> list[OpenStatement]:
        """What is to be confirmed in a catalogue, each sentence once: part by part, in the order of the items."""
        found: dict[Statement, list[tuple[str, str]]] = {}
        for item_id in sorted(catalogue.items):
            for statement, came_from in self._in(newest(catalogue, item_id)):
                found.setdefault(statement, []).append((item_id, came_from))
        for paper, sentences in catalogue.form_sentences.items():
            for each in sentences:
                if each.source.to_confirm:
                    found.setdefault(form_statement(each), []).append((paper, SHIPPED))
        in_order = sorted(found.items(), key=lambda pair: _ORDER[pair[0].part])
        return [
            OpenStatement(
                statement, tuple(dict.fromkeys(item for item, _ in used)), tuple(dict.fromkeys(o for _, o in used))
            )
            for statement, used in in_order
        ]

    def _in(self, text: ServiceItem) -> tuple[tuple[Statement, str], ...]:
        known = self._read.get(text.id)
        if known is None or known[0] is not text:
            known = (text, tuple((place.statement, origin(place.source)) for place in open_places(text)))
            self._read[text.id] = known
        return known[1]


def form_statement(sentence: FormSentence) -> Statement:
    """A sentence of a paper as a statement, which serves papers in place of items."""
    return Statement(Part.FORM, sentence.printed)


def papers_saying(catalogue: Catalogue, statement: Statement) -> tuple[str, ...]:
    """The papers that print a sentence, settled or not; none of any other statement."""
    if statement.part is not Part.FORM:
        return ()
    held = catalogue.form_sentences.items()
    return tuple(paper for paper, each in held if any(one.printed == statement.words for one in each))


def newest(catalogue: Catalogue, item_id: str) -> ServiceItem:
    """The text of an item that was made last: the one that a revision changes."""
    return max(catalogue.items[item_id], key=lambda text: text.effective_from)


def newest_or_none(catalogue: Catalogue, item_id: str) -> ServiceItem | None:
    """The text of an item that was made last; None where the catalogue has no such item."""
    return newest(catalogue, item_id) if item_id in catalogue.items else None


def open_places(item: ServiceItem) -> Iterator[Place]:
    """The places of a text that neither a statute nor a clause nor the centre carries."""
    for place in places(item):
        if place.source.to_confirm if place.source else TO_CONFIRM in place.statement.words:
            yield place


def places(item: ServiceItem) -> Iterator[Place]:
    """Every statement of a text that has a source, or may be marked 待核定, in the order of the parts of the text."""
    if item.basis_note:
        yield Place(Statement(Part.BASIS, item.basis_note), "basis_note", 0, None)
    for i, condition in enumerate(item.conditions):
        yield Place(Statement(Part.CONDITION, condition.text), "conditions", i, condition.source)
    for i, note in enumerate(item.notes):
        yield Place(Statement(Part.NOTE, note.text), "notes", i, note.source)
    for i, limit in enumerate(item.statutory):
        yield Place(Statement(Part.STATUTORY, limit_in_words(limit)), "statutory", i, limit.source)
    yield Place(Statement(Part.PROMISED, limit_in_words(item.promised)), "promised", 0, item.promised.source)
    for i, entry in enumerate(item.never_ask):
        yield Place(Statement(Part.NEVER_ASK, f"{entry.name}。{entry.why}"), "never_ask", i, entry.source)
    for key in REDRESS:
        yield Place(Statement(Part.REDRESS, getattr(item, key)), key, 0, None)
    for i, rule in enumerate(item.materials):
        material, source = rule.material, rule.material.source
        wording = Statement(Part.WORDING, wording_of(material), material.id)
        yield Place(wording, "materials", i, rule.wording or source)
        when = condition_phrase(item, rule.when)
        need = Statement(Part.NEED, f"{material.name}{f'，如{when}' if when else ''}", material.id)
        yield Place(need, "materials", i, rule.need or source)


AT_ONCE = "当场或者当天"
"""A limit of no day, in words."""
STARTS = {"acceptance": "受理之日", "complete": "材料补齐之日", "receipt": "收到申请之日", "filing": "立案之日"}


def limit_in_words(limit: Limit) -> str:
    """自材料补齐之日起 1 个工作日; 当场或者当天 for none."""
    start = STARTS[limit.start]
    length = f"{limit.n} 个工作日" if limit.unit == "workday" else f"{limit.n} 日"
    act = "" if limit.act == "办结" else f"内{limit.act}"
    return f"自{start}起 {length}{act}" if limit.n else AT_ONCE


def wording_of(material: Material) -> str:
    """结婚证，原件1，民政部门出具，须出示。姓名与身份证件一致."""
    facts = [
        material.name,
        material.counts,
        f"{material.issuer}出具" if material.issuer else "",
        SUBMITTED[material.submit],
    ]
    told = "，".join(fact for fact in facts if fact and fact != NOTHING_BROUGHT)
    return f"{told}。{material.requirement}" if material.requirement else told


def origin(source: Source | None) -> str:
    """参照上海 2023 年指南; where no city is at hand none is named."""
    if source is None:
        return "—"
    year = f" {source.year} 年" if source.year else ""
    words = f"参照{source.city}{year}指南" if source.kind == "guide" and source.city else "推定"
    return f"{words}：{source.note}" if source.note else words
