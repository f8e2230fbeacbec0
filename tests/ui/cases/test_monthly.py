"""本月一次告知情况：the figures over the page, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from counter_assistant.domain.notification.differences import Comparison, Difference, DifferenceKind
from counter_assistant.domain.notification.told_content import ToldContent
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.notification.monthly import Month, MonthRow
from counter_assistant.operations.notification.own_matters import MonthForClerk, OwnMatter
from counter_assistant.ui.cases.monthly import EMPTY, MonthlyOverlay, advice, in_one_sentence
from counter_assistant.ui.cases.own_list import AnswerLine, OwnList
from tests.ui.counter import commit, nameless, press, rich_labels, screen_texts, show
from tests.ui.find import fault_of, find

pytestmark = pytest.mark.slow  # every test makes a page of its own

RENT = MonthRow("B08", "租赁<b>市场</b>住房提取", 8, 5, 1, 1, 0, 2, 1)
HOUSE = MonthRow("B01", "购买新建商品住房提取", 4, 4)
ALL = MonthRow("", "合计", 12, 9, 1, 1, 0, 2, 1)
BUSY = Month(2026, 11, ALL, (HOUSE, RENT), (("结婚证", 2), ("房租发票", 1)))
NOW = ToldContent("B08", date(2026, 11, 23), "2026.11", "0001", {}, {}, {}, frozenset(), frozenset(), "", "", "")
MISSED = Difference(DifferenceKind.MISSED, "deed", "不动产权证", "“不动产权证”上次没有告知，今天需要。", asked=True)
TEXT = replace(
    MISSED, id="invoice", sentence="“发票”上次没有告知，今天需要。", by_text="上次是按目录 2026.10 版的原文告知的"
)
FIRST = OwnMatter(
    "case",
    "0001",
    date(2026, 11, 20),
    "玉罕",
    "B08",
    "租赁市场住房提取",
    Comparison(NOW, NOW, (MISSED, TEXT)),
    ("已致歉",),
)
SECOND = replace(FIRST, case="other", applicant="", said=())


def figures(year: int, month: int) -> MonthForClerk:
    if (year, month) == (2026, 9):
        raise Refusal("book-damaged", "台账第 7 条记录读不出。", "请从最近的备份恢复。")
    if (year, month) == (2026, 11):
        return MonthForClerk(BUSY, (FIRST, SECOND))
    return MonthForClerk(Month(year, month, MonthRow("", "合计"), (), ()), ())


@pytest.fixture
def said() -> list[tuple[OwnMatter, str]]:
    return []


@pytest.fixture
def drawn() -> list[str]:
    return []


@pytest.fixture
def layer(qtbot: Any, said: list[tuple[OwnMatter, str]], drawn: list[str]) -> Iterator[MonthlyOverlay]:
    def explain(matter: OwnMatter, words: str) -> None:
        if not words:
            raise Refusal("reason-missing", "经办人说明要写明理由或者结果。", "请填写后再登记。")
        said.append((matter, words))

    page = QWidget()
    show(qtbot, page)
    layer = MonthlyOverlay(page, figures, lambda: date(2026, 11, 23), explain, drawn.append)
    layer.open()
    qtbot.waitUntil(layer.hasFocus)
    yield layer  # noqa: PT022 - the page lives as long as the test


def test_it_opens_with_this_month_by_item_and_counts_no_people(layer: MonthlyOverlay) -> None:
    texts = screen_texts(layer)
    for wanted in (
        "2026年11月一次告知情况",
        "按事项",
        "目录文本",
        "B08　租赁<b>市场</b>住房提取",
        "合计",
    ):
        assert wanted in texts
    assert not any("按第一次告知的经办人" in text or "0001" in text for text in texts)
    assert "再次来办或者办结的 12 件中，9 件第一次就告知清楚（75%）。" in texts
    assert rich_labels(layer) == nameless(layer) == []


def test_a_row_is_read_out_whole_and_a_fault_stands_out(layer: MonthlyOverlay) -> None:
    labels = layer.findChildren(QLabel)
    spoken = [label.accessibleName() for label in labels]
    assert (
        "B08　租赁<b>市场</b>住房提取，件数 8，一次告知清楚 5，漏告 1，缺告 1，错告 0，目录文本 2，没有明细 1" in spoken
    )
    assert [label.text() for label in labels if label.property("role") == "error"] == ["1"] * 4
    assert [label.text() for label in labels if label.property("role") == "attention"][:2] == ["2", "2"]


def test_the_advice_names_what_was_most_often_spoken_of_late(layer: MonthlyOverlay) -> None:
    assert "“结婚证”（2 件）、“房租发票”（1 件）" in find(layer, QLabel, "advice").text()
    assert (
        find(layer, QLabel, "advice")
        .text()
        .endswith("照目录原文告知、后来目录改了的：B08（2 件），是目录文本的差错，请报中心更正。")
    )
    assert advice(figures(2026, 10).month) == ""
    assert in_one_sentence(MonthRow("", "合计", 1, 1)).endswith("（100%）。")


def test_the_months_are_turned_by_keys_and_not_beyond_this_one(layer: MonthlyOverlay) -> None:
    press(Qt.Key.Key_Right)
    assert layer.shown == (2026, 11)
    assert not find(layer, QPushButton, "下个月").isEnabled()
    press(Qt.Key.Key_Left)
    assert (layer.shown, find(layer, QLabel, "sentence").text(), find(layer, QLabel, "advice").isHidden()) == (
        (2026, 10),
        EMPTY,
        True,
    )
    find(layer, QPushButton, "下个月").click()
    assert layer.shown == (2026, 11)
    for _ in range(11):
        find(layer, QPushButton, "上个月").click()
    assert layer.shown == (2025, 12)


def test_a_book_that_cannot_be_read_is_said(layer: MonthlyOverlay) -> None:
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert find(layer, QLabel, "sentence").text() == "台账第 7 条记录读不出。请从最近的备份恢复。"


def test_a_name_is_made_visible_before_it_is_drawn(layer: MonthlyOverlay, drawn: list[str]) -> None:
    assert drawn == ["玉罕"]


def test_own_matters_stand_beneath_with_whose_fault_each_is(layer: MonthlyOverlay) -> None:
    texts = screen_texts(find(layer, OwnList))
    assert "11月20日　玉罕　B08　租赁市场住房提取" in texts
    assert "漏告　“不动产权证”上次没有告知，今天需要。" in texts
    assert "目录文本　“发票”上次没有告知，今天需要。上次是按目录 2026.10 版的原文告知的，由目录更正。" in texts
    assert "您的说明：已致歉" in texts
    press(Qt.Key.Key_Left)
    assert not layer.findChildren(OwnList)
    press(Qt.Key.Key_1)
    assert find(layer, AnswerLine).isHidden()


def test_a_digit_and_enter_record_the_clerks_words(layer: MonthlyOverlay, said: list[tuple[OwnMatter, str]]) -> None:
    press(Qt.Key.Key_3)
    assert find(layer, AnswerLine).isHidden(), "there is no third"
    press(Qt.Key.Key_2)
    assert find(layer, QLabel, "about").text() == "11月20日　未留姓名　B08　租赁市场住房提取"
    press(Qt.Key.Key_Return)
    assert fault_of(layer, "own_words") == "经办人说明要写明理由或者结果。请填写后再登记。"
    commit("当事人当时说未婚")
    press(Qt.Key.Key_Return)
    assert said == [(SECOND, "当事人当时说未婚")]
    assert (find(layer, AnswerLine).isHidden(), find(layer, QLabel, "sentence").text()) == (True, "说明已记入台账。")
    assert layer.hasFocus()


def test_esc_closes_the_answer_first_and_keeps_what_was_typed(layer: MonthlyOverlay) -> None:
    press(Qt.Key.Key_1)
    commit("写到一半")
    press(Qt.Key.Key_Escape)
    assert (find(layer, AnswerLine).isHidden(), layer.isHidden(), layer.hasFocus()) == (True, False, True)
    press(Qt.Key.Key_1)
    assert find(layer, QLineEdit, "own_words").text() == "写到一半"
    assert layer.close_overlay()
    assert find(layer, AnswerLine).isHidden()
    assert not layer.isHidden()


def test_forbidden_words_are_said_as_they_are_typed(layer: MonthlyOverlay) -> None:
    press(Qt.Key.Key_1)
    commit("不知道。")
    assert "服务忌语" in fault_of(layer, "own_words")


def test_esc_closes_it_and_other_keys_go_on(qtbot: Any, layer: MonthlyOverlay) -> None:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    assert not layer.isHidden()
    press(Qt.Key.Key_Escape)
    assert (layer.isHidden(), layer.close_overlay()) == (True, False)
