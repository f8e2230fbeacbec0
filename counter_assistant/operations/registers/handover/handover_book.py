"""工作交接登记簿：每次交接一行，谁交谁、哪几天、几件、何时交回."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.papers.ruled_book import BookColumn as Column
from counter_assistant.domain.papers.ruled_book import Cell, RuledBook
from counter_assistant.domain.registers.handover.entries import HandedBack, Handover, Reason
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import word
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.registers.book_rows import NUMBER, STANDING, WHEN
from counter_assistant.operations.registers.books import SIGNATURES
from counter_assistant.operations.registers.handover.sheets import no_handover
from counter_assistant.operations.registers.keeping import lines_of
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterQuery

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TITLE = "AB角工作交接登记簿"
COLUMNS = (
    NUMBER, WHEN, Column("移交人", 7), Column("接收人", 7), Column("监交人", 7), Column("从", 8), Column("到", 8),
    Column("事由", 6), Column("在办件", 5, adds=True), Column("印章", 18), Column("返岗交回", 8), Column("异常", 14), STANDING,
)  # fmt: skip


class HandedOver(NamedTuple):
    """A handover as it stands; `returned` is the number of the entry of the return, 0 before that."""

    seq: int
    time: datetime
    said: Handover
    state: State
    returned: int
    back: HandedBack | None


def handovers_listed(office: Office, *, waiting: bool = False) -> list[HandedOver]:
    """The handovers in the book, the newest first; only those that nobody has returned from where that is asked for.

    Raises:
        Refusal: what reading the book refuses.
    """
    lines = lines_of(office).found(RegisterQuery((RegisterKind.ABSENCE,), waiting), limit=None)
    found = _of(office, lines)
    return sorted(found, key=lambda each: -each.seq)


def one_handover(office: Office, seq: int) -> HandedOver:
    """The handover that is the entry `seq`.

    Raises:
        Refusal: `no-handover`; what reading the book refuses.
    """
    line = lines_of(office).of(RegisterKind.ABSENCE, seq)
    found = _of(office, [line] if line else [])
    if not found:
        raise no_handover(seq)
    return found[0]


def _of(office: Office, lines: list[RegisterLine]) -> list[HandedOver]:
    entries = office.book.at({seq for line in lines for seq in (line.seq, line.settled) if seq})
    found = []
    for line in lines:
        said, came = (content_of(entries[seq]) if seq else None for seq in (line.seq, line.settled))
        if isinstance(said, Handover):
            back = came if isinstance(came, HandedBack) else None
            found.append(HandedOver(line.seq, line.time, said, line.state, line.settled if back else 0, back))
    return found


def handover_book(office: Office, *, waiting: bool = False) -> RuledBook:
    """The book of the handovers, the oldest first.

    Raises:
        Refusal: what reading the book refuses.
    """
    profile, names = office.profile, office.profile.clerk_names
    rows: list[tuple[Cell, ...]] = []
    for n, each in enumerate(reversed(handovers_listed(office, waiting=waiting)), 1):
        said, back = each.said, each.back
        people = (names.get(who, who) for who in (said.who, said.receiver, said.witness))
        rows.append((
            n, f"{each.time:%Y-%m-%d %H:%M}", *people, said.since, said.until, word(Reason, said.reason), len(said.cases), said.seals,
            back.day if back else "", back.odd if back else "", each.state.label,
        ))  # fmt: skip
    return RuledBook(
        listed((profile.unit, profile.branch), "　"), TITLE, "示例" if office.is_example else "",
        "只列待办的" if waiting else "全部", COLUMNS, tuple(rows), SIGNATURES,
        ("守则 一(八)2、3", f"{chinese_time(office.clock())} 从台账列出"),
    )  # fmt: skip
