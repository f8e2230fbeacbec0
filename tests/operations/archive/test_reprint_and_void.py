"""The archive's acts: found, shown, reprinted, voided."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.paper.templates import Forms
from tests.make import a_request, an_office, text_of


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def number(office: Office) -> str:
    slip = issue_slip(office, a_request()).slip
    assert slip is not None
    return slip.number


def test_a_reprint_is_counted_and_marked(office: Office, number: str) -> None:
    for count in (1, 2):
        pdf, counted = reprint_and_void.reprint(office, number)
        assert counted == count
        assert f"补打第{count}次" in text_of(pdf)


def test_a_reprint_is_drawn_from_the_record_whatever_the_form_says_now(
    office: Office, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reprint_and_void.show(office, number).slip
    monkeypatch.delattr(Forms, "blocks")
    assert reprint_and_void.show(office, number).slip == before
    assert number in text_of(reprint_and_void.reprint(office, number)[0])


def test_a_void_slip_stays_visible_and_says_so(office: Office, number: str) -> None:
    reprint_and_void.void(office, number, "姓名有误", copy_returned=True)
    record = reprint_and_void.show(office, number)
    assert record.row.void
    assert "作废" in text_of(reprint_and_void.pdf_of(office, record))
    following = issue_slip(office, a_request()).slip
    assert following is not None
    assert following.number.endswith("〕2号")


def test_what_cannot_be_done_is_refused(office: Office, number: str) -> None:
    with pytest.raises(Refusal, match="没有编号"):
        reprint_and_void.show(office, "临公积金示一告〔2026〕99号")
    with pytest.raises(Refusal, match="原因"):
        reprint_and_void.void(office, number, "  ")
    reprint_and_void.void(office, number, "重复")
    with pytest.raises(Refusal, match="已经作废"):
        reprint_and_void.void(office, number, "重复")


def test_a_paper_is_saved_under_its_number_and_never_outside_its_folder(tmp_path: Path) -> None:
    path = reprint_and_void.save_paper(b"%PDF", tmp_path / "out", "../临公积金告〔2026〕1号")
    assert path.parent == tmp_path / "out"
    assert path.name == "___临公积金告〔2026〕1号.pdf"


def test_a_folder_that_cannot_be_written_leaves_the_record_and_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Refusal, match="已经出具并存档"):
        reprint_and_void.save_paper(b"%PDF", blocked, "1号")


def test_another_paper_of_the_same_name_is_never_overwritten(tmp_path: Path) -> None:
    first = reprint_and_void.save_paper(b"one", tmp_path, "1号")
    assert reprint_and_void.save_paper(b"one", tmp_path, "1号") == first
    second = reprint_and_void.save_paper(b"two", tmp_path, "1号")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1号-2.pdf", "1号.pdf"]
