"""Past matters told again: what the law of another day, or another catalogue, would have made of them, and by which article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.catalogue.approval import Approvals, ApprovedCatalogue, with_approvals
from counter_assistant.domain.catalogue.checks.enumeration import complete_answerings, given
from counter_assistant.domain.catalogue.items import Approval, Catalogue, Handling, ServiceItem
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.revision.differences import NOTHING, Difference, Said
from counter_assistant.domain.revision.revision import ItemRetired, TextEdited, applied
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.catalogue.redeciding import DECISION, NO_TEXT, Otherwise
from counter_assistant.operations.catalogue.replay import Replay, replay
from counter_assistant.operations.catalogue.revising import as_told
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from tests.decision_rows import ACCEPTED, PROMISE
from tests.make import BEIJING, PHONE, SINGLE, a_request, an_office

BEFORE, REVISED = date(2026, 9, 18), date(2026, 9, 20)
NEW_LAW = "《住房公积金管理条例》（2026年修订，2026年9月20日起施行）"
OLD_LAW = "《住房公积金管理条例》（2019年修订，2019年3月24日起施行）"
EACH = 4
CENTRE = Source("centre", document="临住金〔2026〕18号", clause="第五条")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Office]:
    """An office on the last working day before the regulation was revised."""
    office = open_office(tmp_path, lambda: datetime(2026, 9, 18, 10, 0, tzinfo=BEIJING))
    office.confirm_clock()
    yield office
    office.close()


def again(office: Office, catalogue: ApprovedCatalogue | Catalogue | None = None, on: date | None = None) -> Replay:
    told = catalogue or office.catalogue
    if not isinstance(told, ApprovedCatalogue):
        told = with_approvals(told, Approvals(in_texts=True))
    found = run_through(replay(office, told, on))
    assert found is not None
    return found


def told(found: Replay, item: str) -> list[Otherwise]:
    return [group.otherwise for each in found.items if each.item == item for group in each.groups]


def changed(office: Office, item: str, **changes: Any) -> Catalogue:
    base = as_told(office.catalogue)
    return applied(base, TextEdited(replace(newest(base, item), **changes)))


def without(text: ServiceItem, material: str) -> tuple[Any, ...]:
    return tuple(rule for rule in text.materials if rule.material.id != material)


def tell_all(office: Office, day: date, each: int) -> list[str]:
    """Tells every item that has a text on a day, in some of its situations; gives their codes."""
    found = []
    for id_ in sorted(office.catalogue.items):
        text = office.catalogue.item(id_, day)
        if text:
            found.append(id_)
            every = complete_answerings(text, [asked.id for asked in text.questions])
            for settled in every[:: max(len(every) // each, 1)]:
                issue_slip(office, a_request(id_, answers=given(settled), delivery="oral"))
    return found


def test_every_matter_of_before_the_revision_differs_by_an_article_and_the_same_law_gives_no_difference(
    earlier: Office,
) -> None:
    """2026-09-20: of each item that has a text before and after, what is told otherwise is named with its article."""
    items = tell_all(earlier, BEFORE, EACH)
    assert {id_ for id_, texts in earlier.catalogue.items.items() if len(texts) > 1} == set(items)
    assert again(earlier).otherwise == 0
    found = again(earlier, on=REVISED)
    assert found.matters == found.otherwise > len(items) * (EACH - 2)
    for item in found.items:
        assert all(group.otherwise.article.startswith(("《", "守则")) for group in item.groups), item.item
        sections = {group.otherwise.difference.section for group in item.groups}
        assert "政策依据" in sections
        assert sections <= {"政策依据", "材料", "法定时限", "承诺时限"}


def test_what_the_revision_took_away_is_named_with_the_article_that_asked_for_it(earlier: Office) -> None:
    tell_all(earlier, BEFORE, EACH)
    found = again(earlier, on=REVISED)
    gone = {
        (item.item, group.otherwise.difference.before.words[:9], group.otherwise.article)
        for item in found.items for group in item.groups
        if group.otherwise.difference.section == "材料" and group.otherwise.difference.after == NOTHING
    }  # fmt: skip
    paragraph = f"{OLD_LAW}第二十五条第一款"
    assert {item for item, name, article in gone if (name, article) == ("单位出具的提取证明", paragraph)} == {
        "B01", "B02", "B05", "B08", "B12", "B13",
    }  # fmt: skip
    limits = [each for each in told(found, "C01") if each.difference.section == "法定时限"]
    assert limits == [
        Otherwise(
            Difference("法定时限", Said("自受理之日起15日内作出决定"), Said("自受理之日起10日内作出决定")), "", f"{NEW_LAW}第二十六条第二款"
        )
    ]  # fmt: skip


@pytest.mark.slow
def test_a_matter_of_after_the_revision_tells_the_same_on_its_own_day(office: Office) -> None:
    tell_all(office, office.today(), 2)
    found = again(office)
    assert found.matters > 90
    assert (found.otherwise, found.left_out) == (0, 0)
    assert all(item.groups == () for item in found.items)


def test_another_catalogue_is_counted_item_by_item_with_papers_and_no_person(office: Office) -> None:
    for n in range(5):
        issue_slip(office, a_request(answers=SINGLE, request_id=f"slip {n}"))
    issue_slip(office, a_request(answers=SINGLE, delivery="oral"))
    issue_slip(office, a_request("B09"))
    text = newest(as_told(office.catalogue), "B08")
    found = again(office, changed(office, "B08", materials=without(text, "lease-contract")))
    (b08,) = (item for item in found.items if item.otherwise)
    assert (found.matters, found.otherwise, b08.item, b08.matters) == (7, 6, "B08", 6)
    (group,) = b08.groups
    assert (group.matters, len(group.papers)) == (6, 3)
    assert group.otherwise.difference.before.words.startswith("经备案的住房租赁合同")
    assert group.in_words().endswith(f"：6 件，如 {'、'.join(group.papers)}")
    assert [word for word in ("罗𠅤克", PHONE, PHONE[-4:]) if word in repr(found)] == []


def test_the_rule_says_under_which_condition_and_an_article_of_the_centre_is_named(office: Office) -> None:
    issue_slip(office, a_request(answers=SINGLE))
    text = newest(as_told(office.catalogue), "B08")
    rules = tuple(
        replace(rule, material=replace(rule.material, copies=2, source=CENTRE)) if rule.material.id == "lease-contract" else rule
        for rule in text.materials
    )  # fmt: skip
    found = again(office, changed(office, "B08", materials=rules, promised=replace(text.promised, n=3)))
    material, promised = sorted(told(found, "B08"), key=lambda each: each.difference.section != "材料")
    assert (material.when, material.article) == ("如租赁合同已备案", "临住金〔2026〕18号第五条")
    assert promised.difference == Difference(
        "承诺时限",
        Said("材料补齐后当场或当天办结"),
        Said("材料补齐之日起3个工作日内办结（当日不计），不晚于法定期限"),
    )
    assert promised.article == "守则一(七)1"


def test_an_open_line_is_compared_as_it_was_told(office: Office) -> None:
    """The same open line is no difference; one that becomes certain is."""
    issue_slip(office, a_request("B08", answers={"who": "self"}))
    assert again(office).otherwise == 0
    text = newest(as_told(office.catalogue), "B08")
    always = tuple(
        replace(rule, when=text.materials[0].when) if rule.material.id == "rent-invoice" else rule for rule in text.materials
    )  # fmt: skip
    (found,) = told(again(office, changed(office, "B08", materials=always)), "B08")
    assert found.difference.before.words.startswith("可能要：房租发票")
    assert found.difference.after.words.startswith("房租发票")
    assert found.when == ""


def test_the_decision_is_made_again_with_what_was_handed_in(office: Office) -> None:
    issue_slip(office, a_request(**{**PROMISE, **ACCEPTED}))
    issue_slip(office, a_request(**{**PROMISE, "received": ["id-card"], "request_id": "waiting"}))
    text = newest(as_told(office.catalogue), PROMISE["item"])
    assert again(office).otherwise == 0
    direct = changed(office, PROMISE["item"], handling=((text.handling[0][0], Handling.DIRECT),))
    decided = {each.difference: each for each in told(again(office, direct), PROMISE["item"])}
    assert {(each.before.words, each.after.words) for each in decided if each.section == DECISION} == {
        ("承诺通知书（守则一(七)2）", "不出文书（守则一(七)1）"), ("补办件通知书（守则一(七)2）", "一次性告知单（守则一(七)1）"),
    }  # fmt: skip
    assert {each.article for each in decided.values() if each.difference.section == DECISION} == {"守则一(七)1"}


def test_what_was_still_incomplete_is_told_by_the_law_of_the_day_on_which_it_was_told(tmp_path: Path) -> None:
    """An application of the 18th that was entered on the 21st is accepted under the new law at the earliest."""
    office = open_office(tmp_path, lambda: datetime(2026, 9, 21, 10, 0, tzinfo=BEIJING))
    office.confirm_clock()
    issue_slip(office, a_request(answers=SINGLE, purpose="apply", on=BEFORE.isoformat()))
    issue_slip(office, a_request(answers=SINGLE, on=BEFORE.isoformat()))
    assert again(office).otherwise == 0
    office.close()


def test_an_answer_that_is_not_asked_any_more_and_an_item_that_is_gone(office: Office) -> None:
    issue_slip(office, a_request(answers=SINGLE))
    base = as_told(office.catalogue)
    text = newest(base, "B08")
    fewer = tuple(asked for asked in text.questions if asked.id != "fund_loan_open")
    sure = tuple(replace(each, broken_when=None, broken_text="") for each in text.conditions)
    assert again(office, changed(office, "B08", questions=fewer, conditions=sure)).otherwise == 0
    (gone,) = told(again(office, applied(base, ItemRetired("B08"))), "B08")
    assert gone == Otherwise(Difference("事项", Said(text.name), Said(NO_TEXT)), "", "")


def test_what_the_centre_looks_up_itself_is_as_it_was_then(office: Office) -> None:
    issue_slip(office, a_request(answers=SINGLE))
    office.decide_profile(replace(office.profile, shared_materials=("marriage-certificate", "lease-contract")))
    assert again(office).otherwise == 0
    issue_slip(office, a_request(answers=SINGLE, request_id="shared"))
    assert again(office).otherwise == 0


def test_an_approval_of_the_book_is_no_difference(office: Office) -> None:
    issue_slip(office, a_request("B01"))
    approve(office, ["B01"], office.today(), Approval("临住金〔2026〕9号", office.today(), "主任办公会"))
    issue_slip(office, a_request("B01", request_id="after"))
    assert again(office).otherwise == 0


def test_void_papers_what_belongs_elsewhere_and_what_kept_no_details_are_left_out(office: Office) -> None:
    issue_slip(office, a_request(answers=SINGLE, request_id="void"))
    entry = office.book.find("void")
    assert entry
    void(office, entry.payload["card"]["number"], "写错了", "", copy_returned=True)
    details = {"asked": "补办身份证", "refer_to": "某派出所"}
    issue_slip(office, replace(a_request(duty="elsewhere", details=details), item=""))
    facts = {**entry.payload["facts"], "case": "old"}
    del facts["told"]
    old = {"result": entry.payload["result"], "applicant": entry.payload["applicant"], "facts": facts}
    office.book.append(EntryKind.ORAL_NOTICE, old, uuid="old")
    found = again(office)
    assert (found.matters, found.left_out) == (0, 3)


def test_a_decision_recorded_before_its_rule_was_kept_is_not_made_again(office: Office) -> None:
    issue_slip(office, a_request(answers=SINGLE, delivery="oral", request_id="first"))
    entry = office.book.find("first")
    assert entry
    facts = {**entry.payload["facts"], "case": "old", "row": None}
    old = {"result": entry.payload["result"], "applicant": entry.payload["applicant"], "facts": facts}
    office.book.append(EntryKind.ORAL_NOTICE, old, uuid="old")
    assert again(office).otherwise == 0


def test_it_can_be_stopped_and_records_nothing(office: Office) -> None:
    issue_slip(office, a_request(answers=SINGLE))
    head = office.book.head()
    heard: list[int] = []

    def stop(reached: Any) -> bool:
        heard.append(reached.all)
        return False

    assert run_through(replay(office, office.catalogue), stop) is None
    assert heard == [head[0]]
    assert office.book.head() == head
