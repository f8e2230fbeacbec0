"""电话：只留能拨的数字，几种写法是同一个号码。

Sources: 工信部《电信网编号计划（2017年版）》: mobiles have eleven digits and begin with 13 to 19; area codes begin with 0.
"""

from __future__ import annotations

import re
import unicodedata

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters
from counter_assistant.domain.typed_text.reading import Reading

LEAST, MOST = 5, 14
_LABEL = re.compile(
    r"^(?:联系)?(?:电话|手机|座机|号码|联系方式|tel|phone|mobile)(?:号码|号)?\s*[:：.]?\s*", re.IGNORECASE
)
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*[:：]?\s*([0-9]{1,6})$", re.IGNORECASE)
_DASHES = "‐‑‒–—―−－ー~～"
_SEVERAL = re.compile(r"[/、,，;；]|\n|或")
_AREA = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9][0-9]))-?([0-9]{7,8})(?:-([0-9]{1,6}))?")
_LOCAL = re.compile(r"([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
_TOLL_FREE = re.compile(r"([48]00)-?([0-9]{3,4})-?([0-9]{3,4})")
_MOBILE = re.compile(r"(?:(?:\+|00)?86-?)?(1[3-9][0-9])-?([0-9]{4})-?([0-9]{4})")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
"""Nearly every phone in the book, and the same in every form: a month compares thousands."""
_AREA_WITH_COUNTRY = re.compile(r"(?:\+|00)86-?0?(10|2[0-9]|[3-9][0-9][0-9])-?([0-9]{7,8})(?:-([0-9]{1,6}))?")
_FOREIGN = re.compile(r"\+[0-9][0-9-]{5,18}")


def read_phone(text: str) -> Reading:
    """A phone number in digits: 13800000461, 0883-2123456-801, +959000000; empty where none was given."""
    typed = _LABEL.sub("", characters.without_invisible(characters.half_width(characters.tidy(text))).strip())
    if _SEVERAL.search(typed) and len(re.findall(r"[0-9]", typed)) >= 2 * LEAST:
        return _doubtful(typed, "像是写了两个电话。", "只留一个")
    compact = _compact(typed)
    if not compact:
        return Reading("") if not typed else Reading(typed, _refused("电话号码里没有数字。"))
    for pattern in (_MOBILE, _TOLL_FREE):
        if found := pattern.fullmatch(compact):
            return Reading("".join(found.groups()))
    for pattern in (_AREA, _LOCAL):
        if found := pattern.fullmatch(compact):
            return Reading("-".join(part for part in found.groups() if part))
    if found := _AREA_WITH_COUNTRY.fullmatch(compact):
        return Reading("0" + "-".join(part for part in found.groups() if part))
    return _of_no_known_kind(compact)


def one_form(phone: str) -> str:
    """A phone as it is compared: one that an earlier version kept as it was typed is the same number."""
    return phone if _PLAIN_MOBILE.fullmatch(phone) else read_phone(phone).value


def _of_no_known_kind(compact: str) -> Reading:
    digits = re.sub(r"[^0-9]", "", compact)
    if not re.fullmatch(r"\+?[0-9-]+", compact):
        return Reading(compact, _refused("电话号码只能有数字和短横线，至少 5 位。"))
    if len(digits) < LEAST or len(digits) > MOST:
        few = len(digits) < LEAST
        return Reading(compact, _refused(f"电话号码有 {len(digits)} 位，{'太短了' if few else '像是别的号码'}。"))
    if _FOREIGN.fullmatch(compact) and not compact.startswith("+86"):
        return Reading(f"+{digits}")
    if digits.startswith("1") and len(digits) > 6:
        return _doubtful(
            compact,
            f"手机号码应为 11 位，现为 {len(digits)} 位。" if len(digits) != 11 else "没有这样开头的手机号码。",
            "改正",
        )
    if len(digits) <= 6:
        return Reading(digits)
    return _doubtful(compact, f"“{compact}”不像一个电话号码。", "改正")


def _compact(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed)
    plain = re.sub(f"[{_DASHES}]", "-", plain)
    plain = re.sub(r"^['‘’\"]+|['‘’\"]+$", "", plain.strip())
    plain = _EXTENSION.sub(r"-\1", plain)
    plain = re.sub(r"\((\+?[0-9]+)\)-?", r"\1-", plain)
    return re.sub(r"-{2,}", "-", re.sub(r"[\s.·]", "", plain)).strip("-")


def _doubtful(value: str, sentence: str, what: str) -> Reading:
    return Reading(value, Refusal("phone-doubtful", sentence, f"请{what}。"), comparable=True)


def _refused(sentence: str) -> Refusal:
    return Refusal("bad-phone", sentence, "请核对后重新输入，或者留空。")
