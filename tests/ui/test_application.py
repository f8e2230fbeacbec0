"""The window over an office: opened behind the first paint, a book that cannot be opened, a profile that changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QStyle, QWidget

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.operations.office import open_office
from counter_assistant.ui.application import Desk
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.shell.trouble import TroublePage
from counter_assistant.ui.start import read_index
from tests.ui.counter import press


@pytest.fixture
def desk(qtbot: Any, data_dir: Path) -> Iterator[Desk]:
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    made = Desk(data_dir, read_index(), training=False)
    yield shown(qtbot, made)
    made.window.close()
    made.opening.close()


def shown(qtbot: Any, desk: Desk) -> Desk:
    qtbot.addWidget(desk.window)
    desk.window.show()
    return desk


def test_the_window_opens_the_office_behind_the_first_paint(qtbot: Any, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.page.attached)
    assert "正常" in desk.window.status.mode.text()
    assert "示例待核定" in desk.window.status.catalogue.text()
    assert "综合窗口" in desk.window.bar.where.accessibleName()


def test_the_navigation_lists_the_pages(desk: Desk) -> None:
    buttons = [button.text() for button in desk.window.navigation.findChildren(QWidget) if hasattr(button, "text")]
    assert buttons == [spec.title for spec in PAGES]


def test_a_book_that_no_copy_mends_shows_one_sentence_and_what_to_do(qtbot: Any, data_dir: Path) -> None:
    (data_dir / "book.db").mkdir(parents=True)
    desk = shown(qtbot, Desk(data_dir, read_index(), training=False))
    qtbot.waitUntil(lambda: isinstance(desk.window.stack.currentWidget(), TroublePage))
    trouble = desk.window.stack.currentWidget()
    assert isinstance(trouble, TroublePage)
    assert trouble.sentence.text().endswith("。")
    assert trouble.remedy.text().endswith("。")
    assert "Traceback" not in " ".join(label.text() for label in desk.window.findChildren(QLabel))
    assert desk.window.status.mode.text() == "● 没有打开"
    (data_dir / "book.db").rmdir()
    press(Qt.Key.Key_Return)
    assert desk.page.attached
    desk.window.close()
    desk.opening.close()


def test_the_whole_window_has_names_and_plain_text(qtbot: Any, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.page.attached)
    for key in ("archive", "settings"):
        desk.window.show_page(key)
    labels = desk.window.findChildren(QLabel)
    assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    assert [b.text() for b in desk.window.findChildren(QPushButton) if not b.accessibleName()] == []
    assert desk.window.style().standardIcon(QStyle.StandardPixmap.SP_DialogOkButton) is not None


def test_a_changed_profile_is_seen_at_once(qtbot: Any, desk: Desk) -> None:
    from dataclasses import replace

    qtbot.waitUntil(lambda: desk.page.attached)
    office = desk.opening.office()
    changed: OfficeProfile = replace(office.profile, branch="耿马管理部")
    office.decide_profile(changed)
    desk.context.office_changed.emit()
    assert "耿马管理部" in desk.window.bar.where.accessibleName()


def test_a_profile_confirmed_with_example_people_is_warned_about_in_the_status_line(qtbot: Any, desk: Desk) -> None:
    from dataclasses import replace

    from counter_assistant.domain.entry import EntryKind
    from counter_assistant.ui.shell.main_window import STILL_EXAMPLE
    from tests.make import confirmed

    qtbot.waitUntil(lambda: desk.page.attached)
    office, mode = desk.opening.office(), desk.window.status.mode
    assert mode.text() == "● 正常"
    office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, confirmed=True).to_payload())
    office.__dict__.pop("profile")
    desk.context.office_changed.emit()
    assert (mode.text(), mode.property("attention")) == (f"● {STILL_EXAMPLE}", True)
    office.decide_profile(confirmed(office.profile))
    desk.context.office_changed.emit()
    assert (mode.text(), mode.property("attention")) == ("● 正常", False)
