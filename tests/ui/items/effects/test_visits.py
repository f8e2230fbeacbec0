"""典型来访：改了事项就照它们走一遍，哪个不对、少了什么；记一个、重记、删去，都退得回."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.revision.revision import ItemRetired, TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.visiting import visits_of
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.effects.visit_line import VisitLine
from counter_assistant.ui.items.effects.visits_row import LONG, VisitsRow
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.ui.counter import CONTROL, PrinterInMemory, commit, nameless, press, retype, rich_labels, show
from tests.ui.desk_hand import focused
from tests.ui.find import find, says
from tests.ui.items.reviewing import reviewed

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    page.begin_review()
    return page


def rest(page: ItemsPage) -> None:
    """The hand rests until the visits were gone through."""
    while find(page, ReviewMode).visiting.waiting:
        QTest.qWait(10)


def click(page: ItemsPage, name: str) -> None:
    rest(page)
    QTest.mouseClick(find(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def shown(page: ItemsPage) -> list[str]:
    """The visits as they are shown, with their marks."""
    rest(page)
    every = find(page, VisitsRow).findChildren(QAbstractButton)
    return [button.text() for button in every if button.text()[:1] in ("✓", "✗") and not button.isHidden()]


def lose_the_power_of_attorney(page: ItemsPage) -> None:
    mode = find(page, ReviewMode)
    assert mode.model is not None
    text = newest(mode.model.revising.working, "B08")
    kept = tuple(rule for rule in text.materials if rule.material.id != "power-of-attorney")
    mode.model.revising.do(TextEdited(replace(text, materials=kept)))
    mode.refresh()


def names(office: Office) -> list[str]:
    return [visit.name for visit in visits_of(office, Revising(office)) if visit.item == "B08"]


def test_a_change_that_loses_a_line_says_which_visit_misses_it(page: ItemsPage) -> None:
    assert all(text.startswith("✓") for text in shown(page))
    assert "✓ 配偶代办" in shown(page)
    lose_the_power_of_attorney(page)
    assert [text for text in shown(page) if text.startswith("✗")] == ["✗ 配偶代办：少了授权委托书"]
    press(Key.Key_Z, CONTROL)
    assert "✓ 配偶代办" in shown(page)


def test_a_visit_is_written_down_by_keys_as_told_today(page: ItemsPage, office: Office) -> None:
    press(Key.Key_V, ALT)
    assert isinstance(focused(), QComboBox)
    for _ in find(page, VisitLine).choices:
        if not isinstance(focused(), QComboBox):
            break
        press(Key.Key_Down)
        press(Key.Key_Return)
    assert focused() is find(page, QLineEdit, "visit_name")
    commit("本人，都选头一个")
    press(Key.Key_Return)
    assert "本人，都选头一个" in names(office)
    assert "✓ 本人，都选头一个" in shown(page)
    assert says(page, "review_message") == "已记下典型来访“本人，都选头一个”。"
    assert find(page, SentenceCard).hasFocus()
    assert not find(page, VisitLine).isVisible()
    press(Key.Key_Z, CONTROL)
    assert "本人，都选头一个" not in names(office)
    assert says(page, "review_message") == "已退回：写典型来访“本人，都选头一个”。"


def test_what_is_missing_is_said_and_esc_writes_nothing(page: ItemsPage, office: Office) -> None:
    before = names(office)
    click(page, "记一个典型来访，Alt+V")
    find(page, QLineEdit, "visit_name").setFocus()
    press(Key.Key_Return)
    assert says(page, "visit_fault") == "典型来访没有写名称。请写几个字，如：已婚，合同已备案。"
    commit("不知道")
    assert says(page, "visit_fault") == ""
    press(Key.Key_Return)
    assert "忌语" in says(page, "visit_fault")
    press(Key.Key_Escape)
    assert not find(page, VisitLine).isVisible()
    assert names(office) == before


def test_a_list_that_was_meant_to_change_is_written_down_as_it_would_be(page: ItemsPage, office: Office) -> None:
    lose_the_power_of_attorney(page)
    click(page, "配偶代办，不对")
    assert says(page, "visit_fault") == "配偶代办：少了授权委托书。"
    line = find(page, VisitLine)
    assert (line.name.edit.text(), line.answers["who"]) == ("配偶代办", "spouse")
    click(page, "照改后的清单记下")
    assert "✓ 配偶代办" in shown(page)
    assert len(shown(page)) == 6


def test_a_visit_is_taken_away_by_mouse(page: ItemsPage, office: Office) -> None:
    click(page, "配偶代办，对")
    click(page, "删去这个")
    assert "配偶代办" not in names(office)
    assert says(page, "review_message") == "已删去典型来访“配偶代办”。"
    press(Key.Key_Z, CONTROL)
    assert "配偶代办" in names(office)


def test_only_the_questions_that_arise_are_asked(page: ItemsPage) -> None:
    press(Key.Key_V, ALT)
    line = find(page, VisitLine)
    every = [choice for choice in line.choices.values() if choice.isVisible()]
    line.choices["lease"].setCurrentIndex(line.choices["lease"].findData("registered"))
    left = [choice for choice in line.choices.values() if choice.isVisible()]
    assert len(left) == len(every) - 1
    assert set(line.answers) == {"lease"}


def lose(page: ItemsPage, item: str, material: str) -> None:
    mode = find(page, ReviewMode)
    assert mode.model is not None
    text = newest(mode.model.revising.working, item)
    kept = tuple(rule for rule in text.materials if rule.material.id != material)
    mode.model.revising.do(TextEdited(replace(text, materials=kept)))
    mode.refresh()
    rest(page)


def failing(page: ItemsPage) -> list[str]:
    """The visits that fail, as the list at the foot names them."""
    listed = find(page, QListWidget, "failing_visits")
    return [listed.item(n).text() for n in range(listed.count())] if listed.isVisible() else []


def test_how_many_fail_and_what_comes_next_is_said_beforehand(page: ItemsPage) -> None:
    rest(page)
    assert says(page, "sending_standing") == (
        "还有 526 句待核定，43 个典型来访都对。接下来：逐句答，或者改事项；核几句就可以先送，没核的仍是示例。"
    )
    lose(page, "B08", "power-of-attorney")
    assert says(page, "sending_standing") == (
        "还有 526 句待核定，43 个典型来访里 1 个不对。接下来：按 F9 看是哪几个，改好再送核。"
    )
    button = find(page, QAbstractButton, "送核（1 个来访不对）")
    assert not button.property("loud")
    press(Key.Key_Z, CONTROL)
    rest(page)
    assert find(page, QAbstractButton, "送核").property("loud")


def test_f9_names_every_visit_that_fails_and_goes_there(page: ItemsPage) -> None:
    lose(page, "B08", "power-of-attorney")
    lose(page, "B01", "id-card")
    press(Key.Key_F9)
    named = failing(page)
    assert "✗ B08 配偶代办：少了授权委托书" in named
    assert len(named) == 7
    assert {text.split()[1] for text in named} == {"B01", "B08"}, "of every item, whichever is shown"
    assert find(page, QListWidget, "failing_visits").hasFocus()
    press(Key.Key_Return)
    assert find(page, VisitLine).isVisible()
    assert reviewed(page).item == "B01"
    assert "少了" in says(page, "visit_fault")
    press(Key.Key_Escape)
    press(Key.Key_F9)
    press(Key.Key_Escape)
    assert failing(page) == []
    assert find(page, SentenceCard).hasFocus()


def test_one_that_is_of_no_use_any_more_is_taken_away_in_the_list(page: ItemsPage, office: Office) -> None:
    mode = find(page, ReviewMode)
    assert mode.model is not None
    mode.model.revising.do(ItemRetired("B08"))
    mode.refresh()
    press(Key.Key_F9)
    assert len(failing(page)) == 6
    press(Key.Key_Return)
    assert "停办的事项没有来访：按 F9，按 Delete 删去这一个" in says(page, "review_message")
    press(Key.Key_F9)
    for _ in range(6):
        press(Key.Key_Delete)
    assert names(office) == []
    assert failing(page) == []
    press(Key.Key_F9)
    assert "没有写明" in says(page, "review_message"), "nothing fails any more"


def test_nothing_is_asked_for_before_anything_was_done(page: ItemsPage) -> None:
    press(Key.Key_F9)
    assert says(page, "review_message") == "这一稿还没有改动，也没有核过一句。请先逐句核定，或者改事项。"


def test_in_a_low_window_those_that_pass_are_one_word(page: ItemsPage) -> None:
    page.resize(1017, 543)
    assert shown(page) == ["✓ 6 个都对 ▸"]
    click(page, "✓ 6 个都对 ▸")
    assert "✓ 配偶代办" in shown(page)
    click(page, "✓ 6 个都对 ▾")
    lose_the_power_of_attorney(page)
    assert sorted(shown(page)) == ["✓ 5 个都对 ▸", "✗ 配偶代办：少了授权委托书"]
    lose(page, "B08", "id-card")
    assert len(shown(page)) == 4, "three that fail, and how many more"
    assert "✗ 另有 3 个不对 ▸" in shown(page)
    click(page, "✗ 另有 3 个不对 ▸")
    assert len([text for text in shown(page) if text.startswith("✗")]) == 6
    click(page, "收起 ▾")
    assert "✗ 另有 3 个不对 ▸" in shown(page)
    page.resize(1290, 697)
    assert len(shown(page)) == 6


def test_a_new_item_has_its_slip_and_its_visits(page: ItemsPage, office: Office) -> None:
    press(Key.Key_Return)
    click(page, "＋ 新事项（照一个来改）")
    commit("租赁保障性住房提取")
    press(Key.Key_Return)
    mode = find(page, ReviewMode)
    QTest.qWait(300)
    while mode.effects.work.running:
        QTest.qWait(10)
    told = mode.changes.text.toPlainText()
    assert "新事项，送核以后才告知" in told
    assert "这个事项的单子" in told
    assert "事项：租赁保障性住房提取" in told
    press(Key.Key_V, ALT)
    line = find(page, VisitLine)
    line.name.edit.setFocus()
    commit("头一个来的")
    press(Key.Key_Return)
    assert shown(page) == ["✓ 头一个来的"]
    press(Key.Key_F11)
    assert [paper.isVisible() for paper in mode.pages.papers.values()] == [False, True]


def test_a_long_reason_is_cut_in_the_row_and_whole_in_the_line(page: ItemsPage) -> None:
    mode = find(page, ReviewMode)
    assert mode.model is not None
    text = newest(mode.model.revising.working, "B08")
    mode.model.revising.do(TextEdited(replace(text, materials=text.materials[:1])))
    mode.refresh()
    told = [text for text in shown(page) if text.startswith("✗")]
    assert told
    assert all(len(text) <= LONG + 2 for text in told)
    click(page, "配偶代办，不对")
    assert "授权委托书" in says(page, "visit_fault")


def test_everything_has_a_name_and_no_text_is_markup(page: ItemsPage) -> None:
    press(Key.Key_V, ALT)
    retype("<b>名称</b>")
    assert nameless(page) == []
    assert rich_labels(page) == []
