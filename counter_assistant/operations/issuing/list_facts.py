"""清单印成什么样子：表格各行、还要带的、不用带的、办理条件由谁核。"""

from __future__ import annotations

from typing import Any

from counter_assistant.domain.assessment.checklist import Checklist, keeps, state
from counter_assistant.domain.assessment.decision import Eligibility, Purpose
from counter_assistant.domain.assessment.material_lines import Line, MaterialState, MaybeLine
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, questions_in, truth
from counter_assistant.domain.catalogue.items import EligibilityCondition
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.formatting import STAR, listed
from counter_assistant.domain.papers.kinds import ACCEPTING, KEEPING, SlipKind
from counter_assistant.domain.papers.slip import Run
from counter_assistant.operations.intake.matter import Matter

LOUD = (MaterialState.MISSING, MaterialState.TO_MEND, MaterialState.TO_HAND_IN)


def material_rows(matter: Matter, kind: SlipKind) -> tuple[tuple[Run, ...], ...]:
    """The table of 所需材料; a supplement notice lists only what is still missing or has to be corrected."""
    applying = matter.request.purpose is Purpose.APPLY
    lines = _table_lines(matter.checklist, kind)
    alike = _all_starred(lines)
    states = [(line, state(line, applying, kind in KEEPING)) for line in lines]
    return tuple(
        _row(i, line, condition, "" if alike else _star(line.material.source))
        for i, (line, condition) in enumerate(states, 1)
    )


def _table_lines(checklist: Checklist, kind: SlipKind) -> list[Line]:
    return [line for line in checklist.required if kind is not SlipKind.SUPPLEMENT_NOTICE or not line.satisfied]


def _all_starred(lines: list[Line]) -> bool:
    """Whether one mark over the column does for all."""
    return bool(lines) and all(line.material.source.to_confirm for line in lines)


def _star(source: Source) -> str:
    return STAR if source.to_confirm else ""


def handed_in_rows(matter: Matter, kind: SlipKind) -> tuple[tuple[Run, ...], ...]:
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


def _copy_only(material: Material) -> bool:
    """Whether the original is given back, so that the paper must not read as if it were kept."""
    return material.originals > 0 and not material.keep_originals


def returned(checklist: Checklist, keeping: bool) -> list[Line]:
    """What was handed in in order but is given back: it has to be brought again, although no table lists it as missing."""
    kept = checklist.kept if keeping else ()
    return [line for line in checklist.required if line.received and not line.defect and line not in kept]


def _kept(material: Material) -> str:
    return f"{material.name}（复印件）" if _copy_only(material) else material.name


def list_facts(matter: Matter, kind: SlipKind) -> dict[str, Any]:
    """What the forms say of the list: what to bring, what was kept and given back, who checks each condition."""
    checklist, keeping = matter.checklist, kind in KEEPING
    checked = matter.request.eligible is Eligibility.YES
    open_sources = [line.material.source for line in checklist.maybe]
    return {
        "open_lines": len(checklist.open_lines),
        "materials_star": STAR if _all_starred(_table_lines(checklist, kind)) else "",
        "maybe_star": STAR if any(source.to_confirm for source in open_sources) else "",
        "any_received": any(line.received for line in _lines(checklist)),
        "kept": [_kept(line.material) for line in checklist.kept if keeping],
        "returned": [line.material.name for line in returned(checklist, keeping)],
        "copies_kept": any(_copy_only(line.material) for line in checklist.kept),
        "originals_kept": [
            line.material.name for line in _table_lines(checklist, kind)
            if line.material.keep_originals and line.submit is Submit.HAND_IN
        ],
        "unsigned": [line.material.name for line in checklist.required if line.submit is Submit.AT_COUNTER],
        "needs": _needs(checklist),
        "not_needed": _not_needed(checklist),
        "conditions": [
            f"{c.text}{_star(c.source)}（{_checked_by(c, matter)}）" for c in matter.item.conditions
        ],
        "broken": [c.broken_text for c in matter.broken],
        "to_verify": [c.broken_text for c in matter.to_verify] if not checked else [],
        "explanations": [
            note.text + _star(note.source) for note in matter.item.notes_for(matter.situation.settled)
        ],
    }  # fmt: skip


def _checked_by(condition: EligibilityCondition, matter: Matter) -> str:
    """Who has checked a condition, or is to: the window, by the applicant's own answer, or the applicant.

    One that hangs on questions which do not arise is nobody's to check: nobody was asked.
    """
    eligible, settled = matter.request.eligible, matter.situation.settled
    if eligible is Eligibility.YES:
        return "窗口已核"
    if eligible is Eligibility.UNDECIDED:
        return "核实中"
    if condition.broken_when is None:
        return "窗口核实"
    if all(settled[question_id] == NOT_ASKED for question_id in questions_in(condition.broken_when)):
        return "不涉及"
    match truth(condition.broken_when, settled):
        case False:
            return "您说符合"
        case True:
            return "您说不符合" if condition.refuses else "请核实"
        case _:
            return "请您自己核对一下"


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


def _row(i: int, line: Line, condition: str, star: str) -> tuple[Run, ...]:
    material = line.material
    texts = (str(i), material.name + star, material.counts, material.issuer, line.requirement)
    return (*(Run(text) for text in texts), Run(str(condition), strong=condition in LOUD))


def maybe_rows(checklist: Checklist) -> tuple[tuple[Run, ...], ...]:
    """The table of what depends on an open answer; those that depend on the same condition are one row."""
    groups = checklist.open_lines.items()
    return tuple((Run(listed(_named(line) for line in lines)), Run(phrase)) for phrase, lines in groups)


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
            return line.material.counts + ("" if keeps(line.material) else "，退还")


def _not_needed(checklist: Checklist) -> list[str]:
    """What must not be asked for, and what people wrongly bring."""
    never = [line.name for line in checklist.never_ask]
    return never + [f"{'、'.join(names)}（{short}）" for short, names in checklist.wrongly_brought.items()]
