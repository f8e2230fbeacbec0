"""What an entry means for cases: an act at the window is a visit, where enough of it was kept."""

from __future__ import annotations

from datetime import datetime

import pytest

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.assessment.facts import Facts, Result
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.cases.acts import Visit
from counter_assistant.domain.cases.entry_acts import acts_of
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.applicant import Applicant

ENTRY = Entry(7, datetime.fromisoformat("2026-11-23T10:00:00+08:00"), EntryKind.INQUIRY, {}, b"", "one act")
RESULT = Result(SlipKind.NOTIFICATION_SLIP, "", None, None, False)


def test_an_act_at_the_window_is_a_visit() -> None:
    (visit,) = acts_of(ENTRY, ActRecorded(RESULT, Applicant("赵六"), Facts("B08", rule=Rule.INQUIRY)), {})
    assert isinstance(visit, Visit)
    assert (visit.case, visit.rule, visit.on) == ("one act", Rule.INQUIRY, ENTRY.time.date())


@pytest.mark.parametrize(("result", "rule"), [(None, Rule.INQUIRY), (RESULT, None)])
def test_an_act_of_which_the_facts_alone_were_kept_is_none(result: Result | None, rule: Rule | None) -> None:
    assert acts_of(ENTRY, ActRecorded(result, Applicant("赵六"), Facts("B08", rule=rule)), {}) == []
