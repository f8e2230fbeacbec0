"""带班页：要您看的在左边，一个月或者一年的四幅图在右边；每一行、每一个数都打得开.

Keys: Tab goes from what waits to the four pictures; arrows choose a row or a bar, Enter opens what stands behind it; PgUp and PgDn turn to
another period, Ctrl+Y between a month and a year; F9 goes to the closing of the day; F8 asks why one clerk's matters are to be looked at; Ctrl+P prints the report, Ctrl+S saves it; Esc closes what is
on top, and stops what is being counted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.report.pictures import Bar, Subject
from counter_assistant.domain.report.report import Report
from counter_assistant.domain.report.span import Span
from counter_assistant.operations.office import Office
from counter_assistant.operations.report.behind import CaseLine, case_lines, matter_lines
from counter_assistant.operations.report.one_clerk import colleagues, look_at_one
from counter_assistant.operations.report.standing import (
    WaitingLine,
    Waits,
    cases_today,
    today_in_words,
    waiting_lines,
)
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.lead.cases_layer import CALLS, NONE, CasesLayer
from counter_assistant.ui.lead.chart_view import in_words
from counter_assistant.ui.lead.clerk_layer import ClerkLayer
from counter_assistant.ui.lead.counting import Counting
from counter_assistant.ui.lead.frame import LeadFrame
from counter_assistant.ui.lead.report_output import ReportOutput
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.shell.requests import (
    FindCase,
    ShowCases,
    ShowItem,
    ShowRegisters,
    ShowReview,
    ShowUnprinted,
)
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

COUNTING, STOPPED = "数到 {}/{}，Esc 停", "已停下。再打开这一页接着数。"
NOT_COUNTED = "这一期还没有数完，数完再打印、存文件。"
LOOK_AGAIN_MS = 60_000


class LeadPage(LeadFrame):
    """What waits for whoever looks after a counter, and what its months came to."""

    wanted = Signal(object)
    """A PageRequest: what another page shows."""
    closing_wanted = Signal()
    copies_wanted = Signal(object)
    """The first copies of a closed day are to be filed."""

    KEYS = (
        ("Tab", "到下一块：要您看的、四幅图"), ("↑ ↓ ← →", "选一行、一根柱"), ("回车", "打开这一行，看这个数里的办件"),
        ("PgUp PgDn", "上一期、下一期"), ("Ctrl+Y", "看一个月、看全年"), ("F9", "日结"), ("F7", "看今天的办件"), ("F8", "看一位经办人的，先写理由，本人看得到"), ("Ctrl+P", "打印报告"),
        ("Ctrl+S", "存为 PDF、Excel"), ("Esc", "关掉一层；停下正在数的"),
    )  # fmt: skip
    """The keys of this page, for F1."""

    def __init__(
        self, office: Office, to_review: Callable[[], list[str]] = list, service: PrintService | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.office, self._to_review = office, to_review
        today = office.today()
        self.span = Span(today.year, today.month)
        self.report: Report | None = None
        self._drawn: Span | None = None
        self._then: Callable[[Report], None] | None = None
        self.counting, self.output = Counting(office, self), ReportOutput(office, service, self)
        self.layer, self.clerk_layer = CasesLayer(self), ClerkLayer(self)
        self._look_again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self._show_standing)
        self.setFocusProxy(self.waiting.list)
        self._connect()

    def _connect(self) -> None:
        self.waiting.chosen.connect(self._open_line)
        self.layer.chosen.connect(self._open_case)
        self.close_day.clicked.connect(self.closing_wanted)
        self.one_clerk = LinkButton("F8", "看一位经办人", self.ask_about_one)
        self.cards[Subject.TOLD].head.insertWidget(1, self.one_clerk)
        self.of_today = LinkButton("F7", "看办件", self.show_today)
        self.today.head.insertWidget(1, self.of_today)
        self.clerk_layer.asked.connect(self._look_at_one)
        self.before.clicked.connect(partial(self.turn, -1))
        self.after.clicked.connect(partial(self.turn, 1))
        self.whole_year.clicked.connect(self.turn_year)
        self.paper.clicked.connect(lambda: self._with_report(self.output.print_report))
        self.file.clicked.connect(lambda: self._with_report(self.output.save_report))
        self.output.reported.connect(self.say)
        self.output.reported.connect(lambda words, _role: self.status_message.emit(words))
        self.counting.progressed.connect(lambda n, of: self.say(COUNTING.format(n, of)))
        self.counting.drawable.connect(partial(self._show_pictures, compared=False))
        self.counting.made.connect(self._show_report)
        self.counting.failed.connect(lambda refusal: self.say(str(refusal), "error"))
        for subject, card in self.cards.items():
            card.view.chosen.connect(partial(self._open_bar, subject))
            card.item_wanted.connect(lambda item: self.wanted.emit(ShowItem(item)))
        add_shortcuts(
            self,
            {
                "PgUp": partial(self.turn, -1),
                "PgDown": partial(self.turn, 1),
                "Esc": self._close_top,
                "F7": self.show_today,
                "F8": self.ask_about_one,
            },
        )

    def say(self, words: str, role: str = "secondary") -> None:
        """Says something over the pictures."""
        self.message.say(words, role)

    def refresh(self) -> None:
        """Reads anew what waits, and counts the period anew where the book has something new."""
        self._show_standing()
        self._count()

    def print_month(self) -> None:
        """Prints the report of this month."""
        today = self.office.today()
        self.span = Span(today.year, today.month)
        self._count()
        self._with_report(self.output.print_report)

    def show_today(self) -> None:
        """Lists what somebody came about today."""
        today = self.office.today()
        try:
            self._show_cases(f"今天　{today.month}月{today.day}日", cases_today(self.office))
        except Refusal as refusal:
            self.say(str(refusal), "error")

    def ask_about_one(self) -> None:
        """Asks whose matters of the shown month are to be looked at, and why."""
        self.layer.close_layer()
        self.clerk_layer.ask(colleagues(self.office))

    def turn(self, by: int) -> None:
        """Turns to another period; what lies ahead has no figures yet."""
        following = self.span.turned(by)
        if following.first <= self.office.today():
            self.span = following
            self._count()

    def turn_year(self) -> None:
        """From a month to its year, and from a year to its last month that has begun."""
        today = self.office.today()
        month = today.month if self.span.year == today.year else 12
        self.span = Span(self.span.year, 0 if self.span.month else month)
        self._count()

    def leave_to_another(self) -> None:
        self.counting.stop()
        self.layer.close_layer()
        self.clerk_layer.close_layer()

    def close_down(self) -> None:
        self.counting.stop()
        self._look_again.stop()
        self.output.close_down()

    @property
    def unsaved(self) -> str:
        return self.clerk_layer.unsaved

    def tell(self, words: str) -> None:
        self.say(words, "attention")

    def _show_standing(self) -> None:
        if not self.isVisible():
            return
        today = self.office.today()
        try:
            self.waiting.show_lines(waiting_lines(self.office, self._to_review()))
            self.today.show_lines(list(today_in_words(self.office)), f"{today.month}月{today.day}日")
        except Refusal as refusal:
            self.say(str(refusal), "error")

    def _count(self) -> None:
        today = self.office.today()
        self.span_title.setText(self.span.in_words)
        self.after.setEnabled(self.span.turned(1).first <= today)
        self.whole_year.rename("全年" if self.span.month else "一个月")
        self.report = None
        if self._drawn != self.span:
            for card in self.cards.values():
                card.clear()
        self.counting.begin(self.span)

    def _show_pictures(self, report: Report, *, compared: bool = True) -> None:
        self._drawn = report.span
        for one in report.pictures:
            self.cards[one.now.subject].show_picture(one, report.span, compared=compared)

    def _show_report(self, report: Report) -> None:
        self.report = report
        self._show_pictures(report)
        self.say(f"与{report.span.turned(-1).in_short}对照{'，还没过完' if report.unfinished else ''}")
        then, self._then = self._then, None
        if then is not None:
            then(report)

    def _with_report(self, act: Callable[[Report], None]) -> None:
        """Does something with the report of the shown period, as soon as it is counted."""
        if self.report is not None:
            act(self.report)
        elif self.counting.running:
            self._then = act
        else:
            self.say(NOT_COUNTED, "attention")

    def _open_line(self, line: WaitingLine) -> None:
        match line.what:
            case Waits.REVIEW:
                self.wanted.emit(ShowReview())
            case Waits.OVERDUE:
                self.wanted.emit(ShowCases(CaseList.OVERDUE))
            case Waits.DELAY:
                self._show_cases(f"{line.what.value} {line.count} 件", line.cases)
            case Waits.OPINION:
                self.wanted.emit(ShowRegisters("opinion"))
            case Waits.REGISTERS:
                self.wanted.emit(ShowRegisters())
            case Waits.UNPRINTED:
                self.wanted.emit(ShowUnprinted())
            case Waits.UNFILED:
                self.copies_wanted.emit(line.closed)

    def _open_bar(self, subject: Subject, bar: Bar) -> None:
        lacking = "，这些是第二次才说清的" if bar.of else ""
        calls = subject is Subject.VISITS and bar.count > len(bar.cases)
        self._show_cases(f"{subject.question}　{in_words(bar)}{lacking}", bar.cases, calls=calls)

    def _show_cases(self, title: str, ids: tuple[str, ...], *, calls: bool = False) -> None:
        try:
            lines, found = case_lines(self.office, ids)
        except Refusal as refusal:
            self.say(str(refusal), "error")
            return
        more = [NONE] if not lines else [f"共 {found} 件，列出最近的 {len(lines)} 件。"] if found > len(lines) else []
        self.layer.show_lines(title, lines, "".join([*more, CALLS if calls else ""]))

    def _look_at_one(self, clerk: str, reason: str) -> None:
        try:
            matters = look_at_one(self.office, clerk, self.span, reason)
        except Refusal as refusal:
            self.clerk_layer.show_refusal(refusal)
            return
        self.clerk_layer.close_layer()
        name = self.office.profile.clerk(clerk).name
        said = "" if matters else f"{name}{self.span.in_words}没有有出入的。"
        self.layer.show_lines(f"{name}　{self.span.in_words}　已记入台账", matter_lines(self.office, matters), said)

    def _open_case(self, line: CaseLine) -> None:
        self.layer.close_layer()
        self.wanted.emit(FindCase(line.finds, line.case))

    def _close_top(self) -> None:
        if self.layer.close_layer() or self.clerk_layer.close_layer():
            return
        if self.counting.stop():
            self._then = None
            self.say(STOPPED, "attention")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
        if not self.layer.isHidden():
            self.layer.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_again.start()
        self.refresh()
        if self.focusWidget() is None:
            self.waiting.list.setFocus(Qt.FocusReason.OtherFocusReason)
