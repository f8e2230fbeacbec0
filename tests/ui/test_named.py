"""The look at what has no name finds what it is for: each fault is made, and found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.quiet_list import QuietList
from counter_assistant.ui.widgets.records.key_choices import KeyChoices
from tests.ui.named import faults_of


def combo_box() -> QWidget:
    made = QComboBox()
    made.addItem("居民身份证")
    made.setAccessibleName("证件类型")
    return made


def silent_list() -> QWidget:
    made = QuietList("清单")
    made.addItem("")
    return made


def named(widget: QWidget, name: str) -> QWidget:
    widget.setAccessibleName(name)
    return widget


def that_takes_keys() -> QWidget:
    made = QWidget()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return named(made, "选哪一样")


FAULTY: dict[str, Callable[[], QWidget]] = {
    "a button without a word": QPushButton,
    "a button called by a sign": lambda: QPushButton("×"),
    "a button called in English": lambda: QPushButton("OK"),
    "a chip of a digit": lambda: Chip("1", ""),
    "a field called by what it holds": lambda: QLineEdit("岩罕"),
    "a choice of which only what is chosen is said": combo_box,
    "a list": QListWidget,
    "a line of a list that says nothing": silent_list,
    "a row of a table that says nothing": lambda: named(QTableWidget(1, 2), "登记列表"),
    "what takes keys and is passed over": that_takes_keys,
    "what is scrolled by keys": QScrollArea,
}


@pytest.mark.parametrize("made", FAULTY.values(), ids=FAULTY)
def test_what_nobody_could_name_is_found(made: Callable[[], QWidget]) -> None:
    widget = made()
    found = faults_of([widget])
    shiboken6.delete(widget)  # before every widget that there is is looked at
    assert found != []


def table() -> QWidget:
    made = QTableWidget(1, 2)
    made.setItem(0, 1, QTableWidgetItem("岩罕"))
    return named(made, "登记列表")


def listed() -> QWidget:
    made = QuietList("清单")
    made.add("身份证", "须出示")
    return made


WELL: dict[str, Callable[[], QWidget]] = {
    "a field": lambda: EntryEdit("姓名"),
    "PIN is a word": lambda: EntryEdit("PIN"),
    "a choice": lambda: Choice("证件类型"),
    "a chip": lambda: Chip("1", "本人"),
    "a box to tick": lambda: QCheckBox("已核"),
    "choices by keys": lambda: KeyChoices("登记哪一步"),
    "a list": listed,
    "a table with a blank cell": table,
    "a frame that is only looked at": QFrame,
    "what is scrolled by keys": lambda: named(QScrollArea(), "本月一次告知情况"),
}


@pytest.mark.parametrize("made", WELL.values(), ids=WELL)
def test_what_has_a_name_is_not(qtbot: Any, made: Callable[[], QWidget]) -> None:
    widget = made()
    qtbot.addWidget(widget)
    assert faults_of([widget, *widget.findChildren(QWidget)]) == []
