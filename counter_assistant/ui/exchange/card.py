"""交换包这一页上有什么：说明、单子、选中一行的说明、口令和缘由、按钮；还没有办什么的样子。"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.exchange.acts import Exchange
from counter_assistant.ui.exchange.rows import Row, rows_of, summary
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import PickedList

FROM_BRANCH = (
    "从中心上次签过的以后，台账里的记录封给中心，用 U 盘送去；路上谁也打不开。中心给的一包、中心的公钥，按 Ctrl+O 收。"
)
AT_CENTRE = "收网点送来的：哪个盘先到、送了几次都不要紧，一条不丢。要查明的在前面，选中一行，下面写着怎么办。"
SEND, TAKE, STOP, LEAVE = "做给中心的", "收一包", "停下", "返回"
OPENING = "打开网点台账的密钥的口令"


class ExchangeCard(CardPage):
    """The card of the page: what stands on it while nothing is begun, and the list of a centre."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("交换包", 900, parent)
        self.exchange = Exchange(office)
        self._rows: list[Row] = []
        self.words = PlainLabel("", "secondary", wrap=True)
        self.list = PickedList("要查明的和各网点", 30)
        self.list.setObjectName("branches")
        self.detail, self.message = PlainLabel("", "dense", wrap=True), PlainLabel(" ", "secondary", wrap=True)
        self.detail.setObjectName("detail")
        self.message.setObjectName("message")
        self.secret = LabelledField("secret", OPENING)
        self.second = LabelledField("second", "核对内容包的另一个人", "工号")
        self.reason = LabelledField("reason", "查明了什么")
        self.act = ActionButton(SEND, "F9", self, loud=True)
        self.act.setObjectName("act")
        self.take, self.answer = ActionButton(TAKE, "Ctrl+O", self), ActionButton("给它做一包", "Ctrl+P", self)
        self.settle, self.leave = ActionButton("查明了", "Ctrl+S", self), ActionButton(LEAVE, "Esc", self)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._show_detail())
        self.setFocusProxy(self.act)

    def _lay_out(self) -> None:
        rows = self.card.rows
        for part in (self.words, self.list, self.detail):
            rows.addWidget(part)
        rows.setStretchFactor(self.list, 1)
        rows.addLayout(in_line(self.secret, self.second, self.reason))
        rows.addWidget(self.message)
        rows.addLayout(in_line(self.leave, None, self.settle, self.answer, self.take, self.act))
        self.list.setMinimumHeight(theme.px(150))
        self.secret.edit.setEchoMode(QLineEdit.EchoMode.Password)

    @property
    def row(self) -> Row | None:
        """What is chosen in the list."""
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def say(self, words: str, role: str = "secondary") -> None:
        """Says how it stands with what was asked for."""
        self.message.say(words, role)

    def show_taking(self) -> None:
        """A bundle is being taken: nothing is begun, and Esc stops it."""
        for part in (self.take, self.answer, self.settle):
            part.setEnabled(False)
        self.act.hide()
        self.leave.rename(STOP)
        self.list.setFocus()  # where a stray Enter does nothing meanwhile

    def show_rest(self) -> None:
        """Nothing is begun: what this place does most is what F9 does."""
        for field in (self.secret, self.second, self.reason):
            field.edit.clear()
            field.hide()
        centre = self.exchange.is_centre
        self.words.setText(AT_CENTRE if centre else FROM_BRANCH)
        self.act.rename(TAKE if centre else SEND)
        self.take.setVisible(not centre)
        for part in (self.list, self.answer, self.settle):
            part.setVisible(centre)
        for part in (self.take, self.answer, self.settle):
            part.setEnabled(True)
        self.act.show()
        self.leave.rename(LEAVE)
        page = self.layout()
        assert isinstance(page, QVBoxLayout)
        page.setStretch(1, 100 if centre else 0)  # the list takes the height that there is
        self._show_detail()

    def read_list(self) -> None:
        """Reads anew what there is to look into, and how far each branch is."""
        centre = self.exchange.is_centre
        try:
            self._rows = rows_of(self.exchange.office) if centre else []
            self.card.hint.setText(summary(self._rows) if centre else self.exchange.standing())
        except Refusal as refusal:
            self._rows = []
            self.say(str(refusal), "error")
        self.list.clear()
        for row in self._rows:
            item = self.list.add(row.text, row.hint)
            if row.is_open:
                self.list.press(item, "attention")
        self.list.setCurrentRow(0 if self._rows else -1)
        self._show_detail()

    def _show_detail(self) -> None:
        self.detail.setText(self.row.detail if self.row else "")
        self.detail.setVisible(bool(self.detail.text()))
