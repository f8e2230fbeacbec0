"""Which sentences are still to be confirmed: each once, with the items that it serves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Note
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision import statements
from counter_assistant.domain.revision.statements import (
    OpenStatements,
    Part,
    Statement,
    limit_in_words,
    newest,
    open_places,
    open_statements,
    origin,
    places,
    wording_of,
)
from counter_assistant.operations.program import program

CENTRE = Source("centre", document="临住金〔2026〕18号")


def of(found: list[Any], part: Part) -> list[str]:
    return [each.statement.words for each in found if each.statement.part is part]


def test_a_sentence_of_several_items_is_one(make: Any) -> None:
    two = make.catalogue(
        make.item(), make.item(id="T02", conditions=(make.condition("sound"), make.condition("other")))
    )
    conditions = [each for each in open_statements(two) if each.statement.part is Part.CONDITION]
    assert [(each.statement.words, each.items) for each in conditions] == [
        ("符合sound", ("T01", "T02")), ("符合other", ("T02",)),
    ]  # fmt: skip
    assert conditions[0].origins == ("参照上海 2023 年指南",)


def test_what_a_statute_a_clause_or_the_centre_carries_is_not_open(make: Any) -> None:
    carried = [make.condition(str(n), source=source) for n, source in enumerate((make.code, make.law_2026, CENTRE))]
    assert of(open_statements(make.catalogue(make.item(conditions=tuple(carried)))), Part.CONDITION) == []


def test_only_the_newest_text_counts(make: Any) -> None:
    older = make.item(effective_from=date(2026, 1, 1), conditions=(make.condition("old"),))
    catalogue = make.catalogue(older, make.item())
    assert of(open_statements(catalogue), Part.CONDITION) == ["符合sound"]
    assert newest(catalogue, "T01").effective_from == date(2026, 9, 20)


def test_what_is_marked_within_its_words_is_open(make: Any) -> None:
    text = make.item(basis_note="以公布的为准（待核定）。", remedy="补齐后再来（待核定）", redress="决定书将告知")
    found = open_statements(make.catalogue(text))
    assert of(found, Part.BASIS) == ["以公布的为准（待核定）。"]
    assert of(found, Part.REDRESS) == ["补齐后再来（待核定）"]
    assert [each.origins for each in found if each.statement.part is Part.BASIS] == [("—",)]
    assert of(open_statements(make.catalogue(make.item(basis_note="见守则一(九)。"))), Part.BASIS) == []


def test_every_part_is_asked_about_in_order(make: Any) -> None:
    text = make.item(
        basis_note="（待核定）", remedy="（待核定）", notes=(Note("额度", make.guide),), promised=make.limit(3, source=make.guide),
        statutory=(make.limit(5, "day", "acceptance", make.guide),),
    )  # fmt: skip
    found = open_statements(make.catalogue(text))
    assert list(dict.fromkeys(each.statement.part for each in found)) == [
        part for part in Part if part is not Part.FORM
    ]
    assert of(found, Part.NEVER_ASK) == ["某证明。国家不再要求"]
    assert of(found, Part.NEED) == ["材料id-card", "材料letter，如who是other"]
    assert all(part.label for part in Part)


def test_a_half_answered_material_asks_only_for_the_other_half(make: Any) -> None:
    rule = make.rule("letter")
    for done, left in (("need", Part.WORDING), ("wording", Part.NEED)):
        text = make.item(materials=(replace(rule, **{done: CENTRE}),))
        assert [place.statement.part for place in open_places(text) if place.field == "materials"] == [left]


def test_a_sentence_is_named_by_its_words(make: Any) -> None:
    one, other = Statement(Part.NOTE, "甲"), Statement(Part.NOTE, "乙")
    assert one.id != other.id != Statement(Part.CONDITION, "乙").id
    assert Statement(Part.NEED, "甲", "a").id != Statement(Part.NEED, "甲", "b").id
    ids = [each.statement.id for each in open_statements(program().catalogue)]
    assert len(set(ids)) == len(ids) > 400


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ((0, "workday", "complete"), "当场或者当天"), ((1, "workday", "complete"), "自材料补齐之日起 1 个工作日"),
        ((3, "day", "acceptance"), "自受理之日起 3 日"), ((5, "day", "receipt"), "自收到申请之日起 5 日"),
        ((5, "day", "filing"), "自立案之日起 5 日"),
    ],
)  # fmt: skip
def test_a_limit_reads_as_a_sentence(make: Any, limit: tuple[int, str, str], words: str) -> None:
    assert limit_in_words(make.limit(*limit)) == words
    assert limit_in_words(replace(make.limit(2), act="作出决定")) == "自材料补齐之日起 2 个工作日内作出决定"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "材料letter，原件1，某单位出具，须提供。签名"),
        ({"submit": Submit.EXEMPT, "requirement": ""}, "材料letter，某单位出具，免提交"),
        ({"copies": 2, "issuer": "", "submit": Submit.SHOW}, "材料letter，原件1 复印件2，须出示。签名"),
    ],
)
def test_a_material_reads_as_a_sentence(make: Any, changes: dict[str, Any], words: str) -> None:
    assert wording_of(make.material("letter", **changes)) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (None, "—"), (Source("assumption", note="通常做法"), "推定：通常做法"), (Source("guide", city="上海"), "参照上海指南"),
        (Source("guide", city="上海", year=2023, note="第三条"), "参照上海 2023 年指南：第三条"), (Source("guide"), "推定"),
    ],
)  # fmt: skip
def test_where_a_sentence_was_taken_from(source: Source | None, words: str) -> None:
    assert origin(source) == words


def test_a_condition_of_a_material_is_part_of_its_need(make: Any) -> None:
    either = make.item(materials=(make.rule("letter", Answered("who", ("self", "other"))),))
    assert of(open_statements(make.catalogue(either)), Part.NEED) == ["材料letter，如who是self或who是other"]


def test_only_what_was_changed_is_read_again(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(text: Any) -> Any:
        read.append(text.id)
        return open_places(text)

    monkeypatch.setattr(statements, "open_places", reading)
    before = make.catalogue(make.item(), make.item(id="T02"))
    reader = OpenStatements()
    assert reader.of(before) == open_statements(before)
    read.clear()
    changed = replace(newest(before, "T02"), conditions=())
    after = replace(before, items={**before.items, "T02": (changed,)})
    found = reader.of(after)
    assert read == ["T02"]
    assert found == open_statements(after)


def test_what_the_centre_has_answered_of_a_material_is_shown_with_its_document(make: Any) -> None:
    """GIVEN a material of which one of the two questions is answered THEN both are places, and only the other is open."""
    item = make.item()
    half = replace(item, materials=(replace(item.materials[0], need=CENTRE), *item.materials[1:]))
    told = {
        place.statement.part: place.source for place in places(half) if place.index == 0 and place.field == "materials"
    }
    assert told == {Part.NEED: CENTRE, Part.WORDING: item.materials[0].material.source}


def test_the_sentences_of_papers_come_last_each_once(make: Any) -> None:
    settled = FormSentence("请收好。", source=CENTRE)
    held = {"回执": (FormSentence("请保存好。"), settled), "指引单": (FormSentence("请保存好。"),)}
    found = open_statements(replace(make.catalogue(make.item()), form_sentences=held))
    assert found[-1].statement == Statement(Part.FORM, "请保存好。")
    assert (found[-1].items, found[-1].origins) == (("回执", "指引单"), ("随程序来的",))
    assert found[-2].statement.part is not Part.FORM
