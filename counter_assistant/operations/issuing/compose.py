"""成文：把清单、决定和五项内容写成一份草稿。The wording is in the forms; here are the facts that fill it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.assessment.checklist import Checklist, keeps, state
from counter_assistant.domain.assessment.decision import Eligibility, Purpose
from counter_assistant.domain.assessment.material_lines import Line, MaterialState, MaybeLine
from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.catalogue.sources import TO_CONFIRM
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.kinds import ACCEPTING, KEEPING, TELLING, SlipKind
from counter_assistant.domain.papers.slip import Draft, Run
from counter_assistant.domain.people.agent import AGENTS
from counter_assistant.domain.people.office_profile import Switch
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Channel
from counter_assistant.operations.issuing.kind_facts import kind_facts
from counter_assistant.paper.arrangement import arrange

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

LOUD = (MaterialState.MISSING, MaterialState.TO_MEND, MaterialState.TO_HAND_IN)


def compose(matter: Matter, kind: SlipKind, office: Office) -> Draft:
    """The slip with number, time of issue and check code left open.

    Raises:
        Refusal: `broken-form`.
    """
    keeping = kind in KEEPING
    facts = {
        **_head_facts(matter, kind, office),
        "office_is_example": office.is_example,
        **_list_facts(matter, keeping),
        **kind_facts(matter, kind, office),
    }
    return arrange(
        kind,
        office.program.forms.blocks(kind, facts),
        {"materials": _materials(matter, kind), "handed_in": _handed_in(matter, kind)},
    )


def _materials(matter: Matter, kind: SlipKind) -> tuple[tuple[Run, ...], ...]:
    """The table of 所需材料; a supplement notice lists only what is still missing or has to be corrected."""
    applying = matter.request.purpose is Purpose.APPLY
    lines = _ordered(matter.checklist)
    if kind is SlipKind.SUPPLEMENT_NOTICE:
        lines = [line for line in lines if not line.satisfied]
    states = [(line, state(line, applying, kind in KEEPING)) for line in lines]
    return tuple(_row(i, line, condition) for i, (line, condition) in enumerate(states, 1))


def _handed_in(matter: Matter, kind: SlipKind) -> tuple[tuple[Run, ...], ...]:
    """What was handed in, shown, filled in here or looked up by the office, and what becomes of it."""
    keeping, accepting = kind in KEEPING, kind in ACCEPTING
    lines: list[Line | MaybeLine] = [
        line for line in _lines(matter.checklist) if line.received or (accepting and line.submit in _WITHOUT_BRINGING)
    ]
    rows = [(_used(line), line.material.counts, line.material.counts, _fate(line, keeping)) for line in lines]
    return tuple((Run(str(i)), *(Run(text) for text in row)) for i, row in enumerate(rows, 1))


def _used(line: Line | MaybeLine) -> str:
    """结婚证（兼作代办人与申请人的关系证件）."""
    also = line.also if isinstance(line, Line) else ""
    return f"{line.material.name}（{also}）" if also else line.material.name


_WITHOUT_BRINGING = (Submit.AT_COUNTER, Submit.EXEMPT)


def _fate(line: Line | MaybeLine, keeping: bool) -> str:
    if isinstance(line, MaybeLine) or line.defect:
        return str(MaterialState.RETURNED)
    return state(line, applying=True, keeping=keeping)


def _head_facts(matter: Matter, kind: SlipKind, office: Office) -> dict[str, Any]:
    request, profile, catalogue = matter.request, office.profile, office.catalogue
    place = f"（{profile.window}）" if request.channel is Channel.WINDOW else ""
    return {
        "title": kind.in_words,
        "approved": matter.item.approval is not None or not matter.item.ours,
        "office": profile,
        "switched": {switch.value: profile.switched(switch) for switch in Switch},
        "clerk": matter.clerk,
        "applicant": matter.applicant,
        "channel": f"{request.channel.label}告知{place}",
        "channel_code": request.channel.value,
        "channel_name": request.channel.label,
        "item": matter.item,
        "situation": matter.situation.in_words(),
        "catalogue_version": catalogue.version,
        "late_note": _late_note(matter, kind, catalogue, office.today()),
        "told_at_label": _TOLD_AT_LATE if matter.late and kind in ACCEPTING else "",
        "applying": request.purpose is Purpose.APPLY,
        "complete": matter.checklist.complete,
        "decided_by": matter.outcome.rule.name,
        "why": matter.outcome.reason,
        "ineligible": matter.circumstances.eligible is Eligibility.NO,
        "by_agent": matter.situation.settled.get("who") in AGENTS or bool(matter.applicant.agent.name),
        "notice": matter.notice,
        "responsible": [step.in_words() for step in matter.notice.responsible],
    }


_TOLD_AT_LATE = "出具时间"
"""The label beside another day of acceptance: two times of 受理 on one paper would contradict each other."""


def _late_note(matter: Matter, kind: SlipKind, catalogue: Catalogue, today: date) -> str:
    """That the visit was on an earlier day, and which day's rules the paper states where they have changed since."""
    if not matter.late:
        return ""
    inquiring = matter.request.purpose is Purpose.INQUIRE
    what = "咨询日" if inquiring else "申请日" if kind in TELLING else "受理日"
    note = f"{what}：{chinese_date(matter.day)}（补录）"
    if matter.acceptance != matter.day:
        return f"{note}；材料补齐之日受理，以下按今天的规定告知。"
    if kind in TELLING and catalogue.item(matter.item.id, today) != matter.item:
        return (
            f"{note}；规定已有变化，以下是{'咨询' if inquiring else '申请'}当日的规定，今后申请按申请当日的规定办理。"
        )
    return f"{note}。"


def _copy_only(material: Material) -> bool:
    """Whether the original is given back, so that the paper must not read as if it were kept."""
    return material.originals > 0 and not material.keep_originals


def _returned(checklist: Checklist, keeping: bool) -> list[Line]:
    """What was handed in in order but is given back: it has to be brought again, although no table lists it as missing."""
    kept = checklist.kept if keeping else ()
    return [line for line in checklist.required if line.received and not line.defect and line not in kept]


def _kept(material: Material) -> str:
    return f"{material.name}（复印件）" if _copy_only(material) else material.name


def _list_facts(matter: Matter, keeping: bool) -> dict[str, Any]:
    checklist = matter.checklist
    checked = matter.request.eligible is Eligibility.YES
    return {
        "defects": [
            f"{line.material.name}（{line.defect.rstrip('。；，.;,')}）" for line in checklist.required if line.defect
        ],
        "any_received": any(line.received for line in _lines(checklist)),
        "kept": [_kept(line.material) for line in checklist.kept if keeping],
        "returned": [line.material.name for line in _returned(checklist, keeping)],
        "copies_kept": any(_copy_only(line.material) for line in checklist.kept),
        "unsigned": [line.material.name for line in checklist.required if line.submit is Submit.AT_COUNTER],
        "needs": _needs(checklist),
        "maybe": _maybe(checklist),
        "not_needed": _not_needed(checklist),
        "conditions": [c.text + (TO_CONFIRM if c.source.to_confirm else "") for c in matter.item.conditions],
        "broken": [c.broken_text for c in matter.broken],
        "to_verify": [c.broken_text for c in matter.to_verify] if not checked else [],
        "explanations": [
            note.text + (TO_CONFIRM if note.source.to_confirm else "")
            for note in matter.item.notes_for(matter.situation.settled)
        ],
        "conditions_state": "已核" if checked else "待核",
        "materials_to_confirm": any(line.material.source.to_confirm for line in checklist.required),
    }


def _lines(checklist: Checklist) -> list[Line | MaybeLine]:
    return [*checklist.required, *checklist.maybe]


def _needs(checklist: Checklist) -> list[str]:
    """What an incomplete application still needs, in the words of the states in the table."""
    defective = any(line.defect for line in checklist.required)
    missing = any(not line.defect for line in checklist.missing)
    needs = {
        "补齐表中标明“缺”的材料": missing,
        "更正标明“须改”的材料": defective,
        "确认未定的情形": bool(checklist.maybe),
    }
    return [need for need, there in needs.items() if there]


def _ordered(checklist: Checklist) -> list[Line]:
    """What the applicant must act on comes first: correct, bring, show; then what needs nothing to be brought."""
    order = (Submit.HAND_IN, Submit.SHOW, Submit.AT_COUNTER, Submit.EXEMPT)
    return sorted(checklist.required, key=lambda line: (line.satisfied and line.received, order.index(line.submit)))


def _row(i: int, line: Line, condition: str) -> tuple[Run, ...]:
    material = line.material
    texts = (str(i), material.name, material.counts, material.issuer, line.requirement)
    return (*(Run(text) for text in texts), Run(str(condition), strong=condition in LOUD))


def _maybe(checklist: Checklist) -> list[tuple[str, list[str]]]:
    """The open lines, those that depend on the same condition together."""
    groups = checklist.open_lines.items()
    return [(phrase, [_named(line) for line in lines]) for phrase, lines in groups]


def _named(line: MaybeLine) -> str:
    """结婚证（原件1，核验退还）, with the requirement where nothing else distinguishes two variants."""
    return f"{line.material.name}（{listed((line.detail, _how(line)), '；')}）"


def _how(line: MaybeLine) -> str:
    match line.submit:
        case Submit.AT_COUNTER:
            return MaterialState.AT_COUNTER
        case Submit.EXEMPT:
            return MaterialState.EXEMPT
        case _:
            return line.material.counts + ("" if keeps(line.material) else "，核验退还")


def _not_needed(checklist: Checklist) -> list[str]:
    """What must not be asked for, and what people wrongly bring."""
    never = [line.name for line in checklist.never_ask]
    return never + [f"{'、'.join(names)}（{short}）" for short, names in checklist.wrongly_brought.items()]
