"""改动管到哪里：一个事项的两个文本，在哪些情形下告知得不一样.

A situation is one way to answer the questions of the new text, and those that only the old one asks. All of them are gone
through, up to the number that the check of the catalogue goes through (domain/catalogue/checks/enumeration.py), above that
its sample. Compared is what an applicant is told in the situation: lines, notes, broken conditions, handling and limits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from counter_assistant.domain.assessment.situation import Situation, condition_phrase
from counter_assistant.domain.catalogue.checks.check import check_in_slices
from counter_assistant.domain.catalogue.checks.enumeration import (
    Settled,
    answerings,
    complete_answerings,
    given,
    situations,
)
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, AnyOf, truth
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.materials import Material
from counter_assistant.domain.catalogue.questions import AskedQuestion
from counter_assistant.domain.catalogue.variants import needs
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.revision.differences import HANDLED, Difference, Happened, Said
from counter_assistant.domain.revision.statements import limit_in_words, newest_or_none, wording_of
from counter_assistant.domain.revision.stoppable import Reached, Stoppable, share_of

MOST_LINES = 10
SITUATION = "情形"
"""The part of a telling that says what is asked."""
_AT_ONCE = 25
"""After how many situations it is said how far the comparison is: a few milliseconds, so that a window can go on meanwhile."""

Told = dict[tuple[str, str], str]
"""What is told in one situation: section and what it is about, and the words."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is told otherwise: in how many situations, and in which, for example; `answers` lead to that one."""

    difference: Difference
    situations: int
    example: str
    answers: Mapping[str, str] = field(default_factory=dict)

    def in_words(self) -> str:
        """材料：新增“授权委托书…”（24 种情形，如：配偶代办；已婚）."""
        return f"{self.difference.in_words()}（{self.situations} 种情形，如：{self.example}）"


@dataclass(frozen=True, slots=True)
class ItemEffect:
    """What a change of an item does.

    `all` situations were gone through with every question answered, `changed` of them are told otherwise; `complete` says
    whether these are all that there are. `open` and `open_changed` count the same while an answer is unknown. `changes` come
    from the former, or where nothing changes there from the latter, the most frequent first. `faults` are those that the
    check of the catalogue finds in the new text.
    """

    item: str
    name: str
    happened: Happened
    all: int = 0
    changed: int = 0
    complete: bool = True
    open: int = 0
    open_changed: int = 0
    changes: tuple[Changed, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def summary(self) -> str:
        """96 种情形里 24 种的清单变了."""
        if self.happened is not Happened.CHANGED:
            return {Happened.NEW: f"新增的事项，有 {self.all} 种情形", Happened.RETIRED: "以后不再办理"}[self.happened]
        of = f"{self.all} 种情形里" if self.complete else f"情形太多，抽查的 {self.all} 种里"
        if self.changed:
            return f"{of} {self.changed} 种的清单变了"
        if self.open_changed:
            return f"{of}清单都不变；回答还没有定时，{self.open} 种里 {self.open_changed} 种的说法变了"
        return f"{of}清单都不变"

    def in_lines(self) -> list[str]:
        """The changes, the most frequent first, at most ten lines; the last says how many are left out."""
        lines = [change.in_words() for change in self.changes]
        if len(lines) <= MOST_LINES:
            return lines
        return [*lines[: MOST_LINES - 1], f"另有 {len(lines) - MOST_LINES + 1} 处"]


def effects(before: Catalogue, after: Catalogue) -> Stoppable[tuple[ItemEffect, ...]]:
    """What differs for applicants between the newest texts of two catalogues, item by item."""
    pairs = [(newest_or_none(before, id_), newest_or_none(after, id_)) for id_ in sorted({*before.items, *after.items})]
    differing = [(old, new) for old, new in pairs if old != new]
    found = []
    for i, (old, new) in enumerate(differing):
        found.append((yield from share_of(item_effect(old, new, after), i, len(differing))))
    return tuple(found)


def item_effect(old: ServiceItem | None, new: ServiceItem | None, catalogue: Catalogue) -> Stoppable[ItemEffect]:
    """What differs for applicants between two texts of one item, of which `catalogue` holds the new one.

    One of them is None where the item is new, or is not handled any more.
    """
    if new is None:
        assert old is not None
        return ItemEffect(old.id, old.name, Happened.RETIRED)
    yield Reached(0, 1)
    faults = yield from faults_of(new, catalogue)
    if old is None:
        every = complete_answerings(new, _asked(new))
        return ItemEffect(new.id, new.name, Happened.NEW, all=len(every), faults=faults)
    both = _asking_both(old, new)
    answered = complete_answerings(both, _asked(both))
    open_ = [settled for settled in situations(both) if None in settled.values()]
    certain, unsure = _Compared(old, new), _Compared(old, new)
    for done, settled in enumerate((*answered, *open_)):
        if not done % _AT_ONCE:
            yield Reached(done, len(answered) + len(open_))
        (certain if done < len(answered) else unsure).take(settled)
    return ItemEffect(
        new.id, new.name, Happened.CHANGED, len(answered), certain.changed, answerings(both, unknown=False) is not None,
        len(open_), unsure.changed, (certain if certain.changed else unsure).found(), faults,
    )  # fmt: skip


def faults_of(text: ServiceItem, catalogue: Catalogue) -> Stoppable[tuple[Fault, ...]]:
    """What the check of the catalogue finds in a text."""
    found = []
    for fault in check_in_slices(text, catalogue):
        yield Reached(0, 1)
        found += [fault] if fault else []
    return tuple(found)


class Telling:
    """What a text tells in its situations."""

    def __init__(self, text: ServiceItem) -> None:
        self.text = text
        self._words = {id(rule.material): wording_of(rule.material) for rule in text.materials}

    def of(self, answers: Mapping[str, str]) -> Told:
        """What is told with these answers; one that the text does not know counts as not given."""
        return self._tell(self.text.settle(self.text.known_answers(answers)))

    def _tell(self, settled: Settled) -> Told:
        text, handling = self.text, self.text.handling_for(settled)
        told = {
            (SITUATION, asked.id): asked.question.topic for asked in text.questions if settled[asked.id] != NOT_ASKED
        }
        told["办理方式", ""] = HANDLED[handling]
        told["承诺时限", ""] = limit_in_words(text.promised_for(handling))
        ruled_out = [limit for limit in text.statutory if truth(limit.when, settled) is False]
        told |= {("法定时限", limit.by): _statutory(limit) for limit in text.statutory if limit not in ruled_out}
        told |= {("说明", note.text): note.text for note in text.notes_for(settled)}
        for condition in text.conditions:
            if condition.is_broken(settled):
                follows = "不符合" if condition.refuses else "请核实"
                told["资格要求", condition.id] = f"{condition.broken_text}，{follows}"
        return told | self._materials(settled)

    def _materials(self, settled: Settled) -> Told:
        found = needs(self.text, settled)
        needed = [material for each in found.needed for material in (each.material, *each.serves)]
        told = {("材料", material.id): self._said(material) for material in needed}
        for open_ in found.open:
            words = f"如{condition_phrase(self.text, open_.still)}，另需{self._said(open_.material)}"
            before = told.get(("材料", open_.material.id))
            told["材料", open_.material.id] = f"{before}；{words}" if before else words
        return told

    def _said(self, material: Material) -> str:
        return self._words.get(id(material)) or wording_of(material)


class _Compared:
    """Two texts compared in one situation after the other."""

    def __init__(self, old: ServiceItem, new: ServiceItem) -> None:
        self._old, self._new = Telling(old), Telling(new)
        self._times: Counter[Difference] = Counter()
        self._examples: dict[Difference, Settled] = {}
        self.changed = 0

    def take(self, settled: Settled) -> None:
        """Compares what the texts tell in one situation more."""
        answers = given(settled)
        differing = otherwise(self._old.of(answers), self._new.of(answers))
        self.changed += tells_otherwise(differing)
        for difference in differing:
            self._times[difference] += 1
            self._examples.setdefault(difference, settled)

    def found(self) -> tuple[Changed, ...]:
        """Everything that differs, the most frequent first."""
        return tuple(
            Changed(difference, times, self._in_words(example := self._examples[difference]), given(example))
            for difference, times in self._times.most_common()
        )

    def _in_words(self, settled: Settled) -> str:
        text = self._new.text
        return Situation.of(text, text.known_answers(given(settled))).in_words()


def tells_otherwise(differing: Iterable[Difference]) -> bool:
    """Whether somebody is told something else; that one question more or less is asked is nothing that anybody must do."""
    return any(difference.section != SITUATION for difference in differing)


def otherwise(before: Told, after: Told) -> list[Difference]:
    """What is told differently, in the order of the new telling; what is not told any more comes last."""
    if before == after:
        return []
    places = dict.fromkeys((*after, *before))
    pairs = ((place[0], before.get(place, ""), after.get(place, "")) for place in places)
    return [Difference(section, Said(was), Said(is_)) for section, was, is_ in pairs if was != is_]


def _asked(item: ServiceItem) -> list[str]:
    return [asked.id for asked in item.questions]


def _statutory(limit: Limit) -> str:
    return f"{limit.by}{limit_in_words(limit)}"


def _asking_both(old: ServiceItem, new: ServiceItem) -> ServiceItem:
    """The new text, asking besides what only the old one asks, so that a question that is given up is gone through, too."""
    shared = [_asked_by_both(asked, old.asked(asked.id)) for asked in new.questions]
    only_old = [asked for asked in old.questions if new.asked(asked.id) is None]
    return replace(new, questions=(*shared, *only_old), materials=(*new.materials, *old.materials))


def _asked_by_both(asked: AskedQuestion, before: AskedQuestion | None) -> AskedQuestion:
    if before is None or before.when == asked.when:
        return asked
    return replace(asked, when=AnyOf((asked.when, before.when)))
