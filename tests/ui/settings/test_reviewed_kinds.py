"""Which papers are reviewed is chosen in the settings, by key and by mouse; the check says where one person decides alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_assistant.operations.office import Office
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.places import CLERKS, NUMBERS
from counter_assistant.ui.widgets.chip import Chip
from tests.make import confirmed
from tests.ui.counter import CONTROL, press
from tests.ui.find import find
from tests.ui.settings.conftest import a_page

pytestmark = pytest.mark.slow  # every test makes a page of its own

RETURN, RECEIPT = "return_notice", "receipt"


def chosen(page: SettingsPage) -> set[str]:
    chips = page.findChildren(Chip)
    return {chip.objectName().removeprefix("reviewed_") for chip in chips
            if chip.objectName().startswith("reviewed_") and chip.isChecked()}  # fmt: skip


def recorded(office: Office) -> tuple[str, ...] | None:
    return office.profile.reviewed_kinds


def test_a_reviewer_brings_the_return_notice_and_a_choice_stays(qtbot: QtBot, office: Office) -> None:
    office.decide_profile(confirmed(office.profile))
    page = a_page(qtbot, office)
    page.go(NUMBERS)
    assert chosen(page) == set()
    assert find(page, QLabel, "reviewed_note").text().startswith("还没有指定复核人")
    page.go(CLERKS)
    role = next(chip for chip in page.findChildren(Chip) if chip.text() == "复核人")
    QTest.mouseClick(role, Qt.MouseButton.LeftButton)
    page.go(NUMBERS)
    assert chosen(page) == {RETURN}
    press(Qt.Key.Key_S, CONTROL)
    assert recorded(office) is None, "nothing was chosen: it follows from the reviewer"
    find(page, Chip, f"reviewed_{RECEIPT}").setFocus()
    press(Qt.Key.Key_Space)
    QTest.mouseClick(find(page, Chip, f"reviewed_{RETURN}"), Qt.MouseButton.LeftButton)
    assert chosen(page) == {RECEIPT}
    press(Qt.Key.Key_S, CONTROL)
    assert recorded(office) == (RECEIPT,)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_S, CONTROL)
    assert recorded(office) == (), "and none is a choice too"


def test_the_check_says_where_one_person_both_examines_and_approves(qtbot: QtBot, office: Office) -> None:
    office.decide_profile(replace(confirmed(office.profile), confirmed=False))
    page = a_page(qtbot, office)
    press(Qt.Key.Key_Return, CONTROL)
    said = find(page, QLabel, "alone")
    assert said.text().startswith("审核和审批是同一个人：白秀英（新建商品房公积金贷款等 6 项）。")
    press(Qt.Key.Key_Escape)
    posts = tuple(replace(post, holder="0005") if post.id == "loan-approver" else post for post in office.profile.posts)
    office.decide_profile(replace(office.profile, posts=posts))
    other = a_page(qtbot, office)
    press(Qt.Key.Key_Return, CONTROL)
    assert not find(other, QLabel, "alone").isVisible()
