"""Where the panel of 文明用语 is: Ctrl+J, docked and floating, what is remembered, a second start that brings it up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QPushButton

from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.operations.office import open_office
from counter_assistant.ui import local_settings
from counter_assistant.ui.application import Desk
from counter_assistant.ui.phrases.floating import FloatingPanel
from counter_assistant.ui.phrases.panel import PhrasePanel
from counter_assistant.ui.signs.dialog import SignsDialog
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.quiet_list import NumberedList
from tests.ui.counter import CONTROL, SHIFT, press
from tests.ui.desk_hand import show_desk, type_
from tests.ui.find import find
from tests.ui.phrase_bench import rows_of

pytestmark = pytest.mark.slow  # every test makes a page of its own

K = Qt.Key


@pytest.fixture
def desk(qtbot: Any, data_dir: Path) -> Iterator[Desk]:
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    made = opened(qtbot, data_dir)
    yield made
    made.window.close()
    made.opening.close()


def opened(qtbot: Any, folder: Path, width: int = 1366) -> Desk:
    made = Desk(folder, read_index(), training=False)
    qtbot.addWidget(made.window)
    made.window.resize(width, 768)
    show_desk(qtbot, made)
    return made


def panel(desk: Desk) -> PhrasePanel:
    return desk.phrases.panel


def search(desk: Desk) -> QLineEdit:
    return find(panel(desk), QLineEdit, "查找用语")


def heading(desk: Desk) -> str:
    """What the first lines of the panel are for."""
    return rows_of(panel(desk))[0].heading


def test_ctrl_j_docks_it_with_the_keyboard_and_gives_it_back(desk: Desk) -> None:
    item_search = find(desk.page, QLineEdit, "item_search")
    press(K.Key_J, CONTROL)
    assert panel(desk).isVisible()
    assert panel(desk).window() is desk.window
    assert search(desk).hasFocus()
    assert panel(desk).x() > desk.window.stack.geometry().right()
    press(K.Key_J, CONTROL)
    assert not panel(desk).isVisible()
    assert item_search.hasFocus()


def test_nothing_of_it_is_made_before_it_is_asked_for(desk: Desk) -> None:
    assert desk.window.findChildren(PhrasePanel) == []
    press(K.Key_J, CONTROL)
    assert len(desk.window.findChildren(PhrasePanel)) == 1


def test_from_the_desk_ctrl_j_goes_to_an_open_panel_first(desk: Desk) -> None:
    press(K.Key_J, CONTROL)
    find(desk.page, QLineEdit, "item_search").setFocus()
    press(K.Key_J, CONTROL)
    assert search(desk).hasFocus()


def test_esc_puts_a_docked_panel_away(desk: Desk) -> None:
    press(K.Key_J, CONTROL)
    press(K.Key_Escape)
    assert not panel(desk).isVisible()
    assert find(desk.page, QLineEdit, "item_search").hasFocus()


def test_the_panel_follows_the_desk(qtbot: Any, desk: Desk) -> None:
    press(K.Key_J, CONTROL)
    assert heading(desk) == "此刻 · 迎接"
    find(desk.page, QLineEdit, "item_search").setFocus()
    type_("gmxj")
    press(K.Key_Return)
    qtbot.waitUntil(lambda: heading(desk) == "此刻 · 讲政策")
    find(desk.page, QListView, "材料清单").setFocus()
    press(K.Key_Space)
    qtbot.waitUntil(lambda: heading(desk) == "此刻 · 材料不全")
    view = find(panel(desk), QListView, "用语")
    model = view.model()
    assert all(view.visualRect(model.index(n, 0)).height() > 0 for n in range(model.rowCount()))
    press(K.Key_Escape)
    qtbot.waitUntil(lambda: heading(desk) == "此刻 · 迎接")


def test_it_floats_above_other_programs_and_is_remembered(qtbot: Any, desk: Desk, data_dir: Path) -> None:
    press(K.Key_J, CONTROL)
    press(K.Key_J, CONTROL | SHIFT)
    window = panel(desk).window()
    assert isinstance(window, FloatingPanel)
    flags = window.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.WindowType_Mask == Qt.WindowType.Tool
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert search(desk).hasFocus()
    assert local_settings.load(data_dir).phrases == "floating"
    window.move(200, 120)
    press(K.Key_J, CONTROL)
    assert not window.isVisible()
    assert local_settings.load(data_dir).phrases_place
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    find(desk.page, QLineEdit, "item_search").setFocus()
    press(K.Key_J, CONTROL)
    assert window.isVisible()
    assert (window.x(), window.y()) == (200, 120)


def test_a_floating_one_can_be_docked_again(desk: Desk, data_dir: Path) -> None:
    press(K.Key_J, CONTROL)
    press(K.Key_J, CONTROL | SHIFT)
    window = panel(desk).window()
    press(K.Key_J, CONTROL | SHIFT)
    assert not window.isVisible()
    assert panel(desk).window() is desk.window
    assert panel(desk).isVisible()
    assert local_settings.load(data_dir).phrases == "docked"


def test_the_small_window_accepts_the_keyboard_only_while_somebody_types(qtbot: Any, desk: Desk) -> None:
    desk.phrases.bring_up()
    window = panel(desk).window()
    assert window.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    QTest.mouseClick(search(desk), Qt.MouseButton.LeftButton)
    assert not window.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    qtbot.waitUntil(window.isActiveWindow)
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    assert window.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_a_second_start_shows_it_without_the_keyboard_and_a_third_one_takes_it(qtbot: Any, desk: Desk) -> None:
    desk.phrases.bring_up()
    assert isinstance(panel(desk).window(), FloatingPanel)
    assert panel(desk).isVisible()
    desk.phrases.bring_up()
    qtbot.waitUntil(search(desk).hasFocus)
    press(K.Key_Return)
    assert QApplication.clipboard().text() == "您好，我能帮您做什么吗？"


def test_a_second_start_before_the_book_is_open_is_remembered(qtbot: Any, data_dir: Path) -> None:
    office = open_office(data_dir)
    office.decide_profile(office.profile)
    office.close()
    made = Desk(data_dir, read_index(), training=False)
    made.phrases.bring_up()
    assert not made.phrases.shown
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitUntil(lambda: made.phrases.shown)
    made.window.close()
    assert not made.phrases.shown
    made.opening.close()


def test_a_narrow_window_has_no_room_to_dock(qtbot: Any, data_dir: Path) -> None:
    office = open_office(data_dir)
    office.decide_profile(office.profile)
    office.close()
    made = opened(qtbot, data_dir, width=1093)
    press(K.Key_J, CONTROL)
    assert isinstance(panel(made).window(), FloatingPanel)
    press(K.Key_J, CONTROL | SHIFT)
    assert isinstance(panel(made).window(), FloatingPanel)
    assert find(panel(made), QLabel, "status").text() == "主窗口太窄，停不下"
    made.window.close()
    made.opening.close()


def test_the_small_window_grows_for_a_call_and_shrinks_after_it(desk: Desk) -> None:
    desk.phrases.bring_up()
    window = panel(desk).window()
    before = window.size()
    panel(desk).turn_channel()
    assert window.width() >= 720
    panel(desk).turn_channel()
    assert window.size() == before


def test_another_clerk_says_another_department(desk: Desk) -> None:
    from dataclasses import replace

    press(K.Key_J, CONTROL)
    press(K.Key_F8)
    office = desk.opening.office()
    office.decide_profile(replace(office.profile, current_clerk="0004"))
    desk.context.office_changed.emit()
    QApplication.processEvents()
    QApplication.processEvents()
    assert "贷款科" in rows_of(panel(desk))[1].text


class TestSigns:
    def test_ctrl_b_opens_them_over_the_panel_and_esc_goes_back(self, qtbot: Any, desk: Desk) -> None:
        press(K.Key_J, CONTROL)
        press(K.Key_B, CONTROL)
        signs = find(panel(desk), SignsDialog)
        qtbot.waitUntil(signs.isActiveWindow)
        press(K.Key_3)
        assert signs.kind == "model_post"
        press(K.Key_Escape)
        assert not signs.isVisible()
        qtbot.waitUntil(search(desk).hasFocus)

    def test_opened_by_their_name_they_give_the_keyboard_back_to_the_search(self, qtbot: Any, desk: Desk) -> None:
        """GIVEN no panel WHEN a sign that was asked for by its name is closed THEN the next key is typed into the search."""
        desk.phrases.open_signs(SignKind.AWAY)
        signs = desk.phrases.signs
        assert signs is not None
        qtbot.waitUntil(signs.isActiveWindow)
        press(K.Key_Escape)
        qtbot.waitUntil(desk.window.isActiveWindow)
        type_("bg")
        assert find(desk.page, QLineEdit, "item_search").text() == "bg"

    def test_they_open_again_with_the_sign_of_last_time(self, qtbot: Any, desk: Desk) -> None:
        press(K.Key_J, CONTROL)
        desk.phrases.open_signs()
        first = find(panel(desk), SignsDialog)
        find(first, NumberedList).setCurrentRow(1)
        first.reject()
        find(panel(desk), QPushButton, "标识").click()
        assert find(panel(desk), SignsDialog) is first
        assert (first.isVisible(), first.kind) == (True, "away")

    def test_they_open_over_a_floating_panel(self, qtbot: Any, desk: Desk) -> None:
        desk.phrases.bring_up()
        desk.phrases.open_signs()
        signs = find(panel(desk), SignsDialog)
        assert signs.isVisible()
        assert signs.isWindow()

    def test_they_close_with_the_window(self, desk: Desk) -> None:
        press(K.Key_J, CONTROL)
        desk.phrases.open_signs()
        signs = find(panel(desk), SignsDialog)
        desk.window.close()
        assert not signs.isVisible()


def test_ctrl_j_and_its_button_wait_for_the_office(qtbot: Any, data_dir: Path) -> None:
    office = open_office(data_dir)
    office.decide_profile(office.profile)
    office.close()
    made = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    find(made.window, QPushButton, "文明用语，Ctrl+J").click()
    assert not made.phrases.shown
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.phrases.shown)
    made.window.close()
    made.opening.close()


def test_the_button_in_the_bar_shows_it_and_hides_it_again(desk: Desk) -> None:
    button = find(desk.window, QPushButton, "文明用语，Ctrl+J")
    button.click()
    assert search(desk).hasFocus()
    button.click()
    assert not desk.phrases.shown
    assert find(desk.page, QLineEdit, "item_search").hasFocus()


def test_f1_shows_the_keys_of_the_panel_over_it_and_gives_the_focus_back(desk: Desk) -> None:
    press(K.Key_J, CONTROL)
    press(K.Key_F1)
    sheet = panel(desk).keys
    assert sheet.hasFocus()
    assert {"Tab", "填空", "Ctrl+B"} <= {label.text() for label in sheet.findChildren(QLabel)}
    assert len(panel(desk).KEYS) <= 12
    press(K.Key_Escape)
    assert search(desk).hasFocus()
    assert desk.phrases.shown


def test_f1_shows_the_keys_of_the_signs(desk: Desk) -> None:
    press(K.Key_J, CONTROL)
    press(K.Key_B, CONTROL)
    signs = desk.phrases.signs
    assert signs is not None
    before = QApplication.focusWidget()
    press(K.Key_F1)
    assert signs.keys.hasFocus()
    press(K.Key_Escape)
    assert signs.isVisible()
    assert QApplication.focusWidget() is before
