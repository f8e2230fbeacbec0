"""要填的几栏，照登记的栏目表（domain/registers/hand_forms.py）排成几行；回车到下一栏，末一栏回车就登记。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_forms import FieldSort, FormField
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.choice import NumberedChoice
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField, mark_refused
from counter_assistant.ui.widgets.labels import PlainLabel

NOBODY_CHOSEN = {"opener": "本人", "who": "本人", "receiver": "设定的 B 角"}
"""Who is meant where nobody is chosen."""
UNITS = 6
"""A row has room for so many narrow fields."""
MOST_DIGITS = 9
SPANS = {
    "text": 3, "explained": 4, "channel": 2, "category": 2, "name_kept": 2, "matter": 6, "about": 1, "name": 1,
    "seals": 3, "remarks": 2, "phone": 1, "address": 1, "attachments": 1, "way": 2, "handling": 2,
    "level": 2, "item": 2, "number": 2, "contact": 2, "outcome": 1, "verified": 5, "told": 3,
}  # fmt: skip
WRONG_FIELD = {
    "until-needed": "until", "deputy-needed": "deputy", "own-deputy": "deputy", "two-openers": "second",
    "register-later": "day", "bad-date": "day", "bad-count": "count", "caller-missing": "caller",
    "back-before-leaving": "back", "answer-missing": "text", "forbidden-wording": "text", "reason-missing": "reason",
    "complaint-empty": "matter", "complaint-later": "day", "name-missing": "name", "name-of-anonymous": "name",
    "handover-turned-round": "until", "handover-over": "until", "handover-too-long": "until", "handover-overlaps": "since",
    "no-deputy": "receiver", "own-receiver": "receiver", "receiver-away": "receiver", "own-witness": "witness", "seal-unclear": "seals",
    "not-left-yet": "day", "supplement-empty": "text", "bad-complaint-number": "number", "transferred-to-owner": "to",
    "transferred-to-no-keeper": "to",
    "item-not-clear": "item", "paper-not-clear": "number", "rated-already": "number", "telling-missing": "told",
}  # fmt: skip
"""The field that a refusal is about, by its code, where its sentence does not name it."""


class ChosenField(QWidget):
    """A label over a choice."""

    changed = Signal(str)

    def __init__(self, field: FormField, clerks: Sequence[Clerk]) -> None:
        super().__init__()
        self.choice = NumberedChoice(field.label, before=0 if field.words is not None else 1)
        self.choice.setObjectName(field.name)
        if field.words is not None:
            words: Any = field.words
            for place, word in enumerate(words, 1):
                self.choice.addItem(f"{place} {word.label}", word.value)
            if field.required:  # what must be chosen is not chosen by who built the window
                self.choice.setCurrentIndex(-1)
        else:
            self.choice.addItem(NOBODY_CHOSEN.get(field.name, ""), "")
            for place, clerk in enumerate(clerks, 1):
                digit = f"{place} " if place <= MOST_DIGITS else ""
                self.choice.addItem(f"{digit}{clerk.name}（{clerk.staff_number}）", clerk.staff_number)
        self.choice.entered.connect(self.choice.focusNextChild)
        self.choice.currentTextChanged.connect(self.changed)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        rows.addWidget(PlainLabel(field.label, "secondary"))
        rows.addWidget(self.choice)

    @property
    def value(self) -> str:
        """What is chosen."""
        return str(self.choice.currentData() or "")


class EntryForm(QWidget):
    """The fields of one form."""

    finished = Signal()
    """Enter was pressed in the last field."""
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None
        self.fields: dict[str, LabelledField] = {}
        self.choices: dict[str, ChosenField] = {}
        self._form: tuple[FormField, ...] = ()

    def open_for(
        self, form: tuple[FormField, ...], clerks: Sequence[Clerk], values: Mapping[str, str], *, typed: bool = False
    ) -> None:
        """Shows the fields of a form, in which `values` stand at first; `typed`: somebody typed them."""
        if self._inside is not None:
            self._rows.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._form, self.fields, self.choices = form, {}, {}
        self._inside = QWidget()
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        row = used = 0
        for field in form:
            span = SPANS.get(field.name, 2 if field.sort is FieldSort.TEXT else 1)
            if used + span > UNITS:
                row, used = row + 1, 0
            grid.addWidget(self._widget(field, clerks, values.get(field.name, "")), row, used, 1, span)
            used += span
        for column in range(UNITS):
            grid.setColumnStretch(column, 1)
        self._rows.addWidget(self._inside)
        for one in self.fields.values():
            one.edit.setModified(typed)

    def _widget(self, field: FormField, clerks: Sequence[Clerk], value: str) -> QWidget:
        if field.sort in (FieldSort.CHOICE, FieldSort.CLERK):
            chosen = self.choices[field.name] = ChosenField(field, clerks)
            if value:
                chosen.choice.setCurrentIndex(max(chosen.choice.findData(value), 0))
            chosen.changed.connect(lambda _: self.changed.emit())
            return chosen
        labelled = self.fields[field.name] = LabelledField(field.name, field.label)
        labelled.edit.setPlaceholderText(field.prompt)
        labelled.edit.setText(value)
        labelled.changed.connect(lambda _: self._mend())
        if field is self._last:
            labelled.edit.entered.disconnect()
            labelled.edit.entered.connect(self.finished)
        return labelled

    @property
    def _last(self) -> FormField | None:
        typed = [field for field in self._form if field.sort not in (FieldSort.CHOICE, FieldSort.CLERK)]
        return typed[-1] if typed else None

    @property
    def first(self) -> QWidget:
        """The choice that must be made, where it comes first; else the first field in which something must be typed, else the first that
        is typed."""
        if self._form[0].required and self._form[0].name in self.choices:
            return self.choices[self._form[0].name].choice
        wanted = [field.name for field in self._form if field.required and field.name in self.fields]
        empty = [name for name in wanted if not self.fields[name].edit.text()]
        return self.fields[(empty or wanted or list(self.fields))[0]].edit

    @property
    def typed(self) -> bool:
        """Whether anything stands there that was typed."""
        return any(one.edit.isModified() and one.edit.text().strip() for one in self.fields.values())

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field, by its name."""
        return {name: one.edit.text() for name, one in self.fields.items()} | {
            name: one.value for name, one in self.choices.items()
        }

    def mark(self, refusal: Refusal) -> None:
        """Goes to the field that a refusal is about."""
        named = next((field.name for field in self._form if _names(refusal, field.label)), "")
        wrong = named or WRONG_FIELD.get(refusal.code, "")
        mark_refused(self.fields, wrong)
        if wrong in self.choices:
            self.choices[wrong].choice.setFocus()

    def _mend(self) -> None:
        """Unmarks what was refused, as it is being mended."""
        mark_refused(self.fields, "")
        self.changed.emit()


def _names(refusal: Refusal, label: str) -> bool:
    """Whether a refusal names a field: “转给谁”, or 还缺一项：转给谁。"""
    return f"“{label}”" in refusal.sentence or refusal.sentence.endswith(f"：{label}。")
