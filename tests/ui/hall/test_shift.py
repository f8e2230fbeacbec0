"""A shift begins with the password of the server; whoever takes the window over shows theirs, and the server knows them by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in
from counter_assistant.storage import ciphers
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place
from counter_assistant.storage.server.window_pins import NAME, write_pin
from counter_assistant.ui import local_settings
from counter_assistant.ui.application import Desk
from counter_assistant.ui.hall.shift_page import ShiftPage
from counter_assistant.ui.sealing.pin_page import PinPage
from counter_assistant.ui.sealing.sign_in_page import SignInPage
from tests import hall
from tests.ui.counter import press
from tests.ui.desk_hand import type_
from tests.ui.hall.conftest import BOOK, OURS, THEIRS, a_desk, issued

PIN = "271828"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, place: BookPlace) -> Iterator[Desk]:
    data_dir.mkdir()
    note_book_place(data_dir, place)
    made = a_desk(qtbot, data_dir)
    qtbot.waitUntil(lambda: isinstance(made.window.page, ShiftPage))
    yield made
    made.window.close()
    made.opening.close()


def say(desk: Desk, who: str, secret: str) -> None:
    page = desk.window.page
    assert isinstance(page, ShiftPage)
    page.who.edit.setText(who)
    page.secret.edit.setText(secret)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)


def test_the_password_lets_its_clerk_in_and_lies_nowhere(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    page = desk.window.page
    assert isinstance(page, ShiftPage)
    assert page.who.edit.hasFocus()
    assert page.secret.edit.echoMode() is QLineEdit.EchoMode.Password
    say(desk, "0002", THEIRS)
    qtbot.waitUntil(lambda: desk.page.attached)
    office = desk.opening.office()
    assert (office.profile.current_clerk, office.profile.window) == ("0002", "综合窗口 2")
    assert local_settings.load(data_dir).opener == "0002"
    assert not [p for p in data_dir.rglob("*") if p.is_file() and THEIRS.encode() in p.read_bytes()]


def test_a_wrong_one_is_told_and_waited_for_and_the_right_one_opens(qtbot: Any, desk: Desk) -> None:
    say(desk, "0002", OURS)
    page = desk.window.page
    assert isinstance(page, ShiftPage)
    assert "不认这个用户或密码" in page.message.text()
    assert "秒后可以再试" in page.message.text()
    assert "没有生效" not in page.message.text(), "nothing has begun"
    assert page.secret.edit.text() == ""
    qtbot.waitUntil(lambda: "可以再试了" in page.message.text())
    say(desk, "0002", THEIRS)
    qtbot.waitUntil(lambda: desk.page.attached)


def test_nothing_is_asked_with_a_field_left_empty(desk: Desk) -> None:
    say(desk, "0002", "")
    page = desk.window.page
    assert isinstance(page, ShiftPage)
    assert "请输密码" in [label.text() for label in page.secret.findChildren(QLabel)]
    assert page.secret.edit.hasFocus()


def test_whoever_takes_over_is_who_the_server_knows(qtbot: Any, desk: Desk, server: hall.Server) -> None:
    """GIVEN a shift of one clerk WHEN another takes the window over with their own password THEN what they issue is theirs on the server too."""
    say(desk, "0001", OURS)
    qtbot.waitUntil(lambda: desk.page.attached)
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, SignInPage))
    page = desk.window.page
    assert isinstance(page, SignInPage)
    assert page.secret.isVisible()
    page.people.setCurrentRow(1)
    page.secret.edit.setText(OURS)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不对" in page.message.text())
    qtbot.waitUntil(lambda: "可以再试了" in page.message.text())

    def enters() -> bool:
        """As somebody does who is told to wait a second more."""
        if isinstance(desk.window.page, SignInPage) and not page.secret.edit.text():
            page.secret.edit.setText(THEIRS)
            page.secret.edit.setFocus()
            press(Qt.Key.Key_Return)
        return not isinstance(desk.window.page, SignInPage)

    qtbot.waitUntil(enters)
    office = desk.opening.office()
    assert office.profile.current_clerk == "0002"
    number = issued(office)
    wrote = server.tell(f"SELECT by_role FROM {BOOK}.entry ORDER BY seq DESC LIMIT 1")
    assert wrote == [("clerk_0002",)]
    assert office.archive.show(number).row.clerk == "玉罕"


def test_what_another_window_issues_is_seen_without_a_key(
    qtbot: Any, desk: Desk, place: BookPlace, tmp_path: Path
) -> None:
    say(desk, "0001", OURS)
    qtbot.waitUntil(lambda: desk.page.attached)
    press(Qt.Key.Key_F4)
    archive: Any = desk.window.page
    with closing(open_office(tmp_path / "other", place=place, shift=Shift("0002", THEIRS))) as other:
        number = issued(other)
    qtbot.waitUntil(lambda: archive.finder.slip is not None and archive.finder.slip.number == number)
    assert archive.finder.search.text() == ""


def test_a_pin_unlocks_the_window_of_its_shift_and_nothing_else(
    qtbot: Any, desk: Desk, server: hall.Server, data_dir: Path
) -> None:
    """GIVEN a shift WHEN its clerk chooses a PIN, showing the password THEN the PIN unlocks this window, lies nowhere as it is, and lets nobody else in."""
    say(desk, "0001", OURS)
    qtbot.waitUntil(lambda: desk.page.attached)
    choose_pin(qtbot, desk, THEIRS)
    assert "秒后可以再试" in pin_page(desk).message.text()
    qtbot.wait(1100)
    choose_pin(qtbot, desk, OURS)
    qtbot.waitUntil(lambda: not isinstance(desk.window.page, PinPage))
    assert PIN.encode() not in (data_dir / NAME).read_bytes()
    assert OURS.encode() not in (data_dir / NAME).read_bytes()
    lock = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    press(*lock)
    assert unlock(qtbot, desk, PIN)
    number = issued(desk.opening.office())
    assert server.tell(f"SELECT by_role FROM {BOOK}.entry ORDER BY seq DESC LIMIT 1") == [("clerk_0001",)]
    assert number
    press(*lock)
    assert not unlock(qtbot, desk, "925170")
    assert not unlock(qtbot, desk, PIN, row=1), "it is the PIN of another clerk"
    assert unlock(qtbot, desk, OURS), "the password unlocks as well"


def test_a_new_day_begins_with_the_password_whatever_the_pin(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    write_pin(data_dir, "0001", sign_in.sealed_pin(PIN).to_json(ciphers.SEAL))
    say(desk, "0001", PIN)
    page = desk.window.page
    assert isinstance(page, ShiftPage)
    assert "不认这个用户或密码" in page.message.text()


def choose_pin(qtbot: Any, desk: Desk, password: str) -> None:
    if not isinstance(desk.window.page, PinPage):
        type_("spin")
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: isinstance(desk.window.page, PinPage))
    page = pin_page(desk)
    assert page.old.isVisible(), "whoever sits at an open window may be somebody else"
    for field, text in ((page.old, password), (page.first, PIN), (page.again, PIN)):
        field.edit.setText(text)
    page.again.edit.setFocus()
    press(Qt.Key.Key_Return)


def pin_page(desk: Desk) -> PinPage:
    page = desk.window.page
    assert isinstance(page, PinPage)
    return page


def unlock(qtbot: Any, desk: Desk, secret: str, row: int = 0) -> bool:
    page = desk.window.page
    assert isinstance(page, SignInPage)
    assert page.locked
    if "秒后" in page.message.text():
        qtbot.waitUntil(lambda: "可以再试了" in page.message.text())
    page.people.setCurrentRow(row)
    page.secret.edit.setText(secret)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isinstance(desk.window.page, SignInPage) or "不对" in page.message.text())
    return not isinstance(desk.window.page, SignInPage)
