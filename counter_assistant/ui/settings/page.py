"""设置页：单位档案、岗位、经办人、数据共享一起保存，记入台账；本机的打印机和字号选好就生效。

Keys: Alt+1 to Alt+9 go to a section, Enter goes on to the next field, Ctrl+S saves, Ctrl+R takes back what is not saved,
Ctrl+Enter shows what papers print of it, where F9 confirms. What was typed stays typed when the page is left.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.settings.clerk_switch import seat
from counter_assistant.ui.settings.confirming import Confirming
from counter_assistant.ui.settings.from_catalogue import PostUse, shareable_materials
from counter_assistant.ui.settings.places import HINTS, NAMES, PHRASES, POSTS, UNIT, Places, Section
from counter_assistant.ui.settings.profile_draft import Faults, ProfileDraft
from counter_assistant.ui.settings.sections.bodies import BodiesSection
from counter_assistant.ui.settings.sections.calendar import CalendarSection
from counter_assistant.ui.settings.sections.clerks import ClerksSection
from counter_assistant.ui.settings.sections.machine import MachineSection
from counter_assistant.ui.settings.sections.numbers import NumbersSection
from counter_assistant.ui.settings.sections.phrases import PhrasesSection
from counter_assistant.ui.settings.sections.posts import PostsSection
from counter_assistant.ui.settings.sections.review import ReviewSection
from counter_assistant.ui.settings.sections.sharing import SharingSection
from counter_assistant.ui.settings.sections.unit import UnitSection
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page
from counter_assistant.ui.widgets.quiet_list import QuietList


class SettingsPage(Page):
    """The settings of an office. `profile_changed` follows every entry made here."""

    profile_changed = Signal()
    calendar_changed = Signal()
    phrases_changed = Signal()

    KEYS = (
        ("Alt+1 … Alt+9", "换一组设置"), ("回车", "下一格"), ("Ctrl+S", "保存"), ("Ctrl+R", "还原未保存的修改"),
        ("Ctrl+回车 F9", "核对纸上印的每一项；确认"), ("Ctrl+N", "添加经办人、假日、用语、单位"), ("Ctrl+E", "设定起始编号"), ("Ctrl+K", "换经办人"),
        ("Ctrl+O", "选放假通知的文件"), ("Ctrl+G", "采用读到的日历"), ("Ctrl+P、H、↑、↓", "用语置顶、隐藏；移动用语、单位"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.office = office
        self.draft = ProfileDraft.of(office.profile)
        self.service = service or PrintService(office.database.path.parent, parent=self)
        self.unit = UnitSection(office.today().year)
        self.posts = PostsSection(PostUse(office))
        self.clerks = ClerksSection(lambda: office.profile.current_clerk)
        self.sharing = SharingSection(shareable_materials())
        self.numbers = NumbersSection(office)
        self.calendar = CalendarSection(office)
        self.phrases = PhrasesSection(office)
        self.machine = MachineSection(self.service, training=office.training)
        self.bodies = BodiesSection()
        widgets = (
            self.unit, self.posts, self.clerks, self.sharing, self.numbers, self.calendar, self.phrases, self.machine,
            self.bodies,
        )  # fmt: skip
        self.sections: tuple[Section, ...] = widgets
        self.review, self.stack = ReviewSection(), QStackedWidget()
        for widget in (*widgets, self.review):
            self.stack.addWidget(widget)
        self._faults_shown = False
        self._make_frame()
        self._lay_out()
        self._connect()
        self._load()

    def _make_frame(self) -> None:
        self.list = QuietList("设置分组")
        for n, name in enumerate(NAMES, 1):
            self.list.add(name, f"Alt+{n}")
        self.groups = Card("设置")
        self.card = Card(NAMES[UNIT], HINTS[UNIT])
        self.banner = Card("")
        self.banner.mark(attention=True)
        self.warning = PlainLabel("", "secondary", wrap=True)
        self.banner.rows.addWidget(self.warning)
        self.state = PlainLabel("", "secondary", wrap=True)
        self.revert = ActionButton("还原", "Ctrl+R", self)
        self.confirm = ActionButton("核对并确认", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self.save = ActionButton("保存", "Ctrl+S", self, loud=True)
        self.save.setMinimumSize(theme.px(200), theme.px(38))

    def _lay_out(self) -> None:
        self.card.rows.setSpacing(theme.px(12))
        self.card.rows.addWidget(self.stack, 1)
        self.groups.setFixedWidth(theme.px(176))
        self.groups.rows.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(10))
        foot.addWidget(self.state, 1)
        for button in (self.revert, self.confirm, self.save):
            foot.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(theme.px(10))
        right.addWidget(self.banner)
        right.addWidget(self.card, 1)
        right.addLayout(foot)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        line.setSpacing(theme.px(10))
        line.addWidget(self.groups)
        line.addLayout(right, 1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_section)
        for n in range(len(NAMES)):
            key = QShortcut(QKeySequence(f"Alt+{n + 1}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda n=n: self.go(n))
        for section in (self.unit, self.posts, self.clerks, self.sharing, self.numbers, self.phrases, self.bodies):
            section.changed.connect(self._changed)
        self.clerks.made_current.connect(self._seat)
        for teller in (self.numbers, self.calendar, self.phrases):
            teller.told.connect(lambda text: self.say(text, "done"))
        self.calendar.calendar_changed.connect(self.calendar_changed)
        self.phrases.phrases_changed.connect(self.phrases_changed)
        self.save.clicked.connect(self._save)
        self.revert.clicked.connect(self._revert)
        self.list.itemClicked.connect(lambda _item: self._show_section(self.list.currentRow()))
        self.places, self.confirming = Places(self), Confirming(self)

    def go(self, section: int) -> None:
        """Shows a section and puts the hand where it begins."""
        self.turn(section)
        self.sections[section].start().setFocus()

    def turn(self, section: int) -> None:
        """Shows a section and leaves the hand where it is."""
        self.list.setCurrentRow(section)
        self._show_section(section)

    def close_down(self) -> None:
        """The window closes."""
        self.service.wait()

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return self.draft.dirty(self.office.profile)

    def _load(self) -> None:
        for section in self.sections:
            section.load(self.draft)
            section.show_faults({})
        self._faults_shown = False
        self.show_state()

    def _show_section(self, n: int) -> None:
        if n != self.stack.currentIndex() and n in (POSTS, UNIT):  # people may have changed, or the look of a number
            self.sections[n].load(self.draft)
        self.stack.setCurrentIndex(n)
        self.card.title.setText(NAMES[n])
        self.card.hint.setText(HINTS[n])
        self.show_state()

    def _save(self) -> None:
        """Phrases are entries of their own: the profile is recorded with them only where something of it was typed."""
        if self.phrases.dirty:
            refused = self.phrases.record()
            if refused:
                self.turn(PHRASES)
                self.phrases.form.write()
                self.say(refused, "error")
            if refused or not self.dirty:
                return
        if self.record(confirm=False):
            self.say("已保存，记入台账。", "done")

    def record(self, *, confirm: bool) -> bool:
        """Records what is typed as an entry of the book; False where something must be changed first, which is said."""
        if not self.show_faults():
            return False
        try:
            self.office.decide_profile(self.draft.profile(self.office.profile, confirm=confirm))
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return False
        self.draft = ProfileDraft.of(self.office.profile)
        self._load()
        self.profile_changed.emit()
        return True

    def show_faults(self) -> bool:
        """Puts every fault beside its field and goes to the first; True where there is none."""
        faults = self._show_faults()
        self._faults_shown = bool(faults)
        if faults:
            first = next(iter(faults))
            self.places.go_to_fault(first)
            self.say(f"有 {len(faults)} 处要改：{faults[first]}", "error")
        return not faults

    def _changed(self) -> None:
        """A fault that is mended goes at once."""
        if self._faults_shown:
            self._show_faults()
        self.show_state()

    def _show_faults(self) -> Faults:
        faults = self.draft.faults()
        for section in self.sections:
            section.show_faults(faults)
        return faults

    def _revert(self) -> None:
        self.draft = ProfileDraft.of(self.office.profile)
        self.phrases.revert()
        self._load()
        self.say("已还原为上次保存的内容。", "done")

    def _seat(self, staff_number: str) -> None:
        try:
            seat(self.office, staff_number)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        self.profile_changed.emit()
        self.say(f"现在由 {self.office.profile.clerk('').name} 经办。", "done")

    def show_state(self) -> None:
        """Whether anything is unsaved, and what stands over the sections."""
        dirty = self.dirty or self.phrases.dirty
        title, words = self.confirming.banner()
        self.banner.title.setText(title)
        self.warning.setText(words)
        self.banner.setVisible(bool(words))
        for widget in (self.groups, self.revert, self.confirm, self.save):
            widget.setVisible(not self.confirming.open_now)
            widget.setEnabled(not self.confirming.open_now)  # what is reviewed is what is recorded
        self.revert.setEnabled(dirty and not self.confirming.open_now)
        words = "有未保存的修改，离开这一页也不会丢。" if dirty else "与台账里保存的一致。"
        self._show(words, "attention" if dirty else "hint")

    def say(self, text: str, role: str) -> None:
        """Says what came of a key, here and in the status line."""
        self._show(text, role)
        self.status_message.emit(text)

    def _show(self, text: str, role: str) -> None:
        self.state.setProperty("role", role)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.state.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.dirty:  # the clerk may have been switched in the title bar
            self.draft = ProfileDraft.of(self.office.profile)
            self._load()
        self.go(max(self.list.currentRow(), 0))
