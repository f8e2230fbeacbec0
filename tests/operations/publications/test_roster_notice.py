"""The public notice of A角 and B角: every window and post, and nothing before anybody is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.people.office_profile import Clerk, Post
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.roster_notice import roster_notice
from counter_assistant.operations.registers.handover.recording import hand_over
from tests.make import an_office, confirmed, text_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        yield made


def set_deputies(office: Office, deputy: str = "0002") -> None:
    posts = tuple(replace(post, deputy=deputy) for post in office.profile.posts)
    office.decide_profile(replace(office.profile, posts=posts))


def test_it_names_both_of_every_window_and_post_with_their_phones(office: Office) -> None:
    set_deputies(office)
    lines = roster_notice(office).lines()
    assert lines[1] == "AB 角公示（示例）"
    for said in (
        "综合窗口 1 | 李某　0883-0000001 | 王某　0883-0000001", "贷款科　贷款审核岗 | 赵某　0883-0000004 | 王某　0883-0000001",
    ):  # fmt: skip
        assert said in lines
    assert not any("待设" in line for line in lines)
    assert any(office.profile.supervision_phone in line for line in lines)


def test_a_post_without_a_b_role_says_so(office: Office) -> None:
    assert sum("待设" in line for line in roster_notice(office).lines()) == 7


def test_a_vacant_post_is_left_out(office: Office) -> None:
    posts = tuple(replace(post, holder="") for post in office.profile.posts)
    office.decide_profile(replace(office.profile, posts=posts))
    assert not any("贷款审核岗" in line for line in roster_notice(office).lines())


def test_before_anybody_is_set_there_is_nothing_to_post(office: Office) -> None:
    clerks = tuple(replace(clerk, corner="A") for clerk in office.profile.clerks)
    office.decide_profile(replace(office.profile, clerks=clerks))
    with pytest.raises(Refusal) as refusal:
        roster_notice(office)
    assert refusal.value.code == "no-roster"
    assert "岗位" in refusal.value.remedy


def test_it_names_who_is_set_whoever_is_away_today(office: Office) -> None:
    office.decide_profile(confirmed(office.profile))
    before = roster_notice(office)
    hand_over(office, {"until": "+1", "reason": "培训", "witness": "0003"})
    assert roster_notice(office) == before
    assert before.mark == ""


def test_the_longest_names_and_many_posts_are_printed_to_their_end(office: Office) -> None:
    profile, name = office.profile, "罗" * 50
    clerks = (*profile.clerks, Clerk("0099", name, "归集提取科", "", "", "0883-2120099"))
    posts = tuple(Post(f"p-{n}", f"岗位{n}" + "长" * 40, "科" * 40, "0001", "0099") for n in range(40))
    office.decide_profile(replace(profile, clerks=clerks, posts=posts))
    pdf = office.program.typesetter.sheet(roster_notice(office))
    text = text_of(pdf)
    assert len(pypdfium2.PdfDocument(pdf)) > 1
    assert text.count("罗") == 40 * 50
    assert all(f"岗位{n}长" in text for n in range(40))
