"""A form of a case: what stands in each field, and what is still empty."""

from __future__ import annotations

from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.counter_forms.asked import AskedValue, ValueKind
from counter_assistant.domain.counter_forms.filling import CaseValues, fill
from counter_assistant.domain.counter_forms.form import (
    Column,
    CounterForm,
    Declaration,
    FormField,
    Group,
    Option,
    Origin,
    RowTable,
)
from counter_assistant.domain.counter_forms.known import KNOWN, is_known

MODES = (Option(("partial",), "部分"), Option(("closing",), "销户"))
ASKED = {
    "amount": AskedValue("amount", "金额", ValueKind.AMOUNT),
    "more": AskedValue("more", "增加", ValueKind.COUNT),
    "less": AskedValue("less", "减少", ValueKind.COUNT),
    "mode": AskedValue("mode", "方式", ValueKind.CHOICE, options=MODES),
}
MARRIED = Answered("marital", ("married",))
FORM = CounterForm(
    "T-01", "试表", "1", ("paper",), ("B08",), ("存卷",), "不盖章",
    (
        Group("人", (
            FormField("姓名", Origin.KNOWN, "applicant.name"),
            FormField("婚姻", Origin.KNOWN, "answer.marital", options=(Option(("unmarried", "divorced"), "单身"), Option(("married",), "已婚"))),
            FormField("方式", Origin.ASKED, "mode", required=True),
            FormField("金额", Origin.ASKED, "amount", required=True),
            FormField("再写金额", Origin.ASKED, "amount", required=True),
            FormField("大写", Origin.COMPUTED, "capitals:amount"),
            FormField("净增", Origin.COMPUTED, "sum:more,-less"),
            FormField("人数", Origin.COMPUTED, "count"),
            FormField("合计", Origin.COMPUTED, "total:due"),
            FormField("合计大写", Origin.COMPUTED, "total_capitals:due"),
            FormField("签名", Origin.BY_HAND),
        )),
        Group("配偶", (FormField("增加", Origin.ASKED, "more"),), when=MARRIED),
        Group("别的事", (FormField("减少", Origin.ASKED, "less"),), items=("B01",)),
    ),
    (Declaration("声明", ("属实。",), ("本人",)), Declaration("配偶", ("一并。",), ("配偶",), MARRIED)),
    opinions=("受理",), notes=("说明",),
    table=RowTable((Column("due", "额", "amount", 1, total=True),)),
)  # fmt: skip


def texts(case: CaseValues) -> dict[str, str]:
    return {cell.field.label: cell.text for cell in fill(FORM, ASKED, case).cells()}


CASE = CaseValues(
    "B08", {"applicant.name": "岩罕", "answer.marital": "divorced"}, {"marital": "divorced"},
    {"amount": "1200000", "mode": "closing", "more": "5", "less": "2"}, {"T-01": [{"due": "15000"}, {"due": "3000"}]},
)  # fmt: skip


def test_each_field_has_its_value_from_where_it_says() -> None:
    assert texts(CASE) == {
        "姓名": "岩罕", "婚姻": "", "方式": "", "金额": "12,000.00", "再写金额": "12,000.00", "大写": "人民币壹万贰仟元整", "净增": "3",
        "人数": "2", "合计": "180.00", "合计大写": "人民币壹佰捌拾元整", "签名": "",
    }  # fmt: skip


def test_boxes_are_ticked_by_what_is_known_and_by_what_was_asked() -> None:
    ticked = {cell.field.label: sorted(cell.ticked) for cell in fill(FORM, ASKED, CASE).cells() if cell.field.options}
    assert ticked == {"婚姻": [0], "方式": [1]}


def test_what_applies_to_the_case_stands_on_it() -> None:
    filled = fill(FORM, ASKED, CASE)
    assert [group.name for group in filled.groups] == ["人"]
    assert [one.name for one in filled.declarations] == ["声明"]
    married = fill(FORM, ASKED, CaseValues("B01", answers={"marital": "married"}))
    assert [group.name for group in married.groups] == ["人", "配偶", "别的事"]
    assert [one.name for one in married.declarations] == ["声明", "配偶"]


def test_an_open_answer_leaves_on_the_form_what_may_apply() -> None:
    filled = fill(FORM, ASKED, CaseValues("B08", answers={"marital": None}))
    assert [group.name for group in filled.groups] == ["人", "配偶"]


def test_what_is_needed_and_empty_is_named_once() -> None:
    assert fill(FORM, ASKED, CASE).missing == ()
    assert fill(FORM, ASKED, CaseValues("B08")).missing == ("mode", "amount")


def test_a_blank_form_holds_nothing_of_anybody() -> None:
    blank = fill(FORM, ASKED, CASE.blank())
    assert all(cell.empty for cell in blank.cells())
    assert blank.rows == ()
    assert "岩罕" not in "".join(blank.texts())


def test_a_sum_that_would_be_less_than_nothing_is_left_empty() -> None:
    assert texts(CaseValues("B08", asked={"less": "2"}))["净增"] == ""


def test_a_form_without_a_register_has_no_totals() -> None:
    form = CounterForm("T-02", "无清册", "1", ("paper",), (), ("存卷",), "", FORM.groups[:1], ())
    filled = fill(form, ASKED, CaseValues("B08", rows={"T-02": [{"due": "1"}]}))
    assert {cell.text for cell in filled.cells()} == {""}


def test_a_form_serves_an_item_by_its_materials() -> None:
    assert FORM.serves("B08", ["paper", "card"], {})
    assert not FORM.serves("B08", ["card"], {})
    assert not FORM.serves("B01", ["paper"], {})
    assert FORM.asked_keys("B01", {}) == ["mode", "amount", "more", "less"]


def test_a_form_for_one_situation_serves_it_and_while_it_is_open() -> None:
    form = CounterForm("T-03", "已婚的", "1", ("paper",), (), ("存卷",), "", (), (), when=MARRIED)
    assert form.serves("B08", ["paper"], {"marital": "married"})
    assert form.serves("B08", ["paper"], {})
    assert not form.serves("B08", ["paper"], {"marital": "widowed"})


def test_the_questions_that_a_form_depends_on_are_told() -> None:
    assert FORM.questions() == {"marital"}


def test_every_string_that_is_drawn_is_told() -> None:
    assert {"试表", "人", "岩罕", "部分", "声明", "属实。", "本人", "受理", "说明", "存卷", "不盖章"} <= set(
        fill(FORM, ASKED, CASE).texts()
    )


def test_what_may_be_taken_is_a_closed_list() -> None:
    assert all(is_known(source) for source in KNOWN)
    assert is_known("answer.marital")
    assert not is_known("answer.")
    assert not is_known("applicant.income")


def test_origins_are_called_as_in_the_tables_of_forms() -> None:
    assert [origin.label for origin in Origin] == ["取", "问", "算", "手"]


def test_a_screen_shows_a_case_with_its_numbers_masked_and_nothing_else_changed() -> None:
    number, card = "530926199001010011", "6228480012345678901"
    asked = ASKED | {
        "id": AskedValue("id", "证件", ValueKind.ID_NUMBER),
        "card": AskedValue("card", "卡", ValueKind.CARD),
    }
    columns = (
        Column("id", "证件", "id_number", 1),
        Column("account", "账号", "account", 1),
        Column("due", "额", "amount", 1),
        Column("all", "计", "amount", 1, computed="sum:due"),
    )
    form = CounterForm("T-04", "册", "1", ("paper",), (), ("存卷",), "", (), (), table=RowTable(columns))
    row = {"id": number, "account": "5309001", "due": "1234567890", "all": "1234567890"}
    known = {
        "applicant.name": "岩罕",
        "applicant.id_number": number,
        "agent.id_number": "E12345678",
        "case.number": "〔2026〕12号",
    }
    case = CaseValues(
        "B08", known, {"marital": None}, {"id": number, "card": card, "amount": "1234567890"}, {"T-04": [row]}
    )
    assert case.masked(form, asked) == CaseValues(
        "B08",
        known | {"applicant.id_number": "530926********0011", "agent.id_number": "*****5678"},
        {"marital": None},
        {"id": "530926********0011", "card": "****8901", "amount": "1234567890"},
        {"T-04": [row | {"id": "530926********0011", "account": "****9001"}]},
    )
    plain = CounterForm("T-05", "表", "1", ("paper",), (), ("存卷",), "", (), ())
    assert case.masked(plain, asked).rows == {"T-05": []}
