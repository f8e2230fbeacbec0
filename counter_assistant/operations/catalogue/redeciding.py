"""把办过的一件事再告知一遍：按另一份目录、另一天的法规，会告知得有什么不一样，出自哪一条."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.decision import Circumstances, Eligibility, Outcome, Rule, decide
from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.assessment.five_parts import write_notice
from counter_assistant.domain.assessment.situation import Situation, condition_phrase
from counter_assistant.domain.catalogue.approval import ApprovedCatalogue
from counter_assistant.domain.catalogue.conditions import Always, AnyOf
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.limits import own_limit
from counter_assistant.domain.catalogue.materials import MaterialRule
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source
from counter_assistant.domain.catalogue.statutes import cite, joined_articles
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.notification.differences import PARTS, PROMISED
from counter_assistant.domain.notification.told_content import ToldContent, told_by, told_in
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.revision.differences import Difference, Said, source_in_words
from counter_assistant.operations.intake.matter import broken_conditions
from counter_assistant.storage.views.acts import Act

NO_TEXT = "没有文本"
DECISION = "办理决定"
_UNSETTLED = (Rule.DIRECT_INCOMPLETE, Rule.INCOMPLETE)
"""The rules under which nothing was accepted yet, so that the law is that of the day of the act."""


class Otherwise(NamedTuple):
    """One thing that would have been told otherwise: what, under which condition, and after which article or clause."""

    difference: Difference
    when: str
    article: str


class _Key(NamedTuple):
    """What a telling follows from: the item, the answers, and which texts and statutes are in force."""

    item: str
    answers: frozenset[tuple[str, str]]
    law: int


@dataclass(frozen=True, slots=True)
class _Again:
    """What is told now to one situation."""

    text: ServiceItem
    situation: Situation
    day: date


class Redeciding:
    """Tells and decides past matters anew. Whatever has the same item, answers and law is worked out once.

    `on` is the day whose law and texts are taken; None is that of each matter. Whether the centre looks a material up itself
    is as it was told then.
    """

    def __init__(self, catalogue: ApprovedCatalogue, profile: OfficeProfile, on: date | None = None) -> None:
        self._catalogue, self._profile, self._on = catalogue, profile, on
        versions = [version for statute in catalogue.statutes.values() for version in statute.versions]
        self._starts = sorted({version.effective_from for version in versions})
        self._item_starts: dict[str, list[date]] = {}
        self._again: dict[_Key, _Again | None] = {}
        self._compared: dict[tuple[_Key, str], tuple[Otherwise, ...]] = {}
        self._decided: dict[tuple[object, ...], Outcome] = {}

    def otherwise(self, act: Act) -> tuple[Otherwise, ...]:
        """What would have been told otherwise to the applicant of an act whose details were kept."""
        facts, day = act.facts, self._day(act)
        key = _Key(facts.item, frozenset(facts.answers.items()), self._law(facts.item, day))
        if key not in self._again:
            self._again[key] = self._told_again(facts, day)
        again = self._again[key]
        if again is None:
            return (Otherwise(Difference("事项", Said(facts.item_name), Said(NO_TEXT)), "", ""),)
        if (key, act.told) not in self._compared:
            then = told_in(act.everything)
            assert then is not None
            self._compared[key, act.told] = tuple(self._differing(then, again))
        decided = self._decided_otherwise(facts, key, again)
        return (*self._compared[key, act.told], *([decided] if decided else []))

    def _day(self, act: Act) -> date:
        if self._on:
            return self._on
        return act.time.date() if act.facts.rule in _UNSETTLED else act.facts.day

    def _law(self, item: str, day: date) -> int:
        """Which texts and versions are in force on a day, as a number."""
        if item not in self._item_starts:
            texts = self._catalogue.items.get(item, ())
            days = {text.effective_from for text in texts}
            days |= {date.fromordinal(text.effective_to.toordinal() + 1) for text in texts if text.effective_to}
            approvals = [self._catalogue.approvals.latest_of(text) for text in texts]
            days |= {approval.since for approval in approvals if approval}
            self._item_starts[item] = sorted(days.union(self._starts))
        return bisect_right(self._item_starts[item], day)

    def _told_again(self, facts: Facts, day: date) -> _Again | None:
        text = self._catalogue.item(facts.item, day)
        if text is None:
            return None
        return _Again(text, Situation.of(text, text.known_answers(facts.answers)), day)

    def _differing(self, then: ToldContent, again: _Again) -> Iterator[Otherwise]:
        now = self._content(again, self._shared(then))
        yield from self._materials(then, now, again)
        for id_, name in PARTS.items():
            before, after = (_plain(getattr(told, id_)) for told in (then, now))
            if before != after:
                yield Otherwise(Difference(name, Said(before), Said(after)), "", self._article_of_part(id_, again))

    def _shared(self, then: ToldContent) -> frozenset[str]:
        looked_up = {id_ for id_, material in then.materials.items() if material.submit == "exempt"}
        return frozenset(self._profile.shared_materials) & looked_up

    def _content(self, again: _Again, shared: frozenset[str]) -> ToldContent:
        text, situation, catalogue = again.text, again.situation, self._catalogue
        checklist = build_checklist(situation, shared=shared)
        promised = text.promised_for(text.handling_for(situation.settled))
        notice = write_notice(text, checklist, promised, catalogue, self._profile, again.day, situation.settled)
        return told_by(
            notice, again.day, item=text.id, catalogue=catalogue.version, clerk="", answers=situation.given
        )  # fmt: skip

    def _materials(self, then: ToldContent, now: ToldContent, again: _Again) -> Iterator[Otherwise]:
        for id_ in dict.fromkeys((*now.materials, *then.materials)):
            before, after = _said(then, id_), _said(now, id_)
            both_open = id_ in then.maybe and id_ in now.maybe and id_ not in {**then.required, **now.required}
            if before != after and not (both_open and then.as_told_by(now, id_)):
                yield Otherwise(Difference("材料", Said(before), Said(after)), *self._rule_of(id_, then, again))

    def _rule_of(self, material: str, then: ToldContent, again: _Again) -> tuple[str, str]:
        """The condition under which the text asks for a material, and the article: its own, else that of the whole item.

        Of one that it does not ask for any more, those of the text that did.
        """
        text, rules = again.text, _rules(again.text, material)
        earlier = None if rules else self._catalogue.item(then.item, then.day)
        if earlier:
            text, rules = earlier, _rules(earlier, material)
        whens = [rule.when for rule in rules if not isinstance(rule.when, Always)]
        when = condition_phrase(text, AnyOf(tuple(whens))) if whens else ""
        return f"如{when}" if when else "", self._article([rule.material.source for rule in rules], again)

    def _article_of_part(self, part: str, again: _Again) -> str:
        limits = self._catalogue.statutory_on(again.text, again.day, again.situation.settled)
        if part == PROMISED:
            return self._article(
                [again.text.promised_for(again.text.handling_for(again.situation.settled)).source], again
            )
        own = own_limit(limits) if part == "statutory" else None
        return self._article([own.source] if own else [], again)

    def _article(self, sources: list[Source], again: _Again) -> str:
        statutes = self._catalogue.statutes
        carried = dict.fromkeys(
            cite((source.article,), statutes) if source.article else source_in_words(source)
            for source in sources
            if not source.to_confirm
        )
        return (
            listed(carried, "；")
            or cite(self._catalogue.basis_on(again.text, again.day), statutes)
            or again.text.basis_note
        )

    def _decided_otherwise(self, facts: Facts, key: _Key, again: _Again) -> Otherwise | None:
        if facts.rule is None:
            return None
        about = (
            facts.purpose, facts.duty, facts.clarity, facts.hold, facts.eligible, facts.on_the_spot, facts.received,
            frozenset(facts.defects.items()),
        )  # fmt: skip
        if (key, *about) not in self._decided:
            self._decided[key, *about] = _decided(facts, again, self._catalogue.materials)
        outcome = self._decided[key, *about]
        if outcome.rule is facts.rule:
            return None
        before, after = _paper(facts.recommended, facts.clause), _paper(outcome.kind, outcome.clause)
        return Otherwise(Difference(DECISION, Said(before), Said(after)), outcome.reason, f"守则{outcome.clause}")


def _decided(facts: Facts, again: _Again, known: Mapping[str, object]) -> Outcome:
    """The decision on a matter as it was described then."""
    text, situation = again.text, again.situation
    received = frozenset(facts.received)
    named = {*received, *facts.defects}
    checklist = build_checklist(situation, received, facts.defects, known={*known, *named})
    broken, _ = broken_conditions(text, situation)
    eligible = Eligibility.NO if broken and facts.eligible is Eligibility.UNCHECKED else facts.eligible
    return decide(
        Circumstances(
            facts.purpose, facts.duty, facts.clarity, facts.hold, eligible, checklist.complete,
            text.handling_for(situation.settled), facts.on_the_spot,
        )
    )  # fmt: skip


def _rules(text: ServiceItem, material: str) -> list[MaterialRule]:
    return [rule for rule in text.materials if rule.material.id == material]


def _said(told: ToldContent, id_: str) -> str:
    """A material as it was told: certain, or as one that may be needed; empty where it was not."""
    if id_ in told.required:
        material = told.required[id_]
        return f"{material.name}　{material.in_words()}"
    ways = told.variants_of(id_) if id_ in told.maybe else ()
    return listed((f"可能要：{way.name}　{way.in_words()}" for way in ways), "；")


def _plain(words: str) -> str:
    """A part as it is compared: that the centre has since approved it, or how an article is written, is no difference."""
    return joined_articles(words.replace(TO_CONFIRM, ""))


def _paper(kind: SlipKind | None, clause: str) -> str:
    return f"{kind.in_words if kind else '不出文书'}（守则{clause}）"
