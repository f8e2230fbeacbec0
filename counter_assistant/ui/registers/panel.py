"""右边一栏：一条登记的每一栏，照它登记簿的表头。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_assistant.operations.registers.complaint_lines import CLAUSE, TITLE, ComplaintLine
from counter_assistant.storage.views.registers.register_lines import RegisterLine
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.records.record_page import RecordPanel
from counter_assistant.ui.widgets.records.scrolled_grid import ScrolledGrid

SEALED = "不在这里显示。要看的，按回车；换一件、换一页就收起来。"
TYPED = "打到一半没有登记，可能是停了电、关了窗口。回车或者 F9 接着登记，打过的字都在；不要的按两次 F8 丢弃。"
EMPTY = "清单里选中的那一条，\n这里是它登记簿上的每一栏。"
NEXT, NEW = "没有要办的", "登记一条"


class RegisterPanel(RecordPanel):
    """One line. The page connects the buttons."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__("登记", owner)
        self.card.rows.addWidget(self.message)
        self.cells = Cells()
        self.next = ActionButton(NEXT, "F9", owner, loud=True)
        self.next.setMinimumHeight(theme.px(38))
        self.new = ActionButton(NEW, "F7", owner)
        self.back = ActionButton("撤销", "F8", owner)
        self.case = ActionButton("看办件", "Ctrl+O", owner)
        self.book = ActionButton("打印登记簿", "Ctrl+P", owner)
        self.sheet = ActionButton("存为 Excel", "Ctrl+S", owner)
        self.next.setObjectName("settle")
        self.put_together((self.cells,), self.next, (self.new, self.back, self.case), (self.book, self.sheet))
        self.clear()

    def show_line(self, line: RegisterLine, cells: Sequence[tuple[str, str]]) -> None:
        """Shows a line."""
        self.card.title.setText(line.kind.book_title)
        self.card.hint.setText(f"第 {line.seq} 条　{line.kind.source}")
        self.card.mark(attention=line.waits)
        self.message.say("")
        self.cells.show_cells(cells)

    def show_complaint(self, line: ComplaintLine, whole: Sequence[tuple[str, str]] = ()) -> None:
        """Says how a complaint stands. What it says (`whole`) is for the keeper who asks for it, and never shown by itself."""
        self.card.title.setText(TITLE)
        self.card.hint.setText(f"守则 {CLAUSE}")
        self.card.mark(attention=line.due is not None)
        self.message.say("")
        due = line.due.isoformat() if line.due else ""
        rows = (
            ("编号", line.number),
            ("方式、类别", line.line.partition("　")[2]),
            ("办到哪一步", line.in_words),
            ("反馈期限", due),
        )
        self.cells.show_cells([*(row for row in rows if row[1]), *(whole or (("内容", SEALED),))])

    def show_unfinished(self) -> None:
        """Says what can be done with a complaint that nobody recorded."""
        self.card.title.setText(TITLE)
        self.card.hint.setText(f"守则 {CLAUSE}")
        self.card.mark(attention=True)
        self.message.say("")
        self.cells.show_cells((("没有登记完", TYPED),))

    def clear(self) -> None:
        """Shows that no line is marked, as the list is empty."""
        self.card.title.setText("登记")
        self.card.hint.setText("")
        self.card.mark(attention=False)
        self.message.say("")
        self.cells.say_in_the_middle(EMPTY)


class Cells(ScrolledGrid):
    """The columns of a line, each beside its head."""

    GAPS = (12, 8)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("各栏", parent)

    def show_cells(self, cells: Sequence[tuple[str, str]]) -> None:
        """Shows the head of each column and what stands there."""
        grid = self.new_grid()
        grid.setColumnMinimumWidth(0, theme.px(88))
        for place, (head, said) in enumerate(cells):
            grid.addWidget(PlainLabel(head, "secondary", wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(said, "dense", wrap=True), place, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(cells), 1)
