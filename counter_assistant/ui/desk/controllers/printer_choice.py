"""Shift+F9：在页面上选打印机，选好就出具、打印，并且记住；已经出具的，就用它再打。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from counter_assistant.printing.media import sheet_in_words
from counter_assistant.ui import local_settings
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay

if TYPE_CHECKING:
    from counter_assistant.printing.jobs import Printer
    from counter_assistant.ui.desk.card_set import CardSet

TITLE, FOOT = "用哪台打印机", "按一个键就打印，以后 {} 都用它"
NONE = "没有找到打印机：请在系统里添加，或者出具以后按 Ctrl+S 存为 PDF。"
MOST = 9


class Printers(Protocol):
    """What knows the printers of this PC: ui.print_service.PrintService."""

    @property
    def seen(self) -> Any: ...

    def look(self) -> None: ...


class PrinterOverlay(KeyOverlay):
    """The printers, by digits. Esc closes it and nothing else."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            super().keyPressEvent(event)


class PrinterChoice(QObject):
    """Asks for a printer over the page. `chosen` is called once one was taken and is remembered, `told` where there is none."""

    def __init__(
        self,
        cards: CardSet,
        printers: Printers,
        folder: Path,
        chosen: Callable[[], object],
        told: Callable[[str], object],
    ) -> None:
        super().__init__(cards.page)
        self._cards, self._printers, self._folder = cards, printers, folder
        self._chosen, self._told = chosen, told
        self._overlay: PrinterOverlay | None = None
        self._names: dict[str, str] = {}
        self._asking = False
        printers.seen.connect(self._show)

    def toggle(self) -> None:
        """Shows the printers as soon as the system says which there are; closes them where they are shown."""
        if self._overlay is None or not self._overlay.close_overlay():
            self._asking = True
            self._printers.look()

    def _show(self, printers: Sequence[Printer]) -> None:
        if not self._asking:
            return
        self._asking = False
        if not printers:
            self._told(NONE)
            return
        self._names = {str(n): printer.name for n, printer in enumerate(printers[:MOST], 1)}
        options = [(str(n), f"{p.label}　{p.trouble or '就绪'}") for n, p in enumerate(printers[:MOST], 1)]
        if self._overlay:
            self._overlay.deleteLater()
        sheet = self._cards.preview.sheet
        foot = FOOT.format(sheet_in_words(sheet))
        self._overlay = overlay = PrinterOverlay(TITLE, [("打印机", options)], foot, self._cards.page)
        used = local_settings.load(self._folder).printer_for(sheet)
        overlay.allow({str(n) for n, printer in enumerate(printers[:MOST], 1) if printer.accepting})
        overlay.show_chosen({key for key, name in self._names.items() if name == used})
        overlay.pressed.connect(self._take)
        card = self._cards.issued if self._cards.issued.isVisible() else self._cards.decision
        overlay.open_at(card.geometry())

    def _take(self, key: str) -> None:
        local_settings.use_printer(self._folder, self._cards.preview.sheet, self._names[key])
        self._chosen()
