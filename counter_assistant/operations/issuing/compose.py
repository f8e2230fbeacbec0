"""成文：把清单、决定和五项内容写成一份草稿。The wording is in the forms; here are the facts that fill it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.assessment.decision import Eligibility, Purpose
from counter_assistant.domain.assessment.five_parts import Notice, in_one_line, one_hand
from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, starred
from counter_assistant.domain.formatting import STAR, chinese_date
from counter_assistant.domain.papers.kinds import ACCEPTING, TELLING, SlipKind
from counter_assistant.domain.papers.kit import BOX
from counter_assistant.domain.papers.slip import Draft
from counter_assistant.domain.people.agent import AGENTS
from counter_assistant.domain.people.office_profile import Switch
from counter_assistant.operations.intake.correction import note_of
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Channel
from counter_assistant.operations.issuing.box_facts import box_facts
from counter_assistant.operations.issuing.kind_facts import kind_facts
from counter_assistant.operations.issuing.list_facts import (
    handed_in_rows,
    list_facts,
    material_rows,
    maybe_rows,
)
from counter_assistant.paper.arrangement import FormBlocks, Rows, arrange, arrange_blank

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


def compose(matter: Matter, kind: SlipKind, office: Office) -> Draft:
    """The slip with number, time of issue and check code left open.

    Raises:
        Refusal: `broken-form`.
    """
    blocks, rows = _blocks_and_rows(matter, kind, office, kind)
    return arrange(kind, blocks, rows)


def compose_blank(matter: Matter, office: Office) -> Draft:
    """The notification slip of an item on which is written by hand to whom it is given (停电备用单); what is needed in some situations only
    has a box to tick and a number.

    Raises:
        Refusal: `broken-form`.
    """
    kind = SlipKind.NOTIFICATION_SLIP
    blocks, rows = _blocks_and_rows(matter, kind, office, BLANK_FORM)
    boxes = tuple(
        (replace(first, text=f"{BOX}{n}　{first.text}"), *rest) for n, (first, *rest) in enumerate(rows["maybe"], 1)
    )
    return arrange_blank(kind, blocks, {**rows, "maybe": boxes})


BLANK_FORM = "blank_slip"


def _blocks_and_rows(matter: Matter, kind: SlipKind, office: Office, form: str) -> tuple[FormBlocks, Rows]:
    facts = {
        **_head_facts(matter, kind, office),
        "office_is_example": office.is_example,
        **_told_facts(matter.notice),
        **list_facts(matter, kind),
        **kind_facts(matter, kind, office),
        **box_facts(matter, kind, office),
    }
    rows = {
        "needed": material_rows(matter, kind),
        "maybe": maybe_rows(matter.checklist),
        "handed_in": handed_in_rows(matter, kind),
    }
    return office.content.forms_on(office.today()).blocks(form, facts), rows


def _told_facts(notice: Notice) -> dict[str, Any]:
    """The five parts in words: what the centre has yet to confirm is marked beside, never within what is promised."""
    return {
        "basis": starred(notice.basis),
        "procedure": starred(notice.procedure),
        "statutory": starred(notice.statutory),
        "promised": notice.promised.replace(TO_CONFIRM, ""),
        "promised_star": STAR if TO_CONFIRM in notice.promised else "",
        "remedy": starred(notice.remedy),
        "redress": starred(notice.redress),
        "responsible": in_one_line(notice.responsible),
        "one_hand": one_hand(notice.responsible),
    }


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
        "corrects": note_of(office, matter),
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
