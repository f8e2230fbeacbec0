"""A sealed book is opened in the window: by a passphrase or the sheet, with a wait after each wrong try."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations import sealing
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.office import open_office
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.ui import local_settings
from counter_assistant.ui.application import Desk
from counter_assistant.ui.sealing import opening_page
from counter_assistant.ui.sealing.opening_page import OpeningPage
from counter_assistant.ui.sealing.passphrases_page import EXPLAINED
from counter_assistant.ui.shell.trouble import TroublePage
from counter_assistant.ui.start import read_index
from tests.make import confirmed
from tests.operations.keys.book_key import key_by_passphrase, key_by_sheet
from tests.storage.sealing.canary import found_in
from tests.ui.counter import CONTROL, press, show
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test opens the whole window

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"


@pytest.fixture
def sheet(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A sealed book, and the words of its sheet."""
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    words = sealing.new_sheet()
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
        one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
        sealing.seal(office, one, OURS, words)
        sealing.add_passphrase(office, one, two, THEIRS)
    return words


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, sheet: str) -> Iterator[Desk]:
    made = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(made.window.page, (OpeningPage, TroublePage)))
    yield made
    made.window.close()
    made.opening.close()


def page_of(desk: Desk) -> OpeningPage:
    assert isinstance(desk.window.page, OpeningPage)
    return desk.window.page


def say(desk: Desk, who: str, secret: str) -> None:
    page = page_of(desk)
    page.who.edit.setText(who)
    page.secret.edit.setText(secret)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)


def test_a_colleague_opens_it_and_is_who_acts(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    page = page_of(desk)
    assert page.who.edit.hasFocus()
    assert page.secret.edit.echoMode() is QLineEdit.EchoMode.Password
    assert "密封" in desk.window.status.mode.text()
    say(desk, "0002", THEIRS)
    qtbot.waitUntil(lambda: desk.page.attached)
    office = desk.opening.office()
    assert office.sealed
    assert office.profile.clerk("").staff_number == "0002"
    assert local_settings.load(data_dir).opener == "0002"
    assert THEIRS not in (data_dir / local_settings.NAME).read_text("utf-8")


def test_the_number_is_remembered_and_the_passphrase_never(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    local_settings.change(data_dir, opener="0001")
    again = OpeningPage(data_dir)
    qtbot.addWidget(again)
    again.show()
    assert (again.who.edit.text(), again.secret.edit.text()) == ("0001", "")
    assert again.focusProxy() is again.secret.edit


def test_each_wrong_try_waits_longer(qtbot: Any, desk: Desk) -> None:
    page = page_of(desk)
    for wrong, seconds in ((0, 1), (1, 2), (2, 4), (5, 30), (20, 30)):
        page._wrong = Counter({"0001": wrong})
        say(desk, "0001" if wrong else "9999", THEIRS)
        qtbot.waitUntil(lambda seconds=seconds: f"{seconds} 秒后可以再试" in page.message.text())
        assert page._deriving._wait.interval() == seconds * 1000
        assert page.secret.edit.text() == ""
        say(desk, "0001", OURS)
        assert not page._deriving._running, "nothing is tried while it waits"
        page._deriving._wait.stop()
        page._deriving._wait.timeout.emit()
        assert page.message.text() == "刚才的不对，可以再试了。"
    page._wrong = Counter({"0001": 2, "a passphrase where the number goes": 1})
    say(desk, "0001", OURS)
    qtbot.waitUntil(lambda: desk.page.attached)
    said = [entry.payload for entry in desk.opening.office().book.entries(EntryKind.SIGNIN_FAILED)]
    assert [(one["who"], one["times"]) for one in said] == [("0001", 2), ("", 1)], (
        "what nobody is called may be a secret"
    )


def test_the_sheet_opens_it_and_that_is_an_entry(qtbot: Any, desk: Desk, sheet: str) -> None:
    page = page_of(desk)
    press(Qt.Key.Key_L, CONTROL)
    assert page.secret.edit.echoMode() is QLineEdit.EchoMode.Normal
    say(desk, "0002", sheet[:11])
    qtbot.waitUntil(lambda: "恢复单有 12 个字" in page.message.text())
    assert page.secret.edit.text() == sheet[:11], "what has to be mended stays"
    say(desk, "0002", f"{sheet[:4]} {sheet[4:8]} {sheet[8:]}")
    qtbot.waitUntil(lambda: desk.page.attached)
    noted = desk.opening.office().book.latest(EntryKind.KEY_SLOT)
    assert noted is not None
    assert noted.payload["act"] == "opened_by_sheet"
    passphrases: Any = desk.window.page
    assert "工号 0002 已填好" in passphrases.explained.text()
    for field in (passphrases.first, passphrases.again):
        field.edit.setText("xin de kouling 2027 mengding")
    press(Qt.Key.Key_S, CONTROL)
    assert "恢复单照旧能用" in passphrases.message.text()
    assert passphrases.explained.text() == EXPLAINED, "nothing asks any more for what is done"


def test_the_sheet_at_a_doubtful_time_opens_nothing_until_the_time_is_confirmed(
    qtbot: Any, desk: Desk, data_dir: Path, sheet: str
) -> None:
    key, ahead = key_by_sheet(data_dir, sheet), timedelta(days=400)
    with closing(open_office(data_dir, lambda: system_clock() + ahead, key=key)) as office:
        office.confirm_clock()
    press(Qt.Key.Key_L, CONTROL)
    say(desk, "0002", sheet)
    page = page_of(desk)
    qtbot.waitUntil(lambda: not page.clock.isHidden())
    assert "请先改正电脑时间" in page.message.text()
    assert (desk.page.attached, local_settings.load(data_dir).opener) == (False, ""), "nothing is shown unnoted"
    press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: desk.page.attached)
    *_, confirmed_now, noted = desk.opening.office().book.entries()
    assert (confirmed_now.payload["clerk"], noted.payload["act"]) == ("0002", "opened_by_sheet")


def test_what_was_typed_for_a_staff_number_is_kept_only_once_the_book_knows_it(
    qtbot: Any, desk: Desk, data_dir: Path, sheet: str
) -> None:
    """GIVEN a passphrase in the place of the staff number WHEN the sheet opens the book THEN it stands in no file."""
    press(Qt.Key.Key_L, CONTROL)
    say(desk, OURS, sheet)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, TroublePage))
    assert found_in(data_dir, (OURS, sheet)) == []
    desk.opening.retry()
    say(desk, "0001", OURS)
    qtbot.waitUntil(lambda: desk.page.attached)
    assert local_settings.load(data_dir).opener == "0001"


def test_back_from_the_sheet_nothing_typed_is_seen(desk: Desk) -> None:
    page = page_of(desk)
    press(Qt.Key.Key_L, CONTROL)
    press(Qt.Key.Key_L, CONTROL)
    assert page.secret.edit.echoMode() is QLineEdit.EchoMode.Password
    assert find(page, QPushButton, "用恢复单打开")


@pytest.fixture
def stick(data_dir: Path, sheet: str) -> Path:
    """The key file of 0001, whose passphrase opens the book as well."""
    path = data_dir.parent / "stick" / "mine.key"
    path.parent.mkdir()
    with closing(open_office(data_dir, key=key_by_passphrase(data_dir, "0001", OURS))) as office:
        give_key_file(office, "0001", "0001", path, OURS)
    return path


def test_a_key_file_opens_it_by_being_chosen_and_its_place_is_remembered(
    qtbot: Any, stick: Path, desk: Desk, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, chosen = page_of(desk), [None, stick]
    monkeypatch.setattr(opening_page, "ask_for_file", lambda *_: chosen.pop(0))
    press(Qt.Key.Key_O, CONTROL)
    assert page.way is opening_page.Way.PASSPHRASE, "whoever chooses no file is where they were"
    page.who.edit.setText("0002")
    press(Qt.Key.Key_O, CONTROL)
    qtbot.waitUntil(lambda: "这是工号 0001 的钥匙文件" in page.message.text())
    assert not page._deriving._wait.isActive(), "a wrong stick is no guess"
    assert local_settings.load(data_dir).key_file == ""
    say(desk, "0001", str(stick))
    qtbot.waitUntil(lambda: desk.page.attached)
    assert local_settings.load(data_dir).key_file == str(stick)
    assert list(data_dir.rglob("*.key")) == []


def test_with_the_stick_in_enter_opens_it_and_without_it_the_passphrase_is_asked_for(
    qtbot: Any, stick: Path, data_dir: Path
) -> None:
    local_settings.change(data_dir, opener="0001", key_file=str(stick))
    page = OpeningPage(data_dir)
    qtbot.addWidget(page)
    show(qtbot, page)
    assert (page.way, page.secret.edit.text()) == (opening_page.Way.KEY_FILE, str(stick))
    with qtbot.waitSignal(page.opened):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_L, CONTROL)
    assert page.secret.edit.text() == ""
    assert page.secret.edit.echoMode() is QLineEdit.EchoMode.Password
    stick.unlink()
    again = OpeningPage(data_dir)
    qtbot.addWidget(again)
    assert (again.way, again.secret.edit.text()) == (opening_page.Way.PASSPHRASE, "")


def test_a_passphrase_that_is_typed_while_a_key_file_opens_is_remembered_nowhere(
    qtbot: Any, stick: Path, data_dir: Path
) -> None:
    local_settings.change(data_dir, opener="0001", key_file=str(stick))
    page = OpeningPage(data_dir)
    qtbot.addWidget(page)
    show(qtbot, page)
    page._go(opening_page.Way.PASSPHRASE, OURS)
    page._open((str(stick), sealing.by_key_file(data_dir, "0001", stick)))
    page.keep_opener()
    assert OURS not in (data_dir / local_settings.NAME).read_text("utf-8")
    page.close_down()


def test_what_is_missing_stands_beside_its_field(desk: Desk) -> None:
    page = page_of(desk)
    say(desk, "", "")
    assert (page.who.fault, page.who.edit.hasFocus()) == ("请填工号", True)
    say(desk, "0001", "")
    assert (page.who.fault, page.secret.fault) == ("", "请输入")


def test_damaged_keys_are_told_and_nothing_is_a_guess(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    (data_dir / NAME).write_text("{", "utf-8")
    say(desk, "0001", OURS)
    qtbot.waitUntil(lambda: "已损坏" in page_of(desk).message.text())
    assert not page_of(desk)._deriving._wait.isActive()


def test_who_is_no_clerk_any_more_is_not_let_in(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    """GIVEN a passphrase of somebody who has left WHEN it opens the book THEN the window says so and shows nothing of it."""
    from dataclasses import replace

    with closing(open_office(data_dir, key=key_by_passphrase(data_dir, "0001", OURS))) as office:
        profile = office.profile
        kept = tuple(clerk for clerk in profile.clerks if clerk.staff_number != "0002")
        posts = tuple(replace(post, holder="0001") for post in profile.posts)
        left = replace(profile, clerks=kept, posts=posts, current_clerk="0001")
        office.book.append(EntryKind.OFFICE_PROFILE, left.to_payload())  # as an earlier version let it be decided
    say(desk, "0002", THEIRS)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, TroublePage))
    assert not desk.page.attached
    desk.opening.retry()
    assert isinstance(desk.window.page, OpeningPage)


def test_a_window_that_is_closed_while_a_key_is_derived_opens_nothing(
    qtbot: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slowly(folder: Path, who: str, passphrase: str) -> sealing.Opened:
        begun.set()
        go_on.wait(10)
        return sealing.by_passphrase(folder, who, passphrase)

    monkeypatch.setattr(opening_page, "by_passphrase", slowly)
    page = page_of(desk)
    opened: list[object] = []
    page.opened.connect(opened.append)
    say(desk, "0001", OURS)
    assert begun.wait(10)
    Timer(0.1, go_on.set).start()
    desk.window.close()
    assert page._deriving._pool.activeThreadCount() == 0, "the thread was waited for"
    desk.opening.close()
    qtbot.waitUntil(lambda: bool(opened))
    assert not desk.page.attached


def test_every_word_is_plain_and_every_button_has_a_name(desk: Desk) -> None:
    page = page_of(desk)
    assert [
        label.text() for label in page.findChildren(QLabel) if label.textFormat() is not Qt.TextFormat.PlainText
    ] == []
    assert [button for button in page.findChildren(QPushButton) if not button.accessibleName()] == []
