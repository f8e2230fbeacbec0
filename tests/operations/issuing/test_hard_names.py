"""A name that other systems cannot write: what has no code is written by hand, and the other forms lead to the paper."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.slip import Fields, Slip
from counter_assistant.operations.issuing.issue import Issued, issue_slip
from counter_assistant.operations.issuing.set_paper import pdf_of_slip
from counter_assistant.operations.office import Office
from tests.make import a_request, text_of

HARD: dict[str, Any] = {"uncoded": "上鸟下甲，读 niè", "also_named": "王聂三、WANG NIE SAN"}


def issued(office: Office, name: str, agent: str = "", **details: str) -> Issued:
    applicant = {"name": name, "agent": {"name": agent, "relation": "子女" if agent else ""}}
    return issue_slip(office, a_request(applicant=applicant, details=details))


def slip_of(done: Issued) -> Slip:
    assert done.slip is not None
    return done.slip


def boxes(slip: Slip) -> int:
    [head] = [element for element in slip.draft.body if isinstance(element, Fields)]
    return sum(field.boxes for row in head.rows for field in row)


def test_the_paper_says_what_the_character_is_and_has_a_box_for_it(office: Office) -> None:
    slip = slip_of(issued(office, "王＿三", **HARD))
    text = text_of(office.program.typesetter.pdf(slip))  # without blanks
    assert "申请人王＿三证件" in text
    assert "“＿”是没有编码的字：上鸟下甲，读niè，由经办人照证件写在方格里并签章。" in text
    assert "别的系统里写作：王聂三、WANGNIESAN" in text
    assert boxes(slip) == 1
    assert Slip.from_payload(slip.to_payload(), slip.check_code) == slip


def test_each_character_has_a_box_the_agents_too_and_without_a_description_as_well(office: Office) -> None:
    assert boxes(slip_of(issued(office, "王＿＿", agent="李＿"))) == 3


def test_a_name_that_every_system_writes_has_neither_row_nor_box(office: Office) -> None:
    slip = slip_of(issued(office, "王小三"))
    assert "姓名写法" not in text_of(office.program.typesetter.pdf(slip))
    assert boxes(slip) == 0
    rows = [row for element in slip.to_payload()["draft"]["body"] for row in element.get("fields", [])]
    assert all(
        len(field) == 4 for row in rows for field in row
    )  # as slips of before are stored, so hashes stay what they were


def test_the_paper_is_found_by_every_form_of_the_name(office: Office) -> None:
    number = slip_of(issued(office, "王＿三", **HARD)).number
    for words in ("王聂三", "聂三", "wang nie", "wns", "王＿三"):
        assert number in [row.number for row in office.archive.search(words)], words
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert entry.payload["card"]["other_names"] == ["王聂三", "WANG NIE SAN"]
    office.book.rebuild()
    assert number in [row.number for row in office.archive.search("王聂三")]


@pytest.mark.parametrize("name", ["ꓡꓲ-ꓢꓴ ꓮ-ꓟꓱ", "ꀉꆈꃅꇬ", "ᥐᥢᥳ ᥘᥣᥭᥰ", "ᦀᦁᦂᦉ", "罗𠅤克", "\U00030014某"])
def test_names_in_other_scripts_are_taken_printed_and_found(office: Office, name: str) -> None:
    slip = slip_of(issued(office, name))
    assert name.replace(" ", "") in text_of(office.program.typesetter.pdf(slip))
    for words in (name, name[:2]):
        assert [row.number for row in office.archive.search(words)] == [slip.number], words


@pytest.mark.parametrize("which", list(PaperFormat))
def test_the_boxes_are_on_every_format(office: Office, which: PaperFormat) -> None:
    slip = slip_of(issued(office, "王＿三＿", **HARD))
    text = text_of(pdf_of_slip(office, slip, which))
    assert "没有编码的字" in text
    assert slip.number in text
