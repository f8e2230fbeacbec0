"""Who is at the window: handed over by a PIN, locked with nothing of a visitor on the screen, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import at_window, sealing
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in, tries
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui import local_settings
from counter_assistant.ui.application import Desk
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.sealing import deriving, hand_over
from counter_assistant.ui.sealing.opening_page import OpeningPage
from counter_assistant.ui.sealing.passphrases_page import PassphrasesPage
from counter_assistant.ui.sealing.pin_page import PinPage
from counter_assistant.ui.sealing.sign_in_page import SignInPage
from counter_assistant.ui.settings.clerk_switch import ClerkSwitch
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.quiet_list import HINT
from tests.make import a_request, confirmed
from tests.operations.keys.book_key import key_by_passphrase
from tests.ui.counter import CONTROL, SHIFT, press
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test opens the whole window

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
PIN, THEIR_PIN = "271828", "314159"
VISITOR, PHONE = "岩罕", "13988887777"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))
    monkeypatch.setattr(deriving, "SECOND_MS", 1)
    monkeypatch.setattr(tries, "monotonic", lambda: monotonic() * 1000)


@pytest.fixture
def sealed(data_dir: Path, cheap: None) -> Path:
    """A sealed book of two clerks, the first of whom has a PIN."""
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
        sealing.add_passphrase(office, "0001", "0002", THEIRS)
    with closing(open_office(data_dir, key=key_by_passphrase(data_dir, "0001", OURS))) as office:
        office.act_as("0001")
        sign_in.set_pin(office, sign_in.sealed_pin(PIN))
    return data_dir


@pytest.fixture
def desk(qtbot: Any, sealed: Path) -> Iterator[Desk]:
    made = Desk(sealed, read_index(), training=False)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(made.window.page, OpeningPage))
    page = made.window.page
    assert isinstance(page, OpeningPage)
    page.who.edit.setText("0001")
    page.secret.edit.setText(OURS)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.window.page is made.page and made.page.attached)
    yield made
    made.window.close()
    made.opening.close()


def shown(desk: Desk) -> SignInPage:
    page = desk.window.page
    assert isinstance(page, SignInPage)
    return page


def panel_shown(desk: Desk) -> bool:
    return desk.phrases.shown


def back_at_the_desk(desk: Desk) -> bool:
    return desk.window.page is desk.page


def stays_locked(desk: Desk) -> bool:
    page = desk.window.page
    return isinstance(page, SignInPage) and page.locked and page.secret.edit.hasFocus()


def type_secret(desk: Desk, secret: str) -> None:
    field = find(shown(desk), QLineEdit, "secret")
    field.setFocus()
    field.setText(secret)
    press(Qt.Key.Key_Return)


def put_on_the_desk(desk: Desk) -> None:
    desk.page.take_request(a_request(applicant={"name": VISITOR, "phone": PHONE}, answers={"who": "self"}))
    assert VISITOR in on_screen(desk)


def on_screen(desk: Desk) -> str:
    """Every word of every widget that can be seen, in whatever window."""
    seen = [one for one in QApplication.allWidgets() if one.isVisible()]
    words = [one.windowTitle() + one.accessibleName() for one in seen]
    words += [str(one.property("text") or one.property("plainText") or "") for one in seen]
    return "\n".join(words)


def current(desk: Desk) -> str:
    return desk.opening.office().profile.clerk("").staff_number


def test_a_lock_shows_nothing_of_the_visitor_and_loses_nothing(qtbot: Any, desk: Desk) -> None:
    """GIVEN a visitor on the desk, the phrases beside it WHEN it is locked THEN no name is seen; the PIN brings all back."""
    put_on_the_desk(desk)
    desk.phrases.toggle()
    before = desk.page.model.state
    press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert shown(desk).locked
    assert not desk.page.isVisible()
    assert not panel_shown(desk)
    for word in (VISITOR, PHONE, PHONE[-4:]):
        assert word not in on_screen(desk)
    press(Qt.Key.Key_J, CONTROL)
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_Escape)
    assert stays_locked(desk), "no key leads past it, and one's own name is chosen already"
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: back_at_the_desk(desk))
    assert desk.page.model.state == before
    assert panel_shown(desk)
    assert current(desk) == "0001"


def test_a_colleague_takes_over_in_three_keys_and_a_secret_and_each_finds_their_own(qtbot: Any, desk: Desk) -> None:
    put_on_the_desk(desk)
    uuid = desk.page.model.state.uuid
    press(Qt.Key.Key_K, CONTROL)
    assert not shown(desk).locked
    press(Qt.Key.Key_2)
    assert find(shown(desk), QLineEdit, "secret").hasFocus()
    type_secret(desk, THEIRS)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, PinPage))
    assert current(desk) == "0002"
    assert "玉罕" in on_screen(desk), "whose PIN it is"
    for name in ("first", "again"):
        field = find(desk.window.page, QLineEdit, name)
        field.setFocus()
        field.setText(THEIR_PIN)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.page is desk.page)
    assert desk.page.model.state.pristine
    assert VISITOR not in desk.window.status.draft.text()
    (waiting,) = desk.page._session.autosave.waiting()
    assert (waiting.state.uuid, waiting.other) == (uuid, "罗𠅤克")
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_1)
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: current(desk) == "0001")
    assert desk.page._session.autosave.waiting()[0].other == ""
    press(Qt.Key.Key_Z, CONTROL)
    assert desk.page.model.state.uuid == uuid
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_2)
    type_secret(desk, THEIR_PIN)
    qtbot.waitUntil(lambda: current(desk) == "0002")


def test_wrong_tries_wait_are_entries_and_end_in_the_passphrase(qtbot: Any, desk: Desk) -> None:
    """A forgotten PIN: after five wrong ones the passphrase is asked for, and a new PIN is chosen."""
    press(Qt.Key.Key_L, CONTROL | SHIFT)
    message = find(shown(desk), QLabel, "message")
    office = desk.opening.office()

    def failed() -> int:
        return sum(1 for _ in office.book.entries(EntryKind.SIGNIN_FAILED))

    for n in range(1, 6):
        type_secret(desk, "000001")
        qtbot.waitUntil(lambda n=n: failed() == n)
        qtbot.waitUntil(lambda: "可以再试了" in message.text())
    type_secret(desk, PIN)
    assert "请用口令" in message.text()
    assert desk.window.page is not desk.page
    type_secret(desk, OURS)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, PinPage))
    press(Qt.Key.Key_Escape)
    assert desk.window.page is desk.page
    assert {entry.payload["who"] for entry in office.book.entries(EntryKind.SIGNIN_FAILED)} == {"0001"}
    assert "000001" not in str([each.payload for each in office.book.entries()])


def test_leaving_the_page_and_coming_back_shortens_no_wait(
    qtbot: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "monotonic", lambda: 1000.0)
    for secret, said in (("000001", "可以再试了"), (PIN, "还要等 1 秒"), (THEIRS, "还要等 1 秒")):
        press(Qt.Key.Key_K, CONTROL)
        press(Qt.Key.Key_1)
        type_secret(desk, secret)
        message = find(shown(desk), QLabel, "message")
        qtbot.waitUntil(lambda message=message, said=said: said in message.text())
        press(Qt.Key.Key_Escape)
    office = desk.opening.office()
    assert sum(1 for _ in office.book.entries(EntryKind.SIGNIN_FAILED)) == 1


def test_whoever_has_neither_is_told_what_to_do(qtbot: Any, desk: Desk) -> None:
    press(Qt.Key.Key_K, CONTROL)
    press(Qt.Key.Key_3)
    type_secret(desk, "271828")
    message = find(shown(desk), QLabel, "message")
    assert "还没有 PIN" in message.text()
    type_secret(desk, "something quite else")
    qtbot.waitUntil(lambda: "还没有打开台账的口令" in message.text())
    type_secret(desk, "")
    press(Qt.Key.Key_Escape)
    assert desk.window.page is desk.page
    assert current(desk) == "0001"


def test_a_lock_covers_a_whole_number_for_good(qtbot: Any, desk: Desk) -> None:
    """GIVEN a whole number on the screen WHEN it is locked and opened again THEN it has to be asked for anew."""
    request = a_request(applicant={"name": VISITOR, "phone": PHONE}, answers={"who": "self"})
    slip = issue_slip(desk.opening.office(), request).slip
    assert slip is not None
    page = desk.window.show_page("archive")
    assert isinstance(page, ArchivePage)
    page.open(slip.number)
    page.ask_reveal()
    find(page, QLineEdit, "查看理由").setText("与银行核对")
    press(Qt.Key.Key_Return)
    assert PHONE in on_screen(desk)
    press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert shown(desk).locked
    assert PHONE not in on_screen(desk)
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: desk.window.page is page)
    assert PHONE not in on_screen(desk)


def test_it_locks_by_itself_after_the_time_that_was_set(
    qtbot: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = desk.window.findChild(hand_over.HandOver)
    assert owner is not None
    since = owner._last_act
    monkeypatch.setattr(hand_over, "monotonic", lambda: since + 9.9 * 60)
    owner._lock_when_idle()
    assert desk.window.page is desk.page
    monkeypatch.setattr(hand_over, "monotonic", lambda: since + 10.1 * 60)
    local_settings.change(desk.folder, lock_minutes=0)
    owner._lock_when_idle()
    assert desk.window.page is desk.page, "never, where that was chosen"
    local_settings.change(desk.folder, lock_minutes=10)
    owner._lock_when_idle()
    assert shown(desk).locked


def test_another_pin_asks_for_the_old_one_at_a_window_that_was_left_open(
    qtbot: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN somebody who has a PIN and left the window open WHEN a passer-by chooses another THEN each wrong guess waits and is an entry."""
    office, owner = desk.opening.office(), desk.window.findChild(hand_over.HandOver)
    assert owner is not None
    owner.choose_pin()
    page = desk.window.page
    assert isinstance(page, PinPage)
    assert page.old.isHidden(), "its owner has just typed their passphrase"
    press(Qt.Key.Key_Escape)
    monkeypatch.setattr(at_window, "JUST_S", -1)
    owner.choose_pin()
    page = desk.window.page
    assert isinstance(page, PinPage)
    assert page.focusProxy() is page.old.edit
    for wrong, seconds in ((1, 1), (2, 2)):
        for field, text in ((page.old, "000000"), (page.first, "314159"), (page.again, "314159")):
            field.edit.setText(text)
        press(Qt.Key.Key_S, CONTROL)
        assert f"{seconds} 秒后可以再试" in page.message.text()
        assert len(list(office.book.entries(EntryKind.SIGNIN_FAILED))) == wrong
        page.old.edit.setText(PIN)
        page.first.edit.setText("314159")
        page.again.edit.setText("314159")
        press(Qt.Key.Key_S, CONTROL)
        assert desk.window.page is page, "nothing is tried while it waits"
        assert "才能再试" in page.message.text()
        office.tries["0001"].until = 0
    for field, text in ((page.old, ""), (page.first, "314159"), (page.again, "314159")):
        field.edit.setText(text)
    press(Qt.Key.Key_S, CONTROL)
    assert page.old.fault == "请输原来的 PIN 或者口令"
    page.old.edit.setText(PIN)
    press(Qt.Key.Key_S, CONTROL)
    assert desk.window.page is desk.page
    assert sign_in.check(office, "0001", "314159")()


def test_the_settings_make_nobody_current_in_a_sealed_book(desk: Desk) -> None:
    office = desk.opening.office()
    acts: list[Callable[[], object]] = [
        lambda: office.make_current("0002"),
        lambda: office.decide_profile(replace(office.profile, current_clerk="0002")),
    ]
    for act in acts:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == "sign-in-needed"


def test_in_a_book_that_is_not_sealed_a_lock_only_hides(qtbot: Any, data_dir: Path) -> None:
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
    desk = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.attached)
    put_on_the_desk(desk)
    press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert VISITOR not in on_screen(desk)
    press(Qt.Key.Key_Return)
    assert desk.window.page is desk.page
    assert VISITOR in on_screen(desk)
    press(Qt.Key.Key_L, CONTROL | SHIFT)
    press(Qt.Key.Key_2)
    assert current(desk) == "0002"
    desk.window.close()
    desk.opening.close()


def test_the_mouse_alone_locks(qtbot: Any, desk: Desk) -> None:
    """GIVEN a visitor on the desk WHEN the clerk's name is clicked and then the lock THEN it is locked, and Esc leads nowhere."""
    put_on_the_desk(desk)
    find(desk.window, QPushButton, "clerk_switch").click()
    assert not shown(desk).locked
    find(shown(desk), QPushButton, "锁屏").click()
    assert stays_locked(desk)
    assert VISITOR not in on_screen(desk)
    press(Qt.Key.Key_Escape)
    assert stays_locked(desk)
    assert not find(shown(desk), QPushButton, "锁屏").isVisible()
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: back_at_the_desk(desk))


def test_the_mouse_alone_locks_a_book_that_is_not_sealed(qtbot: Any, data_dir: Path) -> None:
    desk = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(desk.window)
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.attached)
    switch = find(desk.window, ClerkSwitch, "clerk_switch")
    switch.click()
    switch.menu_.actions()[-1].trigger()
    switch.menu_.close()
    assert shown(desk).locked
    press(Qt.Key.Key_Return)
    assert back_at_the_desk(desk)
    desk.window.close()
    desk.opening.close()


def test_whoever_has_nothing_to_show_is_marked_in_the_list(desk: Desk) -> None:
    press(Qt.Key.Key_K, CONTROL)
    people = shown(desk).people
    marked = {
        people.item(n).text().split("　")[-1]: str(people.item(n).data(HINT)).endswith("还没有口令")
        for n in range(people.count())
    }
    assert marked == {"0001": False, "0002": False, "0003": True, "0004": True, "0005": True}


def test_a_book_opened_by_the_sheet_leads_to_another_passphrase_and_asks_for_no_old_one(
    qtbot: Any, data_dir: Path, cheap: None
) -> None:
    """GIVEN a sealed book whose passphrase is forgotten WHEN it is opened by the sheet THEN the page of passphrases is there with the number filled
    in; two fields and a key, and the new one opens it."""
    words = sealing.new_sheet()
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
        sealing.seal(office, "0001", OURS, words)
    made = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(made.window.page, OpeningPage))
    page = made.window.page
    assert isinstance(page, OpeningPage)
    page.who.edit.setText("0001")
    press(Qt.Key.Key_L, CONTROL)
    page.secret.edit.setText("".join(words))
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.page.attached or page.clock.isVisible())
    if page is made.window.page and page.clock.isVisible():  # where the tests run the zone may be another
        page.clock.click()
    qtbot.waitUntil(lambda: isinstance(made.window.page, PassphrasesPage))
    opened = made.window.page
    assert isinstance(opened, PassphrasesPage)
    assert any("不用输原来的" in label.text() for label in opened.findChildren(QLabel) if label.isVisible())
    assert not any("先输原来的" in label.text() for label in opened.findChildren(QLabel) if label.isVisible())
    assert made.window.focusWidget() is opened.first.edit
    qtbot.waitUntil(opened.first.edit.hasFocus)
    assert (opened.who.edit.text(), opened.old.isVisible()) == ("0001", False)
    opened.first.edit.setText(THEIRS)
    opened.again.edit.setText(THEIRS)
    press(Qt.Key.Key_S, CONTROL)
    assert "您的口令已更换" in opened.message.text()
    press(Qt.Key.Key_Escape)
    assert back_at_the_desk(made)
    made.window.close()
    made.opening.close()
    assert key_by_passphrase(data_dir, "0001", THEIRS)
