"""上岗练习的一题：一次典型来访，来人带了什么，应当怎样办；办完逐项对照，少了、多了、错了什么各说一句.

The known answer is what the business departments wrote in the typical visit, and not what the rules of the catalogue give; which paper
follows from that is the decision of the service code (守则 一(五)–(七)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.decision import Circumstances, Eligibility, Outcome, Purpose, decide
from counter_assistant.domain.assessment.material_lines import Line
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.items import Catalogue, Handling, ServiceItem
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.visits import TypicalVisit, run_visits

IN_A_RUN = 10
"""So many situations are in a run, by rising difficulty."""
COMPLETE_UP_TO, ONE_MISSING_UP_TO = 4, 7
"""In the first so many situations everything was brought, in those up to the other one document is missing, in the last two."""
RARER = 6
"""By how much a return, or an open answer, is harder than its questions and documents say."""
BROUGHT = (Submit.HAND_IN, Submit.SHOW)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A situation. `text` is that of its item; `brought` are ids of what was brought and is needed, `missing` of what is needed and
    was not, `besides` of what was brought and must not be asked for."""

    visit: TypicalVisit
    text: ServiceItem
    brought: tuple[str, ...]
    missing: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    @property
    def expected(self) -> Outcome:
        """What is right to do."""
        eligible = Eligibility.NO if self.visit.paper == SlipKind.RETURN_NOTICE else Eligibility.YES
        complete = not (self.missing or self.visit.maybe)
        handling = self.visit.handling or Handling.DIRECT
        return decide(Circumstances(self.visit.purpose, eligible=eligible, complete=complete, handling=handling))

    @property
    def situation(self) -> str:
        """What the visitor says of themselves, as questions and answers in the item's order; what they do not know is left out."""
        asked = [(asked.question, self.visit.answers.get(asked.id, "")) for asked in self.text.questions]
        said = [(question.topic, question.option(code)) for question, code in asked if code]
        return listed((f"{topic}：{option.label}" for topic, option in said if option), "；")

    @property
    def things(self) -> tuple[str, ...]:
        """What lies on the counter, by name: what is needed and what is not, in no telling order."""
        names = {rule.material.id: rule.material.name for rule in self.text.materials}
        names |= {entry.id: entry.name for entry in self.text.never_ask}
        return tuple(sorted({names[id_] for id_ in (*self.brought, *self.besides) if id_ in names}))


@dataclass(frozen=True, slots=True)
class Handled:
    """What the learner did: the item, the answers, what was ticked as received, and what came of it."""

    item: str
    item_name: str
    purpose: Purpose
    answers: Mapping[str, str]
    received: frozenset[str]
    kind: SlipKind | None
    clause: str


def run_of(
    visits: Sequence[TypicalVisit], catalogue: Catalogue, shared: frozenset[str], chance: Random
) -> tuple[Exercise, ...]:
    """A run of situations, the easiest first: out of the visits that are told today as they must be. What the office looks up itself
    (`shared`) nobody brings. Fewer than `IN_A_RUN` where there are not so many visits."""
    usable = [run.visit for run in run_visits(visits, catalogue) if run.passed and run.visit.day is None]
    usable.sort(key=_difficulty)
    many = min(IN_A_RUN, len(usable))
    bands = [usable[n * len(usable) // many : (n + 1) * len(usable) // many] for n in range(many)]
    return tuple(_exercise(chance.choice(band), place, catalogue, shared, chance) for place, band in enumerate(bands))


def _difficulty(visit: TypicalVisit) -> tuple[int, str, str]:
    """More questions and more documents are harder; so is a return, and a visitor who does not know their own situation."""
    harder = RARER if visit.maybe or visit.paper == SlipKind.RETURN_NOTICE else 0
    return len(visit.answers) + len(visit.required) + harder, visit.item, visit.name


def _exercise(
    visit: TypicalVisit, place: int, catalogue: Catalogue, shared: frozenset[str], chance: Random
) -> Exercise:
    text = newest(catalogue, visit.item)
    if visit.purpose is Purpose.INQUIRE:
        return Exercise(visit, text, ())
    lines = _lines(text, visit.answers, shared)
    ids = [line.material.id for line in lines if line.submit in BROUGHT]
    lacking = 0 if place < COMPLETE_UP_TO else 1 if place < ONE_MISSING_UP_TO else 2
    returned = visit.paper == SlipKind.RETURN_NOTICE
    missing = [] if returned else chance.sample(ids, min(lacking, len(ids) - 1))
    never = sorted(entry.id for entry in text.never_ask if entry.id in visit.never)
    besides = chance.sample(never, min(lacking, 1, len(never)))
    return Exercise(visit, text, tuple(id_ for id_ in ids if id_ not in missing), tuple(missing), tuple(besides))


def compare(exercise: Exercise, handled: Handled, catalogue: Catalogue, shared: frozenset[str]) -> tuple[str, ...]:
    """What was missing, superfluous or wrong, a sentence each; empty where all was right."""
    visit = exercise.visit
    if handled.item != visit.item:
        return (f"错了事项：应办“{exercise.text.name}”，办的是“{handled.item_name or '别的事'}”。",)
    return tuple(_remarks(exercise, handled, catalogue, shared))


def _remarks(exercise: Exercise, handled: Handled, catalogue: Catalogue, shared: frozenset[str]) -> Iterator[str]:
    visit = exercise.visit
    if handled.purpose is not visit.purpose:
        words = {Purpose.APPLY: "申请", Purpose.INQUIRE: "咨询"}
        yield f"错了：对方是来{words[visit.purpose]}的，按{words[handled.purpose]}办了。"
    yield from _answers(exercise, handled)
    told = replace(visit, answers=handled.answers, handling=None, promised="", paper="")
    for run in run_visits([told], catalogue):
        yield from (f"告知的材料{failing}。" for failing in run.failings)
    if visit.purpose is Purpose.APPLY:
        yield from _ticked(exercise, handled, shared)
    expected = exercise.expected
    if handled.kind is not expected.kind:
        yield f"错了文书：应当{_paper(expected.kind)}，{_paper(handled.kind)}了。{expected.reason}（守则 {expected.clause}）。"
    elif handled.clause != expected.clause:
        yield f"错了依据：应当是守则 {expected.clause}，用的是 {handled.clause}。"


def _answers(exercise: Exercise, handled: Handled) -> Iterator[str]:
    """The answers that are missing or others than the visitor's."""
    arising = {asked.id for asked in Situation.of(exercise.text, exercise.visit.answers).arising()}
    for asked in exercise.text.questions:
        right, given = exercise.visit.answers.get(asked.id, ""), handled.answers.get(asked.id, "")
        if asked.id not in arising or right == given:
            continue
        option, chosen = asked.question.option(right), asked.question.option(given)
        if option is None:
            yield f"多答了“{asked.question.topic}”：对方没有说，应当答不确定。"
        elif chosen is None:
            yield f"少问了“{asked.question.topic}”：对方是“{option.label}”。"
        else:
            yield f"错答了“{asked.question.topic}”：对方是“{option.label}”，选的是“{chosen.label}”。"


def _ticked(exercise: Exercise, handled: Handled, shared: frozenset[str]) -> Iterator[str]:
    """What was brought and not ticked, and what was ticked and not brought. What is filled in here may be ticked or not."""
    lines = _lines(exercise.text, exercise.visit.answers, shared)
    ticked = {line.material.id for line in lines if handled.received & set(line.ids)}
    names = {line.material.id: line.material.name for line in lines}
    if left := [names[id_] for id_ in exercise.brought if id_ not in ticked]:
        yield f"少收了{listed(left)}：对方带来了，没有勾。"
    if more := [names[id_] for id_ in exercise.missing if id_ in ticked]:
        yield f"多收了{listed(more)}：对方没有带，勾上了。"


def _lines(text: ServiceItem, answers: Mapping[str, str], shared: frozenset[str]) -> tuple[Line, ...]:
    return build_checklist(Situation.of(text, answers), shared=shared).required


def _paper(kind: SlipKind | None) -> str:
    return f"出{kind.in_words}" if kind else "当场办结、不出文书"
