"""文书编号与二维码：按文种、年度、安装点独立流水，作废号不复用。

临公积金耿一告〔2026〕128号 after GB/T 9704-2012 7.2.5: hexagonal brackets, no 第, no padding; an office may choose to
have either. The installation's short name is part of the number, so that two PCs never give the same one. The QR code
holds digits only, because scanners type them: format version 1, installation (6), kind (2), year (4), number (6), check
(2, ISO 7064 MOD 97-10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width, without_invisible
from counter_assistant.domain.typed_text.scan import FORMAT_VERSION

_MARKS = "".join(row.series_mark for row in KINDS.values())
_TYPED = re.compile(rf"(.*?)([{_MARKS}])[〔\[(【]([0-9]{{4}})[〕\])】]第?([0-9]{{1,6}})号?")


@dataclass(frozen=True, slots=True)
class SlipReference:
    """What a scanned code refers to: the `n`th slip of one installation, kind and year."""

    installation_code: str
    kind: SlipKind
    year: int
    n: int


def series(kind: SlipKind, year: int, profile: OfficeProfile) -> str:
    """The counter that a number is taken from: one per kind, year and installation."""
    return f"{kind}/{year}/{profile.installation_code}"


def slip_number(kind: SlipKind, year: int, n: int, profile: OfficeProfile) -> str:
    """临公积金耿一告〔2026〕128号, or in the office's own way: 第128号, 00128号."""
    place = f"{profile.short_name}{profile.installation_name}{KINDS[kind].series_mark}"
    return f"{place}〔{year}〕{'第' if profile.number_ordinal else ''}{n:0{profile.number_digits}d}号"


def qr_digits(kind: SlipKind, year: int, n: int, profile: OfficeProfile) -> str:
    """The digits of the QR code, 21 of them."""
    body = f"{FORMAT_VERSION}{profile.installation_code}{KINDS[kind].series_code:02d}{year:04d}{n:06d}"
    return body + mod_97_10.calc_check_digits(body)


def read_number(text: str, profile: OfficeProfile) -> SlipReference:
    """What a number on one of an installation's papers refers to, as it is typed or its code scanned.

    Raises:
        Refusal: `bad-paper-number` (it is none of this installation's).
    """
    plain = "".join(without_invisible(half_width(text)).split())
    if found := read_qr(plain):
        if found.installation_code == profile.installation_code:
            return found
    elif typed := _TYPED.fullmatch(plain):
        kind = next(kind for kind, row in KINDS.items() if row.series_mark == typed[2])
        if typed[1] in ("", profile.installation_name, profile.short_name + profile.installation_name) and int(
            typed[4]
        ):
            return SlipReference(profile.installation_code, kind, int(typed[3]), int(typed[4]))
    example = slip_number(SlipKind.NOTIFICATION_SLIP, 2026, 128, profile)
    raise Refusal(
        "bad-paper-number", "这不是本窗口文书的编号。", f"请照纸上的写全，例如 {example}，或者扫纸上的二维码。"
    )


def number_typed(text: str, kind: SlipKind, year: int) -> str:
    """What somebody typed in the field of a kind as `read_number` takes it: a bare 57 is that of the year, 告〔2026〕57号."""
    plain = "".join(without_invisible(half_width(text)).split())
    return f"{KINDS[kind].series_mark}〔{year}〕{plain}号" if re.fullmatch("[0-9]{1,6}", plain) else plain


def read_qr(digits: str) -> SlipReference | None:
    """What scanned digits refer to; None where they are not one of our codes or a digit is wrong."""
    if not re.fullmatch(FORMAT_VERSION + "[0-9]{20}", digits) or not mod_97_10.is_valid(digits):
        return None
    kinds = {row.series_code: kind for kind, row in KINDS.items()}
    kind = kinds.get(int(digits[7:9]))
    return SlipReference(digits[1:7], kind, int(digits[9:13]), int(digits[13:19])) if kind else None
