"""交接单和返岗交回单：由台账的一条印出，一式三份，三方当面签（守则 一(八)3）.

Each is drawn from its entry alone, and from the handover that it ends, so that it prints the same whenever it is printed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.entries import HandedBack, HandedCase, Handover, Reason
from counter_assistant.domain.registers.handover.seals import read_seals
from counter_assistant.domain.registers.register_row import word
from counter_assistant.operations.registers.handover.listing import ENDED
from counter_assistant.paper.sheets import (
    HANDED_BACK,
    HANDOVER,
    HANDOVER_CASES,
    HANDOVER_LINES,
    HANDOVER_SEALS,
    arrange_copies,
)
from counter_assistant.storage.journal.entry_readers import content_of

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

HANDOVER_FORM, RETURN_FORM = "handover", "handed_back"
NEW, NONE = "新增", "—"
Row = tuple[Run, ...]


def sheet_of(office: Office, seq: int) -> Sheet:
    """The sheet of a handover, or of a return, by the number of its entry.

    Raises:
        Refusal: `no-handover` (the entry is neither, or was erased); `broken-form`.
    """
    entry = office.book.at([seq]).get(seq)
    said = content_of(entry) if entry else None
    if entry and isinstance(said, Handover):
        return _handover(office, said, entry)
    if entry and isinstance(said, HandedBack):
        left = office.book.at([said.of]).get(said.of)
        before = content_of(left) if left else None
        if isinstance(before, Handover):
            return _handed_back(office, said, before, entry)
    raise no_handover(seq)


def no_handover(seq: int) -> Refusal:
    """That an entry is no handover and no return."""
    return Refusal(
        "no-handover", f"台账第 {seq} 条不是工作交接，也不是返岗交回。", "请在登记页的“离岗”里选一次工作交接。"
    )


def sheet_pdf(office: Office, seq: int) -> bytes:
    """The PDF of that sheet, a copy for each of the three, marked 样本 in training.

    Raises:
        Refusal: `missing-glyph`; what `sheet_of` refuses.
    """
    return office.program.typesetter.sheet(sheet_of(office, seq), office.watermark)


def _handover(office: Office, said: Handover, entry: Entry) -> Sheet:
    receiver = _clerk(office, said.receiver)
    facts = {
        **_facts(office, said, entry),
        "post": _posts(office, said.who),
        "receiver": _name(office, said.receiver),
        "reached": receiver.phone if receiver else "",
        "back": _day(said.back),
    }
    cases = tuple(
        _row(each.number or NONE, each.item, each.person, each.state, each.next, due_in_words(each, said.since[:4]))
        for each in said.cases
    )
    return arrange_copies(
        HANDOVER, office.program.forms.blocks(HANDOVER_FORM, facts), _rows(said, cases, said.since[:4])
    )


def _handed_back(office: Office, said: HandedBack, before: Handover, entry: Entry) -> Sheet:
    then = {each.case: each for each in before.cases}
    facts = {
        **_facts(office, before, entry),
        "said": said,
        "receiver": _name(office, before.receiver),
        "witness": _name(office, said.witness),
        "day": _day(said.day),
        "handed": sum(each.case in then for each in said.cases),
        "ended": sum(each.case in then and each.next == ENDED for each in said.cases),
        "handed_seals": before.seals,
    }
    cases = tuple(
        _row(
            each.number or NONE, each.item, each.person, then[each.case].state if each.case in then else NEW, each.state,
            due_in_words(each, said.day[:4]),
        )
        for each in said.cases
    )  # fmt: skip
    return arrange_copies(
        HANDED_BACK, office.program.forms.blocks(RETURN_FORM, facts), _rows(said, cases, said.day[:4])
    )


def _facts(office: Office, said: Handover, entry: Entry) -> dict[str, Any]:
    return {
        "office": office.profile,
        "office_is_example": office.is_example,
        "said": said,
        "who": _name(office, said.who),
        "witness": _name(office, said.witness),
        "reason": word(Reason, said.reason),
        "since": _day(said.since),
        "until": _day(said.until),
        "entry": entry.seq,
        "check_code": entry.check_code,
    }


def _rows(said: Handover | HandedBack, cases: tuple[Row, ...], year: str) -> Mapping[str, tuple[Row, ...]]:
    return {
        HANDOVER_CASES: cases,
        HANDOVER_LINES: tuple(_row(line.sort, line.text, line.due.removeprefix(f"{year}-")) for line in said.lines),
        HANDOVER_SEALS: tuple(_row(seal.name, str(seal.pieces), seal.number) for seal in read_seals(said.seals)),
    }


def due_in_words(case: HandedCase, year: str) -> str:
    """11-30 承诺: the day on which a case needs somebody, and the one that is promised on paper; with its year where that is another."""
    due, promised = (day.removeprefix(f"{year}-") for day in (case.due, case.promised))
    if not promised:
        return due
    return f"{promised} 承诺" if promised == due else listed((due, f"{promised} 承诺"), "，")


def _row(*texts: str) -> Row:
    return tuple(map(Run, texts))


def _day(text: str) -> str:
    return chinese_date(date.fromisoformat(text))


def _clerk(office: Office, staff: str) -> Clerk | None:
    return next((clerk for clerk in office.profile.clerks if clerk.staff_number == staff), None)


def _name(office: Office, staff: str) -> str:
    """李某（工号 0001）; the staff number of one who is no longer there."""
    clerk = _clerk(office, staff)
    return f"{clerk.name}（工号 {staff}）" if clerk else f"工号 {staff}"


def _posts(office: Office, staff: str) -> str:
    """The posts that somebody holds, else what their duty is called."""
    held: Iterable[str] = (post.name for post in office.profile.posts if post.holder == staff)
    clerk = _clerk(office, staff)
    return listed(held) or (clerk.duty if clerk else "") or "—"
