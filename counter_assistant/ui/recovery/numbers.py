"""照纸填最近的编号：每种文书一格，用过的不再出."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.papers.numbering import number_typed, read_qr
from counter_assistant.operations.safekeeping.book_held_against import NumbersRefused
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.recovery import guide_words as words
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField

COLUMNS = 3


class LastNumbers(QWidget):
    """A field for each kind of paper, in which the number of the newest one is typed or scanned; empty where there was none."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = today.year
        self.fields = {
            kind: LabelledField(kind.value, row.title, f"{row.series_mark}〔{self.year}〕… 号")
            for kind, row in KINDS.items()
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        for n, field in enumerate(self.fields.values()):
            field.changed.connect(lambda _typed, corrected=field: corrected.show_fault(""))
            grid.addWidget(field, n // COLUMNS, n % COLUMNS)
        self.setFocusProxy(self.fields[SlipKind.NOTIFICATION_SLIP].edit)

    def take(self, digits: str) -> bool:
        """Puts the code of a paper into the field of its kind; False where it is no paper's."""
        found = read_qr(digits)
        if found is None:
            return False
        self.fields[found.kind].edit.setText(digits)
        self.fields[found.kind].show_fault("")
        self.fields[found.kind].edit.setFocus()
        return True

    def show_about(self, refused: NumbersRefused) -> None:
        """Says beside each field how far what is restored is in this year; marks the field of a number before that, and puts the cursor there."""
        lower = refused.code == "last-number-lower"
        for kind, field in self.fields.items():
            last = self._of(kind, refused.numbers)
            if last and lower:
                field.show_fault(words.LOWER.format(last))
                self.setFocusProxy(field.edit)
                field.edit.setFocus()
                field.edit.selectAll()
            elif last:
                field.rename_hint(words.IN_COPY.format(last))

    def _of(self, kind: SlipKind, numbers: Mapping[str, int]) -> int:
        return max((n for series, n in numbers.items() if series.startswith(f"{kind}/{self.year}/")), default=0)

    @property
    def typed(self) -> tuple[str, ...]:
        """What was typed, each as a number on paper."""
        return tuple(
            number_typed(field.edit.text(), kind, self.year)
            for kind, field in self.fields.items()
            if field.edit.text().strip()
        )
