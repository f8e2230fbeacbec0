"""第一次打开与练习模式。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.office import Office, open_office
from counter_assistant.ui import restart
from counter_assistant.ui.first_run.page import UNSAVED, FirstRunPage, needed
from counter_assistant.ui.shell.training_mark import TEXT, TrainingMark
from tests.ui.counter import CONTROL, Clock, nameless, opened, press, retype, rich_labels, screen_texts, show
from tests.ui.find import fault_of, find

pytestmark = pytest.mark.slow  # every test makes a page of its own

TYPED = ("耿马管理部", "综合窗口 2", "耿一", "530926", "罗𠅤克", "G0012", "营业科", "综合受理岗", "0883-6120000")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> FirstRunPage:
    page = FirstRunPage(office)
    show(qtbot, page)
    return page


def wrong(page: FirstRunPage) -> list[QLineEdit]:
    """The fields that are framed as wrong."""
    return [edit for edit in page.findChildren(QLineEdit) if edit.property("wrong")]


def test_ten_fields_and_enter_begin(qtbot: QtBot, page: FirstRunPage, office: Office) -> None:
    """GIVEN a book without a profile WHEN each field is typed and left by Enter THEN the office is this one."""
    assert needed(office)
    with qtbot.waitSignal(page.finished):
        for text in TYPED:
            retype(text)
            press(Qt.Key.Key_Return)
    profile = office.profile
    assert not needed(office)
    assert (profile.unit, profile.branch, profile.window) == ("临沧市住房公积金管理中心", *TYPED[:2])
    assert (profile.installation_name, profile.installation_code) == TYPED[2:4]
    clerk = profile.clerk("")
    assert (clerk.name, clerk.staff_number, clerk.department, clerk.duty, clerk.phone) == TYPED[4:]
    post = profile.post("window")
    assert post is not None
    assert profile.holder(post) == clerk
    assert profile.confirmed is False


def test_the_first_key_lands_in_the_first_empty_field(page: FirstRunPage) -> None:
    """The window gives the focus to the page as a whole."""
    page.setFocus()
    assert find(page, QLineEdit, "branch").hasFocus()


def test_a_number_of_the_example_may_be_ones_own(page: FirstRunPage, office: Office) -> None:
    for text in (*TYPED[:5], "0002", *TYPED[6:]):
        retype(text)
        press(Qt.Key.Key_Return)
    assert office.profile.clerk("0002").name == "罗𠅤克"
    assert [clerk.staff_number for clerk in office.profile.clerks].count("0002") == 1


def test_what_is_missing_stands_beside_its_field(page: FirstRunPage, office: Office) -> None:
    press(Qt.Key.Key_S, CONTROL)
    assert fault_of(page, "branch") == "请填写网点名称"
    assert fault_of(page, "unit") == ""
    assert find(page, QLineEdit, "branch").hasFocus()
    assert find(page, QLabel, "message").text().startswith("还有 9 处要填或要改：")
    find(page, QLineEdit, "installation_code").setFocus()
    retype("12")
    press(Qt.Key.Key_S, CONTROL)
    assert fault_of(page, "installation_code") == "应为 6 位数字，每台电脑不同"
    assert needed(office)


def test_nothing_stays_red_beside_a_field_that_was_filled(page: FirstRunPage) -> None:
    """GIVEN a first try that failed WHEN a field is filled THEN its red goes at once, and one made wrong turns red."""
    press(Qt.Key.Key_S, CONTROL)
    assert fault_of(page, "department") == "请填写科室"
    for text in TYPED:
        retype(text)
        assert [edit.objectName() for edit in wrong(page) if edit.text()] == []
        if text is not TYPED[-1]:
            press(Qt.Key.Key_Return)
    assert find(page, QLabel, "message").text().strip() == ""
    find(page, QLineEdit, "phone").setFocus()
    retype("12")
    assert fault_of(page, "phone")
    assert find(page, QLabel, "message").text().startswith("还有 1 处要填或要改：")


def test_nothing_is_red_before_the_first_try(page: FirstRunPage) -> None:
    find(page, QLineEdit, "installation_code").setFocus()
    retype("12")
    assert wrong(page) == []


def test_the_example_goes_on_without_an_entry(qtbot: QtBot, page: FirstRunPage, office: Office) -> None:
    with qtbot.waitSignal(page.finished):
        press(Qt.Key.Key_Escape)
    assert office.book.latest(EntryKind.OFFICE_PROFILE) is None


def test_practice_is_one_key_away(page: FirstRunPage, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[list[str]] = []
    monkeypatch.setattr(restart, "_start", lines.append)
    press(Qt.Key.Key_T, CONTROL)
    assert lines[0][-1] == "--training"


def test_a_restart_that_works_closes_the_windows(page: FirstRunPage) -> None:
    restart.restart(training=True, start=lambda _line: True)
    assert page.isHidden()


def test_training_never_asks_and_keeps_its_own_book(tmp_path: Path) -> None:
    office = open_office(tmp_path, Clock(), training=True)
    try:
        assert not needed(office)
        assert office.watermark == "样本"
        assert office.folder == tmp_path / "training"
    finally:
        office.close()


def test_the_mark_says_training_and_leads_out(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[list[str]] = []

    def start(line: list[str]) -> bool:
        lines.append(line)
        return False

    monkeypatch.setattr(restart, "_start", start)
    band = TrainingMark()
    qtbot.addWidget(band)
    assert band.label.text() == TEXT
    assert "样本" in TEXT
    find(band, QPushButton, "退出练习").click()
    assert "--training" not in lines[0]
    assert "没有能重新启动" in band.label.text()


def test_what_is_shown_is_chinese_plain_and_named(page: FirstRunPage) -> None:
    words = {word for text in screen_texts(page) for word in re.findall("[A-Za-z]+", text)}
    assert words <= {"Ctrl", "Esc", "O", "S", "T"}
    assert rich_labels(page) == []
    assert nameless(page) == []


def test_what_is_filled_in_is_not_left_at_one_key(qtbot: QtBot, page: FirstRunPage) -> None:
    retype("耿马管理部")
    press(Qt.Key.Key_Escape)
    assert find(page, QLabel, "message").text() == UNSAVED
    assert page.isVisible()
    with qtbot.waitSignal(page.finished):
        press(Qt.Key.Key_Escape)


def test_the_window_is_held_open_for_it_too(page: FirstRunPage) -> None:
    assert not page.hold_open()
    retype("耿马管理部")
    assert (page.hold_open(), page.hold_open()) == (True, False)


def test_what_was_typed_is_there_again_after_a_look_at_the_copies(
    qtbot: QtBot, page: FirstRunPage, office: Office
) -> None:
    retype("耿马管理部")
    with qtbot.waitSignal(page.restore_wanted):
        press(Qt.Key.Key_O, CONTROL)
    again = FirstRunPage(office, page.typed)
    show(qtbot, again)
    assert find(again, QLineEdit, "branch").text() == "耿马管理部"
    assert find(again, QLineEdit, "window").text() == ""
    assert again.unsaved == UNSAVED
