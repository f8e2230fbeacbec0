"""结账的一页：数一数，写进台账，打印日结单；代替各页显示，做完返回.

A day that is over is closed as soon as it is asked for, and so is today shortly before the office closes; earlier it is shown first, and so it is
while somebody still waits, or was served after hours and that is not noted yet. It is shown, and nothing is kept from being closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.domain.closing.closing_entry import Closed, Period, name_in_words
from counter_assistant.domain.closing.open_days import Stretch
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.day_sheet import closing_pdf
from counter_assistant.operations.registers.office_day import AfterHours, after_hours, record_overtime
from counter_assistant.operations.safekeeping import closing
from counter_assistant.printing.jobs import PrintJob
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.closing.lines import lines_of
from counter_assistant.ui.closing.still_waiting import StillWaiting, Waits, who_waits
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.shell.requests import PageRequest
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

EARLY = "还没有到下班时间：现在结账，以后的记录计入下一次。确实要结，请按 F9。"
LATE = "下班以后又接待了 {} 位，还没有记延时：按 F7 记上，或者按 F9 结账。"
NOTED = "已登记延时服务至 {}，第 {} 条；登错了的到登记页撤销。"
BESIDE = 4
"""So many lines of a closing are shown beside those who still wait; all of them once it is closed."""
ALREADY = "已经结过账了。F9 再打印一份。"


class ClosingPage(CardPage):
    """Closes what is due of a kind of period, and prints its sheet."""

    finished = Signal()
    recorded = Signal()
    copies_asked = Signal(object)
    """The first copies of a closed day are to be taken in: its Closed."""
    asked = Signal(object)
    """A PageRequest: somebody who still waits is gone on with."""
    KEYS = (
        ("F9", "结账；结了以后打印签字的单子"), ("1…9", "接着办还在等的"), ("F7", "下班以后记延时"), ("Ctrl+D", "收存档联"), ("Ctrl+N", "接着结下一天"),
        ("Esc", "返回"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(
        self, office: Office, period: Period, service: PrintService | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(period.label, 720, parent)
        self.office, self.period = office, period
        self.service = service or PrintService(office.folder, parent=self)
        self._done: tuple[Closed, Entry] | None = None
        self._late: AfterHours | None = None
        self.name = ""
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnMinimumWidth(0, theme.px(64))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.message = PlainLabel(" ", "secondary", wrap=True)
        self.message.setObjectName("message")
        self.act = ActionButton("结账", "F9", self, loud=True)
        self.more = ActionButton("接着结下一天", "Ctrl+N", self)
        self.copies = ActionButton("收存档联", "Ctrl+D", self)
        self.leave = ActionButton("返回", "Esc", self)
        self.overtime = ActionButton("记延时", "F7", self)
        self.waiting = StillWaiting(self)
        self.act.setObjectName("act")
        self.more.setObjectName("more")
        self.card.rows.addLayout(self._grid)
        self.card.rows.addWidget(self.waiting)
        self.card.rows.addWidget(self.message)
        self.card.rows.addLayout(in_line(self.leave, None, self.overtime, self.copies, self.more, self.act))
        self.act.clicked.connect(self._act)
        self.more.clicked.connect(self.begin)
        self.copies.clicked.connect(lambda: self.copies_asked.emit(self._done[0]) if self._done else None)
        self.leave.clicked.connect(self.finished)
        self.overtime.clicked.connect(self._note_overtime)
        self.waiting.chosen.connect(self._go_on_with)
        self.service.printed.connect(self._printed)
        self.service.refused.connect(self._not_printed)
        self.setFocusProxy(self.act)
        self.begin()

    def begin(self) -> None:
        """Closes what is due, or shows it first; what was closed already is shown as it was."""
        self._done = None
        try:
            self.name = closing.period_due(self.office, self.period)
            self._name()
            waits, late = self._look_at_today()
            if closing.is_over(self.office, self.period, self.name) and not waits and not late:
                self._close()
            else:
                self._show(closing.preview(self.office, self.period, self.name), BESIDE if waits else None)
                self._say_first(late)
        except Refusal as refusal:
            self._refused(refusal)

    def _look_at_today(self) -> tuple[Sequence[Waits], int]:
        """Who still waits today, and how many were served after hours without that being noted; nobody where another day is closed."""
        today = self.period is Period.DAY and self.name == self.office.today().isoformat()
        self._late = after_hours(self.office) if today else None
        waits = who_waits(self.office) if today else []
        self.waiting.show_waiting(waits)
        self.overtime.setVisible(self._late is not None)
        self.overtime.setEnabled(self._late is not None)
        return waits, self._late.visitors if self._late else 0

    def _say_first(self, late: int) -> None:
        """What is said before it is closed."""
        over = closing.is_over(self.office, self.period, self.name)
        self.message.say(LATE.format(late) if late else " " if over else EARLY, "attention" if late else "secondary")

    def _note_overtime(self) -> None:
        if self._late is None:
            return
        until = self._late.until
        try:
            entry = record_overtime(self.office, self._late)
            self._late = None
            self.overtime.hide()
            self.overtime.setEnabled(False)
            if self._done is None:
                self._show(closing.preview(self.office, self.period, self.name), BESIDE if self.waiting.waits else None)
        except Refusal as refusal:
            self.message.say(str(refusal), "error")
        else:
            self.message.say(NOTED.format(until, entry.seq), "done")
            self.recorded.emit()

    def _go_on_with(self, where: PageRequest) -> None:
        self.finished.emit()
        self.asked.emit(where)

    def close_down(self) -> None:
        """Lets a sheet on its way reach the printer before the page goes."""
        self.service.wait()

    def _name(self) -> None:
        self.card.title.setText(f"{self.period.label}　{name_in_words(self.period, self.name)}")
        self.card.hint.setText("")
        self.act.rename("结账")
        self._offer_copies(on=False)
        self._offer_next(None)

    def _close(self) -> None:
        self._done = closing.close(self.office, self.period, self.name)
        self._show_done(f"已结账，记入台账第 {self._done[1].seq} 条。请打印，签字后存档。")
        self.recorded.emit()

    def _show_done(self, said: str) -> None:
        assert self._done is not None
        closed, entry = self._done
        self.waiting.show_waiting(())
        self._show(closed)
        self.card.hint.setText(f"台账第 {entry.seq} 条　校验码 {entry.check_code}")
        self.message.say(said, "done")
        self.act.rename(f"打印{self.period.label}单")
        if self.period is Period.DAY:
            self._offer_copies(on=True)
            self._offer_next(closing.standing(self.office).earlier(self.office.today()))

    def _offer_copies(self, *, on: bool) -> None:
        self.copies.setVisible(on)
        self.copies.setEnabled(on)

    def _offer_next(self, following: Stretch | None) -> None:
        """Another day before today is open as well."""
        self.more.rename(f"接着结 {chinese_date(following.day)}" if following else "接着结下一天")
        self.more.setVisible(following is not None)
        self.more.setEnabled(following is not None)

    def _refused(self, refusal: Refusal) -> None:
        """Shows what was closed already; says what else keeps it from being closed."""
        if refusal.code in ("day-closed", "period-closed"):
            self._done = closing.find(self.office, self.period, self.name)
            self._show_done(ALREADY)
        else:
            self.message.say(str(refusal), "error")

    def _show(self, closed: Closed, most: int | None = None) -> None:
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        for n, line in enumerate(islice(lines_of(closed), most)):
            text = ShrinkingLabel(line.text, line.role)
            text.setAccessibleName(f"{line.label} {line.text}".strip())
            self._grid.addWidget(PlainLabel(line.label, "secondary"), n, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, n, 1, 1, 1 if line.beside else 2)
            if line.beside:
                self._grid.addWidget(ShrinkingLabel(line.beside, line.role), n, 2)

    def _act(self) -> None:
        try:
            if self._done is None:
                self._close()
            else:
                pdf = closing_pdf(self.office, *self._done)
                self.message.say(f"{self.period.label}单正在送打印机。", "secondary")
                self.service.submit(pdf, f"{self.period.label}单 {self.name}")
        except Refusal as refusal:
            self._refused(refusal)

    def _printed(self, job: PrintJob) -> None:
        said = f"{self.period.label}单：{job.sentence}签字后与第一联一起存档。"
        self.message.say(said, "attention" if job.held else "done")

    def _not_printed(self, refusal: Refusal) -> None:
        self.message.say(f"{refusal.sentence}结账已经记入台账；打印机好了再按 F9。", "error")
        if self.service.choose_instead(refusal, self):
            self._act()
