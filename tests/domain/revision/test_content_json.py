"""What the catalogue says is written as JSON and read back the same; anything else is refused with its place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Condition, Not
from counter_assistant.domain.catalogue.items import Approval, Catalogue, Note, ServiceItem
from counter_assistant.domain.catalogue.materials import MaterialRule
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import Article
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_json import (
    DEEPEST,
    BrokenContent,
    catalogue_from_json,
    catalogue_to_json,
    from_json,
    to_json,
)
from counter_assistant.operations.program import program
from tests.domain.conftest import RULES

WHO = Answered("who", ("self", "other"))


def test_the_whole_catalogue_is_written_and_read_back() -> None:
    catalogue = program().catalogue
    read = catalogue_from_json(json.loads(json.dumps(catalogue_to_json(catalogue), ensure_ascii=False)))
    assert {id_: read.items[id_] for id_ in catalogue.items} == dict(catalogue.items)
    assert (read.version, read.questions, read.statutes) == (catalogue.version, catalogue.questions, catalogue.statutes)
    assert dict(read.materials) == dict(catalogue.materials)
    assert len(read.items) == len(catalogue.items)
    assert "B08" in read.items
    assert "Z99" not in read.items
    assert list(read.items) == list(catalogue.items)


def test_the_newest_text_of_an_item_comes_first(make: Any) -> None:
    older, newer = (make.item(effective_from=date(2026, month, 1)) for month in (9, 10))
    written = catalogue_to_json(Catalogue("1", {"T01": (older, newer)}, {}, {}, {}))
    items = catalogue_from_json(written).items
    assert items["T01"] == (newer, older)
    assert items["T01"] is items["T01"]


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        (Always(), {}),
        (WHO, {"q": "who", "in": ["self", "other"]}),
        (Not(WHO), {"not": {"q": "who", "in": ["self", "other"]}}),
        (All((WHO, Always())), {"all": [{"q": "who", "in": ["self", "other"]}, {}]}),
        (AnyOf((WHO,)), {"any": [{"q": "who", "in": ["self", "other"]}]}),
    ],
)
def test_a_condition_is_written_in_the_four_words(make: Any, condition: Condition, written: dict[str, Any]) -> None:
    assert to_json(condition) == written
    rule = make.rule("letter", condition)
    assert from_json(MaterialRule, to_json(rule)) == rule


def test_what_holds_its_default_is_left_out() -> None:
    assert to_json(Source("code", clause="一(七)1")) == {"kind": "code", "clause": "一(七)1"}
    assert to_json(Source("centre", day=date(2026, 12, 3))) == {"kind": "centre", "day": "2026-12-03"}
    assert from_json(
        Approval, {"number": "9号", "date": "2026-12-03", "approver": "办公会", "effective_from": None}
    ) == Approval("9号", date(2026, 12, 3), "办公会")


SOURCE: dict[str, Any] = {"kind": "code"}


@pytest.mark.parametrize(
    ("kind", "written", "place"),
    [
        (Source, {"kind": "code", "colour": "red"}, "colour 处这一项不认识"),
        (Source, {}, "kind 处没有写"),
        (Source, [], "开头 处应当是一组"),
        (Source, {"kind": 1}, "kind 处不是应有的"),
        (Source, {"kind": "code", "year": True}, "year 处不是应有的"),
        (Source, {"kind": "code", "day": "2026-02-30"}, "day 处“2026-02-30”不认识"),
        (Source, {"kind": "code", "day": 7}, "day 处不是应有的文字"),
        (Source, {"kind": "code", "day": [["2026-02-03"]]}, "day 处不是应有的文字"),
        *(
            (Article, {"paragraphs": 1, "points": {key: 1}}, f"points 处“{key}”不是数字")
            for key in ("x", "", "-1", "01", "１", "1234567890")
        ),
        (ServiceItem, {"also_called": "甲"}, "id 处没有写"),
        (tuple[str, ...], "甲", "开头 处应当是一列"),
        (tuple[str, int], ["甲"], "开头 处应当有 2 项"),
        (tuple[str, ...], ["甲", 2], "[2] 处不是应有的"),
    ],
)
def test_what_is_not_known_is_refused_with_its_place(kind: Any, written: Any, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        from_json(kind, written)
    assert refused.value.code == "broken-content"
    assert place in refused.value.sentence


@pytest.mark.parametrize(
    "condition",
    [
        {"q": "who"}, {"q": "who", "in": ["self"], "or": 1}, {"q": 1, "in": ["self"]}, {"all": {}}, {"any": 1},
        {"not": []}, {"xor": []}, {"q": "who", "in": [1]}, {"not": {}, "all": []}, {"all": [], "any": []}, {"any": [], "q": 1},
    ],
)  # fmt: skip
def test_a_condition_in_other_words_is_refused(make: Any, condition: Any) -> None:
    written = to_json(make.rule("letter")) | {"when": condition}
    with pytest.raises(Refusal, match="when"):
        from_json(MaterialRule, written)


@pytest.mark.parametrize("word", ["not", "all", "any"])
def test_conditions_stand_in_one_another_as_deep_as_anybody_writes_them_and_no_deeper(make: Any, word: str) -> None:
    def nested(levels: int) -> Any:
        condition: Any = {}
        for _ in range(levels):
            condition = {word: condition if word == "not" else [condition]}
        return to_json(make.rule("letter")) | {"when": condition}

    most = DEEPEST - 1 if word == "not" else (DEEPEST - 1) // 2
    assert to_json(from_json(MaterialRule, nested(most))) == nested(most)
    with pytest.raises(Refusal) as refused:
        from_json(MaterialRule, nested(most + 1), "rule")
    assert refused.value.sentence == "内容里 rule.when 处套得太深。"


def test_an_items_own_fault_is_told_when_it_is_read(make: Any) -> None:
    written = catalogue_to_json(Catalogue("1", {"T01": (make.item(),)}, {}, {}, {}))
    written["items"]["T01"][0]["handling"] = [[{}, "quickly"]]
    catalogue = catalogue_from_json(written)
    with pytest.raises(Refusal) as refused:
        _ = catalogue.items["T01"]
    assert "items.T01[1].handling[1][2] 处“quickly”不认识" in refused.value.sentence


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        (lambda c: c.pop("statutes"), "statutes", "没有写"),
        (lambda c: c.update(forms={}), "forms", "这一项不认识"),
        (lambda c: c.update(version=1), "version", "不是应有的文字或者数字"),
        (lambda c: c.update(items=[]), "items", "应当是一组名称和内容"),
        (lambda c: c.update(questions=[]), "questions", "应当是一组名称和内容"),
        (lambda c: c.update(materials={"card": 1}), "materials.card", "应当是一组名称和内容"),
        (
            lambda c: c["statutes"][RULES]["versions"][0].update(year=1),
            f"statutes.{RULES}.versions[1].year",
            "这一项不认识",
        ),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told_with_its_place(make: Any, change: Any, place: str, fault: str) -> None:
    written = json.loads(json.dumps(catalogue_to_json(make.catalogue(make.item()))))
    change(written)
    with pytest.raises(BrokenContent) as refused:
        catalogue_from_json(written)
    assert (refused.value.place, refused.value.fault) == (place, fault)
    assert str(refused.value) == f"内容里 {place} 处{fault}。请换一份没有改动过的文件。"


def test_the_whole_is_called_its_beginning() -> None:
    nothing: list[Any] = []
    for value in (nothing, None):
        with pytest.raises(BrokenContent) as refused:
            catalogue_from_json(value)
        assert (refused.value.code, refused.value.place) == ("broken-content", "开头")


def test_a_condition_within_others_is_refused_at_its_place(make: Any) -> None:
    rule = to_json(make.rule("letter"))
    for word in ("all", "any"):
        with pytest.raises(BrokenContent) as refused:
            from_json(MaterialRule, rule | {"when": {word: [{}, {"not": {"xor": 1}}]}}, "rule")
        assert (refused.value.place, refused.value.fault) == (f"rule.when.{word}[2].not", "条件写得不对")


def test_a_pair_is_read_as_two_and_what_holds_an_empty_default_is_left_out(make: Any) -> None:
    assert from_json(tuple[str, int], ["甲", 2]) == ("甲", 2)
    with pytest.raises(BrokenContent, match=r"\[2\] 处不是应有的"):
        from_json(tuple[str, int], ["甲", "乙"])
    note = Note("额度", make.guide)
    assert set(to_json(note)) == {"text", "source"}
    assert from_json(Note, to_json(note)) == note


def test_a_catalogue_without_a_part_is_refused(make: Any) -> None:
    written = catalogue_to_json(Catalogue("1", {"T01": (make.item(),)}, {}, {}, {}))
    del written["statutes"]
    with pytest.raises(Refusal, match="statutes"):
        catalogue_from_json(written)
