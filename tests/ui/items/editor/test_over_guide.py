"""在事项页上改：Ctrl+E 打开，改了就记着，退得回，关上又是指南."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.guide_view import GuideView
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.ui.counter import CONTROL, PrinterInMemory, commit, opened, press, retype, show
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.database.path.parent, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    press(Qt.Key.Key_E, CONTROL)
    return page


def rename(page: ItemsPage, name: str) -> None:
    text = find(page, GuideText)
    text.setFocus()
    text.go_to("name.")
    press(Qt.Key.Key_Return)
    retype(name)
    press(Qt.Key.Key_Return)


def test_the_editor_opens_over_the_guide_and_gives_it_back(page: ItemsPage) -> None:
    assert find(page, GuideText).isVisible()
    assert find(page, GuideText).hasFocus()
    assert not find(page, GuideView).isVisible()
    press(Qt.Key.Key_Escape)
    assert find(page, GuideView).isVisible()
    assert find(page, QLineEdit, "查找事项").hasFocus()


def test_what_is_changed_is_kept_and_taken_back_step_by_step(page: ItemsPage, office: Office) -> None:
    rename(page, "租房提取")
    assert says(page, "message") == "改动已经记在这一稿里，还没有送核。"
    assert newest(Revising(office).working, "B08").name == "租房提取"
    assert newest(office.catalogue, "B08").name == "租赁市场住房提取", "told to nobody yet"
    press(Qt.Key.Key_E, CONTROL)
    press(Qt.Key.Key_E, CONTROL)
    assert "租房提取" in find(page, GuideText).toPlainText()
    press(Qt.Key.Key_Z, CONTROL)
    assert newest(Revising(office).working, "B08").name == "租赁市场住房提取"
    press(Qt.Key.Key_Z, CONTROL)
    assert says(page, "message") == "这一稿里没有可以退回的了。"


def test_a_new_question_can_be_asked_by_other_items_as_well(page: ItemsPage, office: Office) -> None:
    text = find(page, GuideText)
    text.go_to("questions.new")
    press(Qt.Key.Key_Return)
    commit("有没有贷款（有、没有）")
    press(Qt.Key.Key_Return)
    assert "有没有贷款" in [question.text for question in Revising(office).working.questions.values()]


def test_an_item_that_is_retired_is_not_opened_again(page: ItemsPage, office: Office) -> None:
    text = find(page, GuideText)
    text.go_to("retire.")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    assert find(page, GuideView).isVisible()
    assert "B08" not in Revising(office).working.items
    press(Qt.Key.Key_E, CONTROL)
    assert "已经停办" in says(page, "message")


def test_what_cannot_be_kept_is_said_and_nothing_is_changed(page: ItemsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise Refusal("revision-unsaved", "这一稿没有存下来：磁盘满了。", "请清理磁盘再改。")

    monkeypatch.setattr("counter_assistant.operations.catalogue.revising.write_revision", refuse)
    rename(page, "租房提取")
    assert "磁盘满了" in says(page, "said")
    assert "租赁市场住房提取" in find(page, GuideText).toPlainText()
