"""常去的单位：kept in the settings in the order of their digits, recorded with the profile, and there on the desk at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Body, check_profile
from counter_assistant.operations.intake.usual_bodies import find_bodies
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.places import UNIT
from counter_assistant.ui.settings.sections.bodies import BodiesSection
from tests.ui.counter import CONTROL, nameless, press, retype, rich_labels
from tests.ui.find import fault_of, find

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(page: SettingsPage) -> SettingsPage:
    """The page with this section open."""
    press(Key.Key_9, ALT)
    return page


def bodies(page: SettingsPage) -> QListWidget:
    return find(page, QListWidget, "常去的单位")


def names(office: Office) -> list[str]:
    return [body.name for body in office.profile.bodies]


def test_the_examples_have_names_and_nothing_invented() -> None:
    profile = program().example_profile
    assert 0 < len(profile.bodies) <= 9
    assert all(body.name and body.what_for and not body.address and not body.phone for body in profile.bodies)
    check_profile(profile)


def test_alt_nine_shows_them_with_their_digits(page: SettingsPage, office: Office) -> None:
    assert find(page, BodiesSection).isVisible()
    assert bodies(page).hasFocus()
    shown = [bodies(page).item(n).text() for n in range(bodies(page).count())]
    assert shown == [f"{n}　{name}" for n, name in enumerate(names(office), 1)]
    assert rich_labels(page) == nameless(page) == []


def test_a_body_is_added_by_keys_and_saved_with_the_profile(page: SettingsPage, office: Office) -> None:
    before = names(office)
    press(Key.Key_N, CONTROL)
    for text in ("某县司法局", "法律援助", "示例路9号", "0883-0000900"):
        retype(text)
        press(Key.Key_Return)
    assert page.dirty
    press(Key.Key_S, CONTROL)
    assert office.profile.bodies[-1] == Body("某县司法局", "法律援助", "示例路9号", "0883-0000900")
    assert names(office) == [*before, "某县司法局"]
    assert not page.dirty


def test_the_order_is_that_of_the_digits(page: SettingsPage, office: Office) -> None:
    first, second, *rest = names(office)
    press(Key.Key_Down, CONTROL)
    assert bodies(page).currentRow() == 1
    press(Key.Key_S, CONTROL)
    assert names(office) == [second, first, *rest]
    press(Key.Key_Up, CONTROL)
    press(Key.Key_Up, CONTROL)
    press(Key.Key_S, CONTROL)
    assert names(office) == [first, second, *rest]


def test_one_is_taken_out_and_reverting_brings_it_back(page: SettingsPage, office: Office) -> None:
    before = names(office)
    press(Key.Key_Delete, CONTROL)
    assert bodies(page).count() == len(before) - 1
    press(Key.Key_R, CONTROL)
    assert bodies(page).count() == len(before)
    press(Key.Key_Delete, CONTROL)
    press(Key.Key_S, CONTROL)
    assert names(office) == before[1:]


def test_all_may_be_taken_out(page: SettingsPage, office: Office) -> None:
    before = len(names(office))
    for left in range(before, 0, -1):
        press(Key.Key_Delete, CONTROL)
        press(Key.Key_Delete, CONTROL)
        assert bodies(page).count() == left - 1, "a press twice takes one"
        press(Key.Key_Down)
    assert not find(page, QLineEdit, "body_name").isEnabled()
    press(Key.Key_S, CONTROL)
    assert office.profile.bodies == ()


def test_a_body_without_a_name_is_told_beside_its_field_and_an_empty_one_is_none(
    page: SettingsPage, office: Office
) -> None:
    before, entries = names(office), len(list(office.book.entries(EntryKind.OFFICE_PROFILE)))
    press(Key.Key_N, CONTROL)
    press(Key.Key_Return)
    retype("法律援助")
    page.go(UNIT)
    press(Key.Key_S, CONTROL)
    assert find(page, BodiesSection).isVisible()
    assert find(page, QLineEdit, "body_name").hasFocus()
    assert fault_of(page, "body_name") == "请填写单位名称"
    assert len(list(office.book.entries(EntryKind.OFFICE_PROFILE))) == entries
    press(Key.Key_Return)
    retype("")
    press(Key.Key_S, CONTROL)
    assert names(office) == before
    assert not page.dirty


@pytest.mark.parametrize(
    ("typed", "found"), [("", 2), ("民政", 1), ("mz", 1), ("离婚 民政", 1), ("示例路3", 1), ("司法", 0)]
)
def test_a_body_is_found_by_name_initials_purpose_or_street(typed: str, found: int) -> None:
    bodies = (Body("某县民政局", "结婚证、离婚证", "示例路3号"), Body("某县公证处", "继承"))
    assert len(find_bodies(bodies, typed)) == found
