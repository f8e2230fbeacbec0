"""清除保存期满的文书：两个人一起，写明理由；编号和校验链都还在，当事人的内容没有了."""

from __future__ import annotations

from collections.abc import Sequence

from counter_assistant.domain.entry import PayloadErased
from counter_assistant.domain.papers.paper_entry import SlipErased
from counter_assistant.domain.people import roles
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.archive.number_keeping import clock_has_jumped, term_has_ended
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second, another

LONGEST_REASON = 200


def erase(office: Office, numbers: Sequence[str], reason: str, second: Second, clerk: str = "") -> None:
    """Erases what slips say, given by number as in a 销毁清册, once the term of each has ended: series and number stay, and the
    chain holds. All of them, or none.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `reason-missing`, `term-not-ended`, `second-person-needed`, `clock-doubtful`, `clock-just-moved`, `already-erased`; what
            `Office.permit`, `roles.require` (of the second person), `another` and `check_text` refuse.
    """
    who = office.permit(Permission.ERASE, clerk).staff_number
    office.book.require_sound_clock()
    if not (why := check_text(reason.strip(), "清除的理由", LONGEST_REASON)):
        raise Refusal("reason-missing", "清除要写明理由，如销毁清册的文号。", "请填写理由后重试。")
    if clock_has_jumped(office):
        raise Refusal(
            "clock-just-moved", "电脑时间刚刚往前跳过，确认还不到一个月。", "请过一个月再清除：保存期要按走稳的时间算。"
        )
    kept = dict(_kept(office, number) for number in numbers)
    needed = Refusal("second-person-needed", "清除要两个人一起办。", "请另一位带班领导或者档案员在旁边确认。")
    other = another(office, second, {who}, needed)
    office.at_window.forget_coming()
    roles.require(office.profile, office.profile.clerk(other), Permission.ERASE)
    office.book.erase({seq: PayloadErased(slip.to_payload(), None, why, who, other) for seq, slip in kept.items()})


def _kept(office: Office, number: str) -> tuple[int, SlipErased]:
    archived = office.archive.show(number)
    entry, issued = archived.entry, archived.issued
    if not term_has_ended(office, entry, issued, office.today()):
        raise Refusal("term-not-ended", f"{number} 的保存期还没有满，或者这一件还没有办结。", "请等保存期满再清除。")
    of = issued.registered
    return entry.seq, SlipErased(of.series, of.sequence, of.card.number)
