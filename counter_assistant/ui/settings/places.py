"""设置页有哪几组、哪一项在哪里改：从一行核对、一处差错走到它的输入框。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_assistant.ui.settings.page import SettingsPage
    from counter_assistant.ui.settings.profile_draft import Faults, ProfileDraft

UNIT, POSTS, CLERKS, SHARING, NUMBERS, CALENDAR, PHRASES, MACHINE, BODIES = range(9)
"""The sections in the order of their keys."""
NAMES = ("本单位", "岗位", "经办人", "数据共享", "编号与承诺", "放假日历", "文明用语", "本机", "常去的单位")
HINTS = (
    "印在每一张纸上", "守则 一(五)2⑶：告知单要写明每个审批环节由谁负责", "工号每人一个；纸上印当前经办人的姓名、职责和电话",
    "在线政务服务规定 第七条：能核验的不得要求提交", "编号怎样写，以及守则之外多承诺的几件事", "看过每一天再采用",
    "守则 二：二十五句不改；本单位自己的加在后面", "只对这台电脑，选好就生效",
    "守则 一(六)4⑸：不属于本单位的事，告知应到哪个部门",
)  # fmt: skip
_CHOSEN = {"shared_materials": SHARING, "switches": NUMBERS, "number_ordinal": NUMBERS, "number_digits": NUMBERS,
           "supplement_days": NUMBERS, "bodies": BODIES}  # fmt: skip
"""What is ticked or chosen, beside the fields that are typed."""


class Section(Protocol):
    """What every section of this page can do."""

    def load(self, draft: ProfileDraft) -> None: ...
    def show_faults(self, faults: Faults) -> None: ...
    def start(self) -> QWidget: ...


class Places:
    """Leads the hand to a field of the profile."""

    def __init__(self, page: SettingsPage) -> None:
        self._page = page

    def go_to(self, group: str, key: str, field: str) -> None:
        """To a field of the office itself, or of the clerk or post of that key; `group` is a field of OfficeProfile."""
        page = self._page
        if group == "clerks":
            numbers = [clerk.staff_number.strip() for clerk in page.draft.clerks]
            self._go_to_clerk(numbers.index(key), field)
        elif group == "posts":
            page.turn(POSTS)
            page.posts.holders[key].setFocus()
        elif group in page.unit.fields:
            page.turn(UNIT)
            page.unit.fields[group].edit.setFocus()
        else:
            page.go(_CHOSEN[group])

    def go_to_fault(self, key: str) -> None:
        """To a field that cannot be saved; a clerk's is 'clerk/<place>/<field>', another body's 'body/<place>/<field>'."""
        name, *rest = key.split("/")
        if rest and name == "body":
            self._page.turn(BODIES)
            self._page.bodies.go_to(int(rest[0]), rest[1])
        elif rest:
            self._go_to_clerk(int(rest[0]), rest[1])
        else:
            self.go_to(name, "", name)

    def _go_to_clerk(self, place: int, field: str) -> None:
        self._page.turn(CLERKS)
        self._page.clerks.list.setCurrentRow(place)
        self._page.clerks.fields[field].edit.setFocus()
