"""牌证和公示：事项页的一种样子。左边选一种、选几样，右边就是要打的纸；Ctrl+P 打印，Ctrl+S 存 PDF，Esc 停下、返回.

What takes long, such as the bound guide, is made in slices between the keys, and Esc stops it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.displays.rota import leaders
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import Reached
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.displays.order import MadeDisplay, make_display
from counter_assistant.operations.publications.displays.promises import PromiseScope, any_promised
from counter_assistant.operations.publications.displays.rota_keeping import keep_rota, proposed_rota
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.items.displays.form import DisplayForm
from counter_assistant.ui.items.displays.pictures import PHOTO, SCRIPT, ChosenPictures
from counter_assistant.ui.items.in_slices import InSlices
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.shell.page_keys import KeySheet
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.quiet_list import NumberedList
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

KINDS = tuple(DisplayKind)
PAUSE_MS, ROW = 80, 28
"""The paper follows what is typed after so long a pause."""
KEYS = (
    ("1 至 7", "选一种；在选择的栏里选一样"), ("回车", "填写，下一栏"), ("空格、Ctrl+A", "选人；全选、全不选"), ("Ctrl+O", "选照片、民族文字的图片"),
    ("Ctrl+翻页键", "翻看每一张"), ("Ctrl+P", "打印"), ("Ctrl+S", "存为 PDF"), ("Esc", "停下；返回"),
)  # fmt: skip
TITLE, EMPTY, MAKING = "牌证和公示", "选好以后，这里就是要打的纸。", "正在排。"
MANY = 20
"""More sheets than this go to the printer only when they are asked for twice."""
SURE = "一共 {} 张纸。确实要打，再按一次 Ctrl+P。"
MENDING = "改好左边说的一处，这里就是要打的纸。"
STOPPED = "已停下，没有打印。改一样，或者再按 Ctrl+P，就重新排。"
NO_LEADERS = "直接写姓名；在设置的“经办人”里指定了带班领导的，自动轮着排。"


class DisplayMode(QWidget):
    """What can be worn or hung up, over an office. Made once and opened with `begin`."""

    left = Signal()
    told = Signal(str)
    """What the status line says."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.service = service or PrintService(office.folder, parent=self)
        self.list, self.form = NumberedList(TITLE, [kind.label for kind in KINDS], ROW), DisplayForm()
        self.paper, self.message = PaperView(EMPTY), PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.picture = ActionButton(PHOTO, "Ctrl+O", self)
        self.print = ActionButton("打印", "Ctrl+P", self, loud=True)
        self.save = ActionButton("存为 PDF", "Ctrl+S", self)
        self.leave = ActionButton("返回", "Esc", self)
        self.work = InSlices(parent=self)
        self.keys = KeySheet(self, KEYS, "牌证和公示的键")
        self.column = Card(TITLE, "数字键选一种，回车填写")
        self.pictures = ChosenPictures()
        self._item, self._day = "", office.today()
        self._made: MadeDisplay | None = None
        self._then: Callable[[MadeDisplay], None] | None = None
        self._scope_chosen = self._takes_long = self._sure = False
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        rows = self.column.rows
        rows.addWidget(self.list)
        rows.addWidget(self.form, 1)
        rows.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.message)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        for button in (self.save, self.print):
            buttons.addWidget(button)
        rows.addLayout(buttons)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(*(theme.px(12),) * 4)
        halves.setSpacing(theme.px(10))
        halves.addWidget(self.column)
        halves.addWidget(self.paper, 1)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._choose())
        self.list.entered.connect(self.form.start)
        self.form.changed.connect(self._changed)
        self.form.week_changed.connect(self._show_week)
        self.form.rota_typed.connect(self._keep_rota)
        self.form.scope.activated.connect(lambda _n: setattr(self, "_scope_chosen", True))
        self.work.reached.connect(self._show_progress)
        self.work.found.connect(self._show)
        self.work.refused.connect(self._refuse)
        self.print.clicked.connect(lambda: self._do(self._print))
        self.save.clicked.connect(lambda: self._do(self._save))
        self.picture.clicked.connect(self._turn_picture)
        self.leave.clicked.connect(self.go_back)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._not_printed)
        turns = {"PgDown": 1, "Ctrl+PgDown": 1, "PgUp": -1, "Ctrl+PgUp": -1}
        add_shortcuts(self, {key: partial(self.paper.turn, pages) for key, pages in turns.items()})

    @property
    def kind(self) -> DisplayKind:
        """What is chosen."""
        return KINDS[max(self.list.currentRow(), 0)]

    def begin(self, kind: DisplayKind | None, item: str, day: date) -> None:
        """Opens it at a kind, or where it was; `item` is the one marked on the page, whose rules are those of `day`."""
        self._item, self._day = item, day
        self.form.people.show_people(self.office.profile.clerks)
        if not self._scope_chosen:
            scope = PromiseScope.APPROVED if any_promised(self.office, day) else PromiseScope.ALL
            self.form.scope.setCurrentIndex(list(PromiseScope).index(scope))
        if not self.form.week.edit.text():
            self.form.week.edit.setText(self.office.today().isoformat())
        if kind is not None and kind is not self.kind:
            self.list.setCurrentRow(KINDS.index(kind))  # which chooses it
        else:
            self._choose()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Stops what is being made; else back to the guides."""
        if self.work.running and self._takes_long:
            self.work.stop()
            self._then = None
            self._say(STOPPED, "attention")
        else:
            self.left.emit()

    def forget(self) -> None:
        """Another clerk is about to be at the window: photos that were chosen are not theirs, and nothing more is made."""
        self.work.stop()
        self._then = None
        self.pictures.forget()
        self.form.forget()

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self.work.stop()
        self.service.wait()

    def _choose(self) -> None:
        self.form.open_for(self.kind, self._item)
        self.picture.setVisible(self.kind in (DisplayKind.BADGES, DisplayKind.WINDOW_PLATE))
        self.picture.rename(PHOTO if self.kind is DisplayKind.BADGES else SCRIPT)
        if self.kind is DisplayKind.ROTA:
            self._show_week()
        else:
            self._changed()

    def _show_week(self) -> None:
        """The days of the week that is typed, each with who leads; what is wrong with it stands beside its field."""
        field = self.form.week
        try:
            day = read_day(field.edit.text(), self.office.today())
            self.form.show_rota(proposed_rota(self.office, day))
        except Refusal as refusal:
            field.show_fault(str(refusal))
            self.work.stop()
            self._made = None
            self.paper.clear(MENDING)
        else:
            field.show_fault("")
            self._changed()

    def _keep_rota(self) -> None:
        """What was typed of a week stays with it."""
        try:
            keep_rota(self.office, self.form.rota())
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            self._changed()

    def _changed(self) -> None:
        """Something is wanted otherwise: the paper follows after a pause."""
        self._made = None
        self._then = None
        self._say(" ")
        self._begin(PAUSE_MS)

    def _begin(self, after: int) -> None:
        self._takes_long = self._sure = False
        try:
            order = self.form.order(self._item, self._day, self.pictures.photos, self.pictures.script)
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            self.work.begin(make_display(self.office, order), after)

    def _do(self, act: Callable[[MadeDisplay], None]) -> None:
        """Does something with the paper, once it is made."""
        if self._made is not None:
            act(self._made)
        elif not self.form.week.fault or self.kind is not DisplayKind.ROTA:
            self._then = act
            self._begin(0)

    def _show_progress(self, reached: Reached) -> None:
        self._takes_long = reached.all > 1
        if self._takes_long:
            self.paper.clear(MAKING)  # what it showed is not what is being made
            self._say(f"正在排，{reached.done} / {reached.all}。Esc 停下。")

    def _show(self, made: MadeDisplay) -> None:
        self._made = made
        self.paper.show_pdf(made.pdf)
        size = self.kind.size(str(self.form.sizes.currentData()))
        alone = self.kind is DisplayKind.ROTA and not leaders(self.office.profile)
        self._say(f"{self.kind.label}，{size.label}，{made.sheets} 张。{NO_LEADERS if alone else ''}")
        then, self._then = self._then, None
        if then is not None:
            then(made)

    def _refuse(self, refusal: Refusal) -> None:
        self.work.stop()
        self._made = self._then = None
        self.paper.clear(MENDING)
        self._say(str(refusal), "error")

    def _print(self, made: MadeDisplay) -> None:
        if made.sheets > MANY and not self._sure:
            self._sure = True
            self._say(SURE.format(made.sheets), "attention")
            return
        self._sure = False
        self._say(f"{self.kind.label}正在送打印机。")
        self.service.submit(made.pdf, self.kind.label)

    def _save(self, made: MadeDisplay) -> None:
        path = ask_where_to_save(self, file_name(self.kind.label))
        if path is None:
            return
        try:
            save_pdf(made.pdf, path)
        except Refusal as refusal:
            self._say(str(refusal), "error")
        else:
            self._say(f"已存为 {path.name}，{made.sheets} 张。", "done")

    def _turn_picture(self) -> None:
        """Takes in the photo of whoever is marked, or words in another script; taken away again by the same key."""
        try:
            if self.kind is DisplayKind.BADGES:
                done = self.pictures.turn_photo(self, *self.form.people.marked)
            else:
                done = self.pictures.turn_script(self)
        except Refusal as refusal:
            self._say(str(refusal), "error")
            return
        if done:
            self.form.people.show_photos(self.pictures.photos)
            self._changed()
            self._say(done)

    def _say(self, words: str, role: str = "secondary") -> None:
        self.message.say(words, role)
        self.told.emit(words.strip())

    def _printed(self, job: PrintJob) -> None:
        self._say(f"{self.kind.label}：{job.sentence}", "attention" if job.held else "done")

    def _not_printed(self, refusal: Refusal) -> None:
        self._say(str(refusal), "error")
        if self.service.choose_instead(refusal, self):
            self._do(self._print)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.column.setFixedWidth(min(max(theme.px(392), round(self.width() * 0.34)), theme.px(460)))
