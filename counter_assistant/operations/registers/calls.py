"""来电：把通话记下来，成为一条咨询登记（守则 一(六)3⑵、4⑵ 做好登记和记录）.

A note of a call is an entry of the book but begins no case: nothing was promised, and no clock runs.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from counter_assistant.domain.assessment.material_lines import Line
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.intake.deadlines import ANSWER_LIMIT
from counter_assistant.operations.intake.matter import Matter
from counter_assistant.operations.intake.request import Channel
from counter_assistant.operations.office import Office

LONGEST_NOTE, LONGEST_CALLER = 500, 60


def note_call(
    office: Office, text: str, *, item: str = "", caller: str = "", waits: bool = False, clerk: str = "", key: str = ""
) -> Entry:
    """Records what was asked and answered on the telephone. The same `key` with the same words is one entry.

    `item` is the id of the item that it was about. What was not answered at once `waits` for three working days, and `caller` says for
    whom it is and how they are reached.

    Raises:
        Refusal: `note-empty`, `caller-missing`, `unknown-item`, `clock-doubtful`, `request-differs` (the same `key` with other words);
            what `Office.permit` and `check_text` refuse.
    """
    note = " ".join(text.split())
    if not note:
        raise Refusal("note-empty", "还没有写通话记录。", "请写下对方问了什么、怎样答复的。")
    check_text(note, "通话记录", LONGEST_NOTE)
    if item and item not in office.catalogue.items:
        raise Refusal("unknown-item", f"目录里没有事项“{item}”。", "请在受理台重新选事项。")
    who = check_text(" ".join(caller.split()), "谁问的", LONGEST_CALLER)
    if waits and not who:
        raise Refusal("caller-missing", "还没有写谁问的、打哪个电话答复。", "请写下称呼和回电号码。")
    staff = office.permit(Permission.RECORD, clerk).staff_number
    noted = CallNoted(note, item, staff, Channel.PHONE.value, who)
    if waits:
        office.book.require_sound_clock()
        limit = office.calendar.deadline(office.today(), ANSWER_LIMIT.n, ANSWER_LIMIT.unit)
        noted = replace(noted, due=limit.due, provisional=limit.provisional)
    return office.book.append(EntryKind.INQUIRY, noted.to_payload(), uuid=key or str(uuid4()))


def reading_order(matter: Matter) -> tuple[str, ...]:
    """The checklist as it is read out on the telephone: what is needed, what may be, what is not, how long it takes."""
    checklist = matter.checklist
    needed = [f"{n}. {_material(line)}" for n, line in enumerate(checklist.required, 1)]
    maybe = [
        f"如果{phrase}，另需{listed(line.in_short for line in lines)}" for phrase, lines in checklist.open_lines.items()
    ]
    idle = [f"不需要{listed(names)}（{short}）" for short, names in checklist.wrongly_brought.items()]
    return (*needed, *maybe, *idle, matter.notice.promised)


def _material(line: Line) -> str:
    material = line.material
    if line.submit is Submit.EXEMPT:
        return f"{material.name}，本中心核验，不用带"
    if line.submit is Submit.AT_COUNTER:
        return f"{material.name}，到窗口填写"
    counts = [("原件", material.originals), ("复印件", material.copies)]
    brought = listed(f"{name}{n}份" for name, n in counts if n)
    return "，".join(part for part in (material.name, brought, line.requirement) if part)
