"""A journey by keys through the real window: the centre has approved an item, and it is promised on the same minute.

The keys are counted and printed; a key more needs a reason (product.md, A simple desk).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.app import make_application
from counter_assistant.domain.slip import SlipKind
from counter_assistant.operations.office import Office
from tests.make import ID_NUMBER, PHONE, confirmed
from tests.test_case_journeys import Counter
from tests.ui.desk_hand import commit, press, type_

NUMBER, APPROVER = "临公积金〔2026〕9号", "中心主任办公会"
BOUGHT = "11121"
"""Digits: self, deed issued, owner, spouse not too, here."""
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOST_TO_APPROVE, MOST_TO_APPROVE_ALL, MOST_TO_WITHDRAW = 4, 4, 3
"""From the refused F9 to the approval on record, and the same for all items; text that is typed not counted."""


class Hand:
    """The keys pressed so far; what an input method commits is text, and not counted."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.presses = counter, 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        press(key, modifier)

    @property
    def page(self) -> Any:
        return self.counter.window.stack.currentWidget()

    def counted(self) -> int:
        """The keys since this was last asked."""
        presses, self.presses = self.presses, 0
        return presses


@pytest.fixture
def counter(qtbot: Any, tmp_path: Path) -> Iterator[Counter]:
    make_application()
    made = Counter(tmp_path)
    office: Office = made.office
    office.decide_profile(confirmed(office.profile))
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk.page.serving is not None)
    qtbot.waitUntil(made.desk.page.panels.search.field.hasFocus)
    yield made
    made.window.close()
    made.office.close()


@pytest.fixture
def hand(counter: Counter) -> Hand:
    return Hand(counter)


def bring_everything(hand: Hand) -> None:
    """A whole application for a house that was bought, every condition checked."""
    type_("b01")
    press(Qt.Key.Key_Return)
    type_(BOUGHT)
    press(Qt.Key.Key_A, CONTROL)
    press(Qt.Key.Key_Return)
    commit("岩罕")
    press(Qt.Key.Key_Return)
    type_(PHONE)
    press(Qt.Key.Key_Return)
    type_(ID_NUMBER)
    press(Qt.Key.Key_F10)
    press(Qt.Key.Key_F)


def test_an_item_is_approved_and_promised_on_the_same_minute(
    hand: Hand, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a confirmed office and an applicant who has brought everything WHEN F9 is refused THEN Enter leads to where the
    approval is recorded, and F2, F9 promise at once."""
    desk = counter.desk.page
    bring_everything(hand)
    assert "按 F9 登记" in desk.panels.decision.note.text(), "it is said before F9"
    hand.key(Qt.Key.Key_F9)
    assert "没有本中心的核定" in desk.panels.decision.refusal.text()
    assert counter.office.archive.search() == []
    hand.counted()

    hand.key(Qt.Key.Key_Return)
    assert (hand.page.entry.id, hand.page.line.isVisible()) == ("B01", True)
    commit(NUMBER)
    hand.key(Qt.Key.Key_Return)
    commit(APPROVER)
    hand.key(Qt.Key.Key_F9)
    approved = hand.counted()
    assert "已登记核定：B01" in hand.page.message.text()
    assert "已登记核定 1 项" in counter.window.status.catalogue.text()

    hand.key(Qt.Key.Key_F2)
    assert desk.panels.decision.note.text() == ""
    assert "待核定" not in "".join(box._sentence() for box in desk.panels.questions.boxes.values())
    hand.key(Qt.Key.Key_F9)
    promised = hand.counted()
    (row,) = counter.office.archive.search()
    assert row.kind == SlipKind.PROMISE_NOTICE
    shown = counter.office.archive.show(row.number)
    assert counter.now == datetime.fromisoformat(shown.entry.payload["slip"]["issued_at"])
    assert counter.office.book.check().problems == []

    with capsys.disabled():
        print(f"\n登记核定 {approved} 键（至多 {MOST_TO_APPROVE}，文号、核定人另计），回受理台出具 {promised} 键")
    assert (approved <= MOST_TO_APPROVE, promised) == (True, 2)


def test_all_items_are_approved_at_once_and_one_is_taken_back(
    hand: Hand, counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN the page of the items WHEN all are approved in one act THEN every row says so; one is taken back with a reason."""
    press(Qt.Key.Key_F6)
    page = hand.page
    hand.key(Qt.Key.Key_F9)
    hand.key(Qt.Key.Key_3, ALT)
    commit(NUMBER)
    hand.key(Qt.Key.Key_Return)
    commit(APPROVER)
    hand.key(Qt.Key.Key_F9)
    everything = hand.counted()
    assert {page.list.state_of(entry.id).label for entry in page.found("")} == {"已核定"}
    assert page.standing.accessibleName().startswith(f"已核定　{APPROVER}{NUMBER}")

    type_("b08")
    hand.key(Qt.Key.Key_F9)
    hand.key(Qt.Key.Key_4, ALT)
    commit("文号写错了")
    hand.key(Qt.Key.Key_F9)
    back = hand.counted()
    assert "已收回核定：B08" in page.message.text()
    labels = [page.list.state_of(item).label for item in ("B08", "B09")]
    assert labels == ["示例", "已核定"]
    assert page.standing.text() == "示例，待本中心核定"

    with capsys.disabled():
        print(
            f"\n全部核定 {everything} 键（至多 {MOST_TO_APPROVE_ALL}），收回一项 {back} 键（至多 {MOST_TO_WITHDRAW}）"
        )
    assert everything <= MOST_TO_APPROVE_ALL
    assert back <= MOST_TO_WITHDRAW
