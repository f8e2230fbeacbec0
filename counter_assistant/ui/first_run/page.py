"""第一次打开的那一页：不是向导，不弹窗；填十格就能用，也可以先看看，或者从带来的备份恢复。

For the main window: `if needed(office): …` show `FirstRunPage(office)` in the place of the pages until it says `finished`;
then show the desk as usual. 先用示例 writes nothing, so the page comes back at the next start until the office has decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.first_run.first_profile import CLERK, FIELDS, SUGGESTED, faults, first_profile
from counter_assistant.ui.restart import restart
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import FlowingLabel, PlainLabel
from counter_assistant.ui.widgets.page import Page

WELCOME = "欢迎使用柜台助手"
EXPLAINED = (
    "现在用的是示例单位的资料。填好下面几项就可以开始，它们会印在每一张纸上；岗位、同事和监督电话以后在“设置”里补。"
    "还没想好也不要紧：可以先用示例，或者进入练习，练习的数据另外存放，打出的纸都有“样本”。"
)

BROUGHT = "从前在别的电脑上用过、带了备份来的："
HAS_COPIES = "{} 有备份（{}）。换了电脑接着办的不要填，先恢复："
FROM_THE_START = "{} 有备份：换了电脑的按 Ctrl+O 恢复，编号才不会重。确实要从头开始的，再按一次。"
LOOKING = "正在看插着的 U 盘里有没有备份，请稍等……"
LONGEST_LOOK_MS = 10_000
"""A stick that does not answer for so long is waited for no more."""
UNSAVED = "填好的还没有保存：按 Ctrl+S 保存；不要了的，再按一次。"


def needed(office: Office) -> bool:
    """Whether this office has not decided its profile yet. A training folder is for trying out and never asks."""
    return not office.training and office.book.latest(EntryKind.OFFICE_PROFILE) is None


class FirstRunPage(Page):
    """The least that makes the papers one's own."""

    finished = Signal()
    """The clerk has saved, or goes on with the example."""
    restore_wanted = Signal()
    """Somebody came with a backup of the book that the office has already."""

    KEYS = (
        ("回车", "下一格，最后一格即保存"),
        ("Ctrl+S", "保存并开始"),
        ("Esc", "先用示例"),
        ("Ctrl+O", "从备份恢复"),
        ("Ctrl+T", "进入练习"),
    )
    """The keys of this page, for F1."""

    def __init__(
        self,
        office: Office,
        typed: Mapping[str, str] | None = None,
        look: Callable[[], bool] = lambda: False,
        parent: QWidget | None = None,
    ) -> None:
        """With what was `typed` here before, as `typed` gave it. `look` is asked before anything is saved whether somebody still looks for copies, and
        calls `go_on` once nobody does."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.office = office
        self._tried = False
        self._copies, self._look = "", look
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_LOOK_MS)
        self._longest.timeout.connect(self._go_on)
        self.fields = {key: LabelledField(key, label, hint) for key, (label, hint) in FIELDS.items()}
        self.message = PlainLabel(" ", "error", wrap=True)
        self.message.setObjectName("message")
        self.number = PlainLabel("", "hint")
        self.brought = FlowingLabel(BROUGHT, "secondary")
        self.save = ActionButton("保存并开始", "Ctrl+S", self, loud=True)
        self.example = ActionButton("先用示例", "Esc", self)
        self.practise = ActionButton("进入练习", "Ctrl+T", self)
        self.restore = ActionButton("从备份恢复…", "Ctrl+O", self)
        self.save.setMinimumSize(theme.px(220), theme.px(38))
        self._lay_out()
        self._connect()
        for key in SUGGESTED:
            self.fields[key].edit.setText(str(getattr(office.profile, key)))
        for key, text in (typed or {}).items():
            self.fields[key].edit.setText(text)
            self.fields[key].edit.setModified(True)
        self._show_number()

    def _lay_out(self) -> None:
        card = Card(WELCOME, "第一次打开")
        card.title.setProperty("role", "loud")
        card.rows.setSpacing(theme.px(12))
        card.rows.addWidget(PlainLabel(EXPLAINED, "secondary", wrap=True))
        brought = QHBoxLayout()
        brought.addWidget(self.brought)
        brought.addWidget(self.restore)
        brought.addStretch(1)
        card.rows.addLayout(brought)
        card.rows.addWidget(PlainLabel("本单位和这台电脑", "title"))
        card.rows.addLayout(self._grid([key for key in FIELDS if key not in CLERK], 3))
        card.rows.addWidget(self.number)
        card.rows.addWidget(PlainLabel("经办人，也就是您", "title"))
        card.rows.addLayout(self._grid(list(CLERK), 5))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(10))
        foot.addWidget(self.example)
        foot.addWidget(self.practise)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.save)
        card.rows.addSpacing(theme.px(8))
        card.rows.addLayout(foot)
        card.setMaximumWidth(theme.px(960))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 8)
        middle.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addLayout(middle)
        rows.addStretch(2)

    def _grid(self, keys: list[str], columns: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        for n, key in enumerate(keys):
            grid.addWidget(self.fields[key], n // columns, n % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        return grid

    def _connect(self) -> None:
        for field in self.fields.values():
            field.changed.connect(lambda _text: self._changed())
        last = self.fields[CLERK[-1]].edit
        last.entered.disconnect(last.focusNextChild)
        last.entered.connect(self._begin)
        self.save.clicked.connect(self._begin)
        self.example.clicked.connect(self._leave)
        self.practise.clicked.connect(self._practise)
        self.restore.clicked.connect(self.restore_wanted)

    def _values(self) -> dict[str, str]:
        return {key: field.edit.text().strip() for key, field in self.fields.items()}

    def _begin(self) -> None:
        self._tried = True
        found = self._show_faults()
        if found:
            self.fields[next(iter(found))].edit.setFocus()
            return
        if self._look():
            self.message.say(LOOKING, "secondary")
            self._longest.start()
            return
        self._save()

    def go_on(self) -> None:
        """Saves, if somebody asked for it while copies were looked for, and has not left since."""
        if self._longest.isActive():
            self._longest.stop()
            self._go_on()

    def _go_on(self) -> None:
        if self.isVisible() and not self._show_faults():
            self._save()

    def _save(self) -> None:
        if self._copies:
            self.message.say(FROM_THE_START.format(self._copies), "attention")
            self._copies = ""
            return
        try:
            self.office.decide_profile(first_profile(self.office.profile, self._values()))
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
            return
        self.status_message.emit("已保存。岗位、同事和监督电话请在设置里改好，再按 Ctrl+回车 核对并确认。")
        self.finished.emit()

    def _show_faults(self) -> dict[str, str]:
        """Shows every fault beside its field, and says how many there are."""
        found = faults(self._values())
        for key, field in self.fields.items():
            field.show_fault(found.get(key, ""))
        self.message.say(f"还有 {len(found)} 处要填或要改：{next(iter(found.values()))}" if found else " ", "error")
        return found

    @property
    def typed(self) -> dict[str, str]:
        """What somebody typed, by the keys of FIELDS."""
        return {key: field.edit.text() for key, field in self.fields.items() if field.edit.isModified()}

    @property
    def unsaved(self) -> str:
        return UNSAVED if any(text.strip() for text in self.typed.values()) else ""

    def say_copies(self, where: str, whose: str) -> None:
        """Says that copies lie somewhere, and whose the newest is: whoever fills in this page instead of restoring gives numbers twice. That it is
        to be so is asked once."""
        self._copies = where
        self.brought.say(HAS_COPIES.format(where, whose), "attention")

    def tell(self, words: str) -> None:
        self.message.say(words, "error")

    def _changed(self) -> None:
        """Takes a fault away as soon as it is mended, after a first try: nothing stays red beside a filled field."""
        self._show_number()
        self._told_unsaved = ""
        if self._tried:
            self._show_faults()

    def _leave(self) -> None:
        if any(field.edit.composing for field in self.fields.values()) or self.hold_open():
            return
        self.status_message.emit("正在使用示例资料；要改成本单位的，请到设置。")
        self.finished.emit()

    def _practise(self) -> None:
        try:
            restart(training=True)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")

    def _show_number(self) -> None:
        name = self.fields["installation_name"].edit.text().strip() or "○"
        year = self.office.today().year
        self.number.setText(f"出具的编号会是：{self.office.profile.short_name}{name}告〔{year}〕1号")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        empty = [field for field in self.fields.values() if not field.edit.text().strip()]
        self.setFocusProxy((empty or list(self.fields.values()))[0].edit)
        self.setFocus()
