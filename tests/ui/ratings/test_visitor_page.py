"""The page that is turned to the visitor: five levels or none, by keys and by mouse; nothing is recorded before 提交, and nothing of the desk is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.rating import RatingLevel
from counter_assistant.operations.office import Office
from counter_assistant.ui.ratings.visitor_page import CHOOSE, DECLINED, HALF_DONE, THANKS, VisitorPage
from counter_assistant.ui.sealing.open_windows import close_open_windows
from tests.make import an_office
from tests.ui.counter import nameless, rich_labels
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


@pytest.fixture
def page(qtbot: Any, office: Office) -> Iterator[VisitorPage]:
    made = VisitorPage(office, "B08", "租赁市场住房提取")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.showFullScreen()
        made.activateWindow()
    made.setFocus()
    yield made
    made.reject()


def ratings(office: Office) -> list[dict[str, Any]]:
    return [entry.payload for entry in office.book.entries(EntryKind.RATING)]


def test_a_digit_and_enter_are_a_rating_with_words_and_a_contact_where_they_are_wanted(
    page: VisitorPage, office: Office
) -> None:
    press(Key.Key_2)
    press(Key.Key_5)
    assert [level for level, button in page.levels.items() if button.isChecked()] == [RatingLevel.VERY_DISSATISFIED]
    assert ratings(office) == []
    page.words.setFocus()
    commit("等了一个小时")
    press(Key.Key_Return)
    type_("13955556666")
    press(Key.Key_Return)
    (said,) = ratings(office)
    assert (said["level"], said["channel"], said["item"], said["number"]) == ("very_dissatisfied", "screen", "B08", "")
    assert (said["text"], said["contact"]) == ("等了一个小时", "13955556666")
    assert (page.after.text(), page.asking.isVisible()) == (THANKS, False)
    press(Key.Key_Return)
    press(Key.Key_1)
    assert (len(ratings(office)), page.isVisible()) == (1, True)
    press(Key.Key_Escape)
    assert not page.isVisible()


def test_by_mouse(page: VisitorPage, office: Office) -> None:
    QTest.mouseClick(find(page, QPushButton, "satisfied"), LEFT)
    QTest.mouseClick(page.submit, LEFT)
    assert [said["level"] for said in ratings(office)] == ["satisfied"]
    QTest.mouseClick(page.back, LEFT)
    assert not page.isVisible()


@pytest.mark.parametrize("how", ["key", "mouse"])
def test_who_does_not_want_to_rates_nothing(page: VisitorPage, office: Office, how: str) -> None:
    press(Key.Key_Return)
    assert page.message.text() == CHOOSE
    press(Key.Key_3)
    press(Key.Key_0)
    assert (page.asking.isVisible(), any(button.isChecked() for button in page.levels.values())) == (True, False)
    press(Key.Key_0) if how == "key" else QTest.mouseClick(page.decline, LEFT)
    assert (page.after.text(), ratings(office)) == (DECLINED, [])


def test_what_is_half_typed_is_not_gone_with_one_key(page: VisitorPage, office: Office) -> None:
    page.words.setFocus()
    commit("还没写完")
    press(Key.Key_Escape)
    assert (page.isVisible(), page.message.text(), page.words.text()) == (True, HALF_DONE, "还没写完")
    press(Key.Key_Escape)
    assert (page.isVisible(), ratings(office)) == (False, [])


def test_a_lock_closes_it_whatever_is_typed(page: VisitorPage) -> None:
    page.words.setFocus()
    commit("还没写完")
    close_open_windows()
    assert not page.isVisible()


def test_what_could_not_be_recorded_stays_to_be_sent_again(
    page: VisitorPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise Refusal("clock-doubtful", "电脑时间不对。", "请核对。")

    with monkeypatch.context() as doubtful:
        doubtful.setattr(office.book, "require_sound_clock", refuse)
        press(Key.Key_1)
        press(Key.Key_Return)
    assert "请告诉工作人员" in page.message.text()
    assert page.asking.isVisible()
    press(Key.Key_Return)
    assert len(ratings(office)) == 1


def test_nothing_of_the_desk_stands_on_it_and_no_name(page: VisitorPage, office: Office) -> None:
    said = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert (page.isFullScreen(), page.windowTitle()) == (True, "请您评价（自愿）")
    assert "租赁市场住房提取" in said
    assert not any(clerk.name in said for clerk in office.profile.clerks)
    assert (nameless(page), rich_labels(page)) == ([], [])
