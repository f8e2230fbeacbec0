"""柜台标识：what stands on each sign, and what is left open to be written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.papers.counter_sign import BLANK, Role, Sign, SignKind, read_time, window_name
from counter_assistant.domain.refusal import Refusal


def said(sign: Sign, *roles: Role) -> list[str]:
    return [line.text for line in sign.lines("某中心", "某管理部") if not roles or line.role in roles]


def test_a_suspended_window_says_until_when_and_where_to_go() -> None:
    sign = Sign(
        SignKind.SUSPENDED,
        "3号窗口",
        returns="14:30",
        instead="5号窗口",
        phone="0883-1",
        reason="系统维护",
        second="Dingz",
    )
    assert sign.lines("某中心", "某管理部") == (
        ("本窗口", Role.HEADLINE),
        ("暂停服务", Role.HEADLINE),
        ("Dingz", Role.SECOND),
        ("因系统维护暂停办理业务", Role.BODY),
        ("预计14:30恢复服务", Role.BODY),
        ("请到5号窗口办理", Role.BODY),
        ("咨询电话：0883-1", Role.BODY),
        ("某中心　某管理部　3号窗口", Role.FOOT),
    )


def test_another_day_stands_with_its_date() -> None:
    sign = Sign(SignKind.SUSPENDED, returns="9:00", day=date(2026, 11, 24))
    assert "预计11月24日9:00恢复服务" in said(sign)


def test_what_is_open_is_a_blank_to_write_on() -> None:
    assert said(Sign(SignKind.SUSPENDED, day=date(2026, 11, 24)), Role.BODY) == [
        f"预计{BLANK}恢复服务",
        f"请到{BLANK}办理",
    ]
    assert said(Sign(SignKind.AWAY), Role.BODY) == [
        f"经办人因{BLANK}离开",
        f"预计{BLANK}返回",
        f"请到{BLANK}办理，或者留言",
    ]
    assert said(Sign(SignKind.LEADER_ON_DUTY), Role.BODY) == [BLANK * 2]
    assert said(Sign(SignKind.LEADER_ON_DUTY), Role.FOOT) == ["某中心　某管理部"]


def test_a_message_says_who_left_and_why() -> None:
    sign = Sign(
        SignKind.AWAY, "3号窗口", returns="14:30", instead="5号窗口", phone="0883-1", clerk="李某", reason="开会"
    )
    assert said(sign) == [
        "暂时离开",
        "经办人李某因开会离开",
        "预计14:30返回",
        "请到5号窗口办理，或者留言",
        "联系电话：0883-1",
        "某中心　某管理部　3号窗口",
    ]


def test_a_model_post_names_who_holds_it() -> None:
    assert said(Sign(SignKind.MODEL_POST), Role.HEADLINE, Role.BODY) == ["共产党员", "示范岗"]
    assert said(Sign(SignKind.MODEL_POST, clerk="李某　受理岗", phone="0883-2"), Role.BODY) == [
        "李某　受理岗",
        "监督电话：0883-2",
    ]


def test_a_leader_on_duty_is_named() -> None:
    assert said(Sign(SignKind.LEADER_ON_DUTY, clerk="王某　主任"), Role.HEADLINE, Role.BODY) == [
        "带班领导",
        "王某　主任",
    ]


@pytest.mark.parametrize("kind", SignKind)
def test_a_headline_says_what_the_clerk_calls_it_or_what_people_read(kind: SignKind) -> None:
    headline = "".join(kind.headline)
    assert headline == (kind.label if kind is not SignKind.AWAY else "暂时离开")
    assert next(iter(kind.fields)) == "window"
    assert list(kind.fields)[-1] == "second"


def test_nobody_is_sent_to_the_window_that_is_closed() -> None:
    with pytest.raises(Refusal) as refused:
        Sign(SignKind.AWAY, "3号窗口", instead="3号窗口")
    assert refused.value.code == "sign-same-window"
    assert Sign(SignKind.MODEL_POST, "3号窗口", instead="3号窗口").free_texts() == {"本窗口": "3号窗口"}


@pytest.mark.parametrize(
    ("typed", "code", "what"),
    [
        ({"reason": "很" * 21}, "text-too-long", "原因"),
        ({"second": "a" * 41}, "text-too-long", "民族文字"),
        ({"instead": "5号\u202e窗口"}, "unprintable-text", "请到哪个窗口"),
    ],
)
def test_text_that_cannot_be_printed_is_refused_by_its_name(typed: dict[str, Any], code: str, what: str) -> None:
    with pytest.raises(Refusal) as refused:
        Sign(SignKind.SUSPENDED, **typed)
    assert refused.value.code == code
    assert what in str(refused.value)


def test_free_texts_are_those_of_the_sign_only() -> None:
    sign = Sign(SignKind.MODEL_POST, "3号窗口", reason="开会", clerk="李某")
    assert sign.free_texts() == {"本窗口": "3号窗口", "姓名和岗位": "李某"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""), ("  ", ""), ("14:30", "14:30"), ("14：30", "14:30"), ("1430", "14:30"), ("930", "9:30"), ("09:05", "9:05"),
        ("14点30分", "14:30"), ("14点", "14:00"), ("14", "14:00"), ("0:00", "0:00"), ("23:59", "23:59"),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_typed(typed: str, read: str) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "14:60", "下午", "14:3", "14:300", "-1", "１４:30"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_time(typed)
    assert refused.value.code == "bad-sign-time"
    assert typed in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "name"), [("5", "5号窗口"), (" 05 ", "5号窗口"), ("综合窗口 2", "综合窗口 2"), ("", ""), ("５", "５")]
)
def test_a_number_alone_is_a_window(typed: str, name: str) -> None:
    assert window_name(typed) == name
