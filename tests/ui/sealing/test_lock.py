"""A lock is over everything: nothing reaches the book through it, nothing speaks, nothing is lost behind it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QMenu, QMessageBox, QPushButton, QWidget

from counter_assistant.domain.calendar.system_clock import ClockDoubt
from counter_assistant.domain.people.pin import MOST_WRONG
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import tries
from counter_assistant.ui.application import Desk
from counter_assistant.ui.closing.page import ClosingPage
from counter_assistant.ui.file_dialog import ask_where_to_save
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.sealing import hand_over as handing
from counter_assistant.ui.sealing.passphrases_page import PassphrasesPage
from counter_assistant.ui.sealing.pin_page import PinPage
from counter_assistant.ui.sealing.renewal_page import RenewalPage
from counter_assistant.ui.sealing.sealing_page import SealingPage
from counter_assistant.ui.sealing.sign_in_page import SignInPage
from counter_assistant.ui.shell.bands.clock_band import ClockBand
from counter_assistant.ui.shell.page_keys import FOOT, PageKeys
from counter_assistant.ui.shell.page_stack import UNSAVED_BENEATH
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.page import Page
from tests.make import a_request, confirmed
from tests.ui.counter import CONTROL, SHIFT, commit, press, retype, screen_texts
from tests.ui.find import find
from tests.ui.sealing.test_hand_over import (
    OURS,
    PHONE,
    PIN,
    THEIRS,
    VISITOR,
    back_at_the_desk,
    cheap,
    current,
    desk,
    on_screen,
    put_on_the_desk,
    sealed,
    shown,
    type_secret,
)

__all__ = ["cheap", "desk", "sealed"]
pytestmark = pytest.mark.slow  # every test opens the whole window

ALT = Qt.KeyboardModifier.AltModifier


def lock() -> None:
    press(Qt.Key.Key_L, CONTROL | SHIFT)


def an_hour_later(desk: Desk) -> None:
    """Nobody has touched anything for longer than the time that was set."""
    owner = desk.window.findChild(handing.HandOver)
    assert owner is not None
    owner._last_act -= 3600
    owner._lock_when_idle()


def unlock(qtbot: Any, desk: Desk, secret: str = PIN) -> None:
    page = shown(desk)
    type_secret(desk, secret)
    qtbot.waitUntil(lambda: desk.window.page is not page, timeout=5000)


def hand_over() -> None:
    press(Qt.Key.Key_K, CONTROL)


COVERS = pytest.mark.parametrize("cover", [lock, hand_over])


def set_the_clock_back(desk: Desk) -> ClockDoubt:
    """The clock of the PC is wrong now, and the band says so."""
    database = desk.opening.office().database
    right = database.clock
    database.clock = lambda: right() - timedelta(days=400)
    band = desk.window.findChild(ClockBand)
    assert band is not None
    band.look()
    doubt = desk.opening.office().clock_doubt()
    assert doubt is not None
    return doubt


@COVERS
def test_no_key_of_the_window_reaches_the_book_through_it(desk: Desk, cover: Callable[[], None]) -> None:
    """Each shortcut of the whole program, pages and all, by its keys."""
    for key in ("cases", "archive", "items", "settings", "desk"):
        desk.window.show_page(key)
    set_the_clock_back(desk)
    office = desk.opening.office()
    cover()
    page, before = shown(desk), (office.book.head(), office.profile)
    own = {one.key().toString() for one in page.findChildren(QShortcut)}
    keys = {one.key().toString(): one.key() for one in desk.window.findChildren(QShortcut)}
    assert "Alt+T" in keys
    for name in keys.keys() - own:
        QTest.keySequence(desk.window, keys[name])
        assert isinstance(desk.window.page, SignInPage), name
    assert not find(desk.window, QPushButton, "clock_confirm").isEnabled()
    assert (office.book.head(), office.profile) == before


def test_alt_t_confirms_once_it_is_unlocked(qtbot: Any, desk: Desk) -> None:
    set_the_clock_back(desk)
    hand_over()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_T, ALT)
    assert desk.opening.office().clock_doubt() is None


def passphrases(desk: Desk) -> None:
    desk.context.sealing_asked.emit()


def renewal(desk: Desk) -> None:
    passphrases(desk)
    press(Qt.Key.Key_P, CONTROL)
    press(Qt.Key.Key_D, CONTROL)


def pin(desk: Desk) -> None:
    owner = desk.window.findChild(handing.HandOver)
    assert owner is not None
    owner.choose_pin()


PAGES = pytest.mark.parametrize(
    ("open_it", "kind", "field"),
    [(passphrases, PassphrasesPage, "first"), (renewal, RenewalPage, "back"), (pin, PinPage, "first")],
)


def test_closing_the_day_is_not_gone_on_with_by_another(qtbot: Any, desk: Desk) -> None:
    desk._show_closing()
    closing: object = desk.window.page
    assert isinstance(closing, ClosingPage)
    lock()
    unlock(qtbot, desk)
    assert desk.window.page is closing
    lock()
    press(Qt.Key.Key_Down)
    unlock(qtbot, desk, THEIRS)
    theirs: object = desk.window.page
    assert isinstance(theirs, PinPage)
    press(Qt.Key.Key_Escape)
    assert back_at_the_desk(desk)


@pytest.mark.parametrize("how", [lambda _desk: lock(), an_hour_later])
@PAGES
def test_what_stands_in_the_place_of_the_pages_is_locked_as_well_and_comes_back(
    qtbot: Any, desk: Desk, open_it: Callable[[Desk], None], kind: type[Page], field: str, how: Callable[[Desk], None]
) -> None:
    open_it(desk)
    page = desk.window.page
    assert isinstance(page, kind)
    sheet = page.shown.text() if isinstance(page, RenewalPage) else ""
    typed = find(page, QLineEdit, field)
    typed.setFocus()
    how(desk)
    assert shown(desk).locked
    assert not page.isVisible()
    assert not sheet or sheet not in on_screen(desk)
    press(Qt.Key.Key_Escape)
    assert shown(desk).locked
    unlock(qtbot, desk)
    assert desk.window.page is page
    assert typed.hasFocus()
    assert not desk.window.navigation.isVisible()
    press(Qt.Key.Key_Escape)
    assert desk.window.page is desk.page
    assert desk.window.navigation.isVisible()


@PAGES
def test_and_is_gone_where_another_comes(
    qtbot: Any, desk: Desk, open_it: Callable[[Desk], None], kind: type[Page], field: str
) -> None:
    """What the first one began about passphrases is not gone on with by the second."""
    open_it(desk)
    page = desk.window.page
    find(page, QLineEdit, field).setText("bashi")
    lock()
    press(Qt.Key.Key_Down)
    unlock(qtbot, desk, THEIRS)
    assert current(desk) == "0002"
    theirs: object = desk.window.page
    assert isinstance(theirs, PinPage), "they have none yet"
    assert theirs is not page
    press(Qt.Key.Key_Escape)
    assert back_at_the_desk(desk)


@pytest.mark.parametrize("how", [lambda _desk: lock(), an_hour_later])
def test_a_hand_over_becomes_a_lock(qtbot: Any, desk: Desk, how: Callable[[Desk], None]) -> None:
    put_on_the_desk(desk)
    hand_over()
    how(desk)
    assert shown(desk).locked
    press(Qt.Key.Key_Escape)
    assert shown(desk).locked, "it was no lock before, and Esc led back"
    unlock(qtbot, desk)
    assert back_at_the_desk(desk)
    assert VISITOR in on_screen(desk)


@pytest.mark.parametrize("first_run", [True, False])
def test_in_a_plain_book_as_well(qtbot: Any, data_dir: Path, first_run: bool) -> None:
    if not first_run:
        with closing(open_office(data_dir)) as office:
            office.decide_profile(confirmed(office.profile))
    desk = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.attached)
    if not first_run:
        desk.context.sealing_asked.emit()
    page = desk.window.page
    assert isinstance(page, FirstRunPage if first_run else SealingPage)
    lock()
    assert shown(desk).locked
    press(Qt.Key.Key_Return)
    assert desk.window.page is page
    desk.window.close()
    desk.opening.close()


@COVERS
def test_nothing_speaks_around_it_and_all_comes_back(qtbot: Any, desk: Desk, cover: Callable[[], None]) -> None:
    put_on_the_desk(desk)
    desk.page.take_request(
        a_request("A01", applicant={"name": "下一位", "phone": "13900001111"}, answers={"who": "self"})
    )
    desk.window.status.say(f"已复制：{VISITOR}同志")
    cover()
    assert VISITOR not in on_screen(desk)
    desk.page.draft_message.emit(f"已存草稿：{VISITOR}")
    desk.page.status_message.emit(f"{VISITOR}同志，您好")
    desk.window.status.say(f"{PHONE} 已复制")
    assert VISITOR not in on_screen(desk)
    assert PHONE not in on_screen(desk)
    assert VISITOR not in desk.window.status.message.accessibleName()
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: back_at_the_desk(desk))
    assert desk.window.status.draft.text() == f"已存草稿：{VISITOR}"
    assert PHONE in desk.window.status.message.accessibleName()


def test_another_clerk_hears_nothing_of_it(qtbot: Any, desk: Desk) -> None:
    put_on_the_desk(desk)
    desk.page.draft_message.emit(f"已存草稿：{VISITOR}")
    lock()
    desk.page.status_message.emit(f"{VISITOR}同志，您好")
    press(Qt.Key.Key_Down)
    unlock(qtbot, desk, THEIRS)
    status = desk.window.status
    assert (status.draft.text(), VISITOR in status.message.accessibleName()) == ("", False)


def half_a_setting(desk: Desk) -> QLineEdit:
    settings = desk.window.show_page("settings")
    assert settings is not None
    field = find(settings, QLineEdit, "branch")
    field.setFocus()
    retype("改了一半的")
    assert settings.unsaved
    return field


@COVERS
@pytest.mark.parametrize("where", ["shown", "behind another page", "behind passphrases"])
def test_nobody_closes_it_over_something_unsaved(qtbot: Any, desk: Desk, cover: Callable[[], None], where: str) -> None:
    field = half_a_setting(desk)
    if where != "shown":
        desk.window.show_page("cases")
    desk.window.close()
    desk.window.show_page("desk")
    if where == "behind passphrases":
        passphrases(desk)
        lock() if cover is hand_over else cover()
    else:
        cover()
    for _ in range(2):
        desk.window.close()
        assert desk.window.isVisible(), "however often, and whatever was said before"
        assert find(shown(desk), QLabel, "message").text() == UNSAVED_BENEATH
    unlock(qtbot, desk)
    assert field.text() == "改了一半的"


def test_nor_the_passphrases_over_something_unsaved(desk: Desk) -> None:
    half_a_setting(desk)
    passphrases(desk)
    desk.window.close()
    assert desk.window.isVisible()
    assert "未保存的修改" in desk.window.status.message.accessibleName()
    desk.window.close()
    assert not desk.window.isVisible()


def test_with_nothing_unsaved_a_locked_window_closes(desk: Desk) -> None:
    put_on_the_desk(desk)
    lock()
    desk.window.close()
    assert not desk.window.isVisible()


def test_wrong_pins_at_a_doubtful_time_are_noted_once_it_is_right(qtbot: Any, desk: Desk) -> None:
    database = desk.opening.office().database
    right = database.clock
    set_the_clock_back(desk)
    office = desk.opening.office()
    before, _ = office.book.head()
    lock()
    message = find(shown(desk), QLabel, "message")
    for n in range(1, MOST_WRONG + 1):
        type_secret(desk, "000001")
        qtbot.waitUntil(lambda n=n: tries.tries_of(office, "0001").wrong == n and "可以再试了" in message.text())
    assert office.book.head()[0] == before
    assert tries.tries_of(office, "0001").pin_is_spent
    unlock(qtbot, desk, OURS)
    database.clock = right
    band = desk.window.findChild(ClockBand)
    assert band is not None
    band.look()
    assert [entry.payload["who"] for entry in office.book.entries(after=before)] == ["0001"] * MOST_WRONG


def test_on_a_locked_window_the_arrows_choose_who_it_is(qtbot: Any, desk: Desk) -> None:
    lock()
    page = shown(desk)
    assert "↑ ↓" in "".join(screen_texts(page))
    field = find(page, QLineEdit, "secret")
    for key, who in ((Qt.Key.Key_Up, "0001"), (Qt.Key.Key_Down, "0002"), (Qt.Key.Key_Up, "0001")):
        press(key)
        assert (page.who, field.hasFocus()) == (who, True)
    field.setText("2718")
    press(Qt.Key.Key_Down)
    assert page.who == "0001", "whose PIN is being typed stays chosen"
    field.clear()
    press(Qt.Key.Key_Down)
    unlock(qtbot, desk, THEIRS)
    assert current(desk) == "0002"


@COVERS
def test_its_keys_name_no_page_and_no_search(desk: Desk, cover: Callable[[], None]) -> None:
    cover()
    press(Qt.Key.Key_F1)
    layer = shown(desk).findChild(PageKeys)
    assert layer is not None
    assert layer.isVisible()
    assert [key for key, _ in layer.keys] == (["↑ ↓", "回车"] if cover is lock else ["1 … 9", "↑ ↓", "回车", "Esc"])
    assert FOOT not in screen_texts(layer)


def a_file_dialog(desk: Desk) -> QWidget:
    made = QFileDialog(desk.window)
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.open()
    return made


def a_message(desk: Desk) -> QWidget:
    made = QMessageBox(desk.window)
    made.setText(VISITOR)
    made.open()
    return made


def a_menu(desk: Desk) -> QWidget:
    made = QMenu(desk.page)
    made.addMenu(VISITOR).addAction("接着办")
    made.popup(desk.window.mapToGlobal(desk.window.rect().center()))
    return made


def a_list(desk: Desk) -> QWidget:
    box = QComboBox(desk.page)
    box.setAccessibleName("来访人")
    box.setAccessibleDescription("来访人")
    box.addItems([VISITOR, "别人"])
    box.show()
    box.showPopup()
    return box.view().window()


def the_signs(desk: Desk) -> QWidget:
    desk.phrases.open_signs()
    assert desk.phrases.signs is not None
    return desk.phrases.signs


@pytest.mark.parametrize("open_it", [a_file_dialog, a_message, a_menu, a_list, the_signs])
def test_what_was_open_over_the_window_is_closed(qtbot: Any, desk: Desk, open_it: Callable[[Desk], QWidget]) -> None:
    window = open_it(desk)
    qtbot.waitUntil(window.isVisible)
    an_hour_later(desk)
    assert shown(desk).locked
    assert not window.isVisible()
    assert VISITOR not in on_screen(desk)
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: back_at_the_desk(desk), timeout=5000)


def test_a_file_that_was_being_chosen_is_not(qtbot: Any, desk: Desk) -> None:
    """The dialog waits for its answer in a loop of its own, in which the time locks the window."""
    answers: list[Path | None] = []
    QTimer.singleShot(100, lambda: an_hour_later(desk))
    answers.append(ask_where_to_save(desk.window, "告知单.pdf"))
    assert answers == [None]
    assert shown(desk).locked
    desk.window.activateWindow()
    qtbot.waitUntil(find(shown(desk), QLineEdit, "secret").hasFocus, timeout=5000)


def float_the_phrases(qtbot: Any, desk: Desk) -> QWidget:
    desk.phrases.toggle()
    if desk.phrases._floating is None:
        desk.phrases.turn_place()
    floating = desk.phrases._floating
    assert floating is not None
    floating.activateWindow()
    qtbot.waitUntil(floating.isActiveWindow, timeout=5000)
    return floating


def test_what_is_typed_in_a_floating_window_is_an_act(qtbot: Any, desk: Desk) -> None:
    floating = float_the_phrases(qtbot, desk)
    owner = desk.window.findChild(handing.HandOver)
    assert owner is not None
    owner._lock_when_idle()
    owner._last_act -= 3600
    handle = floating.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)
    owner._lock_when_idle()
    assert back_at_the_desk(desk)


def test_a_floating_window_locks_and_keeps_what_was_looked_for(qtbot: Any, desk: Desk) -> None:
    floating = float_the_phrases(qtbot, desk)
    commit("您好")
    looked_for = desk.phrases.panel.chosen
    assert looked_for is not None
    press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert shown(desk).locked
    assert not floating.isVisible()
    qtbot.waitUntil(find(shown(desk), QLineEdit, "secret").hasFocus, timeout=5000)
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: back_at_the_desk(desk), timeout=5000)
    assert floating.isVisible()
    assert desk.phrases.panel.field.text() == "您好"
    assert desk.phrases.panel.chosen == looked_for
