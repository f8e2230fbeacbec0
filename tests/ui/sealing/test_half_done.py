"""What the first clerk began on whatever page is not gone on with by the second without knowing it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.operations.people import sign_in
from counter_assistant.paper.blocks import Image
from counter_assistant.ui.application import Desk
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.sealing.sign_in_page import SignInPage
from counter_assistant.ui.settings.page import SettingsPage
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.operations.keys.book_key import key_by_passphrase
from tests.ui.counter import CONTROL, NO_KEY, SHIFT, press, retype, screen_texts
from tests.ui.find import find
from tests.ui.sealing.test_hand_over import (
    OURS,
    PIN,
    THEIR_PIN,
    back_at_the_desk,
    cheap,
    current,
    desk,
    put_on_the_desk,
    shown,
    type_secret,
)
from tests.ui.sealing.test_hand_over import sealed as sealed_alone

__all__ = ["cheap", "desk", "sealed_alone"]
pytestmark = pytest.mark.slow  # every test opens the whole window

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
Keys = tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]


@pytest.fixture
def sealed(sealed_alone: Path) -> Path:
    """Both have a PIN; there is a case, and a paper."""
    with closing(open_office(sealed_alone, key=key_by_passphrase(sealed_alone, "0001", OURS))) as office:
        office.act_as("0001")
        issue_slip(office, a_request(**ROWS["3-held"][0]))
        issue_slip(office, a_request(applicant={"name": "欧阳雪"}, answers={"who": "self"}))
        office.act_as("0002")
        sign_in.set_pin(office, sign_in.sealed_pin(THEIR_PIN))
    return sealed_alone


def hand_over(qtbot: Any, desk: Desk, who: str, *, locked: bool) -> None:
    press(Key.Key_L, CONTROL | SHIFT) if locked else press(Key.Key_K, CONTROL)
    page = shown(desk)
    page.people.setCurrentRow(int(who) - 1)
    type_secret(desk, PIN if who == "0001" else THEIR_PIN)
    qtbot.waitUntil(lambda: not isinstance(desk.window.page, SignInPage), timeout=5000)
    assert current(desk) == who
    assert back_at_the_desk(desk)


ACTS = pytest.mark.parametrize(
    ("page", "before", "field"),
    [
        ("cases", ((Key.Key_8, ALT), (Key.Key_F7, NO_KEY), (Key.Key_4, NO_KEY)), "note"),
        ("archive", ((Key.Key_Return, NO_KEY), (Key.Key_Delete, NO_KEY)), "作废原因"),
        ("registers", ((Key.Key_F7, NO_KEY), (Key.Key_6, NO_KEY)), "reason"),
        ("registers", ((Key.Key_F7, NO_KEY), (Key.Key_J, NO_KEY)), "until"),
        ("items", ((Key.Key_F9, NO_KEY),), "number"),
    ],
    ids=["cases", "archive", "registers", "handover", "items"],
)


@pytest.mark.parametrize("locked", [False, True])
@ACTS
def test_an_act_that_was_half_typed_ends(
    qtbot: Any, desk: Desk, page: str, before: Keys, field: str, locked: bool
) -> None:
    shown_page = desk.window.show_page(page)
    assert shown_page is not None
    for key in before:
        press(*key)
    typed = find(shown_page, QLineEdit, field)
    typed.setFocus()
    retype("前一位写的")
    assert shown_page.unsaved
    hand_over(qtbot, desk, "0002", locked=locked)
    assert shown_page.unsaved == ""
    desk.window.show_page(page)
    assert not typed.isVisible()
    for key in before:
        press(*key)
    anew = find(shown_page, QLineEdit, field)
    assert anew.isVisible()
    assert anew.text() == "", "asked for anew, it is nobody's"


@pytest.mark.parametrize("locked", [False, True])
def test_why_one_clerk_is_looked_at_is_not_left_to_that_clerk(qtbot: Any, desk: Desk, locked: bool) -> None:
    """Whoever comes is no supervisor and does not even stand on the page; whoever comes back is asked anew."""
    lead = desk.window.show_page("lead")
    assert lead is not None
    press(Key.Key_F8)
    reason = find(lead, QLineEdit, "查看的理由")
    reason.setFocus()
    retype("当事人有意见")
    assert lead.unsaved
    hand_over(qtbot, desk, "0002", locked=locked)
    assert lead.unsaved == ""
    assert desk.window.show_page("lead") is None
    hand_over(qtbot, desk, "0001", locked=False)
    desk.window.show_page("lead")
    press(Key.Key_F8)
    assert (reason.isVisible(), reason.text()) == (True, "")


def test_to_the_same_clerk_it_comes_back(qtbot: Any, desk: Desk) -> None:
    archive = desk.window.show_page("archive")
    assert archive is not None
    press(Key.Key_Return)
    press(Key.Key_Delete)
    find(archive, QLineEdit, "作废原因").setFocus()
    retype("打错了")
    press(Key.Key_L, CONTROL | SHIFT)
    type_secret(desk, PIN)
    qtbot.waitUntil(lambda: desk.window.page is archive, timeout=5000)
    assert find(archive, QLineEdit, "作废原因").text() == "打错了"


def test_unsaved_settings_stay_and_say_whose_they_are(qtbot: Any, desk: Desk) -> None:
    settings = desk.window.show_page("settings")
    assert isinstance(settings, SettingsPage)
    find(settings, QLineEdit, "branch").setFocus()
    retype("孟定服务点")
    first = desk.opening.office().profile.clerk("").name
    hand_over(qtbot, desk, "0002", locked=False)
    assert "设置里还有前一位没保存的" in desk.window.status.message.accessibleName()
    desk.window.show_page("settings")
    assert find(settings, QLineEdit, "branch").text() == "孟定服务点"
    assert f"这里是 {first} 改了一半" in "".join(screen_texts(settings))
    hand_over(qtbot, desk, "0001", locked=False)
    desk.window.show_page("settings")
    press(Key.Key_R, CONTROL)
    assert first not in "".join(text for text in screen_texts(settings) if "改了一半" in text)
    assert not settings.unsaved


def test_a_sentence_that_is_reviewed_says_whose_it_is_and_binds_nobody(qtbot: Any, desk: Desk) -> None:
    items = desk.window.show_page("items")
    assert isinstance(items, ItemsPage)
    items.begin_review()
    mode = items.reviewing.mode
    assert mode is not None
    find(mode, QLineEdit, "number").setText("临公积金〔2026〕9号")
    find(mode, QLineEdit, "number").setModified(True)
    first = desk.opening.office().profile.clerk("").name
    asked: list[bool] = []
    mode.ask("送核", "就这样记入台账？", "记入", lambda: asked.append(True))
    assert mode.confirm.isVisible()
    hand_over(qtbot, desk, "0002", locked=True)
    assert mode.confirm.isHidden()
    desk.window.show_page("items")
    assert f"{first} 在这里写了" in "".join(screen_texts(mode))
    assert asked == []


@pytest.mark.parametrize("locked", [False, True])
def test_what_was_chosen_for_one_print_is_nobody_s_afterwards(qtbot: Any, desk: Desk, locked: bool) -> None:
    items = desk.window.show_page("items")
    assert isinstance(items, ItemsPage)
    items.begin_displays(DisplayKind.WINDOW_PLATE)
    mode = items.displaying.mode
    assert mode is not None
    mode.pictures.photos["0001"] = Image(1, 1, b"")
    find(mode, QLineEdit, "window_name").setFocus()
    retype("前一位写的")
    hand_over(qtbot, desk, "0002", locked=locked)
    desk.window.show_page("items")
    assert not items.displaying.on
    press(Key.Key_B, CONTROL)
    assert find(mode, QLineEdit, "window_name").text() == ""
    assert mode.pictures.photos == {}


def test_whom_no_page_lets_go_stays(qtbot: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that cannot be kept is a reason to stay, and that is read on the locked page."""
    from counter_assistant.domain.refusal import Refusal

    put_on_the_desk(desk)

    def full(*_: object, **__: object) -> None:
        raise Refusal("disk-full", "磁盘已满。", "请清理。")

    monkeypatch.setattr(desk.opening.office().drafts, "save", full)
    press(Key.Key_L, CONTROL | SHIFT)
    shown(desk).people.setCurrentRow(1)
    type_secret(desk, THEIR_PIN)
    message = find(shown(desk), QLabel, "message")
    qtbot.waitUntil(lambda: "磁盘已满" in message.text(), timeout=5000)
    assert shown(desk).locked
    assert current(desk) == "0001"


def test_each_page_of_the_window_is_tried_here() -> None:
    """Whoever adds a page says what becomes of what is half done on it."""
    assert {spec.key for spec in PAGES} == {"desk", "cases", "archive", "registers", "items", "lead", "settings"}
