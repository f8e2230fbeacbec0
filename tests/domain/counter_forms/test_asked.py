"""What is asked: what is taken, how it is printed, what of a number is shown."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.counter_forms.asked import (
    AskedValue,
    ValueKind,
    masked,
    printed,
    read_asked,
    read_twice,
    read_value,
)
from counter_assistant.domain.counter_forms.form import Option
from counter_assistant.domain.refusal import Refusal

TODAY = date(2026, 11, 23)
K = ValueKind
TAKEN = [
    (K.TEXT, " 耿马镇白马路18号 ", "耿马镇白马路18号", "耿马镇白马路18号", "耿马镇白马路18号"),
    (K.NAME, "罗𠅤克", "罗𠅤克", "罗𠅤克", "罗𠅤克"),
    (K.AMOUNT, "1500", "150000", "1,500.00", "1,500.00"),
    (K.PERCENT, "８．５％", "8.5", "8.5", "8.5"),
    (K.PERCENT, "012", "12", "12", "12"),
    (K.COUNT, "007", "7", "7", "7"),
    (K.DAY, "2026-1-5", "2026-01-05", "2026年1月5日", "2026年1月5日"),
    (K.MONTH, "2026年9月", "202609", "2026年9月", "2026年9月"),
    (K.MONTH, "202612", "202612", "2026年12月", "2026年12月"),
    (K.ACCOUNT, "5309 0000-1234", "530900001234", "5309 0000 1234", "**** 1234"),
    (K.CARD, "6228 4800 1234 5678 901", "6228480012345678901", "6228 4800 1234 5678 901", "**** 8901"),
    (K.ID_NUMBER, "11010519491231002x", "11010519491231002X", "11010519491231002X", "**** 002X"),
    (K.ID_NUMBER, "E12345678", "E12345678", "E12345678", "**** 5678"),
    (K.PHONE, "138 0000 0461", "13800000461", "13800000461", "13800000461"),
]


@pytest.mark.parametrize(("kind", "typed", "value", "on_paper", "on_screen"), TAKEN)
def test_a_value_has_one_plain_form(kind: K, typed: str, value: str, on_paper: str, on_screen: str) -> None:
    assert read_value(kind, "值", typed, TODAY) == value
    assert read_value(kind, "值", on_paper, TODAY) == value
    assert (printed(kind, value), masked(kind, value)) == (on_paper, on_screen)


@pytest.mark.parametrize("kind", list(K))
def test_nothing_typed_is_nothing(kind: K) -> None:
    assert read_value(kind, "值", "  ", TODAY) == ""
    assert (printed(kind, ""), masked(kind, "")) == ("", "")


REFUSED = [
    (K.TEXT, "字" * 401, "text-too-long"),
    (K.AMOUNT, "很多", "bad-amount"),
    (K.PERCENT, "120", "bad-percent"),
    (K.PERCENT, "12.345", "bad-percent"),
    (K.COUNT, "-1", "bad-count"),
    (K.DAY, "2026-13-5", "bad-date"),
    (K.MONTH, "202613", "bad-month"),
    (K.MONTH, "昨天", "bad-month"),
    (K.ACCOUNT, "123", "bad-number"),
    (K.CARD, "622848", "bad-number"),
    (K.CARD, "62284800123456789X1", "bad-number"),
    (K.ID_NUMBER, "110105194912310021", "id-check-digit"),
    (K.ID_NUMBER, "12", "bad-number"),
    (K.PHONE, "abc", "phone"),
]


@pytest.mark.parametrize(("kind", "typed", "code"), REFUSED)
def test_what_cannot_be_right_is_refused(kind: K, typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_value(kind, "值", typed, TODAY)
    assert code in refused.value.code or kind in (K.PHONE, K.ID_NUMBER)


def test_a_number_in_doubt_is_left_to_the_pen_because_a_form_notes_no_comparing() -> None:
    with pytest.raises(Refusal) as refused:
        read_value(K.ID_NUMBER, "配偶证件号码", "110105194912310021", TODAY)
    assert refused.value.sentence.startswith("身份证号码校验不符")
    assert refused.value.remedy == "请对照证件逐位核对；确是这样的，不录在这里，由当事人手写。"


CARD = AskedValue("card", "收款卡号", K.CARD)
MODE = AskedValue("mode", "提取方式", K.CHOICE, options=(Option(("partial",), "部分"), Option(("closing",), "销户")))


def test_a_choice_is_one_of_its_options() -> None:
    assert read_asked(MODE, "closing", TODAY) == "closing"
    assert read_asked(MODE, "", TODAY) == ""
    with pytest.raises(Refusal, match="可以是：部分、销户"):
        read_asked(MODE, "halves", TODAY)


def test_a_card_is_typed_twice_alike() -> None:
    number = "6228480012345678901"
    assert read_twice(CARD, {"card": number, "again:card": "6228 4800 1234 5678 901"}, TODAY) == number
    assert read_twice(CARD, {}, TODAY) == ""
    with pytest.raises(Refusal, match="没有录第二遍"):
        read_twice(CARD, {"card": number}, TODAY)
    with pytest.raises(Refusal, match="没有录第一遍"):
        read_twice(CARD, {"again:card": number}, TODAY)
    with pytest.raises(Refusal, match="两遍不一样"):
        read_twice(CARD, {"card": number, "again:card": "6228480012345678911"}, TODAY)


def test_what_is_no_number_is_typed_once() -> None:
    assert read_twice(AskedValue("bank", "开户银行", K.TEXT), {"bank": "农业银行"}, TODAY) == "农业银行"
