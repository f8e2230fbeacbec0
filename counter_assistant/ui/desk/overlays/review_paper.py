"""复核：左边是这一件的几行字，右边是将要印出的那张纸，只能看；F9 同意，或者写理由退回修改。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.layers.paper_layer import PaperLayer


class ReviewPaper(PaperLayer):
    """Over the whole page. `agreed` and `sent_back` (with the reason as typed) are what the reviewer says; `closed`: nothing."""

    agreed = Signal()
    sent_back = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("复核", parent, widest=380, share=38)
        self.title = PlainLabel("", "title", wrap=True)
        self.title.setObjectName("review_title")
        self.reason = LabelledField("review_reason", "退回的理由", "退回修改时写")
        self.message = PlainLabel("", "error", wrap=True)
        self.message.setObjectName("review_message")
        self.agree = ActionButton("同意", "F9", self, loud=True)
        self.send_back = ActionButton("退回修改", "Ctrl+Return", self, shown_key="Ctrl+回车")
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(LinkButton("Esc", "先不看", self.close_overlay), 0, Qt.AlignmentFlag.AlignTop)
        self._told = QScrollArea()
        self._told.setFrameShape(QFrame.Shape.NoFrame)
        self._told.setWidgetResizable(True)
        self._told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (head, self._told, self.message, self.reason, self.agree, self.send_back):
            self.column.addLayout(part) if isinstance(part, QHBoxLayout) else self.column.addWidget(
                part, part is self._told
            )
        self.agree.setMinimumHeight(theme.px(38))
        self.lay_out_paper("↑ ↓ 看纸面，Ctrl+PgDn 翻页；内容只能看，要改的退回给经办人")

    def _connect(self) -> None:
        self.agree.clicked.connect(self.agreed)
        self.send_back.clicked.connect(self._send_back)
        self.reason.changed.connect(lambda _text: self.say(""))
        self.reason.edit.entered.disconnect(self.reason.edit.focusNextChild)
        self.reason.edit.entered.connect(self._send_back)

    def show_paper(self, title: str, facts: Sequence[tuple[str, str]], pdf: bytes) -> None:
        """Shows a paper that waits, and opens."""
        self.title.setText(title)
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, theme.px(4), 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for n, (label, text) in enumerate(facts):
            grid.addWidget(PlainLabel(label, "secondary"), n, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(text, wrap=True), n, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(facts), 1)
        self._told.setWidget(rows)
        for ground in (self._told.viewport(), rows):
            ground.setAutoFillBackground(False)
        self.reason.edit.clear()
        self.say("")
        self.show_pdf(pdf)
        self.open_layer()
        self.setFocus()

    def say(self, fault: str) -> None:
        """Says why what was pressed was not done; empty takes it back."""
        self.message.say(fault)

    def _send_back(self) -> None:
        if self.reason.edit.text().strip():
            self.sent_back.emit(self.reason.edit.text())
        else:
            self.say("请写要改什么，再退回。")
            self.reason.edit.setFocus()

    def tab_order(self) -> Sequence[QWidget]:
        return self, self.reason.edit, self.agree, self.send_back
