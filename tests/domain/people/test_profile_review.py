"""What papers print of an office, what of it is still the example's, and that a confirmed profile never holds that."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest

from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, Post, Switch
from counter_assistant.domain.people.profile_review import (
    NOT_PRINTED,
    PRINTED,
    VACANT,
    ReviewLine,
    examples,
    in_names,
    in_words,
    refuse_examples,
    review,
)
from counter_assistant.domain.refusal import Refusal

EXAMPLE = OfficeProfile(
    "某市住房公积金管理中心", "示例管理部", "某公积金", "示一", "000001", "综合窗口 1", "0883-0000009", "12329、12345",
    posts=(Post("window", "综合受理岗", "综合服务科", "0001"),),
    clerks=(
        Clerk("0001", "李某", "综合服务科", "科员", "综合受理岗", "0883-0000001"),
        Clerk("0002", "王某", "综合服务科", "科员", "综合受理岗", "0883-0000001", "B"),
    ),
    current_clerk="0001",
)  # fmt: skip
LUO = Clerk("0001", "罗𠅤克", "综合服务科", "科员", "综合受理岗", "0883-2120001")
OWN = replace(
    EXAMPLE, branch="耿马管理部", installation_name="耿一", installation_code="530926", supervision_phone="0883-2120009",
    clerks=(LUO,),
)  # fmt: skip


def line(profile: OfficeProfile, group: str, key: str = "") -> ReviewLine:
    (found,) = [one for one in review(profile, EXAMPLE) if (one.group, one.key) == (group, key)]
    return found


def kinds() -> set[type]:
    """OfficeProfile, and each class that it keeps a list of."""
    hints = get_type_hints(OfficeProfile).values()
    inner = [kind for hint in hints for kind in get_args(hint) if isinstance(kind, type)]
    return {OfficeProfile, *filter(is_dataclass, inner)}


def test_every_class_of_the_profile_is_in_both_tables() -> None:
    assert {OfficeProfile, Clerk, Post} <= kinds() == PRINTED.keys() == NOT_PRINTED.keys()


@pytest.mark.parametrize("kind", sorted(kinds(), key=str))
def test_every_field_is_listed_as_printed_or_named_as_not(kind: type) -> None:
    """A field added later must be put into one of the two tables, else the review would forget it."""
    names = [field.name for field in fields(kind)]
    assert sorted([*PRINTED[kind], *NOT_PRINTED[kind]]) == sorted(names)


def test_each_field_has_a_label_and_each_exception_a_reason() -> None:
    labels = [printed.label for table in PRINTED.values() for printed in table.values()]
    assert all(labels)
    assert all(printed.where for table in PRINTED.values() for printed in table.values())
    assert all(reason for table in NOT_PRINTED.values() for reason in table.values())


def test_the_review_has_a_line_for_each_field_clerk_and_post() -> None:
    lines = review(EXAMPLE, EXAMPLE)
    single = [name for name in PRINTED[OfficeProfile] if name not in ("clerks", "posts", "bodies")]
    assert [one.group for one in lines] == [*single, "clerks", "clerks", "posts", "bodies"]
    assert [(one.key, one.text) for one in lines[-4:-1]] == [
        ("0001", "李某　综合服务科　综合受理岗　0883-0000001"),
        ("0002", "王某　综合服务科　综合受理岗　0883-0000001"),
        ("window", "综合受理岗　李某　0883-0000001"),
    ]
    assert [one.label for one in lines[:2]] == ["单位名称", "网点名称"]


def test_of_the_example_only_what_cannot_be_anybodys_own_stops() -> None:
    found = examples(EXAMPLE, EXAMPLE)
    assert in_names(found) == "网点名称、安装点简称、安装点代码、监督电话、经办人李某、王某的姓名和电话"
    other = replace(EXAMPLE, clerks=(EXAMPLE.clerks[0], replace(LUO, name="王某")))
    assert in_names(examples(other, EXAMPLE)).endswith("、经办人李某的姓名和电话、经办人王某的姓名")


def test_the_same_name_of_the_centre_is_marked_and_does_not_stop() -> None:
    assert examples(OWN, EXAMPLE) == ()
    same = [one.group for one in review(OWN, EXAMPLE) if one.same]
    assert same == ["unit", "window", "short_name", "hotlines", "closing_time", "clerks", "posts"]
    assert not line(replace(OWN, window="综合窗口 2"), "window").same
    assert not line(replace(OWN, hotlines=""), "hotlines").same
    assert not line(replace(OWN, number_digits=3), "number_digits").same


@pytest.mark.parametrize(
    ("clerk", "wrong"),
    [
        (replace(LUO, name="赵某"), "经办人赵某的姓名"),
        (replace(LUO, name="李某"), "经办人李某的姓名"),
        (replace(LUO, phone="08830000077"), "经办人罗𠅤克的电话"),
        (replace(LUO, phone="0883-0000001"), "经办人罗𠅤克的电话"),
        (replace(LUO, duty="示例岗"), "经办人罗𠅤克的职责"),
    ],
)
def test_a_marker_stops_whoever_holds_it(clerk: Clerk, wrong: str) -> None:
    assert in_names(examples(replace(OWN, clerks=(clerk,)), EXAMPLE)) == wrong


@pytest.mark.parametrize("clerk", [replace(LUO, name="某兰"), replace(LUO, phone="0883-2100000"), LUO])
def test_what_only_looks_like_a_marker_does_not_stop(clerk: Clerk) -> None:
    assert examples(replace(OWN, clerks=(clerk,)), EXAMPLE) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("branch", "示例管理部"), ("installation_name", "示一"), ("installation_code", "000001"),
        ("supervision_phone", "0883-0000009"), ("supervision_phone", "0883-0999999"), ("unit", "示例单位"),
        ("window", "示例窗口"),
    ],
)  # fmt: skip
def test_a_field_of_the_office_stops(field: str, value: str) -> None:
    change: dict[str, Any] = {field: value}
    assert [one.group for one in examples(replace(OWN, **change), EXAMPLE)] == [field]


def test_a_list_that_is_empty_is_said_in_one_line() -> None:
    assert (line(replace(OWN, posts=()), "posts").text, line(replace(OWN, clerks=()), "clerks").text) == (
        "没有",
        "没有",
    )
    assert [one.example for one in review(OWN, replace(EXAMPLE, clerks=())) if one.group == "clerks"] == [False]


def test_a_post_shows_who_holds_it() -> None:
    assert line(OWN, "posts", "window").text == "综合受理岗　罗𠅤克　0883-2120001"
    vacant = replace(OWN, posts=(replace(OWN.posts[0], holder=""),))
    assert line(vacant, "posts", "window").text == f"综合受理岗　{VACANT}"
    for profile in (OWN, vacant):
        parts = line(profile, "posts", "window").parts
        assert [(part.field, part.label) for part in parts] == [("name", "岗位名称"), ("holder", "由谁担任")]
    assert [part.field for part in line(OWN, "branch").parts] == ["branch"]


def test_a_post_that_an_examples_clerk_holds_stands_out_and_is_put_right_with_the_clerk() -> None:
    held = line(EXAMPLE, "posts", "window")
    assert (held.example, held.stops, [part.field for part in held.parts if part.example]) == (True, False, ["holder"])
    own = line(OWN, "posts", "window")
    assert (own.example, own.stops, own.same) == (False, False, True)


def test_an_empty_part_leaves_no_gap() -> None:
    assert line(replace(OWN, clerks=(replace(LUO, department=""),)), "clerks", "0001").text == (
        "罗𠅤克　综合受理岗　0883-2120001"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "是"), (False, "否"), (0, "不补零"), (4, "补到 4 位"), ((), "没有"), (("id-card",), "1 种"),
        ({}, "没有"), ({Switch.ANY_WINDOW: False}, "没有"), ("耿一", "耿一"),
        ({Switch.ANY_WINDOW: True, Switch.DEPUTY_DELIVERY: True}, "任一窗口可以补交；可以请他人代交或者邮寄"),
    ],
)  # fmt: skip
def test_a_value_is_read_in_words(value: object, words: str) -> None:
    assert in_words("number_digits", value) == words


def test_days_are_no_digits() -> None:
    assert [in_words("supplement_days", days) for days in (0, 10)] == ["不定日期", "10 日"]
    assert [in_words("inheritance_limit", yuan) for yuan in (0, 10_000)] == ["不设限额", "10000 元"]


def test_a_profile_with_example_values_is_not_confirmed() -> None:
    with pytest.raises(Refusal) as refused:
        refuse_examples(replace(OWN, branch="示例管理部", confirmed=True), EXAMPLE, OWN)
    assert (refused.value.code, refused.value.sentence) == (
        "profile-example", "还有 1 行是示例，不能确认：网点名称。",
    )  # fmt: skip
    assert refused.value.remedy == "请在设置里改成本单位的，再核对确认。"


def test_what_is_not_confirmed_or_all_ones_own_is_not_refused() -> None:
    refuse_examples(EXAMPLE, EXAMPLE, EXAMPLE)
    refuse_examples(replace(OWN, confirmed=True), EXAMPLE, EXAMPLE)


def test_what_a_confirmed_profile_held_already_blocks_nobody() -> None:
    """GIVEN a profile confirmed by an earlier version with example people WHEN the clerk is switched THEN it is recorded."""
    earlier = replace(EXAMPLE, confirmed=True)
    refuse_examples(replace(earlier, current_clerk="0002", branch="耿马管理部"), EXAMPLE, earlier)
    with pytest.raises(Refusal) as refused:
        refuse_examples(
            replace(earlier, clerks=(*earlier.clerks, replace(LUO, staff_number="0009", name="张某"))), EXAMPLE, earlier
        )
    assert (refused.value.code, str(refused.value)) == (
        "profile-example", "已确认的资料里不能再有示例：经办人张某的姓名。请改成本单位的再保存。",
    )  # fmt: skip
    with pytest.raises(Refusal, match="还有 6 行"):
        refuse_examples(earlier, EXAMPLE, EXAMPLE)
