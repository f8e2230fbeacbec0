"""A character that no input method offers is found by its parts, beneath the name, without leaving it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui.widgets.fields.candidate_grid import CandidateGrid
from counter_assistant.ui.widgets.fields.parts_strip import HOW, NOTHING, PartsStrip
from tests.make import a_request
from tests.ui.desk_hand import CONTROL, Bench, bench, commit, focused, press, type_
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens a desk

Key = Qt.Key


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[Bench]:
    with bench(qtbot, tmp_path) as made:
        made.take("gmxj")
        type_("121211")
        press(Key.Key_Return)
        yield made


def strip(desk: Bench) -> PartsStrip:
    found = desk.page.findChild(PartsStrip)
    assert found is not None
    return found


def grid(desk: Bench) -> CandidateGrid:
    return strip(desk).grid


def test_a_rare_character_is_typed_by_its_parts_and_taken_by_a_digit(desk: Bench) -> None:
    commit("罗克")
    press(Key.Key_Left)
    press(Key.Key_N, CONTROL)
    assert strip(desk).isVisible()
    assert strip(desk).foot.text() == HOW
    commit("亠")
    commit("思")
    assert grid(desk).in_row[0] == "𠅤"
    assert "11 画　U+20164" in strip(desk).foot.text()
    strip(desk).layout().activate()  # type: ignore[union-attr]
    assert strip(desk).foot.width() >= strip(desk).foot.sizeHint().width(), "none of it is cut off"
    type_("1")
    assert strip(desk).isHidden()
    assert focused() is desk.field("name")
    assert desk.state.name == desk.field("name").text() == "罗𠅤克"
    commit("某")
    assert desk.state.name == "罗𠅤某克"


def test_a_digit_after_plus_says_strokes_and_the_next_one_chooses(desk: Bench) -> None:
    press(Key.Key_N, CONTROL)
    commit("金")
    type_("+16")
    assert desk.page.findChild(QLineEdit, "parts").text() == "金+16"  # type: ignore[union-attr]
    wanted = grid(desk).in_row[2]
    type_("3")
    assert desk.state.name == wanted


def test_further_rows_are_gone_to_by_the_arrow_and_more_are_found_beyond_the_last(desk: Bench) -> None:
    press(Key.Key_N, CONTROL)
    commit("木")
    first = list(grid(desk).found)
    assert len(first) == 27
    for _ in range(4):
        press(Key.Key_Down)
    assert grid(desk).row == 4
    assert grid(desk).found[:27] == first
    assert len(grid(desk).found) > 27
    wanted = grid(desk).in_row[8]
    assert wanted in grid(desk).shown
    type_("9")
    assert desk.state.name == wanted


def test_enter_takes_the_first_and_escape_goes_back_with_the_name_as_it_was(desk: Bench) -> None:
    commit("王")
    press(Key.Key_N, CONTROL)
    commit("木木木")
    press(Key.Key_Escape)
    assert strip(desk).isHidden()
    assert focused() is desk.field("name")
    assert desk.state.name == "王"
    press(Key.Key_N, CONTROL)
    assert strip(desk).line.text() == ""
    assert grid(desk).found == []
    commit("木木木")
    press(Key.Key_Return)
    assert desk.state.name == "王森"


def test_nothing_found_is_said_and_takes_nothing(desk: Bench) -> None:
    press(Key.Key_N, CONTROL)
    commit("木鱼火水金土")
    assert strip(desk).foot.text() == NOTHING
    type_("1")
    press(Key.Key_Return)
    assert strip(desk).isVisible()
    assert desk.state.name == ""


def test_a_character_without_a_code_is_described_by_its_parts(desk: Bench) -> None:
    commit("王")
    press(Key.Key_N, CONTROL)
    commit("鸟甲")
    type_("0")
    assert strip(desk).isHidden()
    assert desk.state.name == "王＿"
    assert desk.field("uncoded").text() == "鸟甲"
    assert desk.field("uncoded").isVisible()
    assert desk.field("also_named").isVisible()
    commit("三")
    assert desk.state.name == "王＿三"
    assert [(one.key, one.text) for one in desk.presented.paper_fields] == [("uncoded", "鸟甲"), ("also_named", "")]
    press(Key.Key_N, CONTROL)
    commit("木")
    type_("+1")
    assert strip(desk).isVisible()  # a digit of the strokes
    type_("0")
    assert strip(desk).line.text() == "木+10"


def test_how_other_systems_write_a_name_is_asked_only_by_name(desk: Bench) -> None:
    commit("罗𠅤克")
    assert not desk.presented.paper_fields
    desk.page.ask_other_forms()
    assert focused() is desk.field("also_named")
    commit("罗塞克")
    assert [(one.key, one.text) for one in desk.presented.paper_fields] == [("also_named", "罗塞克")]
    assert desk.presented.matter.request.details.also_named == "罗塞克"


def test_on_an_empty_desk_no_name_is_written_otherwise(desk: Bench) -> None:
    press(Key.Key_Escape)
    desk.page.ask_other_forms()
    assert not desk.field("also_named").isVisible()


def test_a_character_is_taken_by_the_mouse(desk: Bench) -> None:
    press(Key.Key_N, CONTROL)
    commit("龙龙")
    seen = grid(desk)
    QTest.mouseClick(seen, Qt.MouseButton.LeftButton, pos=QPoint(seen.width() // 9 + 8, 10))
    assert desk.state.name == seen.found[1]


def test_the_strip_is_opened_by_the_mouse_where_the_cursor_is(desk: Bench) -> None:
    name = desk.field("name")
    sign, agents = (find(desk.field(key), QToolButton) for key in ("name", "agent_name"))
    assert (sign.isVisible(), agents.isVisible()) == (True, False)
    assert sign.accessibleName() == "难字"
    QTest.mouseClick(sign, Qt.MouseButton.LeftButton)
    assert strip(desk).isVisible()
    commit("亠思")
    type_("1")
    assert (focused() is name, name.text()) == (True, "𠅤")
    desk.field("phone").setFocus()
    assert not sign.isVisible()


def test_whoever_goes_elsewhere_closes_it_and_a_number_has_none(qtbot: Any, desk: Bench) -> None:
    press(Key.Key_N, CONTROL)
    desk.field("phone").setFocus()
    qtbot.waitUntil(strip(desk).isHidden)
    press(Key.Key_N, CONTROL)
    assert strip(desk).isHidden()  # a phone number has no such characters


def test_the_search_of_the_desk_finds_somebody_by_another_form_of_the_name(qtbot: Any, desk: Bench) -> None:
    issue_slip(desk.office, a_request(applicant={"name": "罗𠅤克"}, details={"also_named": "罗塞克"}))
    press(Key.Key_Escape)
    desk.search.setFocus()
    desk.search.clear()
    commit("罗塞")
    qtbot.waitUntil(lambda: "罗𠅤克" in [row.text for row in desk.rows("items_found")])
