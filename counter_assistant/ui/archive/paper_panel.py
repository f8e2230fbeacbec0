"""右边一栏：当时出具的纸面，以及能对它做的三件事。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.operations.archive.reprint_and_void import Record
from counter_assistant.operations.archive.verifying import AGREES
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.archive.model import state_in_words
from counter_assistant.ui.widgets.action_button import ActionButton, LinkButton
from counter_assistant.ui.widgets.labels import ShrinkingLabel
from counter_assistant.ui.widgets.page_words import COPIES, LARGE
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.records.record_page import RecordPanel

EMPTY = "选一份文书，按回车，\n这里是当时出具的纸面。"


class PaperPanel(RecordPanel):
    """One slip: what it is, its paper, and 补打, 存为 PDF, 作废. The page connects the buttons."""

    whole_asked = Signal()
    """The whole numbers behind the tails are to be shown."""
    large_wanted = Signal()
    """The paper is to be printed in large type, or no more."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__("文书", owner)
        self.facts = ShrinkingLabel("", "secondary")
        self.proof = ShrinkingLabel("", "secondary")
        self.facts.setObjectName("facts")
        self.proof.setObjectName("proof")
        self.whole = LinkButton("", "查看整个号码", self.whole_asked.emit)
        self.large = LinkButton("Ctrl+G", LARGE[False], self.large_wanted.emit)
        self.large.setObjectName("large_print")
        self.card.head.addWidget(self.large)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.facts, 1)
        line.addWidget(self.whole)
        self.card.rows.addLayout(line)
        self.card.rows.addWidget(self.proof)
        self.card.rows.addWidget(self.message)
        self.paper = PaperView(EMPTY)
        self.reprint = ActionButton("补打一式二份", "Ctrl+P", owner, loud=True)
        self.save = ActionButton("存为 PDF", "Ctrl+S", owner)
        self.void = ActionButton("作废、更正", "Delete", owner, shown_key="Del")
        self.reprint.setMinimumHeight(theme.px(38))
        self.put_together((self.paper,), self.reprint, (self.save, self.void))
        self.clear()

    def show_record(self, record: Record, pdf: bytes, verdict: str = "", paper: PaperPrint | None = None) -> None:
        """Shows a slip and its paper; `verdict` is whether its check code is the one that was typed, where one was. `paper`: what is
        known of its printing, where it did not come out."""
        row = record.row
        self.card.title.setText(row.number)
        self.card.hint.setText(state_in_words(row, paper, record.voided))
        self.card.mark(attention=row.void or (paper is not None and paper.missing))
        tails = [
            f"证件尾号 {row.id_tail}" if row.id_tail else "",
            f"电话尾号 {row.phone_tail}" if row.phone_tail else "",
        ]
        self.whole.setVisible(any(tails) and not record.beside)
        self.facts.say("　".join(part for part in (row.applicant or "未留姓名", *tails) if part))
        proof = (chinese_time(row.issued_at), f"校验码 {record.slip.check_code}", verdict)
        role = {"": "secondary", AGREES: "done"}.get(verdict, "error")
        self.proof.say(listed(proof, "　"), role)
        said = record.corrected_in_words or (paper.in_words if paper and not row.void else "")
        self.message.say(said or record.beside, "attention")
        self.paper.show_pdf(pdf, COPIES)
        self._enable(not record.beside, void=not (row.void or record.beside))

    def clear(self) -> None:
        """Shows that no slip is open."""
        self.card.title.setText("文书")
        self.card.hint.setText("回车打开")
        self.card.mark(attention=False)
        self.facts.say("")
        self.whole.hide()
        self.proof.say("")
        self.message.say("")
        self.paper.clear(EMPTY)
        self._enable(False, void=False)

    def _enable(self, on: bool, *, void: bool) -> None:
        self.reprint.setEnabled(on)
        self.save.setEnabled(on)
        self.large.setVisible(on)
        self.void.setEnabled(void)
