"""两次对照：漏告、缺告、错告，还是情况有变（守则 一(五)4）.

经办人在一次性告知中漏告、缺告、错告而需补、改材料的，一律由经办人负责落实. So what an earlier act told is compared with
what is needed now. Every difference either has a cause other than a fault of the notification, and names it, or has
none. A material that was told as 如…，另需 and is needed now is no difference.

A notification that followed the catalogue's own text is the text's fault (目录文本), not the clerk's. What an act tells
is composed of its edition of the catalogue and its answers alone; both are stored with it. So it followed the text
where no answer, statute or effective date explains the difference and the two acts used different editions, or where it
cited a statute that was not in force, since no citation is typed. Within one edition and with the same answers the text
said the same both times: then the notification did not follow it, and the fault keeps its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from counter_assistant.domain.catalogue.conditions import questions_in
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.catalogue.sources import TO_CONFIRM
from counter_assistant.domain.catalogue.statutes import Statute, StatuteVersion, joined_articles
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.notification.differences import PARTS, PROMISED, Comparison, Difference, DifferenceKind
from counter_assistant.domain.notification.told_content import SUBMITTING, ToldContent, ToldMaterial

CITED = "依据是按目录写出的，不由经办人填写"


@dataclass(frozen=True, slots=True)
class ComparisonContext:
    """What may explain a difference.

    `depends_on` gives the questions that each material of today's text depends on. It is None where only what was
    stored is known: then any changed answer explains what answers can change. `text_from` is the first day of the
    item's present text.
    """

    questions: Mapping[str, Question]
    statutes: Mapping[str, Statute]
    depends_on: Mapping[str, frozenset[str]] | None = None
    text_from: date = date.min


def dependencies(item: ServiceItem) -> dict[str, frozenset[str]]:
    """The questions that each material of an item depends on, including those that decide whether another one arises.

    Under `PROMISED` are those that the handling, and with it the promised limit, depends on.
    """
    found: dict[str, frozenset[str]] = {}
    for rule in item.materials:
        found[rule.material.id] = found.get(rule.material.id, frozenset()) | questions_in(rule.when)
    found[PROMISED] = frozenset[str]().union(*(questions_in(when) for when, _ in item.handling))
    return {id_: _with_prerequisites(item, questions) for id_, questions in found.items()}


def _with_prerequisites(item: ServiceItem, questions: frozenset[str]) -> frozenset[str]:
    conditions = [asked.when for asked in item.questions if asked.id in questions]
    wider = questions.union(*map(questions_in, conditions))
    return wider if wider == questions else _with_prerequisites(item, wider)


def compare(earlier: ToldContent | None, now: ToldContent, context: ComparisonContext) -> Comparison:
    """What differs between an earlier notification and today's need, each with its cause where it has one."""
    if earlier is None:
        return Comparison(None, now)
    pair = _Pair(earlier, now, context)
    found = (*pair.asked_now(), *pair.told_otherwise(), *pair.no_longer(), *pair.parts())
    differences = tuple(map(pair.by_text, found))
    named = {difference.id for difference in differences}
    return Comparison(earlier, now, differences, tuple(d for d in pair.defects() if d.id not in named))


@dataclass(frozen=True)
class _Pair:
    then: ToldContent
    now: ToldContent
    about: ComparisonContext

    def asked_now(self) -> list[Difference]:
        """What is needed now and was not told then, each once."""
        told = self.then.materials
        return [self._asked(id_, material) for id_, material in self.now.required.items() if id_ not in told]

    def _asked(self, id_: str, material: ToldMaterial) -> Difference:
        kind, sentence, by_answers = DifferenceKind.MISSED, f"“{material.name}”上次没有告知，今天需要。", False
        if id_ in self.then.never_ask:
            kind, sentence = DifferenceKind.WRONG, f"上次告知不得要求“{material.name}”，今天却需要。"
        elif id_ in self.then.not_required:
            kind, sentence, by_answers = DifferenceKind.WRONG, f"上次告知不需要“{material.name}”，今天需要。", True
        return Difference(kind, id_, material.name, sentence, self._cause(id_, by_answers=by_answers), asked=True)

    def told_otherwise(self) -> list[Difference]:
        """What was told incompletely, or differently from what holds now."""
        both = self.now.materials
        pairs = [(id_, then, both[id_]) for id_, then in self.then.materials.items() if both.get(id_, then) != then]
        return [self._otherwise(id_, then, now) for id_, then, now in pairs if not self.then.as_told_by(self.now, id_)]

    def _otherwise(self, id_: str, then: ToldMaterial, now: ToldMaterial) -> Difference:
        said = now.said()
        fields = [(name, old, said[name]) for name, old in then.said().items() if old != said[name]]
        sentence = listed((_said_otherwise(f"“{now.name}”的{name}", old, new) for name, old, new in fields), "；")
        shared = _sharing(then, now)
        causes = [shared if name == SUBMITTING and shared else self._cause(id_) for name, _, _ in fields]
        explanation = listed(dict.fromkeys(causes)) if all(causes) else ""
        return Difference(DifferenceKind.PARTIAL, id_, now.name, f"{sentence}。", explanation)

    def no_longer(self) -> list[Difference]:
        """What was told as certainly needed and is not needed now."""
        found = []
        for id_, material in self.then.required.items():
            if id_ not in self.now.materials:
                cause = self._cause(id_, by_answers=id_ in self.now.not_required)
                sentence = f"上次告知须有“{material.name}”，今天不需要。"
                found.append(Difference(DifferenceKind.WRONG, id_, material.name, sentence, cause))
        return found

    def parts(self) -> list[Difference]:
        """Law and limits told differently from what holds now, or from what held on the day itself.

        That the centre has since approved what was 待核定 then makes no difference, nor how an article is written.
        """
        stale = self._stale_law()
        found = [Difference(DifferenceKind.WRONG, "basis", PARTS["basis"], stale, by_text=CITED)] if stale else []
        for id_, name in PARTS.items():
            old, new = (joined_articles(getattr(told, id_).replace(TO_CONFIRM, "")) for told in (self.then, self.now))
            if old != new and not (stale and id_ == "basis"):
                cause = self._cause(id_, by_answers=id_ == PROMISED)
                sentence = "政策依据与上次告知的不同。" if id_ == "basis" else f"{_said_otherwise(name, old, new)}。"
                found.append(Difference(DifferenceKind.WRONG, id_, name, sentence, cause))
        return found

    def _stale_law(self) -> str:
        """That the version told was not the one in force on that day; empty where it was."""
        for name, statute in self.about.statutes.items():
            held = statute.on(self.then.day)
            told = [v for v in statute.versions if f"《{name}》（{v.label}）" in self.then.basis]
            if wrong := [v for v in told if held is not None and v is not held]:
                when = chinese_date(self.then.day)
                return f"上次告知的依据是{_titled(name, wrong[0])}，{when}那天不是它在施行。"
        return ""

    def by_text(self, found: Difference) -> Difference:
        """The difference, attributed to the catalogue's text where that said so."""
        return found if found.explanation or found.by_text else replace(found, by_text=self._edition())

    def defects(self) -> list[Difference]:
        """What is wrong with materials that were handed in; listed separately."""
        names = {id_: material.name for id_, material in self.now.materials.items()}
        return [
            Difference(DifferenceKind.TO_MEND, id_, names[id_], f"“{names[id_]}”须改：{why}。", "材料交来以后才看得出")
            for id_, why in self.now.defects.items()
            if id_ in names
        ]

    def _cause(self, id_: str, *, by_answers: bool = True) -> str:
        """What explains a difference, most decisive first: an answer, the law, a new text of the item."""
        answers = self._changed_answers(id_) if by_answers else ""
        return answers or self._law() or self._text()

    def _changed_answers(self, id_: str) -> str:
        depends_on = self.about.depends_on
        changes = self._answer_changes.items()
        return listed((words for q, words in changes if depends_on is None or q in depends_on.get(id_, ())), "；")

    @cached_property
    def _answer_changes(self) -> dict[str, str]:
        """Each question that was answered otherwise, in words; nearly every difference asks for them."""
        then, now = self.then.answers, self.now.answers
        return {q: self._answer_change(q) for q in dict.fromkeys((*now, *then)) if then.get(q) != now.get(q)}

    def _answer_change(self, question_id: str) -> str:
        question = self.about.questions.get(question_id)
        before, after = (_phrase(question, told.answers.get(question_id)) for told in (self.then, self.now))
        return f"“{question.topic if question else question_id}”上次{before}，今天{after}"

    def _law(self) -> str:
        for name, statute in self.about.statutes.items():
            before, after = statute.on(self.then.day), statute.on(self.now.day)
            cited = f"《{name}》" in self.then.basis or f"《{name}》" in self.now.basis
            if cited and after is not None and after is not before:
                return f"两次之间{_titled(name, after)}开始施行"
        return ""

    def _text(self) -> str:
        since = self.about.text_from
        return f"本事项自{chinese_date(since)}起适用新的规定" if self.then.day < since <= self.now.day else ""

    def _edition(self) -> str:
        before, after = self.then.catalogue, self.now.catalogue
        return f"上次是按目录 {before} 版的原文告知的，现在是 {after} 版" if before != after else ""


def _phrase(question: Question | None, code: str | None) -> str:
    if code is None:
        return "未定"
    option = question.option(code) if question else None
    return f"是“{option.phrase if option else code}”"


def _titled(name: str, version: StatuteVersion) -> str:
    return f"《{name}》（{version.label}）"


def _said_otherwise(what: str, old: str, new: str) -> str:
    before = f"上次说“{old}”" if old else "上次没有说"
    return f"{what}{before}，今天{f'是“{new}”' if new else '不作要求'}"


def _sharing(then: ToldMaterial, now: ToldMaterial) -> str:
    """That this office has begun or ceased to look a material up itself (在线政务服务规定 第七条); else empty."""
    if then.submit == "exempt":
        return "本中心上次能够核验，今天须由申请人提供"
    return "本中心现在自行核验，不必再提供" if now.submit == "exempt" else ""
