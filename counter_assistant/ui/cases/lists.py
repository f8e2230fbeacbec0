"""各份清单：已超期、今天到期……每份有多少件，Alt+数字换清单。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui.widgets.records.list_chips import Ink, ListChip, ListChips

LISTS = tuple(CaseList)
ALARMING: Mapping[CaseList, Ink] = {
    CaseList.OVERDUE: lambda colours: colours.overdue,
    CaseList.TODAY: lambda colours: colours.attention,
}
NOT_FOUND = "没有找到。可以少打几个字，或者换成编号、证件或电话的后四位、事项再试。"
EMPTY = {
    CaseList.OVERDUE: "没有超期的办件。", CaseList.TODAY: "今天没有到期的办件。", CaseList.SOON: "三个工作日内没有到期的办件。",
    CaseList.WAITING: "没有等当事人补材料的办件。\n出具补办件通知书或者材料不齐的告知以后，会在这里等他再来。",
    CaseList.HELD: "没有待定的办件。\n需要几个科室协办、查证或者政策不明的，登记以后在这里跟着。",
    CaseList.ASKED: "没有待答复的咨询。\n当场答不了的咨询登记以后在这里，三个工作日内答复。",
    CaseList.HANDED_ON: "没有转办后要督办的事。\n开了转办单的，在这里跟到办完为止。",
    CaseList.OPEN: "没有未结的办件。\n受理、待补、待答复、转办的每一件都会在这里，最急的在最上面。",
    CaseList.CLOSED: "还没有结束的办件。\n办结、答复、退回、撤回的在这里，随时能查。",
}  # fmt: skip


class CaseLists(ListChips):
    """The lists of cases: red where cases are overdue, amber where they are due today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        chips = {
            which: ListChip(str(n), which.value, which.label, ALARMING.get(which)) for n, which in enumerate(LISTS, 1)
        }
        super().__init__("清单", chips, CaseList.OPEN, parent)

    def begin(self, counts: Mapping[CaseList, int]) -> None:
        """Chooses what is most urgent: overdue, else today, else everything that is open."""
        self.current = next((which for which in (CaseList.OVERDUE, CaseList.TODAY) if counts[which]), CaseList.OPEN)
