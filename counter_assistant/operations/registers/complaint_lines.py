"""投诉在登记页上的样子：只给登记保管人看，一件一行，没有内容；别人连有几件都不知道（守则 一(九)5）.

What somebody complained about stands in no list: who keeps the register asks for one complaint by itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint_state import ComplaintState
from counter_assistant.domain.registers.complaint_steps import ComplaintStep
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.complaint_drafts import ASKED_OF, opened_drafts
from counter_assistant.operations.registers.complaints import read_register
from counter_assistant.operations.registers.register_key import register_key

LABEL, TITLE, CLAUSE = "投诉", "投诉来访登记簿", "一(九)"
NOT_RECORDED = "没有登记完"
WAITS_FOR = {ComplaintStep.FILE: "待立卷"}
"""How a complaint stands whose next step has a name too long for the column."""


class ComplaintLine(NamedTuple):
    """How one complaint stands: its number, when it was taken down, what is due and by whom, until when.

    `next` is the step that is due, None once it is filed; `owner` who looks after it, by staff number, empty until it is accepted.
    """

    number: str
    time: datetime
    clerk: str
    line: str
    in_words: str
    due: date | None
    next: ComplaintStep | None
    owner: str
    void: bool = False
    waits: bool = False

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return LABEL


class UnfinishedLine(NamedTuple):
    """A complaint, a step or something to add that was typed and never recorded, without what it says: the name of its draft, when it was saved
    last, None where that is not known, and by whom."""

    act: str
    time: datetime | None
    clerk: str
    line: str
    due: date | None = None
    in_words: str = "草稿"
    void: bool = False

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return LABEL


SealedLine = ComplaintLine | UnfinishedLine
"""What stands on the list of the complaints."""


def unfinished_lines(office: Office) -> tuple[UnfinishedLine, ...]:
    """What nobody has recorded yet, the newest first, for who keeps the register; nothing for anybody else."""
    try:
        key = register_key(office)
        office.foresee(Permission.READ_SEALED)
    except Refusal:
        return ()
    drafts = opened_drafts(office, key)[0] if key.secret is not None else ()
    lines = (
        UnfinishedLine(draft.act, draft.at, draft.author, listed((NOT_RECORDED, draft.texts.get(ASKED_OF, "")), "　"))
        for draft in drafts
        if draft.says_something
    )
    return tuple(sorted(lines, key=lambda line: line.time.timestamp() if line.time else 0.0, reverse=True))


def complaint_lines(office: Office) -> tuple[ComplaintLine, ...] | None:
    """The complaints, the newest first, for who keeps their register; None for anybody else, and where there is no such register."""
    try:
        key = register_key(office)
        found = read_register(office, key).register.complaints.values() if key.secret is not None else None
    except Refusal:
        return None
    return None if found is None else tuple(map(_line, reversed(tuple(found))))


class PressingComplaints:
    """How many complaints wait to be accepted, or are to be answered today or were before, for who keeps their register; none for
    anybody else. They are opened again only after something was recorded: opening them takes long where there are many."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._of: tuple[int, bytes] | None = None
        self._lines: tuple[ComplaintLine, ...] = ()

    def count(self) -> int:
        """How many there are now."""
        office = self._office
        try:
            secret = register_key(office).secret
            office.foresee(Permission.READ_SEALED)
        except Refusal:
            secret = None
        if secret is None:
            self._of, self._lines = None, ()
            return 0
        latest, today = office.book.latest(EntryKind.COMPLAINT), office.today()
        if self._of != (of := (latest.seq if latest else 0, secret)):
            self._of, self._lines = of, complaint_lines(office) or ()
        return sum(
            line.next is ComplaintStep.ACCEPT or (line.due is not None and line.due <= today) for line in self._lines
        )


def _line(state: ComplaintState) -> ComplaintLine:
    said = state.complaint
    recorded = said.recorded or datetime.combine(said.day, datetime.min.time())
    line = listed((said.number, f"{said.channel.label}·{said.category.label}"), "　")
    due = state.due if state.next else None
    return ComplaintLine(
        said.number,
        recorded,
        state.owner or said.author,
        line,
        WAITS_FOR.get(state.next, f"待{state.next.label}") if state.next else "已归档",
        due,
        state.next,
        state.owner,
    )
