"""What the tests of 文明用语 share: a panel over an office, with a matter on the desk that a test may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView

from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.suggestions import CurrentMatter
from counter_assistant.ui.phrases.painting import ROW
from counter_assistant.ui.phrases.panel import PhrasePanel
from counter_assistant.ui.phrases.rows import Row
from counter_assistant.ui.widgets.phrase_text import Tone
from tests.decision_rows import FURTHER, ROWS
from tests.make import NOW, a_request
from tests.ui.find import find

ALL = {name: changes for name, (changes, *_) in ROWS.items()} | FURTHER


@dataclass
class PhraseBench:
    """A panel, and what stands on the desk as far as it can see."""

    panel: PhrasePanel
    office: Office
    at_hand: CurrentMatter = field(default_factory=CurrentMatter)

    def put(self, row: str, *, issued: bool = False) -> None:
        """A row of the decision comes to the desk."""
        matter = assess(a_request(**ALL[row]), self.office.catalogue, self.office.profile, NOW.date())
        self.at_hand = CurrentMatter(matter, issued)
        self.panel.refresh()

    def clear(self) -> None:
        """The next applicant."""
        self.at_hand = CurrentMatter()
        self.panel.refresh()

    @property
    def view(self) -> QListView:
        return find(self.panel, QListView, "用语")

    @property
    def search(self) -> QLineEdit:
        return find(self.panel, QLineEdit, "查找用语")

    @property
    def status(self) -> str:
        """What the foot says was done."""
        return find(self.panel, QLabel, "status").text()

    def rows(self) -> list[Row]:
        """The lines on screen."""
        return rows_of(self.panel)

    def headings(self) -> list[str]:
        return [row.heading for row in self.rows() if row.heading]

    def numbers(self, heading: str = "") -> list[int]:
        """The phrases on screen by number, or only those under a heading."""
        found, under = [], ""
        for row in self.rows():
            under = row.heading or under
            if row.phrase and under.startswith(heading):
                found.append(row.phrase.number)
        return found

    def place(self, number: int) -> int:
        """In which line a phrase stands."""
        return next(n for n, row in enumerate(self.rows()) if row.phrase and row.phrase.number == number)

    def tones(self, number: int) -> dict[Tone, str]:
        """The runs of a phrase by how they are drawn."""
        return {tone: text for text, tone in self.rows()[self.place(number)].runs if tone is not Tone.PLAIN}

    @property
    def chosen(self) -> int:
        row: Row = self.view.currentIndex().data(ROW)
        assert row.phrase is not None
        return row.phrase.number


def rows_of(panel: PhrasePanel) -> list[Row]:
    """The lines that a panel shows."""
    model = find(panel, QListView, "用语").model()
    return [model.index(n, 0).data(ROW) for n in range(model.rowCount())]


def copied() -> str:
    """What lies on the clipboard."""
    return QApplication.clipboard().text()


def show_panel(qtbot: Any, office: Office, size: tuple[int, int] = (380, 430)) -> PhraseBench:
    """A panel with the focus in its search field."""
    bench = PhraseBench(PhrasePanel(), office)
    bench.panel.attach(office, lambda: bench.at_hand)
    qtbot.addWidget(bench.panel)
    bench.panel.resize(*size)
    with qtbot.waitActive(bench.panel):
        bench.panel.show()
        bench.panel.activateWindow()
    bench.search.setFocus()
    QApplication.clipboard().clear()
    return bench
