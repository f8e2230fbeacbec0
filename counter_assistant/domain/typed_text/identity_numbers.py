"""证件号码：按证件种类核对，打错一位能猜出来的给出改法，校验码不符的对照证件后可以留用。

Sources: GB 11643 (居民身份证号码, MOD 11-2; 港澳台居民居住证 begin with 81, 82, 83 and follow it), 公安部 and 国家移民管理局 on
the 外国人永久居留身份证 of 2023 (18 digits, the first a 9), GB 32100-2015 (统一社会信用代码; some of before 2016 were given
out with a wrong check digit). Area codes are never a reason to refuse a number: areas are merged and abolished.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from counter_assistant.domain import check_digits
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.reading import Reading

SHORTEST, LONGEST = 3, 30
EARLIEST_BIRTH, WHOLE = 1900, 18
"""The first year of birth that is believed, and how long a number of a resident, a permanent resident or a unit is."""
COMPARE = "请对照证件逐位核对；确是这样的，记下已核对一致。"

_LABEL = re.compile(
    r"^(?:(?:(?:居民|公民)?身份证?|护照|(?:统一社会)?信用代码|军官证|(?:永久)?居留证|永居证|证件)(?:号码|号)?[:：]?|(?:NO|ID)\.?[:：])\s*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s\-‐‑–—－_·.'‘’＇`]")
_CYRILLIC_X = str.maketrans("ХхΧχ", "XXXX")
_MISTAKEN_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1", "|": "1", "〇": "0", "○": "0"})
_MISTAKEN_CODE = str.maketrans({"O": "0", "I": "1", "S": "5", "Z": "2"})
_RESIDENT = re.compile(r"[1-8][0-9]{16}[0-9X]")
_PERMANENT = re.compile(r"9[0-9]{16}[0-9X]")
_OLD_PERMANENT = re.compile(r"[A-Z]{3}[0-9]{12}")
_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
_OTHER = re.compile(r"[0-9A-Z()第字号一-鿿]+")


def read_id_number(text: str, kind: IdType, today: date) -> Reading:
    """A number of a kind of document, in its printed form (末位 X 大写); empty where none was given."""
    number = compact_number(text)
    if not number:
        return Reading("") if not characters.tidy(text) else Reading(text, _bad("证件号码里没有数字。"))
    match kind:
        case IdType.RESIDENT:
            return _resident(number, today)
        case IdType.FOREIGN_PERMANENT:
            return _foreign_permanent(number, today)
        case IdType.UNIT:
            return _unit(number)
    return _other(number, kind)


def likely_type(number: str) -> IdType:
    """The kind of document that a number is of, judged by its shape; a mistyped resident's number is a resident's."""
    compact = compact_number(number)
    if re.fullmatch(r"9[0-9X]{17}|[A-Z]{3}[0-9]{12}", compact):
        return IdType.FOREIGN_PERMANENT
    if re.fullmatch(r"[0-9]{14,19}[0-9X]", compact):
        return IdType.RESIDENT
    return IdType.OFFICER if "字" in compact else IdType.PASSPORT if re.match(r"[A-Z]", compact) else IdType.OTHER


@lru_cache(maxsize=64)
def compact_number(text: str) -> str:
    """A number without its label, separators and invisible characters, half width and in upper case."""
    if text.isascii() and text.isalnum():
        return text.upper()  # as nearly all are that a book holds, which a check reads by the hundred thousand
    plain = characters.without_invisible(characters.tidy(text))
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", plain).strip())
    return _SEPARATORS.sub("", plain).upper().translate(_CYRILLIC_X)


def _resident(number: str, today: date) -> Reading:
    if re.fullmatch(r"[0-9]{15}", number):
        return Reading(number, Refusal("old-id-number", "15 位旧身份证号码只用于查历史账户。", "请填写 18 位号码。"))
    if "*" in number[:-1]:
        return Reading(number, _bad("这是遮过的号码，不是完整的号码。", "请照证件填写。"))
    if not _RESIDENT.fullmatch(number):
        mended = number[:-1].translate(_MISTAKEN_DIGITS) + re.sub("[*×]", "X", number[-1:]).translate(_MISTAKEN_DIGITS)
        if mended != number and _RESIDENT.fullmatch(mended) and not _of_birth(mended, today).fault:
            return _offered(number, mended, "身份证号码")
        if re.fullmatch(r"[0-9]{17}[0-9X]", number):
            return Reading(number, _bad(f"身份证号码没有以 {number[0]} 开头的。"))
        what = f"应为 18 位，现为 {len(number)} 位" if len(number) != WHOLE else "里有数字和 X 以外的字符"
        return Reading(number, _bad(f"身份证号码{what}。"))
    return _of_birth(number, today)


def _of_birth(number: str, today: date) -> Reading:
    """A number of 18 characters that holds a day of birth and ends with a check digit."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Reading(number, _bad("身份证号码里的出生日期不存在。"))
    if born > today or born.year < EARLIEST_BIRTH:
        return Reading(
            number, _bad(f"身份证号码里的出生日期是 {born.year} 年{'，在今天以后' if born > today else ''}。")
        )
    if check_digits.of_identity_number(number) != number[-1]:
        return _doubtful(number, "身份证号码校验不符，常见是有一位打错。")
    return Reading(number)


def _foreign_permanent(number: str, today: date) -> Reading:
    if _OLD_PERMANENT.fullmatch(number):
        return Reading(number)
    if _PERMANENT.fullmatch(number):
        return _of_birth(number, today)
    return Reading(number, _bad("外国人永久居留身份证号码应为 9 开头的 18 位，旧证为 3 个字母和 12 位数字。"))


def _unit(number: str) -> Reading:
    if len(number) == WHOLE and not _CODE.fullmatch(number):
        mended = number.translate(_MISTAKEN_CODE)
        if _CODE.fullmatch(mended) and check_digits.of_unit_code(mended) == mended[-1]:
            return _offered(number, mended, "统一社会信用代码")
    if not _CODE.fullmatch(number):
        return Reading(number, _bad("统一社会信用代码应为 18 位数字或字母（没有 I、O、S、V、Z）。"))
    if check_digits.of_unit_code(number) != number[-1]:
        return _doubtful(number, "统一社会信用代码校验不符。")
    return Reading(number)


def _other(number: str, kind: IdType) -> Reading:
    marked = sum(character.isalnum() for character in number)
    if not _OTHER.fullmatch(number) or not SHORTEST <= len(number) <= LONGEST or marked < SHORTEST:
        return Reading(number, _bad(f"{kind.label}号码格式不对。", "请填 3 到 30 位数字或字母。"))
    return Reading(number)


def _offered(number: str, mended: str, what: str) -> Reading:
    wrong = "、".join(dict.fromkeys(f"“{one}”" for one, other in zip(number, mended, strict=True) if one != other))
    return Reading(number, _bad(f"{what}里没有{wrong}，应为 {mended}。", "请核对后采用。"), mended)


def _doubtful(number: str, sentence: str) -> Reading:
    return Reading(number, Refusal("id-number-doubtful", sentence, COMPARE), comparable=True)


def _bad(sentence: str, remedy: str = "请对照证件逐位核对。") -> Refusal:
    return Refusal("bad-id-number", sentence, remedy)
