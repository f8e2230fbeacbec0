"""手：what the tests of the desk do with it. Keys are real key events; Chinese is committed as an input method does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from counter_assistant import paths
from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office, open_office
from counter_assistant.printing.jobs import Asked, Printer, PrintJob
from counter_assistant.storage.content.catalogue_index import CatalogueIndex
from counter_assistant.ui.application import Desk
from counter_assistant.ui.desk.cards.material_list import MaterialList
from counter_assistant.ui.desk.cards.paper_fields_form import PaperFieldsForm
from counter_assistant.ui.desk.cards.preview import Preview
from counter_assistant.ui.desk.cards.questions import Questions
from counter_assistant.ui.desk.controllers.earlier import EarlierNotices
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.desk.presentation.view_model import PresentedMatter
from counter_assistant.ui.desk.search.results import Row, RowList
from counter_assistant.ui.garbage import GarbageCollector
from counter_assistant.ui.start import make_application
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests.ui.find import W, find, says

NOON = datetime.fromisoformat("2026-11-23T10:42:00+08:00")
CONTROL = Qt.KeyboardModifier.ControlModifier


class FakePrinting(QObject):
    """A printer that keeps what it is sent, or refuses it. `report`: how the job stands when it was taken."""

    printed = Signal(object)
    refused = Signal(object)
    seen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.papers: list[tuple[str, bytes]] = []
        self.refusal: Refusal | None = None
        self.report = JobReport(PrintState.OUT)
        self.known: list[Printer] = []
        self.replaced: list[Asked] = []

    def submit(self, pdf: bytes, title: str, instead_of: Asked | None = None) -> None:
        self.replaced += [instead_of] if instead_of else []
        if self.refusal:
            self.refused.emit(self.refusal)
        else:
            self.papers.append((title, pdf))
            held = self.report.state is PrintState.HELD
            self.printed.emit(PrintJob("HP", len(self.papers), "已送打印机 HP。", held, self.report))

    def look(self) -> None:
        self.seen.emit(self.known)

    def choose_instead(self, _refusal: Refusal, _window: QWidget) -> bool:
        return False

    def wait(self, _ms: int = 0) -> bool:
        return True


@cache
def dress() -> None:
    """Our style, words and face, put on once for all tests: Qt goes over every widget that there is at each time."""
    application = make_application()
    application.setDoubleClickInterval(0)  # a test reads at once
    GarbageCollector(application)  # as in the program: no window of an earlier test ends in the thread of an import


def show_desk(qtbot: QtBot, desk: Desk) -> None:
    """Shows the window of the whole program, and waits until a clerk could type."""
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.attached)
    qtbot.waitUntil(find(desk.page, QLineEdit, "item_search").hasFocus)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, to whatever has the focus."""
    QTest.keyClick(focused(), key, modifier)


def type_(text: str) -> None:
    """Plain keys, one by one: the focus may move in between."""
    for character in text:
        QTest.keyClicks(focused(), character)


def commit(text: str, preedit: str = "") -> None:
    """What an input method does: committed text, or a preedit that is not committed yet."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


@dataclass
class Bench:
    """A desk page with its office and its printer."""

    page: DeskPage
    office: Office
    printing: FakePrinting
    messages: list[str] = field(default_factory=list)

    @property
    def state(self) -> DeskState:
        """What stands on the desk."""
        return self.page.model.state

    @property
    def presented(self) -> PresentedMatter:
        """What follows from it."""
        presented = self.page.model.presented
        assert presented is not None
        return presented

    def find(self, kind: type[W], name: str) -> W:
        """The one widget of the page of this kind and name."""
        return find(self.page, kind, name)

    def says(self, name: str) -> str:
        """What the label of this name says; nothing where it is hidden."""
        return says(self.page, name)

    def field(self, key: str) -> EntryEdit:
        """A field to type in, of the applicant or of the paper."""
        return self.find(EntryEdit, key)

    @property
    def search(self) -> EntryEdit:
        return self.field("item_search")

    @property
    def questions(self) -> Questions:
        return self.find(Questions, "情形")

    @property
    def materials(self) -> MaterialList:
        return self.find(MaterialList, "材料清单")

    @property
    def form(self) -> PaperFieldsForm:
        """The card with the fields that the paper asks for."""
        return self.find(PaperFieldsForm, "本单另填")

    @property
    def preview(self) -> Preview:
        return self.find(Preview, "纸面预览")

    @property
    def earlier(self) -> EarlierNotices:
        """What looks back at earlier notices."""
        earlier = self.page.findChild(EarlierNotices)
        assert earlier is not None
        return earlier

    def take(self, initials: str) -> None:
        """Searches an item and takes the first."""
        self.search.setFocus()
        type_(initials)
        press(Qt.Key.Key_Return)

    def names(self) -> list[str]:
        """The materials on screen."""
        return _lines(self.materials)

    def found(self) -> list[str]:
        """The ids of the items that the search shows."""
        return [row.item.id for row in self.rows("items_found") if row.item]

    def rows(self, name: str) -> list[Row]:
        """The lines of a list of this name, heads and all; none where it is hidden."""
        listed = self.find(RowList, name)
        return [] if listed.isHidden() else listed.results.rows

    def put_aside(self) -> list[str]:
        """The names of the visitors put aside, as the empty desk lists them."""
        return [row.text for row in self.rows("put_aside")]


def _lines(view: QListView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def search() -> Callable[[str], list[Any]]:
    return CatalogueIndex.load(paths.resources() / "catalogue" / "index.json").search


@contextmanager
def bench(qtbot: Any, folder: Path, size: tuple[int, int] = (1290, 694)) -> Iterator[Bench]:
    """A desk with an office in a folder, shown and with the focus in the search."""
    office = open_office(folder, lambda: NOON)
    printing = FakePrinting()
    page = DeskPage(search(), lambda: office, printing)
    made = Bench(page, office, printing)
    page.status_message.connect(made.messages.append)
    page.attach(office)
    page.resize(*size)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(made.search.hasFocus)
    try:
        yield made
    finally:
        page.close_down()
        page.close()
        office.close()
