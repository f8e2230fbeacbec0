"""投诉：谁都可以记一条，只有登记保管人看得见、办得下去（守则 一(九)5 做好保密工作）.

Every act is one entry, sealed before it reaches the book, with its author and its time inside; so is a draft, from its first
save. Which entries are of one complaint is inside as well.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import NamedTuple

from counter_assistant.domain.calendar.workdays import Deadline
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import (
    LONGEST_MATTER,
    NUMBER_BYTES,
    Complaint,
    complaint_number,
    one_line,
    read_number,
)
from counter_assistant.domain.registers.complaint_state import (
    ComplaintRegister,
    ComplaintState,
    Written,
    fold_register,
)
from counter_assistant.domain.registers.complaint_steps import (
    ComplaintStep,
    ComplaintStepTaken,
    Said,
    StepTold,
    Supplement,
    said_in,
)
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.keys.keepers import who_keeps
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.complaint_drafts import UnfinishedComplaint, new_act, opened_drafts
from counter_assistant.operations.registers.register_key import keepers_in_words, require_keeper
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.sealing.sealed_payload import (
    RegisterKey,
    SealedPlace,
    open_content,
    seal_content,
)

LONGEST_VOLUME = 50


class Recorded(NamedTuple):
    """The number under which a complaint is known from now on, and its entry, which does not say it."""

    number: str
    entry: Entry


class Readable(NamedTuple):
    """All that the keepers have: the register, the drafts, and the numbers of entries and names of drafts that do not open."""

    register: ComplaintRegister
    drafts: tuple[UnfinishedComplaint, ...]
    unreadable: tuple[int | str, ...]


def record(office: Office, key: RegisterKey, complaint: Complaint, *, clerk: str = "", act: str = "") -> Recorded:
    """Records a complaint. Whoever took it cannot read it back without being a keeper.

    Raises:
        Refusal: `complaint-recorded` (the same `act` again), `clock-doubtful`; what `Complaint.checked` and `Office.permit` refuse.
    """
    author = office.permit(Permission.RECORD_SEALED, clerk).staff_number
    checked = complaint.checked(office.today())
    number = complaint_number(secrets.token_bytes(NUMBER_BYTES))
    said = replace(checked, number=number, author=author, recorded=office.database.now())
    return Recorded(number, _append(office, key, said, act))


def supplement(office: Office, key: RegisterKey, number: str, text: str, *, clerk: str = "", act: str = "") -> Entry:
    """Adds something to a complaint, for its keepers. That there is one of this number is not asked: only they know.

    Raises:
        Refusal: `supplement-empty`, `complaint-recorded`, `clock-doubtful`; what `read_number`, `check_text` and
            `Office.permit` refuse.
    """
    author = office.permit(Permission.RECORD_SEALED, clerk).staff_number
    added = check_text(one_line(text), "补充", LONGEST_MATTER)
    if not added:
        raise Refusal("supplement-empty", "还没有写补充的内容。", "请写下要补充什么。")
    return _append(office, key, Supplement(read_number(number), added, author, office.database.now()), act)


def take_step(office: Office, key: RegisterKey, told: StepTold, *, clerk: str = "", act: str = "") -> ComplaintState:
    """Takes a step with a complaint, as its keeper. Returns how it stands then.

    Raises:
        Refusal: `transferred-to-no-keeper` (who is to get it could not open it), `complaint-recorded`, `clock-doubtful`; what `find`,
            `ComplaintState.after`, `check_text`, `OfficeProfile.clerk` and `Office.permit` refuse.
    """
    author = office.permit(Permission.READ_SEALED, clerk).staff_number
    state = find(office, key, told.of, clerk=clerk)
    office.book.require_sound_clock()
    checked = replace(
        told,
        of=state.complaint.number,
        text=check_text(one_line(told.text), "内容", LONGEST_MATTER),
        volume=check_text(one_line(told.volume), "立卷号", LONGEST_VOLUME),
        to=_keeper(office, told.to) if told.to else "",
    )
    due = _due(office, state.complaint) if told.step is ComplaintStep.ACCEPT else None
    now = office.database.now()
    taken = ComplaintStepTaken(checked, author, now, due.due if due else None, bool(due and due.provisional))
    state.after(taken)
    _append(office, key, taken, act)
    return find(office, key, told.of, clerk=clerk)


def find(office: Office, key: RegisterKey, number: str, *, clerk: str = "") -> ComplaintState:
    """How a complaint stands, for a keeper.

    Raises:
        Refusal: `complaint-unknown`; what `read_register` and `read_number` refuse.
    """
    wanted = read_number(number)
    if state := read_register(office, key, clerk=clerk).register.complaints.get(wanted):
        return state
    raise Refusal("complaint-unknown", f"投诉登记里没有 {wanted}。", "请核对编号。")


def read_register(office: Office, key: RegisterKey, *, clerk: str = "") -> Readable:
    """Everything that the keepers have.

    Raises:
        Refusal: what `require_keeper` refuses.
    """
    require_keeper(office, key, clerk)
    written: list[Written] = []
    unreadable: list[int] = []
    for entry in office.book.entries(EntryKind.COMPLAINT):
        if one := _written(key, entry):
            written.append(one)
        elif not entry.erased:
            unreadable.append(entry.seq)
    drafts, damaged = opened_drafts(office, key)
    return Readable(fold_register(written), drafts, (*unreadable, *damaged))


def _keeper(office: Office, who: str) -> str:
    """The staff number of who is to look after a complaint, and could open it."""
    clerk = office.profile.clerk(who)
    if clerk not in who_keeps(office):
        raise Refusal(
            "transferred-to-no-keeper",
            f"{clerk.name}不是登记保管人，转过去也打不开。",
            f"请转给保管人：{keepers_in_words(office)}；要让{clerk.name}来办，先指定为登记保管人。",
        )
    return clerk.staff_number


def _append(office: Office, key: RegisterKey, said: Said, act: str) -> Entry:
    act = act or new_act()
    sealed = seal_content(key, SealedPlace(EntryKind.COMPLAINT, act), said.to_payload())
    # The digest that tells a repeated act would tell a guessed text as well; the name of the act says nothing.
    entry = office.book.append(EntryKind.COMPLAINT, sealed.to_payload(), uuid=act, digest=act)
    if content_of(entry) != sealed:
        raise Refusal("complaint-recorded", "这一条已经登记过了，没有再记。", "要补充的，请另记一条补充。")
    return entry


def _written(key: RegisterKey, entry: Entry) -> Written | None:
    """What an entry says; None where it does not open, or says nothing known."""
    try:
        content = content_of(entry)
        opened = open_content(key, SealedPlace(entry.kind, entry.uuid or ""), content) if content else None
        return Written(said_in(opened.said), opened.by_keeper) if opened else None
    except (KeyError, ValueError):
        return None


def _due(office: Office, complaint: Complaint) -> Deadline | None:
    """The last day of the limit that the centre promises for such a matter; None where it promises none."""
    today = office.today()
    item = office.catalogue.item(complaint.category.item, today)
    if item is None:
        return None
    limit = item.promised
    return office.calendar.deadline(today, limit.n, limit.unit, first_day_counts=limit.first_day_counts)
