"""登记待查：whom it concerns, what is to be found out, who sees to it, by when they hear of it (守则 一(五)3⑵)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Stage
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import HELD
from tests.make import a_request, an_office

WHOLE: dict[str, Any] = {"hold": "verify", "details": HELD, "request_id": "held"}
NOBODY = {"name": "", "phone": ""}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


@pytest.mark.parametrize("hold", ["departments", "verify", "policy"])
def test_a_hold_says_who_sees_to_it_and_by_when(office: Office, hold: str) -> None:
    issue_slip(office, a_request(**WHOLE | {"hold": hold}))
    case = office.cases.get("held")
    assert case is not None
    assert (case.stage, case.handler, case.due, case.look_at) == (
        Stage.HELD, "0003", date(2026, 12, 1), date(2026, 12, 1),
    )  # fmt: skip
    assert case.history[-1].words == f"登记待定，待查：{HELD['verify']}，期限 2026年12月1日"


def test_without_an_owner_it_is_the_clerk_and_a_name_will_do(office: Office) -> None:
    issue_slip(office, a_request(**WHOLE | {"details": HELD | {"owner": ""}}))
    issue_slip(office, a_request(**WHOLE | {"details": HELD | {"owner": "张某"}, "request_id": "named"}))
    handlers = [case.handler for name in ("held", "named") if (case := office.cases.get(name))]
    assert handlers == ["0001", "0003"]
    with pytest.raises(Refusal, match="没有经办人"):
        issue_slip(office, a_request(**WHOLE | {"details": HELD | {"owner": "某人"}, "request_id": "x"}))


LACKING: list[tuple[dict[str, Any], str]] = [
    ({"details": HELD | {"due": ""}}, "告知当事人的期限"),
    ({"details": HELD | {"verify": ""}}, "要查证"),
    ({"applicant": {"name": "", "phone": "13800000000"}}, "姓名或者称呼"),
    ({"applicant": {"name": "岩罕"}}, "怎样告知"),
    ({"details": {}, "applicant": NOBODY}, "要查证、协调的事、告知当事人的期限、怎样告知"),
]


@pytest.mark.parametrize("way", [{}, {"slip": "notification_slip"}, {"slip": "notification_slip", "delivery": "oral"}])
@pytest.mark.parametrize(("change", "named"), LACKING, ids=[named for _, named in LACKING])
def test_a_hold_that_lacks_something_is_refused_naming_it(
    office: Office, change: dict[str, Any], named: str, way: dict[str, Any]
) -> None:
    head = office.book.head()
    with pytest.raises(Refusal, match=named):
        issue_slip(office, a_request(**WHOLE | way | change))
    assert office.book.head() == head


def test_who_comes_back_needs_no_phone(office: Office) -> None:
    details = HELD | {"contact": "本人12月1日再来"}
    assert issue_slip(office, a_request(**WHOLE | {"applicant": {"name": "岩女士"}, "details": details})).due


@pytest.mark.parametrize("delivery", ["written", "oral"])
def test_a_notice_of_what_is_known_already_leaves_it_held(office: Office, delivery: str) -> None:
    issue_slip(office, a_request(**WHOLE | {"slip": "notification_slip", "delivery": delivery}))
    case = office.cases.get("held")
    assert case is not None
    assert (case.stage, case.handler, case.due) == (Stage.HELD, "0003", date(2026, 12, 1))


def test_what_is_no_hold_asks_for_nothing_and_keeps_its_handler(office: Office) -> None:
    issue_slip(office, a_request(clarity="unclear", applicant={}, request_id="asked", details={"owner": "0003"}))
    issue_slip(office, a_request(hold="verify", slip="return_notice", reason="已查明", request_id="returned",
                                 eligible="no", details={"explanation": "经核实，合同已经解除"},
                                 applicant={"name": "岩罕", "id_number": "11010519491231002X"}))  # fmt: skip
    assert [case.handler for id_ in ("asked", "returned") if (case := office.cases.get(id_))] == ["", "0001"]
