"""A slip for when the power is out is found by its number in the one field that finds everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.operations.kit.printing import void_blanks
from counter_assistant.operations.kit.recording import record_blank
from counter_assistant.ui.desk.search.lookup import Lookup
from counter_assistant.ui.desk.search.results import Row
from counter_assistant.ui.shell.requests import PageRequest, ShowKit, ShowPaper
from tests.operations.kit.kits import Outage, paper


@pytest.fixture
def outage(tmp_path: Path) -> Iterator[Outage]:
    with closing(Outage(tmp_path)) as made:
        yield made


def found(outage: Outage, typed: str) -> tuple[list[Row], list[PageRequest | ShowKit]]:
    """The lines under their head, and what taking each of them asks for."""
    asked = list[PageRequest | ShowKit]()
    rows = Lookup(outage.office, asked.append, lambda _text: None).records(typed)[1:]
    for row in rows:
        assert row.act is not None
        row.act()
    return rows, asked


@pytest.mark.parametrize("typed", ["备3", "备3号", "备〔2026〕3", "临公积金耿一备[2026]3号"])
def test_one_that_is_out_is_recorded(outage: Outage, typed: str) -> None:
    rows, asked = found(outage, typed)
    assert [(row.text, row.note) for row in rows] == [("备用单 3号", "补录")]
    assert asked == [ShowKit("临公积金耿一备〔2026〕3号")]


@pytest.mark.parametrize("typed", ["备3", "备〔2026〕3"])
def test_one_that_was_recorded_is_opened_once(outage: Outage, typed: str) -> None:
    record_blank(outage.office, paper("3"))
    rows, asked = found(outage, typed)
    assert [(row.text, row.detail) for row in rows] == [("岩温", "一次性告知单 备3号")]
    assert asked == [ShowPaper("临公积金耿一备〔2026〕3号")]


def test_one_that_is_void_or_was_never_printed_is_not_found(outage: Outage) -> None:
    void_blanks(outage.office, ["3"], "弄脏了")
    assert found(outage, "备3") == ([], [])
    assert found(outage, "备99") == ([], [])
    assert found(outage, "备用金") == ([], [])
