"""停电备用单的一页：哪些在外面，过没过期；F9 印一套，遗失的作废；代替各页显示，做完返回."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.domain.papers.numbering import series_span
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.kit import kits, printing
from counter_assistant.operations.kit.kits import Kit
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.kit.lines import lines_of, summary
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField, mark_refused
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

EACH_WIDTH, VOID_WIDTH = 150, 282
WHAT = "停电时手写的一次性告知单：编号、材料都印好了，一式二份。停电前印好收着；来电以后照纸补录，遗失、弄脏的作废。"
NEW, REPLACE = "印一套", "作废旧的，印新的一套"
STALE = "目录或者单位资料变了，标着“要换”的和现在说的不一样。F9：还没有用的都作废，印新的一套。"
MORE = "还有 {} 份在外面，说的和现在一样。确实再印一套的，再按一次 F9。"
SURE = "确实没有打出来？打过的再打，就有两张同号的单子。再按一次 Ctrl+P。"
VOID = "写明作废哪几份、为什么，再按 Ctrl+D。"


class KitPage(CardPage):
    """Shows the kits of an office, prints a new one, voids what is lost."""

    record_asked = Signal()
    """What was written on a blank is to be recorded."""
    recorded = Signal()
    KEYS = (
        ("F9", "印一套；过期的先作废"), ("Ctrl+N", "补录用了的"), ("Ctrl+D", "作废遗失、弄脏的"), ("Ctrl+P", "没有打出来的再打，号不变"),
        ("Esc", "返回"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__("停电备用单", 800, parent)
        self.office = office
        self.service = service or PrintService(office.folder, parent=self)
        self._kit: Kit | None = None
        self._asked = ""
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)
        self.each = LabelledField("each", "每个事项几份", f"1 到 {printing.MOST_EACH}")
        self.each.edit.setText(str(printing.EACH))
        self.numbers = LabelledField("numbers", "作废哪几份", "如 2，5")
        self.reason = LabelledField("reason", "作废原因", "例如：弄脏了")
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.act = ActionButton(NEW, "F9", self, loud=True)
        self.act.setObjectName("act")
        self.record = ActionButton("补录", "Ctrl+N", self)
        self.void = ActionButton("作废", "Ctrl+D", self)
        self.again = ActionButton("再打", "Ctrl+P", self)
        self.leave = ActionButton("返回", "Esc", self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.act)
        self._refresh()

    def _lay_out(self) -> None:
        rows = self.card.rows
        rows.addWidget(PlainLabel(WHAT, "secondary", wrap=True))
        rows.addLayout(self._grid)
        rows.addLayout(in_line(self.each, self.numbers, self.reason, None))
        rows.addWidget(self.message)
        rows.addLayout(in_line(self.leave, None, self.again, self.void, self.record, self.act))
        self.each.setFixedWidth(theme.px(EACH_WIDTH))
        for field in (self.numbers, self.reason):
            field.setFixedWidth(theme.px(VOID_WIDTH))
            field.hide()

    def _connect(self) -> None:
        self.act.clicked.connect(self._print)
        self.record.clicked.connect(self.record_asked)
        self.void.clicked.connect(self._void)
        self.again.clicked.connect(self._print_again)
        self.leave.clicked.connect(self.finished)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._not_printed)

    def close_down(self) -> None:
        """Lets a kit on its way reach the printer before the page goes."""
        self.service.wait()

    def _refresh(self) -> None:
        """Shows what is out now, and what F9 does about it."""
        known = kits.known_blanks(self.office)
        stale = kits.outdated(self.office)
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        lines = list(lines_of(known, stale))
        for n, line in enumerate(lines):
            self._grid.addWidget(ShrinkingLabel(line.name, "dense"), n, 0)
            self._grid.addWidget(PlainLabel(line.places, "dense"), n, 1)
            said = PlainLabel(f"{line.out} 份{'，要换' if line.stale else ''}", "attention" if line.stale else "dense")
            self._grid.addWidget(said, n, 2, Qt.AlignmentFlag.AlignRight)
        self.card.hint.setText(summary(known))
        self.act.rename(REPLACE if stale else NEW)
        self._stale, self._out = bool(stale), sum(line.out for line in lines)
        self._kit = kits.newest_out(self.office)
        for button in (self.record, self.void, self.again):
            button.setEnabled(bool(lines))
        if stale:
            self.message.say(STALE, "attention")

    def _is_sure(self, act: str, words: str) -> bool:
        """Whether an act was asked for twice; the first time it is said what it would do."""
        sure, self._asked = self._asked == act, act
        if not sure:
            self.message.say(words, "attention")
        return sure

    def _print(self) -> None:
        if self._out and not self._stale and not self._is_sure("print", MORE.format(self._out)):
            return
        self._asked = ""
        try:
            each = self._each()
            if self._stale:
                printing.void_all(self.office)
            self._kit = printing.print_kit(self.office, each)
        except Refusal as refusal:
            mark_refused({"each": self.each}, "each" if refusal.code == "bad-kit-size" else "")
            self.message.say(str(refusal), "error")
        else:
            self.recorded.emit()
            self._refresh()
            self._send()

    def _each(self) -> int:
        typed = self.each.edit.text().strip()
        return int(typed) if re.fullmatch("[0-9]{1,3}", typed) else 0

    def _print_again(self) -> None:
        if self._is_sure("again", SURE):
            self._asked = ""
            self._send()

    def _send(self) -> None:
        assert self._kit is not None
        numbers = [blank.number for blank in self._kit.printed.blanks]
        try:
            pdf = printing.pdf_of_kit(self.office, self._kit)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
            return
        span = series_span(numbers[0], numbers[-1])
        self.message.say(f"{span}已记入台账第 {self._kit.entry.seq} 条，正在送打印机。", "secondary")
        self.service.submit(pdf, f"停电备用单 {span}")

    def _printed(self, job: PrintJob) -> None:
        said = f"停电备用单：{job.sentence}两联夹在一起收好，停电时用。"
        self.message.say(said, "attention" if job.held else "done")

    def _not_printed(self, refusal: Refusal) -> None:
        self.message.say(f"{refusal.sentence}编号已经占好；打印机好了按 Ctrl+P 再打，号不变。", "error")
        if self.service.choose_instead(refusal, self):
            self._send()

    def _void(self) -> None:
        """Shows the fields; with both filled in, voids what they say."""
        if self.numbers.isHidden():
            self.numbers.show()
            self.reason.show()
            self.numbers.edit.setFocus()
            self.message.say(VOID, "secondary")
            return
        fields = {"numbers": self.numbers, "reason": self.reason}
        named = [part for part in re.split(r"[，,、;；\s]+", self.numbers.edit.text().strip()) if part]
        try:
            if not named:
                raise Refusal("kit-number-unknown", "没有写明作废哪几份。", "请照纸上写编号。")
            voided = printing.void_blanks(self.office, named, self.reason.edit.text())
        except Refusal as refusal:
            mark_refused(fields, "reason" if refusal.code == "reason-missing" else "numbers")
            self.message.say(str(refusal), "error")
            return
        for field in fields.values():
            field.edit.clear()
            field.edit.mark_wrong(False)
            field.hide()
        self.act.setFocus()
        self._refresh()
        self.message.say(f"已作废 {len(voided)} 份：{'、'.join(voided)}。", "done")
        self.recorded.emit()
