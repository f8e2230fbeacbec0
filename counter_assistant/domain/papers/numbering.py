"""文书编号与二维码：按文种、年度、安装点独立流水，作废号不复用。

临公积金耿一告〔2026〕128号 after GB/T 9704-2012 7.2.5: hexagonal brackets, no 第, no padding; an office may choose to
have either. The installation's short name is part of the number, so that two PCs never give the same one. The QR code
holds digits only, because scanners type them: format version 1, installation (6), kind (2), year (4), number (6), check
(2, ISO 7064 MOD 97-10).

停电备用单 (kit.py) are numbered apart, because their numbers are printed before anybody takes one: 临公积金耿一备〔2026〕12号. A kit takes
its numbers by an entry that lets their series go on behind them, so that none is given twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from counter_assistant.domain import check_digits
from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width, without_invisible
from counter_assistant.domain.typed_text.scan import FORMAT_VERSION

KIT_MARK, KIT_CODE = "备", 90
DESTRUCTION_MARK = "销"
"""How 停电备用单 are told from every kind of paper: in the number, and in the code."""
KIT, KIT_RECORDED = "kit", "kit_recorded"
"""How the series of the numbers of kits begins, and that in which they are recorded, in the order of recording."""
_MARKS = "".join(row.series_mark for row in KINDS.values()) + KIT_MARK
_TYPED = re.compile(rf"(.*?)([{_MARKS}])[〔\[(【]([0-9]{{4}})[〕\])】]第?([0-9]{{1,6}})号?")
_BY_MARK = {row.series_mark: kind for kind, row in KINDS.items()}
_BY_CODE = {row.series_code: kind for kind, row in KINDS.items()} | {KIT_CODE: SlipKind.NOTIFICATION_SLIP}


@dataclass(frozen=True, slots=True)
class SlipReference:
    """What a scanned code refers to: the `n`th slip of one installation, kind and year; of a `kit`, the `n`th of its year."""

    installation_code: str
    kind: SlipKind
    year: int
    n: int
    kit: bool = False

    @property
    def series(self) -> str:
        """The series that its number is of."""
        return f"{KIT if self.kit else self.kind}/{self.year}/{self.installation_code}"


def series(kind: SlipKind, year: int, profile: OfficeProfile) -> str:
    """The counter that a number is taken from: one per kind, year and installation."""
    return f"{kind}/{year}/{profile.installation_code}"


def kit_series(year: int, profile: OfficeProfile) -> str:
    """The series of the numbers that kits of a year take."""
    return f"{KIT}/{year}/{profile.installation_code}"


def kit_recorded_series(year: int, profile: OfficeProfile) -> str:
    """The series in which slips of such kits are recorded, one after the other, whatever their numbers."""
    return f"{KIT_RECORDED}/{year}/{profile.installation_code}"


def slip_number(kind: SlipKind, year: int, n: int, profile: OfficeProfile) -> str:
    """临公积金耿一告〔2026〕128号, or in the office's own way: 第128号, 00128号."""
    return _number(KINDS[kind].series_mark, year, n, profile)


def destruction_number(year: int, n: int, profile: OfficeProfile) -> str:
    """临公积金耿一销〔2038〕1号: the number of a 销毁清册, in the office's own way."""
    return _number(DESTRUCTION_MARK, year, n, profile)


def series_span(first: str, last: str) -> str:
    """备〔2026〕1号至27号: from one number to another of its series, each as it is printed."""
    place = re.search(r"〕(.*)", last)
    return first if first == last or not place else f"{first}至{place[1]}"


def kit_number(year: int, n: int, profile: OfficeProfile) -> str:
    """临公积金耿一备〔2026〕12号: the number of a slip of a kit."""
    return _number(KIT_MARK, year, n, profile)


def _number(mark: str, year: int, n: int, profile: OfficeProfile) -> str:
    place = f"{profile.short_name}{profile.installation_name}{mark}"
    return f"{place}〔{year}〕{'第' if profile.number_ordinal else ''}{n:0{profile.number_digits}d}号"


def qr_digits(kind: SlipKind, year: int, n: int, profile: OfficeProfile) -> str:
    """The digits of the QR code, 21 of them."""
    return _digits(KINDS[kind].series_code, year, n, profile.installation_code)


def kit_qr_digits(year: int, n: int, installation_code: str) -> str:
    """The same of a slip of a kit that was printed at an installation."""
    return _digits(KIT_CODE, year, n, installation_code)


def _digits(code: int, year: int, n: int, installation_code: str) -> str:
    body = f"{FORMAT_VERSION}{installation_code}{code:02d}{year:04d}{n:06d}"
    return body + check_digits.of_digits(body)


def read_number(text: str, profile: OfficeProfile) -> SlipReference:
    """What a number on one of an installation's papers refers to, as it is typed or its code scanned.

    Raises:
        Refusal: `bad-paper-number` (it is none of this installation's).
    """
    found, typed = number_anywhere(text), _TYPED.fullmatch(_plain(text))
    ours = ("", profile.installation_name, profile.short_name + profile.installation_name)
    if found and typed and typed[1] in ours:
        return replace(found, installation_code=profile.installation_code)
    if found and found.installation_code == profile.installation_code:
        return found
    example = slip_number(SlipKind.NOTIFICATION_SLIP, 2026, 128, profile)
    raise Refusal(
        "bad-paper-number", "这不是本窗口文书的编号。", f"请照纸上的写全，例如 {example}，或者扫纸上的二维码。"
    )


def number_anywhere(text: str) -> SlipReference | None:
    """What a number on a paper refers to, whoever's it is: as long as nobody knows which office that must be. The installation is empty of
    one that is typed; None for what is no number."""
    plain = _plain(text)
    if found := read_qr(plain):
        return found
    typed = _TYPED.fullmatch(plain)
    if not typed or not int(typed[4]):
        return None
    kit, kind = typed[2] == KIT_MARK, _BY_MARK.get(typed[2], SlipKind.NOTIFICATION_SLIP)
    return SlipReference("", kind, int(typed[3]), int(typed[4]), kit)


def number_typed(text: str, mark: str, year: int) -> str:
    """What somebody typed in the field of papers of a mark as `read_number` takes it: a bare 57 is that of the year, 告〔2026〕57号."""
    plain = _plain(text)
    return f"{mark}〔{year}〕{plain}号" if re.fullmatch("[0-9]{1,6}", plain) else plain


def _plain(text: str) -> str:
    return "".join(without_invisible(half_width(text)).split())


def read_qr(digits: str) -> SlipReference | None:
    """What scanned digits refer to; None where they are not one of our codes or a digit is wrong."""
    if not re.fullmatch(FORMAT_VERSION + "[0-9]{20}", digits) or not check_digits.are_whole(digits):
        return None
    code = int(digits[7:9])
    kit, kind = code == KIT_CODE, _BY_CODE.get(code)
    return SlipReference(digits[1:7], kind, int(digits[9:13]), int(digits[13:19]), kit) if kind else None
