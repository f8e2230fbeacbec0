"""How the desk stands is remembered, and put back where it has become another since."""

from __future__ import annotations

from copy import deepcopy

from tests.ui.desk_hand import Bench, commit, type_


def test_an_answer_is_put_back(desk: Bench) -> None:
    desk.take("b08")
    type_("12")
    before, put_back = deepcopy(desk.state), desk.page.remember()
    type_("1")
    assert desk.state != before
    put_back()
    assert desk.state == before
    assert not any(chip.isChecked() for chip in desk.questions.question_rows["lease"].chips.values())


def test_an_item_that_was_taken_since_is_off_the_desk_again(desk: Bench) -> None:
    before, put_back = deepcopy(desk.state), desk.page.remember()
    desk.take("b08")
    put_back()
    assert desk.state == before
    assert desk.questions.isHidden()
    assert desk.search.text() == ""


def test_nothing_is_moved_where_nothing_has_changed(desk: Bench) -> None:
    desk.take("b08")
    desk.field("name").setFocus()
    commit("岩罕")
    state, put_back = desk.state, desk.page.remember()
    put_back()
    assert desk.state is state
    assert desk.field("name").hasFocus()
