"""校验码不符、已与证照核对一致的号码：记入台账，同一个号码以后不再问。

Some credit codes of before 2016 and identity numbers given out by mistake have a wrong check digit for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.identity import mask_id
from counter_assistant.domain.people.number_entry import NumberConfirmed
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import read_id_number
from counter_assistant.storage.views.people import newest_under, terms_of_before

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.operations.office import Office


def with_known(office: Office, request: Request) -> Request:
    """The request, with every number that was confirmed in an earlier act among those compared."""
    doubtful = _doubtful(request.applicant, office.today())
    known = {field for field, kind, number in doubtful if is_known(office, kind, number)}
    return replace(request, compared=request.compared | known) if known else request


def is_known(office: Office, kind: IdType, number: str) -> bool:
    """Whether a doubtful number was once compared with its document; by an entry of before, whose name was made of it, too."""
    if newest_under(office.database, office.book.people_terms.confirmed(kind, number), 1):
        return True
    return office.book.find(f"{kind.value}{terms_of_before(office.database).number(number)}") is not None


def record(office: Office, matter: Matter) -> None:
    """Records every doubtful number of an act that is about to be recorded. Each is recorded once.

    Raises:
        Refusal: `clock-doubtful`.
    """
    for _, kind, number in _doubtful(matter.applicant, office.today()):
        if not is_known(office, kind, number):
            confirmed = NumberConfirmed(kind, mask_id(number), matter.clerk.staff_number, number)
            office.book.append(EntryKind.NUMBER_CONFIRMED, confirmed.to_payload())


def _doubtful(applicant: Applicant, today: date) -> Iterator[tuple[str, IdType, str]]:
    """The numbers that may be right all the same: field, kind of document, number."""
    agent = applicant.agent
    for field, kind, text in (
        ("id_number", applicant.id_type, applicant.id_number),
        ("agent_id_number", agent.id_type, agent.id_number),
    ):
        reading = read_id_number(text, kind, today) if text else None
        if reading and reading.fault and reading.comparable:
            yield field, kind, reading.value
