"""A kind of paper is one row: the table is whole, and what is asked elsewhere about kinds has an answer for each."""

from __future__ import annotations

import pytest

from counter_assistant.domain.papers.kinds import CHOSEN, KINDS, SlipKind


def test_every_kind_has_its_row_in_one_order() -> None:
    assert tuple(KINDS) == tuple(SlipKind)


@pytest.mark.parametrize("part", ["title", "series_mark", "series_code"])
def test_no_two_kinds_share_a(part: str) -> None:
    assert len({getattr(row, part) for row in KINDS.values()}) == len(KINDS)


def test_what_binds_or_accepts_asks_whom_it_is_for() -> None:
    for kind, row in KINDS.items():
        assert (row.needs_name and row.needs_number) or not (row.accepts or row.binds), kind
        assert row.needs_name or not row.needs_number, kind


def test_a_number_key_of_the_desk_stands_for_each_kind_that_can_be_chosen() -> None:
    assert len(CHOSEN) <= 9
    assert SlipKind.DELAY_NOTICE not in CHOSEN, "it is begun from a case"
