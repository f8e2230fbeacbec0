"""核对说的每一处，都找得到它在事项里的那一行，而且说的是中文."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.conditions import Always, Answered
from counter_assistant.domain.catalogue.items import EligibilityCondition, Handling, Note, Step
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.revision.editing.places import Spot, in_words, said_of, spots
from tests.domain.conftest import Make

OTHER = Answered("who", ("other",))


@pytest.mark.parametrize(
    ("place", "expected", "words"),
    [
        ("name", [Spot("name")], "事项名称"),
        ("service.flow", [Spot("flow")], "办事流程"),
        ("redress.announced", [Spot("redress")], "预告的救济途径"),
        ("limits.promised", [Spot("promised")], "承诺时限"),
        ("limits.promised.source", [Spot("promised", None, "source")], "承诺时限"),
        ("limits.statutory", [Spot("statutory")], "法定时限"),
        ("limits.statutory[1].when", [Spot("statutory", 0, "when")], "法定时限“第 1 行”"),
        ("handling", [Spot("handling")], "办理方式"),
        ("handling[2].when", [Spot("handling", 1, "when")], "办理方式“第 2 行”"),
        ("question[who].options", [Spot("questions", 0, "options")], "情形“who”"),
        ("condition[sound].broken_when", [Spot("conditions", 0, "broken_when")], "资格要求“符合sound”"),
        ("note[1].when", [Spot("notes", 0, "when")], "说明“要知道”"),
        ("material", [Spot("materials")], "材料"),
        ("material[letter].when", [Spot("materials", 1, "when"), Spot("materials", 2, "when")], "材料“材料letter”"),
        ("material[letter]", [Spot("materials", 1), Spot("materials", 2)], "材料“材料letter”"),
        ("material[gone].name", [Spot("materials")], "材料"),
        ("never_ask[single-certificate].why", [Spot("never_ask", 0, "why")], "不得要求“某证明”"),
        ("step[审核]", [Spot("steps", 0)], "审批环节“审核”"),
        ("basis[1]", [Spot("basis", 0)], "政策依据“第 1 行”"),
        ("effective_to", [Spot("")], "本事项"),
        ("？", [Spot("")], "本事项"),
    ],
)  # fmt: skip
def test_each_place_is_a_row_of_the_text(make: Make, place: str, expected: list[Spot], words: str) -> None:
    item = make.item(
        handling=((OTHER, Handling.PROMISE), (Always(), Handling.DIRECT)), notes=(Note("要知道", make.guide),),
        materials=(make.rule("id-card"), make.rule("letter", OTHER), make.rule("letter", Answered("who", ("self",)))),
    )  # fmt: skip
    assert list(spots(item, place)) == expected
    assert in_words(item, place) == words


def test_what_the_check_says_of_anything_has_a_row_and_no_code(make: Make) -> None:
    """GIVEN a text in which nearly everything is wrong WHEN it is checked THEN each fault is told in words at its row."""
    item = make.item(
        name=" ", department="", steps=(Step("审核", ""), Step("审核", "")), procedure="", redress="", effective_to=None,
        questions=(make.question("who", "self", "other"), make.question("idle", "a"), make.question("who", "self", "other")),
        conditions=(EligibilityCondition("c", "符合", make.guide, OTHER), EligibilityCondition("d", "符合", make.guide, None, "您。")),
        materials=(make.rule("id-card", OTHER, keep_originals=1), make.rule("letter", OTHER, covers=("gone",), name="某证明")),
        never_ask=(replace(make.never("single-certificate"), why=""),),
        promised=make.limit(10**6), basis=(), handling=((OTHER, Handling.DIRECT),),
    )  # fmt: skip
    faults = check_item(item, make.catalogue(item))
    assert len(faults) > 15
    for fault in faults:
        assert all(spot.field for spot in spots(item, fault.place)), fault
        left = re.sub(r"who|idle|gone|id-card", "", said_of(item, fault))  # the names of the tests' own things
        assert not re.search("[a-z_]{3,}", left), left


def test_a_fault_is_told_with_names(make: Make) -> None:
    item = make.item()
    fault = Fault(
        "x", "与 material[letter] 同名；取决于“who”；没有 broken_when；“nobody”；“single-certificate”", warning=True
    )
    assert said_of(item, fault) == "提醒：与 “材料letter”同名；取决于“who”；没有 不符合的情形；“nobody”；“某证明”。"
