"""问到的值怎样留着：随办件一次次用；办件结束以后，账号、卡号、证件号码只留末四位."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_assistant.domain.counter_forms.asked import AGAIN, MASK, SECRET, masked
from counter_assistant.operations.counter_forms.of_matter import ROWS

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

OF_THE_PERSON = frozenset((
    "account", "employer", "employer_account", "bank", "card", "spouse_name", "spouse_id", "address",
))  # fmt: skip
"""What stays with a visitor who has another matter."""


def of_the_person(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed about the person, and not about the matter."""
    return {key: text for key, text in typed.items() if key.removeprefix(AGAIN) in OF_THE_PERSON}


def without_numbers(office: Office, typed: Mapping[str, str]) -> dict[str, str]:
    """The same values with the last characters of numbers alone, and without registers, which hold those of many people."""
    asked = office.program.counter_forms.asked
    secret = {key for key, one in asked.items() if one.kind in SECRET}
    kept = {key: text for key, text in typed.items() if not key.startswith((AGAIN, ROWS))}
    return {key: masked(asked[key].kind, text) if key in secret else text for key, text in kept.items()}


def mask_closed(office: Office) -> int:
    """Lets the numbers leave what was asked for cases that are over; returns of how many they left."""
    left = 0
    for case_id, typed in office.drafts.forms.all():
        case = office.cases.get(case_id)
        if case is None or case.open:
            continue
        if (masked_ones := without_numbers(office, typed)) != typed:
            office.drafts.forms.save(case_id, masked_ones)
            left += 1
    return left


def values_of_case(office: Office, case_id: str) -> dict[str, str]:
    """What was asked for a case before, as it was typed; what has been masked since is to be asked again.

    Raises:
        Refusal: `draft-damaged`.
    """
    typed = office.drafts.forms.load(case_id)
    return {key: text for key, text in typed.items() if not text.startswith(MASK)}
