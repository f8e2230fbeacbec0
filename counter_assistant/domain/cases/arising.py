"""窗口的一次经办在登记簿里自己成为什么：首问、咨询、转办代收、结果备案，谁都不用另填（守则 一(六)、一(七)3、4）."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, act_in
from counter_assistant.domain.cases.case import Stage
from counter_assistant.domain.cases.entry_acts import case_of
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import RegisterRow, in_short, rows_typed
from counter_assistant.domain.registers.settling import Standing, State

HANDED_ON = frozenset((SlipKind.INTRODUCTION, SlipKind.CUSTODY_RECORD, SlipKind.GUIDANCE))
"""What is given to a visitor who is handed on or shown the way; the first two are followed to the end (守则 一(六)3⑶ 督办)."""
CLOSED = "closed"
"""The stage of a row that waits from the day on which its case has ended."""
NOBODY = "未留姓名"
_WHERE = ("refer_to", "colleague")
"""The details that say to whom a visitor was sent."""


def register_rows(entry: Entry, content: object) -> tuple[RegisterRow, ...]:
    """The rows that an entry gives, as they stand while nothing has come of it."""
    act = act_in(content)
    if act is None:
        return rows_typed(content)
    return tuple(_of_act(entry, act, content.registered.number if isinstance(content, SlipIssued) else ""))


def begins(rows: tuple[RegisterRow, ...]) -> Standing | None:
    """How an entry with these rows stands at first; None where nothing can come of it: it has no row, or its case says how it stands."""
    own = [row for row in rows if row.kind is not RegisterKind.FIRST_CONTACT and row.stage in ("", CLOSED)]
    return Standing(own[0].state) if own else None


def _of_act(entry: Entry, act: ActRecorded, number: str) -> Iterator[RegisterRow]:
    facts, who = act.facts, act.applicant
    if act.result is None or facts.rule is None:  # the earliest acts say too little
        return
    kind, case = act.result.kind, case_of(entry, act)
    done = number or (f"口头{kind.in_words}" if kind else "登记")
    row = RegisterRow(
        RegisterKind.FIRST_CONTACT, facts.clerk, in_short(who.name or NOBODY, facts.item_name, done), case=case,
        names=tuple(name for name in (who.name, who.agent.name) if name),
        marks=tuple(mark for mark in (facts.item, who.phone_tail, who.id_tail) if mark),
    )  # fmt: skip
    if facts.case in ("", entry.uuid):
        yield row
    if kind is None and facts.rule is Rule.UNCLEAR_INQUIRY:
        asked = in_short(who.name or NOBODY, facts.item_name, facts.details.get("asked", ""))
        yield replace(row, kind=RegisterKind.INQUIRY, line=asked, state=State.OPEN, stage=Stage.ASKED.value)
    if kind in HANDED_ON:
        where = next((facts.details[name] for name in _WHERE if facts.details.get(name)), "")
        followed = kind is not SlipKind.GUIDANCE
        yield replace(
            row, kind=RegisterKind.REFERRAL, line=in_short(who.name or NOBODY, facts.item_name, done, where),
            state=State.OPEN if followed else State.NOTED, stage=Stage.HANDED_ON.value if followed else "",
        )  # fmt: skip
    if kind is SlipKind.REFERRAL_NOTICE:
        yield replace(row, kind=RegisterKind.RESULT_FILED, state=State.OPEN, stage=CLOSED)
