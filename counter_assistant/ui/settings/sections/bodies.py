"""常去的单位：不属于本单位的事指引到哪里（守则 一(六)4⑸）。前九个在受理台上按一个数字键填好，所以先后可以换。"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.operations.intake.usual_bodies import WITH_A_KEY
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import BODY_FIELDS, BodyDraft, Faults, ProfileDraft
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

HINTS = {
    "name": "印在指引单上，请写全称",
    "what_for": "供查找，不印在纸上",
    "address": "印在指引单上",
    "phone": "印在指引单上",
}
PLACES = {"name": (0, 0), "what_for": (0, 1), "address": (1, 0), "phone": (1, 1)}
UNKNOWN = "未填地址、电话"
EXPLAINED = "受理台上光标到“应去的单位”时列出来；按数字键、打字或者点一下，名称、地址、电话一起填好。"


class BodiesSection(Section):
    """The list in the order of the digits, and the fields of the one chosen beneath it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: ProfileDraft | None = None
        self._faults: Faults = {}
        self.list = QuietList("常去的单位")
        self.fields = {key: LabelledField(f"body_{key}", label, HINTS[key]) for key, label in BODY_FIELDS.items()}
        self.add = ActionButton("添加", "Ctrl+N", self)
        self.remove = ActionButton("删除", "Ctrl+Delete", self, shown_key="Ctrl+Del")
        self.up = ActionButton("上移", "Ctrl+Up", self, shown_key="Ctrl+↑")
        self.down = ActionButton("下移", "Ctrl+Down", self, shown_key="Ctrl+↓")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        for key, place in PLACES.items():
            grid.addWidget(self.fields[key], *place)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(PlainLabel(EXPLAINED, "secondary", wrap=True))
        rows.addWidget(self.list, 1)
        rows.addLayout(grid)
        rows.addLayout(buttons)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.activated.connect(lambda _index: self.fields["name"].edit.setFocus())
        for key, field in self.fields.items():
            field.changed.connect(lambda text, key=key: self._take(key, text))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))

    def load(self, draft: ProfileDraft) -> None:
        """Shows the bodies of a draft, and the same place as before where there is one."""
        self._draft = draft
        self._fill(self.list.currentRow())

    def show_faults(self, faults: Faults) -> None:
        """Puts every fault beside its field."""
        self._faults = faults
        self._show()

    def start(self) -> QWidget:
        return self.list

    def go_to(self, field: str) -> None:
        """Puts the cursor into a field of a body, body/<place>/<field>, or else into the list."""
        _, *rest = field.split("/")
        if rest:
            self.list.setCurrentRow(int(rest[0]))
        (self.fields[rest[1]].edit if rest else self.list).setFocus()

    @property
    def body(self) -> BodyDraft | None:
        """The body chosen."""
        bodies, place = self._bodies, self.list.currentRow()
        return bodies[place] if 0 <= place < len(bodies) else None

    @property
    def _bodies(self) -> list[BodyDraft]:
        return self._draft.bodies if self._draft else []

    def _fill(self, place: int) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for n, body in enumerate(self._bodies):
                self.list.add(*_line(n, body))
            self.list.setCurrentRow(min(max(place, 0), len(self._bodies) - 1))
        self._show()

    def _show(self) -> None:
        body, place = self.body, self.list.currentRow()
        for key, field in self.fields.items():
            text = getattr(body, key) if body else ""
            if field.edit.text() != text:
                field.edit.setText(text)
            field.setEnabled(body is not None)
            field.show_fault(self._faults.get(f"body/{place}/{key}", ""))
        self.remove.setEnabled(body is not None)
        self.up.setEnabled(body is not None and place > 0)
        self.down.setEnabled(body is not None and place < len(self._bodies) - 1)

    def _take(self, key: str, text: str) -> None:
        if body := self.body:
            setattr(body, key, text)
            self.list.rename(self.list.currentItem(), *_line(self.list.currentRow(), body))
            self.changed.emit()

    def _add(self) -> None:
        if self._draft:
            self._draft.bodies.append(BodyDraft())
            self._rearranged(len(self._draft.bodies) - 1)
            self.fields["name"].edit.setFocus()

    def _remove(self) -> None:
        if body := self.body:
            place = self.list.currentRow()
            self._bodies.remove(body)
            self._rearranged(place)
            self.list.mark_none(place)
            self.list.setFocus()  # a field, in which it may be, is of none now

    def _move(self, step: int) -> None:
        if body := self.body:
            place = self.list.currentRow() + step
            self._bodies.remove(body)
            self._bodies.insert(place, body)
            self._rearranged(place)

    def _rearranged(self, place: int) -> None:
        self._faults = {}  # they name places
        self._fill(place)
        self.changed.emit()


def _line(n: int, body: BodyDraft) -> tuple[str, str]:
    """The line of a body: its digit and name, and what is known of it."""
    key = f"{n + 1}　" if n < WITH_A_KEY else "　　"
    known = "　".join(part for part in (body.address, body.phone) if part) or UNKNOWN
    return key + (body.name or "（未填名称）"), "　".join(part for part in (body.what_for, known) if part)
