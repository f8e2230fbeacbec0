"""Where one person both examines a matter and approves it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Step
from counter_assistant.domain.catalogue.one_decider import one_decider
from counter_assistant.domain.people.office_profile import Post
from tests.domain.people.test_office_profile import LI, PROFILE, ZHANG

STEPS = (Step("受理", "窗口", "window"), Step("审核", "归集科", "examines"), Step("审批", "归集科", "approves"))


@pytest.mark.parametrize(
    ("examines", "approves", "found"),
    [("003", "003", ZHANG), ("003", "001", None), ("", "003", None), ("003", "", None), ("001", "001", LI)],
)
def test_two_posts_of_one_person_are_noticed(make: Any, examines: str, approves: str, found: object) -> None:
    posts = (
        Post("window", "窗口", "", "003"),
        Post("examines", "审核岗", "", examines),
        Post("approves", "审批岗", "", approves),
    )
    assert one_decider(make.item(steps=STEPS), replace(PROFILE, posts=posts)) == found


def test_a_post_that_the_office_does_not_have_and_another_step_do_not_count(make: Any) -> None:
    posts = (Post("window", "窗口", "", "003"), Post("examines", "审核岗", "", "003"))
    assert one_decider(make.item(steps=STEPS), replace(PROFILE, posts=posts)) is None
