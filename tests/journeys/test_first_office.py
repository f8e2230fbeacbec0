"""From nothing to a confirmed, sealed office of three people, and a plain book of before sealed, by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from counter_assistant.domain.people.roles import Role
from counter_assistant.operations import sealing
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.application import Desk
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.sealing.pin_page import PinPage
from counter_assistant.ui.sealing.sealing_page import SealingPage
from counter_assistant.ui.sealing.sign_in_page import SignInPage
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.page import Page
from tests.journeys.keys import ALT, CONTROL, Keys
from tests.make import confirmed
from tests.ui.desk_hand import dress, focused
from tests.ui.find import says

pytestmark = pytest.mark.slow  # every journey opens a window of its own

FIRST = (
    "临沧市住房公积金管理中心", "耿马管理部", "综合窗口 1", "耿一", "530926",
    "罗𠅤克", "0001", "综合服务科", "综合受理岗", "0883-2120001",
)  # fmt: skip
COLLEAGUES = (("玉罕", "0883-2120002"), ("岩温", "0883-2120003"))
PASSPHRASES = {
    "0001": "san yue de yu luo zai gengma",
    "0002": "di yi ban duchuan 0630",
    "0003": "shan shang de cha kai le",
}
PIN = "271828"


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))
    dress()
    made = Desk(data_dir, read_index(), training=False)
    yield made
    made.window.close()
    made.opening.close()


def show(qtbot: Any, desk: Desk) -> None:
    qtbot.addWidget(desk.window)
    with qtbot.waitActive(desk.window):
        desk.window.show()
        desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.page.attached)


def shown(desk: Desk) -> Page:
    """What the window shows now."""
    return desk.window.page


def over(keys: Keys, text: str) -> None:
    """Types a text over what the field holds."""
    field: Any = focused()
    field.selectAll()
    keys.write(text)


def to_settings(desk: Desk) -> None:
    buttons = desk.window.navigation.findChildren(QAbstractButton)
    QTest.mouseClick(next(button for button in buttons if button.text() == "设置"), Qt.MouseButton.LeftButton)


def hold(keys: Keys, number: str) -> None:
    """The post in focus is held by another, who is found by the arrows."""
    choice: Any = focused()
    assert isinstance(choice, QComboBox)
    while not choice.currentText().endswith(number):
        keys.press(Qt.Key.Key_Up)


def of_three_people(keys: Keys) -> None:
    """The posts of two go to the third, and they are taken away: the example names five."""
    keys.press(Qt.Key.Key_2, ALT)
    for rows in (4, 1, 1, 1):
        for _ in range(3 * rows):
            keys.press(Qt.Key.Key_Tab)
        hold(keys, "0003")
    keys.press(Qt.Key.Key_3, ALT)
    for _ in range(4):
        keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Delete, CONTROL)
    keys.press(Qt.Key.Key_Down)  # after a removal nobody is marked, so that a key too many takes nobody
    keys.press(Qt.Key.Key_Delete, CONTROL)


def seal(qtbot: Any, desk: Desk, keys: Keys) -> None:
    """From the settings: two passphrases, the sheet shown and typed back."""
    keys.press(Qt.Key.Key_8, ALT)
    keys.press(Qt.Key.Key_M, CONTROL)
    page = desk.window.page
    assert isinstance(page, SealingPage)
    for _ in range(2):
        keys.write(PASSPHRASES["0001"])
        keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_D, CONTROL)
    words = re.sub(r"\s", "", says(page, "words"))
    asked = next(label.text() for label in page.findChildren(QLabel) if label.text().startswith("照恢复单输入第"))
    keys.write("".join(words[int(place) - 1] for place in re.findall(r"\d+", asked)))
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.opening.office().sealed)


def add(desk: Desk, keys: Keys) -> None:
    """Each colleague types a passphrase of their own."""
    keys.press(Qt.Key.Key_M, CONTROL)
    for who in ("0002", "0003"):
        for text in (who, PASSPHRASES[who], PASSPHRASES[who]):
            over(keys, text)
            keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Escape)
    assert sealing.people(desk.opening.office()) == ("0001", "0002", "0003")


def test_from_nothing_to_three_people_with_a_sealed_book(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    keys = Keys()
    show(qtbot, desk)
    first = shown(desk)
    assert isinstance(first, FirstRunPage)
    first.fields["unit"].edit.setFocus()
    for text in FIRST:
        over(keys, text)
        keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(desk) is desk.page)
    to_settings(desk)
    office = desk.opening.office()
    of_three_people(keys)
    keys.press(Qt.Key.Key_Return, CONTROL)
    for text in ("0883-2129999",):
        keys.press(Qt.Key.Key_Return)
        over(keys, text)
        keys.press(Qt.Key.Key_Return, CONTROL)
    for text in ("耿马镇白马路18号一楼", "周一至周五 8:30–11:30", "信用社", "一部手机办事通", "转入您的借记卡"):
        keys.press(Qt.Key.Key_Return)
        over(keys, text)
    for name, phone in COLLEAGUES:
        for text in (name, phone):
            keys.press(Qt.Key.Key_Return, CONTROL)
            keys.press(Qt.Key.Key_Return)
            over(keys, text)
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.press(Qt.Key.Key_F9)
    assert office.profile.confirmed
    assert [clerk.name for clerk in office.profile.clerks] == ["罗𠅤克", "玉罕", "岩温"]
    assert office.profile.clerk("").roles == (Role.CLERK, Role.ADMINISTRATOR)
    keys.took("头一天：三个人的网点，确认")
    seal(qtbot, desk, keys)
    add(desk, keys)
    keys.took("密封，添加两位同事")
    for who in ("2", "3"):
        keys.press(Qt.Key.Key_K, CONTROL)
        assert isinstance(shown(desk), SignInPage)
        keys.type(who)
        keys.write(PASSPHRASES[f"000{who}"])
        keys.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: isinstance(shown(desk), PinPage))
        for _ in range(2):
            keys.write(PIN)
            keys.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: shown(desk) is desk.page)
        assert sign_in.has_pin(office, f"000{who}")
    keys.took("两位同事各设 PIN")
    assert office.book.check().problems == []


def test_a_plain_book_of_before_is_sealed(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    """GIVEN an office that was confirmed before there were roles WHEN its book is sealed THEN all that was there is there."""
    with closing(open_office(data_dir)) as office:
        office.decide_profile(confirmed(office.profile))
    keys = Keys()
    show(qtbot, desk)
    to_settings(desk)
    keys.start()
    seal(qtbot, desk, keys)
    keys.took("把用着的台账密封")
    assert is_sealed(data_dir)
    assert desk.opening.office().profile.confirmed
