"""Who is at the window, by keys alone: handed over at lunch, locked and come back to, a PIN forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_assistant.operations import sealing
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.application import Desk
from counter_assistant.ui.sealing.opening_page import OpeningPage
from counter_assistant.ui.sealing.pin_page import PinPage
from counter_assistant.ui.start import read_index
from tests.journeys.keys import CONTROL, NAME, Keys
from tests.make import PHONE, confirmed
from tests.operations.keys.book_key import key_by_passphrase
from tests.ui.desk_hand import dress
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every journey opens a window of its own

SHIFT = Qt.KeyboardModifier.ShiftModifier
PASSPHRASES = {"0001": "san yue de yu luo zai gengma", "0002": "di yi ban duchuan 0630"}
PINS = {"0001": "271828", "0002": "314159"}
CHEAP = Cost(1, 8192)


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A sealed book of two people with PINs, opened by the first of them."""
    monkeypatch.setattr(ciphers, "COST", CHEAP)
    monkeypatch.setattr(sign_in, "PIN_COST", CHEAP)
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
        sealing.seal(office, "0001", PASSPHRASES["0001"], sealing.new_sheet())
        sealing.add_passphrase(office, "0001", "0002", PASSPHRASES["0002"])
    with closing(open_office(data_dir, key=key_by_passphrase(data_dir, "0001", PASSPHRASES["0001"]))) as office:
        for who, pin in PINS.items():
            office.act_as(who)
            sign_in.set_pin(office, sign_in.sealed_pin(pin))
    dress()
    made = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(made.window)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(made.window.page, OpeningPage))
    open_it(made)
    qtbot.waitUntil(lambda: at_the_desk(made))
    yield made
    made.window.close()
    made.opening.close()


def open_it(desk: Desk) -> None:
    keys = Keys()
    keys.write("0001")
    keys.press(Qt.Key.Key_Return)
    keys.write(PASSPHRASES["0001"])
    keys.press(Qt.Key.Key_Return)


def at_the_desk(desk: Desk) -> bool:
    return desk.window.page is desk.page and desk.page.attached


def who(desk: Desk) -> str:
    return desk.opening.office().profile.clerk("").staff_number


def typed(desk: Desk) -> tuple[str, str]:
    """Who stands on the desk: name and phone."""
    return desk.page.model.state.name, desk.page.model.state.phone


def begin(qtbot: Any, desk: Desk, keys: Keys) -> None:
    """A visitor asks about rent and has said who they are."""
    qtbot.waitUntil(find(desk.page, QLineEdit, "item_search").hasFocus)
    keys.type("b08")
    keys.press(Qt.Key.Key_Return)
    keys.type("1")
    find(desk.page, QLineEdit, "name").setFocus()
    keys.write(NAME)
    keys.press(Qt.Key.Key_Return)
    keys.write(PHONE)
    keys.start()


def test_handed_over_at_lunch_and_back(qtbot: Any, desk: Desk) -> None:
    """GIVEN a visitor half done WHEN a colleague takes over, and the first one comes back THEN it goes on where it was."""
    keys = Keys()
    begin(qtbot, desk, keys)
    before = typed(desk)
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("2")
    keys.write(PINS["0002"])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at_the_desk(desk))
    keys.took("中午换人")
    assert (who(desk), typed(desk)) == ("0002", ("", ""))
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("1")
    keys.write(PINS["0001"])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at_the_desk(desk))
    keys.press(Qt.Key.Key_Z, CONTROL)
    keys.took("换回来，接着办")
    assert (who(desk), typed(desk)) == ("0001", before)


def test_locked_and_come_back_to(qtbot: Any, desk: Desk) -> None:
    keys = Keys()
    begin(qtbot, desk, keys)
    before = typed(desk)
    keys.press(Qt.Key.Key_L, CONTROL | SHIFT)
    assert not at_the_desk(desk)
    keys.write(PINS["0001"])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at_the_desk(desk))
    keys.took("锁屏再回来")
    assert typed(desk) == before


def test_a_forgotten_pin_is_another_one_after_the_passphrase(qtbot: Any, desk: Desk) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_L, CONTROL | SHIFT)
    keys.write(PASSPHRASES["0001"])
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at_the_desk(desk))
    keys.type("spin")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, PinPage))
    for _ in range(2):
        keys.write("161803")
        keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at_the_desk(desk))
    keys.took("忘了 PIN")
    assert sign_in.check(desk.opening.office(), "0001", "161803")()
