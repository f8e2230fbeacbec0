"""What changed is said line by line, in the words that people read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.catalogue.conditions import Answered
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Note
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.differences import Happened, differences, lines, source_in_words
from counter_assistant.operations.program import program

CENTRE = Source("centre", document="临住金〔2026〕18号", clause="第五条")
OTHER = Answered("who", ("other",))


def said(make: Any, **changes: Any) -> list[str]:
    found = differences(make.catalogue(make.item()), make.catalogue(make.item(**changes)))
    return [difference.in_words() for each in found for difference in each.differences]


def test_nothing_changed_is_nothing_said(make: Any) -> None:
    assert differences(make.catalogue(make.item()), make.catalogue(make.item())) == []


def test_every_kind_of_line_is_said(make: Any) -> None:
    assert said(make, name="另一名称") == ["名称：“某项提取”改为“另一名称”"]
    assert said(make, notes=(Note("额度", make.guide, OTHER),)) == [
        "说明：新增“额度，如who是other〔参照上海 2023 年指南〕”"
    ]
    assert said(make, never_ask=()) == ["不得要求：删去“某证明。国家不再要求〔参照上海 2023 年指南〕”"]
    assert said(make, conditions=(make.condition("sound", OTHER),)) == ["不符合时：新增“您与sound不符，如who是other”"]
    assert said(make, conditions=(make.condition("sound", source=CENTRE),)) == [
        "资格要求：“符合sound〔参照上海 2023 年指南〕”改为“符合sound〔临住金〔2026〕18号第五条〕”"
    ]
    assert said(
        make, statutory=(make.limit(3, "day", "acceptance", make.law_2026), make.limit(5, "day", "receipt"))
    ) == ["法定时限：新增“自收到申请之日起 5 日〔守则一(七)1〕”"]


def test_an_answer_to_one_half_of_a_material_is_a_difference(make: Any) -> None:
    rule = make.item().materials[0]
    halves = (replace(rule, wording=CENTRE), "怎么交"), (replace(rule, need=CENTRE), "要不要")
    for half, asked in halves:
        (line,) = said(make, materials=(half, *make.item().materials[1:]))
        assert line.endswith(f"〔参照上海 2023 年指南；{asked}：临住金〔2026〕18号第五条〕”")


def test_lines_of_one_key_are_kept_apart(make: Any) -> None:
    twice = make.item(materials=(make.rule("letter"), make.rule("letter", OTHER)))
    found = [line for line in lines(twice, make.catalogue().statutes) if line.section == "材料"]
    assert [line.key for line in found] == ["letter", "letter+"]


def test_items_come_and_go(make: Any) -> None:
    one, two = make.catalogue(make.item()), make.catalogue(make.item(id="T02"))
    found = differences(one, two)
    assert [(each.item, each.happened, each.differences) for each in found] == [
        ("T01", Happened.RETIRED, ()), ("T02", Happened.NEW, ()),
    ]  # fmt: skip
    assert found[0].in_words() == "T01 某项提取（停办）"
    changed = differences(one, make.catalogue(make.item(name="新")))
    assert changed[0].in_words() == "T01 新（改动）：名称：“某项提取”改为“新”"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("code", clause="一(七)1"), "守则一(七)1"), (CENTRE, "临住金〔2026〕18号第五条"), (Source("assumption"), "推定"),
    ],
)  # fmt: skip
def test_where_a_line_comes_from(make: Any, source: Source, words: str) -> None:
    assert source_in_words(source) == words
    assert source_in_words(make.law_2026) == "住房公积金管理条例第二十五条"


def test_every_line_of_the_catalogue_is_told_apart() -> None:
    catalogue = program().catalogue
    for texts in catalogue.items.values():
        for text in texts:
            found = lines(text, catalogue.statutes)
            assert len({(line.section, line.key) for line in found}) == len(found)
            assert (
                differences(replace(catalogue, items={text.id: (text,)}), replace(catalogue, items={text.id: (text,)}))
                == []
            )


def test_a_statute_that_is_no_longer_kept_is_still_named_in_what_was_told(make: Any) -> None:
    before = make.catalogue(make.item())
    after = replace(make.catalogue(make.item(basis=(), basis_note="某文")), statutes={})
    [found] = differences(before, after)
    [difference] = found.differences
    assert difference.before.startswith("《住房公积金管理条例》")
    assert difference.after == "某文"


def test_what_papers_say_otherwise_is_told_paper_by_paper(make: Any) -> None:
    centre = Source("centre", document="临住金〔2026〕18号")
    before = replace(make.catalogue(make.item()), form_sentences={"回执": (FormSentence("甲。"), FormSentence("乙。"))})
    own = (FormSentence("甲。", "丙。", centre), FormSentence("乙。"))
    after = replace(before, form_sentences={"回执": own, "指引单": (FormSentence("丁。", source=centre),)})
    assert [each.in_words() for each in differences(before, after)] == [
        "回执 文书用语（改动）：文书用语：“甲。”改为“丙。〔临住金〔2026〕18号〕”",
        "指引单 文书用语（改动）：文书用语：“丁。”改为“丁。〔临住金〔2026〕18号〕”",
    ]
    less = replace(after, form_sentences={**after.form_sentences, "回执": own[:1]})
    assert differences(after, less) == []
