"""A paper in an applicant's hand means a record, however the process ended; and the harness that shows it can fail."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from counter_assistant.storage.book import Book
from counter_assistant.storage.journal.records import IssuedRecord
from tests.portion import Portion
from tests.reliability.harness import ISSUED, Acknowledge, Act, Opening, kill_again_and_again
from tests.storage.desk import SERIES, card, issue, number, open_book, open_sealed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its workers")


@pytest.mark.nightly("kills")
@pytest.mark.parametrize("opening", [open_book, open_sealed])
def test_nothing_acknowledged_is_lost_doubled_or_skipped(tmp_path: Path, portion: Portion, opening: Opening) -> None:
    kills = portion.times(200, sample=10)
    tally = kill_again_and_again(tmp_path / "book.db", kills, opening=opening)
    print(tally)
    assert tally.clean, (str(tally), tally.lost, tally.doubled, tally.skipped, tally.problems, tally.faults)
    assert len(tally.issued) > kills // 2
    assert tally.kills_in_an_act > kills // 4


def too_early(book: Book, uuid: str, acknowledge: Acknowledge) -> None:
    """Prints before the commit."""

    def make(sequence: int, time: datetime) -> IssuedRecord:
        acknowledge(ISSUED, number(sequence))
        return IssuedRecord(card(number(sequence), time), {})

    book.issue(lambda _: SERIES, uuid, "", make)


def without_its_name(book: Book, uuid: str, acknowledge: Acknowledge) -> None:
    """Issues under a name that the next try does not know: what recognising a repeated act is for."""
    issued = issue(book, f"{uuid} {time.time_ns()}")
    time.sleep(0.01)  # the paper comes out: so long that a death finds it soon
    acknowledge(ISSUED, f"{issued.number} {issued.entry.check_code}")


def without_a_journal(book: Book, uuid: str, acknowledge: Acknowledge) -> None:
    """Commits that a death can leave half done."""
    book.database.handle.execute_sql("PRAGMA journal_mode = OFF")
    issued = issue(book, uuid)
    acknowledge(ISSUED, f"{issued.number} {issued.entry.check_code}")


def test_the_harness_fails_when_papers_are_printed_before_the_commit(tmp_path: Path) -> None:
    tally = kill_again_and_again(tmp_path / "book.db", 200, too_early, until=lambda tally: bool(tally.lost))
    print(tally)
    assert tally.lost


@pytest.mark.parametrize(
    "act", [without_its_name, pytest.param(without_a_journal, marks=pytest.mark.nightly("safeguards"))]
)
def test_the_harness_fails_without_each_safeguard(tmp_path: Path, act: Act) -> None:
    tally = kill_again_and_again(tmp_path / "book.db", 2000, act, until=lambda tally: not tally.clean)
    print(act.__name__, tally, tally.problems)
    assert not tally.clean
