"""The office profile: a clerk is found by number or by an unambiguous name, and the profile survives being stored."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.people.office_profile import (
    Body,
    Clerk,
    OfficeProfile,
    Post,
    Switch,
    check_profile,
)
from counter_assistant.domain.refusal import Refusal

LI, SECOND_LI = (Clerk(n, "李某", "归集科", "科员", "收件", "0883-1") for n in ("001", "002"))
ZHANG = Clerk("003", "张某", "归集科", "科长", "审核", "0883-3", corner="B")
POSTS = (
    Post("reviewer", "审核岗", "归集科", "003"),
    Post("vacant", "空岗", "归集科"),
    Post("left", "离职", "归集科", "999"),
)
PROFILE = OfficeProfile(
    "某中心", "某管理部", "临公积金", "耿一", "530926", "综合窗口1", "0883-0", "12329、12345",
    shared_materials=("title-deed",), posts=POSTS, clerks=(LI, ZHANG), current_clerk="001", switches={"tolerate": True},
)  # fmt: skip


@pytest.mark.parametrize(("wanted", "found"), [("", LI), ("001", LI), ("张某", ZHANG), ("003", ZHANG)])
def test_a_clerk_is_found(wanted: str, found: Clerk) -> None:
    assert PROFILE.clerk(wanted) == found


def test_a_staff_number_goes_before_a_name() -> None:
    odd = Clerk("李某", "王某", "", "", "", "")
    assert replace(PROFILE, clerks=(LI, odd)).clerk("李某") == odd


def test_an_unknown_clerk_is_refused_with_those_who_are_known() -> None:
    with pytest.raises(Refusal, match="没有经办人“王某”") as refused:
        PROFILE.clerk("王某")
    assert (refused.value.code, refused.value.remedy) == ("unknown-clerk", "已登记的有：李某（001）、张某（003）。")
    with pytest.raises(Refusal) as refused:
        replace(PROFILE, clerks=()).clerk("王某")
    assert refused.value.remedy == "已登记的有：无。"


def test_a_name_that_two_share_is_refused_with_both_numbers() -> None:
    with pytest.raises(Refusal, match="有 2 位经办人叫“李某”") as refused:
        replace(PROFILE, clerks=(LI, SECOND_LI)).clerk("李某")
    assert (refused.value.code, refused.value.remedy) == ("ambiguous-clerk", "请改用工号：001、002。")


@pytest.mark.parametrize(("number", "name"), [("", "李某"), ("001", "")])
def test_a_clerk_has_a_number_and_a_name(number: str, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        Clerk(number, name, "", "", "", "")
    assert refused.value.code == "clerk-incomplete"


def test_who_holds_a_post() -> None:
    holders = {post.id: PROFILE.holder(post) for post in POSTS}
    assert holders == {"reviewer": ZHANG, "vacant": None, "left": None}
    assert PROFILE.post("reviewer") == POSTS[0]
    assert PROFILE.post("nobody") is None


def test_a_profile_reads_back_from_json() -> None:
    stored = json.loads(json.dumps({**PROFILE.to_payload(), "schema": 1}))
    assert OfficeProfile.from_payload(stored) == PROFILE


def test_the_usual_bodies_are_kept_in_their_order() -> None:
    bodies = (Body("某县民政局", "结婚证", "示例路3号", "0883-0000300"), Body("某县公证处"))
    stored = json.loads(json.dumps(replace(PROFILE, bodies=bodies).to_payload()))
    assert OfficeProfile.from_payload(stored).bodies == bodies
    assert (bodies[1].what_for, bodies[1].address, bodies[1].phone) == ("", "", "")
    del stored["bodies"]
    assert OfficeProfile.from_payload(stored).bodies == (), "a profile of before they were kept"


def test_a_profile_of_an_older_schema_has_no_posts_yet() -> None:
    needed = ("unit", "branch", "short_name", "installation_name", "installation_code", "window", "hotlines")
    old = {key: PROFILE.to_payload()[key] for key in (*needed, "supervision_phone")}
    read = OfficeProfile.from_payload(old)
    assert (read.posts, read.clerks, read.shared_materials, read.confirmed) == ((), (), (), False)
    assert read.supplement_days == 0
    assert (read.address, read.hours, read.fee, read.banks, read.online, read.result) == ("",) * 6


def test_a_promise_beyond_the_code_is_off_until_the_office_decides() -> None:
    assert [switch for switch in Switch if PROFILE.switched(switch)] == []
    decided = replace(PROFILE, switches={Switch.ANY_WINDOW: True})
    assert [switch for switch in Switch if decided.switched(switch)] == [Switch.ANY_WINDOW]
    assert len({switch.label for switch in Switch}) == len(Switch)


@pytest.mark.parametrize("yuan", [-1, 10_000_001])
def test_a_limit_for_heirs_that_cannot_be_meant_is_refused(yuan: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_profile(replace(PROFILE, inheritance_limit=yuan))
    assert refused.value.code == "bad-inheritance-limit"
    check_profile(replace(PROFILE, inheritance_limit=10_000))


def test_a_post_is_called_by_its_code() -> None:
    assert PROFILE.post_names == {"reviewer": "审核岗", "vacant": "空岗", "left": "离职"}


@pytest.mark.parametrize(
    ("changed", "code", "sentence"),
    [
        ({"branch": " "}, "profile-incomplete", "网点名称不能为空。"),
        ({"installation_code": "53092"}, "bad-installation-code", "安装点代码应为 6 位数字。"),
        ({"installation_code": "53092X"}, "bad-installation-code", "安装点代码应为 6 位数字。"),
        (
            {"clerks": (LI, ZHANG, replace(ZHANG, staff_number="001"))},
            "staff-number-twice",
            "有两位经办人用了工号 001。",
        ),
        ({"closing_time": "24:00"}, "bad-closing-time", "下班时间“24:00”无法识别。"),
        ({"closing_time": "5:30"}, "bad-closing-time", "下班时间“5:30”无法识别。"),
    ],
)
def test_a_profile_that_cannot_be_right_is_refused(changed: dict[str, Any], code: str, sentence: str) -> None:
    check_profile(PROFILE)
    with pytest.raises(Refusal) as refused:
        check_profile(replace(PROFILE, **changed))
    assert (refused.value.code, refused.value.sentence) == (code, sentence)
