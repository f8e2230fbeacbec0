"""看一位经办人第一次告知、再来时有出入的办件：先写理由，记入台账，本人看得到，才给看（守则 一(五)4）."""

from __future__ import annotations

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.looked_entry import SupervisorLooked
from counter_assistant.domain.report.span import Span
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.notification.own_matters import OwnMatter, matters_told_by
from counter_assistant.operations.office import Office

LONGEST = 100


def colleagues(office: Office) -> tuple[Clerk, ...]:
    """Whose matters can be looked at: everybody but whoever looks, by staff number and by nothing else."""
    current = office.profile.clerk("").staff_number
    others = (clerk for clerk in office.profile.clerks if clerk.staff_number != current)
    return tuple(sorted(others, key=lambda clerk: clerk.staff_number))


def look_at_one(office: Office, clerk: str, month: Span, reason: str) -> tuple[OwnMatter, ...]:
    """The matters of a month that one clerk told first and for which something else was needed later. It is an entry before anybody
    sees them.

    Raises:
        Refusal: `own-matters` (one's own are on the page 办件), `reason-missing`, `one-month` (a year is asked for), `clock-doubtful`; what
            `Office.permit`, `OfficeProfile.clerk` and `check_text` refuse.
    """
    who = office.permit(Permission.SUPERVISE)
    told = office.profile.clerk(clerk)
    if told.staff_number == who.staff_number:
        raise Refusal("own-matters", "自己的办件不用写理由。", "请到办件页按 Ctrl+M 看，也可以在那里写说明。")
    if not month.month:
        raise Refusal("one-month", "看一位经办人的，一次看一个月。", "请按 Ctrl+Y 回到一个月再看。")
    if not (why := check_text(reason, "查看的理由", LONGEST).strip()):
        raise Refusal("reason-missing", f"看{told.name}的办件要写理由。", "请写一句为什么要看；写进台账，本人看得到。")
    office.book.require_sound_clock()
    looked = SupervisorLooked(told.staff_number, month.name, why, who.staff_number)
    office.book.append(EntryKind.SUPERVISOR_LOOKED, looked.to_payload())
    return matters_told_by(office, month.year, month.month, told.staff_number)
