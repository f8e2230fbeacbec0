"""照纸填最近的编号：每种文书一格，停电备用单也一格，用过的不再出；填的时候就说下一个是几号."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.papers.numbering import KIT, KIT_MARK, number_anywhere, number_typed, read_qr
from counter_assistant.domain.safekeeping.last_numbers import LastNumber, reach_in_words
from counter_assistant.operations.safekeeping.book_held_against import KITS, NumbersRefused
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField

COLUMNS = 3
PAPERS = {kind.value: (row.title, row.series_mark) for kind, row in KINDS.items()} | {KIT: (KITS[KIT], KIT_MARK)}
"""What each series of numbers on paper is called, and its mark in a number."""


class LastNumbers(QWidget):
    """A field for each series, in which the number of the newest paper is typed or scanned; empty where there was none."""

    changed = Signal(str)
    """Something else stands in a field: what follows from it, in a sentence; empty where that is no number."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = today.year
        self._there: Mapping[str, int] = {}
        self.fields = {
            key: LabelledField(key, title, f"{mark}〔{self.year}〕… 号") for key, (title, mark) in PAPERS.items()
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        for n, (key, field) in enumerate(self.fields.items()):
            field.edit.marks_all = True
            field.changed.connect(lambda _typed, of=key: self._tell(of))
            grid.addWidget(field, n // COLUMNS, n % COLUMNS)
        self.setFocusProxy(self.fields[SlipKind.NOTIFICATION_SLIP].edit)

    def take(self, digits: str) -> bool:
        """Puts the code of a paper into the field of its series; False where it is no paper's."""
        found = read_qr(digits)
        if found is None:
            return False
        key = KIT if found.kit else found.kind.value
        self.fields[key].edit.setText(digits)
        self.fields[key].edit.setFocus()
        self._tell(key)
        return True

    def show_about(self, refused: NumbersRefused) -> None:
        """Says beside each field how far what is restored is in this year; marks the field of a number before that, and puts the cursor there."""
        if refused.code != "last-number-lower":
            self._there = refused.numbers
            for key, field in self.fields.items():
                field.rename_hint(reach_in_words(self._reach(key, self.year)))
            return
        for key, field in self.fields.items():
            typed = self._typed(key)
            if typed and typed.is_lower:
                field.show_fault(words.LOWER.format(typed.there))
                self.setFocusProxy(field.edit)
                field.edit.setFocus()

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed, each as a number on paper."""
        return tuple(
            number_typed(field.edit.text(), PAPERS[key][1], self.year)
            for key, field in self.fields.items()
            if field.edit.text().strip()
        )

    @property
    def far(self) -> list[LastNumber]:
        """Those that pass over so many numbers that somebody is asked once more."""
        return list(self._far().values())

    def go_to_far(self) -> None:
        """Puts the cursor on the first of these, so that it is typed over."""
        field = self.fields[next(iter(self._far()))].edit
        field.setFocus()
        field.selectAll()

    @property
    def next_in_words(self) -> str:
        """The numbers that are given first where nothing is typed: 一次性告知单 3 号；别的从 1 号起."""
        reached = {title: self._reach(key, self.year) for key, (title, _) in PAPERS.items()}
        return "，".join([*(f"{title} {last + 1} 号" for title, last in reached.items() if last), words.OTHERS])

    def _far(self) -> dict[str, LastNumber]:
        return {key: each for key in self.fields if (each := self._typed(key)) and each.is_far}

    def _tell(self, key: str) -> None:
        self.fields[key].show_fault("")
        typed = self._typed(key)
        self.changed.emit(typed.in_words if typed else "")

    def _typed(self, key: str) -> LastNumber | None:
        """The number in a field, of whichever series and year it is; None where there is none."""
        found = number_anywhere(number_typed(self.fields[key].edit.text(), PAPERS[key][1], self.year))
        if found is None:
            return None
        of = KIT if found.kit else found.kind.value
        year = f" {found.year} 年" if found.year != self.year else ""
        return LastNumber(f"{PAPERS[of][0]}{year}", self._reach(of, found.year), found.n)

    def _reach(self, key: str, year: int) -> int:
        return max((n for series, n in self._there.items() if series.startswith(f"{key}/{year}/")), default=0)
