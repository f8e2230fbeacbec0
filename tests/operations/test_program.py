"""What ships is read once for a process; what a centre decided is laid over it for one office, anew after each decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.catalogue.approving import approve, withdraw
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.office_phrases import decide_phrases
from tests.make import NOW, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = an_office(tmp_path / "one")
    yield made
    made.close()


def test_two_offices_of_a_process_share_what_ships_and_nothing_that_was_decided(office: Office, tmp_path: Path) -> None:
    other = an_office(tmp_path / "other")
    approve(office, ["B08"], NOW.date(), Approval("临公积金〔2026〕1号", NOW.date(), "管委会"))
    assert other.program is office.program
    assert other.catalogue.approvals.in_force == {}
    assert office.catalogue.approvals.in_force.keys() == {"B08"}
    other.close()


def test_every_decision_gives_another_content_with_its_place_in_the_book(office: Office) -> None:
    versions = [office.content.decided]
    approve(office, ["B08"], NOW.date(), Approval("临公积金〔2026〕1号", NOW.date(), "管委会"))
    versions.append(office.content.decided)
    decide_phrases(office, [own_phrase(26, "请到三号窗口。", PhraseChannel.COUNTER, Moment.WAITING)])
    versions.append(office.content.decided)
    withdraw(office, ["B08"], "文件作废")
    versions.append(office.content.decided)
    assert versions == [0, *sorted(set(versions[1:]))]
    assert versions[-1] == office.book.head()[0]


def test_phrases_do_not_wait_for_the_items(office: Office) -> None:
    assert office.content.phrases
    assert "catalogue" not in vars(office.content)
