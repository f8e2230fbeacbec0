"""In which situations two texts of an item tell different things, and what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.checks.enumeration import MOST, RANDOM
from counter_assistant.domain.catalogue.conditions import Answered, AnyOf, Not
from counter_assistant.domain.catalogue.items import Handling, Note, ServiceItem
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.differences import NOTHING, Difference, Happened, Said
from counter_assistant.domain.revision.effects import Changed, ItemEffect, Telling, effects, item_effect, otherwise
from counter_assistant.domain.revision.stoppable import Reached, run_through
from tests.domain.conftest import Make

OTHER = Answered("who", ("other",))
CENTRE = Source("centre", document="临住金〔2026〕18号", clause="第五条")


def effect(make: Make, old: ServiceItem, new: ServiceItem) -> ItemEffect:
    found = run_through(item_effect(old, new, make.catalogue(new)))
    assert found is not None
    return found


def said(found: ItemEffect) -> list[tuple[str, int, str]]:
    return [(change.difference.in_words(), change.situations, change.example) for change in found.changes]


@pytest.fixture
def item(make: Make) -> ServiceItem:
    """Two questions, four situations."""
    asked = (make.question("who", "self", "other"), make.question("lease", "yes", "no"))
    return make.item(questions=asked, materials=(make.rule("id-card"), make.rule("letter", OTHER), make.rule("contract", Answered("lease", ("yes",)))))  # fmt: skip


def test_a_new_line_is_counted_in_the_situations_that_it_is_asked_for_in(make: Make, item: ServiceItem) -> None:
    new = replace(item, materials=(*item.materials, make.rule("invoice", Answered("lease", ("no",)))))
    found = effect(make, item, new)
    assert (found.all, found.changed, found.complete) == (4, 2, True)
    assert found.summary == "4 种情形里 2 种的清单变了"
    assert said(found) == [("材料：新增“材料invoice，原件1，某单位出具，须提供。签名”", 2, "who是self；lease是no")]
    assert (found.open, found.open_changed) == (5, 4)
    assert found.changes[0].in_words().endswith("签名”（2 种情形，如：who是self；lease是no）")


def test_a_line_that_is_gone_and_one_that_is_worded_otherwise_are_told_apart(make: Make, item: ServiceItem) -> None:
    card, _, contract = item.materials
    shown = replace(contract, material=replace(contract.material, submit=Submit.SHOW))
    found = effect(make, item, replace(item, materials=(card, shown)))
    words = "材料contract，原件1，某单位出具，"
    assert said(found) == [
        (f"材料：“{words}须提供。签名”改为“{words}须出示。签名”", 2, "who是self；lease是yes"),
        ("材料：删去“材料letter，原件1，某单位出具，须提供。签名”", 2, "who是other；lease是yes"),
    ]
    assert found.changed == 3


def test_handling_limits_and_notes_are_part_of_what_is_told(make: Make, item: ServiceItem) -> None:
    new = replace(
        item, handling=((OTHER, Handling.PROMISE), *item.handling), promised=make.limit(3),
        notes=(Note("额度另行公布", make.guide, OTHER),), statutory=(replace(item.statutory[0], when=OTHER),),
    )  # fmt: skip
    assert {words for words, _, _ in said(effect(make, item, new))} == {
        "办理方式：“直接办理”改为“承诺办理”", "承诺时限：“当场或者当天”改为“自材料补齐之日起 3 个工作日”",
        "法定时限：删去“自受理之日起 3 日”", "说明：新增“额度另行公布”",
    }  # fmt: skip


def test_a_condition_that_now_refuses_where_it_was_only_to_be_verified_is_an_effect(
    make: Make, item: ServiceItem
) -> None:
    guessed = replace(item, conditions=(make.condition("deposits", OTHER),))
    approved = replace(item, conditions=(make.condition("deposits", OTHER, CENTRE),))
    found = effect(make, guessed, approved)
    assert said(found) == [
        ("资格要求：“您与deposits不符，请核实”改为“您与deposits不符，不符合”", 2, "who是other；lease是yes")
    ]
    assert effect(make, item, guessed).changed == 2


def test_another_source_alone_changes_no_list(make: Make, item: ServiceItem) -> None:
    confirmed = replace(item, conditions=(make.condition("sound", source=CENTRE),))
    found = effect(make, item, confirmed)
    assert (found.changed, found.open_changed, found.changes) == (0, 0, ())
    assert found.summary == "4 种情形里清单都不变"


def test_what_only_reads_otherwise_while_an_answer_is_open_is_said_so(make: Make, item: ServiceItem) -> None:
    """The same situations, but the slip says 如不属于 … instead of 如 …."""
    card, letter, contract = item.materials
    both = AnyOf((Answered("who", ("other",)), Answered("who", ("other",))))
    found = effect(make, item, replace(item, materials=(card, replace(letter, when=Not(Not(both))), contract)))
    assert (found.changed, found.open_changed) == (0, 3)
    assert found.summary == "4 种情形里清单都不变；回答还没有定时，5 种里 3 种的说法变了"
    assert found.changes[0].difference.section == "材料"


def test_variants_of_a_material_are_all_told_while_it_is_open_which_holds(make: Make, item: ServiceItem) -> None:
    variants = (make.rule("letter", OTHER), make.rule("letter", Answered("who", ("self",)), copies=1))
    told = Telling(replace(item, materials=(make.rule("id-card"), *variants))).of({})
    words = told["材料", "letter"]
    assert words.count("如who是") == 2
    assert "；如" in words


def test_a_document_that_serves_twice_is_told_as_both(make: Make, item: ServiceItem) -> None:
    card = make.rule("agent-card", OTHER, covers=("id-card",))
    told = Telling(replace(item, materials=(make.rule("id-card"), card))).of({"who": "other"})
    assert {("材料", "id-card"), ("材料", "agent-card")} <= told.keys()


def test_a_question_that_is_given_up_is_gone_through_and_so_is_a_new_one(make: Make, item: ServiceItem) -> None:
    fewer = replace(item, questions=item.questions[:1], materials=item.materials[:2])
    given_up, asked_now = effect(make, item, fewer), effect(make, fewer, item)
    assert given_up.all == asked_now.all == 4
    assert ("情形：删去“lease”", 4, "who是self") in said(given_up)
    assert ("情形：新增“lease”", 4, "who是self；lease是yes") in said(asked_now)


def test_a_question_that_arises_elsewhere_is_gone_through_wherever_one_of_the_texts_asks_it(
    make: Make, item: ServiceItem
) -> None:
    who, _ = item.questions
    for_others = replace(item, questions=(who, make.question("lease", "yes", "no", when=OTHER)))
    for_self = replace(item, questions=(who, make.question("lease", "yes", "no", when=Answered("who", ("self",)))))
    found = effect(make, for_others, for_self)
    assert (found.all, found.changed) == (4, 2), "what is asked is no part of the list"


def test_an_item_that_is_new_or_retired_says_so(make: Make, item: ServiceItem) -> None:
    new = run_through(item_effect(None, item, make.catalogue(item)))
    gone = run_through(item_effect(item, None, make.catalogue()))
    assert new
    assert gone
    assert (new.happened, new.summary) == (Happened.NEW, "新增的事项，有 4 种情形")
    assert (gone.happened, gone.summary) == (Happened.RETIRED, "以后不再办理")


def test_where_there_are_too_many_situations_a_sample_is_named_as_one(make: Make, item: ServiceItem) -> None:
    many = tuple(make.question(f"q{n}", "a", "b", "c", "d", "e") for n in range(7))
    assert MOST < 5**7
    old = replace(item, questions=many, materials=(make.rule("id-card"),))
    new = replace(old, promised=make.limit(2))
    found = effect(make, old, new)
    assert not found.complete
    assert found.all == found.changed == RANDOM
    assert found.summary == f"情形太多，抽查的 {RANDOM} 种里 {RANDOM} 种的清单变了"


def test_of_more_than_ten_changes_nine_are_read_and_the_rest_is_counted(make: Make, item: ServiceItem) -> None:
    new = replace(item, materials=(*item.materials, *(make.rule(f"m{n}") for n in range(11))))
    lines = effect(make, item, new).in_lines()
    assert len(lines) == 10
    assert lines[-1] == "另有 2 处"
    assert len(effect(make, item, replace(new, materials=new.materials[:13])).in_lines()) == 10


def test_the_checker_speaks_of_the_new_text(make: Make, item: ServiceItem) -> None:
    found = effect(make, item, replace(item, materials=item.materials[:2]))
    assert [fault.place for fault in found.faults] == ["question[lease]"]


def test_only_items_that_differ_are_gone_through_and_it_says_how_far(make: Make, item: ServiceItem) -> None:
    other = replace(item, id="T02")
    before = make.catalogue(item, other, replace(item, id="T03"))
    after = make.catalogue(replace(item, name="改名"), replace(other, promised=make.limit(2)), replace(item, id="T04"))
    shares: list[float] = []

    def hear(reached: Reached) -> bool:
        shares.append(reached.done / reached.all)
        return True

    found = run_through(effects(before, after), hear)
    assert found is not None
    assert [(each.item, each.changed) for each in found] == [("T01", 0), ("T02", 4), ("T03", 0), ("T04", 0)]
    assert list(dict.fromkeys(shares)) == [0, 0.25, 0.75]
    assert shares == sorted(shares)
    assert run_through(effects(before, before)) == ()


def test_an_answer_that_a_text_does_not_know_is_not_given_to_it(make: Make, item: ServiceItem) -> None:
    telling = Telling(item)
    assert telling.text.known_answers({"who": "guardian", "lease": "yes", "pay": "full"}) == {"lease": "yes"}
    assert otherwise(telling.of({"who": "guardian"}), telling.of({})) == []


def test_a_change_is_one_line() -> None:
    assert (
        Changed(Difference("说明", NOTHING, Said("新的一句")), 3, "本人办理").in_words()
        == "说明：新增“新的一句”（3 种情形，如：本人办理）"
    )


def test_a_situation_that_is_handled_at_once_promises_the_same_day_whatever_the_others_promise(
    make: Make, item: ServiceItem
) -> None:
    told = Telling(replace(item, handling=((OTHER, Handling.PROMISE), *item.handling), promised=make.limit(3)))
    assert told.of({"who": "self"})["承诺时限", ""] == "当场或者当天"
    assert told.of({"who": "other"})["承诺时限", ""] == "自材料补齐之日起 3 个工作日"


def test_two_rules_of_the_same_words_are_one_open_line(make: Make, item: ServiceItem) -> None:
    twice = (make.rule("letter", OTHER), make.rule("letter", Answered("lease", ("no",))))
    told = Telling(replace(item, materials=(make.rule("id-card"), *twice))).of({})
    assert told["材料", "letter"] == "如who是other或者lease是no，另需材料letter，原件1，某单位出具，须提供。签名"


def test_the_name_of_the_item_and_the_faults_of_a_new_one_are_told(make: Make, item: ServiceItem) -> None:
    new = run_through(item_effect(None, replace(item, procedure=""), make.catalogue(item)))
    gone = run_through(item_effect(item, None, make.catalogue()))
    assert new
    assert gone
    assert [fault.place for fault in new.faults] == ["service.procedure"]
    assert {new.name, gone.name, effect(make, item, replace(item, promised=make.limit(1))).name} == {"某项提取"}


def test_ten_changes_are_all_read(make: Make, item: ServiceItem) -> None:
    new = replace(item, materials=(*item.materials, *(make.rule(f"m{n}") for n in range(10))))
    assert not effect(make, item, new).in_lines()[-1].startswith("另有")
