"""收内容包以前先看：谁签的，从哪一版到哪一版，改了什么，不动什么；对过纸面，另一个人核对过，才施行。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.operations.catalogue.packs import FoundPack
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.changes_view import write_paragraph, write_replaced
from counter_assistant.ui.items.review.pack.words import Paragraph
from counter_assistant.ui.items.second_person import SecondPerson
from counter_assistant.ui.shell.page_keys import KeySheet
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.fields.reading_text import ReadingText
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList
from counter_assistant.ui.widgets.styling import set_style

KEYS = (
    ("↑ ↓、翻页键", "翻看；U 盘上有几份的，在单子里选"), ("Ctrl+回车", "照它施行"), ("Ctrl+O", "选别处的文件"), ("Esc", "不收，什么也不变"),
)  # fmt: skip
TITLE = "导入内容包"
ROW, MOST_ROWS = 28, 3


class PackView(Card):
    """A pack that was read, before it is taken."""

    taken = Signal()
    file_wanted = Signal()
    """Another file is to be chosen."""
    picked = Signal(int)
    """Another of those that were found is to be read, by its place in the list."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__(TITLE)
        self.found = QuietList("找到的内容包", ROW)
        self.text = ReadingText("内容包里改了什么")
        self.fingerprint = LabelledField("fingerprint", "中心纸面上的密钥指纹", "八组，每组四位")
        self.second, self._second = SecondPerson(), QWidget()
        self.says = PlainLabel("", "secondary", wrap=True)
        self.says.setObjectName("pack_says")
        self.choose = ActionButton("选文件", "Ctrl+O", self)
        self.take = ActionButton("照它施行", "Ctrl+Return", self, loud=True, shown_key="Ctrl+回车")
        self.keys = KeySheet(self, KEYS, "导入内容包的键")
        self.head.addWidget(LinkButton("Esc", "不收", self.left.emit))
        self._lay_out()
        self.take.clicked.connect(self.taken)
        self.choose.clicked.connect(self.file_wanted)
        self.found.currentRowChanged.connect(lambda row: self.picked.emit(row) if row >= 0 else None)
        self.second.entered.connect(self.take.setFocus)
        self.fingerprint.changed.connect(lambda _text: self.fingerprint.show_fault(""))
        self.second.currentIndexChanged.connect(lambda _: set_style(self.second, wrong=False))

    def _lay_out(self) -> None:
        column, line, buttons = QVBoxLayout(self._second), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(PlainLabel("核对人", "secondary"))
        column.addWidget(self.second)
        self.second.setMinimumWidth(theme.px(180))
        line.setSpacing(theme.px(10))
        line.addWidget(self.fingerprint, 1)
        line.addWidget(self._second)
        buttons.addWidget(self.says, 1)
        for button in (self.choose, self.take):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.rows.addWidget(self.found)
        self.rows.addWidget(self.text, 1)
        self.rows.addLayout(line)
        self.rows.addLayout(buttons)

    def show_found(self, found: Sequence[FoundPack]) -> None:
        """Lists what was found on sticks, the first marked; one alone needs no list."""
        self.found.blockSignals(True)
        self.found.clear()
        for each in found:
            self.found.add(each.path.name, f"U 盘 {each.stick}")
        self.found.setCurrentRow(0 if found else -1)
        self.found.blockSignals(False)
        self.found.setVisible(len(found) > 1)
        self.found.setFixedHeight(theme.px(ROW) * min(max(len(found), 1), MOST_ROWS))

    def show_file(self, name: str) -> None:
        """A file is being read: nothing of the one before is shown or can be taken."""
        self.title.setText(f"{TITLE} {name}".strip())
        self.hint.setText("")
        self.text.clear()
        self.ask(fingerprint=False, second=False)
        self.let_take(on=False)

    def show_pack(self, head: str, paragraphs: Sequence[Paragraph]) -> None:
        """Shows what a pack says and changes."""
        self.hint.setText(head)
        colours = theme.palette()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        for each in paragraphs:
            if each.replaced:
                write_replaced(cursor, *each.replaced)
            else:
                ink = {"error": colours.overdue, "hint": colours.hint}.get(each.role, colours.text)
                write_paragraph(cursor, each.words, ink, bold=each.role == "head")
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def ask(self, *, fingerprint: bool, second: bool) -> None:
        """Asks for what has to be said before it is taken."""
        self.fingerprint.setVisible(fingerprint)
        self.fingerprint.edit.clear()
        self.fingerprint.show_fault("")
        self._second.setVisible(second)

    def let_take(self, *, on: bool) -> None:
        """Whether what is shown can be taken."""
        self.take.setEnabled(on)
        set_style(self.take, loud=on)

    def show_refusal(self, words: str, wrong: str) -> None:
        """Says why it was not taken, and goes to the field that it is about."""
        self.say(words, "error")
        self.fingerprint.show_fault("请对照纸面" if wrong == "fingerprint" else "")
        set_style(self.second, wrong=wrong == "second")
        if wrong:
            (self.second if wrong == "second" else self.fingerprint.edit).setFocus()

    def say(self, words: str, role: str) -> None:
        """Says something beside the buttons."""
        self.says.say(words, role)
