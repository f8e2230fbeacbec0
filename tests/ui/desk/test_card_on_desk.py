"""读卡 on the desk: a card fills what is empty, and replaces nothing without being asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_assistant.devices import readers
from counter_assistant.devices.identity_card import MAY_BE_CUT, IdentityCard, NoCard, ReaderFault
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui import local_settings
from counter_assistant.ui.card_reading import CardReading
from counter_assistant.ui.desk.controllers.card_intake import NEXT_CARD, NO_CARD, NO_READER
from counter_assistant.ui.widgets.chip import Chip
from tests.make import PHONE, a_request
from tests.ui.desk_hand import Bench, bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

CARD = IdentityCard("岩罕温", "530900199003070017", IdType.RESIDENT)
OTHER = IdentityCard("玉应罕", "530900199911110029", IdType.RESIDENT)
FOREIGN = IdentityCard("ZHENGJIAN, YANGBEN", "953124198501010010", IdType.FOREIGN_PERMANENT)


def reading_of(desk: Bench) -> CardReading:
    reading = desk.page.findChild(CardReading)
    assert reading is not None
    return reading


def lay(desk: Bench, card: IdentityCard) -> None:
    """A card is laid on."""
    reading_of(desk).laid.emit(card)


def person(desk: Bench) -> tuple[str, str, str]:
    return desk.state.name, desk.state.id_number, desk.state.id_type


def agent(desk: Bench) -> tuple[str, str]:
    return desk.state.agent_name, desk.state.agent_id_number


def test_a_card_laid_on_fills_name_number_and_kind_and_moves_no_cursor(desk: Bench) -> None:
    desk.take("zlsc")
    before = focused()
    lay(desk, FOREIGN)
    assert person(desk) == (FOREIGN.name, FOREIGN.number, "foreign_permanent")
    assert (desk.field("name").text(), desk.field("id_number").text()) == (FOREIGN.name, "953124********0010")
    assert desk.page._cards.applicant.id_type.currentData() == "foreign_permanent"
    assert focused() is before
    assert desk.says("card_words") == ""


def test_it_may_come_before_the_item(desk: Bench) -> None:
    lay(desk, CARD)
    desk.take("zlsc")
    assert person(desk) == (CARD.name, CARD.number, "resident")


def test_where_the_cursor_was_in_the_name_it_goes_on_to_the_phone(desk: Bench) -> None:
    desk.take("zlsc")
    desk.field("name").setFocus()
    lay(desk, CARD)
    assert focused() is desk.field("phone")


def test_the_same_card_again_changes_nothing(desk: Bench) -> None:
    lay(desk, CARD)
    desk.field("phone").setFocus()
    type_(PHONE)
    lay(desk, CARD)
    assert (person(desk), desk.state.phone) == ((CARD.name, CARD.number, "resident"), PHONE)
    assert desk.says("card_words") == ""


def test_what_was_typed_is_replaced_by_the_second_key_only(qtbot: Any, desk: Bench) -> None:
    desk.take("zlsc")
    desk.field("name").setFocus()
    commit("岩罕")
    lay(desk, CARD)
    assert person(desk) == ("岩罕", "", "resident")
    assert desk.says("card_words") == (
        "台上已填姓名“岩罕”，与读到的证件（岩罕温，尾号 0017）不同。再按 F12 换成证件上的。"
    )
    press(Qt.Key.Key_F12)
    assert person(desk) == (CARD.name, CARD.number, "resident")
    assert desk.says("card_words") == ""


def test_what_was_typed_after_the_page_said_so_is_asked_about_anew(desk: Bench) -> None:
    desk.field("name").setFocus()
    commit("岩罕")
    lay(desk, CARD)
    commit("香")
    assert desk.says("card_words") == ""
    press(Qt.Key.Key_F12)
    assert desk.state.name == "岩罕香"
    assert desk.says("card_words").startswith("台上已填姓名“岩罕香”，")
    press(Qt.Key.Key_F12)
    assert desk.state.name == CARD.name


def test_a_card_that_lies_there_is_not_taken_by_being_found_again(desk: Bench) -> None:
    desk.field("name").setFocus()
    commit("岩罕")
    for card in (CARD, CARD, OTHER):
        lay(desk, card)
    assert desk.state.name == "岩罕"
    assert "玉应罕" in desk.says("card_words")


def test_what_is_being_composed_is_not_lost(desk: Bench) -> None:
    desk.field("name").setFocus()
    commit("", preedit="yanhan")
    lay(desk, CARD)
    press(Qt.Key.Key_F12)
    assert desk.state.name == ""
    assert desk.says("card_words").startswith("台上已填还没有打完的字，")
    commit("岩罕温")
    press(Qt.Key.Key_F12)
    assert person(desk) == (CARD.name, CARD.number, "resident")


def test_the_agents_card_fills_the_agents_fields_where_the_cursor_is(desk: Bench) -> None:
    desk.take("zlsc")
    type_("2")
    desk.field("agent_name").setFocus()
    lay(desk, CARD)
    assert (agent(desk), person(desk)) == ((CARD.name, CARD.number), ("", "", "resident"))
    assert focused() is desk.field("agent_phone")


def test_the_second_card_of_two_people_is_the_agents(desk: Bench) -> None:
    desk.take("zlsc")
    type_("2")
    for card in (CARD, OTHER):
        lay(desk, card)
    assert (person(desk)[:2], agent(desk)) == ((CARD.name, CARD.number), (OTHER.name, OTHER.number))
    third = IdentityCard("岩撼", "530900198805120026", IdType.RESIDENT)
    lay(desk, third)
    assert (person(desk)[:2], agent(desk)) == ((CARD.name, CARD.number), (OTHER.name, OTHER.number))
    assert desk.says("card_words").startswith(f"台上已填姓名“{CARD.name}”")


def test_in_the_applicants_own_fields_a_second_card_is_no_agents(desk: Bench) -> None:
    desk.take("zlsc")
    type_("2")
    lay(desk, CARD)
    desk.field("name").setFocus()
    lay(desk, OTHER)
    assert (person(desk)[:2], agent(desk)) == ((CARD.name, CARD.number), ("", ""))


def test_a_waiting_card_goes_where_the_cursor_is_by_then(desk: Bench) -> None:
    desk.take("zlsc")
    type_("2")
    desk.field("name").setFocus()
    commit("玉罕")
    lay(desk, CARD)
    desk.field("agent_name").setFocus()
    press(Qt.Key.Key_F12)
    assert (agent(desk), desk.state.name) == ((CARD.name, CARD.number), "玉罕")


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (IdentityCard("阿依努尔·买买提阿不都热合曼肯", CARD.number, IdType.RESIDENT, filled=True), MAY_BE_CUT),
        (
            IdentityCard(CARD.name, CARD.number, IdType.RESIDENT, date(2024, 6, 30)),
            "证件有效期到2024年6月30日，已经过期。",
        ),
    ],
)
def test_what_is_doubtful_of_a_card_is_said_and_refuses_nothing(desk: Bench, card: IdentityCard, said: str) -> None:
    lay(desk, card)
    assert (desk.says("card_words"), desk.state.name) == (said, card.name)


def test_a_name_that_the_chip_could_not_hold_stops_as_a_typed_one_does(desk: Bench) -> None:
    desk.take("zlsc")
    lay(desk, IdentityCard("罗\ue863克", CARD.number, IdType.RESIDENT))
    assert (desk.field("name").property("wrong"), bool(desk.says("applicant_error"))) == (True, True)
    press(Qt.Key.Key_F9)
    assert desk.printing.papers == []


def test_a_number_that_stood_under_another_name_is_asked_about_as_when_typed(desk: Bench) -> None:
    issue_slip(desk.office, a_request("B08", applicant={"name": "岩撼", "phone": PHONE, "id_number": CARD.number}))
    desk.take("zlsc")
    lay(desk, CARD)
    press(Qt.Key.Key_F9)
    assert "此号码上次登记的姓名是“岩撼”" in desk.says("decision_question")
    assert desk.printing.papers == []
    press(Qt.Key.Key_F9)
    assert len(desk.printing.papers) == 1


def test_a_card_of_the_next_one_waits_until_the_desk_is_free(desk: Bench) -> None:
    desk.take("zlsc")
    lay(desk, CARD)
    press(Qt.Key.Key_F9)
    assert len(desk.printing.papers) == 1
    lay(desk, CARD)
    lay(desk, OTHER)
    assert (desk.state.name, desk.messages[-1]) == (CARD.name, NEXT_CARD)
    press(Qt.Key.Key_Return)
    assert person(desk) == (OTHER.name, OTHER.number, "resident")


def test_the_next_one_does_not_get_the_card_of_the_one_before(desk: Bench) -> None:
    desk.take("zlsc")
    lay(desk, CARD)
    press(Qt.Key.Key_F9)
    lay(desk, CARD)
    press(Qt.Key.Key_Return)
    assert person(desk) == ("", "", "resident")


def test_nothing_of_a_card_is_seen_once_the_desk_is_cleared(desk: Bench) -> None:
    desk.field("name").setFocus()
    commit("岩罕")
    lay(desk, CARD)
    press(Qt.Key.Key_Escape)
    assert desk.says("card_words") == ""
    press(Qt.Key.Key_F12)
    assert desk.state.name == ""


@pytest.mark.parametrize(("answer", "said"), [(NoCard(), NO_CARD), (ReaderFault("断开了。"), "断开了。")])
def test_what_the_key_brought_is_one_line_on_the_page(desk: Bench, answer: object, said: str) -> None:
    reading_of(desk).answered.emit(answer)
    assert desk.says("card_words") == said


def test_trouble_of_the_reader_is_one_line_in_the_status(desk: Bench) -> None:
    reading_of(desk).trouble.emit("断开了。")
    assert desk.messages[-1] == "断开了。"


def test_without_a_reader_there_is_no_button_and_the_key_says_where_to_choose_one(desk: Bench) -> None:
    assert not desk.find(Chip, "读身份证，F12").isVisible()
    press(Qt.Key.Key_F12)
    assert desk.messages[-1] == NO_READER


@pytest.fixture
def practice(qtbot: Any, data_dir: Path) -> Any:
    """A desk with the practice reader."""
    data_dir.mkdir()
    local_settings.change(data_dir, reader="practice")
    with bench(qtbot, data_dir) as made:
        yield made


def test_one_key_reads_a_card(qtbot: Any, practice: Bench) -> None:
    practice.take("zlsc")
    assert practice.find(Chip, "读身份证，F12").isVisible()
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(practice.state.name))
    assert person(practice) == ("岩罕温", "530900199003070017", "resident")
    press(Qt.Key.Key_F9)
    assert len(practice.printing.papers) == 1


def test_the_button_does_what_the_key_does(qtbot: Any, practice: Bench) -> None:
    practice.find(Chip, "读身份证，F12").click()
    qtbot.waitUntil(lambda: bool(practice.state.name))


def test_another_window_in_front_gets_the_reader(qtbot: Any, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    class Reader:
        def read(self) -> NoCard:
            return NoCard()

        def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(readers, "open_reader", lambda _code, _folder: Reader())
    data_dir.mkdir()
    local_settings.change(data_dir, reader="serial:COM3")
    with bench(qtbot, data_dir) as desk:
        assert closed == []
        other = QWidget()
        qtbot.addWidget(other)
        with qtbot.waitActive(other):
            other.show()
            other.activateWindow()
        qtbot.waitUntil(lambda: closed == [True])
        came: list[object] = []
        reading_of(desk)._came.connect(lambda _reader, answer: came.append(answer))
        with qtbot.waitActive(desk.page):
            desk.page.activateWindow()
        qtbot.waitUntil(lambda: bool(came))


def test_no_file_holds_the_person_before_anything_is_issued(qtbot: Any, practice: Bench, data_dir: Path) -> None:
    """The draft apart, which is the desk's own."""
    press(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(practice.state.name))
    held = [path.name for path in data_dir.rglob("*") if path.is_file() and "样例路".encode() in path.read_bytes()]
    assert held == []


def test_at_the_empty_desk_what_the_reader_says_is_heard_and_a_card_brings_the_applicant(
    desk: Bench, qtbot: Any
) -> None:
    """GIVEN nobody at the desk, whose fields are not seen WHEN no card lies there, and then one THEN both are told."""
    reading_of(desk).answered.emit(NoCard())
    assert desk.messages == [NO_CARD]
    lay(desk, CARD)
    assert desk.field("name").isVisible()
    assert focused() is desk.search
    type_("1")
    qtbot.waitUntil(lambda: desk.state.item == "B08")
    assert person(desk) == (CARD.name, CARD.number, "resident")
