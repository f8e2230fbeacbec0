"""屏上纸上怎样遮号码；保存期满以后只留遮过的样子。"""

from __future__ import annotations

import re
from typing import Any

TAIL, LEAST_ID = 4, 15
"""How many characters of a person's number a list or a search term may hold."""


def mask_id(number: str) -> str:
    """530902********1234; a short number keeps its last four characters only."""
    if len(number) >= LEAST_ID:
        return number[:6] + "*" * (len(number) - 10) + number[-4:]
    return "*" * max(len(number) - 4, 0) + number[-4:]


def mask_phone(phone: str) -> str:
    """138****0461; a number of seven digits or fewer keeps its last four."""
    if len(phone) >= 11:
        return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
    return "*" * max(len(phone) - 4, 0) + phone[-4:]


def mask_name(name: str) -> str:
    """岩**: the first character, and nothing of how long the rest is."""
    return f"{name[0]}**" if len(name) > 1 else name


_NUMBER = re.compile(r"[0-9]{7,}[Xx]?")
"""What may be a number of a person within a text: seven digits or more."""


def mask_numbers(text: str) -> str:
    """A text in which somebody wrote numbers, with each of them masked."""
    return _NUMBER.sub(lambda found: mask_id(found[0]) if len(found[0]) >= LEAST_ID else mask_phone(found[0]), text)


class Numbers:
    """证件号码和电话 of a person: whole, or, once the whole numbers are no longer kept, only as papers show them.

    `id_mask` and `phone_mask` are empty as long as the whole number is there.
    """

    __slots__ = ()
    id_number: str
    phone: str
    id_mask: str
    phone_mask: str

    @property
    def id_tail(self) -> str:
        """The last characters of the identity number; empty where none was taken."""
        return (self.id_number or self.id_mask)[-TAIL:]

    @property
    def phone_tail(self) -> str:
        """The last digits of the phone; empty where none was left."""
        return (self.phone or self.phone_mask)[-TAIL:]

    @property
    def shown_id(self) -> str:
        """The number as screen and paper show it; empty where none was taken."""
        return mask_id(self.id_number) if self.id_number else self.id_mask

    @property
    def shown_phone(self) -> str:
        """The phone as paper shows it; empty where none was left."""
        return mask_phone(self.phone) if self.phone else self.phone_mask

    @property
    def whole(self) -> bool:
        """Whether any of the numbers is there as a whole."""
        return bool(self.id_number or self.phone)

    def masks(self) -> dict[str, str]:
        """The fields that say how the numbers were masked, as far as there are any."""
        return {name: mask for name in ("id_mask", "phone_mask") if (mask := getattr(self, name))}

    def without_whole(self) -> dict[str, Any]:
        """The fields of the same person without whole numbers."""
        return {"id_number": "", "phone": "", "id_mask": self.shown_id, "phone_mask": self.shown_phone}
