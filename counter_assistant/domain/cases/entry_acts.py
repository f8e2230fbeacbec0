"""台账的一条记录对办件意味着什么：到窗口、走一步、放假通知、作废、撤销。

Each act at the window recorded before cases existed is a case of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.assessment.facts import Result
from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, StepWithdrawn, act_in
from counter_assistant.domain.cases.acts import Act, Moved, StepTaken, Visit, Voided, Withdrawn
from counter_assistant.domain.entry import UNNAMED_CASE, Entry, EntryKind
from counter_assistant.domain.papers.paper_entry import Card, SlipVoided


def acts_of(entry: Entry, content: Any, case_of_number: Mapping[str, str]) -> list[Act | Withdrawn]:
    """What an entry means for cases. `case_of_number` maps a slip's number to its case, for voids."""
    if act := act_in(content):
        return _visits(entry, act, content.registered.card if isinstance(content, SlipIssued) else None)
    place: dict[str, Any] = {"seq": entry.seq, "recorded": entry.time}
    day = entry.time.date()
    match content:
        case StepTaken():
            return [replace(content, **place)]
        case StepWithdrawn():
            return [Withdrawn(content.case, day, content.clerk, content.step, content.reason, **place)]
        case SlipVoided(number=number) if number in case_of_number:
            return [Voided(case_of_number[number], day, number, content.clerk, content.corrected_by, **place)]
        case CalendarTaken():
            return [Moved(row.case, day, row.new, row.provisional, content.clerk, **place) for row in content.moved]
    return []


def case_of(entry: Entry, act: ActRecorded | None) -> str:
    """The case that an act at the window belongs to."""
    return (act.facts.case if act else "") or entry.uuid or f"{UNNAMED_CASE}{entry.seq}"


def _visits(entry: Entry, act: ActRecorded, card: Card | None) -> list[Act | Withdrawn]:
    """The act at the window, where the entry holds enough to fold a case from it."""
    if act.result is None or act.facts.rule is None:
        return []
    return [_visit(entry, act, act.result, act.facts.rule, card)]


def _visit(entry: Entry, act: ActRecorded, result: Result, rule: Rule, card: Card | None) -> Visit:
    facts, applicant = act.facts, act.applicant
    return Visit(
        case=case_of(entry, act), on=entry.time.date(), clerk=facts.clerk, rule=rule, kind=result.kind,
        number=card.number if card else "", oral=entry.kind is EntryKind.ORAL_NOTICE, due=result.due,
        provisional=result.provisional, clocks=facts.clocks, item=facts.item,
        item_name=facts.item_name or (card.item_name if card else ""), applicant=applicant.name,
        phone_tail=applicant.phone_tail, id_tail=applicant.id_tail, stated="due" in facts.details,
        owner=facts.details.get("owner", ""), verify=facts.details.get("verify", ""), seq=entry.seq, recorded=entry.time,
    )  # fmt: skip
