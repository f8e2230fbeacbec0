"""Identity numbers: what is refused, what is doubtful, what is normalised. Vectors: the trade's facts, §5."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import compact_number, likely_type, read_id_number
from tests.domain.typed_text.inputs import HALVES, NUMBERS, misread, said_of

TODAY = date(2026, 11, 23)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check_digit(body: str) -> str:
    """A number of GB 11643, its last character by the standard's own table."""
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def accepted(number: str, kind: IdType) -> str:
    return read_id_number(number, kind, TODAY).accepted()


@pytest.mark.parametrize(
    ("typed", "kind", "printed"),
    [
        ("11010519491231002X", IdType.RESIDENT, "11010519491231002X"),
        ("11010519491231002x", IdType.RESIDENT, "11010519491231002X"),
        (" 110105 19491231 002x ", IdType.RESIDENT, "11010519491231002X"),
        ("110105-19491231-002X", IdType.RESIDENT, "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", IdType.RESIDENT, "11010519491231002X"),
        (with_check_digit("81000019900101001"), IdType.RESIDENT, with_check_digit("81000019900101001")),
        (with_check_digit("82000019900101001"), IdType.RESIDENT, with_check_digit("82000019900101001")),
        (with_check_digit("83000019900101001"), IdType.RESIDENT, with_check_digit("83000019900101001")),
        (with_check_digit("53302519900101001"), IdType.RESIDENT, with_check_digit("53302519900101001")),
        (with_check_digit("91115619900101001"), IdType.FOREIGN_PERMANENT, with_check_digit("91115619900101001")),
        ("ABC530123456789", IdType.FOREIGN_PERMANENT, "ABC530123456789"),
        ("91350100M000100Y43", IdType.UNIT, "91350100M000100Y43"),
        ("91350100m000100y43", IdType.UNIT, "91350100M000100Y43"),
        ("E12345678", IdType.PASSPORT, "E12345678"),
        ("南字第 12345678 号", IdType.OFFICER, "南字第12345678号"),
        ("H12345678(1)", IdType.OTHER, "H12345678(1)"),
    ],
)
def test_a_sound_number_comes_back_in_its_printed_form(typed: str, kind: IdType, printed: str) -> None:
    assert accepted(typed, kind) == printed


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("110105194912310021", IdType.RESIDENT, "id-number-doubtful"),
        ("130503670401001", IdType.RESIDENT, "old-id-number"),
        ("1101051949123100", IdType.RESIDENT, "bad-id-number"),
        ("X10105194912310021", IdType.RESIDENT, "bad-id-number"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("11010520260230001"), IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("11010500000101001"), IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("11010520261124001"), IdType.RESIDENT, "bad-id-number"),
        (with_check_digit("91115619900101001")[:-2] + "00", IdType.FOREIGN_PERMANENT, "id-number-doubtful"),
        ("91350100M000100Y4Z", IdType.UNIT, "bad-id-number"),
        ("91350100M000100Y4", IdType.UNIT, "bad-id-number"),
        ("91350100M000100YI3", IdType.UNIT, "bad-id-number"),
        ("E1", IdType.PASSPORT, "bad-id-number"),
        ("E12345678;", IdType.PASSPORT, "bad-id-number"),
        ("E" * 31, IdType.PASSPORT, "bad-id-number"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(typed: str, kind: IdType, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        accepted(typed, kind)
    assert refused.value.code == code
    assert refused.value.remedy


def test_somebody_born_today_has_a_number() -> None:
    number = with_check_digit("11010520261123001")
    assert accepted(number, IdType.RESIDENT) == number


BODIES = st.builds(
    lambda area, born, n: f"{area:06d}{born:%Y%m%d}{n:03d}",
    st.integers(110000, 839999), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999),
)  # fmt: skip


@given(BODIES, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(body: str, place: int, more: int) -> None:
    right = with_check_digit(body)
    assert accepted(right, IdType.RESIDENT) == right
    digit = "0" if right[place] == "X" else str((int(right[place]) + more) % 10)
    with pytest.raises(Refusal):
        accepted(right[:place] + digit + right[place + 1 :], IdType.RESIDENT)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("11010519491231002X", IdType.RESIDENT), ("１１０１０５ 19491231-002x", IdType.RESIDENT),
        ("11010519491231002", IdType.RESIDENT), ("1101051949123100211", IdType.RESIDENT),
        ("810000199408230021", IdType.RESIDENT), ("110105194912310", IdType.RESIDENT),
        ("911124198108030024", IdType.FOREIGN_PERMANENT), ("USA123456789012", IdType.FOREIGN_PERMANENT),
        ("E12345678", IdType.PASSPORT), ("军字第1234567号", IdType.OFFICER), ("12345678", IdType.OTHER), ("", IdType.OTHER),
    ],
)  # fmt: skip
def test_a_numbers_shape_says_what_document_it_is_of(number: str, kind: IdType) -> None:
    """A resident's number with a digit too few or too many is still checked as one, and refused."""
    assert likely_type(number) is kind


@pytest.mark.parametrize("half", HALVES)
def test_every_number_that_others_wrote_comes_to_what_they_expect(half: str) -> None:
    assert misread(half, *NUMBERS) == []


@pytest.mark.parametrize(
    ("kind", "typed", "value", "code", "sentence", "remedy", "instead", "comparable"),
    [
        (IdType.RESIDENT, " ", "", "", "", "", "", False),
        (IdType.UNIT, "", "", "", "", "", "", False),
        (IdType.UNIT, "'", "'", "bad-id-number", "证件号码里没有数字。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "130503670401001", "130503670401001", "old-id-number", "15 位旧身份证号码只用于查历史账户。", "请填写 18 位号码。", "", False),
        (IdType.RESIDENT, "530902********1234", "530902********1234", "bad-id-number", "这是遮过的号码，不是完整的号码。", "请照证件填写。", "", False),
        (IdType.RESIDENT, "5309021990010112*4", "5309021990010112*4", "bad-id-number", "这是遮过的号码，不是完整的号码。", "请照证件填写。", "", False),
        (IdType.RESIDENT, "11010519491231002*", "11010519491231002*", "bad-id-number", "身份证号码里没有“*”，应为 11010519491231002X。", "请核对后采用。", "11010519491231002X", False),
        (IdType.RESIDENT, "11010519491231OO2X", "11010519491231OO2X", "bad-id-number", "身份证号码里没有“O”，应为 11010519491231002X。", "请核对后采用。", "11010519491231002X", False),
        (IdType.RESIDENT, "l1O10519491231002X", "L1O10519491231002X", "bad-id-number", "身份证号码里没有“L”、“O”，应为 11010519491231002X。", "请核对后采用。", "11010519491231002X", False),
        (IdType.RESIDENT, "1101O519491231002l", "1101O519491231002L", "bad-id-number", "身份证号码里有数字和 X 以外的字符。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "01010519491231002X", "01010519491231002X", "bad-id-number", "身份证号码没有以 0 开头的。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "1101051949123100", "1101051949123100", "bad-id-number", "身份证号码应为 18 位，现为 16 位。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "110105194902300021", "110105194902300021", "bad-id-number", "身份证号码里的出生日期不存在。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "110105202611240021", "110105202611240021", "bad-id-number", "身份证号码里的出生日期是 2026 年，在今天以后。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "110105189912310021", "110105189912310021", "bad-id-number", "身份证号码里的出生日期是 1899 年。", "请对照证件逐位核对。", "", False),
        (IdType.RESIDENT, "110105194912310021", "110105194912310021", "id-number-doubtful", "身份证号码校验不符，常见是有一位打错。", "请对照证件逐位核对；确是这样的，记下已核对一致。", "", True),
        (IdType.FOREIGN_PERMANENT, "123", "123", "bad-id-number", "外国人永久居留身份证号码应为 9 开头的 18 位，旧证为 3 个字母和 12 位数字。", "请对照证件逐位核对。", "", False),
        (IdType.UNIT, "9135O1OOM000100Y43", "9135O1OOM000100Y43", "bad-id-number", "统一社会信用代码里没有“O”，应为 91350100M000100Y43。", "请核对后采用。", "91350100M000100Y43", False),
        (IdType.UNIT, "91350100M000100Y4", "91350100M000100Y4", "bad-id-number", "统一社会信用代码应为 18 位数字或字母（没有 I、O、S、V、Z）。", "请对照证件逐位核对。", "", False),
        (IdType.UNIT, "91350100M000100YI3", "91350100M000100YI3", "bad-id-number", "统一社会信用代码应为 18 位数字或字母（没有 I、O、S、V、Z）。", "请对照证件逐位核对。", "", False),
        (IdType.UNIT, "91350100M000100Y44", "91350100M000100Y44", "id-number-doubtful", "统一社会信用代码校验不符。", "请对照证件逐位核对；确是这样的，记下已核对一致。", "", True),
        (IdType.PASSPORT, "E1", "E1", "bad-id-number", "护照号码格式不对。", "请填 3 到 30 位数字或字母。", "", False),
        (IdType.OTHER, "()号", "()号", "bad-id-number", "其他证件号码格式不对。", "请填 3 到 30 位数字或字母。", "", False),
    ],
)  # fmt: skip
def test_what_is_said_of_a_number(
    kind: IdType, typed: str, value: str, code: str, sentence: str, remedy: str, instead: str, comparable: bool
) -> None:
    assert said_of(read_id_number(typed, kind, TODAY)) == (value, code, sentence, remedy, instead, comparable)


@given(st.from_regex("(NO|ID|no)?[0-9A-Za-z]{0,20}", fullmatch=True))
def test_letters_and_digits_are_compared_as_they_are_with_a_blank_before_them(number: str) -> None:
    """What needs no tidying is not tidied, and gives the same."""
    assert compact_number(number) == compact_number(f" {number}")
