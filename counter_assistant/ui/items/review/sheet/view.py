"""导入核定表以前先看：哪些行不能导入、为什么；其余的一行一行，改前改后。Nothing is taken before it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.approval_sheet import Reading
from counter_assistant.domain.revision.differences import NOTHING, Said, source_in_words
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.changes_view import text_format, write_paragraph, write_replaced
from counter_assistant.ui.items.review.presentation import shown_words
from counter_assistant.ui.shell.page_keys import KeySheet
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.reading_text import ReadingText
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.styling import set_style

KEYS = (
    ("↑ ↓、翻页键", "翻看"), ("Ctrl+回车", "全部记进这一稿"), ("Ctrl+R", "表改好、存盘以后再读一遍"), ("Esc", "不导入，什么也不变"),
)  # fmt: skip
ORDER = (Answer.CHANGE, Answer.DROP, Answer.AGREE)
"""What changes the words comes first: it is what is to be looked at."""
MOST_ITEMS = 6
READY = "还没有记。按 Ctrl+回车，{many} 处一次记进这一稿；以后可以“退回这次导入”。"
FAULTY = "有 {many} 行不能导入，一行也不会记。请在表里改好{these}，存盘，再按 Ctrl+R 再读一遍；不导入按 Esc。"


class SheetView(Card):
    """A sheet that was read, before it is taken."""

    taken = Signal()
    again = Signal()
    """The file is to be read once more."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__("导入核定表")
        self.says = PlainLabel("", "secondary", wrap=True)
        self.says.setObjectName("sheet_says")
        self.text = ReadingText("核定表里的答复")
        self.reread = ActionButton("再读一遍", "Ctrl+R", self)
        self.take = ActionButton("全部记进这一稿", "Ctrl+Return", self, loud=True, shown_key="Ctrl+回车")
        self.keys = KeySheet(self, KEYS, "导入核定表的键")
        self.head.addWidget(LinkButton("Esc", "不导入", self.left.emit))
        buttons = QHBoxLayout()
        buttons.addWidget(self.says, 1)
        for button in (self.reread, self.take):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.rows.addWidget(self.text, 1)
        self.rows.addLayout(buttons)
        self.take.clicked.connect(self.taken)
        self.take.unavailable.connect(lambda: self.text.moveCursor(QTextCursor.MoveOperation.Start))
        self.reread.clicked.connect(self.again)

    def show_readings(self, name: str, readings: Sequence[Reading]) -> None:
        """Shows what the rows of a sheet come to: the faulty ones first, then by what they answer."""
        faulty = [reading for reading in readings if reading.refusal]
        verdicts = [(reading.row.number, reading.verdict) for reading in readings if reading.verdict]
        groups = {answer: [pair for pair in verdicts if pair[1].answer is answer] for answer in ORDER}
        counted = [f"{answer.label} {len(held)}" for answer, held in groups.items() if held]
        self.title.setText(f"导入 {name}")
        self.hint.setText(
            f"填了 {len(readings)} 行：{listed([*counted, *([f'不能导入 {len(faulty)}'] if faulty else [])])}"
        )
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        if faulty:
            write_paragraph(cursor, f"不能导入　{len(faulty)} 行", theme.palette().text, bold=True)
        for reading in faulty:
            _write_fault(cursor, reading)
        for answer, held in groups.items():
            if held:
                write_paragraph(cursor, f"{answer.label}　{len(held)} 句", theme.palette().text, bold=True)
            for number, verdict in held:
                _write_verdict(cursor, number, verdict)
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.take.setEnabled(not faulty)
        set_style(self.take, loud=not faulty)
        these = f"这 {len(faulty)} 行" if len(faulty) > 1 else "这一行"
        told = FAULTY.format(many=len(faulty), these=these) if faulty else READY.format(many=len(verdicts))
        self.say(told, "error" if faulty else "secondary")

    def refuse(self, words: str) -> None:
        """Says why what is shown cannot be taken any more."""
        self.take.setEnabled(False)
        set_style(self.take, loud=False)
        self.say(words, "error")

    def say(self, words: str, role: str) -> None:
        """Says something beside the buttons."""
        self.says.say(words, role)


def _write_fault(cursor: QTextCursor, reading: Reading) -> None:
    colours = theme.palette()
    write_paragraph(cursor, f"第 {reading.row.number} 行　", colours.overdue)
    cursor.insertText(str(reading.refusal), text_format(colours.overdue))
    words = f"　{reading.row.part}：{reading.row.words}" if reading.row.words else ""
    cursor.insertText(words, text_format(colours.hint))


def _write_verdict(cursor: QTextCursor, number: int, verdict: Verdict) -> None:
    """第 12 行　改　the words as they were and as they will be　B08、B09〔document and clause, day〕."""
    colours, before = theme.palette(), Said(shown_words(verdict.statement))
    match verdict.answer:
        case Answer.AGREE:
            after = before
        case Answer.CHANGE:
            after = Said(shown_words(replace(verdict.statement, words=verdict.words)))
        case Answer.DROP:
            after = NOTHING
    write_replaced(cursor, before, after)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.insertText(f"第 {number} 行　{verdict.answer.label}　", text_format(colours.secondary))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    items = listed(verdict.items) if len(verdict.items) <= MOST_ITEMS else f"{len(verdict.items)} 个事项"
    day = f"，{verdict.source.day.isoformat()}" if verdict.source.day else ""
    cursor.insertText(f"　{items}　〔{source_in_words(verdict.source)}{day}〕", text_format(colours.hint))
