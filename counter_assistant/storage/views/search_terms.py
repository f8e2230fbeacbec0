"""检索：一个输入框，什么都能找.

A word finds a slip by part of a name, pinyin initials (two letters or more), the number or its tail, the tail of a phone
or identity number, the item, the clerk, the title of the paper or what people call it (退回), a date, or the digits of a
scanned QR code. Several words narrow down.

Two halves that must agree: `terms_of` says under which terms a slip is filed, `alternatives` where to look for a word.
What is found there is only a candidate; `matches` decides. So a term may lead to too much, never to too little.
Terms by first character: none name, ~ initials, # number or tail, @ date, % item, & clerk, ^ kind of slip.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from itertools import pairwise, product
from operator import contains

from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.people.identity import TAIL, mask_id, mask_phone
from counter_assistant.domain.typed_text.characters import search_key
from counter_assistant.domain.typed_text.phones import read_phone
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.storage.journal.records import ArchiveRow

LEAST_OF_TITLE = 3
LEAST_OF_PHONE = 7

_DATE = re.compile(r"(?:(\d{4})[-/.年]?)(\d{1,2})[-/.月]?(\d{1,2})日?|(\d{1,2})[-/.月](\d{1,2})日?")
_LETTERS = re.compile("[a-z]{2,}")
_WHOLE = re.compile(r"1\d{10}|\d{15}|\d{17}[\dX]")
_EIGHTEEN = re.compile("(?=(?:[A-Z]*[0-9]){9})[0-9A-Z]{18}")
_OFFICERS = re.compile(r".{1,3}字第\d+")
_QR_LENGTH = 12
_ENOUGH = 8
"""So many terms of one word leave few slips to look at; a name of fifty characters has no more asked for."""

Alternative = tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of the search box, each once; what consists of dots or half characters alone is none."""
    whole = text.encode("utf-8", "ignore").decode()
    if _is_grouped_number(whole):
        return ["".join(whole.split())]
    return [word for word in dict.fromkeys(unicodedata.normalize("NFKC", whole).split()) if search_key(word)]


def _is_grouped_number(text: str) -> bool:
    """Whether blanks only group one number: 138 0000 1234, 530902 19900101 1235, 军字第 1234567 号."""
    if not any(map(str.isnumeric, text)):
        return False
    number = compact(text)
    if _OFFICERS.fullmatch(number) or _EIGHTEEN.fullmatch(number):
        return True
    phone = read_phone(text)
    return number.isdecimal() and phone.fault is None and len(phone.value) >= LEAST_OF_PHONE


def compact(number: str) -> str:
    """A number as it is compared: letters and digits in upper case, without separators and the final 号."""
    plain = unicodedata.normalize("NFKC", number).upper().removesuffix("号")
    return "".join(filter(str.isalnum, plain))


def numbers_of(applicant: Applicant) -> tuple[str, ...]:
    """The numbers of a person and of whoever acts for them, by whose tails a slip is found; masked where no more is kept."""
    agent = applicant.agent
    return tuple(
        number
        for who in (applicant, agent)
        for number in (who.phone or who.phone_mask, who.id_number or who.id_mask)
        if number
    )


def terms_of(card: Card, issued_at: datetime, numbers: Iterable[str] = ()) -> set[str]:
    """Every term under which a slip is filed. `numbers`: those of `numbers_of`, where the act was kept with the slip."""
    found = {f"%{card.item}", f"&{card.clerk}", f"^{card.kind}"}
    for name in (card.applicant, *card.other_names):
        found |= _name_terms(search_key(name)) | _initial_terms(search_key(name))
    number = compact(card.number)
    found |= {f"#{number[-TAIL:]}", f"#{_sequence(card.number)}"}
    found |= {f"#{mark}" for mark in (card.phone_tail, card.id_tail.upper(), card.qr) if mark}
    found |= {f"#{compact(number)[-TAIL:]}" for number in numbers}
    for day in _days(card.day, issued_at):
        found |= {f"@{day}", f"@{day[4:]}"}
    return found


def labels_of(slip: Card | ArchiveRow) -> set[tuple[str, str]]:
    """The words behind the terms that many slips share."""
    return {
        (f"%{slip.item}", slip.item_name),
        (f"&{slip.clerk}", slip.clerk),
        (f"^{slip.kind}", _titles().get(slip.kind, slip.kind)),
    }


@cache
def _titles() -> dict[str, str]:
    """What stands on the paper of each kind."""
    return {kind.value: kind.in_words for kind in SlipKind}


def _called(kind: str) -> tuple[str, ...]:
    """What people say for a kind of paper; nothing for one that is not known here."""
    return KINDS[SlipKind(kind)].called if kind in _titles() else ()


def alternatives(word: str, labels: Iterable[tuple[str, str]]) -> set[Alternative]:
    """Where to look for a word: any of these, each a list of terms that must all be there."""
    folded, number = search_key(word), compact(word)
    found: set[Alternative] = {(term,) for term, text in labels if _matches_label(word, term, text)}
    if folded:
        found.add(_first(a + b for a, b in pairwise(folded)) or (folded,))
    if _LETTERS.fullmatch(folded):
        found.add(_first(f"~{a}{b}" for a, b in pairwise(folded)))
    if len(number) >= TAIL:
        found.add((f"#{number[-TAIL:]}",))
    elif number.isdecimal():
        found.add((f"#{number}",))
    if _is_qr(word):
        found.add((f"#{word}",))
    if day := _day(word):
        found.add((f"@{day}",))
    return found


def _first(terms: Iterable[str]) -> Alternative:
    return tuple(dict.fromkeys(terms))[:_ENOUGH]


def matches(word: str, row: ArchiveRow) -> bool:
    """Whether a word finds a slip."""
    return (
        matches_text(word, row.applicant)
        or any(matches_text(word, name) for name in row.other_names)
        or _matches_number(compact(word), row)
        or (_is_qr(word) and word == row.qr)
        or _matches_date(word, row)
        or any(_matches_label(word, term, text) for term, text in labels_of(row))
    )


def matches_text(word: str, text: str) -> bool:
    """Whether a word is a part of a text, or the initials of one."""
    folded, whole = search_key(word), search_key(text)
    if folded and folded in whole:
        return True
    if not folded.isascii() or not _LETTERS.fullmatch(folded):
        return False
    letters = _letters(whole)
    starts = range(len(letters) - len(folded) + 1)
    return any(all(map(contains, letters[start:], folded)) for start in starts)


@lru_cache(maxsize=4096)
def _letters(name: str) -> tuple[str, ...]:
    """The letters that each character of a name may begin with."""
    return tuple(map(initials, name))


def _matches_number(word: str, row: ArchiveRow) -> bool:
    number = compact(row.number)
    if len(word) < TAIL:
        return word.isdecimal() and word == _sequence(row.number)
    return number.endswith(word) or word in (row.phone_tail, row.id_tail.upper())


def may_be_number(word: str) -> bool:
    """Whether a word may be a person's number or the tail of one."""
    return len(compact(word)) >= TAIL and any(character.isdecimal() for character in word)


def matches_tail(word: str, row: ArchiveRow) -> bool:
    """Whether a word looks like a whole number with one of a slip's tails."""
    number = compact(word)
    return bool(_WHOLE.fullmatch(number)) and number[-TAIL:] in (row.phone_tail, row.id_tail.upper())


def matches_whole(word: str, numbers: Iterable[str]) -> bool:
    """Whether a word is one of a person's numbers, however it is written, or a tail of one. Where no more than a masked
    number is kept, whether it may be that one."""
    typed, dialled = compact(word), compact(read_phone(word).value)
    return any(
        number in (mask_id(typed), mask_phone(dialled)) or number.endswith(typed)
        if "*" in number
        else compact(number).endswith(typed) or compact(number) == dialled
        for number in numbers
    )


def _matches_date(word: str, row: ArchiveRow) -> bool:
    day = _day(word)
    return bool(day) and any(day in (known, known[4:]) for known in _days(row.day, row.issued_at))


def _matches_label(word: str, term: str, text: str) -> bool:
    if term.startswith("^"):  # a title shares its characters and initials with names: only a whole part of it counts
        folded = search_key(word)
        return folded in _called(term[1:]) or (len(folded) >= LEAST_OF_TITLE and folded in search_key(text))
    is_code = term.startswith("%") and search_key(term[1:]).startswith(search_key(word))
    return is_code or matches_text(word, text)


def _name_terms(name: str) -> set[str]:
    return set(name) | {a + b for a, b in pairwise(name)}


def _initial_terms(name: str) -> set[str]:
    return {f"~{a}{b}" for left, right in pairwise(name) for a, b in product(initials(left), initials(right))}


def _sequence(number: str) -> str:
    """The last group of digits of a number without leading zeros: 7 for …-2026-000007."""
    groups = re.findall("[0-9]+", unicodedata.normalize("NFKC", number))
    return groups[-1].lstrip("0") if groups else ""


def _days(accepted: str, issued_at: datetime) -> set[str]:
    return {accepted.replace("-", ""), issued_at.date().isoformat().replace("-", "")}


def _day(word: str) -> str:
    """YYYYMMDD, or MMDD where the word names no year; empty where it is no date."""
    found = _DATE.fullmatch(word)
    if not found or (found[1] and word.isdecimal() and len(word) != len("20261123")):
        return ""
    year, month, day = (found[1], found[2], found[3]) if found[1] else ("", found[4], found[5])
    return f"{year}{int(month):02}{int(day):02}" if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else ""


def _is_qr(word: str) -> bool:
    return word.isdecimal() and len(word) >= _QR_LENGTH
