"""方框里要答的：带什么、谁还要来、哪几种情况必居其一、多久、先到哪、不服的期限。

Everything is taken from what the parts of the paper say; a question of which nothing is known stays unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.assessment.five_parts import promised_in_short
from counter_assistant.domain.assessment.material_lines import Line, MaterialState, MaybeLine
from counter_assistant.domain.assessment.situation import condition_phrase
from counter_assistant.domain.catalogue.conditions import questions_in, truth
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.catalogue.questions import AskedQuestion
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.kinds import KEEPING, SlipKind
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Channel, Delivery
from counter_assistant.operations.issuing.list_facts import returned

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TO_BRING = (Submit.HAND_IN, Submit.SHOW)
CARRIED = ("id-card", "bank-card")
"""What people carry anyway: named after what they must fetch."""
WITH_PAPER = (Channel.WINDOW, Channel.LETTER)
"""How somebody is told who then has the paper in their hand."""
SIGNING, ONLY_THEN = "到场签名", "才须到场"
"""How a requirement ends that makes its person come, and one that makes them come in one case only."""
BANK = "受委托银行"
BOTH = "原件和复印件"


def box_facts(matter: Matter, kind: SlipKind, office: Office) -> dict[str, Any]:
    """What the box of a form is filled with, besides the facts of the head and of the list."""
    must, also = to_bring(matter, kind in KEEPING, office.profile.banks)
    coming, perhaps = who_comes(matter, kind in KEEPING)
    written = matter.request.delivery is Delivery.WRITTEN
    return {
        "must_bring": must,
        "also_bring": also,
        "coming": coming,
        "perhaps_coming": perhaps,
        "either": either_or(matter),
        "paper_in_hand": written and matter.request.channel in WITH_PAPER and "带本单" in matter.notice.remedy,
        "promised_in_short": promised_in_short(matter.promised, matter.statutory),
        "first_place": _first_place(matter) if matter.request.details.refer_to else "",
        "begins_at_bank": _begins_at_bank(matter),
        "redress_days": _redress_days(matter.item.refusal),
    }


def to_bring(matter: Matter, keeping: bool, banks: str = "") -> tuple[list[str], list[str]]:
    """What the applicant must fetch or mend, and what else is brought: what everybody carries, what was given back.

    What has to be copied comes first, and a bank's card says whose card it must be. Nothing where everything is there already.
    """
    fetched: list[Material] = []
    mended: list[str] = []
    also: list[Material] = []
    for line in _brought(matter, keeping):
        if line.defect:
            mended.append(_to_mend(line, banks))
        elif line.received or (line.material.id in CARRIED and not _missing(matter, line)):
            also.append(line.material)
        else:
            fetched.append(line.material)
    return [*_copies_first(fetched, banks), *mended], [_yours(_named(material, banks)) for material in also]


def _brought(matter: Matter, keeping: bool) -> list[Line]:
    """The lines for which something is still to be brought, mended, or brought again."""
    checklist = matter.checklist
    given_back = [] if checklist.complete else returned(checklist, keeping)
    return [
        line
        for line in checklist.required
        if line.defect or (line.submit in TO_BRING and (not line.received or line in given_back))
    ]


def _missing(matter: Matter, line: Line) -> bool:
    return matter.request.purpose is Purpose.APPLY and not line.received


def _copies_first(materials: Sequence[Material], banks: str) -> list[str]:
    """The names, first of all those of which a copy is brought as well; of several it is said once, after the last."""
    copied = [material for material in materials if _is_copied(material)]
    names = [_called(material, banks) for material in copied]
    if len(names) > 1:
        names[-1] += f"（以上各要{BOTH}）"
    elif names:
        names = [_named(copied[0], banks)]
    return names + [_called(material, banks) for material in materials if material not in copied]


def _named(material: Material, banks: str) -> str:
    """房租发票（原件和复印件）."""
    called = _called(material, banks)
    return f"{called}（{BOTH}）" if _is_copied(material) else called


def _called(material: Material, banks: str) -> str:
    """A material's name; of what only an entrusted bank issues with the banks that those are."""
    return f"{material.name}（{banks}的）" if banks and material.issuer == BANK else material.name


def _is_copied(material: Material) -> bool:
    return bool(material.originals and material.copies)


def _to_mend(line: Line, banks: str) -> str:
    """契税完税凭证（须改：缺一页；原件和复印件）."""
    why = f"{MaterialState.TO_MEND}：{line.defect.rstrip('。；，.;,')}"
    return f"{_called(line.material, banks)}（{listed((why, BOTH if _is_copied(line.material) else ''), '；')}）"


def _yours(name: str) -> str:
    """有效身份证件, of 申请人有效身份证件: what follows 您的."""
    return re.sub("^(申请人|提取人|借款人|本人)(名下)?", "", name)


def who_comes(matter: Matter, keeping: bool) -> tuple[list[str], list[str]]:
    """Who else has to come and sign, and in which cases somebody does, by what the materials require."""
    lines = _brought(matter, keeping)
    coming = _signing(lines)
    only = [line for line in lines if ONLY_THEN in line.material.requirement]
    perhaps = [
        f"{phrase}的，{person}{'才' if only else '也'}要来签名"
        for phrase, group in matter.checklist.open_lines.items()
        for person in _signing(group)
        if person not in coming
    ]
    if only and not coming and not perhaps:
        perhaps = [f"{'、'.join(_whose(line.material) for line in only)}{_clause(only[0].material, ONLY_THEN)}"]
    return coming, perhaps


def _signing(lines: Sequence[Line | MaybeLine]) -> list[str]:
    clauses = (_clause(line.material, SIGNING) for line in lines)
    return list(dict.fromkeys(clause.removesuffix(SIGNING) for clause in clauses if clause))


def _clause(material: Material, ending: str) -> str:
    """The part of a requirement that ends so; empty where there is none."""
    return next((part for part in material.requirement.split("；") if part.endswith(ending)), "")


def _whose(material: Material) -> str:
    """配偶, of 配偶有效身份证件."""
    return material.name.partition("有效身份证件")[0]


def either_or(matter: Matter) -> list[list[str]]:
    """For each open question of which every answer asks for something: the cases in the words of the table."""
    brought = [line for line in matter.checklist.maybe if line.submit in TO_BRING]
    found = (_cases(matter, asked, brought) for asked in matter.item.questions)
    return [cases for cases in found if len(cases) > 1]


def _cases(matter: Matter, asked: AskedQuestion, brought: Sequence[MaybeLine]) -> list[str]:
    """The cases that depend on this question alone, where one of them is everybody's; else none."""
    codes = [option.code for option in asked.question.options]
    own = [line.still for line in brought if questions_in(line.still) == {asked.id}]
    if not own or any(not any(truth(still, {asked.id: code}) for still in own) for code in codes):
        return []
    return list(dict.fromkeys(condition_phrase(matter.item, still) for still in own))


def _first_place(matter: Matter) -> str:
    """Where a returned application is referred to."""
    details = matter.request.details
    at = f"（{details.refer_address}）" if details.refer_address else ""
    return f"{details.refer_to}{at}" + (f"，电话{details.refer_phone}" if details.refer_phone else "")


def _begins_at_bank(matter: Matter) -> bool:
    """Whether the next step of a returned application is gone at an entrusted bank."""
    steps = [condition.next_step for condition in matter.broken if condition.next_step]
    return bool(steps) and f"向{BANK}" in steps[0].split("；")[0]


def _redress_days(refusal: str) -> list[str]:
    """60日内申请行政复议, 6个月内提起行政诉讼, of the sentence of part five. None where that one says only: if at all."""
    if "依法属于" in refusal:
        return []
    found = re.findall("起([0-9]+(?:日|个月)内)向[^，。；]*?(申请行政复议|提起行政诉讼)", refusal)
    return [span + act for span, act in found]
