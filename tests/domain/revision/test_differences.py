"""What changed is said line by line, in the words that people read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Handling, Note, Step
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.differences import (
    NOTHING,
    Difference,
    Happened,
    Said,
    differences,
    line_differences,
    lines,
    source_in_words,
)
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


def test_every_line_of_a_text_stands_in_the_order_of_the_guide(make: Any) -> None:
    item = make.item(
        also_called=("甲", "乙"), handling=((OTHER, Handling.PROMISE), (Always(), Handling.DIRECT)), basis_note="某文",
        conditions=(replace(make.condition("sound", OTHER), next_step="可改办别的"),), notes=(Note("额度", CENTRE, OTHER),),
        questions=(make.question("who", "self", "other"), make.question("lease", "yes", "no", when=OTHER)),
        materials=(make.rule("letter", OTHER),), steps=(Step("审核", "归集提取科", "reviewer"),),
        statutory=(replace(make.limit(3, "day", "acceptance", make.law_2026), when=OTHER, by="上级"),),
    )  # fmt: skip
    guide = "参照上海 2023 年指南"
    found = [
        (line.section, line.key, line.said.words, line.said.source) for line in lines(item, make.catalogue().statutes)
    ]
    assert found == [
        ("名称", "", "某项提取", ""),
        ("又叫", "", "甲、乙", ""),
        ("承办部门", "", "归集提取科", ""),
        ("办理方式", "promise", "承诺办理，如who是other", ""),
        ("办理方式", "direct", "直接办理", ""),
        ("政策依据", "", "《住房公积金管理条例》（2026年修订）第二十四条第一款第一项；某文", ""),
        ("资格要求", "sound", "符合sound", guide),
        ("不符合时", "sound", "您与sound不符；可改办别的，如who是other", ""),
        ("说明", "额度", "额度，如who是other", "临住金〔2026〕18号第五条"),
        ("情形", "who", "who？（self键＝who是self、other键＝who是other）", ""),
        ("情形", "lease", "lease？（yes键＝lease是yes、no键＝lease是no），如who是other", ""),
        ("材料", "letter", "材料letter，原件1，某单位出具，须提供。签名，如who是other", guide),
        ("不得要求", "single-certificate", "某证明。国家不再要求", guide),
        ("审批环节", "审核", "审核　归集提取科　reviewer", ""),
        ("法定时限", "上级", "上级自受理之日起 3 日，如who是other", "住房公积金管理条例第二十五条"),
        ("承诺时限", "", "当场或者当天", "守则一(七)1"),
        ("办理程序", "", "窗口申请", ""),
        ("办事流程", "", "申请 → 审核", ""),
        ("服务标准", "", "一次性告知", ""),
        ("补齐", "", "补齐后再来", ""),
        ("预告的救济途径", "", "决定书将告知救济途径", ""),
        ("不予办理的救济途径", "", "可以申请行政复议", ""),
    ]


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
    twice = differences(one, make.catalogue(make.item(name="新", flow="申请")))
    assert twice[0].in_words() == "T01 新（改动）：名称：“某项提取”改为“新”；办事流程：“申请 → 审核”改为“申请”"
    assert found[1].in_words() == "T02 某项提取（新增）"


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
    assert difference.before.words.startswith("《住房公积金管理条例》")
    assert difference.after == Said("某文")


def test_the_words_of_a_line_and_what_carries_them_are_two_things(make: Any) -> None:
    """GIVEN a sentence that ends in brackets of its own THEN they are never taken for what carries it."""
    before = make.item(conditions=(make.condition("sound"),))
    ending = replace(before.conditions[0], text="符合《办法》〔2019〕", source=CENTRE)
    [found] = differences(make.catalogue(before), make.catalogue(replace(before, conditions=(ending,))))
    assert found.differences == (
        Difference(
            "资格要求",
            Said("符合sound", "参照上海 2023 年指南"),
            Said("符合《办法》〔2019〕", "临住金〔2026〕18号第五条"),
        ),
    )
    assert (Said("甲", "乙").in_words(), Said("甲").in_words(), NOTHING.in_words()) == ("甲〔乙〕", "甲", "")


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


def test_a_step_that_is_renamed_is_one_line_and_names_its_post(make: Any) -> None:
    step = Step("审定上报", "中心领导", "leader")
    before = make.item(steps=(Step("审核", "归集提取科"), step))
    after = replace(before, steps=(before.steps[0], replace(step, name="集体研究上报")))
    [line] = line_differences(before, after, make.catalogue().statutes, {"leader": "分管领导"})
    assert line.in_words() == "审批环节：“审定上报　中心领导　分管领导”改为“集体研究上报　中心领导　分管领导”"


def test_a_step_put_before_the_others_is_one_line(make: Any) -> None:
    steps = (Step("受理", "科"), Step("审核", "科"), Step("审批", "科"))
    before = make.item(steps=steps)
    found = line_differences(before, replace(before, steps=(Step("预审", "科"), *steps)), make.catalogue().statutes)
    assert [line.in_words() for line in found] == ["审批环节：新增“预审　科”"]
    found = line_differences(before, replace(before, steps=steps[1:]), make.catalogue().statutes)
    assert [line.in_words() for line in found] == ["审批环节：删去“受理　科”"]


def test_a_paper_stands_in_the_place_of_an_item(make: Any) -> None:
    before = make.catalogue(make.item())
    after = replace(
        make.catalogue(make.item(name="新")), form_sentences={"回执": (FormSentence("甲。", "乙。", CENTRE),)}
    )
    assert {each.item: each.of_paper for each in differences(before, after)} == {"T01": False, "回执": True}
