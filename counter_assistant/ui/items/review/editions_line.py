"""以前的版本：哪一版、什么文号、自哪天起、谁登记谁核对；恢复其中一版。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.operations.catalogue.editions import KeptEdition
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.items.review.confirm_line import EnterButton
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.quiet_list import PickedList

RESTORE = "恢复这一版"


class EditionsLine(Card):
    """The editions of the book, newest first. The first is told now, so that only another can be taken again."""

    closed = Signal()
    wanted = Signal(object)
    """A `KeptEdition` to be taken again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("以前的版本", "", parent)
        self.list = PickedList("以前的版本", 28)
        self.list.setFixedHeight(theme.px(28 * 3))
        self.button = EnterButton(RESTORE)
        self.button.setAccessibleName(RESTORE)
        self._focus = FocusReturn()
        self._kept: Sequence[KeptEdition] = ()
        self.head.addWidget(LinkButton("Esc", "关上", self.close_line))
        self.rows.addWidget(self.list)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.rows.addLayout(row)
        self.button.clicked.connect(self._want)
        self.list.entered.connect(self._want)
        self.list.currentRowChanged.connect(lambda n: self.button.setEnabled(n > 0))

    def show_editions(self, kept: Sequence[KeptEdition], profile: OfficeProfile) -> None:
        """Shows the editions, and marks the one before the one that is told now."""
        self._kept = kept
        self._focus.keep()
        names = {clerk.staff_number: clerk.name for clerk in profile.clerks}
        self.list.clear()
        for n, each in enumerate(kept):
            taken, approval = each.taken, each.taken.approval
            who = listed((names.get(number, number) for number in (taken.clerk, taken.confirmed_by)), "、")
            text = f"{taken.version}　{approval.approver}{approval.number}　自{chinese_date(approval.since)}起"
            self.list.add(text, f"{'现在这一版　' if n == 0 else ''}{who}")
        self.list.setCurrentRow(min(1, len(kept) - 1))
        self.button.setEnabled(len(kept) > 1)

    def close_line(self) -> None:
        """Nothing is taken."""
        self.closed.emit()
        self._focus.give_back()

    def _want(self) -> None:
        if (n := self.list.currentRow()) > 0:
            self.wanted.emit(self._kept[n])
