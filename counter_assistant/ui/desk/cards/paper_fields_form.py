"""本单另填的几栏：这种文书要的才在，别的时候不占地方。错在哪一栏，框就红在哪一栏，话说在栏下。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.operations.wording.request_wording import FIELDS
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.field_widgets import ChoiceField, FieldWidget, TextField
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.domain.refusal import Refusal
    from counter_assistant.ui.desk.presentation.view_model import PaperField

COLUMNS, COLUMNS_OF_NARROW_PAGE = 5, 9
_SPANS = {
    "asked": 3, "verify": 3, "refer_to": 3, "refer_address": 4, "condition": 4, "explanation": 5, "contact": 5, "reason": 3, "of": 3,
    "quoted": 3, "due_reason": 3, "uncoded": 3, "correction": 3,
}  # fmt: skip
"""How many of the columns a field takes at least; the others take two. What is left of a line goes to its widest."""


class PaperFieldsForm(Card):
    """The card with the fields that the paper in hand carries. `edited` names a field and its new text."""

    edited = Signal(str, str)
    field_left = Signal(str)
    keep_wanted = Signal()

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setAccessibleName("本单另填")
        self.rows.removeItem(self.head)
        self.title.hide()
        self.hint.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self.error = PlainLabel("", "error", wrap=True)
        self.error.setObjectName("paper_fields_error")
        self.rows.addLayout(self._grid)
        self.rows.addWidget(self.error)
        self.fields: dict[str, FieldWidget] = {key: self._field(key, label) for key, label in labels.items()}
        self._asked: tuple[PaperField, ...] = ()
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._columns = COLUMNS
        self.error.hide()
        self.hide()

    def _field(self, key: str, label: str) -> FieldWidget:
        if key in ("colleague", "owner", "condition"):
            field: FieldWidget = ChoiceField(key, label, self)
        else:
            text = TextField(key, label, self)
            text.left.connect(lambda: self.field_left.emit(key))
            text.guarded.keep_wanted.connect(self.keep_wanted)
            field = text
        field.changed.connect(lambda text: self.edited.emit(key, text))
        field.hide()
        return field

    def text_field(self, key: str) -> TextField:
        """A field to type in."""
        field = self.fields[key]
        assert isinstance(field, TextField)
        return field

    def choice_field(self, key: str) -> ChoiceField:
        """A field to choose in."""
        field = self.fields[key]
        assert isinstance(field, ChoiceField)
        return field

    def fill_clerks(self, clerks: Mapping[str, str]) -> None:
        """Offers the clerks by staff number wherever one is chosen."""
        for key in ("colleague", "owner"):
            self.choice_field(key).fill(clerks)

    def show_fields(self, asked: tuple[PaperField, ...]) -> None:
        """Shows these fields and what they hold; none hides the card."""
        form = tuple((entry.key, entry.label, entry.hint) for entry in asked)
        if form != self._shown:
            self._asked, self._shown = asked, form
            self._lay_out(asked)
        for entry in asked:
            self.fields[entry.key].put(entry.text, entry.hint)
        self.setVisible(bool(asked))

    def fit(self, *, narrow: bool) -> None:
        """A narrow page has the form in its wide column: more fields stand on a line."""
        columns = COLUMNS_OF_NARROW_PAGE if narrow else COLUMNS
        if columns != self._columns:
            self._columns = columns
            self._lay_out(self._asked)

    def _lay_out(self, asked: tuple[PaperField, ...]) -> None:
        for field in self.fields.values():
            self._grid.removeWidget(field)
        wanted, columns = {entry.key for entry in asked}, self._columns
        for column in range(COLUMNS_OF_NARROW_PAGE):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row, line in enumerate(lines(asked, columns)):
            column = 0
            for entry, span in line:
                self.fields[entry.key].name_as(entry.label, entry.hint)
                self._grid.addWidget(self.fields[entry.key], row, column, 1, span)
                column += span
        for key, field in self.fields.items():
            field.setVisible(key in wanted)

    def show_faults(self, faults: Mapping[str, Refusal]) -> None:
        """Marks the fields that cannot be right, or hold a forbidden sentence, and says so beneath them."""
        asked = [form[0] for form in self._shown]
        shown = {key: str(faults[key]) for key in asked if key in faults} | self._forbidden(asked)
        for key, field in self.fields.items():
            field.show_fault(shown.get(key, ""))
        self.error.say("\n".join(shown.values()))

    def _forbidden(self, asked: Sequence[str]) -> dict[str, str]:
        """What the guard says of the fields; nothing more once the reason for keeping a quotation is asked for."""
        guards = {key: field.guarded for key in asked if isinstance(field := self.fields[key], TextField)}
        for guarded in guards.values():
            guarded.keep("quoted" in asked)
        return {key: guarded.sentence for key, guarded in guards.items() if guarded.sentence and key in FIELDS}

    def go_to(self, key: str) -> None:
        """Puts the cursor into a field."""
        edit = self.fields[key].edit
        edit.setFocus()
        if isinstance(field := self.fields[key], TextField):
            field.line.selectAll()
            field.guarded.select()

    def first(self) -> str:
        """The first field that is shown; empty while there is none."""
        return self._shown[0][0] if self._shown else ""

    def holds_focus(self) -> bool:
        """Whether the cursor stands in one of the fields."""
        return any(field.edit.hasFocus() for field in self.fields.values())


def lines(asked: Sequence[PaperField], columns: int) -> list[list[tuple[PaperField, int]]]:
    """The lines of the form, each field with its columns: a sentence gets the room that a name beside it does not need."""
    lines: list[list[tuple[PaperField, int]]] = []
    left = 0
    for entry in asked:
        span = _SPANS.get(entry.key, 2)
        if span > left:
            lines.append([])
            left = columns
        lines[-1].append((entry, span))
        left -= span
    return [_filled(line, columns) for line in lines]


def _filled(line: list[tuple[PaperField, int]], columns: int) -> list[tuple[PaperField, int]]:
    left, widest = columns - sum(span for _, span in line), max(span for _, span in line)
    at = next(at for at, (_, span) in enumerate(line) if span == widest)
    return [(entry, span + left * (n == at)) for n, (entry, span) in enumerate(line)]
