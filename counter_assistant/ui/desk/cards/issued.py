"""已出具：编号写得大大的，可以补打；回车就是下一位。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.ui.announcing import announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import LinkButton, SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.entry_edit import is_enter
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel


class NextButton(SinglePress):
    """Enter presses it, as it has the focus after issuing. 出具 lay in the same place."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class IssuedCard(Card):
    """Takes the decision's place once a slip is issued, or an act is recorded without a paper."""

    next_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()
    same_wanted = Signal()
    message_wanted = Signal()
    letter_wanted = Signal()
    forms_wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("已出具", "", parent)
        self.setAccessibleName("已出具")
        self.number = PlainLabel("", "number", wrap=True)
        self.summary = PlainLabel("", "secondary", wrap=True)
        self.printing = PlainLabel("", "done", wrap=True)
        self.trouble = PlainLabel("", "error", wrap=True)
        self.title.setObjectName("issued_title")
        self.save = LinkButton("Ctrl+S", "存为 PDF", self.save_wanted.emit)
        self.save.setObjectName("save_pdf")
        self.forms = LinkButton("Ctrl+T", "填表", self.forms_wanted.emit)
        self.forms.setObjectName("fill_forms_issued")
        for link in (self.forms, self.save):
            self.head.addWidget(link)
        for name, label in (
            ("issued_number", self.number), ("issued_summary", self.summary), ("issued_printing", self.printing),
            ("issued_trouble", self.trouble),
        ):  # fmt: skip
            label.setObjectName(name)
            self.rows.addWidget(label)
        self.mark(done=True)
        self._add_copies()
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.next, self.again = NextButton("下一位　回车"), SinglePress("补打  Ctrl+P")
        self.same = SinglePress("再办一件 Ctrl+回车")
        self.next.setProperty("loud", True)
        for button, name, stretch in (
            (self.next, "next_applicant", 1),
            (self.same, "same_visitor", 0),
            (self.again, "print_again", 0),
        ):
            button.setObjectName(name)
            button.setFixedHeight(theme.px(38))
            button.setAccessibleName(button.text())
            row.addWidget(button, stretch)
        self.buttons.setAccessibleName("出具之后")
        self.next.clicked.connect(self.next_wanted)
        self.again.clicked.connect(self.print_wanted)
        self.same.clicked.connect(self.same_wanted)

    def _add_copies(self) -> None:
        """For who is not here: what the paper says, to be sent as a text message or as a letter."""
        self.copies = QWidget()
        row = FlowLayout(theme.px(4), theme.px(8))
        self.copies.setLayout(row)
        policy = self.copies.sizePolicy()
        policy.setHeightForWidth(True)
        self.copies.setSizePolicy(policy)
        row.addWidget(PlainLabel("给不在窗口的人", "hint"))
        self.message, self.letter = SinglePress("复制短信稿  Ctrl+D"), SinglePress("复制信函稿  Ctrl+H")
        for button, name in ((self.message, "copy_message"), (self.letter, "copy_letter")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.message.clicked.connect(self.message_wanted)
        self.letter.clicked.connect(self.letter_wanted)
        self.rows.addWidget(self.copies)

    def copied(self, sentence: str) -> None:
        """Says what is on the clipboard now; what went wrong in printing stays there."""
        self.printing.say(sentence)
        self.resized.emit()

    def show_issued(self, title: str, number: str, summary: str, *, paper: bool) -> None:
        """Shows what was issued."""
        self.title.setText(title)
        self.number.say(number)
        self.summary.say(summary)
        self.next.setAccessibleDescription("，".join(filter(None, (title, number))))
        announce(self, self.next.accessibleDescription())
        self.printed("")
        self.again.setVisible(paper)
        self.save.setVisible(paper)

    def printed(self, sentence: str, role: str = "done") -> None:
        """Says how printing goes."""
        failed = role == "error"
        self.printing.say("" if failed else sentence, "done" if failed else role)
        self.trouble.say(sentence if failed else "")
        self.resized.emit()

    def name_again(self, label: str) -> None:
        """What Ctrl+P does now: a paper that did not come out is sent again, which is no reprint."""
        self.again.setText(f"{label}  Ctrl+P")
        self.again.setAccessibleName(self.again.text())
