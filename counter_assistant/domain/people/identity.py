"""姓名、证件号码与电话：校验、归一与打码。

Sources: GB 11643 (居民身份证号码, MOD 11-2), 民委发〔2016〕33号 (间隔符一律用 “·” U+00B7, 姓名不少于 50 个字符), GB
32100-2015 (统一社会信用代码). Area codes are never a reason to refuse a number: 港澳台居民居住证 begin with 81, 82, 83,
外国人永久居留身份证 of 2023 with 9, and areas are merged and abolished.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

from counter_assistant.domain.refusal import Refusal

MIDDLE_DOT = "·"
LOOKALIKE_DOTS = "•‧・･∙⋅．."
NAME_LENGTH = 50
TEXT_LENGTH = 500
_CATEGORIES = {
    "Cc": "控制字符", "Cf": "不可见的格式字符", "Zl": "换行字符", "Zp": "换行字符",
    "Co": "专用区字符（自造字）", "Cs": "残缺的字符", "Cn": "未编码的字符",
}  # fmt: skip
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


class IdType(StrEnum):
    """证件类型. Only those with a check digit are verified."""

    RESIDENT = "resident"
    OFFICER = "officer"
    PASSPORT = "passport"
    FOREIGN_PERMANENT = "foreign_permanent"
    UNIT = "unit"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _ID_LABELS[self]


_ID_LABELS = {
    IdType.RESIDENT: "居民身份证",
    IdType.OFFICER: "军官证",
    IdType.PASSPORT: "护照",
    IdType.FOREIGN_PERMANENT: "外国人永久居留身份证",
    IdType.UNIT: "统一社会信用代码",
    IdType.OTHER: "其他证件",
}


def check_text(text: str, what: str, longest: int = TEXT_LENGTH) -> str:
    """The text, if it can be printed as typed.

    Raises:
        Refusal: `unprintable-text` (a control, format, bidi, private-use or unassigned character, or half of one),
            `text-too-long` (more than `longest` characters).
    """
    for char in text:
        fault = _fault(char)
        if fault:
            raise Refusal(
                "unprintable-text", f"{what}里有{fault}（U+{ord(char):04X}），无法如实打印。", "请删去后重新输入。"
            )
    if len(text) > longest:
        raise Refusal("text-too-long", f"{what}有 {len(text)} 个字，超过 {longest} 个字。", "请缩短。")
    return text


def _fault(char: str) -> str:
    if ord(char) in _BIDI:
        return "改变书写方向的隐藏字符"
    if 0x20000 <= ord(char) <= 0x3FFFF and ord(char) & 0xFFFF < 0xFFFE:
        return ""  # ideographs; Python's own tables may be older than the newest extensions, the fonts decide
    return _CATEGORIES.get(unicodedata.category(char), "")


def check_name(name: str) -> str:
    """A name as on the document, without blanks at its ends. A look-alike of the middle dot is kept as typed.

    Raises:
        Refusal: `name-too-long`; `bad-name` (without any letter, so it was meant for another field);
            `unprintable-text`.
    """
    if len(name) > NAME_LENGTH:
        raise Refusal("name-too-long", f"姓名有 {len(name)} 个字符，超过 {NAME_LENGTH} 个。", "请核对证件上的姓名。")
    checked = check_text(name.strip(" \u3000"), "姓名")
    if checked and all(unicodedata.category(char)[0] in "PZS" or char.isdecimal() for char in checked):
        raise Refusal(
            "bad-name", "姓名里没有一个字，像是别的栏的内容。", "请填证件上的姓名；电话、证件号码填在各自的栏里。"
        )
    return checked


def suggested_name(name: str) -> str | None:
    """The name with the correct middle dot where another dot was typed between its parts; None where none was."""
    mended = re.sub(f"(?<=[^\\s])[{re.escape(LOOKALIKE_DOTS)}](?=[^\\s])", MIDDLE_DOT, name)
    return mended if mended != name else None


def likely_type(number: str) -> IdType:
    """The kind of document that a number is of, judged by its shape; a mistyped resident's number is a resident's."""
    compact = _compact(number)
    if re.fullmatch(r"9[0-9X]{17}|[A-Z]{3}[0-9]{12}", compact):
        return IdType.FOREIGN_PERMANENT
    if re.fullmatch(r"[0-9]{14,19}[0-9X]", compact):
        return IdType.RESIDENT
    return IdType.OFFICER if "字" in compact else IdType.PASSPORT if re.match(r"[A-Z]", compact) else IdType.OTHER


def _compact(number: str) -> str:
    return re.sub(r"[\s\u3000-]", "", unicodedata.normalize("NFKC", number)).upper()


def check_id_number(number: str, kind: IdType, today: date) -> str:
    """The number in its printed form (末位 X 大写).

    Raises:
        Refusal: `bad-id-number` (wrong length, characters, date of birth or check digit), `old-id-number` (15 digits).
    """
    from stdnum.cn import uscc  # this imports pydoc and ssl, for which the start has no time

    compact = _compact(number)
    match kind:
        case IdType.RESIDENT:
            _check_resident(compact, today)
        case IdType.FOREIGN_PERMANENT if re.fullmatch(r"9[0-9X]{17}", compact):
            _check_resident(compact, today)
        case IdType.UNIT if not uscc.is_valid(compact):
            raise Refusal("bad-id-number", "统一社会信用代码校验不符。", "请对照证照逐位核对（没有 I、O、S、V、Z）。")
        case _ if not re.fullmatch(r"[0-9A-Z()字第号\u4e00-\u9fff]{3,30}", compact):
            raise Refusal("bad-id-number", f"{kind.label}号码格式不对。", "请填 3 到 30 位数字或字母。")
    return compact


def _check_resident(compact: str, today: date) -> None:
    from stdnum.cn import ric

    if re.fullmatch(r"[0-9]{15}", compact):
        raise Refusal("old-id-number", "15 位旧身份证号码只用于查历史账户。", "请填写 18 位号码。")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", compact):
        raise Refusal(
            "bad-id-number", f"身份证号码应为 18 位，现为 {len(compact)} 位或含其他字符。", "请对照证件逐位核对。"
        )
    try:
        born = date(int(compact[6:10]), int(compact[10:12]), int(compact[12:14]))
    except ValueError:
        raise Refusal("bad-id-number", "身份证号码里的出生日期不存在。", "请对照证件逐位核对。") from None
    if born > today or ric.calc_check_digit(compact) != compact[-1]:
        raise Refusal("bad-id-number", "身份证号码校验不符。", "请对照证件逐位核对，常见是有一位打错。")


def check_phone(phone: str) -> str:
    """A phone number in digits, with - before an extension; empty where none was given.

    Raises:
        Refusal: `bad-phone`.
    """
    compact = re.sub(r"[\s\u3000]", "", unicodedata.normalize("NFKC", phone))
    if compact and not re.fullmatch(r"\+?[0-9][0-9-]{4,19}", compact):
        raise Refusal("bad-phone", "电话号码只能有数字和短横线，至少 5 位。", "请核对后重新输入，或者留空。")
    return compact


def mask_id(number: str) -> str:
    """530902********1234; a short number keeps its last four characters only."""
    if len(number) >= 15:
        return number[:6] + "*" * (len(number) - 10) + number[-4:]
    return "*" * max(len(number) - 4, 0) + number[-4:]


def mask_phone(phone: str) -> str:
    """138****0461; a number of seven digits or fewer keeps its last four."""
    if len(phone) >= 11:
        return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
    return "*" * max(len(phone) - 4, 0) + phone[-4:]
