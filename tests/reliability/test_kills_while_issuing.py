"""The whole act of issuing, from request to record, killed at random instants; and two presses of F9."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from counter_assistant.storage.book import Book
from tests.make import a_request, an_office, clock
from tests.portion import Portion
from tests.reliability.harness import ISSUED, Acknowledge, kill_again_and_again, sequence_of
from tests.storage.desk import engine_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its workers")

ANSWERS = {"who": "self", "marital": "married", "lease": "unregistered"}


def issue_for_real(book: Book, uuid: str, acknowledge: Acknowledge) -> None:
    """Reads, decides, composes, checks every glyph, numbers and archives."""
    office = Office(engine_of(book), engine_of(book).path.parent, clock, training=False, program=program())
    office.confirm_clock()  # the harness begins its clock anew after each kill
    slip = issue_slip(office, a_request(answers=ANSWERS, request_id=uuid)).slip
    assert slip is not None
    acknowledge(ISSUED, f"{slip.number} {slip.check_code}")


@pytest.mark.slow
@pytest.mark.nightly("kills")
def test_no_issued_slip_is_lost_and_no_number_twice_or_skipped(tmp_path: Path, portion: Portion) -> None:
    kills = portion.times(200, sample=10)
    tally = kill_again_and_again(tmp_path / "book.db", kills, issue_for_real)
    print(tally)
    assert tally.clean, (str(tally), tally.lost, tally.doubled, tally.skipped, tally.problems, tally.faults)
    assert len(tally.issued) > kills // 2


def test_two_presses_of_the_key_give_one_slip(tmp_path: Path) -> None:
    office = an_office(tmp_path)
    slips = [issue_slip(office, a_request(request_id="draft")).slip for _ in range(2)]
    assert slips[0] == slips[1]
    assert len(office.archive.search()) == 1
    office.close()


def test_four_processes_issue_contiguous_numbers(tmp_path: Path) -> None:
    an_office(tmp_path).close()
    fork = multiprocessing.get_context("fork")
    windows = [fork.Process(target=_window, args=(tmp_path, name)) for name in "abcd"]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert [window.exitcode for window in windows] == [0, 0, 0, 0]
    office = an_office(tmp_path)
    assert sorted(sequence_of(row.number) for row in office.archive.search()) == list(range(1, 41))
    assert office.book.check().ok
    office.close()


def _window(folder: Path, name: str) -> None:
    office = an_office(folder)
    for n in range(10):
        issue_slip(office, a_request(request_id=f"{name}{n}"))
    office.close()
