"""The marks and numbers of the ten papers one by one: they stand on paper for ten years and must not change."""

from __future__ import annotations

import pytest
from stdnum.iso7064 import mod_97_10

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import qr_digits, read_qr, series, slip_number
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.typed_text.scan import FORMAT_VERSION

HERE = OfficeProfile("某中心", "耿马管理部", "临公积金", "耿一", "530926", "综合窗口1", "0883-0000000", "12329")


@pytest.mark.parametrize(
    ("kind", "mark", "code"),
    [
        (SlipKind.NOTIFICATION_SLIP, "告", "01"),
        (SlipKind.RECEIPT, "收", "02"),
        (SlipKind.PROMISE_NOTICE, "诺", "03"),
        (SlipKind.SUPPLEMENT_NOTICE, "补", "04"),
        (SlipKind.REFERRAL_NOTICE, "报", "05"),
        (SlipKind.RETURN_NOTICE, "退", "06"),
        (SlipKind.INTRODUCTION, "转", "07"),
        (SlipKind.GUIDANCE, "引", "08"),
        (SlipKind.CUSTODY_RECORD, "管", "09"),
        (SlipKind.DELAY_NOTICE, "延", "10"),
    ],
)
def test_a_paper_keeps_its_mark_and_its_digits(kind: SlipKind, mark: str, code: str) -> None:
    assert slip_number(kind, 2026, 128, HERE) == f"临公积金耿一{mark}〔2026〕128号"
    assert qr_digits(kind, 2026, 128, HERE)[:-2] == f"1530926{code}2026000128"


def test_a_series_is_named_after_kind_year_and_installation() -> None:
    assert series(SlipKind.RECEIPT, 2026, HERE) == "receipt/2026/530926"


def test_the_digits_of_a_code_are_checked_as_iso_7064_says() -> None:
    digits = qr_digits(SlipKind.DELAY_NOTICE, 2026, 7, HERE)
    assert int(digits) % 97 == 1


@pytest.mark.parametrize("field", [0, 98, 99])
def test_a_valid_code_of_no_known_kind_is_nothing(field: int) -> None:
    body = f"{FORMAT_VERSION}530926{field:02d}2026000001"
    digits = body + mod_97_10.calc_check_digits(body)
    assert mod_97_10.is_valid(digits)
    assert read_qr(digits) is None


@pytest.mark.parametrize(("before", "after"), [("", "0"), ("0", ""), (" ", ""), ("", "\n")])
def test_a_code_with_anything_before_or_after_it_is_nothing(before: str, after: str) -> None:
    digits = qr_digits(SlipKind.RECEIPT, 2026, 1, HERE)
    assert read_qr(digits) is not None
    assert read_qr(before + digits + after) is None


def test_a_valid_code_of_another_format_is_nothing() -> None:
    body = "2" + qr_digits(SlipKind.RECEIPT, 2026, 1, HERE)[1:-2]
    assert read_qr(body + mod_97_10.calc_check_digits(body)) is None
