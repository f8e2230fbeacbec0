"""Numbers of slips, and the digits of their codes: a scanned code leads to its slip, and a wrong digit is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.papers import kinds
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import (
    KIT_CODE,
    KIT_MARK,
    SlipReference,
    destruction_number,
    kit_number,
    kit_qr_digits,
    kit_recorded_series,
    kit_series,
    number_anywhere,
    number_typed,
    qr_digits,
    read_number,
    read_qr,
    series,
    series_span,
    slip_number,
)
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal

KINDS = st.sampled_from(list(SlipKind))
YEARS, NUMBERS, CODES = st.integers(2000, 9999), st.integers(1, 999_999), st.from_regex(r"\A[0-9]{6}\Z")


def profile(code: str = "530926", name: str = "耿一") -> OfficeProfile:
    return OfficeProfile("某中心", "耿马管理部", "临公积金", name, code, "综合窗口1", "0883-0000000", "12329")


def test_a_number_reads_as_the_standard_for_official_documents_writes_it() -> None:
    assert slip_number(SlipKind.NOTIFICATION_SLIP, 2026, 128, profile()) == "临公积金耿一告〔2026〕128号"


def test_an_office_may_be_used_to_another_way_of_writing_them() -> None:
    assert slip_number(SlipKind.RECEIPT, 2026, 7, replace(profile(), number_ordinal=True)).endswith("收〔2026〕第7号")
    padded = replace(profile(), number_digits=4)
    assert slip_number(SlipKind.RECEIPT, 2026, 7, padded).endswith("收〔2026〕0007号")
    assert slip_number(SlipKind.RECEIPT, 2026, 12345, padded).endswith("收〔2026〕12345号")


@pytest.mark.parametrize("kind", list(SlipKind))
def test_every_kind_has_a_mark_of_its_own(kind: SlipKind) -> None:
    others = {slip_number(other, 2026, 1, profile()) for other in SlipKind if other is not kind}
    assert slip_number(kind, 2026, 1, profile()) not in others
    assert read_qr(qr_digits(kind, 2026, 1, profile())) == SlipReference("530926", kind, 2026, 1)


def test_two_installations_never_share_a_number_a_series_or_a_code() -> None:
    here, there = profile(), profile("530927", "耿二")
    kind = SlipKind.RECEIPT
    assert slip_number(kind, 2026, 1, here) != slip_number(kind, 2026, 1, there)
    assert series(kind, 2026, here) != series(kind, 2026, there)
    assert qr_digits(kind, 2026, 1, here) != qr_digits(kind, 2026, 1, there)


def test_kinds_and_years_count_apart() -> None:
    names = {series(kind, year, profile()) for kind in SlipKind for year in (2026, 2027)}
    assert len(names) == 2 * len(SlipKind)


@given(KINDS, YEARS, NUMBERS, CODES)
def test_a_code_is_21_digits_and_reads_back(kind: SlipKind, year: int, n: int, code: str) -> None:
    digits = qr_digits(kind, year, n, profile(code))
    assert len(digits) == 21
    assert digits.isascii()
    assert digits.isdigit()
    assert read_qr(digits) == SlipReference(code, kind, year, n)


@given(KINDS, YEARS, NUMBERS, st.integers(0, 20), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(kind: SlipKind, year: int, n: int, place: int, more: int) -> None:
    digits = qr_digits(kind, year, n, profile())
    wrong = str((int(digits[place]) + more) % 10)
    assert read_qr(digits[:place] + wrong + digits[place + 1 :]) is None


@given(KINDS, YEARS, NUMBERS, st.integers(0, 19))
def test_two_digits_swapped_are_always_noticed(kind: SlipKind, year: int, n: int, place: int) -> None:
    digits = qr_digits(kind, year, n, profile())
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or read_qr(swapped) is None


@pytest.mark.parametrize(
    "scanned",
    ["", "6901234567892", "1" * 20, "1" * 22, "https://example.org", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠١", "2" + "0" * 20],
)
def test_what_is_not_one_of_our_codes_is_nothing(scanned: str) -> None:
    assert read_qr(scanned) is None


def test_digits_of_another_script_are_nothing_even_where_their_values_are_right() -> None:
    digits = qr_digits(SlipKind.RECEIPT, 2026, 1, profile())
    assert read_qr(digits[0] + digits[1:].translate({ord(str(i)): 0x0660 + i for i in range(10)})) is None


def test_a_kind_that_is_not_known_is_nothing() -> None:
    body = "1" + "530926" + "99" + "2026" + "000001"
    check = 98 - int(body + "00") % 97
    assert read_qr(f"{body}{check:02d}") is None


@given(KINDS, st.integers(2000, 9999), NUMBERS)
def test_a_number_is_read_from_paper_as_it_is_printed_typed_or_scanned(kind: SlipKind, year: int, n: int) -> None:
    ours = profile()
    printed = slip_number(kind, year, n, ours)
    for padded in (ours, replace(ours, number_digits=4, number_ordinal=True)):
        assert read_number(slip_number(kind, year, n, padded), ours) == SlipReference("530926", kind, year, n)
    short = printed.removeprefix("临公积金耿一").replace("〔", " [").replace("〕", "] ")
    for typed in (short, qr_digits(kind, year, n, ours)):
        assert read_number(typed, ours) == SlipReference("530926", kind, year, n)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "128",
        "告〔2026〕0号",
        "临公积金耿二告〔2026〕1号",
        "告〔26〕1号",
        qr_digits(SlipKind.RECEIPT, 2026, 1, profile("530927")),
    ],
)
def test_what_is_no_number_of_this_installation_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_number(typed, profile())
    assert refusal.value.code == "bad-paper-number"
    assert "临公积金耿一告〔2026〕128号" in refusal.value.remedy


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("57", "告〔2026〕57号"),
        (" ５７ ", "告〔2026〕57号"),
        ("告〔2025〕9号", "告〔2025〕9号"),
        ("1234567", "1234567"),
        ("x", "x"),
    ],
)
def test_a_bare_number_in_the_field_of_a_kind_is_one_of_the_year(typed: str, number: str) -> None:
    assert number_typed(typed, "告", 2026) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("告〔2026〕57号", SlipReference("", SlipKind.NOTIFICATION_SLIP, 2026, 57)),
        (" 某 处 [..备〔2025〕０1２号", SlipReference("", SlipKind.NOTIFICATION_SLIP, 2025, 12, kit=True)),
        (qr_digits(SlipKind.RECEIPT, 2026, 3, profile("530927")), SlipReference("530927", SlipKind.RECEIPT, 2026, 3)),
        ("告〔2026〕0号", None),
        ("57", None),
        ("", None),
    ],
)
def test_a_number_says_its_series_before_anybody_knows_whose_it_is(text: str, found: SlipReference | None) -> None:
    assert number_anywhere(text) == found


@given(st.integers(2000, 9999), NUMBERS)
def test_a_slip_of_a_kit_has_a_number_and_a_code_of_its_own(year: int, n: int) -> None:
    ours = profile()
    wanted = SlipReference("530926", SlipKind.NOTIFICATION_SLIP, year, n, kit=True)
    assert kit_number(year, n, ours) == f"临公积金耿一备〔{year}〕{n}号"
    for typed in (kit_number(year, n, ours), f"备[{year}]{n}号", kit_qr_digits(year, n, "530926")):
        assert read_number(typed, ours) == wanted
    assert wanted.series == kit_series(year, ours) == f"kit/{year}/530926"
    assert SlipReference("530926", SlipKind.RECEIPT, year, n).series == series(SlipKind.RECEIPT, year, ours)
    assert kit_recorded_series(year, ours) == f"kit_recorded/{year}/530926"


def test_the_mark_and_the_code_of_a_kit_are_no_kind_of_papers() -> None:
    assert KIT_MARK not in {row.series_mark for row in kinds.KINDS.values()}
    assert KIT_CODE not in {row.series_code for row in kinds.KINDS.values()}


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("备〔2026〕1号", "备〔2026〕27号", "备〔2026〕1号至27号"),
        ("备〔2026〕1号", "备〔2026〕1号", "备〔2026〕1号"),
        ("备〔2026〕第0001号", "备〔2026〕第0027号", "备〔2026〕第0001号至第0027号"),
        ("一", "二", "一"),
    ],
)
def test_a_span_of_numbers_says_its_place_once(first: str, last: str, span: str) -> None:
    assert series_span(first, last) == span


def test_a_certificate_of_destruction_is_numbered_like_a_paper() -> None:
    ours = profile()
    assert destruction_number(2038, 3, ours) == "临公积金耿一销〔2038〕3号"
    assert (
        destruction_number(2038, 3, replace(ours, number_ordinal=True, number_digits=4))
        == "临公积金耿一销〔2038〕第0003号"
    )
