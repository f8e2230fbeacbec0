"""Fair to the clerk: no figures of people, one's own matters to answer, and the text's faults are the text's (守则 一(五)4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.notification.told_content import told_in
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification.monthly import Month, MonthRow
from counter_assistant.operations.notification.own_matters import MonthForClerk, OwnMatter, explain, month_for_clerk
from counter_assistant.operations.office import Office
from tests.make import PHONE, SINGLE, a_request, an_office, told_otherwise

WHO = {"name": "玉罕", "phone": PHONE}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def november(office: Office) -> MonthForClerk:
    return month_for_clerk(office, 2026, 11)


def row(office: Office) -> MonthRow:
    (found,) = november(office).month.items
    return found


def test_what_followed_another_editions_text_is_counted_as_the_texts(office: Office) -> None:
    told_otherwise(office, edition="2026.10")
    found = row(office)
    assert (found.id, found.matters, found.right, found.missed, found.text) == ("B08", 1, 0, 0, 1)
    (own,) = november(office).own
    assert [one.word for one in own.comparison.differences] == ["目录文本"]


def test_what_departed_from_its_own_edition_keeps_its_name(office: Office) -> None:
    told_otherwise(office)
    found = row(office)
    assert (found.right, found.missed, found.text) == (0, 1, 0)


def test_nothing_but_the_answers_changes_what_is_told(office: Office) -> None:
    """Why a telling follows its edition's text: no other field of a request can change a word of it.

    Materials that are at hand, defects and the day are what the two acts are compared by, and stored apart.
    """
    plain: dict[str, Any] = {"item": "B08", "answers": SINGLE, "applicant": WHO, "delivery": "oral"}
    issue_slip(office, a_request(**plain, request_id="plain"))
    others: dict[str, dict[str, Any]] = {
        "channel": {"channel": "phone"}, "received": {"received": ["id-card"]}, "eligible": {"eligible": "no"},
        "defect": {"defects": [{"id": "id-card", "why": "已过期"}]}, "reason": {"reason": "另有理由"},
        "written": {"delivery": "written"}, "clerk": {"clerk": "0002"}, "apply": {"purpose": "apply"},
    }  # fmt: skip
    for name, changes in others.items():
        issue_slip(
            office, a_request(**{**plain, "slip": "notification_slip", "reason": "试", **changes}, request_id=name)
        )
    entries = [office.book.find(name) for name in ("plain", *others)]
    told = [told_in(Facts.from_payload(entry.payload["facts"])) for entry in entries if entry]
    assert len(told) == len(others) + 1
    first = told[0]
    assert first is not None
    for one in told:
        assert one is not None
        assert (one.required, one.maybe, one.not_required, one.never_ask) == (
            first.required, first.maybe, first.not_required, first.never_ask,
        )  # fmt: skip
        assert (one.basis, one.statutory, one.promised) == (first.basis, first.statutory, first.promised)


def test_no_figures_of_people_anywhere(office: Office) -> None:
    """A month has no row, key or name of a clerk: figures are of items."""
    told_otherwise(office)
    told_otherwise(office, clerk="0002", name="岩温", uuid="other")
    assert {field.name for field in fields(Month)} == {"year", "month", "total", "items", "often"}
    written = json.dumps(asdict(month_for_clerk(office, 2026, 11).month), ensure_ascii=False)
    for clerk in office.profile.clerks:
        assert clerk.name not in written
        assert f'"{clerk.staff_number}"' not in written
    assert "clerk" not in written


def test_a_clerk_sees_the_own_matters_and_nobody_elses(office: Office) -> None:
    told_otherwise(office)
    told_otherwise(office, clerk="0002", name="岩温", uuid="other")
    assert [(own.applicant, own.clerk, own.case) for own in november(office).own] == [("玉罕", "0001", "first")]
    office.decide_profile(replace(office.profile, current_clerk="0002"))
    assert [own.applicant for own in november(office).own] == ["岩温"]
    assert november(office).month.total.matters == 2


def only(office: Office) -> OwnMatter:
    (own,) = november(office).own
    return own


def test_the_clerks_words_are_recorded_with_the_matter_and_change_no_figure(office: Office) -> None:
    told_otherwise(office)
    before = november(office).month
    own = only(office)
    case = explain(office, own, "当事人当时带着身份证，已口头核对")
    assert case.history[-1].words == "经办人说明，当事人当时带着身份证，已口头核对"
    explain(office, own, "补充：已致歉")
    explain(office, own, "写到了别的一件上")
    take_back(office, own.case, "写错了件")
    assert only(office).said == ("当事人当时带着身份证，已口头核对", "补充：已致歉")
    assert november(office).month == before
    entry = office.book.latest(EntryKind.CASE_STEP)
    assert entry is not None
    assert (entry.payload["step"], entry.payload["clerk"]) == ("telling_explained", "0001")
    office.book.rebuild()
    assert only(office).said == ("当事人当时带着身份证，已口头核对", "补充：已致歉")
    assert office.book.check().problems == []


@pytest.mark.parametrize(
    ("words", "code"), [("", "reason-missing"), ("不知道。", "forbidden-wording"), ("字" * 201, "")]
)
def test_words_that_cannot_be_recorded_are_refused(office: Office, words: str, code: str) -> None:
    told_otherwise(office)
    own, before = only(office), office.book.head()
    with pytest.raises(Refusal) as refusal:
        explain(office, own, words)
    assert refusal.value.code.startswith(code)
    assert office.book.head() == before


def test_nobody_answers_for_another(office: Office) -> None:
    told_otherwise(office)
    own = only(office)
    office.decide_profile(replace(office.profile, current_clerk="0002"))
    with pytest.raises(Refusal) as refusal:
        explain(office, own, "不是我告知的")
    assert refusal.value.code == "not-own-matter"


def test_a_matter_from_before_cases_existed_says_so(office: Office) -> None:
    told_otherwise(office)
    own = replace(only(office), case="long ago")
    with pytest.raises(Refusal) as refusal:
        explain(office, own, "说明")
    assert refusal.value.code == "case-unknown"
