"""校验位：身份证号码、统一社会信用代码、我们自己的编号，末位怎样算。

Two national standards and one of ISO, a formula each. They stand here rather than in a library because the one there is brings along
what opens connections (docs/decisions/0053-the-bundle.md); the tests hold them against that library.
"""

from __future__ import annotations

_UNIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a credit code, each standing for its place: no I, O, S, V, Z (GB 32100-2015, 附录)."""


def of_identity_number(number: str) -> str:
    """The last character of an identity number, of its first seventeen digits: 0–9 or X (GB 11643-1999, ISO 7064 MOD 11-2).

    What follows the seventeenth digit is not looked at.
    """
    left = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return "10X98765432"[left % 11]


def of_unit_code(code: str) -> str:
    """The last character of a 统一社会信用代码, of its first seventeen characters (GB 32100-2015, MOD 31).

    What follows the seventeenth character is not looked at.
    """
    left = sum(_UNIT.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return _UNIT[-left % 31]


def of_digits(digits: str) -> str:
    """The two digits that are put behind a row of digits (ISO 7064 MOD 97-10): any single one mistaken, and any two exchanged, show."""
    return f"{98 - int(digits) * 100 % 97:02}"


def are_whole(digits: str) -> bool:
    """Whether a row of digits ends with the two that belong to it."""
    return int(digits) % 97 == 1
