"""The two phrases of the moment on the desk: what they say, and how they are copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.ui.desk.cards.bars import SpokenBar, SpokenPhrase
from tests.ui.desk_hand import CONTROL, Bench, bench, commit, press, type_

MISSING = "很抱歉！您的手续和资料不全，您还需增补"


def said(desk: Bench) -> list[str]:
    """The phrases on the desk, after the keys that were waiting."""
    QTest.qWait(1)
    bar = desk.find(SpokenBar, "此刻说的话")
    return [phrase.text() for phrase in bar.findChildren(SpokenPhrase) if bar.isVisible() and not phrase.isHidden()]


def apply_for_rent(desk: Bench) -> None:
    """Somebody applies and has brought one thing."""
    desk.take("B08")
    type_("121")
    desk.materials.setFocus()
    press(Qt.Key.Key_Space)


def test_nothing_is_said_while_nobody_stands_there(desk: Bench) -> None:
    assert said(desk) == []
    press(Qt.Key.Key_1, CONTROL)
    assert desk.messages == []


def test_what_is_missing_is_said_by_name_and_then_where_to_sign(desk: Bench) -> None:
    apply_for_rent(desk)
    first, second = said(desk)
    assert first.startswith(MISSING)
    assert desk.presented.matter.checklist.missing[0].material.name in first
    assert second in ("请您用黑色签字笔填写表格。", "请您在这里签名。") or "填" in second


@pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_1, 0), (Qt.Key.Key_2, 1)])
def test_a_key_copies_it_as_it_is_said(desk: Bench, key: Qt.Key, place: int) -> None:
    apply_for_rent(desk)
    words = said(desk)[place]
    desk.field("name").setFocus()
    press(key, CONTROL)
    assert QGuiApplication.clipboard().text() == words
    assert desk.messages[-1] == f"已复制 ✓　{words}"
    assert desk.field("name").hasFocus()


def test_a_click_copies_it_too_and_leaves_the_keyboard_where_it_is(desk: Bench) -> None:
    apply_for_rent(desk)
    words = said(desk)[0]
    desk.field("name").setFocus()
    QTest.mouseClick(desk.find(QAbstractButton, f"{words}，Ctrl+1 复制"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == words
    assert desk.field("name").hasFocus()


def test_once_it_is_issued_the_words_are_those_of_leaving(desk: Bench) -> None:
    desk.take("B08")
    type_("121")
    desk.field("name").setFocus()
    commit("岩罕")
    before = said(desk)
    press(Qt.Key.Key_F9)
    assert desk.says("issued_number")
    assert said(desk) != before
    press(Qt.Key.Key_Return)
    assert said(desk) == []


def test_a_phrase_with_an_open_blank_is_not_copied_and_says_where_to_fill_it_in(desk: Bench) -> None:
    QGuiApplication.clipboard().setText("别的")
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_3)
    assert "应去的部门" in said(desk)[0]
    press(Qt.Key.Key_1, CONTROL)
    assert QGuiApplication.clipboard().text() == "别的"
    assert "Ctrl+J" in desk.messages[-1]


def test_on_the_telephone_it_is_said_as_there(desk: Bench) -> None:
    desk.take("B08")
    type_("121")
    at_the_counter = said(desk)
    own = own_phrase(26, "电话里先说一句。", PhraseChannel.PHONE, Moment.POLICY)
    decide_phrases(desk.office, [own], [26])
    desk.state.channel = "phone"
    desk.page.renew_office()
    assert said(desk)[0] == "电话里先说一句。" != at_the_counter[0]


def test_where_the_list_needs_the_room_the_keys_copy_all_the_same(qtbot: Any, data_dir: Path) -> None:
    with bench(qtbot, data_dir, (1017, 540)) as desk:
        apply_for_rent(desk)
        assert said(desk) == []
        press(Qt.Key.Key_1, CONTROL)
        assert QGuiApplication.clipboard().text().startswith(MISSING)


def test_the_phrases_lie_between_the_list_and_the_applicant(desk: Bench) -> None:
    apply_for_rent(desk)
    assert said(desk)
    bar, name = desk.find(SpokenBar, "此刻说的话"), desk.field("name")
    assert bar.geometry().bottom() < name.mapTo(desk.page, name.rect().topLeft()).y()
    assert replace(desk.presented).rows[-1].name in desk.names()


def test_nobody_is_asked_to_sign_what_was_told_by_word_of_mouth(desk: Bench) -> None:
    apply_for_rent(desk)
    press(Qt.Key.Key_F9, CONTROL)
    assert desk.says("issued_title") == "口头告知已记录"
    assert [words for words in said(desk) if "签" in words] == []


def test_a_message_about_what_was_told_by_word_of_mouth_asks_for_no_paper(desk: Bench) -> None:
    apply_for_rent(desk)
    press(Qt.Key.Key_F9, CONTROL)
    press(Qt.Key.Key_D, CONTROL)
    message = QGuiApplication.clipboard().text()
    assert "借记卡" in message
    assert "本单" not in message
