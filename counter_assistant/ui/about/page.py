"""关于：左边选，右边看；各样东西是哪一版，里面的东西按什么许可；Ctrl+C 复制没有个人信息的诊断."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter_assistant.domain.about.diagnosis import Diagnosis, Printers, Screen
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of
from counter_assistant.operations.about.diagnosing import of_folder, of_office, printers_told
from counter_assistant.operations.about.licences import components
from counter_assistant.operations.about.versions import version_groups
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import Printer
from counter_assistant.ui import local_settings
from counter_assistant.ui.about.entries import DIAGNOSIS, VERSIONS, Entry, about_component, entries, found, terms_of
from counter_assistant.ui.about.rows_view import Group, RowsView
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel
from counter_assistant.ui.widgets.quiet_list import QuietList
from counter_assistant.ui.widgets.records.search_field import SearchField

COPIED = "诊断已复制，粘贴给管理员就行：里面没有任何人的姓名、号码，没有路径。"
WHAT = "报修时按 Ctrl+C 复制给管理员。里面没有任何人的信息，没有路径和编号。"
VERSIONS_OF = "现在施行、现在用着的各是哪一版。"
UNREAD = "许可的全文读不出来：{}。"
NOTHING = "没有这样的；删去几个字再找。"
COPY = QKeySequence.StandardKey.Copy
LIST_WIDTH, PAGE = 272, 0.85


class _Search(SearchField):
    """Ctrl+C is the page's, whatever is typed here."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(COPY):
            event.ignore()
            return True
        return super().event(event)


class AboutPage(CardPage):
    """Shows versions, the diagnosis and the licences of everything inside."""

    KEYS = (
        ("↑ ↓", "换一行"), ("PgUp PgDn", "右边往上、往下翻"), ("Ctrl+C", "复制诊断"), ("Esc", "返回"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService, parent: QWidget | None = None) -> None:
        """`service` outlives the page: a printing system may take long to say which printers there are."""
        super().__init__("关于", 960, parent)
        self.office = office
        self.service = service
        self._printers: Printers | None = None
        self._refused = ""
        self._entries = self._all_entries()
        self._shown: tuple[Entry, ...] = ()
        self.search = _Search("查找许可", "输入名称或许可，如 Qt、MIT")
        self.search.setObjectName("about_search")
        self.list = QuietList("关于")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.head, self.hint = ShrinkingLabel("", "title"), PlainLabel("", "secondary", wrap=True)
        self.rows, self.text = RowsView(), QPlainTextEdit()
        self.views = QStackedWidget()
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.copy = ActionButton("复制诊断", "Ctrl+C", self, loud=True)
        self.leave = ActionButton("返回", "Esc", self)
        self._lay_out()
        self._connect()
        self._list()
        self.setFocusProxy(self.search)
        self.service.look()

    def _lay_out(self) -> None:
        self.text.setObjectName("terms")
        self.text.setReadOnly(True)
        self.text.setFont(theme.type_(theme.SMALL))
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        for view, name in ((self.rows, "版本和诊断"), (self.text, "许可全文")):
            view.setFrameShape(QFrame.Shape.NoFrame)
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setAccessibleName(name)
            self.views.addWidget(view)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        right.addWidget(self.head)
        right.addWidget(self.hint)
        right.addWidget(self.views, 1)
        for side in (left, right):
            side.setSpacing(theme.px(8))
        for widget in (self.search, self.list):
            widget.setFixedWidth(theme.px(LIST_WIDTH))
        body = QHBoxLayout()
        body.setSpacing(theme.px(16))
        body.addLayout(left)
        body.addLayout(right, 1)
        self.card.rows.addLayout(body, 1)
        foot = in_line(self.message, self.leave, self.copy)
        foot.setStretch(0, 1)
        self.card.rows.addLayout(foot)
        page = self.layout()
        assert isinstance(page, QVBoxLayout)
        page.setStretch(1, 100)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._list)
        self.search.stepped.connect(self._step)
        self.list.currentRowChanged.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.leave.clicked.connect(self.finished)
        self.service.seen.connect(self._see_printers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        view = self.views.currentWidget()
        assert isinstance(view, QAbstractScrollArea)
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + round(by * bar.pageStep()))

    def _all_entries(self) -> tuple[Entry, ...]:
        try:
            return entries(components())
        except Refusal as refusal:
            self._refused = str(refusal)
            return entries(())

    def _list(self) -> None:
        """Lists what fits what is typed, each kind under its head, and marks the first."""
        self.list.blockSignals(True)
        self.list.clear()
        rows, head = [], ""
        for entry in found(self._entries, self.search.text()):
            if entry.head != head:
                head = entry.head
                self.list.add(head).setFlags(Qt.ItemFlag.NoItemFlags)
                rows.append(entry)
            self.list.add(entry.title, entry.hint)
            rows.append(entry)
        self._shown = tuple(rows)
        self.list.blockSignals(False)
        self._say("" if rows else NOTHING, "secondary")
        self._step(1)

    def _step(self, by: int) -> None:
        """Marks the next row in this direction that can be shown; the last one stays."""
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count() and not self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
            row += by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _show(self, row: int) -> None:
        if row >= 0:
            self._say("", "secondary")
            self._show_entry(self._shown[row])

    def _show_entry(self, entry: Entry) -> None:
        self.head.say(entry.title)
        if entry.component is not None:
            self._show_terms(entry)
        elif entry.title == VERSIONS:
            self._show_versions()
        else:
            self._show_rows(WHAT, [("", self._diagnosis().lines)])

    def _show_terms(self, entry: Entry) -> None:
        assert entry.component is not None
        self.hint.say(about_component(entry.component))
        try:
            self.text.setPlainText(terms_of(entry.component))
        except OSError as error:
            self.text.setPlainText("")
            self._say(UNREAD.format(reason_of(error)), "error")
        self.views.setCurrentWidget(self.text)

    def _show_versions(self) -> None:
        try:
            groups: list[Group] = [(group.title, group.rows) for group in version_groups(self.office)]
        except Refusal as refusal:
            groups = [("", self._diagnosis().versions.lines)]
            self._say(str(refusal), "error")
        else:
            self._say(self._refused, "error")
        self._show_rows(VERSIONS_OF, groups)

    def _show_rows(self, hint: str, groups: Iterable[Group]) -> None:
        self.hint.say(hint)
        self.rows.show_groups(groups)
        self.views.setCurrentWidget(self.rows)

    def _diagnosis(self) -> Diagnosis:
        """How all is now; of a book that cannot be read, by which code."""
        screens = [
            Screen(each.size().width(), each.size().height(), round(each.devicePixelRatio() * 100))
            for each in QGuiApplication.screens()
        ]
        try:
            return of_office(self.office, screens, self._printers)
        except Refusal as refusal:
            return of_folder(self.office.folder, self.office.database.now(), refusal, self._printers)

    def _copy(self) -> None:
        """Copies the diagnosis and shows what was copied."""
        QGuiApplication.clipboard().setText(self._diagnosis().in_words())
        self.search.clear()
        self.list.setCurrentRow(next(n for n, each in enumerate(self._shown) if each.title == DIAGNOSIS))
        self._say(COPIED, "done")

    def _say(self, words: str, role: str) -> None:
        """Says something in the foot, whose room stays where nothing is said."""
        self.message.say(words or " ", role)

    def _see_printers(self, printers: list[Printer]) -> None:
        settings = local_settings.load(self.service.folder)
        self._printers = printers_told(printers, settings.printers, len(settings.adjustments), self.office)
        row = self.list.currentRow()
        if row >= 0 and self._shown[row].title == DIAGNOSIS:
            self._show_entry(self._shown[row])
