"""每一种记录由哪一个类来读。没有列出的种类，本程序还不写.

A kind of entry is one dataclass, beside what it is about, with its own `to_payload` and `from_payload`. Nobody else asks a
payload for a key by its name. What an earlier version wrote is brought to today's schema before (upcasters.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.calendar.system_clock import ClockConfirmed
from counter_assistant.domain.cases.act_entry import SlipIssued, StepWithdrawn, act_from_payload
from counter_assistant.domain.catalogue.approval_entry import ApprovalWithdrawn, ItemsApproved
from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.closing.copies import CopiesFiled
from counter_assistant.domain.closing.head_statement import HeadWitnessed
from counter_assistant.domain.counter_forms.own_form import OwnForm
from counter_assistant.domain.entry import BookOpened, Entry, EntryKind, PayloadErased
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, FindingSettled
from counter_assistant.domain.papers.kit_entry import KitPrinted, KitVoided
from counter_assistant.domain.papers.paper_entry import SeriesStarted, SlipErased, SlipReprinted, SlipVoided
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.key_entry import KeySlot, SignInFailed
from counter_assistant.domain.people.number_entry import NumberConfirmed, NumberRevealed
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.registers.hand_entries import (
    Absence,
    BoxOpened,
    Misunderstanding,
    Opinion,
    Overtime,
    ReportedUpward,
)
from counter_assistant.domain.registers.handover.entries import HandedBack, Handover
from counter_assistant.domain.registers.rating import Rating, RatingSettled
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled
from counter_assistant.domain.report.looked_entry import SupervisorLooked
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.safekeeping.exported_entry import BookExported
from counter_assistant.domain.safekeeping.moved_entry import BookMoved
from counter_assistant.domain.safekeeping.restored_entry import Restored
from counter_assistant.domain.wording.office_phrases import OfficePhrases
from counter_assistant.storage.journal.upcasters import upcast

READERS: Mapping[EntryKind, Callable[[Mapping[str, Any]], Any]] = {
    EntryKind.BOOK_OPENED: BookOpened.from_payload,
    EntryKind.SERIES_STARTED: SeriesStarted.from_payload,
    EntryKind.PAYLOAD_ERASED: PayloadErased.from_payload,
    EntryKind.OFFICE_PROFILE: OfficeProfile.from_payload,
    EntryKind.SLIP_ISSUED: SlipIssued.from_payload,
    EntryKind.SLIP_VOIDED: SlipVoided.from_payload,
    EntryKind.SLIP_REPRINTED: SlipReprinted.from_payload,
    EntryKind.ORAL_NOTICE: act_from_payload,
    EntryKind.INQUIRY: act_from_payload,
    EntryKind.CASE_STEP: act_from_payload,
    EntryKind.STEP_WITHDRAWN: StepWithdrawn.from_payload,
    EntryKind.COMPLAINT: SealedContent.from_payload,
    EntryKind.CALENDAR: CalendarTaken.from_payload,
    EntryKind.PHRASES: OfficePhrases.from_payload,
    EntryKind.CLOCK_CONFIRMED: ClockConfirmed.from_payload,
    EntryKind.NUMBER_CONFIRMED: NumberConfirmed.from_payload,
    EntryKind.NUMBER_REVEALED: NumberRevealed.from_payload,
    EntryKind.ITEM_APPROVED: ItemsApproved.from_payload,
    EntryKind.APPROVAL_WITHDRAWN: ApprovalWithdrawn.from_payload,
    EntryKind.CONTENT_TAKEN: ContentTaken.from_payload,
    EntryKind.KEY_SLOT: KeySlot.from_payload,
    EntryKind.SIGNIN_FAILED: SignInFailed.from_payload,
    EntryKind.REVIEW: Review.from_payload,
    EntryKind.DAY_CLOSED: Closed.from_payload,
    EntryKind.MONTH_CLOSED: Closed.from_payload,
    EntryKind.YEAR_CLOSED: Closed.from_payload,
    EntryKind.HEAD_WITNESSED: HeadWitnessed.from_payload,
    EntryKind.COPY_FILED: CopiesFiled.from_payload,
    EntryKind.RESTORED: Restored.from_payload,
    EntryKind.BOOK_EXPORTED: BookExported.from_payload,
    EntryKind.OWN_FORM: OwnForm.from_payload,
    EntryKind.KIT_PRINTED: KitPrinted.from_payload,
    EntryKind.KIT_VOIDED: KitVoided.from_payload,
    EntryKind.OPINION: Opinion.from_payload,
    EntryKind.BOX_OPENED: BoxOpened.from_payload,
    EntryKind.MISUNDERSTANDING: Misunderstanding.from_payload,
    EntryKind.OVERTIME: Overtime.from_payload,
    EntryKind.ABSENCE: Absence.from_payload,
    EntryKind.HANDOVER: Handover.from_payload,
    EntryKind.HANDED_BACK: HandedBack.from_payload,
    EntryKind.REPORTED_UPWARD: ReportedUpward.from_payload,
    EntryKind.RESULT_FILED: ResultFiled.from_payload,
    EntryKind.REGISTER_ANSWERED: Answered.from_payload,
    EntryKind.REGISTER_WITHDRAWN: RegisterWithdrawn.from_payload,
    EntryKind.SUPERVISOR_LOOKED: SupervisorLooked.from_payload,
    EntryKind.RATING: Rating.from_payload,
    EntryKind.RATING_SETTLED: RatingSettled.from_payload,
    EntryKind.BUNDLE_TAKEN: BundleTaken.from_payload,
    EntryKind.FINDING_SETTLED: FindingSettled.from_payload,
    EntryKind.BOOK_MOVED: BookMoved.from_payload,
}


def content_left(erased: PayloadErased) -> Any:
    """What an entry says now that its whole numbers have left it; None where more has."""
    read = READERS.get(erased.of) if erased.of else None
    return read(upcast(erased.of, erased.kept)) if read and erased.of else None


def content_of(entry: Entry) -> Any:
    """What an entry says. Of an erased one that is what was kept of a slip; None of any other, and of a kind not listed."""
    if entry.erased:
        return SlipErased.from_payload(entry.payload) if entry.kind is EntryKind.SLIP_ISSUED else None
    read = READERS.get(entry.kind)
    return read(entry.payload) if read else None
