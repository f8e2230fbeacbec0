"""A revision is the list of its acts: kept as JSON, worked out anew, taken back one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import (
    ItemRetired,
    QuestionDefined,
    Revision,
    StatuteDefined,
    TextEdited,
    applied,
    worked_out,
)
from counter_assistant.domain.revision.statements import Part, Statement, newest
from counter_assistant.domain.revision.verdicts import Answer, Verdict

RULES = "住房公积金管理条例"
CENTRE = Source("centre", document="18号")
AGREED = Verdict(Statement(Part.CONDITION, "符合sound"), Answer.AGREE, CENTRE)


def test_acts_follow_each_other_and_are_taken_back(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    renamed = replace(make.item(), name="另一名称")
    revision = Revision("2026.11").with_act(TextEdited(renamed)).with_act(AGREED)
    made = newest(worked_out(catalogue, revision), "T01")
    assert (made.name, made.conditions[0].source) == ("另一名称", CENTRE)
    assert newest(worked_out(catalogue, revision.without_last()), "T01") == renamed
    assert Revision("2026.11").without_last() == Revision("2026.11")


def test_an_item_is_added_changed_or_retired(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    added = applied(catalogue, TextEdited(make.item(id="T09")))
    assert list(added.items) == ["T01", "T09"]
    assert list(applied(added, ItemRetired("T01")).items) == ["T09"]
    with pytest.raises(Refusal) as refused:
        applied(catalogue, ItemRetired("T77"))
    assert refused.value.code == "unknown-item"


def test_only_the_newest_text_is_edited(make: Any) -> None:
    older = make.item(effective_from=make.item().effective_from.replace(month=1))
    catalogue = make.catalogue(older, make.item())
    made = applied(catalogue, TextEdited(replace(make.item(), name="新")))
    assert [text.name for text in made.items["T01"]] == ["新", older.name]


def test_a_question_is_defined(make: Any) -> None:
    question = make.question("way", "car", "train").question
    assert applied(make.catalogue(make.item()), QuestionDefined(question)).questions == {"way": question}


def test_a_version_of_a_statute_is_defined_or_reads_otherwise(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    old, new = catalogue.statutes[RULES].versions
    later = replace(new, version=2028, effective_from=date(2028, 1, 1))
    made = applied(catalogue, StatuteDefined(RULES, later))
    assert made.statutes[RULES].versions == (old, new, later)
    again = applied(made, StatuteDefined(RULES, replace(later, label="改过的说法")))
    assert [each.label for each in again.statutes[RULES].versions] == [old.label, new.label, "改过的说法"]
    earlier = applied(catalogue, StatuteDefined(RULES, replace(old, version=2002, effective_from=date(2002, 3, 24))))
    assert [each.version for each in earlier.statutes[RULES].versions] == [2002, 2019, 2026]
    assert applied(catalogue, StatuteDefined("新法", old)).statutes["新法"].versions == (old,)
    with pytest.raises(Refusal) as refused:
        applied(catalogue, StatuteDefined(RULES, replace(new, version=2027)))
    assert refused.value.code == "statute-day-taken"


def test_a_revision_is_kept_as_json(make: Any) -> None:
    acts = (
        AGREED,
        TextEdited(make.item()),
        ItemRetired("T01"),
        QuestionDefined(make.question("way", "car", "train").question),
        StatuteDefined(RULES, make.statute().versions[0]),
    )
    revision = Revision("2026.11", acts)
    assert Revision.from_json(json.loads(json.dumps(revision.to_json()))) == revision


@pytest.mark.parametrize(
    "written",
    [
        [], {"based_on": "1"}, {"based_on": "1", "acts": {}}, {"based_on": 1, "acts": []},
        {"based_on": "1", "acts": [{"act": "dance"}]}, {"based_on": "1", "acts": ["retired"]},
        {"based_on": "1", "acts": [{"act": "retired", "item": 1}]},
    ],
)  # fmt: skip
def test_what_is_no_revision_is_refused(written: Any) -> None:
    with pytest.raises(Refusal) as refused:
        Revision.from_json(written)
    assert refused.value.code == "broken-content"
