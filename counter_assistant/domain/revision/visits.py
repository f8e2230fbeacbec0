"""典型来访：业务科室写的来访，和这时应当告知的清单；改了目录，逐个再走一遍，有一个不对就不能送核.

What the centre knows of its visitors is kept apart from the rules that it is told by, so that a change of the rules that nobody
meant is found by somebody who never reads a rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from counter_assistant.domain.assessment.checklist import Checklist, build_checklist
from counter_assistant.domain.assessment.decision import Circumstances, Eligibility, Purpose, decide
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.items import Catalogue, Handling, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import HANDLED
from counter_assistant.domain.revision.statements import limit_in_words, newest

NO_PAPER = "none"
PAPERS = (*(kind.value for kind in SlipKind), NO_PAPER)
"""What a typical visit may say of the paper that is due."""


@dataclass(frozen=True, slots=True)
class TypicalVisit:
    """A typical visit, and what it must be told. `item` and `name` together tell it apart.

    `required`, `maybe` and `never` are ids of materials: needed, needed as an open answer may come, and never asked for in
    this visit, whatever else. `handling`, `promised` (a limit as it is written in the catalogue) and `paper` (the kind that
    is due once everything was handed in and looked at, or `NO_PAPER`) are compared where they are given. `day` is the day of
    acceptance; None is that of the newest text. `source` is where the list was taken from, if it came with the program.
    """

    item: str
    name: str
    answers: Mapping[str, str]
    required: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    purpose: Purpose = Purpose.APPLY
    handling: Handling | None = None
    promised: str = ""
    paper: str = ""
    day: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class VisitRun:
    """A visit gone through once more. `failings` say what is told otherwise than it must be; empty where it passed."""

    visit: TypicalVisit
    failings: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether it is told what it must be."""
        return not self.failings

    @property
    def sentence(self) -> str:
        """典型来访“B08 配偶代办”不对：少了授权委托书。"""
        return f"典型来访“{self.visit.item} {self.visit.name}”不对：{listed(self.failings, '；')}。"

    def in_words(self) -> str:
        """配偶代办：少了授权委托书; the name alone where it passed."""
        return listed((self.visit.name, "；".join(self.failings)), "：")


@dataclass(frozen=True, slots=True)
class _Told:
    required: tuple[str, ...]
    maybe: tuple[str, ...]
    handling: Handling
    promised: str
    paper: str


def run_visits(visits: Iterable[TypicalVisit], catalogue: Catalogue) -> list[VisitRun]:
    """Every visit under a catalogue, in their order."""
    return [VisitRun(visit, tuple(_failings(visit, catalogue))) for visit in visits]


def visit_of(
    text: ServiceItem, name: str, answers: Mapping[str, str], purpose: Purpose = Purpose.APPLY
) -> TypicalVisit:
    """A visit that must be told what the text tells now (照现在的清单记下).

    Raises:
        Refusal: what `Situation.of` refuses.
    """
    told = _told(text, answers, purpose)
    never = tuple(entry.id for entry in text.never_ask)
    return TypicalVisit(
        text.id,
        name,
        dict(answers),
        told.required,
        told.maybe,
        never,
        purpose,
        told.handling,
        told.promised,
        told.paper,
    )


def with_visit(visits: tuple[TypicalVisit, ...], visit: TypicalVisit) -> tuple[TypicalVisit, ...]:
    """The visits with this one, in place of the one of its name if there was one."""
    if any(_same(each, visit.item, visit.name) for each in visits):
        return tuple(visit if _same(each, visit.item, visit.name) else each for each in visits)
    return (*visits, visit)


def without_visit(visits: tuple[TypicalVisit, ...], item: str, name: str) -> tuple[TypicalVisit, ...]:
    """The visits without the one of that name; the same where there is none."""
    return tuple(each for each in visits if not _same(each, item, name))


def answering_as(
    visits: tuple[TypicalVisit, ...], items: Collection[str], before: str, after: str
) -> tuple[TypicalVisit, ...]:
    """The visits, those of the newest texts of these items answering the question `after` where they answered `before`."""

    def of(visit: TypicalVisit) -> TypicalVisit:
        answers = {after if question == before else question: code for question, code in visit.answers.items()}
        return replace(visit, answers=answers) if visit.item in items and visit.day is None else visit

    return tuple(map(of, visits))


def check_visit(visit: TypicalVisit, catalogue: Catalogue) -> None:
    """Checks that a visit can be gone through at all.

    Raises:
        Refusal: `visit-unnamed`; `unknown-item`, `no-text-for-day`; what `Situation.of` refuses.
    """
    if not visit.name.strip():
        raise Refusal("visit-unnamed", "典型来访没有写名称。", "请写几个字，如：已婚，合同已备案。")
    Situation.of(_text(visit, catalogue), visit.answers)


def _same(visit: TypicalVisit, item: str, name: str) -> bool:
    return (visit.item, visit.name) == (item, name)


def _text(visit: TypicalVisit, catalogue: Catalogue) -> ServiceItem:
    if visit.item not in catalogue.items:
        raise Refusal("unknown-item", f"没有事项 {visit.item}。", "请核对编码；停办的事项，请删去它的典型来访。")
    text = newest(catalogue, visit.item) if visit.day is None else catalogue.item(visit.item, visit.day)
    if text is None:
        raise Refusal("no-text-for-day", f"{visit.day} 没有 {visit.item} 的文本。", "请改典型来访的受理日。")
    return text


def _told(text: ServiceItem, answers: Mapping[str, str], purpose: Purpose) -> _Told:
    situation = Situation.of(text, answers)
    checklist = build_checklist(situation)
    handling = text.handling_for(situation.settled)
    refused = any(c.refuses and c.is_broken(situation.settled) for c in text.conditions)
    eligible = Eligibility.NO if refused else Eligibility.YES
    outcome = decide(Circumstances(purpose, eligible=eligible, complete=not checklist.maybe, handling=handling))
    required, maybe = _asked(checklist)
    paper = outcome.kind.value if outcome.kind else NO_PAPER
    return _Told(required, maybe, handling, limit_in_words(text.promised_for(handling)), paper)


def _asked(checklist: Checklist) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of what is needed and of what may be; a document that is several materials counts as each of them."""
    needed = [material.id for line in checklist.required for material in (line.material, *line.serves)]
    open_ = [material.id for line in checklist.required for material in line.may_serve]
    open_ += [material.id for line in checklist.maybe for material in (line.material, *line.may_serve)]
    return tuple(needed), tuple(id_ for id_ in dict.fromkeys(open_) if id_ not in needed)


def _failings(visit: TypicalVisit, catalogue: Catalogue) -> Iterator[str]:
    try:
        text = _text(visit, catalogue)
    except Refusal as refusal:
        yield refusal.sentence.removesuffix("。")
        return
    if unasked := list(_unasked(text, visit.answers, catalogue)):
        yield from unasked
        return
    told = _told(text, visit.answers, visit.purpose)
    if visit.paper not in ("", told.paper):
        arising = Situation.of(text, visit.answers).arising()
        left = [asked.question.topic for asked in arising if asked.id not in visit.answers]
        yield from [f"没有回答：{listed(left)}"] if left else []
    yield from _told_otherwise(visit, told, catalogue)


def _told_otherwise(visit: TypicalVisit, told: _Told, catalogue: Catalogue) -> Iterator[str]:
    rules = [rule for each in reversed(catalogue.items[visit.item]) for rule in each.materials]
    names = {
        material.id: material.name for material in (*catalogue.materials.values(), *(rule.material for rule in rules))
    }
    for what, ids in _list_failings(visit, told).items():
        if ids:
            yield f"{what}{listed(names.get(id_, id_) for id_ in ids)}"
    if visit.handling not in (None, told.handling):
        yield f"应当{HANDLED[visit.handling]}，现在是{HANDLED[told.handling]}"
    if visit.promised not in ("", told.promised):
        yield f"承诺时限应当是“{visit.promised}”，现在是“{told.promised}”"
    if visit.paper not in ("", told.paper):
        yield f"应当{_paper(visit.paper)}，现在{_paper(told.paper)}"


def _unasked(text: ServiceItem, answers: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    """Which answers of the visit the item asks for no more, by their names as far as the catalogue knows them."""
    for id_, code in answers.items():
        asked, known = text.asked(id_), catalogue.questions.get(id_)
        topic = asked.question.topic if asked else known.topic if known else id_
        if asked is None:
            yield f"事项不再问“{topic}”"
        elif asked.question.option(code) is None:
            option = known.option(code) if known else None
            yield f"“{topic}”不再有“{option.label if option else code}”这个回答"


def _list_failings(visit: TypicalVisit, told: _Told) -> dict[str, list[str]]:
    """What is missing from the list, too much on it, or stands elsewhere on it: 漏、多、不同."""
    asked = (*told.required, *told.maybe)
    return {
        "少了": [id_ for id_ in (*visit.required, *visit.maybe) if id_ not in asked],
        "不该要的要了：": [id_ for id_ in asked if id_ in visit.never],
        "多了": [id_ for id_ in asked if id_ not in (*visit.required, *visit.maybe, *visit.never)],
        "必须要的成了可能要：": [id_ for id_ in visit.required if id_ in told.maybe],
        "可能要的成了必须要：": [id_ for id_ in visit.maybe if id_ in told.required],
    }


def _paper(kind: str) -> str:
    if kind == NO_PAPER:
        return "不出文书"
    return f"出{SlipKind(kind).in_words if kind in PAPERS else kind}"
