"""开机时连不上大厅的服务器：选了自己，回车，先离线出具；一有应答就自己接着上班."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.offline.working import clerks_offline
from counter_assistant.operations.server_books import is_reached
from counter_assistant.storage.server.book_place import read_book_place
from counter_assistant.ui import local_settings
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.hall.server_watch import ASK_MS, OFFLINE
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

WORDS = (
    "可以先离线出具：按数字选自己，回车就开始。编号是这台电脑自己的，连上以后送回大厅；大厅的办件和档案，连上以后再看。"
)
CHECK = "请检查网线；仍连不上的，请联系服务器的管理员。"
WAITING = "正在等服务器；一有应答，就到上班那一页。"
MOST_ROWS, ROW = 7, 34


class AwayPage(CardPage):
    """What is shown in the place of the pages while the server of the hall does not answer, on a PC that may issue offline."""

    offline_wanted = Signal(str)
    """Who wants to issue offline, by staff number."""
    answered = Signal()
    """The server is there again."""
    leave = Signal()

    KEYS = (("1 … 9", "选人"), ("↑ ↓", "选人"), ("回车", "离线出具"), ("Ctrl+R", "再试一次"))
    """The keys of this page, for F1."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("连不上台账服务器", 520, parent)
        self._place, self._asking = read_book_place(folder), Deriving(self)
        self.people = QuietList("选人", ROW)
        self.people.setObjectName("people")
        self.message = PlainLabel(WAITING, "secondary", wrap=True)
        self.message.setObjectName("message")
        self.offline = ActionButton(OFFLINE, "Ctrl+Return", self, loud=True, shown_key="回车")
        self.again = ActionButton("再试一次", "Ctrl+R", self)
        self.exit = ActionButton("退出", "Ctrl+Q", self)
        self._fill(folder)
        for part in (
            PlainLabel(CHECK, wrap=True),
            PlainLabel(WORDS, "secondary", wrap=True),
            self.people,
            self.message,
        ):
            self.card.rows.addWidget(part)
        self.card.rows.addLayout(in_line(self.exit, None, self.again, self.offline))
        self.people.itemActivated.connect(lambda _row: self._begin())
        self.offline.clicked.connect(self._begin)
        self.again.clicked.connect(self.answered)
        self.exit.clicked.connect(self.leave)
        self._asking.done.connect(lambda reached: self.answered.emit() if reached else None)
        self._timer = QTimer(self, interval=ASK_MS)
        self._timer.timeout.connect(lambda: self._asking.start(lambda: is_reached(self._place)))
        self._timer.start()

    def _fill(self, folder: Path) -> None:
        try:
            clerks = clerks_offline(folder)
        except Refusal as refusal:
            clerks = ()
            self.message.say(str(refusal), "error")
            self.offline.setEnabled(False)
        for place, clerk in enumerate(clerks, 1):
            digit = f"{place}　" if place < 10 else "　　"
            self.people.add(f"{digit}{clerk.name}　{clerk.staff_number}", f"{clerk.corner} 角")
            if place < 10:
                chosen = QShortcut(
                    QKeySequence(str(place)), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
                )
                chosen.activated.connect(lambda row=place - 1: self.people.setCurrentRow(row))
        self._numbers = [clerk.staff_number for clerk in clerks]
        before = local_settings.load(folder).opener
        self.people.setCurrentRow(self._numbers.index(before) if before in self._numbers else -1)
        self.people.setFixedHeight(theme.px(ROW) * min(max(len(clerks), 1), MOST_ROWS) + 2)

    def _begin(self) -> None:
        row = self.people.currentRow()
        if row < 0:
            self.message.say("请先选自己。", "attention")
        elif self.offline.isEnabled():
            self.offline_wanted.emit(self._numbers[row])

    def close_down(self) -> None:
        self._timer.stop()
        self._asking.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self.people)
        self.setFocus()
