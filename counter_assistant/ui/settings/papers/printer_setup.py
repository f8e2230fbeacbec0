"""本机里打印机的一行：往哪边挪多少、用哪个纸盒，打一张测试页量一量；是打这种纸的那一台."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.printer_page import TITLE, printer_page
from counter_assistant.printing.media import MOST_MM, Adjustment
from counter_assistant.ui import local_settings
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.labels import plain_tip

HINT = "每台打印机各记各的；先打一张测试页，量好再填。存下的 PDF 不挪。双面打印一律关掉。"
SENT = "测试页已送打印机；量一量左上角的十字离纸边是不是 20 毫米。"
OWN_TRAY = "纸盒由打印机定"
SHEETS = {PaperFormat.A4: "A4 测试页", PaperFormat.A5: "A5 测试页", PaperFormat.CONTINUOUS: "连续纸测试页"}
TRAYS = {"auto": "自动选纸盒", "manual": "手动进纸", "main": "主纸盒", "top": "上纸盒", "middle": "中纸盒", "bottom": "下纸盒",
         "left": "左纸盒", "right": "右纸盒", "rear": "后进纸", "by-pass-tray": "旁路进纸", "envelope": "信封"}  # fmt: skip
STEP_MM = 0.1
OF_SHEET = {PaperFormat.A4: "A4", PaperFormat.A5: "A5", PaperFormat.CONTINUOUS: "Custom.241x140mm"}


class PrinterSetup(QWidget):
    """The line of the printer that is chosen. What is set takes effect with the next paper. `owner` is where its key works."""

    said = Signal(str)
    """What came of the test page, in one sentence."""

    def __init__(self, office: Office, service: PrintService, owner: QWidget) -> None:
        super().__init__(owner)
        self._office, self._service, self._printer, self._label = office, service, "", ""
        self._labels: dict[str, str] = {}
        self._loading = True
        self.right, self.down = _millimetres("向右"), _millimetres("向下")
        self.tray, self.sheet = Choice("纸盒"), Choice("测试页的纸")
        for which, words in SHEETS.items():
            self.sheet.addItem(words, which.value)
        self.test = ActionButton("打测试页", "Ctrl+Y", owner)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        for widget in (self.right, self.down, self.tray, self.sheet, self.test):
            widget.setToolTip(plain_tip(HINT))
            line.addWidget(widget)
        line.addStretch(1)
        self._show_trays("", ())
        self.right.valueChanged.connect(self._take)
        self.down.valueChanged.connect(self._take)
        self.tray.currentIndexChanged.connect(self._take)
        self.sheet.currentIndexChanged.connect(self._follow_sheet)
        self.test.clicked.connect(self._print)
        service.trays_seen.connect(self._show_trays)

    def show_printers(self, labels: Mapping[str, str]) -> None:
        """Takes the printers that there are, by the system's name, empty for its default, with what they are called."""
        self._labels = dict(labels)
        self._follow_sheet()

    def _follow_sheet(self) -> None:
        """Shows what is set for the printer on which this sheet is printed."""
        size = OF_SHEET[PaperFormat(self.sheet.currentData())]
        name = local_settings.load(self._service.folder).printer_for(size)
        self._show_printer(name, self._labels.get(name, name))

    def _show_printer(self, name: str, label: str) -> None:
        self._printer, self._label = name, label
        self.right.setToolTip(plain_tip(f"{label}：{HINT}"))
        self._loading = True
        adjustment = self._adjustment()
        self.right.setValue(adjustment.right_mm)
        self.down.setValue(adjustment.down_mm)
        self._loading = False
        self._show_trays(name, ())
        if name:
            self._service.look_for_trays(name)

    def _adjustment(self) -> Adjustment:
        return local_settings.load(self._service.folder).adjustment_of(self._printer)

    def _show_trays(self, printer: str, trays: tuple[str, ...]) -> None:
        """The trays that there are, and the one that was chosen, even where it is not told any more."""
        if printer != self._printer:
            return
        chosen, loading = self._adjustment().tray, self._loading
        self._loading = True
        self.tray.clear()
        self.tray.addItem(OWN_TRAY, "")
        for tray in dict.fromkeys((*trays, *((chosen,) if chosen else ()))):
            self.tray.addItem(tray_words(tray), tray)
        self.tray.setCurrentIndex(max(self.tray.findData(chosen), 0))
        self._loading = loading

    def _take(self) -> None:
        if not self._loading:
            tray = str(self.tray.currentData() or "")
            adjustment = Adjustment(round(self.right.value(), 1), round(self.down.value(), 1), tray)
            local_settings.adjust_printer(self._service.folder, self._printer, adjustment)

    def _print(self) -> None:
        which = PaperFormat(self.sheet.currentData())
        try:
            pdf = printer_page(self._office, which, self._label, self._adjustment())
        except Refusal as refusal:
            self.said.emit(str(refusal))
            return
        self._service.submit(pdf, TITLE)
        self.said.emit(SENT)


def tray_words(tray: str) -> str:
    """What a tray is called at the counter, such as 纸盒 2 for tray-2."""
    number = tray.removeprefix("tray-")
    return TRAYS.get(tray) or (f"纸盒 {number}" if number.isdigit() else tray)


def _millimetres(what: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(-MOST_MM, MOST_MM)
    field.setDecimals(1)
    field.setSingleStep(STEP_MM)
    field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    field.setPrefix(f"{what} ")
    field.setSuffix(" 毫米")
    field.setMinimumWidth(theme.px(112))
    field.setMinimumHeight(theme.px(32))
    field.setAccessibleName(f"打印位置{what}，毫米，负数向{'左' if what == '向右' else '上'}")
    return field
