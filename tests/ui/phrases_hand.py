"""What the tests of 文明用语 share: a panel over an office, with a matter at hand that a test may change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication

from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.suggestions import AtHand
from counter_assistant.ui.phrases.panel import PhrasePanel
from counter_assistant.ui.phrases.rows import Tone
from tests.decision_rows import FURTHER, ROWS
from tests.make import NOW, a_request

ALL = {name: changes for name, (changes, *_) in ROWS.items()} | FURTHER


@dataclass
class Hand:
    """A panel, and what stands on the desk as far as it can see."""

    panel: PhrasePanel
    office: Office
    at_hand: AtHand = field(default_factory=AtHand)

    def put(self, row: str, *, issued: bool = False) -> None:
        """A row of the decision comes to the desk."""
        matter = assess(a_request(**ALL[row]), self.office.catalogue, self.office.profile, NOW.date())
        self.at_hand = AtHand(matter, issued)
        self.panel.refresh()

    def clear(self) -> None:
        """The next applicant."""
        self.at_hand = AtHand()
        self.panel.refresh()

    def headings(self) -> list[str]:
        return [row.heading for row in self.panel.list.lines.rows if row.heading]

    def numbers(self, heading: str = "") -> list[int]:
        """The phrases on screen by number, or only those under a heading."""
        found, under = [], ""
        for row in self.panel.list.lines.rows:
            under = row.heading or under
            if row.phrase and under.startswith(heading):
                found.append(row.phrase.number)
        return found

    def tones(self, number: int) -> dict[Tone, str]:
        """The runs of a phrase by how they are drawn."""
        row = next(row for row in self.panel.list.lines.rows if row.phrase and row.phrase.number == number)
        return {tone: text for text, tone in row.runs if tone is not Tone.PLAIN}

    @property
    def chosen(self) -> int:
        assert self.panel.chosen is not None
        return self.panel.chosen.number


def copied() -> str:
    """What lies on the clipboard."""
    return QApplication.clipboard().text()


def show_panel(qtbot: Any, office: Office, size: tuple[int, int] = (380, 430)) -> Hand:
    """A panel with the focus in its search field."""
    hand = Hand(PhrasePanel(), office)
    hand.panel.attach(office, lambda: hand.at_hand)
    qtbot.addWidget(hand.panel)
    hand.panel.resize(*size)
    with qtbot.waitActive(hand.panel):
        hand.panel.show()
        hand.panel.activateWindow()
    hand.panel.field.setFocus()
    QApplication.clipboard().clear()
    return hand
