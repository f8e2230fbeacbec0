"""屏上纸上怎样遮号码。"""

from __future__ import annotations


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
