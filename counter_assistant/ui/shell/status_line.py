"""状态行：正常还是练习、哪台打印机、哪一版目录、草稿存了没有。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.ui.announcing import announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import LeadingLabel, PlainLabel, ShrinkingLabel
from counter_assistant.ui.widgets.styling import set_style

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

MESSAGE_MS = 12_000
ASTRAY = "流水不在原来的地方"


def catalogue_in_words(office: Office) -> str:
    """2026.11.4 · 示例待核定; of an edition that begins later 2026-12-01，12月1日起施行；今天仍按 2026.11.4."""
    from counter_assistant.operations.catalogue.editions import (
        told_until_then,  # it needs what the first paint does not
    )

    catalogue, taken = office.catalogue, office.content.edition
    if taken and (until := told_until_then(office)):
        since = chinese_date(taken.approval.since).removeprefix(f"{office.today().year}年")
        return f"{catalogue.version}，{since}起施行；今天仍按 {until}"
    approved = len(catalogue.approvals.in_force)
    return f"{catalogue.version} · {f'已登记核定 {approved} 项' if approved else '示例待核定'}"


QUIET = frozenset((Mode.OPENING, Mode.SEALED, Mode.NORMAL))
"""What a desk is in every day, and nobody needs to be told of."""


class StatusLine(QWidget):
    """The line under the pages. What a page says goes after a while; what it is about stands on the page itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("状态行")
        self.setFixedHeight(theme.px(30))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(22))
        self.mode, self.printer, self.catalogue = PlainLabel(f"● {Mode.OPENING.value}"), PlainLabel(), PlainLabel()
        self.mode.setObjectName("mode")
        self.printer.setObjectName("printer")
        self.second_place, self.backup = LeadingLabel(), PlainLabel("", "attention")
        for label, name in ((self.second_place, "second_place"), (self.backup, "backup")):
            label.setObjectName(name)
            label.hide()
        self.message, self.draft = ShrinkingLabel(), PlainLabel()
        for label, stretch in (
            (self.mode, 0),
            (self.backup, 0),
            (self.printer, 0),
            (self.catalogue, 0),
            (self.second_place, 2),
            (self.message, 1),
            (self.draft, 0),
        ):
            row.addWidget(label, stretch)
        self._fade = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._fade.timeout.connect(self._fall_silent)
        self._hushed, self._said, self._draft_said = False, "", ""
        self._row, self._troubled = row, False
        self._stated, self._astray = (Mode.OPENING, ""), False

    def show_office(self, mode: Mode, *, catalogue: str, warning: str = "") -> None:
        """Says the mode, or what is wrong with an office that is well otherwise; and which catalogue is told, as `catalogue_in_words`."""
        self.show_mode(mode, warning if mode is Mode.NORMAL else "")
        self.show_catalogue(catalogue)

    def show_mode(self, mode: Mode, instead: str = "") -> None:
        """Says the mode, or what is to be known before it; never that all is normal while the journal is not in its place."""
        self._stated = mode, instead
        instead = ASTRAY if self._astray and mode is Mode.NORMAL else instead
        words, attention = instead or mode.value, bool(instead) or mode not in QUIET
        self._tell_trouble(self.mode, f"● {words}", words if attention else "")
        set_style(self.mode, attention=attention)

    def show_catalogue(self, catalogue: str) -> None:
        """Says which catalogue is told: that can change with the day."""
        self.catalogue.setText(f"目录 {catalogue}")

    def show_printer(self, words: str, trouble: bool) -> None:
        """Says which printer is used and how it is; without one, how to get one."""
        self._troubled = trouble
        self._tell_trouble(self.printer, words, words if trouble else "")
        set_style(self.printer, attention=trouble)

    def show_backup(self, words: str) -> None:
        """Says that there is no verified copy of the book of today; nothing while there is one."""
        self.backup.say(f"● {words}" if words else "")

    def show_second_place(self, trouble: str, astray: bool = False) -> None:
        """Says what is wrong with the journal in the second place, nothing where nothing is; whether its file is `astray`, which is no mode to work in unknowingly."""
        new = trouble != self.second_place.whole
        self.second_place.say(trouble or " ")
        set_style(self.second_place, astray=astray)
        if astray is not self._astray:
            self._astray = astray
            self.show_mode(*self._stated)
        self.second_place.setVisible(bool(trouble))
        if new:
            announce(self.second_place, trouble)

    def say(self, text: str, *, attention: bool = False) -> None:
        """Shows what a page has to say, in the colour of `attention` where it is to be heeded."""
        self._said = text
        set_style(self.message, attention=attention)
        if not self._hushed:
            self._fade.start()
        self._show_said()
        if not self._hushed:
            announce(self.message, text)

    def say_draft(self, text: str) -> None:
        """Shows how the draft is."""
        self._draft_said = text
        self._show_said()

    def hush(self, on: bool) -> None:
        """Says nothing of what the pages have to say while the window is locked; then it comes back, and begins its time anew."""
        self._hushed = on
        self._fade.stop() if on else self._fade.start()
        self._show_said()

    @staticmethod
    def _tell_trouble(label: PlainLabel, shown: str, trouble: str) -> None:
        """Shows how something stands. What is wrong with it is said aloud when it comes, and not again."""
        if shown != label.text():
            label.setText(shown)
            announce(label, trouble)

    def _fall_silent(self) -> None:
        self._said = ""
        self._show_said()

    def _show_said(self) -> None:
        self.message.say(" " if self._hushed else self._said or " ")
        self.draft.setText("" if self._hushed else self._draft_said)
        self._make_room()

    def _make_room(self) -> None:
        """What stands there always gives way, one after the other, to a sentence that is longer than what they leave it."""
        giving = [self.catalogue, self.draft, *([] if self._troubled else [self.printer])]
        for label in giving:
            label.show()
        margins, gap = self._row.contentsMargins(), self._row.spacing()
        need = self.message.fontMetrics().horizontalAdvance(self.message.whole) + margins.left() + margins.right()
        others = [self.mode, self.backup, self.printer, self.catalogue, self.second_place, self.draft]
        need += sum(label.sizeHint().width() + gap for label in others if not label.isHidden())
        while self.message.whole.strip() and giving and need > self.width():
            label = giving.pop(0)
            need -= label.sizeHint().width() + gap
            label.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
