"""清单：在这一情形下须提供什么、可能须提供什么、不需要什么、不得要求什么，逐条说明理由。

The list holds what is needed in this applicant's situation and nothing else. Every line is in exactly one group.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from counter_assistant.domain.assessment.material_lines import AbsentLine, Line, MaterialState, MaybeLine
from counter_assistant.domain.assessment.situation import Situation, condition_phrase
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, Condition, questions_in, settling
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, NeverAsk, Submit
from counter_assistant.domain.catalogue.variants import Needed, Open, needs
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal

ALWAYS_NEEDED = "本事项必备"


@dataclass(frozen=True, slots=True)
class Checklist:
    """The materials of one situation, each in one group, with what was handed in."""

    required: tuple[Line, ...]
    maybe: tuple[MaybeLine, ...]
    not_required: tuple[AbsentLine, ...]
    never_ask: tuple[AbsentLine, ...]

    @property
    def complete(self) -> bool:
        """Whether every required line was handed in without a defect and no maybe line is open."""
        return not self.maybe and all(line.satisfied for line in self.required)

    @property
    def missing(self) -> tuple[Line, ...]:
        """What is still missing or has to be corrected."""
        return tuple(line for line in self.required if not line.satisfied)

    @property
    def kept(self) -> tuple[Line, ...]:
        """What was handed in and stays with the centre."""
        return tuple(line for line in self.required if line.received and not line.defect and keeps(line.material))

    @property
    def open_lines(self) -> dict[str, list[MaybeLine]]:
        """The maybe lines, grouped by the condition they depend on: 如 …，另需."""
        groups: dict[str, list[MaybeLine]] = {}
        for line in self.maybe:
            groups.setdefault(line.if_phrase, []).append(line)
        return groups

    @property
    def wrongly_brought(self) -> dict[str, list[str]]:
        """What people bring although it is not needed here, grouped by the reason.

        Left out is what is filled in at the counter or looked up by the office, the papers of an agent where nobody
        sent one, and a material that another one on the list is or may be.
        """
        asked = [m for line in self.required for m in (line.material, *line.serves, *line.may_serve)]
        asked += [m for line in self.maybe for m in (line.material, *line.may_serve)]
        covered = {id_ for material in asked for id_ in (*material.covers, *material.one_of)}
        groups: dict[str, list[str]] = {}
        for line in self.not_required:
            brought = line.submit in (Submit.HAND_IN, Submit.SHOW) and line.questions != ("who",)
            if brought and line.id not in covered:
                groups.setdefault(line.short, []).append(line.name)
        return groups

    def group_of(self) -> dict[str, str]:
        """The group of every material, by id: what `changed` compares."""
        groups = {material.id: "maybe" for line in self.maybe for material in (line.material, *line.may_serve)}
        groups |= {id_: "required" for line in self.required for id_ in line.ids}
        return groups | {line.id: "not_required" for line in self.not_required}


def keeps(material: Material) -> bool:
    """Whether an original or a copy stays with the centre. An identity card never does (居民身份证法 第十五条)."""
    return bool(material.keep_originals or material.keep_copies)


def build_checklist(
    situation: Situation,
    received: frozenset[str] | None = frozenset(),
    defects: Mapping[str, str] | None = None,
    shared: frozenset[str] = frozenset(),
    known: Container[str] = (),
) -> Checklist:
    """The checklist of a situation.

    `received` holds material ids; None means every required line. `defects` maps a material id to what is wrong.
    `shared` are the materials that this office looks up itself (在线政务服务规定 第七条). `known` are the materials of
    the whole catalogue: one that is handed in but not needed here is simply given back.

    Raises:
        Refusal: `unknown-material` (an id that is neither on the list nor in `known`).
    """
    found = needs(situation.item, situation.settled)
    required = _in_order(_required(situation, needed, shared) for needed in found.needed)
    maybe = tuple(_maybe(situation, variant, found.open, shared) for variant in found.open)
    absent = tuple(_absent(situation, rules) for rules in found.absent)
    never = tuple(_forbidden(entry) for entry in situation.item.never_ask)
    listed_lines = Checklist(required, maybe, absent, never)
    _check_handed_in(listed_lines, (received or frozenset()) | (defects or {}).keys(), known)
    return _handed_in(listed_lines, received, defects or {})


def changed(before: Checklist, after: Checklist) -> frozenset[str]:
    """The ids of the materials whose group differs: what a changed answer moved."""
    old, new = before.group_of(), after.group_of()
    return frozenset(id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_))


def state(line: Line, applying: bool, keeping: bool = True) -> str:
    """The state that prints for a line. Nothing is 缺 before anybody applies; unless `keeping`, all is given back."""
    if line.defect:
        return MaterialState.TO_MEND
    if line.received:
        return _kept_words(line.material) if keeping else MaterialState.RETURNED
    match line.submit:
        case Submit.AT_COUNTER:
            return MaterialState.AT_COUNTER
        case Submit.EXEMPT:
            return MaterialState.EXEMPT
        case _ if applying:
            return MaterialState.MISSING
        case Submit.SHOW:
            return MaterialState.TO_SHOW
        case Submit.HAND_IN:  # pragma: no branch - the last kind there is
            return MaterialState.TO_HAND_IN


def _kept_words(material: Material) -> str:
    if not keeps(material):
        return MaterialState.RETURNED
    kept = [("原件", material.keep_originals), ("复印件", material.keep_copies)]
    return f"{MaterialState.KEPT}（{listed(f'{name}{n}' for name, n in kept if n)}）"


def _submit(material: Material, shared: frozenset[str]) -> Submit:
    return Submit.EXEMPT if material.id in shared else material.submit


def _required(situation: Situation, needed: Needed, shared: frozenset[str]) -> Line:
    material, why = needed.material, _because(situation, needed.when) or ALWAYS_NEEDED
    return Line(material, _submit(material, shared), why, serves=needed.serves, may_serve=needed.may_serve)


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is brought, in the item's order, then what is filled in here, then what is looked up: the one order.

    Screen, paper and command line have it from here. It does not depend on what was handed in, so that a tick never
    makes a line jump.
    """
    later = (Submit.AT_COUNTER, Submit.EXEMPT)
    return tuple(sorted(lines, key=lambda line: later.index(line.submit) + 1 if line.submit in later else 0))


def _maybe(situation: Situation, variant: Open, beside: Iterable[Open], shared: frozenset[str]) -> MaybeLine:
    item, material = situation.item, variant.material
    open_ = questions_in(variant.still)
    topics = [asked.question.topic for asked in item.questions if asked.id in open_]
    why = f"取决于{'、'.join(topics)}（未定）"
    alike = any(other is not variant and other.material.name == material.name for other in beside)
    phrase, detail = condition_phrase(item, variant.still), material.requirement if alike else ""
    return MaybeLine(material, _submit(material, shared), why, phrase, variant.still, detail, variant.may_serve)


def _absent(situation: Situation, rules: tuple[MaterialRule, ...]) -> AbsentLine:
    material = rules[0].material
    questions = settling_all(situation, [rule.when for rule in rules])
    short = listed(_phrases_of(situation, questions))
    why = f"因{short}，不需要"
    return AbsentLine(material.id, material.name, why, short, False, material.submit, tuple(questions))


def _forbidden(entry: NeverAsk) -> AbsentLine:
    return AbsentLine(entry.id, entry.name, entry.why, "", forbidden=True)


def _because(situation: Situation, condition: Condition) -> str:
    reasons = listed(_phrases_of(situation, settling_all(situation, [condition])))
    return f"因{reasons}" if reasons else ""


def settling_all(situation: Situation, conditions: list[Condition]) -> list[str]:
    """The questions that settle these conditions, in place of one that does not arise those that keep it from arising."""
    found: list[str] = []
    for condition in conditions:
        for question_id in settling(condition, situation.settled):
            asked = situation.item.asked(question_id)
            if asked is not None and situation.settled[question_id] == NOT_ASKED:
                found += settling_all(situation, [asked.when])
            else:
                found.append(question_id)
    return list(dict.fromkeys(found))


def _phrases_of(situation: Situation, question_ids: list[str]) -> list[str]:
    return [situation.phrase(asked) for asked in situation.item.questions if asked.id in question_ids]


def _check_handed_in(checklist: Checklist, ids: Iterable[str], known: Container[str]) -> None:
    """Refuses a material that is neither on the list nor known; a known one that is not needed here is given back."""
    listed_ids = checklist.group_of()
    for material_id in sorted(ids):
        if material_id not in listed_ids and material_id not in known:
            raise Refusal("unknown-material", f"没有材料“{material_id}”。", "请核对材料编码。")


def _handed_in(checklist: Checklist, received: frozenset[str] | None, defects: Mapping[str, str]) -> Checklist:
    required = tuple(
        replace(line, received=_is_received(line, received), defect=_defect(line, defects))
        for line in checklist.required
    )
    maybe = tuple(
        replace(line, received=line.material.id in (received or ()), defect=defects.get(line.material.id, ""))
        for line in checklist.maybe
    )
    return replace(checklist, required=required, maybe=maybe)


def _is_received(line: Line, received: frozenset[str] | None) -> bool:
    if received is None:
        return line.submit is not Submit.EXEMPT
    return not received.isdisjoint(line.ids)


def _defect(line: Line, defects: Mapping[str, str]) -> str:
    """What is wrong with the document, whichever of its ids the defect was reported for."""
    return next((defects[id_] for id_ in line.ids if id_ in defects), "")
