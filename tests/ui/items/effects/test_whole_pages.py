"""F11 整页：今天的单子和改后的单子并排；换一种变了的情形再看，合上以后什么都在原处."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.effects.whole_pages import CHANGED, TODAY
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.make import text_of
from tests.ui.counter import CONTROL, PrinterInMemory, commit, nameless, press, rich_labels, show
from tests.ui.find import find, says
from tests.ui.items.reviewing import reviewed

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    """The review at B08, in which two papers are asked for no more."""
    text = newest(office.catalogue, "B08")
    kept = tuple(rule for rule in text.materials if rule.material.id not in ("bank-card", "power-of-attorney"))
    Revising(office).edit(replace(text, materials=kept))
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    page.begin_review()
    qtbot.waitUntil(lambda: mode(page).effects.effect is not None, timeout=20_000)
    return page


def mode(page: ItemsPage) -> ReviewMode:
    return find(page, ReviewMode)


def papers(page: ItemsPage) -> list[str]:
    """What stands on today's slip and on the changed one."""
    return [text_of(mode(page).pages.papers[name]._pdf) for name in (TODAY, CHANGED)]


def test_both_slips_stand_beside_each_other_in_the_situation_that_changes(page: ItemsPage) -> None:
    press(Key.Key_F11)
    assert mode(page).pages.isVisible()
    assert not mode(page).changes.isVisible()
    before, after = papers(page)
    assert "类借记卡" in before.replace("\n", "")
    assert after != before
    assert says(page, "page_situation").startswith("第 1 处，共 2 处：材料：删去“本人名下")
    press(Key.Key_Right)
    assert "授权委托书" in says(page, "page_situation")
    assert "配偶代办" in says(page, "page_situation")
    press(Key.Key_Right)
    assert says(page, "page_situation").startswith("第 1 处"), "after the last comes the first"
    press(Key.Key_Left)
    assert says(page, "page_situation").startswith("第 2 处")
    assert nameless(page) == []
    assert rich_labels(page) == []


@pytest.mark.parametrize("closing", [Key.Key_F11, Key.Key_Escape])
def test_closing_leaves_everything_where_it_was(page: ItemsPage, closing: Key) -> None:
    press(Key.Key_F11)
    press(closing)
    assert not mode(page).pages.isVisible()
    assert find(page, SentenceCard).hasFocus()
    assert reviewed(page).by_item
    press(Key.Key_Return)
    press(Key.Key_F11)
    press(closing)
    assert find(page, GuideText).hasFocus(), "in the editor, too"


def test_it_is_opened_scrolled_and_closed_by_mouse_and_arrows(page: ItemsPage, qtbot: QtBot) -> None:
    QTest.mouseClick(find(page, QAbstractButton, "整页，F11"), Qt.MouseButton.LeftButton)
    bar = mode(page).pages.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    press(Key.Key_Down)
    assert bar.value() > 0
    press(Key.Key_Up)
    assert bar.value() == 0
    QTest.mouseClick(find(page, QAbstractButton, "下一种，→"), Qt.MouseButton.LeftButton)
    assert says(page, "page_situation").startswith("第 2 处")
    QTest.mouseClick(find(page, QAbstractButton, "合上，Esc F11"), Qt.MouseButton.LeftButton)
    assert find(page, QListWidget, "待核定的").isVisible()
    assert mode(page).bar.isVisible()


def test_nothing_is_sent_from_behind_the_pages(page: ItemsPage) -> None:
    press(Key.Key_F11)
    press(Key.Key_F9)
    assert mode(page).pages.isVisible()
    assert not mode(page).failing.isVisible()


def test_of_an_item_that_is_not_changed_both_are_the_same(page: ItemsPage) -> None:
    press(Key.Key_Right)
    press(Key.Key_F11)
    before, after = papers(page)
    assert before == after
    assert says(page, "page_situation") == "情形：都还没有回答。"
    assert not find(page, QAbstractButton, "下一种，→").isVisible()
    press(Key.Key_Right)
    assert mode(page).pages.isVisible()


@pytest.mark.parametrize("size", [(1290, 697), (1017, 543)])
def test_the_pages_take_the_width_of_the_window(page: ItemsPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    press(Key.Key_F11)
    QTest.qWait(50)
    assert mode(page).pages.width() > size[0] - 40
    assert page.minimumSizeHint().width() <= size[0]
    today = mode(page).pages.papers[TODAY]
    assert today.height() > today.width() * 1.3
    assert today.width() > size[0] * 0.4


def test_what_is_being_written_is_taken_first(page: ItemsPage, office: Office) -> None:
    press(Key.Key_Return)
    find(page, GuideText).go_to("name.")
    press(Key.Key_Return)
    press(Key.Key_A, CONTROL)
    commit("租房提取")
    press(Key.Key_F11)
    assert newest(Revising(office).working, "B08").name == "租房提取"
    assert "租房提取" in papers(page)[1]


def stands(page: ItemsPage) -> bool:
    """Whether everything is shown, and nothing in its place."""
    frame = mode(page)
    return (
        frame.column.isVisible()
        and frame.lists.isVisible()
        and not (frame.pages.isVisible() or frame.sheet.isVisible())
    )


def test_the_revision_is_read_anew_without_the_pages_beside_it(page: ItemsPage) -> None:
    press(Key.Key_F11)
    mode(page).begin()
    assert stands(page)
    assert mode(page).bar.isVisible()
    assert page.minimumSizeHint().width() <= 1290
    press(Key.Key_F11)
    assert not stands(page)
    mode(page).show_trouble("这一稿不能打开。")
    assert mode(page).trouble.isVisible()
    assert not mode(page).pages.isVisible()
    assert not mode(page).column.isVisible()
    assert mode(page).bar.isVisible()
    mode(page).show_trouble("")
    assert stands(page)


@pytest.mark.parametrize("closing", [Key.Key_F11, Key.Key_Escape])
def test_a_visit_that_is_being_written_is_there_again(page: ItemsPage, closing: Key) -> None:
    press(Key.Key_V, ALT)
    find(page, QLineEdit, "visit_name").setFocus()
    commit("已婚，合同已备案")
    press(Key.Key_F11)
    assert not mode(page).visit.isVisible()
    press(Key.Key_V, ALT)
    assert not mode(page).visit.isVisible(), "no other is begun behind the pages"
    press(closing)
    assert mode(page).visit.isVisible()
    assert not mode(page).bar.isVisible()
    assert find(page, QLineEdit, "visit_name").hasFocus()
    assert find(page, QLineEdit, "visit_name").text() == "已婚，合同已备案"


def test_which_situation_changes_is_shown_as_soon_as_it_is_known(page: ItemsPage, qtbot: QtBot) -> None:
    revising = reviewed(page).revising
    text = newest(revising.working, "B08")
    revising.edit(replace(text, materials=text.materials[1:]))
    mode(page).refresh()
    press(Key.Key_F11)
    assert says(page, "page_situation") == "情形：都还没有回答，正在算哪些情形变了。"
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: mode(page).effects.effect is not None, timeout=20_000)
    assert says(page, "page_situation").startswith("第 1 处，共 2 处：")
    assert "都还没有回答" not in says(page, "page_situation")
    press(Key.Key_Right)
    mode(page).pages.show_examples(())
    assert says(page, "page_situation").startswith("第 2 处，共 2 处："), "what was gone to stays"


def test_where_nothing_can_be_computed_the_pages_say_so_no_longer(page: ItemsPage) -> None:
    revising = reviewed(page).revising
    text = newest(revising.working, "B08")
    revising.edit(replace(text, materials=text.materials[1:]))
    mode(page).refresh()
    press(Key.Key_F11)
    mode(page).effects.work.stop()
    mode(page).effects.work.refused.emit(Refusal("unknown", "算不出来。", "请再试。"))
    assert says(page, "page_situation") == "情形：都还没有回答。"
