"""核定表在窗口里的出和进：导出存到哪里，导入先看再记，记进去的可以一起退回。A sheet is read beside the window, in a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QThreadPool, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.approval_sheet import Reading
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.sheets import export_sheet, read_answers, take_rows
from counter_assistant.printing.file import file_name
from counter_assistant.ui.file_dialog import ask_for_file, ask_where_to_save

if TYPE_CHECKING:
    from datetime import date

    from counter_assistant.domain.catalogue.items import Catalogue
    from counter_assistant.domain.revision.revision import Revision
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.review.frame import ReviewFrame

KINDS = "核定表 (*.xlsx)"
WAIT_AT_CLOSING_MS = 5000
NOTHING = "{name} 里没有新填的行：没有填结论，或者都已经记过了。一行也没有导入。"


class Asked(NamedTuple):
    """A sheet to be read, and what it is read against: values that do not change while it takes its time."""

    path: Path
    working: Catalogue
    revision: Revision
    today: date


class SheetExchange(QObject):
    """What the buttons of the 核定表 do: it goes out, and comes back to be taken."""

    done = Signal(str)
    """Many answers were taken, or taken back: what is said of it."""
    _came = Signal(object, object)

    def __init__(self, office: Office, frame: ReviewFrame) -> None:
        super().__init__(frame)
        self._office, self._frame = office, frame
        self._revising: Revising | None = None
        self._asked: Asked | None = None
        self._path = Path()
        self._readings: list[Reading] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._came.connect(self._take_in)
        bar, sheet = frame.bar, frame.sheet
        bar.export_sheet.clicked.connect(self.export)
        bar.import_sheet.clicked.connect(self.choose)
        bar.undo_import.clicked.connect(self._ask_to_undo)
        sheet.taken.connect(self._take)
        sheet.again.connect(self._read)
        sheet.left.connect(self.close)

    def show(self, revising: Revising | None) -> None:
        """The revision is another now, or none: what was read for the one before is not taken."""
        self._revising, self._asked = revising, None
        self.close()
        self.follow()

    def follow(self) -> None:
        """Offers what can be done now."""
        bar, revising = self._frame.bar, self._revising
        bar.export_sheet.setVisible(revising is not None)
        bar.import_sheet.setVisible(revising is not None)
        bar.undo_import.setVisible(bool(revising and revising.last_batch))

    @property
    def shown(self) -> bool:
        """Whether a sheet that is not taken yet is shown."""
        return not self._frame.sheet.isHidden()

    def close(self) -> None:
        """Nothing is taken."""
        if self.shown:
            self._frame.show_taking(None)
            self._readings = []

    def export(self) -> None:
        """Saves what is to be confirmed, and what was answered, where the clerk says."""
        revising = self._revising
        if revising is None or self.shown:
            return
        name = file_name(f"核定表-{self._office.today().isoformat()}", ending=".xlsx")
        path = ask_where_to_save(self._frame, name, "导出核定表", KINDS)
        if path is None:
            return
        try:
            many = export_sheet(self._office, revising, path)
        except Refusal as refusal:
            self._frame.bar.say(str(refusal), "error")
            return
        still = len(revising.open)
        answered = f"，已经答过的 {many - still} 行" if many > still else ""
        self._frame.bar.say(f"已存为 {path.name}：{many} 行，待核定的 {still} 行{answered}。", "done")

    def choose(self) -> None:
        """Asks for a sheet, and reads it."""
        if self._revising is None or self.shown:
            return
        if path := ask_for_file(self._frame, "导入核定表", KINDS):
            self._path = path
            self._read()

    def close_down(self) -> None:
        """Waits for a sheet that is being read: the window closes."""
        self._pool.waitForDone(WAIT_AT_CLOSING_MS)

    def _read(self) -> None:
        revising = self._revising
        if revising is None:
            return
        asked = Asked(self._path, revising.working, revising.revision, self._office.today())
        self._asked = asked
        self._say(f"正在读 {self._path.name}……", "secondary")
        self._pool.start(lambda: self._work(asked))

    def _work(self, asked: Asked) -> None:
        """In the worker thread."""
        came: list[Reading] | Refusal
        try:
            came = read_answers(*asked)
        except Refusal as refusal:
            came = refusal
        except Exception:  # in this thread nobody else would hear of it, and the page would wait for ever
            came = Refusal(
                "sheet-unreadable", f"{asked.path.name} 无法读取：意外出错。", "请换一份表，或者重新导出再填。"
            )
        self._came.emit(asked, came)

    def _take_in(self, asked: Asked, came: list[Reading] | Refusal) -> None:
        """In the window's thread again. What was answered meanwhile counts: the sheet is read against it once more."""
        if asked is not self._asked or self._revising is None:
            return
        if asked.revision is not self._revising.revision:
            self._read()
            return
        self._asked = None
        if isinstance(came, Refusal):
            self._refuse(came)
        elif not came:
            self.close()
            self._say(NOTHING.format(name=asked.path.name), "attention")
        else:
            self._readings = came
            self._frame.bar.say("", "secondary")
            self._frame.sheet.show_readings(asked.path.name, came)
            self._frame.show_taking(self._frame.sheet)

    def _take(self) -> None:
        if self._revising is None or self._asked:  # it is being read anew
            return
        try:
            many = take_rows(self._revising, self._readings, self._path.name)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        self.close()
        self.done.emit(f"{self._path.name} 的 {many} 处已记进这一稿。要一起退回，点“退回这次导入”。")

    def _ask_to_undo(self) -> None:
        if self._revising is None or (batch := self._revising.last_batch) is None:
            return
        later = len(self._revising.revision.acts) - batch.after
        stay = f"导入以后改的 {later} 处留着；" if later else ""
        words = f"{batch.origin} 记进来的 {batch.count} 处一起退回；{stay}要再用，重新导入这份表。"
        self._frame.ask("退回这次导入", words, "退回这次导入", self._undo)

    def _undo(self) -> None:
        if self._revising is None:
            return
        try:
            batch = self._revising.undo_batch()
        except Refusal as refusal:
            self._refuse(refusal)
            return
        self.done.emit(f"{batch.origin} 的 {batch.count} 处已退回。")

    def _refuse(self, refusal: Refusal) -> None:
        if self.shown:
            self._frame.sheet.refuse(str(refusal))
        else:
            self._say(str(refusal), "error")

    def _say(self, words: str, role: str) -> None:
        (self._frame.sheet if self.shown else self._frame.bar).say(words, role)
