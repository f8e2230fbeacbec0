"""A journey by keys through the real window: the centre has approved an item, and it is promised on the same minute."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.ui.desk.cards.condition_box import ConditionBox
from counter_assistant.ui.items.approval_line import ApprovalLine
from counter_assistant.ui.items.item_list import ItemList
from tests.journeys.keys import ALT, CONTROL, Counter
from tests.make import ID_NUMBER
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window

NUMBER, APPROVER = "临公积金〔2026〕9号", "中心主任办公会"
BOUGHT = "11121"
"""Digits: self, deed issued, owner, spouse not too, here."""


@pytest.fixture
def approved() -> tuple[str, ...]:
    """The centre has approved nothing yet."""
    return ()


def bring_everything(counter: Counter) -> None:
    """A whole application for a house that was bought, every condition checked."""
    counter.take("b01", BOUGHT)
    counter.press(Qt.Key.Key_A, CONTROL)
    counter.who(id_number=ID_NUMBER)
    counter.set_circumstance("f")


def test_an_item_is_approved_and_promised_on_the_same_minute(counter: Counter) -> None:
    """GIVEN a confirmed office and an applicant who has brought everything WHEN F9 is refused THEN Enter leads to where the
    approval is recorded, and F2, F9 promise at once."""
    bring_everything(counter)
    assert "按 F9 登记" in counter.says("decision_note"), "it is said before F9"
    counter.press(Qt.Key.Key_F9)
    assert "没有本中心的核定" in counter.says("decision_refusal")
    assert counter.office.archive.search() == []
    counter.start()

    counter.press(Qt.Key.Key_Return)
    assert (counter.page.entry.id, find(counter.page, ApprovalLine).isVisible()) == ("B01", True)
    counter.write(NUMBER)
    counter.press(Qt.Key.Key_Return)
    counter.write(APPROVER)
    counter.press(Qt.Key.Key_F9)
    counter.took("登记核定，从 F9 出不了起")
    assert "已登记核定：B01" in find(counter.page, QLabel, "message").text()
    assert "已登记核定 1 项" in counter.window.status.catalogue.text()

    counter.press(Qt.Key.Key_F2)
    assert counter.says("decision_note") == ""
    assert "待核定" not in "".join(box.sentence for box in counter.desk.page.findChildren(ConditionBox))
    counter.press(Qt.Key.Key_F9)
    counter.took("核定以后回受理台出具")
    (row,) = counter.office.archive.search()
    assert row.kind == SlipKind.PROMISE_NOTICE
    shown = counter.office.archive.show(row.number)
    assert counter.now == datetime.fromisoformat(shown.entry.payload["slip"]["issued_at"])
    assert counter.sound()


def test_all_items_are_approved_at_once_and_one_is_taken_back(counter: Counter) -> None:
    """GIVEN the page of the items WHEN all are approved in one act THEN every row says so; one is taken back with a reason."""
    counter.press(Qt.Key.Key_F6)
    counter.start()
    page = counter.page
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_3, ALT)
    counter.write(NUMBER)
    counter.press(Qt.Key.Key_Return)
    counter.write(APPROVER)
    counter.press(Qt.Key.Key_F9)
    counter.took("全部核定")
    assert {find(page, ItemList).state_of(item).label for item in counter.office.catalogue.items} == {"已核定"}
    assert find(page, QLabel, "approval").accessibleName().startswith(f"已核定　{APPROVER}{NUMBER}")

    counter.type("b08")
    counter.start()
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_4, ALT)
    counter.write("文号写错了")
    counter.press(Qt.Key.Key_F9)
    counter.took("收回一项核定")
    assert "已收回核定：B08" in find(page, QLabel, "message").text()
    labels = [find(page, ItemList).state_of(item).label for item in ("B08", "B09")]
    assert labels == ["示例", "已核定"]
    assert find(page, QLabel, "approval").text() == "示例，待本中心核定"
