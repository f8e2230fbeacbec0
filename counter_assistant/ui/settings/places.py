"""设置页有哪几组、哪一项在哪里改：从一行核对、一处差错走到它的输入框。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.settings.profile_draft import TOLD, UNIT_FIELDS

if TYPE_CHECKING:
    from counter_assistant.domain.people.profile_review import ReviewLine
    from counter_assistant.ui.settings.profile_draft import ProfileDraft

UNIT, POSTS, CLERKS, SHARING, NUMBERS, CALENDAR, PHRASES, MACHINE, BODIES, WAYS = range(10)
"""The sections in the order of their keys, Alt+1 to Alt+9 and Alt+0."""
NAMES = ("本单位", "岗位", "经办人", "数据共享", "编号与承诺", "放假日历", "文明用语", "本机", "常去的单位", "到哪里办")
HINTS = (
    "印在每一张纸上；文书用的纸", "守则 一(五)2⑶：告知单要写明每个审批环节由谁负责", "工号每人一个；纸上印当前经办人的姓名、职责和电话",
    "在线政务服务规定 第七条：能核验的不得要求提交", "编号怎样写，守则之外多承诺的几件事，哪些文书先复核", "看过每一天再采用",
    "守则 二：二十五句不改；本单位自己的加在后面", "只对这台电脑，选好就生效",
    "守则 一(六)4⑸：不属于本单位的事，告知应到哪个部门",
    "守则 一(五)2⑷：印在告知单的框里、程序与时限和指南里；空着的不印",
)  # fmt: skip
_SECTIONS = {"clerk": CLERKS, "post": POSTS, "body": BODIES, "bodies": BODIES, "shared_materials": SHARING,
             "switches": NUMBERS, "number_ordinal": NUMBERS, "number_digits": NUMBERS,
             "supplement_days": NUMBERS, "inheritance_limit": UNIT, "number_years": NUMBERS, "record_years": NUMBERS, "paper_formats": UNIT} | dict.fromkeys(UNIT_FIELDS, UNIT) | dict.fromkeys(TOLD, WAYS)  # fmt: skip


def section_of(field: str) -> int:
    """The section where a field is changed; fields are named as in `Faults`."""
    return _SECTIONS[field.partition("/")[0]]


def field_of(line: ReviewLine, draft: ProfileDraft) -> str:
    """The field by which a line of the review is changed: the one that stops the confirmation, else its last."""
    if line.group == "clerks":
        part = next((part.field for part in line.parts if part.stops), line.parts[-1].field)
        place = [clerk.staff_number.strip() for clerk in draft.clerks].index(line.key)
        return f"clerk/{place}/{part}"
    return f"post/{line.key}" if line.group == "posts" else line.group
