"""A paper held against the book, however its number, its check code and its digits are typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.papers.slip import Slip
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.archive.verifying import PaperText, read_paper_text, verify
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.make import a_request, an_office

NUMBER, CODE, DIGITS = "临公积金耿一告〔2026〕128号", "3fa109bc77d2", "153092601202600012837"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as office:
        yield office


@pytest.fixture
def slip(office: Office) -> Slip:
    issued, *_ = [issue_slip(office, a_request()).slip for _ in range(12)]
    assert issued is not None
    return issued


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{NUMBER} {CODE}", PaperText(NUMBER, "", CODE)),
        (f"{CODE} {NUMBER}", PaperText(NUMBER, "", CODE)),
        (f"编号：{NUMBER}　校验码 {CODE.upper()}", PaperText(NUMBER, "", CODE)),
        (f"校验码：3fa1 09bc 77d2，编号：{NUMBER}", PaperText(NUMBER, "", CODE)),
        (NUMBER, PaperText(NUMBER, "", "")),
        (DIGITS, PaperText("", DIGITS, "")),
        (f"{CODE}\n{DIGITS}\n", PaperText("", DIGITS, CODE)),
        (f"{DIGITS} 校验码{CODE}", PaperText("", DIGITS, CODE)),
        (CODE, PaperText("", "", CODE)),
        ("", PaperText("", "", "")),
    ],
)
def test_the_parts_of_what_is_typed_are_told_apart_in_any_order(text: str, read: PaperText) -> None:
    assert read_paper_text(text) == read


def test_a_paper_of_the_book_is_found_by_number_and_by_its_digits(office: Office, slip: Slip) -> None:
    for text in (
        f"{slip.number} {slip.check_code}", f"校验码 {slip.check_code.upper()}　编号：{slip.number}", f"{slip.qr} {slip.check_code}",
    ):  # fmt: skip
        found = verify(office, text)
        assert (found.genuine, found.number, found.verdict) == (True, slip.number, "校验码相符")
    for text in (slip.number, slip.qr, slip.number.replace("〔", "[").replace("〕", "]")):
        found = verify(office, text)
        assert (found.genuine, found.agrees, found.verdict) == (True, None, "")


def test_another_check_code_is_told(office: Office, slip: Slip) -> None:
    other = office.archive.search()[0]
    found = verify(office, f"{slip.number} {other.check_code}")
    assert (found.genuine, found.verdict) == (False, "校验码不符")


def test_the_check_code_is_that_of_the_entry_and_not_of_the_list(office: Office, slip: Slip) -> None:
    """GIVEN a list in which somebody changed the check code THEN the entry still says which is right."""
    with office.database.writing() as handle:
        handle.execute_sql("UPDATE archive SET check_code = '000000000000'")
    assert verify(office, f"{slip.number} {slip.check_code}").genuine
    assert not verify(office, f"{slip.number} 000000000000").genuine


def test_what_the_book_does_not_have_is_not_genuine(office: Office, slip: Slip) -> None:
    for text in (slip.number.replace("1号", "99号"), f"99 {slip.check_code}", "1", DIGITS):
        found = verify(office, text)
        assert (found.genuine, found.row) == (False, None), text


def test_a_void_paper_is_told_with_its_reprints(office: Office, slip: Slip) -> None:
    reprint(office, slip.number)
    void(office, slip.number, "写错了姓名")
    row = verify(office, slip.number).row
    assert row is not None
    assert (row.void, row.reprints) == (True, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nothing-to-verify"),
        (CODE, "nothing-to-verify"),
        (DIGITS[:-1] + str((int(DIGITS[-1]) + 1) % 10), "misread-code"),
        ("2" * 21, "newer-code"),
    ],
)
def test_what_says_nothing_of_a_paper_is_refused(office: Office, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        verify(office, text)
    assert refusal.value.code == code
