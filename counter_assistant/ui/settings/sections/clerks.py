"""经办人：工号唯一；谁在窗口，纸上就印谁。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.people.roles import Role
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import CLERK_FIELDS, ClerkDraft, Faults, ProfileDraft, Removed
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

HINTS = {"staff_number": "每人一个", "duty": "印在纸上", "phone": "印在纸上，当事人会打"}
CORNERS = {"A": "A 角", "B": "B 角"}
IN_A_LINE = 4
HAND_OVER_FIRST = "{}名下还有 {} 件没有办结。保存以前请先办工作交接：在受理台打 gzjj，回车；保存以后就选不到了。"
REMOVED = "已删去 {}，还没有保存：再按一次 Ctrl+Del 放回来。"
FALL_TO = "{}改由{}担任，要给别人的到“岗位”里换。"
NO_DEPUTY = "{}的 B 角空着。"
REMOVE, PUT_BACK = "删除", "放回来"
FALLS = "可以选几项，空格选；没有人有的职责由管理员代行，登记保管人除外。"
NO_ADMINISTRATOR = "还没有管理员，谁都可以做所有的事；确认单位资料的人就是第一位管理员，也可以在这里选。"


class ClerksSection(Section):
    """A list of people on the left, the one chosen on the right. `open_cases` says how many cases somebody looks after, by staff number."""

    made_current = Signal(str)
    """The staff number of the clerk who is at the window from now on."""

    def __init__(
        self, current: Callable[[], str], open_cases: Callable[[str], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._current, self._open_cases = current, open_cases
        self._draft: ProfileDraft | None = None
        self._removed: Removed | None = None
        self._faults: Faults = {}
        self.list = QuietList("经办人列表")
        self.list.setFixedWidth(theme.px(240))
        self.fields = {key: LabelledField(key, label, HINTS.get(key, "")) for key, label in CLERK_FIELDS.items()}
        self.corners = {code: Chip("", label) for code, label in CORNERS.items()}
        self.roles = {role: Chip("", role.label) for role in Role}
        self.roles_note = PlainLabel("", "hint", wrap=True)
        self.message = PlainLabel("", "error", wrap=True)
        self.message.setObjectName("message")
        self.add = ActionButton("添加", "Ctrl+N", self)
        self.remove = ActionButton(REMOVE, "Ctrl+Delete", self, shown_key="Ctrl+Del")
        self.make_current = ActionButton("设为当前经办人", "Ctrl+Shift+K", self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(12))
        for n, field in enumerate(self.fields.values()):
            grid.addWidget(field, n // 2, n % 2)
        corner = QHBoxLayout()
        corner.addWidget(PlainLabel("窗口角色", "secondary"))
        for code, chip in self.corners.items():
            chip.setAccessibleName(f"{CORNERS[code]}，按 Alt+{code}")
            corner.addWidget(chip)
        corner.addWidget(PlainLabel("Alt+A、Alt+B 选；A 角不在时由 B 角办（守则 一(八)）", "hint"))
        corner.addStretch(1)
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.make_current):
            buttons.addWidget(button)
        buttons.addStretch(1)
        duties = QGridLayout()
        duties.addWidget(PlainLabel("可以做", "secondary"), 0, 0)
        for n, (role, chip) in enumerate(self.roles.items()):
            chip.setAccessibleName(f"可以做{role.label}的事，空格选")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            duties.addWidget(chip, n // IN_A_LINE, 1 + n % IN_A_LINE)
        duties.setColumnStretch(1 + IN_A_LINE, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.px(12))
        for layout in (grid, corner, duties):
            right.addLayout(layout)
        right.addWidget(self.roles_note)
        right.addLayout(buttons)
        right.addWidget(self.message)
        right.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(16))
        line.addWidget(self.list)
        line.addLayout(right, 1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show())
        for key, field in self.fields.items():
            field.changed.connect(lambda text, key=key: self._take(key, text))
        for code, chip in self.corners.items():
            chip.clicked.connect(lambda _=False, code=code: self._take("corner", code))
            QShortcut(QKeySequence(f"Alt+{code}"), self, lambda code=code: self._take("corner", code))
        for role, chip in self.roles.items():
            chip.clicked.connect(lambda _=False, role=role: self._turn(role))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.make_current.clicked.connect(self._make_current)

    def load(self, draft: ProfileDraft) -> None:
        """Shows the people of a draft, and the same one as before where that is possible."""
        place = max(self.list.currentRow(), 0)
        self._draft, self._removed = draft, None
        self._fill(min(place, len(draft.clerks) - 1))

    def show_faults(self, faults: Faults) -> None:
        """Puts every fault of the person chosen beside its field."""
        self._faults = faults
        self._show_faults()

    def start(self) -> QWidget:
        return self.list

    def go_to(self, field: str) -> None:
        """Puts the cursor into a field of a person: clerk/<place>/<field>."""
        _, place, key = field.split("/")
        self.list.setCurrentRow(int(place))
        self.fields[key].edit.setFocus()

    @property
    def clerk(self) -> ClerkDraft | None:
        """The person chosen."""
        place = self.list.currentRow()
        return self._draft.clerks[place] if self._draft and 0 <= place < len(self._draft.clerks) else None

    def _fill(self, place: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for clerk in self._draft.clerks if self._draft else ():
            self.list.add(*self._line(clerk))
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._show()

    def _line(self, clerk: ClerkDraft) -> tuple[str, str]:
        current = "　当前" if clerk.saved_as and clerk.saved_as == self._current() else ""
        return f"{clerk.name or '（未填姓名）'}　{clerk.staff_number}", f"{CORNERS[clerk.corner]}{current}"

    def _show(self) -> None:
        clerk = self.clerk
        if clerk:
            self._removed = None
        self.remove.rename(PUT_BACK if self._removed else REMOVE)
        for key, field in self.fields.items():
            field.setEnabled(clerk is not None)
            field.edit.setText(getattr(clerk, key) if clerk else "")
        for code, chip in self.corners.items():
            chip.setChecked(clerk is not None and clerk.corner == code)
        self._show_roles()
        self.message.say("")
        self._show_faults()

    def _show_roles(self) -> None:
        clerk = self.clerk
        for role, chip in self.roles.items():
            chip.setEnabled(clerk is not None)
            chip.setChecked(clerk is not None and role in (clerk.roles or (Role.CLERK,)))
        named = any(Role.ADMINISTRATOR in each.roles for each in (self._draft.clerks if self._draft else ()))
        self.roles_note.setText(FALLS if named else NO_ADMINISTRATOR)

    def _turn(self, role: Role) -> None:
        if clerk := self.clerk:
            clerk.turn(role)
            self._show_roles()
            self.changed.emit()

    def _show_faults(self) -> None:
        for key, field in self.fields.items():
            field.show_fault(self._faults.get(f"clerk/{self.list.currentRow()}/{key}", ""))

    def _take(self, key: str, text: str) -> None:
        if clerk := self.clerk:
            setattr(clerk, key, text)
            self.list.rename(self.list.currentItem(), *self._line(clerk))
            for code, chip in self.corners.items():
                chip.setChecked(clerk.corner == code)
            self.changed.emit()

    def _add(self) -> None:
        if self._draft:
            self._draft.clerks.append(ClerkDraft())
            self._fill(len(self._draft.clerks) - 1)
            self.fields["staff_number"].edit.setFocus()
            self.changed.emit()

    def _remove(self) -> None:
        """Takes out the person chosen, and nobody is chosen then: the same key once more puts them back where they were."""
        clerk = self.clerk
        if self._draft and self._removed:
            gone = self._removed
            self._draft.put_back(gone)
            self._fill(gone.place)
            self.changed.emit()
            return
        if self._draft is None or clerk is None:
            return
        fault = self._draft.removal_fault(clerk, self._current())
        if fault:
            self.message.say(fault, "error")
            return
        place = self.list.currentRow()
        gone = self._removed = self._draft.remove(clerk, self._current())
        self.list.setFocus()  # the fields, in one of which it may be, are of nobody now
        self._fill(-1)
        self.list.mark_none(place)
        left = self._open_cases(clerk.saved_as) if clerk.saved_as else 0
        told = REMOVED.format(f"{clerk.name}（{clerk.staff_number}）" if clerk.name else "一行")
        told += FALL_TO.format("、".join(gone.held), self._name_of(self._current())) if gone.held else ""
        told += NO_DEPUTY.format("、".join(gone.stood_in)) if gone.stood_in else ""
        self.message.say(told + (HAND_OVER_FIRST.format(clerk.name, left) if left else ""), "attention")
        self.changed.emit()

    def _name_of(self, number: str) -> str:
        clerks = self._draft.clerks if self._draft else []
        return next((clerk.name for clerk in clerks if clerk.saved_as == number), number)

    def _make_current(self) -> None:
        clerk = self.clerk
        if clerk is None:
            return
        if not clerk.saved_as:
            self.message.say("这位经办人还没有保存，先按 Ctrl+S 保存，再设为当前经办人。", "error")
            return
        self.made_current.emit(clerk.saved_as)
        self._fill(self.list.currentRow())
