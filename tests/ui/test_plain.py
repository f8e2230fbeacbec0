"""The look at what is more than text finds what it is for: each fault is made, and found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import shiboken6
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QTabBar,
    QTextEdit,
    QToolTip,
    QWidget,
)

from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.labels import PlainLabel, plain_tip
from tests.hostile import HOSTILE
from tests.ui.plain import faults_of

RICH = "<b>粗</b>"


def tipped(tip: str) -> QWidget:
    edit = QLineEdit()
    edit.setToolTip(tip)
    return edit


def listed(tip: str) -> QWidget:
    view, item = QListWidget(), QListWidgetItem("一")
    item.setToolTip(tip)
    view.addItem(item)
    return view


def menu(text: str) -> QWidget:
    made = QMenu()
    made.addAction(text)
    return made


def text_edit(*, rich: bool, html: str = "") -> QWidget:
    made = QTextEdit()
    made.setAcceptRichText(rich)
    made.setHtml(html)
    return made


def tabs(text: str) -> QWidget:
    made = QTabBar()
    made.addTab(text)
    return made


def buddied() -> QWidget:
    label = PlainLabel("甲&乙")
    label.setBuddy(QLineEdit(label))
    return label


FAULTY: dict[str, Callable[[], QWidget]] = {
    "a label that guesses": lambda: QLabel("一"),
    "a tooltip": lambda: tipped(RICH),
    "a tooltip in a list": lambda: listed(RICH),
    "rich text that is pasted": lambda: text_edit(rich=True),
    "a link": lambda: text_edit(rich=False, html="<a href='a'>一</a>"),
    "an image": lambda: text_edit(rich=False, html="<img src='a'>"),
    "a list of points": lambda: text_edit(rich=False, html="<ul><li>一</li></ul>"),
    "a key from a button's text": lambda: QPushButton("甲&b"),
    "a key from a box's text": lambda: QCheckBox("甲&b"),
    "a key from a menu": lambda: menu("甲&b"),
    "a key from a group": lambda: QGroupBox("甲&b"),
    "a key from a tab": lambda: tabs("甲&b"),
    "a key from a label": buddied,
}


@contextmanager
def at_once(widget: QWidget) -> Iterator[QWidget]:
    """A widget that is gone before every widget that there is is looked at."""
    try:
        yield widget
    finally:
        shiboken6.delete(widget)


@pytest.mark.parametrize("made", FAULTY.values(), ids=FAULTY)
def test_what_is_more_than_text_is_found(made: Callable[[], QWidget]) -> None:
    with at_once(made()) as widget:
        assert len(faults_of([widget])) == 1


def test_what_is_text_is_not(qtbot: Any) -> None:
    for widget in (
        PlainLabel(RICH),
        tipped(RICH.replace("<", "〈")),
        menu("&1　李某"),
        text_edit(rich=False, html="一"),
    ):
        qtbot.addWidget(widget)
        assert faults_of([widget]) == []


def test_of_a_hostile_text_a_tooltip_is_text_with_the_same_letters() -> None:
    for text in (*HOSTILE, *(f"一\n{text}" for text in HOSTILE), RICH, "&lt;b&gt;", " <b>", "<?xml"):
        assert not GuiQt.mightBeRichText(plain_tip(text)), text
        assert plain_tip(text).replace("\u2060", "") == text
    assert GuiQt.mightBeRichText(RICH)


def test_a_hostile_text_gives_no_button_a_key(qtbot: Any) -> None:
    for text in (*HOSTILE, "甲&b", "&&&c"):
        for button in (LinkButton("O", text, lambda: None), Chip("1", text)):
            qtbot.addWidget(button)
            assert button.shortcut().isEmpty(), text
            assert faults_of([button]) == []
        chip = Chip("1", "一")
        qtbot.addWidget(chip)
        chip.rename(text)
        assert chip.shortcut().isEmpty()


def test_a_tooltip_that_is_shown_is_looked_at() -> None:
    with at_once(QLineEdit()) as edit:
        edit.show()
        QToolTip.showText(edit.mapToGlobal(edit.rect().center()), RICH, edit)
        shown = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel")]
        assert len(faults_of(shown)) == 1
        for one in shown:
            shiboken6.delete(one)
