"""A typical visit is told what the business section says it must be, or it says in words what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.catalogue.items import Catalogue, Handling, ServiceItem
from counter_assistant.domain.catalogue.questions import AskedQuestion
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import from_json, to_json
from counter_assistant.domain.revision.revision import (
    QuestionEdited,
    Revision,
    TextEdited,
    VisitRemoved,
    VisitWritten,
    applied,
    visits_after,
)
from counter_assistant.domain.revision.visits import (
    TypicalVisit,
    VisitRun,
    check_visit,
    run_visits,
    visit_of,
    with_visit,
    without_visit,
)
from tests.domain.conftest import Make

OTHER = Answered("who", ("other",))
BY_AGENT = TypicalVisit("T01", "配偶代办", {"who": "other"}, ("id-card", "letter"), never=("single-certificate",))


@pytest.fixture
def run(make: Make) -> Callable[..., str]:
    """What a visit is told otherwise, in an item with these changes."""

    def run(visit: TypicalVisit, **changes: object) -> str:
        (found,) = run_visits([visit], make.catalogue(make.item(**changes)))
        assert found.passed is (found.in_words() == visit.name)
        return found.in_words().removeprefix(visit.name)

    return run


def test_it_passes_where_it_is_told_exactly_that(run: Callable[..., str]) -> None:
    assert run(BY_AGENT) == ""
    assert run(replace(BY_AGENT, handling=Handling.DIRECT, promised="当场或者当天", paper="none")) == ""


def test_answers_that_are_no_more_asked_for_are_called_by_their_names(make: Make) -> None:
    who = replace(make.question("who", "self", "other", "heir").question, topic="办理人")
    lease = replace(make.question("lease", "public", "private").question, topic="租住方式")
    asked = AskedQuestion(replace(who, options=who.options[:2]))
    item = make.item(questions=(asked,), materials=(make.rule("id-card"),))
    visit = replace(BY_AGENT, answers={"lease": "public", "who": "heir"})
    (found,) = run_visits([visit], replace(make.catalogue(item), questions={"lease": lease, "who": who}))
    assert found.failings == ("事项不再问“租住方式”", "“办理人”不再有“heir键”这个回答")
    (found,) = run_visits([visit], replace(make.catalogue(item), questions={}))
    assert found.failings == ("事项不再问“lease”", "“办理人”不再有“heir”这个回答")


def test_what_is_missing_is_named(run: Callable[..., str], make: Make) -> None:
    assert run(BY_AGENT, materials=(make.rule("id-card"),), questions=()) == "：事项不再问“who”"
    kept = (make.rule("id-card"), make.rule("letter", Answered("who", ("self",))))
    assert run(BY_AGENT, materials=kept) == "：少了材料letter"


def test_what_is_too_much_is_named_and_what_is_never_asked_is_named_as_such(
    run: Callable[..., str], make: Make
) -> None:
    more = (make.rule("id-card"), make.rule("letter", OTHER), make.rule("invoice"), make.rule("single-certificate"))
    assert run(BY_AGENT, materials=more) == "：不该要的要了：材料single-certificate；多了材料invoice"


def test_what_is_certain_and_what_is_open_are_not_the_same(run: Callable[..., str]) -> None:
    unsure = replace(BY_AGENT, answers={})
    assert run(unsure) == "：必须要的成了可能要：材料letter"
    assert run(replace(unsure, required=("id-card",), maybe=("letter",))) == ""
    assert run(replace(BY_AGENT, required=("id-card",), maybe=("letter",))) == "：可能要的成了必须要：材料letter"
    assert run(replace(unsure, required=("id-card", "letter", "gone"))) == "：少了gone；必须要的成了可能要：材料letter"


def test_a_document_that_serves_twice_is_both(run: Callable[..., str], make: Make) -> None:
    card = make.rule("agent-card", OTHER, covers=("id-card",))
    rules = (make.rule("id-card"), make.rule("letter", OTHER), card)
    assert run(replace(BY_AGENT, required=("id-card", "letter", "agent-card")), materials=rules) == ""
    open_ = replace(BY_AGENT, answers={}, required=("id-card",), maybe=("agent-card", "letter"))
    assert run(open_, materials=rules) == ""


def test_handling_limit_and_paper_are_compared_where_they_are_given(run: Callable[..., str], make: Make) -> None:
    strict = replace(BY_AGENT, handling=Handling.DIRECT, promised="当场或者当天", paper="none")
    promise = ((OTHER, Handling.PROMISE),)
    assert run(strict, handling=promise, promised=make.limit(3)) == (
        "：应当直接办理，现在是承诺办理；承诺时限应当是“当场或者当天”，现在是“自材料补齐之日起 3 个工作日”；"
        "应当不出文书，现在出承诺通知书"
    )
    assert run(BY_AGENT, handling=promise, promised=make.limit(3)) == ""


def test_the_paper_is_that_of_what_they_come_for(run: Callable[..., str], make: Make) -> None:
    assert run(replace(BY_AGENT, purpose=Purpose.INQUIRE, paper="notification_slip")) == ""
    broken = (make.condition("age", OTHER, make.law_2026),)
    assert run(replace(BY_AGENT, paper="return_notice"), conditions=broken) == ""
    assert run(replace(BY_AGENT, paper="none"), conditions=(make.condition("age", OTHER),)) == ""
    assert run(replace(BY_AGENT, paper="a paper to come")) == "：应当出a paper to come，现在不出文书"


def test_an_item_that_is_gone_and_a_day_without_a_text_fail(make: Make) -> None:
    runs = run_visits([BY_AGENT, replace(BY_AGENT, item="T09"), replace(BY_AGENT, day=date(2020, 1, 1))], make.catalogue(make.item()))  # fmt: skip
    assert [each.in_words() for each in runs] == [
        "配偶代办", "配偶代办：没有事项 T09", "配偶代办：2020-01-01 没有 T01 的文本",
    ]  # fmt: skip
    assert runs[1].sentence == "典型来访“T09 配偶代办”不对：没有事项 T09。"


def test_without_a_day_it_is_the_newest_text_that_must_tell_it(make: Make) -> None:
    later = make.item(effective_from=date(2027, 1, 1), materials=(make.rule("id-card"), make.rule("card", OTHER)))
    catalogue = make.catalogue(make.item(effective_to=date(2026, 12, 31)), later)
    on_a_day = replace(BY_AGENT, day=date(2026, 12, 1))
    assert [each.failings for each in run_visits([BY_AGENT, on_a_day], catalogue)] == [
        ("少了材料letter", "多了材料card"),
        (),
    ]


def test_a_visit_made_of_what_is_told_now_passes_and_keeps_what_must_never_be_asked(make: Make) -> None:
    item = make.item(promised=make.limit(3), handling=((OTHER, Handling.PROMISE),))
    visit = visit_of(item, "代办", {"who": "other"})
    assert visit == TypicalVisit(
        "T01", "代办", {"who": "other"}, ("id-card", "letter"), (), ("single-certificate",), Purpose.APPLY,
        Handling.PROMISE, "自材料补齐之日起 3 个工作日", "promise_notice",
    )  # fmt: skip
    assert run_visits([visit], make.catalogue(item)) == [VisitRun(visit, ())]
    with pytest.raises(Refusal, match="不问"):
        visit_of(item, "代办", {"lease": "registered"})


def test_it_is_written_in_json_and_read_strictly(make: Make) -> None:
    visit = replace(
        BY_AGENT, day=date(2026, 12, 1), handling=Handling.PROMISE, purpose=Purpose.INQUIRE, source=make.guide
    )
    assert from_json(TypicalVisit, to_json(visit)) == visit
    for wrong in ({**to_json(visit), "paper": 1}, {**to_json(visit), "purpose": "sell"}, {"item": "T01"}):
        with pytest.raises(Refusal):
            from_json(TypicalVisit, wrong)


def test_of_two_visits_of_one_name_the_later_stands_in_the_place_of_the_earlier() -> None:
    other, changed = replace(BY_AGENT, name="本人"), replace(BY_AGENT, required=())
    visits = with_visit(with_visit((), BY_AGENT), other)
    assert with_visit(visits, changed) == (changed, other)
    assert without_visit(visits, "T01", "配偶代办") == (other,)
    assert without_visit(visits, "T02", "配偶代办") == visits


def test_a_revision_keeps_visits_beside_the_texts(make: Make) -> None:
    catalogue = make.catalogue(make.item())
    acts = (VisitWritten(BY_AGENT), TextEdited(make.item(name="改名")), VisitRemoved("T01", "本人"))
    revision = Revision("2026.11", acts)
    assert Revision.from_json(revision.to_json()) == revision
    assert applied(catalogue, acts[0]) is applied(catalogue, acts[2]) is catalogue
    assert visits_after((replace(BY_AGENT, name="本人"),), revision) == (BY_AGENT,)


def test_the_visits_of_an_item_answer_its_own_question_from_then_on(make: Make) -> None:
    before = make.item().questions[0].question
    own = replace(before, id="own_who")
    of_a_day, elsewhere = replace(BY_AGENT, day=date(2026, 9, 1)), replace(BY_AGENT, item="T02")
    visits = (BY_AGENT, of_a_day, elsewhere)
    edited = Revision("1", (QuestionEdited(before, own, ("T01",)),))
    assert visits_after(visits, edited) == (replace(BY_AGENT, answers={"own_who": "other"}), of_a_day, elsewhere)
    reworded = Revision("1", (QuestionEdited(before, replace(before, topic="办理人"), ("T01",)),))
    assert visits_after(visits, reworded) == visits


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "visit-unnamed"), ({"item": "T09"}, "unknown-item"),
        ({"day": date(2020, 1, 1)}, "no-text-for-day"), ({"answers": {"lease": "x"}}, "unknown-question"),
        ({"answers": {"who": "x"}}, "unknown-answer"),
    ],
)  # fmt: skip
def test_one_that_could_never_be_gone_through_is_refused(make: Make, changes: dict[str, Any], code: str) -> None:
    catalogue: Catalogue = make.catalogue(make.item())
    for act in (check_visit, lambda visit, known: applied(known, VisitWritten(visit))):
        with pytest.raises(Refusal) as refusal:
            act(replace(BY_AGENT, **changes), catalogue)
        assert refusal.value.code == code


def test_names_of_materials_are_those_of_the_catalogue_where_the_item_has_none(make: Make, item: ServiceItem) -> None:
    catalogue = replace(make.catalogue(item), materials={"gone": make.material("gone", name="婚姻登记证明")})
    (found,) = run_visits([replace(BY_AGENT, required=("id-card", "letter", "gone"))], catalogue)
    assert found.failings == ("少了婚姻登记证明",)


@pytest.fixture
def item(make: Make) -> ServiceItem:
    return make.item()


def test_a_question_that_was_left_out_is_named_where_another_paper_comes_of_it(run: Callable[..., str]) -> None:
    unsure = replace(BY_AGENT, answers={}, paper="receipt")
    assert run(unsure).startswith("：没有回答：who；必须要的成了可能要：材料letter；应当出收件回执，现在出")
