"""读卡在后台进行：the window never waits for a reader.

While the desk is in use, the reader that the settings name is asked about three times a second, so that a card that is laid on is
noticed; while it is not, the device is let go, because the business system may want it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from counter_assistant.devices.identity_card import IdentityCard, IdentityReader, NoCard, ReaderAnswer, ReaderFault
from counter_assistant.ui import local_settings

EVERY_MS, AFTER_FAULT_MS = 300, 3000
LIFTED = 6
"""Readings without a card after which the same card counts as laid on anew: some readers find a card only every second time."""
TOLD_AFTER = 2
"""Faults in a row before they are told."""
WAIT_AT_CLOSING_MS = 13_000
BROKEN = "读卡程序意外出错，请照证件输入；重新打开程序再试。"

Opener = Callable[[str, Path], IdentityReader | None]


def open_reader(code: str, folder: Path) -> IdentityReader | None:
    """The reader that the settings name. What it needs is imported where there is one."""
    if not code:
        return None
    from counter_assistant.devices import readers

    return readers.open_reader(code, folder)


def _notices_cards(code: str) -> bool:
    from counter_assistant.devices import readers

    return readers.notices_cards(code)


class CardReading(QObject):
    """Asks the reader of this PC, in a worker thread."""

    laid = Signal(object)
    """An IdentityCard that was laid on while nobody asked."""
    answered = Signal(object)
    """The ReaderAnswer that `ask` wanted."""
    trouble = Signal(str)
    """What is wrong with the reader, each fault once, and none that passes by itself: a port opened just now may need a
    moment."""
    _came = Signal(object, object)

    def __init__(self, folder: Path, opener: Opener = open_reader, parent: QObject | None = None) -> None:
        """`folder` is the data folder, whose local settings know the reader."""
        super().__init__(parent)
        self._folder, self._opener = folder, opener
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._code = ""
        self._reader: IdentityReader | None = None
        self._watching = self._busy = self._asked = False
        self._forget()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._work)
        self._came.connect(self._take)

    @property
    def is_set_up(self) -> bool:
        """Whether this PC has a reader, as its settings say now."""
        return local_settings.load(self._folder).reader != ""

    def start(self) -> None:
        """The desk is in use: asks the reader that the settings name from now on."""
        code = local_settings.load(self._folder).reader
        if code != self._code:
            self._let_go()
            self._code = code
            self._reader = self._opener(code, self._folder)
        self._watching = self._reader is not None and _notices_cards(code)
        if self._watching and not self._busy:
            self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """The desk is not in use: lets the device go."""
        self._timer.stop()
        self._watching = False
        self._forget()
        if self._reader is not None:
            self._pool.start(self._reader.close)

    def ask(self) -> bool:
        """Wants a reading now, which `answered` brings; False where there is no reader."""
        if self._reader is None:
            return False
        self._asked = True
        self._work()
        return True

    def close_down(self) -> None:
        """Asks no more and lets the device go, when what is under way has ended."""
        self._timer.stop()
        self._watching = False
        self._let_go()

    def wait(self, ms: int = WAIT_AT_CLOSING_MS) -> bool:
        """Waits until the device is let go: the window closes."""
        self.close_down()
        return bool(self._pool.waitForDone(ms))

    def _let_go(self) -> None:
        reader, self._reader, self._code = self._reader, None, ""
        if reader is not None:
            self._pool.start(reader.close)
        self._forget()

    def _forget(self) -> None:
        self._number, self._without = "", LIFTED
        self._told, self._faults = "", 0

    def _work(self) -> None:
        if self._reader is not None and not self._busy:
            self._busy = True
            reader = self._reader
            self._pool.start(lambda: self._read(reader))

    def _read(self, reader: IdentityReader) -> None:
        """In the worker thread."""
        try:
            reading = reader.read()
        except Exception:  # in this thread nobody else would hear of it
            reading = ReaderFault(BROKEN)
        self._came.emit(reader, reading)

    def _take(self, reader: IdentityReader, reading: ReaderAnswer) -> None:
        """In the window's thread again."""
        self._busy = False
        if reader is not self._reader:  # another was chosen meanwhile, or none
            if self._asked or self._watching:
                self._work()
            return
        asked, self._asked = self._asked, False
        fault = reading.sentence if isinstance(reading, ReaderFault) else ""
        self._faults = self._faults + 1 if fault else 0
        self._told = self._told if fault else ""
        new = self._is_new(reading)
        if asked:
            self.answered.emit(reading)
        elif self._watching and self._faults >= TOLD_AFTER and fault != self._told:
            self._told = fault
            self.trouble.emit(fault)
        elif self._watching and new:
            self.laid.emit(reading)
        if self._watching:
            self._timer.start(AFTER_FAULT_MS if fault else EVERY_MS)

    def _is_new(self, reading: ReaderAnswer) -> bool:
        """Whether a card was laid on, and not found again where it lies."""
        if isinstance(reading, NoCard):
            self._without += 1
        if not isinstance(reading, IdentityCard):
            return False
        new = reading.number != self._number or self._without >= LIFTED
        self._number, self._without = reading.number, 0
        return new
