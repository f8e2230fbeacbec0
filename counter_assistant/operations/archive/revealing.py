"""查看一份文书当事人的整个号码：先记入台账，写明理由，再给看."""

from __future__ import annotations

from counter_assistant.domain.cases.whole_numbers import holds_whole
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.number_entry import NumberRevealed
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.office import Office


def reveal(office: Office, number: str, reason: str, clerk: str = "") -> Applicant:
    """The applicant of a slip and whoever acted for them, with their whole numbers. It is an entry before anybody sees one.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `no-whole-number` (none was taken, or its term has ended), `reason-missing`,
            `clock-doubtful`; what `Office.permit` and `check_text` refuse.
    """
    who = office.permit(Permission.REVEAL_NUMBER, clerk)
    refuse_without(office, number)
    if not (why := check_text(reason, "查看理由").strip()):
        raise Refusal("reason-missing", "查看整个号码须写明理由。", "请填写理由后重试。")
    revealed = NumberRevealed(number, why, who.staff_number)
    office.book.append(EntryKind.NUMBER_REVEALED, revealed.to_payload())
    return _applicant(office, number)


def refuse_without(office: Office, number: str) -> None:
    """Asks whether a slip has a whole number at all, before a reason is asked for.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `no-whole-number`.
    """
    if not holds_whole(office.archive.show(number).issued):
        raise Refusal(
            "no-whole-number", f"{number} 没有整个号码：没有采集过，或者保存期已满。", "纸上遮过的号码可以照旧查看。"
        )


def _applicant(office: Office, number: str) -> Applicant:
    issued = office.archive.show(number).issued
    assert issued.act is not None  # it holds a whole number
    return issued.act.applicant
