"""Every kind of paper has all that it needs to be issued: a form, an arrangement, a request that gives it."""

from __future__ import annotations

import pytest

from counter_assistant import paths
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.paper.arrangement import ARRANGEMENTS
from tests.decision_rows import FURTHER, ROWS


@pytest.mark.parametrize("kind", SlipKind)
def test_a_kind_has_its_form_and_its_arrangement(kind: SlipKind) -> None:
    assert (paths.forms() / f"{kind}.txt").is_file()
    assert kind in ARRANGEMENTS


def test_no_arrangement_is_left_of_a_kind_that_is_gone() -> None:
    assert set(ARRANGEMENTS) == set(SlipKind)


def test_every_kind_is_issued_by_a_request_of_the_tests() -> None:
    given = {slip for _, slip, *_ in ROWS.values()} | {read_request(request).slip for request in FURTHER.values()}
    assert given >= set(SlipKind)
