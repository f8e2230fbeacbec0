"""同一个人来过没有：按整个证件号码、电话、姓名查台账，不翻记录的内容.

Every act with an applicant is filed under terms of its own, with a paper or without. They lie among the search terms
(search_terms.py), where no word that is typed leads: those are shorter, or begin with a mark. A term holds a digest under the
book's own key, never a number or a name, and is only a candidate: who reads the act compares the whole.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.typed_text.characters import search_key
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import compact_number
from counter_assistant.domain.typed_text.phones import one_form
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries, tables

_DIGEST = 9  # bytes: a multiple of three, so that base64 needs no padding


@dataclass(frozen=True, slots=True)
class PeopleTerms:
    """The terms of one book. `key` is derived from that of a sealed book; of a plain one it is the hash of its first entry,
    which no other book has."""

    key: bytes = b""

    def number(self, id_number: str) -> str:
        """Under which the acts with an identity number lie."""
        return self._term("i", compact_number(id_number))

    def phone(self, phone: str) -> str:
        """Under which the acts with a telephone number lie."""
        return self._term("p", one_form(phone))

    def name_and_phone(self, name: str, phone: str) -> str:
        """Under which the acts with a name and a telephone number lie."""
        return self._term("w", search_key(name), one_form(phone))

    def name_and_item(self, name: str, item: str, *, numbered: bool) -> str:
        """Under which the acts of one item with a name lie, apart by whether an identity number says who of that name."""
        return self._term("n" if numbered else "u", search_key(name), item)

    def confirmed(self, id_type: IdType, id_number: str) -> str:
        """Under which lies that a doubtful number of a kind of document was held against it."""
        return self._term("c", id_type.value, compact_number(id_number))

    def of(self, who: Applicant, item: str) -> tuple[str, ...]:
        """Every term under which an act of an item is filed; none where nobody is named and no number was left."""
        name, phone, id_number = who.name, who.phone, who.id_number
        return (
            *((self.number(id_number),) if id_number else ()),
            *((self.phone(phone),) if phone else ()),
            *((self.name_and_phone(name, phone),) if search_key(name) and phone else ()),
            *((self.name_and_item(name, item, numbered=bool(id_number)),) if search_key(name) else ()),
        )

    def digest(self, *parts: str) -> str:
        """What stands for texts, and does not say them; that of another book is another."""
        return _digest(self.key, parts)

    def _term(self, mark: str, *parts: str) -> str:
        return f"={mark}{self.digest(*parts)}"


def people_terms(handle: Any, secret: bytes) -> PeopleTerms:
    """The terms of a book whose digests have this secret; empty for a plain one.

    Raises:
        Refusal: what `hash_of` refuses.
    """
    return PeopleTerms(secret or entries.hash_of(handle, 1))


def terms_of_before(database: Engine) -> PeopleTerms:
    """The terms by which earlier versions named entries, whatever key the book has now."""
    with database.query() as handle:
        return people_terms(handle, b"")


@lru_cache(maxsize=64)  # two views ask for the same of each act
def _digest(key: bytes, parts: tuple[str, ...]) -> str:
    made = _keyed(key).copy()
    made.update("\0".join(parts).encode("utf-8", "surrogatepass"))
    return urlsafe_b64encode(made.digest()).decode()


@cache
def _keyed(key: bytes) -> Any:
    return blake2b(key=key, digest_size=_DIGEST)


def newest_under(database: Engine, term: str, limit: int) -> list[int]:
    """The numbers of the newest entries under a term, newest first, at most `limit`."""
    row = tables.Term
    query = row.select(row.entry).where(row.term == term).order_by(row.entry.desc()).limit(limit)
    with database.reading() as handle:
        return [seq for (seq,) in tables.fetch(handle, query)]


def entries_under(database: Engine, term: str) -> set[int]:
    """The numbers of all entries that lie under a term."""
    row = tables.Term
    with database.reading() as handle:
        return {seq for (seq,) in tables.fetch(handle, row.select(row.entry).where(row.term == term))}
