"""销毁：在页面上问依据和旁边的另一位，再确认一次；销毁以后找不回来。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from counter_assistant.operations.people.second_person import Second
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

SURE = "销毁以后找不回来，只留编号、种类和日期。确实要销毁的，再按一次 Ctrl+回车；台账大的，窗口要等一会儿。"
NO_REASON, NO_SECOND = "请写明依据，如批准销毁的文号。", "请另一位带班领导或者档案员在旁边，填他的工号。"


class DueLine(Card):
    """The line that asks. Enter goes from field to field, Ctrl+Enter destroys once it was pressed again, Esc closes."""

    wanted = Signal(str, object)
    """To destroy: for which reason, and the `Second` who stands by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("销毁", "依据，回车，另一位的工号", parent)
        self._focus, self._sure = FocusReturn(), False
        self.mark(attention=True)
        self.head.addWidget(LinkButton("Esc", "不销毁", self.close_line))
        self.reason = EntryEdit("销毁的依据", "依据，例如：中心批准销毁的文号")
        self.second = EntryEdit("另一位的工号")
        self.secret = EntryEdit("另一位的口令")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("due_fault")
        self.button = ActionButton("销毁", "Ctrl+Return", self, shown_key="Ctrl+回车")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.reason, 3)
        line.addWidget(self.second, 1)
        line.addWidget(self.secret, 1)
        line.addWidget(self.button)
        self.rows.addLayout(line)
        self.rows.addWidget(self.fault)
        self.reason.entered.connect(self.second.setFocus)
        self.second.entered.connect(self._after_second)
        self.secret.entered.connect(self._confirm)
        self.button.clicked.connect(self._confirm)
        for field in (self.reason, self.second, self.secret):
            field.textChanged.connect(lambda _text: self._doubt())
        self.hide()

    def ask(self, what: str, *, shown: str, reason: str = "") -> None:
        """Opens the line for what is said so. What was typed as a reason stays, unless another one is given; who stands by shows anew what they
        show, if anything."""
        self.title.setText(what)
        if reason:
            self.reason.setText(reason)
        self.second.clear()
        self.secret.clear()
        self.secret.setVisible(bool(shown))
        self.secret.setAccessibleName(f"另一位的{shown}")
        self.secret.setPlaceholderText(f"另一位：{shown}")
        self._doubt()
        if self.isHidden():
            self._focus.keep()
        self.show()
        self.reason.setFocus()

    def close_line(self) -> bool:
        """Closes the line, and gives the focus back; False where it was not open."""
        if self.isHidden():
            return False
        self.secret.clear()
        self.hide()
        self._focus.give_back()
        return True

    def forget(self) -> None:
        """Closes the line and drops what was typed: it is nobody's any more."""
        self.close_line()
        self.reason.clear()
        self.second.clear()

    def refuse(self, words: str) -> None:
        """Says why nothing was destroyed; who stands by shows who they are once more."""
        self._doubt()
        self.secret.clear()
        self.fault.say(words)

    def _doubt(self) -> None:
        self._sure = False
        self.fault.say("")

    def _after_second(self) -> None:
        if self.secret.isVisible():
            self.secret.setFocus()
        else:
            self._confirm()

    def _confirm(self) -> None:
        reason, second = self.reason.text().strip(), self.second.text().strip()
        if not reason or not second:
            self.fault.say(NO_SECOND if reason else NO_REASON)
            (self.second if reason else self.reason).setFocus()
        elif not self._sure:
            self._sure = True
            self.fault.say(SURE)
        else:
            self.wanted.emit(reason, Second(second, self.secret.text()))
