"""The status line says which catalogue is told, and from when on one that lies ahead."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import take_revision
from counter_assistant.ui.shell.status_line import catalogue_in_words
from tests.make import NOW, an_office, confirmed

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("first", "said"),
    [(TODAY + timedelta(days=1), "{month}月{day}日"), (date(TODAY.year + 1, 1, 4), "{year}年{month}月{day}日")],
)
def test_an_edition_that_lies_ahead_is_named_with_its_first_day_and_what_is_told_today(
    tmp_path: Path, first: date, said: str
) -> None:
    office = an_office(tmp_path)
    office.decide_profile(confirmed(office.profile))
    shipped = office.catalogue.version
    assert catalogue_in_words(office) == f"{shipped} · 示例待核定"
    revising = Revising(office)
    source = Source("centre", document="18号", clause="第五条", day=TODAY)
    revising.do(Verdict(revising.open[0].statement, Answer.AGREE, source))
    take_revision(office, revising, Approval("18号", TODAY, "主任办公会", first), "0002")
    since = said.format(year=first.year, month=first.month, day=first.day)
    assert catalogue_in_words(office) == f"{first.isoformat()}，{since}起施行；今天仍按 {shipped}"
    office.clock = lambda: NOW + (first - TODAY)
    assert catalogue_in_words(office) == f"{first.isoformat()} · 示例待核定"
    office.close()
