"""The guard of an edit: which words are forbidden, what is put in their place, and when its keys are its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.fields.guarded import Guarded
from tests.ui.counter import CONTROL, press, show

Key = Qt.Key


@pytest.fixture
def edit(qtbot: QtBot) -> EntryEdit:
    edit = EntryEdit("说明")
    qtbot.addWidget(edit)
    return edit


def test_only_the_words_are_replaced_where_a_rare_character_stands_before(edit: EntryEdit) -> None:
    guarded = Guarded(edit)
    edit.setText("罗𠅤克：烦死了，别的没说")
    guarded.replace()
    assert edit.text() == "罗𠅤克：请放心！我们会尽快为您办理的，别的没说"


def test_a_second_find_is_told_of_and_comes_next(edit: EntryEdit) -> None:
    guarded = Guarded(edit)
    edit.setText("烦死了。发票未盖章。真麻烦。")
    assert "（另有 1 处）" in guarded.sentence
    guarded.replace()
    assert [hit.text for hit in guarded.hits] == ["真麻烦"]
    guarded.replace()
    assert guarded.sentence == ""
    assert edit.text() == "请放心！我们会尽快为您办理的。发票未盖章。请放心！我们会尽快为您办理的。"


def test_a_sentence_that_does_not_fit_is_not_cut(edit: EntryEdit) -> None:
    edit.setMaxLength(8)
    guarded = Guarded(edit)
    edit.setText("烦死了")
    assert "放不下" in guarded.sentence
    guarded.replace()
    assert edit.text() == "烦死了"


def test_its_keys_are_its_own_only_while_something_is_wrong(qtbot: QtBot, edit: EntryEdit) -> None:
    guarded = Guarded(edit)
    show(qtbot, edit, (300, 40))
    edit.setFocus()
    edit.setText("发票未盖章")
    with qtbot.assertNotEmitted(guarded.keep_wanted):
        press(Key.Key_R, CONTROL)
    assert edit.text() == "发票未盖章"
    edit.setText("烦死了")
    with qtbot.waitSignal(guarded.keep_wanted):
        press(Key.Key_U, CONTROL)
