"""Who is A角 and who B角 of each window and post, and who stands on the posts while somebody is away."""

from __future__ import annotations

from dataclasses import replace

from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, Post
from counter_assistant.domain.registers.handover.roster import RosterLine, deputy_of, roster, with_stand_ins

LI = Clerk("0001", "李某", "综合科", "", "", "")
WANG = Clerk("0002", "王某", "综合科", "", "", "", corner="B")
ZHANG = Clerk("0003", "张某", "归集科", "", "", "")
ZHAO = Clerk("0004", "赵某", "贷款科", "", "", "")
WINDOW, CHECKS, LOANS = (
    Post("w", "受理岗", "综合科", "0001"),
    Post("r", "审核岗", "归集科", "0003", "0004"),
    Post("l", "贷款岗", "贷款科"),
)


def profile(*clerks: Clerk, posts: tuple[Post, ...] = (WINDOW, CHECKS, LOANS)) -> OfficeProfile:
    made = clerks or (LI, WANG, ZHANG, ZHAO)
    return OfficeProfile("中心", "管理部", "临", "示", "000001", "综合窗口 1", "12329", "", posts=posts, clerks=made)


def test_the_window_comes_first_then_each_post() -> None:
    assert roster(profile()) == (
        RosterLine("综合窗口 1", "", (LI,), (WANG,)),
        RosterLine("受理岗", "综合科", (LI,), (WANG,)),
        RosterLine("审核岗", "归集科", (ZHANG,), (ZHAO,)),
        RosterLine("贷款岗", "贷款科", (), ()),
    )


def test_without_a_b_role_there_is_no_line_for_the_window() -> None:
    assert [line.place for line in roster(profile(LI, ZHANG))] == ["受理岗", "审核岗", "贷款岗"]
    elsewhere = replace(WANG, department="贷款科")
    assert [line.place for line in roster(profile(LI, elsewhere))] == ["受理岗", "审核岗", "贷款岗"]


def test_nobody_is_their_own_b_role() -> None:
    own = profile(posts=(replace(CHECKS, deputy="0003"),))
    assert roster(own)[1] == RosterLine("审核岗", "归集科", (ZHANG,), ())
    assert deputy_of(own, "0003") == ""
    assert deputy_of(profile(), "0002") == ""


def test_the_b_role_of_the_post_goes_before_that_of_the_window() -> None:
    assert deputy_of(profile(), "0003") == "0004"
    assert deputy_of(profile(), "0001") == "0002"
    posts = (replace(WINDOW, deputy="0004"),)
    assert deputy_of(profile(posts=posts), "0001") == "0004"


def test_where_nobody_or_more_than_one_is_set_nobody_is_meant() -> None:
    assert deputy_of(profile(), "0004") == ""
    assert deputy_of(profile(), "0009") == ""
    two = replace(WANG, staff_number="0005")
    assert deputy_of(profile(LI, WANG, two), "0001") == ""
    assert deputy_of(profile(LI, WANG, two), "0002") == "0005"
    gone = (replace(CHECKS, deputy="0009"),)
    assert deputy_of(profile(posts=gone), "0003") == ""


def test_each_post_is_in_the_hands_of_who_acts_for_its_holder() -> None:
    made = profile()
    assert with_stand_ins(made, {}) is made
    acting = with_stand_ins(made, {"0003": "0004"})
    assert [post.holder for post in acting.posts] == ["0001", "0004", ""]
    assert acting.clerks == made.clerks
