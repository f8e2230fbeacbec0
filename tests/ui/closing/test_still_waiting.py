"""Who still waits is shown before a day is closed, a digit to each; overtime is one key; nothing keeps a day from being closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.ui.closing.page import ClosingPage
from counter_assistant.ui.desk.presentation.draft_mapping import to_draft
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.shell.requests import ContinueDraft, ShowRegisters
from tests.hand_entries import TYPED
from tests.make import NOW, a_request
from tests.roles import Counter
from tests.ui.counter import nameless, press, rich_labels, screen_texts, show
from tests.ui.desk_hand import FakePrinting
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
EVENING, LATE = NOW.replace(hour=17, minute=20), NOW.replace(hour=17, minute=50)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    made.now = EVENING
    yield made
    made.office.close()


def put_aside(office: Office, name: str) -> str:
    state = DeskState(item="B08", item_name="租赁市场住房提取", name=name)
    office.drafts.save(state.uuid, to_draft(state), clerk="0001")
    return state.uuid


def page_of(qtbot: QtBot, counter: Counter, period: Period = Period.DAY) -> tuple[ClosingPage, list[object]]:
    page = ClosingPage(counter.office, period, FakePrinting())  # type: ignore[arg-type]
    asked: list[object] = []
    page.asked.connect(asked.append)
    show(qtbot, page)
    page.setFocus()
    return page, asked


def rows(page: ClosingPage) -> list[str]:
    shown = find(page, QListWidget, "still_waiting")
    return [shown.item(n).text() for n in range(shown.count())] if page.waiting.isVisible() else []


def is_closed(counter: Counter) -> bool:
    return counter.office.book.latest(EntryKind.DAY_CLOSED) is not None


def test_who_still_waits_is_shown_first_and_a_digit_goes_on_with_them(qtbot: QtBot, counter: Counter) -> None:
    uuid = put_aside(counter.office, "岩温")
    entry = keeping.record(counter.office, RegisterKind.INQUIRY, TYPED[RegisterKind.INQUIRY])
    page, asked = page_of(qtbot, counter)
    assert not is_closed(counter)
    assert [row.split("　")[:2] for row in rows(page)] == [["1", "岩温"], ["2", "咨询"]]
    assert "139****2222" in rows(page)[1]
    finished = []
    page.finished.connect(lambda: finished.append(True))
    press(Key.Key_1)
    press(Key.Key_2)
    press(Key.Key_3)
    assert asked == [ContinueDraft(uuid), ShowRegisters("inquiry", entry.seq)]
    assert finished == [True, True]


def test_by_mouse_too(qtbot: QtBot, counter: Counter) -> None:
    uuid = put_aside(counter.office, "岩温")
    page, asked = page_of(qtbot, counter)
    shown = page.waiting.list
    place = shown.visualItemRect(shown.item(0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [ContinueDraft(uuid)]


def test_it_is_shown_and_keeps_nothing_from_being_closed(qtbot: QtBot, counter: Counter) -> None:
    put_aside(counter.office, "岩温")
    page, asked = page_of(qtbot, counter)
    press(Key.Key_F9)
    assert is_closed(counter)
    assert rows(page) == []
    press(Key.Key_1)
    assert asked == []


def test_nobody_waits_and_the_day_is_closed_at_once(qtbot: QtBot, counter: Counter) -> None:
    counter.now = EVENING - timedelta(days=1)
    put_aside(counter.office, "昨天的人")
    counter.now = EVENING
    page, _ = page_of(qtbot, counter)
    assert rows(page) == []
    assert is_closed(counter)
    assert says(page, "message").startswith("已结账")


def test_a_month_asks_after_nobody(qtbot: QtBot, counter: Counter) -> None:
    put_aside(counter.office, "岩温")
    page, _ = page_of(qtbot, counter, Period.MONTH)
    assert rows(page) == []
    assert not page.overtime.isVisible()


def test_more_than_nine_say_where_the_others_are(qtbot: QtBot, counter: Counter) -> None:
    for n in range(11):
        put_aside(counter.office, f"岩{n}")
    page, _ = page_of(qtbot, counter)
    page.resize(1093 - 76, 614 - 80)
    assert len(rows(page)) == 9
    assert any("还有 2 位" in text for text in screen_texts(page))
    assert page.card.sizeHint().height() <= page.height()
    assert (nameless(page), rich_labels(page)) == ([], [])


def test_overtime_is_noted_by_one_key_before_the_day_is_closed(qtbot: QtBot, counter: Counter) -> None:
    counter.now = LATE
    issue_slip(counter.office, a_request())
    page, _ = page_of(qtbot, counter)
    assert not is_closed(counter)
    assert "又接待了 1 位" in says(page, "message")
    press(Key.Key_F7)
    entry = counter.office.book.latest(EntryKind.OVERTIME)
    assert entry is not None
    assert (entry.payload["until"], entry.payload["visitors"]) == ("17:50", 1)
    assert f"第 {entry.seq} 条" in says(page, "message")
    press(Key.Key_F7)
    assert counter.office.book.latest(EntryKind.OVERTIME) == entry
    assert not find(page, QPushButton, "记延时").isVisible()
    press(Key.Key_F9)
    assert is_closed(counter)
