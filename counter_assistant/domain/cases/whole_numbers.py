"""哪一种记录的整个号码留多久，和没有整个号码以后的样子：其余一字不变。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, act_in
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.number_entry import NumberConfirmed
from counter_assistant.domain.people.number_keeping import Keeping

KEEPING: Mapping[SlipKind | EntryKind, Keeping] = {
    SlipKind.NOTIFICATION_SLIP: Keeping.PAPER,
    SlipKind.RECEIPT: Keeping.PAPER,
    SlipKind.PROMISE_NOTICE: Keeping.FILE,
    SlipKind.SUPPLEMENT_NOTICE: Keeping.PAPER,
    SlipKind.REFERRAL_NOTICE: Keeping.FILE,
    SlipKind.RETURN_NOTICE: Keeping.PAPER,
    SlipKind.INTRODUCTION: Keeping.INQUIRY,
    SlipKind.GUIDANCE: Keeping.INQUIRY,
    SlipKind.CUSTODY_RECORD: Keeping.PAPER,
    SlipKind.DELAY_NOTICE: Keeping.FILE,
    EntryKind.ORAL_NOTICE: Keeping.INQUIRY,
    EntryKind.INQUIRY: Keeping.INQUIRY,
    EntryKind.CASE_STEP: Keeping.PAPER,
    EntryKind.NUMBER_CONFIRMED: Keeping.PAPER,
}
"""Each kind of paper, and each kind of entry without one that can hold a whole number."""

OF_ENTRIES = frozenset(kind for kind in KEEPING if isinstance(kind, EntryKind)) | {EntryKind.SLIP_ISSUED}
"""The kinds of entry that can hold a whole number."""

Numbered = ActRecorded | SlipIssued | NumberConfirmed


def keeping_of(kind: EntryKind, content: Numbered) -> Keeping:
    """How long the whole numbers of an entry are kept."""
    return KEEPING[SlipKind(content.registered.card.kind) if isinstance(content, SlipIssued) else kind]


def holds_whole(content: object) -> bool:
    """Whether an entry says a whole number of a person."""
    if isinstance(content, NumberConfirmed):
        return bool(content.whole)
    act = act_in(content)
    return act is not None and (act.applicant.whole or act.applicant.agent.whole)


def without_whole(content: Numbered) -> Numbered:
    """What an entry says, without whole numbers."""
    if isinstance(content, NumberConfirmed):
        return replace(content, whole="")
    if isinstance(content, SlipIssued):
        return replace(content, act=_masked(content.act) if content.act else None)
    return _masked(content)


def _masked(act: ActRecorded) -> ActRecorded:
    return replace(act, applicant=act.applicant.masked())
