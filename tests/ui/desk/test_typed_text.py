"""What looks wrong stops once: one key takes what would be right, another keeps what the document says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.number_entry import NumberConfirmed
from counter_assistant.domain.typed_text.id_type import IdType
from tests.ui.desk_hand import CONTROL, Bench, bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # each opens a desk

WRONG_CHECK_DIGIT = "110105194912310021"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[Bench]:
    with bench(qtbot, tmp_path) as made:
        yield made


def ready(desk: Bench) -> None:
    """An item whose list is gone through; the cursor is in 姓名."""
    desk.take("gmxj")
    type_("121211")
    press(Qt.Key.Key_Return)


def paste(text: str) -> None:
    QApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, CONTROL)


def offered(desk: Bench, name: str) -> str:
    button = desk.find(QPushButton, name)
    return button.text() if button.isVisible() else ""


def test_a_lookalike_dot_is_offered_when_the_field_is_left_and_taken_from_anywhere(desk: Bench) -> None:
    ready(desk)
    commit("买买提•艾力")
    assert offered(desk, "take_offer") == ""
    press(Qt.Key.Key_Return)
    assert offered(desk, "take_offer") == "改为 买买提·艾力　Ctrl+回车"
    assert desk.state.name == "买买提•艾力"
    desk.materials.setFocus()
    press(Qt.Key.Key_Return, CONTROL)
    assert desk.state.name == desk.field("name").text() == "买买提·艾力"
    assert offered(desk, "take_offer") == offered(desk, "keep_typed") == ""


def test_f9_stops_once_and_the_key_that_it_names_goes_on(desk: Bench) -> None:
    ready(desk)
    commit("买买提•艾力")
    press(Qt.Key.Key_F9)
    assert desk.printing.papers == []
    assert desk.says("decision_refusal") == "请先核对：姓名。Ctrl+回车按建议办，按回车去第一处。"
    press(Qt.Key.Key_Return, CONTROL)
    press(Qt.Key.Key_F9)
    (paper,) = desk.office.archive.search("")
    assert paper.applicant == "买买提·艾力"


def test_what_the_document_says_is_kept_by_one_key_and_issued(desk: Bench) -> None:
    ready(desk)
    commit("韦WEI")
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_Return, CONTROL)
    press(Qt.Key.Key_F9)
    (paper,) = desk.office.archive.search("")
    assert paper.applicant == "韦WEI"
    entry = desk.office.archive.show(paper.number).entry
    assert entry.payload["facts"]["compared"] == ["name"]


def test_the_suggestion_may_be_left_where_the_document_has_it_so(desk: Bench) -> None:
    ready(desk)
    commit("买买提•艾力")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert desk.presented.matter.applicant.name == "买买提•艾力"
    assert desk.page.model.missing() == []
    desk.field("name").setFocus()
    commit("江")  # another text is another question
    assert [one.key for one in desk.page.model.missing()] == ["name"]


def test_a_number_whose_check_digit_is_wrong_is_compared_once_and_never_asked_again(desk: Bench) -> None:
    for visit in range(2):
        ready(desk)
        for text in ("罗𠅤克", "13800000000", WRONG_CHECK_DIGIT):
            commit(text)
            press(Qt.Key.Key_Return)
        asked = offered(desk, "keep_typed")
        assert asked == ("" if visit else "已与证照核对一致　Ctrl+回车")
        press(Qt.Key.Key_Return, CONTROL)
        press(Qt.Key.Key_F9)
        if not desk.says("issued_number"):
            press(Qt.Key.Key_F9)  # the visit before was read
        assert desk.says("issued_number")
        press(Qt.Key.Key_Return)
    (confirmed,) = desk.office.book.entries(EntryKind.NUMBER_CONFIRMED)
    assert NumberConfirmed.from_payload(confirmed.payload) == NumberConfirmed(
        IdType.RESIDENT, "110105********0021", "0001", WRONG_CHECK_DIGIT
    )


def test_the_mouse_takes_and_keeps_as_well(desk: Bench) -> None:
    ready(desk)
    commit("张 三")
    press(Qt.Key.Key_Return)
    desk.find(QPushButton, "take_offer").click()
    assert desk.state.name == "张三"
    commit("1380000000")
    press(Qt.Key.Key_Return)
    desk.find(QPushButton, "keep_typed").click()
    assert desk.presented.matter.applicant.phone == "1380000000"


@pytest.mark.parametrize("into", ["name", "phone", "id_number"])
def test_a_pasted_line_falls_into_its_fields(desk: Bench, into: str) -> None:
    ready(desk)
    desk.field(into).setFocus()
    paste("1\t张三\t11010519491231002x\t138 0000 1234\n")
    state = desk.state
    assert (state.name, state.id_number, state.phone) == ("张三", "11010519491231002x".upper(), "13800001234")
    assert desk.field("name").text() == "张三"


def test_a_pasted_line_leaves_what_was_typed_before(desk: Bench) -> None:
    ready(desk)
    desk.field("phone").setFocus()
    type_("0883-2123456")
    desk.field("name").setFocus()
    paste("张三 11010519491231002X 13800001234")
    assert (desk.state.name, desk.state.phone) == ("张三", "0883-2123456")


def test_a_name_of_several_words_stays_one(desk: Bench) -> None:
    ready(desk)
    paste("Maria Garcia Lopez")
    assert desk.state.name == "Maria Garcia Lopez"


def test_the_same_visitor_has_another_matter_by_one_key(desk: Bench) -> None:
    ready(desk)
    for text in ("张三", "13800001234", "11010519491231002X"):
        commit(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F9)
    first = desk.state.uuid
    press(Qt.Key.Key_Return, CONTROL)
    assert focused() is desk.search
    state = desk.state
    assert (state.name, state.phone, state.id_number) == ("张三", "13800001234", "11010519491231002X")
    assert (state.item, state.received, state.uuid == first) == ("", set(), False)
    desk.take("zlsc")
    assert desk.presented.matter.applicant.name == "张三"
