"""设置页：单位档案、岗位、经办人、数据共享一起保存，记入台账；本机的打印机和字号选好就生效。

Keys: Alt+1 to Alt+0 go to a section, Enter goes on to the next field, Ctrl+S saves, Ctrl+R takes back what is not saved,
Ctrl+Enter shows what papers print of it, where F9 confirms. What was typed stays typed when the page is left.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.people.profile_review import ReviewLine
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.settings import confirming
from counter_assistant.ui.settings.frame import SettingsFrame
from counter_assistant.ui.settings.from_catalogue import PostUse, shareable_materials
from counter_assistant.ui.settings.places import HINTS, NAMES, PHRASES, POSTS, UNIT, field_of, section_of
from counter_assistant.ui.settings.profile_draft import Faults, ProfileDraft
from counter_assistant.ui.settings.sections.bodies import BodiesSection
from counter_assistant.ui.settings.sections.calendar import CalendarSection
from counter_assistant.ui.settings.sections.clerks import ClerksSection
from counter_assistant.ui.settings.sections.machine import MachineSection
from counter_assistant.ui.settings.sections.numbers import NumbersSection
from counter_assistant.ui.settings.sections.phrases import PhrasesSection
from counter_assistant.ui.settings.sections.posts import PostsSection
from counter_assistant.ui.settings.sections.review import ReviewSection
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.settings.sections.sharing import SharingSection
from counter_assistant.ui.settings.sections.unit import UnitSection, WaysSection

UNSAVED = "设置里有未保存的修改：按 Ctrl+S 保存；不要了的，再关一次窗口。"

LEFT_BY = "这里是 {} 改了一半、还没有保存的：由本人来保存，不要的按 Ctrl+R 还原。"


class SettingsPage(SettingsFrame):
    """The settings of an office. `profile_changed` follows every entry made here."""

    profile_changed = Signal()
    calendar_changed = Signal()
    phrases_changed = Signal()

    KEYS = (
        ("Alt+1 … Alt+0", "换一组设置"), ("回车", "下一格"), ("Ctrl+S", "保存"), ("Ctrl+R", "还原未保存的修改"),
        ("Ctrl+回车 F9", "核对纸上印的每一项；确认"), ("Ctrl+N", "添加经办人、假日、用语、单位"), ("Ctrl+E", "设定起始编号"), ("Ctrl+K", "换经办人"),
        ("Ctrl+O", "选放假通知的文件"), ("Ctrl+G", "采用读到的日历"), ("Ctrl+P、H、↑、↓", "用语置顶、隐藏；移动用语、单位"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.draft = ProfileDraft.of(office.profile)
        self.service = service or PrintService(office.folder, parent=self)
        self.unit = UnitSection(office.today().year)
        self.posts = PostsSection(PostUse(office))
        self.clerks = ClerksSection(
            lambda: office.profile.current_clerk, lambda who: len(office.cases.looked_after_by({who}))
        )
        self.sharing = SharingSection(shareable_materials())
        self.numbers = NumbersSection(office)
        self.calendar = CalendarSection(office)
        self.phrases = PhrasesSection(office)
        self.machine = MachineSection(self.service, office)
        self.bodies = BodiesSection()
        self.ways = WaysSection()
        self.sections: tuple[Section, ...] = (
            self.unit, self.posts, self.clerks, self.sharing, self.numbers, self.calendar, self.phrases, self.machine,
            self.bodies, self.ways,
        )  # fmt: skip
        self.review = ReviewSection()
        for part in (*self.sections, self.review):
            self.stack.addWidget(part)
        self._faults_shown, self._left_by = False, ""
        self._focus = FocusReturn()
        self._connect()
        self._load()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_section)
        for n in range(len(NAMES)):
            key = QShortcut(QKeySequence(f"Alt+{(n + 1) % 10}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda n=n: self.go(n))
        for section in self.sections:
            section.changed.connect(self._changed)
            section.reported.connect(lambda text: self.say(text, "done"))
        self.clerks.made_current.connect(self._make_current)
        self.calendar.calendar_changed.connect(self.calendar_changed)
        self.phrases.phrases_changed.connect(self.phrases_changed)
        self.unit.own_forms.clicked.connect(self.open_own_forms)
        self.save.clicked.connect(self._save)
        self.revert.clicked.connect(self._revert)
        self.list.itemClicked.connect(lambda _item: self._show_section(self.list.currentRow()))
        self.confirm.clicked.connect(self.open_review)
        self.review.line_chosen.connect(self._lead_to)
        self.review.back.clicked.connect(self._leave_review)
        self.review.agree.clicked.connect(self._agree)
        self.review.agree.unavailable.connect(self._refuse_to_agree)

    def give_way(self, on: bool) -> None:
        """The window says something over the page, to which the page's own banner gives way."""
        self.gives_way = on
        self.show_state()

    def go(self, section: int) -> None:
        """Shows a section with the cursor where it begins."""
        self.turn(section)
        self.sections[section].start().setFocus()

    def turn(self, section: int) -> None:
        """Shows a section; the cursor stays where it is."""
        self.list.setCurrentRow(section)
        self._show_section(section)

    def go_to(self, field: str) -> None:
        """Puts the cursor into a field of the profile, named as in `Faults`, wherever that is."""
        section = section_of(field)
        self.turn(section)
        self.sections[section].go_to(field)

    @property
    def unsaved(self) -> str:
        return UNSAVED if self.dirty or self.phrases.dirty else ""

    def leave_to_another(self) -> None:
        if self.stack.currentWidget() is self.review:
            self._leave_review()
        if self.unsaved and not self._left_by:
            self._left_by = self.office.profile.clerk("").name
        self.show_state()

    def tell(self, words: str) -> None:
        self.say(words, "attention")

    def close_down(self) -> None:
        """Waits for what was sent to the printer, and for the reader: the window closes."""
        self.machine.close_down()
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
        self.show_part(self.stack.widget(n), NAMES[n], HINTS[n])
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
        """Records what is typed as an entry of the book; False where a fault must be mended first, which is shown."""
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
            self.go_to(first)
            self.say(f"有 {len(faults)} 处要改：{faults[first]}", "error")
        return not faults

    def _changed(self) -> None:
        """Takes a fault away as soon as it is mended."""
        self._told_unsaved = ""  # what is changed after that is told anew
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

    def _make_current(self, staff_number: str) -> None:
        try:
            self.office.make_current(staff_number)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        self.profile_changed.emit()
        self.say(f"现在由 {self.office.profile.clerk('').name} 经办。", "done")

    def show_state(self) -> None:
        """Shows whether anything is unsaved, and what is warned of over the sections."""
        dirty, reviewing = self.dirty or self.phrases.dirty, self.stack.currentWidget() is self.review
        self.show_banner(*(("", "") if reviewing else confirming.warning_of(self.office)))
        for widget in (self.groups, self.revert, self.confirm, self.save):
            widget.setVisible(not reviewing)
            widget.setEnabled(not reviewing)  # what is reviewed is what is recorded
        self.revert.setEnabled(dirty and not reviewing)
        self._left_by = self._left_by if dirty else ""
        whose = LEFT_BY.format(self._left_by) if self._left_by else "有未保存的修改，离开这一页也不会丢。"
        words = whose if dirty else "与台账里保存的一致。"
        self.show_words(words, "attention" if dirty else "hint")

    def open_own_forms(self) -> None:
        """Shows where the centre's own forms are taken in."""
        from counter_assistant.ui.settings.own_forms.layer import OwnFormsLayer

        layer = self.findChild(OwnFormsLayer) or OwnFormsLayer(self.office, self)
        layer.begin()

    def open_review(self) -> None:
        """Shows what papers will print, as it is typed now; faults are shown beside their fields first."""
        if not self.show_faults():
            return
        if self.stack.currentWidget() is not self.review:
            self._focus.keep()
        profile = self.draft.profile(self.office.profile)
        self.review.show_profile(profile, self.office.program.example_profile)
        self.review.alone.say(confirming.alone_words(self.office, profile))
        self.show_part(self.review, confirming.TITLE, confirming.HINT)
        self.show_state()
        self.review.to_first()

    def _leave_review(self) -> None:
        self.turn(self.list.currentRow())
        if not self._focus.give_back():
            self.go(self.list.currentRow())

    def _lead_to(self, line: ReviewLine) -> None:
        """Goes to the field where a line of the review is changed."""
        self.go_to(field_of(line, self.draft))
        self.say(confirming.WAY_BACK, "attention")

    def _refuse_to_agree(self) -> None:
        """F9 while examples remain: the sentence over the lists names them; the first of them is marked."""
        self.say(confirming.refusal_of(len(self.review.examples)), "error")
        self.review.to_first()

    def _agree(self) -> None:
        """The second key: records what was reviewed as checked."""
        if self.draft.confirmed and not self.dirty:
            self._leave_review()
            self.say(confirming.NOTHING_NEW, "done")
        elif self.record(confirm=True):
            self._leave_review()
            self.say(confirming.confirmed_words(self.office), "done")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.dirty:  # the clerk may have been switched in the title bar
            self.draft = ProfileDraft.of(self.office.profile)
            self._load()
        if self.focusWidget() is None or self.stack.currentWidget() is self.review:
            self.go(max(self.list.currentRow(), 0))
