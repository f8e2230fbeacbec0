"""On what each kind of paper is printed is chosen in the settings, for one kind or for all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from counter_assistant.operations.office import Office
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.papers.paper_formats import FOR_ONE, HALVES, in_words
from counter_assistant.ui.settings.places import UNIT
from tests.ui.counter import CONTROL, press
from tests.ui.find import find, says
from tests.ui.settings.conftest import a_page

pytestmark = pytest.mark.slow  # every test makes a page of its own


def choose(page: SettingsPage, what: str, code: str) -> None:
    choice = find(page, QComboBox, what)
    choice.setCurrentIndex(choice.findData(code))
    choice.activated.emit(choice.currentIndex())


def test_a_kind_gets_its_format_and_all_of_them_another(qtbot: QtBot, office: Office) -> None:
    page = a_page(qtbot, office)
    page.go(UNIT)
    assert says(page, "paper_formats_note") == f"全部文书：A4。{FOR_ONE}"
    choose(page, "要选纸型的文书", "guidance")
    choose(page, "纸型", "a4_halves")
    assert says(page, "paper_formats_note") == f"指引单：A4 对半；其余 A4。{HALVES}{FOR_ONE}"
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.paper_formats == {"guidance": "a4_halves"}
    choose(page, "要选纸型的文书", "")
    assert find(page, QComboBox, "纸型").currentIndex() == -1, "they differ"
    choose(page, "纸型", "continuous")
    press(Qt.Key.Key_S, CONTROL)
    assert set(office.profile.paper_formats.values()) == {"continuous"}
    assert len(office.profile.paper_formats) == 10
    choose(page, "纸型", "a4")
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.paper_formats == {}


def test_what_is_taken_back_is_as_it_was(qtbot: QtBot, office: Office) -> None:
    page = a_page(qtbot, office)
    page.go(UNIT)
    choose(page, "纸型", "a5")
    states = [page.dirty]
    press(Qt.Key.Key_R, CONTROL)
    assert [*states, page.dirty] == [True, False]
    assert says(page, "paper_formats_note").startswith("全部文书：A4")


def test_where_no_kind_is_left_on_a4_none_is_named_the_rest() -> None:
    from counter_assistant.domain.papers.kinds import SlipKind

    every = dict.fromkeys((kind.value for kind in SlipKind), "a5") | {"receipt": "a4_halves"}
    assert "其余" not in in_words(every)
