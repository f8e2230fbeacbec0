"""指引单 for what is none of this office's items: in the visitor's words, without a name (守则 一(六)4⑸)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.cases.case import Stage
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import Issued, issue_slip
from counter_assistant.operations.notification.earlier import look_back
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.wording.suggestions import values_of
from tests.make import clock, confirmed, text_of

ASKED = {"asked": "补办身份证", "refer_to": "某县公安局某派出所"}
LEAST = {"duty": "elsewhere", "details": ASKED}
WAITING = {"item": "B01", "applicant": {"name": "岩罕", "id_number": "11010519491231002X"}, "received": ["id-card"],
           "answers": {"who": "self"}, "request_id": "one"}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path, clock)
    yield office
    office.close()


def issue(office: Office, content: dict[str, Any]) -> Issued:
    return issue_slip(office, read_request(content))


def mark(office: Office, content: dict[str, Any]) -> str:
    slip = issue(office, content).slip
    assert slip is not None
    return slip.draft.mark


def test_what_is_asked_elsewhere_needs_neither_item_nor_name(office: Office) -> None:
    # GIVEN somebody who asks for what another body does WHEN the least is said
    issued = issue(office, LEAST)

    # THEN the paper names what was asked and where it is done, and none of our own items
    assert (issued.kind, issued.clause, issued.due) == (SlipKind.GUIDANCE, "一(六)4⑸", None)
    assert issued.slip is not None
    texts = "".join(issued.slip.draft.texts())
    assert "您所问的“补办身份证”不属于本单位业务" in texts
    assert "某县公安局某派出所" in texts
    assert not [text.name for item in office.catalogue.items.values() for text in item if text.name in texts]
    assert "情形" not in texts
    assert issued.slip.number in text_of(office.program.typesetter.pdf(issued.slip))


def test_it_is_found_again_shown_and_printed_once_more(office: Office) -> None:
    issue(office, LEAST)
    issue(office, {"duty": "elsewhere", "details": {"asked": "结婚登记"}})
    found = office.archive.search("身份证")
    assert [(row.item, row.item_name, row.applicant) for row in found] == [("", "补办身份证", "")]
    assert [row.item_name for row in office.archive.search("jhdj")] == ["结婚登记"]
    assert len(office.archive.search("指引单")) == 2
    assert office.archive.search("补办身份证 B08") == []
    assert reprint_and_void.show(office, found[0].number).row == found[0]
    assert reprint_and_void.reprint(office, found[0].number)[1] == 1
    reprint_and_void.void(office, found[0].number, "写错了去处", copy_returned=True)
    assert office.archive.show(found[0].number).row.void


def test_its_case_is_closed_at_once_and_bears_its_words(office: Office) -> None:
    issue(office, {**LEAST, "request_id": "asked"})
    case = office.cases.get("asked")
    assert case is not None
    assert (case.item, case.item_name, case.stage, case.open) == ("", "补办身份证", Stage.HANDED_ON, False)
    assert [found.id for found in office.cases.found("身份证")] == ["asked"]
    office.book.rebuild()
    assert office.cases.get("asked") == case


def test_the_same_request_gives_the_same_paper(office: Office) -> None:
    first = issue(office, {**LEAST, "request_id": "once"})
    again = issue(office, {**LEAST, "request_id": "once"})
    assert (again.slip, again.again) == (first.slip, True)
    with pytest.raises(Refusal, match="内容却不相同"):
        issue(office, {"duty": "elsewhere", "details": {"asked": "结婚登记"}, "request_id": "once"})


def test_two_questions_of_one_person_have_nothing_in_common(office: Office) -> None:
    person = {"name": "岩罕", "phone": "13800000000"}
    issue(office, {**LEAST, "applicant": person})
    request = read_request({**LEAST, "applicant": person})
    assert look_back(office, request.applicant, "").today is None


def test_the_phrase_of_the_moment_names_the_other_body(office: Office) -> None:
    from counter_assistant.operations.intake.matter import assess

    matter = assess(read_request(LEAST), office.catalogue, office.profile, office.today())
    values = values_of(office, matter)
    assert ASKED["refer_to"] in values.values()
    assert ASKED["asked"] in values.values()


@pytest.mark.parametrize("duty", ["ours", "colleague"])
def test_any_other_duty_names_its_item(duty: str) -> None:
    with pytest.raises(Refusal, match="item") as refusal:
        read_request({"duty": duty, "details": ASKED})
    assert refusal.value.code == "missing-field"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"duty": "elsewhere"}, "asked-needed"),
    ({"duty": "elsewhere", "details": {"asked": "　"}}, "asked-needed"),
    ({**LEAST, "slip": "notification_slip"}, "item-needed"),
    ({**LEAST, "slip": "introduction", "reason": "当事人要求"}, "item-needed"),
    ({**LEAST, "delivery": "oral"}, "not-oral"),
    ({**LEAST, "answers": {"who": "self"}}, "unknown-question"),
    ({**LEAST, "received": ["nothing"]}, "unknown-material"),
    ({"duty": "elsewhere", "details": {"asked": "你问我，我去问谁"}}, "forbidden-wording"),
    ({"duty": "elsewhere", "details": {"asked": "问" * 201}}, "text-too-long"),
    ({**LEAST, "case": "one"}, "missing-field"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED, ids=[code for _, code in REFUSED])
def test_what_cannot_be_shown_the_way_is_refused(office: Office, content: dict[str, Any], code: str) -> None:
    issue(office, WAITING)
    head = office.book.head()
    with pytest.raises(Refusal) as refusal:
        issue(office, content)
    assert refusal.value.code == code
    assert refusal.value.remedy
    assert office.book.head() == head


def test_words_beside_an_item_stand_in_its_place_on_the_paper(office: Office) -> None:
    slip = issue(office, {**LEAST, "item": "B08"}).slip
    assert slip is not None
    texts = "".join(slip.draft.texts())
    assert "您所问的“补办身份证”不属于本单位业务" in texts
    assert "租赁市场住房提取" not in texts


def test_no_item_waits_for_the_centres_approval(office: Office) -> None:
    assert mark(office, LEAST)
    office.decide_profile(confirmed(office.profile))
    assert mark(office, LEAST) == ""
    assert mark(office, {**LEAST, "item": "B08"})
