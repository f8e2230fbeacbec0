"""胸牌、桌牌、窗口牌上写什么。"""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.displays.board import Board, BoardColumn
from counter_assistant.domain.displays.cards import BLANK, Badge, DeskPlate, PlateWords, WindowPlate
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.refusal import Refusal

CLERK = Clerk("0007", "欧阳某", "归集提取科", "科员", "提取受理", "0883-7")
OFFICE = OfficeProfile("某中心", "某管理部", "某", "某一", "000001", "3 号窗口", "0883-9", "12329", clerks=(CLERK,))


def test_a_badge_says_what_the_service_code_asks_for() -> None:
    badge = Badge.of(OFFICE, CLERK)
    assert badge == Badge("某中心", "欧阳某", (("科室", "归集提取科"), ("职务", "科员"), ("工号", "0007")))
    assert badge.texts() == ["某中心", "欧阳某", "科室", "归集提取科", "职务", "科员", "工号", "0007"]


def test_what_the_office_has_not_filled_in_is_left_open() -> None:
    bare = replace(CLERK, department="", title="", duty="", phone="")
    assert [text for _, text in Badge.of(OFFICE, bare).rows] == [BLANK, BLANK, "0007"]
    assert dict(DeskPlate.of(OFFICE, bare).rows)["服务项目"] == BLANK


def test_a_desk_plate_says_who_sits_there_and_whom_to_call() -> None:
    plate = DeskPlate.of(OFFICE, CLERK)
    assert plate.texts() == ["欧阳某", "科员", "工号", "0007", "服务项目", "提取受理", "监督电话", "0883-9"]


def test_a_plate_over_a_window_is_called_as_the_office_calls_it() -> None:
    assert WindowPlate.of(OFFICE, PlateWords.WINDOW) == WindowPlate(("3 号窗口",), "", "某中心　某管理部")
    assert WindowPlate.of(OFFICE, PlateWords.WINDOW, " 贷款窗口 ", " Lvka ") == WindowPlate(
        ("贷款窗口",), "Lvka", "某中心　某管理部"
    )


@pytest.mark.parametrize(
    ("says", "label", "words"),
    [
        (PlateWords.SUSPENDED, "本窗口暂停服务", ("本窗口", "暂停服务")),
        (PlateWords.MODEL_POST, "共产党员示范岗", ("共产党员", "示范岗")),
    ],
)
def test_the_two_fixed_plates_say_the_words_of_the_code(says: PlateWords, label: str, words: tuple[str, ...]) -> None:
    assert (says.label, WindowPlate.of(OFFICE, says, "另一个名字").words) == (label, words)
    assert PlateWords.WINDOW.label == "窗口号和名称"


@pytest.mark.parametrize(("name", "second"), [("长" * 41, ""), ("", "长" * 41), ("一\u202e二", "")])
def test_what_cannot_be_printed_is_refused(name: str, second: str) -> None:
    assert WindowPlate.of(OFFICE, PlateWords.WINDOW, "长" * 40, "长" * 40).second == "长" * 40
    with pytest.raises(Refusal, match="牌上的字"):
        WindowPlate.of(OFFICE, PlateWords.WINDOW, name, second)


def test_what_is_still_the_example_s_says_so() -> None:
    assert Badge.of(OFFICE, CLERK, example=True).unit == "某中心（示例）"
    assert DeskPlate.of(OFFICE, CLERK, example=True).title == "科员（示例）"
    assert WindowPlate.of(OFFICE, PlateWords.WINDOW, example=True).foot == "某中心　某管理部（示例）"


def test_every_text_of_a_board_is_known() -> None:
    board = Board("单位", "题", "示例", "引", (BoardColumn("头", 1),), (("格",),), ("脚",))
    assert board.texts() == ["单位", "题", "示例", "引", "头", "格", "脚"]
