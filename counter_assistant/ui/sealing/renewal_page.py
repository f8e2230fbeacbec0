"""换一张恢复单的一页：印出新的一张，照它输入三个字，原来的一张就作废."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.sheet_page import SheetPage
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = "照新的一张输入三个字以后，原来的一张就打不开台账了，请销毁它。以前的备份，还是用那时的一张打开。"


class RenewalPage(SheetPage):
    """The steps by which a sealed book gets a new recovery sheet."""

    KEYS = (
        ("Ctrl+P", "打印恢复单"),
        ("Ctrl+D", "显示恢复单"),
        ("Ctrl+S", "换成这一张"),
        ("Esc", "不换，返回"),
    )
    """The keys of this page, for F1."""
    DONE = "恢复单已更换，记入台账。请把新的锁进保险柜，销毁原来的一张。"

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__("换恢复单", "换成这一张", office, service, parent)
        self.card.rows.addWidget(PlainLabel(EXPLAINED, "secondary", wrap=True))
        self.lay_out_sheet()

    def act(self) -> None:
        """Puts the new sheet in the place of the old one."""
        sealing.renew_sheet(self.office, self.office.profile.current_clerk, self.words)
