"""A return notice reviewed at one window, by keys: asked for, handed over, agreed to, handed back, issued; sealed and not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations import sealing
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in
from counter_assistant.ui.application import Desk
from counter_assistant.ui.desk.overlays.review_paper import ReviewPaper
from counter_assistant.ui.sealing.opening_page import OpeningPage
from counter_assistant.ui.start import read_index
from tests.make import a_request
from tests.operations.keys.book_key import key_by_passphrase
from tests.ui.counter import CONTROL, press
from tests.ui.desk.test_reviewing import RETURN, VISITOR, give_roles
from tests.ui.find import find
from tests.ui.sealing.test_hand_over import OURS, PIN, THEIR_PIN, THEIRS, cheap, current, on_screen, type_secret

__all__ = ["cheap"]
pytestmark = pytest.mark.slow  # every test opens the whole window

Key = Qt.Key


@pytest.fixture
def folder(data_dir: Path, cheap: None) -> Path:
    with closing(open_office(data_dir)) as office:
        give_roles(office)
    return data_dir


@pytest.fixture
def window(qtbot: Any) -> Iterator[Callable[[Path], Desk]]:
    opened: list[Desk] = []

    def open_window(folder: Path) -> Desk:
        made = Desk(folder, read_index(), training=False)
        opened.append(made)
        qtbot.addWidget(made.window)
        made.window.show()
        made.window.activateWindow()
        return made

    yield open_window
    for made in opened:
        made.window.close()
        made.opening.close()


def review_by_keys(qtbot: Any, desk: Desk, hand_over_to: Callable[[int], None]) -> None:
    """GIVEN a return on the desk WHEN F9, Ctrl+K, → Enter F9, Ctrl+K, → Enter F9 THEN it is issued, and names who agreed."""
    office = desk.opening.office()
    desk.page.take_request(a_request(**RETURN))
    press(Key.Key_F9)
    if desk.page.model.state.begun:  # the PC's zone may be doubtful, or a finding is to be read
        press(Key.Key_F9)
    assert desk.page.model.state.vacant
    hand_over_to(2)
    qtbot.waitUntil(lambda: current(desk) == "0002" and desk.window.page is desk.page)
    qtbot.wait(50)  # what the hand-over has put off settles, as it has before a hand presses the next key
    figure = find(desk.page, QAbstractButton, "to_review")
    assert figure.text() == "待复核 1"
    press(Key.Key_Right)
    press(Key.Key_Return)
    assert find(desk.page, ReviewPaper, "复核").isVisible()
    press(Key.Key_F9)
    assert not figure.isVisible()
    hand_over_to(1)
    qtbot.waitUntil(lambda: current(desk) == "0001" and desk.window.page is desk.page)
    qtbot.wait(50)  # what the hand-over has put off settles, as it has before a hand presses the next key
    assert desk.page.empty_desk._cards.empty_desk.aside.list.results.rows[0].more == "已复核，F9 出具"
    press(Key.Key_Right)
    press(Key.Key_Return)
    assert desk.page.model.state.name == VISITOR
    press(Key.Key_F9)
    assert desk.page.served
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert entry.payload["facts"]["details"]["reviewer"] == "玉罕"
    assert [each.payload["reviewer"] for each in office.book.entries(EntryKind.REVIEW)] == ["0002"]


def test_in_a_book_that_is_not_sealed(qtbot: Any, folder: Path, window: Callable[[Path], Desk]) -> None:
    desk = window(folder)
    qtbot.waitUntil(lambda: desk.page.attached)

    def by_digit(n: int) -> None:
        press(Key.Key_K, CONTROL)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.keyClick(menu, Key(Key.Key_0 + n))

    review_by_keys(qtbot, desk, by_digit)


def test_in_a_sealed_book(qtbot: Any, folder: Path, window: Callable[[Path], Desk]) -> None:
    with closing(open_office(folder)) as office:
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
        sealing.add_passphrase(office, "0001", "0002", THEIRS)
    for who, secret, pin in (("0001", OURS, PIN), ("0002", THEIRS, THEIR_PIN)):
        with closing(open_office(folder, key=key_by_passphrase(folder, who, secret))) as office:
            office.act_as(who)
            sign_in.set_pin(office, sign_in.sealed_pin(pin))
    desk = window(folder)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, OpeningPage))
    page = desk.window.page
    assert isinstance(page, OpeningPage)
    page.who.edit.setText("0001")
    page.secret.edit.setText(OURS)
    page.secret.edit.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.page is desk.page and desk.page.attached)

    def by_pin(n: int) -> None:
        press(Key.Key_K, CONTROL)
        press(Key(Key.Key_0 + n))
        type_secret(desk, {1: PIN, 2: THEIR_PIN}[n])

    review_by_keys(qtbot, desk, by_pin)
    assert PIN not in on_screen(desk)
