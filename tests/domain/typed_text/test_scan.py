"""What text is a scanned code: whatever a scanner's settings and an input method make of it, and nothing that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import qr_digits, read_qr
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.typed_text.scan import Scan, read_scan
from tests.domain.typed_text.inputs import HALVES, inputs_of

HERE = OfficeProfile("某中心", "耿马管理部", "临公积金", "耿一", "530926", "综合窗口1", "0883-0000000", "12329")
CODE = qr_digits(SlipKind.RECEIPT, 2026, 128, HERE)
OTHER = qr_digits(SlipKind.NOTIFICATION_SLIP, 2026, 7, HERE)
NEWER = "2" + CODE[1:]
WIDE = str.maketrans("0123456789]Q", "０１２３４５６７８９］Ｑ")
NARROW = {wide: narrow for narrow, wide in WIDE.items()}
WRONG = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)


@pytest.mark.parametrize(
    "text",
    [
        CODE, CODE.translate(WIDE), f"]Q1{CODE}", f"]Q3{CODE}", f"]q1{CODE}", f"]Q1{CODE}".translate(WIDE), f"】Q1{CODE}",
        f"{CODE}\r", f"{CODE}\r\n", f"{CODE}\t", f" {CODE}　", f"\ufeff{CODE}\u200b", CODE + CODE, f"{CODE}\r{CODE}\r",
        f"{CODE}\t{CODE}", f"]Q1{CODE}]Q1{CODE}", OTHER + CODE, f"{OTHER}\n{CODE}", f"张三{CODE}", f"128{CODE}", f"5{CODE}",
        f"138 {CODE}", f"临公积金耿一收〔2026〕128号{CODE}", f"{CODE}张三", f"{CODE}5",
    ],
)  # fmt: skip
def test_what_scanners_and_input_methods_make_of_a_code_is_that_code(text: str) -> None:
    scan = read_scan(text)
    assert scan == Scan(CODE, known=True)
    assert scan.sound


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "13800000000", "11010519491231002X", "110105194912310021", CODE[:-1], "6222020200112233445", "张三",
        "138000000001101051949 12310021", CODE[:10] + " " + CODE[10:], f"https://example.cn/?id={WRONG}", "1" * 401,
        "订单 202611280000000000001234", "〇一二三四五六七八九" * 3, "①②③④⑤⑥⑦⑧⑨①②③④⑤⑥⑦⑧⑨①②③④",
    ],
)  # fmt: skip
def test_what_people_type_is_no_scan(text: str) -> None:
    assert read_scan(text) is None


@pytest.mark.parametrize(
    "text", [NEWER, f"]Q1{NEWER}\r", f"\x02{NEWER}\x03", NEWER.translate(WIDE), "9" * 60, "0" * 21, "3" + "7" * 399]
)
def test_a_code_that_begins_with_another_version_was_made_by_a_newer_program(text: str) -> None:
    scan = read_scan(text)
    assert scan is not None
    assert (scan.known, scan.sound) == (False, False)
    assert scan.digits in text.translate(NARROW)


def test_where_nothing_can_have_stood_before_the_first_digit_settles_the_version() -> None:
    assert read_scan(f"5{CODE}", alone=True) == Scan(f"5{CODE}", known=False)
    assert read_scan(f"]Q1{CODE}{CODE}", alone=True) == Scan(CODE, known=True)


@pytest.mark.parametrize(
    ("text", "digits"),
    [(WRONG, WRONG), (WRONG + WRONG, WRONG), ("1" + "5" * 29, "1" + "5" * 29), ("1" * 400, "1" * 400)],
)
def test_a_misread_code_is_a_scan_all_the_same_but_not_sound(text: str, digits: str) -> None:
    scan = read_scan(text)
    assert scan == Scan(digits, known=True)
    assert not scan.sound


@given(
    st.sampled_from(list(SlipKind)),
    st.integers(2000, 2099),
    st.integers(1, 999_999),
    st.text("0123456789", max_size=20),
)
def test_every_code_of_ours_is_found_behind_whatever_digits_stood_in_the_field(
    kind: SlipKind, year: int, n: int, left: str
) -> None:
    code = qr_digits(kind, year, n, HERE)
    assert read_scan(left + code) == Scan(code, known=True)
    assert read_qr(code) is not None


@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    scan = read_scan(text)
    assert scan is None or scan.digits.isdecimal()


def outcome_of(text: str) -> tuple[str, str]:
    """What a blind line would call the reading of a burst."""
    scan = read_scan(text)
    if scan is None:
        return "none", ""
    return ("scan", scan.digits) if scan.known else ("unknown", "")


@pytest.mark.parametrize("half", HALVES)
def test_every_burst_that_others_wrote_comes_to_what_they_expect(half: str) -> None:
    lines = [one for one in inputs_of(half) if one.kind == "scan"]
    assert len(lines) > 20
    assert [(one, outcome_of(one.typed)) for one in lines if outcome_of(one.typed) != (one.outcome, one.value)] == []
