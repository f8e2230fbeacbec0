"""扫码：键盘口扫码枪打出来的、或者粘贴进来的一串字，是不是文书上的二维码。

A scanner types the digits of a code, and its settings or an input method change what arrives: full-width digits, the
kind of the code in front (`]Q1`), Enter or Tab behind, two codes in a row. What kind of code it is, its first digit settles:
the version of its format. What a code of the version known here means is read in domain/papers/numbering.py.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from counter_assistant.domain.typed_text.characters import half_width, without_invisible

FORMAT_VERSION = "1"
"""The version of the format that this program writes and reads; every later one begins with another digit."""
CODE_LENGTH = 21
"""Digits of a code of that version."""
SHORTEST, LONGEST = 21, 400
"""Digits of any version's code: fewer are typed by people (an identity number has 18), more do not fit on the paper."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_RUN = re.compile(rf"(?<![0-9])[0-9]{{{SHORTEST},{LONGEST}}}(?![0-9])")
_CODE = re.compile(FORMAT_VERSION + r"[0-9]{8}20[0-9]{10}")
_BRACKETS = str.maketrans(dict.fromkeys("】」』〕", "]"))
"""What input methods make of the bracket."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Scan(NamedTuple):
    """What was scanned. `known`: whether its version is the one that this program reads."""

    digits: str
    known: bool

    @property
    def sound(self) -> bool:
        """Whether the digits are a whole code whose check digits are right, so that nothing needs to confirm it."""
        return self.known and _is_sound(self.digits)


def read_scan(text: str, *, alone: bool = False) -> Scan | None:
    """The code that a text holds, the last one where there are several; None where the text is no scan.

    What stood in a field before the code is left out where the code's check digits tell where it begins. `alone`: nothing can
    have stood there, so that the first digit settles the version whatever follows.
    """
    if len(text) < SHORTEST:
        return None
    plain = _CONTROLS.sub(" ", without_invisible(half_width(text)).translate(_BRACKETS))
    plain = _AIM.sub(" ", plain)
    runs = _RUN.findall(plain)
    for run in reversed(runs):
        if alone and run[0] != FORMAT_VERSION:
            break
        for digits in (run[-CODE_LENGTH:], run[:CODE_LENGTH]):
            if _is_sound(digits):
                return Scan(digits, known=True)
    if not runs or _RUN.sub("", plain).strip():
        return None
    last: str = runs[-1]
    if last[0] != FORMAT_VERSION:
        return Scan(last, known=False)
    codes = [last[at : at + CODE_LENGTH] for at in range(0, len(last), CODE_LENGTH)]
    several = len(codes[-1]) == CODE_LENGTH and all(code[0] == FORMAT_VERSION for code in codes)
    return Scan(codes[-1] if several else last, known=True)


def _is_sound(digits: str) -> bool:
    """Whether the digits are a code of this century with the right check digits (ISO 7064 MOD 97-10)."""
    return _CODE.fullmatch(digits) is not None and int(digits) % 97 == 1
