"""填写的一份核定：文号、核定人、日期、生效日，读成它说的那些。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day

WRONG_FIELD = {
    "approval-in-future": "date", "approval-backdated": "effective", "edition-too-early": "effective",
    "edition-in-past": "effective", "approval-known": "number", "second-person-needed": "second",
}  # fmt: skip
"""Which field a refusal of an approval is about."""


class FieldRefused(Exception):
    """What stands in a field cannot be read."""

    def __init__(self, key: str, refusal: Refusal) -> None:
        super().__init__(key)
        self.key, self.refusal = key, refusal


def typed_approval(typed: Mapping[str, str], today: date) -> Approval:
    """The approval as it is filled in: `number`, `approver`, `date`, `effective`; an empty day is today, or the day of it.

    Raises:
        FieldRefused: a day cannot be read.
    """
    days: dict[str, date | None] = {}
    for key in ("date", "effective"):
        try:
            days[key] = read_day(typed[key], today, ahead=key == "effective") if typed[key] else None
        except Refusal as refusal:
            raise FieldRefused(key, refusal) from None
    given = days["date"] or today
    return Approval(typed["number"], given, typed["approver"], days["effective"] or given)


def wrong_field(refusal: Refusal, typed: Mapping[str, str]) -> str:
    """The field that a refusal is about; empty where it is about none."""
    if refusal.code == "approval-incomplete":
        return "approver" if typed["number"] else "number"
    return WRONG_FIELD.get(refusal.code, "")
