"""事项页上的核定：哪些事项核定了，登记与收回。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.approving import approve, last_approver, withdraw
from counter_assistant.ui.items.approval_line import Scope, ToApprove, ToWithdraw
from counter_assistant.ui.items.item_list import GROUPS

if TYPE_CHECKING:
    from counter_assistant.storage.content.catalogue_index import IndexEntry
    from counter_assistant.ui.items.page import ItemsPage


class Approving(QObject):
    """What F9 does on the page, and how each item stands there."""

    def __init__(self, page: ItemsPage) -> None:
        super().__init__(page)
        self._page, self._line = page, page.line
        page.line.confirmed.connect(self._record)

    def press(self) -> None:
        """F9: opens the line, and once it is open confirms it."""
        if not self._line.isHidden():
            self._line.confirm()
        elif self._page.entry is None:
            self._page.acts.explain()
        else:
            self._page.say("", "secondary")
            self._line.ask(self._names(), last_approver(self._page.office), self._page.office.today())
            self.show_act()

    def close(self) -> bool:
        """Closes the line; False where it was not open."""
        if self._line.isHidden():
            return False
        self._line.close_line()
        self.show_act()
        return True

    def show_act(self) -> None:
        """While the line is open its own button is the loud one, and the only one that F9 stands for."""
        open_ = not self._line.isHidden()
        self._page.approve.setVisible(not open_)
        self._page.handle.setProperty("loud", not open_)
        self._page.handle.style().unpolish(self._page.handle)
        self._page.handle.style().polish(self._page.handle)

    def show_states(self, day: date) -> None:
        """Marks every item with how it stands on a day."""
        catalogue = self._page.office.catalogue
        ids = [entry.id for entry in self._page.found("")]
        self._page.list.show_states({id_: catalogue.state(id_, day) for id_ in ids})

    def follow(self) -> None:
        """Another item is marked, or another day chosen."""
        entry, sheet = self._page.entry, self._page.sheet
        words, role = self._words(entry.id, self._page.shown_day()) if entry and sheet else ("", "hint")
        label = self._page.standing
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
        label.say(words)
        label.setToolTip(words)
        if not self._line.isHidden():
            self._line.show_names(self._names())

    def _words(self, item_id: str, day: date) -> tuple[str, str]:
        """How an item stands on a day, with document and first day, and the colour of that."""
        catalogue = self._page.office.catalogue
        text, state = catalogue.text(item_id, day), catalogue.state(item_id, day)
        if text and state in (ApprovalState.APPROVED, ApprovalState.PENDING):
            approval = catalogue.approvals.covering(text, day) or catalogue.approvals.latest_of(text)
            assert approval is not None
            return f"{state.label}　{approval.approver}{approval.number}，{chinese_date(approval.since)}起", "done"
        if state is ApprovalState.CHANGED:
            return "核定后内容有改动，请重新核定", "attention"
        return "示例，待本中心核定", "hint"

    def _names(self) -> dict[Scope, str]:
        entry = self._page.entry
        if entry is None:
            return dict.fromkeys(Scope, "")
        group, everything = len(self._of(Scope.GROUP)), len(self._of(Scope.ALL))
        return {
            Scope.ITEM: f"{entry.id} {entry.name}",
            Scope.GROUP: f"{GROUPS[entry.id[0]]} {group} 项",
            Scope.ALL: f"全部 {everything} 项",
        }

    def _of(self, scope: Scope) -> list[IndexEntry]:
        """The items of a scope that have a text on the day that is shown."""
        entry = self._page.entry
        if entry is None:
            return []
        day = self._page.shown_day()
        everything = [each for each in self._page.found("") if each.valid_on(day)]
        wanted = {Scope.ITEM: entry.id, Scope.GROUP: entry.id[0], Scope.ALL: ""}[scope]
        return [each for each in everything if each.id.startswith(wanted)] or [entry]

    def _record(self, wanted: ToApprove | ToWithdraw) -> None:
        office, items = self._page.office, [entry.id for entry in self._of(wanted.scope)]
        name = self._names()[wanted.scope]
        try:
            if isinstance(wanted, ToWithdraw):
                withdraw(office, items, wanted.reason)
                said = f"已收回核定：{name}。已经出具的文书不变。"
            else:
                approve(office, items, self._page.shown_day(), wanted.approval)
                said = (
                    f"已登记核定：{name}，{wanted.approval.number}，{chinese_date(wanted.approval.since)}起受理的适用。"
                )
        except Refusal as refusal:
            self._line.show_refusal(refusal)
            return
        self._line.close_line(forget=True)
        self.show_act()
        self._page.show_recorded(said)
