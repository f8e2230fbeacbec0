"""What the desk says is missing is what issuing refuses: no rule lives in the window alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import counter_assistant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake import admissibility, deadlines, hold
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.ui.desk.presentation.applicant_fields import FIELD_OF_REFUSAL
from counter_assistant.ui.desk.presentation.missing import FIELD_OF_CHECK, find_missing
from tests.decision_rows import ACCEPTED, DIRECT, FOUND, FURTHER, HELD, LATER, PERSON, PROMISE, ROWS
from tests.make import an_office, confirmed

NOT_ASKED_HERE = {"not-oral", "no-ground"}
"""The desk has no way of asking for the first: Ctrl+F9 tells a notice, whatever paper stands there. The second takes an
approved item without conditions, see tests/operations/catalogue/test_approving.py."""

OF_DAYS = {"delay-not-later"}
"""Given by `not_later`, which the delay of a case and the paper of a delay share."""

RETURNED = FURTHER["6-condition-chosen-by-hand"]
BY_SPOUSE = FURTHER["11-by-the-spouse"]
REFUSED: dict[str, list[dict[str, Any]]] = {
    "complaint-is-sealed": [{"item": "D02", "received": ["id-card"]}, {"item": "D01", "applicant": PERSON, **ACCEPTED}],
    "item-needed": [{"duty": "elsewhere", "slip": "notification_slip", "details": {"asked": "补办身份证"}}],
    "asked-needed": [{"duty": "elsewhere"}],
    "reason-needed": [{**PROMISE, **ACCEPTED, "slip": "receipt"}, {**DIRECT, "slip": "guidance"}],
    "eligibility-unchecked": [{**PROMISE, "received": "all"}],
    "materials-incomplete": [
        {**PROMISE, "eligible": "yes", "received": ["id-card"], "slip": "promise_notice", "reason": "赶时间"}
    ],
    "answers-against": [{
        "item": "A17", **ACCEPTED, "applicant": PERSON,
        "answers": {"who": "self", "account_matter": "review", "bank_reviewed": "no"},
    }],
    "item-unapproved": [{**PROMISE, **ACCEPTED}],
    "due-past": [{**PROMISE, "hold": "policy", "details": HELD | {"due": "2026-11-20"}}],
    "due-reason-needed": [
        {**DIRECT, **ACCEPTED, "on_the_spot": False, "details": {"due": LATER["due"]}},
        {**PROMISE, **ACCEPTED, "details": {"due": "2026-11-25"}},
    ],
    "delay-incomplete": [{**PROMISE, **ACCEPTED, "slip": "delay_notice"}],
    "delay-not-later": [{**FURTHER["delay"], "details": FURTHER["delay"]["details"] | {"due": "2026-11-24"}}],
    "hold-incomplete": [
        {**PROMISE, "hold": "verify", "details": HELD | {key: ""}} for key in ("verify", "due")
    ] + [{**PROMISE, "hold": "departments", "details": HELD, "applicant": {"name": "岩罕"}},
         {**PROMISE, "hold": "policy", "details": HELD, "applicant": {"phone": "13800000000"}},
         {**PROMISE, "hold": "policy", "slip": "notification_slip"}],
    "name-needed": [{**DIRECT, "applicant": {}}],
    "id-number-needed": [{**PROMISE, **ACCEPTED, "applicant": {"name": "某某"}}],
    "due-beyond-statute": [{**PROMISE, **ACCEPTED, "details": {"due": "2027-01-05", "due_reason": "年终结算"}}],
    "explanation-needed": [{**RETURNED, "details": {}}],
    "unknown-condition": [{**RETURNED, "details": FOUND | {"condition": "nothing"}}],
    "agent-name-needed": [{**BY_SPOUSE, "applicant": PERSON}],
    "agent-id-number-needed": [
        {**BY_SPOUSE, "applicant": PERSON | {"agent": {"name": "钱七", "relation": "配偶"}}}
    ],
}  # fmt: skip
EACH = [(code, content) for code, contents in REFUSED.items() for content in contents]


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    made = an_office(data_dir)
    yield made
    made.close()


@pytest.mark.parametrize(("code", "content"), EACH, ids=[f"{n}-{code}" for n, (code, _) in enumerate(EACH)])
def test_what_the_desk_says_is_missing_issuing_refuses(office: Office, code: str, content: dict[str, Any]) -> None:
    office.decide_profile(confirmed(office.profile) if code == "item-unapproved" else office.profile)
    request = read_request(content)
    matter = assess(request, office.catalogue, office.profile, office.today())
    lacks = find_missing(office, matter, {})
    assert code in {lack.fault.code for lack in lacks}
    assert all(lack.words and lack.fault.remedy for lack in lacks)
    said = [str(refusal) for refusal in admissibility.admissibility(office, matter)]
    assert len(said) == len(set(said)), "each is said once"
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, request)
    assert refusal.value.code in {lack.fault.code for lack in lacks}
    assert office.book.head() == head


@pytest.mark.parametrize("name", [*ROWS, *FURTHER])
def test_where_nothing_is_missing_it_is_issued(office: Office, name: str) -> None:
    request = read_request(ROWS[name][0] if name in ROWS else FURTHER[name])
    matter = assess(request, office.catalogue, office.profile, office.today())
    assert find_missing(office, matter, {}) == []
    assert issue_slip(office, request)


def test_every_check_has_its_case_here_and_its_place_on_the_desk() -> None:
    asked = codes_of(Path(admissibility.__file__)) | codes_of(Path(hold.__file__))
    assert asked - NOT_ASKED_HERE | OF_DAYS == REFUSED.keys()
    assert codes_of(Path(deadlines.__file__)) >= OF_DAYS
    placed = FIELD_OF_CHECK.keys() | FIELD_OF_REFUSAL.keys() | {"hold-incomplete"}
    assert REFUSED.keys() <= placed


ONLY_ON_THE_DESK = {"no-day"}
"""补录 was switched on and its day not typed yet; a request without a day is one of today."""


def test_the_window_makes_no_rule_of_its_own() -> None:
    root = Path(counter_assistant.__file__).parent
    window = set[str]().union(*(codes_of(path) for path in (root / "ui" / "desk").rglob("*.py")))
    rooms = [path for room in ("operations", "domain", "paper") for path in (root / room).rglob("*.py")]
    assert window - set[str]().union(*map(codes_of, rooms)) == ONLY_ON_THE_DESK


def codes_of(source: Path) -> set[str]:
    """The codes of the refusals that a file makes."""
    calls = [node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call)]
    made = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Refusal"]
    return {str(code.value) for code in made if isinstance(code, ast.Constant)}
