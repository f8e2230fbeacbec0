"""登记簿：手工记一条、记上结果、撤销，每一件都是台账的一条记录（守则 一(二)2、一(六)4、一(七)3、4）.

Nearly all of the registers arises by itself from what the desk did; what is left is recorded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_forms import LONGEST, Waiting, entry_of, read_values
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled, not_withdrawn
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.cases.steps import take_step
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import ratings
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.registers.handover.recording import open_handover
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterLines

_KINDS: Mapping[RegisterKind, EntryKind] = {
    RegisterKind.OPINION: EntryKind.OPINION, RegisterKind.BOX_OPENED: EntryKind.BOX_OPENED,
    RegisterKind.MISUNDERSTANDING: EntryKind.MISUNDERSTANDING, RegisterKind.OVERTIME: EntryKind.OVERTIME,
    RegisterKind.ABSENCE: EntryKind.ABSENCE, RegisterKind.REPORTED_UPWARD: EntryKind.REPORTED_UPWARD,
}  # fmt: skip
_STEPS = {RegisterKind.INQUIRY: Step.ANSWERED, RegisterKind.REFERRAL: Step.DONE}
"""With which step of its case a line ends."""


def lines_of(office: Office) -> RegisterLines:
    """The registers of the office's book."""
    return RegisterLines(office.database)


def due_today(office: Office) -> int:
    """How many lines wait by themselves and are due today or late; what waits for a case is counted with the cases."""
    return lines_of(office).overdue(office.today() + timedelta(days=1))


def record(office: Office, kind: RegisterKind, typed: Mapping[str, str], *, clerk: str = "", key: str = "") -> Entry:
    """Records what was typed for a register. The same `key` with the same words is one entry.

    Raises:
        Refusal: `arises-by-itself` (nobody types it), `clock-doubtful`, `request-differs`; what `read_values`, `entry_of`, `note_call`, `rate`,
            `OfficeProfile.clerk` and `Office.permit` refuse.
    """
    if not kind.by_hand:
        raise Refusal(
            "arises-by-itself", f"{kind.book_title}不用手工登记。", "在受理台办的事会自己记在这里；请到受理台办。"
        )
    if kind is RegisterKind.RATING:
        return ratings.rate(office, typed, clerk=clerk, key=key)
    office.book.require_sound_clock()
    today = office.today()
    values = read_values(kind, typed, today, lambda who: office.profile.clerk(who).staff_number)
    if kind is RegisterKind.INQUIRY:
        waits = values["wait"] == Waiting.WAITS
        return note_call(office, values["text"], caller=values["caller"], waits=waits, clerk=clerk, key=key)
    who = office.permit(Permission.KEEP_REGISTER, clerk).staff_number
    said = entry_of(kind, values, who, today)
    return office.book.append(_KINDS[kind], said.to_payload(), uuid=key or str(uuid4()))


def settle(office: Office, line: RegisterLine, typed: Mapping[str, str], *, clerk: str = "") -> RegisterLine:
    """Records what came of a line that waits, by what was typed under the heads of `ANSWERS`, and returns it as it stands then.

    Raises:
        Refusal: `register-settled`; what `answer` and `ratings.settle` refuse.
    """
    if line.kind is not RegisterKind.RATING:
        said = dict(typed)
        return answer(office, line, said.pop("text", ""), **said, clerk=clerk)
    _require_waiting(line)
    ratings.settle(office, line, typed, clerk=clerk)
    return line_of(office, line.kind, line.seq)


def answer(
    office: Office,
    line: RegisterLine,
    text: str,
    *,
    to: str = "",
    posted: str = "",
    document: str = "",
    clerk: str = "",
) -> RegisterLine:
    """Records what came of a line that waits, and returns the line as it stands then. What waits for its case ends with a step of that.

    `to` is the department that it went to, or the body that the leader named, `posted` the day on which the answer was put up,
    `document` the paper of a result.

    Raises:
        Refusal: `register-settled`, `answer-missing`, `handed-over` (that ends by a return), `register-unknown`, `clock-doubtful`; what `take_step`, `check_text`, `read_day`
            and `Office.permit` refuse.
    """
    _require_waiting(line)
    words = check_text(" ".join(text.split()), "结果", LONGEST)
    where, paper = check_text(to.strip(), "转办科室或者承办机构", 100), check_text(document.strip(), "文号", 100)
    if not (words or (line.kind is RegisterKind.REPORTED_UPWARD and where)):
        raise Refusal("answer-missing", "还没有写结果。", "请写下怎样办的、怎样答复的。")
    if step := _STEPS.get(line.kind) if line.case else None:
        take_step(office, line.case, step, note=words, clerk=clerk)
        return line_of(office, line.kind, line.seq)
    if line.kind is RegisterKind.ABSENCE and open_handover(office, line.seq):
        raise Refusal(
            "handed-over",
            "这一次办过工作交接，返岗要当面交回。",
            "请在登记页选中它，按 F9 记返岗交回，印章等一并点清。",
        )
    who = office.permit(Permission.KEEP_REGISTER, clerk).staff_number
    office.book.require_sound_clock()
    if line.kind is RegisterKind.RESULT_FILED:
        office.book.append(EntryKind.RESULT_FILED, ResultFiled(line.seq, words, paper, who).to_payload())
    else:
        day = read_day(posted, office.today()).isoformat() if posted.strip() else ""
        office.book.append(EntryKind.REGISTER_ANSWERED, Answered(line.seq, words, where, day, who).to_payload())
    return line_of(office, line.kind, line.seq)


def take_back(office: Office, line: RegisterLine, reason: str, *, clerk: str = "") -> RegisterLine:
    """Takes back what came last of a line, or where nothing has, the line itself, which stays in the register as withdrawn.

    Raises:
        Refusal: `reason-missing`, `register-not-withdrawn`, `register-unknown`, `clock-doubtful`; what `check_text`, `may_take_back` and
            `Office.permit` refuse.
    """
    why = check_text(" ".join(reason.split()), "撤销的理由", LONGEST)
    if not why:
        raise Refusal("reason-missing", "撤销须写明原因。", "请填写原因后重试。")
    if not line.can_be_taken_back:
        raise not_withdrawn()
    last = line.settled or line.seq
    late = office.book.at([last])[last].time.date() < office.today()
    if line.kind is RegisterKind.RATING and not line.settled:
        who = ratings.may_take_back(office, line, clerk=clerk)
    else:
        who = office.permit(Permission.TAKE_BACK_LATER if late else Permission.TAKE_BACK, clerk).staff_number
    office.book.append(EntryKind.REGISTER_WITHDRAWN, RegisterWithdrawn(line.seq, why, who).to_payload())
    return line_of(office, line.kind, line.seq)


def _require_waiting(line: RegisterLine) -> None:
    if not line.waits:
        raise Refusal("register-settled", f"这一条{line.in_words}，不等办结。", "请核对是不是选错了一条。")


def line_of(office: Office, kind: RegisterKind, seq: int) -> RegisterLine:
    """The line of a register, by the number of its entry.

    Raises:
        Refusal: `register-unknown`.
    """
    if line := lines_of(office).of(kind, seq):
        return line
    raise Refusal(
        "register-unknown", f"{kind.book_title}里没有第 {seq} 条。", "请在登记页选一条，或者用 list 查看编号。"
    )
