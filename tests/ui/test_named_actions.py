"""What can be done by its name in the search of the desk, in the real window; and the red number of the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.ui import restart
from counter_assistant.ui.application import Desk
from counter_assistant.ui.checkup.page import CheckupPage
from counter_assistant.ui.desk.spec import rows_of
from counter_assistant.ui.items.spec import DISPLAYS
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.settings.places import NAMES
from counter_assistant.ui.shell.navigation import PageButton
from counter_assistant.ui.shell.page_spec import MOST_ACTIONS
from counter_assistant.ui.shell.requests import ShowCases
from counter_assistant.ui.start import read_index
from counter_assistant.ui.window_actions import SIGNS
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.ui.desk_hand import commit, press, show_desk, type_
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window


@pytest.fixture
def desk(qtbot: Any, data_dir: Path) -> Iterator[Desk]:
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    made = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(made.window)
    show_desk(qtbot, made)
    yield made
    made.window.close()
    made.opening.close()


def do(text: str) -> None:
    """What a clerk types in the search."""
    type_(text) if text.isascii() else commit(text)
    press(Qt.Key.Key_Return)


def reads(name: str, letters: str) -> bool:
    """Whether the letters are initials of a name; a sign that has none is not typed."""
    each = [initials(character.lower()) for character in name]
    spoken = [ways for ways in each if ways]
    return len(spoken) == len(letters) and all(letter in ways for letter, ways in zip(letters, spoken, strict=True))


def test_every_action_has_a_name_and_the_initials_of_each_name(desk: Desk) -> None:
    wrong = [
        (name, letters)
        for one in desk.context.offered
        for name, letters in zip(one.action.names, one.action.initials, strict=True)
        if not reads(name, letters)
    ]
    assert wrong == []


def test_no_two_actions_are_called_alike_and_each_is_found_by_any_of_its_names(desk: Desk) -> None:
    names = [name for one in desk.context.offered for name in one.action.names]
    assert len(set(names)) == len(names)
    for one in desk.context.offered:
        for typed in (*one.action.names, *one.action.initials):
            assert one in desk.context.find_actions(typed), typed
            assert len(desk.context.find_actions(typed)) <= MOST_ACTIONS
    assert desk.context.find_actions("h") == []


def test_every_page_can_be_gone_to_by_its_name(desk: Desk) -> None:
    assert [spec.title for spec in PAGES if not spec.actions] == []
    assert len(
        [one for one in desk.context.offered if one.page == "设置" and one.action.key.startswith("Alt+")]
    ) == len(NAMES)


def test_a_key_stands_beside_a_name_where_it_does_it_from_the_desk(desk: Desk) -> None:
    """GIVEN something that another page does with a key of its own THEN the search names the page, and no key that means nothing here."""
    to_pages = {spec.shortcut for spec in PAGES if spec.shortcut}
    offered = desk.context.offered
    assert {one.key for one in offered if one.page not in ("", "受理")} == {*to_pages - {"F2"}, ""}
    assert [one.key for one in offered if one.page in ("", "受理")] == [
        one.action.key for one in offered if one.page in ("", "受理")
    ]
    assert rows_of(desk.context, "打印机")[1].note == "设置"


def test_every_sign_of_the_counter_has_a_name() -> None:
    assert set(SIGNS) == set(SignKind)


def test_every_display_has_a_name() -> None:
    assert set(DISPLAYS) == set(DisplayKind)


@pytest.mark.parametrize(
    ("typed", "kind"), [("dyxp", DisplayKind.BADGES), ("带班安排", DisplayKind.ROTA), ("zncc", DisplayKind.GUIDE_BOOK)]
)
def test_a_display_comes_by_its_name_and_esc_leads_to_the_guides(desk: Desk, typed: str, kind: DisplayKind) -> None:
    do(typed)
    page: Any = desk.window.stack.currentWidget()
    assert (page.displaying.on, page.displaying.mode.kind) == (True, kind)
    press(Qt.Key.Key_Escape)
    assert not page.displaying.on


@pytest.mark.parametrize(
    ("typed", "page"), [("设置", "settings"), ("dyj", "settings"), ("fjrl", "settings"), ("da", "archive")]
)
def test_a_page_comes_by_a_name_that_is_typed(desk: Desk, typed: str, page: str) -> None:
    do(typed)
    assert desk.window.stack.currentWidget() is desk.window.show_page(page)


def test_ztfw_opens_the_sign_that_says_so(desk: Desk) -> None:
    do("ztfw")
    assert desk.phrases.signs is not None
    assert desk.phrases.signs.isVisible()
    assert desk.phrases.signs.kind is SignKind.SUSPENDED
    desk.phrases.signs.close()


def test_hr_offers_the_clerks(desk: Desk, qtbot: Any) -> None:
    from counter_assistant.ui.settings.clerk_switch import ClerkSwitch

    do("hr")
    switch = find(desk.window, ClerkSwitch)
    assert switch.menu_.isVisible()
    switch.menu_.close()


def test_the_checkup_comes_by_its_name_and_from_the_settings_and_keeps_what_it_found(desk: Desk, qtbot: Any) -> None:
    do("体检")
    first = desk.window.page
    assert isinstance(first, CheckupPage)
    checking = first.checking
    qtbot.waitUntil(lambda: not checking.running, timeout=30_000)
    found = checking.result
    press(Qt.Key.Key_Escape)
    desk.window.show_page("settings")
    press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    again = desk.window.page
    assert isinstance(again, CheckupPage)
    assert (again.checking, again.checking.result) == (checking, found)


def test_lxms_opens_training(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(restart, "restart", lambda training, office: asked.append(training))
    do("lxms")
    assert asked == [True]


def test_what_is_overdue_stands_in_red_beside_the_page_of_cases(desk: Desk) -> None:
    button = next(one for one in desk.window.navigation.findChildren(PageButton) if one.text() == "办件")
    assert (button.pressing, button.accessibleName()) == (0, "办件页，F3")
    office = desk.opening.office()
    issue_slip(office, a_request(**{**ROWS["11-promise"][0], "request_id": "late", "on": "2026-11-02"}))
    desk.context.recorded.emit()
    late = office.cases.overdue(office.today())
    assert (late, button.pressing, button.accessibleName()) == (1, 1, "办件页，F3，超期 1 件")
    desk.context.ask(ShowCases(CaseList.OVERDUE))
    page: Any = desk.window.stack.currentWidget()
    assert (page.finder.lists.current, page.finder.found) == (CaseList.OVERDUE, 1)
