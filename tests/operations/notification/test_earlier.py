"""The same matter comes again: earlier tellings are found, compared, and counted for the month (守则 一(五)4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.notification.differences import NO_DETAILS, DifferenceKind
from counter_assistant.domain.notification.told_content import told_by, told_in
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.number_conflict import SharedBy
from counter_assistant.operations.issuing.issue import Issued, issue_slip
from counter_assistant.operations.notification import earlier as earlier_acts
from counter_assistant.operations.notification import monthly
from counter_assistant.operations.notification.earlier import DoneToday, EarlierAct, LookBack, comparison, look_back
from counter_assistant.operations.notification.monthly import Month
from counter_assistant.operations.notification.own_matters import month_for_clerk
from counter_assistant.operations.office import Office, open_office
from tests.make import ID_NUMBER, NOW, PHONE, a_request

WHO = {"name": "岩罕", "phone": PHONE, "id_number": ID_NUMBER}
SINGLE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
MARRIED = {**SINGLE, "marital": "married"}


class Days:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def office(tmp_path: Path, days: Days) -> Iterator[Office]:
    office = open_office(tmp_path, days)
    yield office
    office.close()


def act(office: Office, item: str = "B08", **changes: Any) -> Issued:
    office.confirm_clock()  # a test moves it by months
    confirmed = changes.pop("confirmed", {})
    return issue_slip(office, replace(a_request(item, **{"applicant": WHO, **changes}), confirmed=confirmed))


def earlier(office: Office, item: str = "B08", case: str = "", **who: str) -> list[EarlierAct]:
    return look_back(office, a_request(item, applicant={**WHO, **who}).applicant, item, case).acts


def matter(office: Office, item: str = "B08", **changes: Any) -> Any:
    return assess(a_request(item, **{"applicant": WHO, **changes}), office.catalogue, office.profile, office.today())


def test_a_slip_and_an_oral_notice_of_the_same_person_are_found_newest_first(office: Office) -> None:
    act(office)
    act(office, delivery="oral")
    act(office, "B01")
    oral, slip = earlier(office)
    assert (oral.oral, oral.number, oral.clerk, oral.certain) == (True, "", "李某", True)
    assert (slip.oral, slip.number, slip.clerk) == (False, "临公积金示一告〔2026〕1号", "李某")
    assert (slip.id_tail, slip.phone_tail) == (ID_NUMBER[-4:], PHONE[-4:])
    assert slip.told is not None
    assert slip.told.number == slip.number


@pytest.mark.parametrize(
    ("then", "now"), [("买买提•吐尔逊", "买买提·吐尔逊"), ("LEE罕", "Lee 罕"), ("John Smith", "JOHN SMITH")]
)
def test_an_oral_notice_is_found_however_dots_and_letters_were_typed(office: Office, then: str, now: str) -> None:
    act(office, delivery="oral", applicant={"name": then, "phone": PHONE})
    act(office, delivery="oral", applicant={"name": "别人", "phone": PHONE})
    assert [one.name for one in earlier(office, name=now, id_number="")] == [then]


def test_however_often_somebody_came_for_other_items_what_was_told_of_this_one_is_found(office: Office) -> None:
    act(office)
    for n in range(60):
        act(office, "B01", delivery="oral", request_id=f"other {n}")
    for who in ({}, {"id_number": ""}, {"phone": "13900001111"}):
        (found,) = earlier(office, **who)
        assert found.certain


def test_the_same_name_alone_is_offered_and_never_assumed(office: Office) -> None:
    """GIVEN a name that many share WHEN neither number nor phone is the same THEN it is a possibility with its tails."""
    act(office, applicant={"name": "岩罕", "phone": "13900001111"})
    (possible,) = earlier(office)
    assert (possible.certain, possible.phone_tail, possible.id_tail) == (False, "1111", "")


def test_another_identity_number_is_another_person(office: Office) -> None:
    act(office, applicant={**WHO, "id_number": "110105194912310011"})
    assert earlier(office) == []


def test_a_name_typed_otherwise_is_found_by_the_identity_number(office: Office) -> None:
    act(office, applicant={**WHO, "name": "岩撼"})
    (found,) = earlier(office)
    assert (found.certain, found.name) == (True, "岩撼")


def test_a_known_person_is_found_among_many_of_the_same_name(office: Office) -> None:
    act(office)
    for n in range(45):
        act(office, applicant={"name": "岩罕", "phone": f"1390000{n:04}"})
    found = earlier(office)
    assert [one.number for one in found if one.certain] == ["临公积金示一告〔2026〕1号"]
    assert sum(not one.certain for one in found) == 5


def test_a_known_person_is_found_among_many_who_were_told_orally(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_acts, "_NAMESAKES", 3)
    act(office, delivery="oral")
    for n in range(1, 6):
        act(office, delivery="oral", applicant={"name": "岩罕", "phone": f"1390000{n:04}"})
    assert [one.certain for one in earlier(office)] == [True, False, False, False]
    assert [one.certain for one in earlier(office, phone="", id_number="")] == [False] * 3


def test_a_case_finds_the_nameless_inquiry_that_began_it(office: Office) -> None:
    act(office, applicant={}, delivery="oral", request_id="first")
    assert earlier(office) == []
    (found,) = earlier(office, case="first")
    assert (found.oral, found.certain) == (True, True)


def test_nobody_named_is_nobody(office: Office) -> None:
    act(office, applicant={}, delivery="oral")
    assert earlier(office, name="", phone="", id_number="") == []


def test_a_void_slip_tells_nothing(office: Office) -> None:
    issued = act(office, request_id="first")
    assert issued.slip is not None
    reprint_and_void.void(office, issued.slip.number, "姓名打错")
    assert earlier(office) == []
    assert earlier(office, case="first") == []


def test_what_accepts_or_returns_is_no_telling(office: Office) -> None:
    act(office, answers=SINGLE, received="all", eligible="no", details={"explanation": "您名下有一套住房"})
    assert [row.kind for row in office.archive.search()] == ["return_notice"]
    assert earlier(office) == []


def today(office: Office, case: str = "", **who: str) -> DoneToday | None:
    return look_back(office, a_request(applicant={**WHO, **who}).applicant, "B08", case).today


def test_what_was_done_today_for_the_same_person_is_pointed_out(office: Office, days: Days) -> None:
    act(office, answers=SINGLE)
    accepted = act(office, answers=SINGLE, received="all", eligible="yes", on_the_spot=False)
    assert accepted.slip is not None
    assert today(office) == DoneToday(NOW, "李某", accepted.slip.number)
    assert today(office, id_number="", phone="13900001111") is None
    days.go(days=1)
    assert today(office) is None


def test_what_was_done_on_the_spot_today_is_known_by_a_tail_and_not_by_the_name(office: Office) -> None:
    act(office, answers=SINGLE, received="all", eligible="yes", request_id="spot")
    assert today(office) == DoneToday(NOW, "李某", "")
    assert today(office, id_number="", phone="13900001111") is None
    assert today(office, case="spot") is None


def look(office: Office, item: str = "B08", request_id: str = "", case: str = "", **who: Any) -> LookBack:
    return look_back(office, a_request(item, applicant={**WHO, **who}).applicant, item, case, request_id)


def test_an_act_is_never_its_own_forerunner(office: Office) -> None:
    act(office, request_id="mine")
    act(office, answers=SINGLE, received="all", eligible="yes", request_id="spot")
    assert look(office, request_id="mine").today == DoneToday(NOW, "李某", "")
    assert look(office, request_id="spot").today == DoneToday(NOW, "李某", "临公积金示一告〔2026〕1号")
    act(office, "B01", request_id="other")
    assert look(office, "B01", request_id="other") == LookBack()


def test_a_number_under_another_name_is_asked_about_whatever_the_item_was(office: Office) -> None:
    act(office, "B01", applicant={**WHO, "name": "岩撼"}, delivery="oral")
    (known,) = look(office).known_as
    assert (known.by, known.name, known.time, known.now) == (SharedBy.ID_NUMBER, "岩撼", NOW, "岩罕")
    assert look(office, name="岩 撼").known_as == ()
    assert look(office, name="").known_as == ()
    assert [known.by for known in look(office, id_number="110105194912310011").known_as] == [SharedBy.PHONE]


def test_the_last_name_under_a_number_counts_and_a_void_slip_does_not(office: Office) -> None:
    act(office, applicant={**WHO, "name": "岩撼"})
    act(office)
    assert look(office).known_as == ()
    assert [known.name for known in look(office, name="岩撼").known_as] == ["岩罕"]
    reprint_and_void.void(office, "临公积金示一告〔2026〕2号", "姓名打错")
    assert [known.name for known in look(office).known_as] == ["岩撼"]


def test_what_a_clerk_confirmed_is_in_the_book_and_asked_no_more_of_either_name(office: Office) -> None:
    act(office, applicant={**WHO, "name": "岩撼"})
    (known,) = look(office).known_as
    act(office, confirmed={"id_number": known.seq}, request_id="confirmed")
    entry = office.book.find("confirmed")
    assert entry is not None
    assert entry.payload["facts"]["confirmed"] == {"id_number": known.seq}
    assert look(office).known_as == look(office, name="岩撼").known_as == ()
    assert [known.name for known in look(office, name="玉罕").known_as] == ["岩罕"]


def test_two_people_with_one_phone_are_asked_about_once(office: Office) -> None:
    other = {"name": "玉罕", "phone": PHONE, "id_number": "110105194912310011"}
    act(office, "B01", applicant=other)
    (known,) = look(office).known_as
    assert (known.by, known.name) == (SharedBy.PHONE, "玉罕")
    assert look(office, id_number="").known_as == ()
    assert look(office, agent={"name": "召存信", "relation": "同事"}).known_as == ()
    act(office)
    assert look(office).known_as == look(office, **other).known_as == ()


def test_a_phone_whose_other_owner_left_no_number_is_not_asked_about(office: Office) -> None:
    act(office, applicant={"name": "玉罕", "phone": PHONE})
    assert look(office).known_as == ()


def test_what_holds_up_an_issue(office: Office, days: Days) -> None:
    """GIVEN what was found WHEN it was seen THEN only a question and a second act today hold it up; a name alone never."""
    act(office, applicant={"name": "岩罕", "phone": "13900001111"})
    assert look(office, id_number="").must_be_read(seen=False) == []
    act(office)
    found = look(office)
    assert found.must_be_read(seen=True) == [DoneToday(NOW, "李某", "临公积金示一告〔2026〕2号")]
    days.go(days=1)
    found = look(office)
    assert found.must_be_read(seen=False) == [found.acts[0].seq]
    assert found.must_be_read(seen=True) == []
    renamed = look(office, name="岩撼")
    assert renamed.must_be_read(seen=True) == list(renamed.known_as)


def test_an_answer_counts_for_the_same_request_and_none_leaves_an_old_digest_as_it_was(office: Office) -> None:
    request = a_request(applicant=WHO)
    assert replace(request, confirmed={"id_number": 2}).digest() != request.digest()
    act(office, request_id="plain")
    entry = office.book.find("plain")
    assert entry is not None
    assert "confirmed" not in entry.payload["facts"]


def test_going_on_with_a_case_is_no_second_time(office: Office) -> None:
    act(office, answers=SINGLE, request_id="begun")
    assert today(office) is not None
    assert today(office, case="begun") is None


def test_what_was_told_and_is_needed_again_is_told_right(office: Office) -> None:
    act(office, answers=SINGLE)
    compared = comparison(office, matter(office, answers=SINGLE), earlier(office)[0])
    assert (compared.differences, compared.told_right) == ((), True)


def test_what_was_told_under_an_open_answer_is_told_right(office: Office) -> None:
    """GIVEN all questions open then WHEN they are answered now THEN what 如…，另需 said was told."""
    act(office)
    compared = comparison(office, matter(office, answers=MARRIED), earlier(office)[0])
    assert [difference.id for difference in compared.differences if difference.asked] == []
    assert compared.told_right


def test_a_changed_answer_is_named_as_the_cause(office: Office) -> None:
    act(office, answers=SINGLE)
    compared = comparison(office, matter(office, answers=MARRIED), earlier(office)[0])
    causes = {difference.id: difference.explanation for difference in compared.differences}
    assert causes.keys() == {"marriage-certificate", "spouse-id-card", "single-declaration"}
    assert set(causes.values()) == {"“婚姻状况”上次是“未婚”，今天是“已婚”"}
    assert compared.summary == "今天另需 2 项，有变动 1 处，都有缘由"


def test_an_unrelated_answer_is_no_excuse(office: Office) -> None:
    """GIVEN a telling that left out the identity card WHEN the lease changed THEN it is missed all the same."""
    act(office, answers=SINGLE)
    (found,) = earlier(office)
    assert found.told is not None
    required = {id_: line for id_, line in found.told.required.items() if id_ != "id-card"}
    careless = replace(
        found, told=replace(found.told, required=required, not_required=found.told.not_required | {"id-card"})
    )
    changed = matter(office, answers={**SINGLE, "lease": "unregistered"})
    compared = comparison(office, changed, careless)
    assert [(fault.kind, fault.id) for fault in compared.faults] == [(DifferenceKind.WRONG, "id-card")]


def test_the_new_regulation_is_named_as_the_cause(office: Office) -> None:
    """GIVEN a telling of 19 September 2026 WHEN the person comes under the text of 20 September THEN the law is named."""
    act(office, answers=SINGLE, on="2026-09-19")
    compared = comparison(office, matter(office, answers=SINGLE), earlier(office)[0])
    assert compared.differences
    assert all("2026年9月20日起施行" in difference.explanation for difference in compared.differences)


def test_data_sharing_that_began_between_is_named_as_the_cause(office: Office) -> None:
    act(office, answers=MARRIED)
    office.decide_profile(replace(office.profile, shared_materials=("marriage-certificate",)))
    compared = comparison(office, matter(office, answers=MARRIED), earlier(office)[0])
    (difference,) = compared.differences
    assert difference.explanation == "本中心现在自行核验，不必再提供"


def test_an_entry_without_details_is_found_and_says_so(office: Office) -> None:
    act(office, delivery="oral", request_id="before")
    entry = office.book.find("before")
    assert entry is not None
    facts = {key: value for key, value in entry.payload["facts"].items() if key not in ("told", "case", "handling")}
    old = {"result": entry.payload["result"], "applicant": entry.payload["applicant"], "facts": facts}
    office.book.append(EntryKind.ORAL_NOTICE, old)
    newest = earlier(office)[0]
    assert newest.told is None
    assert comparison(office, matter(office), newest).summary == NO_DETAILS


def test_what_is_stored_is_what_today_tells(office: Office) -> None:
    """The stored telling and today's are two ways to the same thing: they must agree in every part."""
    act(
        office,
        answers={"who": "self"},
        defects=[{"id": "id-card", "why": "已过期"}],
        received=["id-card"],
        purpose="inquire",
    )
    today = matter(
        office,
        answers={"who": "self"},
        defects=[{"id": "id-card", "why": "已过期"}],
        received=["id-card"],
        purpose="inquire",
    )
    entry = office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    assert told_in(Facts.from_payload(entry.payload["facts"])) == told_by(
        today.notice, today.day, item="B08", catalogue=office.catalogue.version, clerk=today.clerk.staff_number,
        answers=today.request.answers,
    )  # fmt: skip


def november(office: Office) -> Month:
    return month_for_clerk(office, 2026, 11).month


def counts(row: Any) -> tuple[int, ...]:
    assert (row.text, row.matters >= row.right + row.unknown) == (0, True)
    return (row.matters, row.right, row.missed, row.partial, row.wrong, row.unknown)


def test_a_month_without_matters_is_empty(office: Office) -> None:
    assert november(office) == Month(2026, 11, monthly.MonthRow("", "合计"), (), ())
    act(office)
    assert november(office).total.matters == 0
    assert month_for_clerk(office, 2026, 12).month.total.matters == 0


def test_a_matter_that_came_again_is_counted_once_by_item(office: Office, days: Days) -> None:
    act(office, answers=SINGLE)
    days.go(hours=1)
    act(office, answers=MARRIED)
    act(office, answers=MARRIED)
    month = november(office)
    assert counts(month.total) == (1, 1, 0, 0, 0, 0)
    assert [(row.id, row.name) for row in month.items] == [("B08", "租赁市场住房提取")]
    assert month.often == (("结婚证", 1), ("配偶有效身份证件", 1))


def test_a_matter_that_was_told_in_an_earlier_month_is_found(office: Office, days: Days) -> None:
    days.now = NOW.replace(month=10, day=30)
    act(office, delivery="oral", answers=SINGLE)
    act(office, "B01")
    days.now = NOW
    act(office, answers=SINGLE)
    act(office, "B01")
    assert [row.id for row in november(office).items] == ["B01", "B08"]
    assert month_for_clerk(office, 2026, 10).month.total.matters == 0


def test_a_telling_of_more_than_a_year_ago_is_another_matter(office: Office, days: Days) -> None:
    days.now = NOW.replace(year=2025, month=10)
    act(office, on="2025-10-23")
    days.now = NOW
    act(office)
    assert november(office).total.matters == 0


def test_a_matter_that_was_complete_at_once_was_told_right(office: Office) -> None:
    act(office, answers=SINGLE, received="all", eligible="yes")
    assert counts(november(office).total) == (1, 1, 0, 0, 0, 0)


def test_after_its_end_the_same_item_is_a_new_matter(office: Office) -> None:
    act(office, answers=SINGLE)
    act(office, answers=SINGLE, received="all", eligible="yes")
    act(office, answers=MARRIED)
    assert november(office).total.matters == 1
    act(office, answers=MARRIED)
    assert november(office).total.matters == 2


def test_people_of_the_same_name_are_not_taken_for_one(office: Office) -> None:
    act(office)
    act(office, applicant={"name": "岩罕", "phone": "13900001111"})
    assert november(office).total.matters == 0


def test_a_case_joins_what_the_name_does_not(office: Office) -> None:
    act(office, applicant={}, delivery="oral", request_id="first")
    act(office, case="first")
    assert november(office).total.matters == 1


def test_a_void_slip_counts_for_nothing(office: Office) -> None:
    issued = act(office)
    assert issued.slip is not None
    act(office)
    reprint_and_void.void(office, issued.slip.number, "姓名打错")
    assert november(office).total.matters == 0


def only_content(payload: dict[str, Any]) -> dict[str, Any]:
    return {key: payload[key] for key in ("result", "applicant", "facts")}


def again(office: Office, change: Any) -> None:
    """A second telling whose first, in the book, said something else: as a careless catalogue would have."""
    issue_slip(office, a_request(applicant=WHO, answers=SINGLE, delivery="oral", request_id="template"))
    entry = office.book.find("template")
    assert entry is not None
    payload = only_content(entry.payload)
    applicant = {**payload["applicant"], "name": "玉罕", "id_number": ""}
    first = {**payload, "applicant": applicant, "facts": change({**payload["facts"], "case": "told-first"})}
    office.book.append(EntryKind.ORAL_NOTICE, first, uuid="told-first")
    act(office, answers=SINGLE, applicant={"name": "玉罕", "phone": PHONE})


def without(facts: dict[str, Any], id_: str) -> dict[str, Any]:
    told = facts["told"]
    return {**facts, "told": {**told, "required": {k: v for k, v in told["required"].items() if k != id_}}}


def test_faults_are_counted_by_kind(office: Office) -> None:
    def careless(facts: dict[str, Any]) -> dict[str, Any]:
        told = without(facts, "id-card")["told"]
        card = {**told["required"]["bank-card"], "requirement": "", "issuer": ""}
        required = {
            **told["required"],
            "bank-card": card,
            "employer-withdrawal-certificate": {**card, "name": "单位提取证明"},
        }
        return {**facts, "told": {**told, "required": required}}

    again(office, careless)
    month = november(office)
    assert counts(month.total) == (1, 0, 1, 1, 1, 0)
    assert month.often == (("单位提取证明", 1), ("本人名下Ⅰ类借记卡", 1), ("申请人有效身份证件", 1))


def test_a_first_telling_without_details_is_counted_as_unknown(office: Office) -> None:
    again(office, lambda facts: {key: value for key, value in facts.items() if key != "told"})
    assert counts(november(office).total) == (1, 0, 0, 0, 0, 1)


def test_a_later_act_without_details_is_counted_as_unknown(office: Office) -> None:
    act(office, answers=SINGLE, delivery="oral", request_id="first")
    entry = office.book.find("first")
    assert entry is not None
    facts = {key: value for key, value in entry.payload["facts"].items() if key not in ("told", "case")}
    office.book.append(EntryKind.ORAL_NOTICE, {**only_content(entry.payload), "facts": facts})
    assert counts(november(office).total) == (1, 0, 0, 0, 0, 1)


def test_a_step_that_decided_nothing_is_passed_over(office: Office) -> None:
    act(office, request_id="begun", purpose="apply")
    office.book.append(EntryKind.CASE_STEP, {"case": "begun", "step": "contact", "on": "2026-11-23", "clerk": "001"})
    assert november(office).total.matters == 0
    assert len(earlier(office)) == 1


def test_an_item_that_left_the_catalogue_keeps_its_code(office: Office) -> None:
    again(office, lambda facts: {**facts, "day": "2010-01-04"})
    assert november(office).items[0].name == "B08"


def test_the_same_month_gives_the_same_figures_later(office: Office, days: Days) -> None:
    act(office, answers=SINGLE)
    act(office, answers=MARRIED)
    before = november(office)
    days.go(days=40)
    act(office, answers=SINGLE)
    office.decide_profile(replace(office.profile, shared_materials=("id-card",)))
    assert november(office) == before


def test_a_month_that_is_none_is_a_mistake_of_the_caller(office: Office) -> None:
    with pytest.raises(ValueError, match="month"):
        month_for_clerk(office, 2026, 13)
    assert month_for_clerk(office, 2026, 12).month.total.matters == 0
    assert date(2026 + 12 // 12, 12 % 12 + 1, 1) == date(2027, 1, 1)
