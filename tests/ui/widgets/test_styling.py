"""Restyling: a property by which the style sheet chooses shows at once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.styling import set_style


def test_a_property_that_changes_shows_at_once(qtbot: QtBot) -> None:
    label = PlainLabel("期限")
    qtbot.addWidget(label)
    label.setStyleSheet('QLabel[wrong="true"] { color: #ff0000; }')
    label.ensurePolished()
    before = label.palette().windowText().color()
    set_style(label, wrong=True)
    assert label.palette().windowText().color().name() == "#ff0000"
    set_style(label, wrong=False)
    assert label.palette().windowText().color() == before


def test_a_property_that_was_never_set_counts_as_false(qtbot: QtBot) -> None:
    label = PlainLabel("期限")
    qtbot.addWidget(label)
    set_style(label, wrong=False)
    assert label.property("wrong") is None
