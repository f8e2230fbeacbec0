"""A whole number is shown to who says why, after that is in the book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.number_entry import NumberRevealed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import SPOUSE
from tests.make import ID_NUMBER, PHONE, a_request, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def issue(office: Office, **applicant: object) -> str:
    slip = issue_slip(office, a_request(applicant=applicant)).slip
    assert slip
    return slip.number


def revealed(office: Office) -> list[NumberRevealed]:
    return [NumberRevealed.from_payload(entry.payload) for entry in office.book.entries(EntryKind.NUMBER_REVEALED)]


def test_the_numbers_are_shown_and_who_saw_them_why_is_recorded(office: Office) -> None:
    number = issue(office, name="罗𠅤克", phone=PHONE, id_number=ID_NUMBER, agent=SPOUSE)
    shown = reveal(office, number, " 与银行核对同名的人 ", "0002")
    assert shown.whole_in_words == [
        f"居民身份证 {ID_NUMBER}　电话 {PHONE}",
        f"代办人：居民身份证 {SPOUSE['id_number']}　电话 {SPOUSE['phone']}",
    ]
    assert revealed(office) == [NumberRevealed(number, "与银行核对同名的人", "0002")]


def test_what_only_one_left_is_all_that_is_shown(office: Office) -> None:
    assert reveal(office, issue(office, name="罗𠅤克", phone=PHONE), "核对").whole_in_words == [f"电话 {PHONE}"]


@pytest.mark.parametrize(
    ("reason", "clerk", "code"),
    [("  ", "", "reason-missing"), ("核\u202e对", "", "unprintable-text"), ("核对", "9999", "unknown-clerk")],
)
def test_without_a_reason_or_a_clerk_nothing_is_shown_nor_recorded(
    office: Office, reason: str, clerk: str, code: str
) -> None:
    number = issue(office, name="罗𠅤克", phone=PHONE)
    with pytest.raises(Refusal) as refusal:
        reveal(office, number, reason, clerk)
    assert (refusal.value.code, revealed(office)) == (code, [])


def test_where_there_is_none_nobody_is_said_to_have_seen_it(office: Office) -> None:
    for number, code in ((issue(office, name="罗𠅤克"), "no-whole-number"), ("1号", "number-unknown")):
        with pytest.raises(Refusal) as refusal:
            reveal(office, number, "核对")
        assert refusal.value.code == code
    assert revealed(office) == []


def test_what_cannot_be_recorded_is_not_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    number = issue(office, name="罗𠅤克", phone=PHONE)

    def full(*_: object, **__: object) -> None:
        raise Refusal("disk-full", "磁盘满了。", "")

    monkeypatch.setattr(office.book, "append", full)
    with pytest.raises(Refusal, match="磁盘满了"):
        reveal(office, number, "核对")
