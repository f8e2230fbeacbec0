"""谁还开着同一位：告诉别的窗口的只有带密钥的摘要，从来不是姓名和号码；只是看见，不锁。"""

from __future__ import annotations

from hashlib import blake2b

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.typed_text.characters import search_key
from counter_assistant.operations.office import Office

MARK_BYTES = 8
SOME_WINDOW = "另一个窗口"
"""A window that does not say what it is called."""


def attend(office: Office, visitor: Applicant, case: str) -> None:
    """Lets the other windows of the office know that a visitor is open at this one, and the case that goes on; nobody where neither is
    known. By what people are recognised: domain/people/matching.py. A name alone is nobody's, and is not told.

    Raises:
        Refusal: the server does not answer.
    """
    office.database.attend(_marks(office, visitor, case), office.profile.window)


def also_open_at(office: Office) -> tuple[str, ...]:
    """At which other windows that visitor is open now, with who works there where the server knows it, as far as is known without asking."""
    called = office.profile.clerk_names
    return tuple(
        f"{beside.window or SOME_WINDOW}（{called[beside.who]}）"
        if beside.who in called
        else beside.window or SOME_WINDOW
        for beside in office.database.beside
    )


def _marks(office: Office, visitor: Applicant, case: str) -> frozenset[int]:
    name, phone, id_number = visitor.name, visitor.phone, visitor.id_number
    if not (id_number or case or (search_key(name) and phone)):
        return frozenset()
    terms = office.book.people_terms
    digests = {
        *((terms.number(id_number),) if id_number else ()),
        *((terms.name_and_phone(name, phone),) if search_key(name) and phone else ()),
        *((terms.digest("case", case),) if case else ()),
    }
    return frozenset(_mark(digest) for digest in digests)


def _mark(digest: str) -> int:
    """As a server holds it: a whole number of eight bytes."""
    return int.from_bytes(blake2b(digest.encode(), digest_size=MARK_BYTES).digest(), signed=True)
