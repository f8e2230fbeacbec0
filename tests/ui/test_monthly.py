"""本月一次告知情况：the figures over the page, month by month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.told_month import Month, MonthRow
from counter_assistant.ui.cases.monthly import EMPTY, MonthlyLayer, advice, in_one_sentence
from tests.ui.counter import nameless, press, rich_labels, screen_texts, show

pytestmark = pytest.mark.slow  # every test makes a page of its own

RENT = MonthRow("B08", "租赁市场住房提取", 8, 6, 1, 1, 0, 1)
HOUSE = MonthRow("B01", "购买新建商品住房提取", 4, 4)
LI = MonthRow("001", "李<b>某</b>", 12, 10, 1, 1, 0, 1)
ALL = MonthRow("", "合计", 12, 10, 1, 1, 0, 1)
BUSY = Month(2026, 11, ALL, (HOUSE, RENT), (LI,), (("结婚证", 2), ("房租发票", 1)))


def figures(year: int, month: int) -> Month:
    if (year, month) == (2026, 9):
        raise Refusal("book-damaged", "台账第 7 条记录读不出。", "请从最近的备份恢复。")
    return BUSY if (year, month) == (2026, 11) else Month(year, month, MonthRow("", "合计"), (), (), ())


@pytest.fixture
def layer(qtbot: Any) -> MonthlyLayer:
    page = QWidget()
    show(qtbot, page)
    layer = MonthlyLayer(page, figures, lambda: date(2026, 11, 23))
    layer.page_kept = page  # type: ignore[attr-defined]
    layer.open()
    qtbot.waitUntil(layer.hasFocus)
    return layer


def test_it_opens_with_this_month_by_item_and_by_clerk(layer: MonthlyLayer) -> None:
    texts = screen_texts(layer)
    for wanted in (
        "2026年11月一次告知情况",
        "按事项",
        "按第一次告知的经办人",
        "B08　租赁市场住房提取",
        "001　李<b>某</b>",
        "合计",
    ):
        assert wanted in texts
    assert "再次来办或者办结的 12 件中，10 件第一次就告知清楚（83%）。" in texts
    assert rich_labels(layer) == nameless(layer) == []


def test_a_row_is_read_out_whole_and_a_fault_stands_out(layer: MonthlyLayer) -> None:
    labels = layer.findChildren(QLabel)
    spoken = [label.accessibleName() for label in labels]
    assert "B08　租赁市场住房提取，件数 8，一次告知清楚 6，漏告 1，缺告 1，错告 0，没有明细 1" in spoken
    assert [label.text() for label in labels if label.property("role") == "error"] == ["1"] * 6


def test_the_advice_names_what_was_most_often_spoken_of_late(layer: MonthlyLayer) -> None:
    assert "“结婚证”（2 件）、“房租发票”（1 件）" in layer.advice.text()
    assert advice(figures(2026, 10)) == ""
    assert in_one_sentence(MonthRow("", "合计", 1, 1)).endswith("（100%）。")


def test_the_months_are_turned_by_keys_and_not_beyond_this_one(layer: MonthlyLayer) -> None:
    press(Qt.Key.Key_Right)
    assert layer.shown == (2026, 11)
    assert not layer.after.isEnabled()
    press(Qt.Key.Key_Left)
    assert (layer.shown, layer.sentence.text(), layer.advice.isHidden()) == ((2026, 10), EMPTY, True)
    layer.after.click()
    assert layer.shown == (2026, 11)
    for _ in range(11):
        layer.before.click()
    assert layer.shown == (2025, 12)


def test_a_book_that_cannot_be_read_is_said(layer: MonthlyLayer) -> None:
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert layer.sentence.text() == "台账第 7 条记录读不出。请从最近的备份恢复。"


def test_esc_closes_it_and_other_keys_go_on(qtbot: Any, layer: MonthlyLayer) -> None:
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    assert not layer.isHidden()
    with qtbot.waitSignal(layer.closed):
        press(Qt.Key.Key_Escape)
    assert (layer.isHidden(), layer.close_layer()) == (True, False)
