"""看一位经办人的办件：选谁，写理由，回车；记入台账，本人看得到."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import PickedList

TITLE = "看一位经办人的办件"
HOW = "只看第一次告知、再来时有出入的。先写理由：记入台账，这一位在办件页看得到是谁、为什么看过。"
NOBODY = "没有别的经办人。"
UNFINISHED = "看一位经办人的理由写了一半：回车看，或者按 Esc 不看。"
WIDTH, ROW = 520, 32


class ClerkLayer(QFrame):
    """Asks whose matters are looked at and why. `asked`: staff number and reason."""

    asked = Signal(str, str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._focus = page, FocusReturn()
        self._clerks: tuple[Clerk, ...] = ()
        self.setObjectName("layer")
        self.setAccessibleName(TITLE)
        self.list = PickedList("经办人", ROW)
        self.reason = EntryEdit("查看的理由", "为什么要看，例如：核对一位当事人的意见")
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("fault")
        head = QHBoxLayout()
        head.addWidget(PlainLabel(TITLE, "title"))
        head.addStretch(1)
        head.addWidget(LinkButton("Esc", "不看", self.close_layer))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(8))
        rows.addLayout(head)
        for part in (PlainLabel(HOW, "secondary", wrap=True), self.list, self.reason, self.fault):
            rows.addWidget(part)
        self.list.entered.connect(self.reason.setFocus)
        self.list.itemClicked.connect(lambda _item: self.reason.setFocus())
        self.reason.entered.connect(self._ask)
        self.hide()

    @property
    def unsaved(self) -> str:
        """What is typed and would be lost, in a sentence."""
        return UNFINISHED if not self.isHidden() and self.reason.text().strip() else ""

    def ask(self, clerks: Sequence[Clerk]) -> None:
        """Opens with those who may be looked at."""
        if self.isHidden():
            self._focus.keep()
        self._clerks = tuple(clerks)
        self.list.clear()
        for clerk in self._clerks:
            self.list.add(clerk.name, f"工号 {clerk.staff_number}")
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(theme.px(ROW) * min(max(len(self._clerks), 1), 8) + theme.px(4))
        self.fault.say("" if self._clerks else NOBODY)
        width = min(theme.px(WIDTH), self._page.width() - theme.px(24))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._page.width() - width) // 2, theme.px(40))
        self.show()
        self.raise_()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, refusal: Refusal) -> None:
        """Says why nothing is shown; what was typed stays."""
        self.fault.say(str(refusal))
        self.adjustSize()
        self.reason.setFocus()

    def close_layer(self) -> bool:
        """Closes it, and forgets the reason; False where it was not open."""
        if self.isHidden():
            return False
        self.reason.clear()
        self._focus.give_back()
        self.hide()
        return True

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab goes between the two: what lies beneath is not to be reached while it is covered."""
        (self.list if self.reason.hasFocus() else self.reason).setFocus()
        return True

    def _ask(self) -> None:
        if 0 <= self.list.currentRow() < len(self._clerks):
            self.asked.emit(self._clerks[self.list.currentRow()].staff_number, self.reason.text())
