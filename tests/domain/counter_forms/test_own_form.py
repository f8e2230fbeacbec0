"""The centre's own form: its values by name, its places, what the entries come to."""

from __future__ import annotations

import json

from counter_assistant.domain.counter_forms.filling import CaseValues, fill
from counter_assistant.domain.counter_forms.own_form import OwnForm, Place, in_force, value_names, values_of
from tests.domain.counter_forms.test_filling import ASKED, CASE, FORM

PLACE = Place("人/姓名", 0, 300, 400)


def test_values_are_named_by_what_they_are_and_nothing_by_hand_is_among_them() -> None:
    assert value_names(FORM, ASKED) == [
        "表头/编号", "表头/受理日", "表头/填制日期", "表头/窗口", "人/姓名", "人/婚姻=单身", "人/婚姻=已婚", "人/方式=部分", "人/方式=销户",
        "人/金额", "人/再写金额", "人/大写", "人/净增", "人/人数", "人/合计", "人/合计大写", "配偶/增加", "别的事/减少",
    ]  # fmt: skip


def test_a_case_gives_its_values_by_these_names() -> None:
    values = values_of(fill(FORM, ASKED, CASE), {"today": "2026年11月23日"})
    assert values["人/姓名"] == "岩罕"
    assert values["人/大写"] == "人民币壹万贰仟元整"
    assert (values["人/婚姻=单身"], values["人/方式=销户"], values["表头/填制日期"]) == ("√", "√", "2026年11月23日")
    assert not {"人/婚姻=已婚", "人/方式=部分", "人/签名", "表头/编号"} & values.keys()
    assert set(values) <= set(value_names(FORM, ASKED))


def test_a_blank_one_has_none() -> None:
    assert values_of(fill(FORM, ASKED, CaseValues("B08")), {}) == {}


def test_a_place_is_moved_and_sized_within_what_can_be_read() -> None:
    assert PLACE.moved(10, -2) == Place("人/姓名", 0, 310, 398)
    assert PLACE.sized(10).size == 115
    assert (PLACE.sized(-90).size, PLACE.sized(990).size) == (60, 200)


def test_what_is_recorded_is_read_again_and_the_last_of_each_form_holds() -> None:
    first, second = OwnForm.of("P-01", b"%PDF-1", [PLACE], "0001"), OwnForm.of("P-01", b"%PDF-2", [], "0002")
    read = OwnForm.from_payload(json.loads(json.dumps(first.to_payload())))
    assert (read, read.pdf_bytes) == (first, b"%PDF-1")
    other, gone = OwnForm.of("P-02", b"%PDF-3", [], "0001"), OwnForm("P-02", "", (), "0001")
    assert in_force([first, other, second]) == {"P-01": second, "P-02": other}
    assert in_force([first, other, gone]) == {"P-01": first}
