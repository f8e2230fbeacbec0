"""A revision is the list of its acts: kept as JSON, worked out anew, taken back one by one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

import pytest

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import (
    Act,
    Batch,
    ItemRetired,
    QuestionDefined,
    QuestionEdited,
    Revision,
    StatuteDefined,
    TextEdited,
    applied,
)
from counter_assistant.domain.revision.statements import Part, Statement, newest
from counter_assistant.domain.revision.verdicts import Answer, Verdict

RULES = "住房公积金管理条例"
CENTRE = Source("centre", document="18号")
AGREED = Verdict(Statement(Part.CONDITION, "符合sound"), Answer.AGREE, CENTRE)


def test_acts_follow_each_other_and_are_taken_back(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    renamed = replace(make.item(), name="另一名称")
    revision = Revision("2026.11").with_acts((TextEdited(renamed), AGREED))
    made = newest(reduce(applied, revision.acts, catalogue), "T01")
    assert (made.name, made.conditions[0].source) == ("另一名称", CENTRE)
    assert newest(reduce(applied, revision.without_last().acts, catalogue), "T01") == renamed
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


def test_a_question_comes_with_the_text_that_asks_it(make: Any) -> None:
    asked = make.question("way", "car", "train")
    text = replace(make.item(), questions=(*make.item().questions, asked))
    made = applied(make.catalogue(make.item()), TextEdited(text, asked.question))
    assert (newest(made, "T01"), made.questions) == (text, {"way": asked.question})


def test_a_question_is_changed_in_the_items_that_are_named(make: Any) -> None:
    catalogue = make.catalogue(make.item(), make.item(id="T02"))
    before = make.item().questions[0].question
    act = QuestionEdited(before, replace(before, topic="办理人"), ("T01",))
    made = applied(catalogue, act)
    assert [newest(made, id_).questions[0].question.topic for id_ in ("T01", "T02")] == ["办理人", "who"]
    with pytest.raises(Refusal) as refused:
        applied(applied(catalogue, ItemRetired("T01")), act)
    assert refused.value.code == "unknown-item"


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


def test_the_last_of_its_new_statutes_says_from_when_on_all_of_them_hold(make: Any) -> None:
    old, new = make.statute().versions
    later = StatuteDefined(RULES, replace(new, version=2028, effective_from=date(2028, 1, 1)))
    assert Revision("1", (AGREED,)).laws_from is None
    assert Revision("1", (later, AGREED, StatuteDefined("新法", old))).laws_from == date(2028, 1, 1)


def test_a_revision_is_kept_as_json(make: Any) -> None:
    acts = (
        AGREED,
        TextEdited(make.item()),
        TextEdited(make.item(), make.question("way", "car", "train").question),
        QuestionEdited(make.item().questions[0].question, make.question("own", "self", "other").question, ("T01",)),
        ItemRetired("T01"),
        QuestionDefined(make.question("way", "car", "train").question),
        StatuteDefined(RULES, make.statute().versions[0]),
    )
    revision = Revision("2026.11", acts)
    assert Revision.from_json(json.loads(json.dumps(revision.to_json()))) == revision


def of(n: int) -> Verdict:
    return replace(AGREED, statement=Statement(Part.CONDITION, f"第{n}句"), items=("T01",))


def in_batches() -> Revision:
    """One act, a batch of two, one act, a batch of two."""
    revision = Revision("1").with_acts((of(1),)).with_acts((of(2), of(3)), "甲.xlsx")
    return revision.with_acts((of(4),)).with_acts((of(5), of(6)), "乙.xlsx")


def test_acts_that_came_together_are_known_until_the_last_of_them_is_taken_back() -> None:
    revision = in_batches()
    assert revision.batches == (Batch(1, 2, "甲.xlsx"), Batch(4, 2, "乙.xlsx"))
    assert Revision.from_json(json.loads(json.dumps(revision.to_json()))) == revision
    assert revision.without_last().batches[-1] == Batch(4, 1, "乙.xlsx")
    assert revision.without_last().without_last().batches == (Batch(1, 2, "甲.xlsx"),)
    assert Revision("1").with_acts((), "丙.xlsx") == Revision("1")


def test_a_batch_is_taken_back_whole_and_what_came_later_stays() -> None:
    revision = in_batches().with_acts((of(7),))
    once = revision.without_last_batch()
    assert once.acts == (of(1), of(2), of(3), of(4), of(7))
    assert once.without_last_batch() == Revision("1", (of(1), of(4), of(7)))
    with pytest.raises(Refusal) as refused:
        Revision("1", (of(1),)).without_last_batch()
    assert refused.value.code == "no-batch"


def test_a_batch_whose_words_a_later_text_holds_is_not_taken_back(make: Any) -> None:
    later: tuple[Act, ...] = (TextEdited(make.item(id="T09")), of(7), TextEdited(make.item()))
    with pytest.raises(Refusal, match="改过事项T01，") as refused:
        in_batches().with_acts(later).without_last_batch()
    assert refused.value.code == "batch-built-on"
    assert "退回导入以后的 3 步" in refused.value.remedy
    assert len(in_batches().with_acts(later[:2]).without_last_batch().acts) == 6
    of_a_text = Revision("1").with_acts((TextEdited(make.item()),), "丙.xlsx").with_acts(later)
    assert of_a_text.without_last_batch().acts == later


def test_what_is_refused_is_said_in_a_sentence(make: Any) -> None:
    catalogue, new = make.catalogue(make.item()), make.statute().versions[1]
    two = (TextEdited(make.item(id="T02")), TextEdited(make.item()))
    batch = Revision("1").with_acts((replace(of(1), items=("T01", "T02")),), "甲.xlsx").with_acts(two)
    refusals = [
        (Revision("1").without_last_batch, "这一稿里没有导入的内容。一步一步退回，请按 Ctrl+Z。"),
        (batch.without_last_batch, "导入以后又改过事项T01、T02，里面带着导入的内容。请先按 Ctrl+Z 退回导入以后的 2 步，再退回这次导入。"),
        (lambda: applied(catalogue, ItemRetired("Z9")), "没有事项 Z9。请核对编码。"),
        (lambda: applied(catalogue, StatuteDefined(RULES, replace(new, version=2027))), f"《{RULES}》已经有一版自2026年9月20日起施行。请核对施行日和年份。"),
        (lambda: Revision.from_json([]), "这不是一稿核定的内容。请换一份没有改动过的文件。"),
        (lambda: Revision.from_json({"based_on": "1", "acts": [{"act": "retired", "item": "A"}, {}]}), "内容里 acts[2] 处的一步不认识。请换一份没有改动过的文件。"),
        (lambda: Revision.from_json({"based_on": "1", "acts": [{"act": "retired"}]}), "内容里 acts[1].item 处没有写。请换一份没有改动过的文件。"),
        (lambda: Revision.from_json({"based_on": "1", "acts": [], "batches": [{}]}), "内容里 batches[0].before 处没有写。请换一份没有改动过的文件。"),
    ]  # fmt: skip
    for act, said in refusals:
        with pytest.raises(Refusal) as refused:
            act()
        assert str(refused.value) == said


def test_the_only_act_is_taken_back_and_a_batch_may_be_all_there_is() -> None:
    one = Revision("1").with_acts((of(1),), "甲.xlsx")
    assert one.without_last() == Revision("1")
    assert Revision.from_json(one.to_json()) == one
    both = one.with_acts((of(2),), "乙.xlsx")
    assert Revision.from_json(both.to_json()) == both, "a batch may begin where another ends"


def test_a_new_statute_bears_its_own_name(make: Any) -> None:
    made = applied(make.catalogue(make.item()), StatuteDefined("新法", make.statute().versions[0]))
    assert made.statutes["新法"].name == "新法"


def test_a_revision_from_before_there_were_batches_is_read() -> None:
    assert Revision.from_json({"based_on": "1", "acts": [{"act": "retired", "item": "T01"}]}).batches == ()


@pytest.mark.parametrize(
    "batches",
    [
        {}, [None], [{"before": 0, "count": 3, "origin": "甲"}], [{"before": -1, "count": 1, "origin": "甲"}],
        [{"before": 0, "count": 0, "origin": "甲"}], [{"before": 0, "count": 1, "origin": 1}],
        [{"before": 1, "count": 1, "origin": "甲"}, {"before": 0, "count": 1, "origin": "乙"}],
    ],
)  # fmt: skip
def test_batches_that_are_not_among_the_acts_are_refused(batches: Any) -> None:
    written = {"based_on": "1", "acts": [{"act": "retired", "item": f"T0{n}"} for n in (1, 2)], "batches": batches}
    with pytest.raises(Refusal) as refused:
        Revision.from_json(written)
    assert refused.value.code == "broken-content"


@pytest.mark.parametrize(
    "written",
    [
        [], {"based_on": "1"}, {"based_on": "1", "acts": {}}, {"based_on": 1, "acts": []},
        {"based_on": "1", "acts": [{"act": "dance"}]}, {"based_on": "1", "acts": [{"act": []}]}, {"based_on": "1", "acts": ["retired"]},
        {"based_on": "1", "acts": [{"act": "retired", "item": 1}]},
    ],
)  # fmt: skip
def test_what_is_no_revision_is_refused(written: Any) -> None:
    with pytest.raises(Refusal) as refused:
        Revision.from_json(written)
    assert refused.value.code == "broken-content"
