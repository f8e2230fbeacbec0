"""下班前还在等的：今天放下的几位、没有答复的咨询；一行一个数字，按了就去接着办。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.office_day import inquiries_waiting
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft
from counter_assistant.ui.desk.search.lookup import UNNAMED
from counter_assistant.ui.shell.requests import ContinueDraft, PageRequest, ShowRegisters
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import PickedList
from counter_assistant.ui.widgets.shortcuts import add_shortcuts

TITLE, MOST, ROW = "还在等的", 9, 28
MORE = "还有 {} 位，在受理台的“放下的几位”和登记的“咨询”里。"


class Waits(NamedTuple):
    """Somebody who waits: who and for what, since or until when, and where they are gone on with."""

    who: str
    when: str
    where: PageRequest


def who_waits(office: Office) -> list[Waits]:
    """The visitors put aside today, the newest first, then the questions without an answer, what presses first.

    Raises:
        Refusal: what the drafts and the registers refuse.
    """
    today, found = office.today(), list[Waits]()
    for saved in office.drafts.all(first=office.profile.current_clerk):
        if saved.saved_at.date() == today:
            state = from_draft(saved.uuid, saved.body)
            asked = state.item_name or state.details.get("asked", "").strip()
            who = "　".join(part for part in (state.name or UNNAMED, asked) if part)
            found.append(Waits(who, f"{saved.saved_at:%H:%M} 放下", ContinueDraft(saved.uuid)))
    for line in inquiries_waiting(office):
        due = f"{line.due:%m-%d} 前答复" if line.due else "等答复"
        found.append(Waits(f"咨询　{line.line}", due, ShowRegisters(line.kind.value, line.seq)))
    return found


class StillWaiting(QWidget):
    """The list; hidden where nobody waits. Its digits act wherever the focus is on the page `owner`."""

    chosen = Signal(object)
    """The PageRequest that goes on with somebody."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self.waits: Sequence[Waits] = ()
        self.title, self.more = PlainLabel(TITLE, "attention"), PlainLabel("", "secondary", wrap=True)
        self.list = PickedList(TITLE, ROW)
        self.list.setObjectName("still_waiting")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        for part in (self.title, self.list, self.more):
            rows.addWidget(part)
        self.list.entered.connect(lambda: self.take(self.list.currentRow()))
        self.list.itemClicked.connect(lambda item: self.take(self.list.row(item)))
        add_shortcuts(owner, {str(n): partial(self.take, n - 1) for n in range(1, MOST + 1)})
        self.show_waiting(())

    def show_waiting(self, waits: Sequence[Waits]) -> None:
        """Shows who waits, each by a digit."""
        self.waits = waits[:MOST]
        self.list.clear()
        for n, one in enumerate(self.waits, 1):
            self.list.add(f"{n}　{one.who}", one.when)
        self.list.setFixedHeight(theme.px(ROW) * len(self.waits) + 2)
        self.title.setText(f"{TITLE} {len(waits)}，按数字去接着办；不办的按 F9 结账")
        self.more.say(MORE.format(len(waits) - MOST) if len(waits) > MOST else "")
        self.setVisible(bool(waits))

    def take(self, row: int) -> None:
        """Goes on with the one in a row; nothing where there is none."""
        if not self.isHidden() and 0 <= row < len(self.waits):
            self.chosen.emit(self.waits[row].where)
