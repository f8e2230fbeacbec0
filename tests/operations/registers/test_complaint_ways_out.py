"""Every way by which something of the book is told, printed or handed on: of a sealed complaint nothing but how many entries there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.registers.complaint import Category
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, StepTold
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.archive.unprinted import to_print
from counter_assistant.operations.intake import admissibility
from counter_assistant.operations.notification.earlier import LookBack, look_back
from counter_assistant.operations.notification.monthly import counted_in, figures
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.day_sheet import closing_sheet
from counter_assistant.operations.registers import complaint_drafts, complaints
from counter_assistant.operations.registers.books import book_pdf, book_sheet, register_book
from counter_assistant.operations.registers.complaint_paper import register_sheet
from counter_assistant.operations.registers.complaint_volume import volume_of
from counter_assistant.operations.registers.reentering.reentry import reenter
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.operations.safekeeping.witness import check
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from tests.make import NOW, an_office, text_of
from tests.operations.registers.reentering.test_reentry import CANARIES as OLD
from tests.operations.registers.reentering.test_reentry import VOIDED, complained
from tests.operations.registers.test_complaints import ABOUT, NAME, PHONE, TEXT, TOLD
from tests.operations.safekeeping.auditing import found
from tests.storage.sealing.canary import found_in

SEALED = (NAME, PHONE, TEXT, ABOUT, "调看录像金丝雀", "又打来金丝雀", "没有打完金丝雀")
CANARIES = (*SEALED, *(said for said in OLD if said != VOIDED))
"""A closing repeats the reason for a void and is never erased (docs/decisions/0030-closing-a-day.md); whoever seals is told so."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A book with complaints of before, re-entered, and with two of today: steps, something added, a draft, papers that were printed."""
    with closing(an_office(tmp_path / "data", training=True)) as made:
        key = register_key(made)
        with monkeypatch.context() as patched:
            patched.setattr(admissibility, "sealed_fault", lambda _matter: None)
            complained(made)
        closings.close(made, Period.DAY, made.today().isoformat())
        assert "另有 1 处作废的理由" in reenter(made, key).left_where
        for category in (Category.ATTITUDE, Category.EMPLOYER):
            number = complaints.record(made, key, replace(TOLD, category=category)).number
            complaints.take_step(made, key, StepTold(number, ComplaintStep.ACCEPT))
            complaints.take_step(made, key, StepTold(number, ComplaintStep.VERIFY, "调看录像金丝雀"))
            complaints.supplement(made, key, number, "又打来金丝雀")
            register_sheet(made, key, number)
            volume_of(made, key, number)
        complaint_drafts.save_draft(made, key, complaint_drafts.new_act(), {"matter": "没有打完金丝雀"})
        yield made


def test_none_waits_for_a_printer(office: Office) -> None:
    assert (to_print(office), office.prints.all()) == (((), ()), {})


def test_none_is_counted_in_a_month(office: Office) -> None:
    matters = counted_in(office, NOW.year, NOW.month)
    said = str((matters, figures(office, NOW.year, NOW.month, matters)))
    assert [word for word in (*CANARIES, "D01", "D02", "服务投诉") if word in said] == []


@pytest.mark.parametrize("item", ["D01", "D02", "B08"])
def test_nobody_is_known_again_by_one(office: Office, item: str) -> None:
    for who in (Applicant(NAME, PHONE), Applicant(NAME, PHONE, id_number=OLD[2]), Applicant(NAME)):
        assert look_back(office, who, item) == LookBack()


def test_no_register_lists_or_prints_one(office: Office) -> None:
    for kind in RegisterKind:
        query = RegisterQuery((kind,))
        book = register_book(office, query)
        said = f"{book.texts()}{text_of(book_pdf(office, book))}"
        assert [word for word in CANARIES if word in said] == []
        assert book_sheet(office, query)
    assert [line for line in office.cases.found("") if line.item in ("D01", "D02") and line.applicant] == []


def test_a_closing_is_as_right_as_before_and_says_no_more(office: Office) -> None:
    """GIVEN a day that was closed over complaints in the open WHEN they are sealed THEN the closing is as right as before, and its
    sheet says nothing of them."""
    assert check(office).problems == []
    for one, of in closings.closings(office):
        said = "\n".join(closing_sheet(office, one, of).lines())
        assert [word for word in CANARIES if word in said] == []


def test_what_an_auditor_gets_is_sound_and_says_nothing(office: Office, tmp_path: Path) -> None:
    export(office, tmp_path / "out")
    assert found(tmp_path / "out") == set()
    assert found_in(tmp_path / "out", CANARIES) == []
    assert found_in(tmp_path / "data", CANARIES) == []
