"""本中心的表样：左边选哪张表、哪份 PDF、哪个值，右边是印出来的样子；点一下就放在那里，也可以用键挪。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.counter_forms.form import CounterForm
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.counter_forms import own_forms
from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.file_dialog import ask_for_file
from counter_assistant.ui.settings.own_forms.mapping import Mapping
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.layers.paper_layer import PaperLayer
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.quiet_list import PickedList

HINT = "选一个值，在纸面上点它的左端；Ctrl+方向键移 1 毫米，加 Shift 移 0.1 毫米"
KEYS = "回车放到纸上，Ctrl+加减号改字号，Delete 不印；Ctrl+PgDn 翻页"
NO_PDF = "先选一份 PDF（Ctrl+O）：有填写栏的，名称对得上的自己放好；没有的，逐个点。"
TAKEN, DROPPED = "已采用，记入台账：以后印本中心的“{}”。", "已恢复程序的表样。"
MOST_USED = "P-01"
FINE, COARSE, LARGER = 1, 10, 5


class PointedPaper(PaperView):
    """A paper on which a point is chosen: parts of its width and height."""

    pointed = Signal(float, float)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        part = self.part_of_page(QPointF(event.position()))
        if part is not None:
            self.pointed.emit(*part)


class OwnFormsLayer(PaperLayer):
    """Over the page of the settings."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        self.pointed_paper = PointedPaper()
        super().__init__("本中心的表样", parent, widest=520, share=42, paper=self.pointed_paper)
        self._office = office
        self._mapping = Mapping(office)
        self.forms = Choice("哪张表")
        self.list = PickedList("印哪些值", row=26)
        self.list.setObjectName("own_values")
        self.message = PlainLabel("", "done", wrap=True)
        self.message.setObjectName("own_forms_message")
        self.choose = ActionButton("选 PDF 文件", "Ctrl+O", self)
        self.take = ActionButton("采用", "F9", self, loud=True)
        self.drop = ActionButton("恢复程序的表样", "Ctrl+D", self)
        self._last = ""
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._draw)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        head, acts = QHBoxLayout(), QHBoxLayout()
        head.addWidget(PlainLabel("本中心的表样", "title"), 1)
        head.addWidget(LinkButton("Esc", "关上", self.close_overlay), 0, Qt.AlignmentFlag.AlignTop)
        for form in self._office.program.counter_forms.forms.values():
            if form.table is None:
                self.forms.addItem(f"{form.number}　{form.title}", form.number)
        self.forms.setCurrentIndex(max(self.forms.findData(MOST_USED), 0))
        acts.addWidget(self.take, 1)
        acts.addWidget(self.drop)
        self.take.setMinimumHeight(theme.px(38))
        self.drop.setMinimumHeight(theme.px(38))
        self.column.addLayout(head)
        self.column.addWidget(self.forms)
        self.column.addWidget(self.choose)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(PlainLabel(KEYS, "hint", wrap=True))
        self.column.addWidget(self.message)
        self.column.addLayout(acts)
        self.lay_out_paper(HINT)

    def _connect(self) -> None:
        self.forms.currentIndexChanged.connect(self._load)
        self.choose.clicked.connect(self._choose)
        self.take.clicked.connect(self._take)
        self.drop.clicked.connect(self._drop)
        self.pointed_paper.pointed.connect(self._put)
        self.list.entered.connect(self._put_first)
        self.list.removed.connect(self._remove)
        self.list.currentRowChanged.connect(self._follow)
        for key, right, down in (("Left", -1, 0), ("Right", 1, 0), ("Up", 0, -1), ("Down", 0, 1)):
            self._on(f"Ctrl+{key}", partial(self._nudge, COARSE * right, COARSE * down))
            self._on(f"Ctrl+Shift+{key}", partial(self._nudge, FINE * right, FINE * down))
        for key, by in (("Ctrl+=", LARGER), ("Ctrl++", LARGER), ("Ctrl+-", -LARGER)):
            self._on(key, partial(self._size, by))

    def begin(self) -> None:
        """Opens it, with the form that was shown last."""
        self.open_layer()
        self._load()
        self.list.setFocus()

    @property
    def form(self) -> CounterForm:
        """The form in whose place a PDF is put."""
        return self._office.program.counter_forms.forms[self.forms.currentData()]

    @property
    def _name(self) -> str:
        item = self.list.currentItem()
        return item.text() if item else ""

    @property
    def _moved(self) -> str:
        """What keys move: the chosen value, or, while that stands nowhere, the one that was pointed at before it."""
        return self._name if self._mapping.place(self._name) else self._last

    def _load(self) -> None:
        """Shows what is used in the place of the form."""
        self._last = ""
        self._mapping.load(self.form)
        self.list.clear()
        for name in self._mapping.names:
            self.list.add(name, self._mapping.in_words(name))
        self.list.setCurrentRow(0)
        self.say("" if self._mapping.pdf else NO_PDF, "hint")
        self._show()

    def _choose(self) -> None:
        path = ask_for_file(self, "本中心的表样", "PDF 文件 (*.pdf)")
        if path is None:
            return
        try:
            placed = self._mapping.choose(own_forms.look_at(path))
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        self.say(
            f"{path.name}：{placed} 个值自己放好了，其余的逐个点。"
            if placed
            else f"{path.name}：请逐个点每个值该在的地方。"
        )
        self._show()

    def _put(self, across: float, down: float) -> None:
        """A point on the paper: the chosen value begins there, and the next one is chosen."""
        if self._mapping.put(self._name, self.paper.page, across, down):
            self._last = self._name
            self._show()
            self.list.setCurrentRow(min(self.list.currentRow() + 1, self.list.count() - 1))

    def _put_first(self) -> None:
        """Enter: a value that stands nowhere yet is put on the page that is shown, from where keys move it."""
        if self._mapping.place(self._name) is None and self._mapping.put(self._name, self.paper.page, 0.2, 0.1):
            self._show()

    def _remove(self) -> None:
        self._mapping.remove(self._name)
        self._show()

    def _nudge(self, right: int, down: int) -> None:
        self._mapping.move(self._moved, right, down)
        self._show()

    def _size(self, by: int) -> None:
        self._mapping.size(self._moved, by)
        self._show()

    def _follow(self) -> None:
        """The page of the chosen value is shown."""
        place = self._mapping.place(self._name)
        if place and place.page != self.paper.page:
            self.paper.turn(place.page - self.paper.page)

    def _show(self) -> None:
        for row, name in enumerate(self._mapping.names):
            self.list.rename(self.list.item(row), name, self._mapping.in_words(name))
        self.take.setEnabled(bool(self._mapping.pdf))
        self.drop.setEnabled(self.form.number in self._office.content.own_forms)
        self._timer.start()

    def _draw(self) -> None:
        page = self.paper.page
        try:
            shown = self._mapping.drawn()
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        if shown:
            self.show_pdf(shown)
            self.paper.turn(page)
        else:
            self.paper.clear(NO_PDF)

    def _take(self) -> None:
        mapping = self._mapping
        if self._done(lambda: own_forms.take(self._office, self.form, mapping.checked, mapping.places)):
            self.say(TAKEN.format(self.form.title))

    def _drop(self) -> None:
        if self._done(lambda: own_forms.drop(self._office, self.form)):
            self._load()
            self.say(DROPPED)

    def _done(self, act: Callable[[], object]) -> bool:
        """Does it; False where it was refused, which is said."""
        try:
            act()
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return False
        self._show()
        return True

    def say(self, sentence: str, role: str = "done") -> None:
        """Says how it goes."""
        self.message.say(sentence, role)

    def tab_order(self) -> Sequence[QWidget]:
        return self.forms, self.choose, self.list, self.take, self.drop

    def _on(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
