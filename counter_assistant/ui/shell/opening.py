"""开张：先让人看见受理台、能打字，再在后面打开台账、备好排版。

The first paint needs neither the book nor the typesetter. Their imports run in a thread, where they never hold a key up
for longer than the interpreter's switch; what touches the book or Qt runs in slices on the window's own thread.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

FOR_THE_OFFICE = (
    "counter_assistant.operations.office",
    "counter_assistant.ui.desk.controllers.desk_model",
    "counter_assistant.ui.desk.controllers.card_update",
    "counter_assistant.ui.desk.controllers.preview_update",
    "counter_assistant.ui.desk.controllers.overlays",
    "counter_assistant.ui.desk.controllers.session",
    "counter_assistant.ui.desk.controllers.input",
    "counter_assistant.ui.desk.controllers.shortcuts",
    "counter_assistant.ui.desk.controllers.empty_desk",
    "counter_assistant.ui.desk.controllers.spoken",
    "counter_assistant.ui.desk.cards.bars",
    "counter_assistant.ui.desk.cards.paper_fields_form",
    "counter_assistant.ui.desk.cards.questions",
    "counter_assistant.ui.desk.cards.issued",
    "counter_assistant.operations.issuing.issue",
    "counter_assistant.ui.print_service",
    "counter_assistant.ui.first_run.page",
    "counter_assistant.ui.settings.clerk_switch",
    "counter_assistant.ui.shell.training_mark",
    "counter_assistant.ui.shell.bands.clock_band",
)
"""What opens the office, and what shows it."""
FOR_THE_PAPER = (
    "counter_assistant.paper.templates",
    "counter_assistant.paper.typesetter",
    "pypdfium2",
)
"""What shows the first paper."""


def _initials_of_names(_: Office) -> None:
    from counter_assistant.storage.characters.pinyin import initials

    initials("一")  # reads the table, which the first record would wait for


SLICES: tuple[Callable[[Office], object], ...] = (
    lambda office: office.calendar,
    lambda office: office.content.forms_on(office.today()),
    lambda office: office.program.typesetter,
    _initials_of_names,
)
"""What the first paper and its record need besides, each for a few milliseconds."""
_LOOK_AGAIN_MS = 4


class Opening(QObject):
    """Opens the office behind the first paint, or at once where it is needed earlier."""

    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, open_: Callable[[], Office], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_
        self._office: Office | None = None
        self._closed = False
        self._thread = Thread(target=_bring_in, args=(FOR_THE_OFFICE,), daemon=True)
        self._papers = Thread(target=_bring_in, args=(FOR_THE_PAPER,), daemon=True)
        self._slices: list[Callable[[Office], object]] = []
        self._watch = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._watch.timeout.connect(self._look)

    def start(self) -> None:
        """Begins behind the first paint; not at all where the window was closed before it."""
        if not self._closed:
            self._thread.start()
            self._watch.start()

    def office(self) -> Office:
        """The office, opened now where it was not. Raises Refusal, which is told by `refused` as well."""
        if self._office is None:
            self._watch.stop()
            try:
                office = self._office = self._open()
                _ = office.profile, office.catalogue
            except Refusal as refusal:
                self._office = None
                self.refused.emit(refusal)
                raise
            self.opened.emit(office)
            self._warm()
        return self._office

    def retry(self) -> None:
        """Tries once more, after the clerk has done what the refusal said; not any more once it is closed."""
        if self._closed:
            return
        try:
            self.office()
        except Refusal:
            return

    def close(self) -> None:
        """Closes the office, and opens it no more."""
        self._closed = True
        self._watch.stop()
        self._slices.clear()
        if self._office is not None:
            self._office.close()
            self._office = None

    def _look(self) -> None:
        if not self._thread.is_alive():
            self._watch.stop()
            self.retry()

    def _warm(self) -> None:
        """Prepares the first paper in slices, so that the first answer finds everything ready."""
        self._papers.start()
        self._slices = list(SLICES)
        QTimer.singleShot(_LOOK_AGAIN_MS, self, self._slice)

    def _slice(self) -> None:
        if self._papers.is_alive():
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._slice)
        elif self._slices and self._office is not None:
            self._slices.pop(0)(self._office)
            QTimer.singleShot(0, self, self._slice)


def _bring_in(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)
