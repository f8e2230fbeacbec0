"""Which fields of the office profile a paper prints: the table of the review, held against the papers themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.counter_forms.filling import fill
from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import qr_digits, slip_number
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile, Post, Switch
from counter_assistant.domain.people.profile_review import PRINTED
from counter_assistant.operations.counter_forms.of_matter import forms_of
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.compose import compose
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.guides import guide
from counter_assistant.operations.publications.signs import plan_sign, proposed
from tests.decision_rows import FURTHER, ROWS
from tests.make import a_request, an_office, confirmed

COMPUTED = {"clerks", "posts", "switches", "shared_materials", "number_ordinal", "number_digits", "holder",
            "bodies", "supplement_days", "inheritance_limit"}  # fmt: skip
"""What is no text of its own: tried below by changing it."""
OTHER: dict[str, Any] = {
    "switches": dict.fromkeys(Switch, True), "shared_materials": ("marriage-certificate", "id-card", "title-deed"),
    "number_ordinal": True, "number_digits": 4, "confirmed": False, "supplement_days": 15,
    "inheritance_limit": 20_000,
}  # fmt: skip
CODE = "987654"
AN_HEIR = {"who": "heir", "succession": "first_order", "heirs": "one"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def papers(office: Office, profile: OfficeProfile) -> str:
    """All that is drawn on every kind of paper, on the forms of an heir, on a guide and on a sign, with number and code."""
    office.__dict__["profile"] = profile
    requests = [row[0] for row in ROWS.values() if "hold" not in row[0]] + list(FURTHER.values())
    matters = [assess(a_request(**changes), office.catalogue, profile, office.today()) for changes in requests]
    drafts = [compose(matter, matter.kind, office) for matter in matters if matter.kind]
    assert {draft.kind for draft in drafts} == set(SlipKind)
    texts = [text for draft in drafts for text in draft.texts()]
    texts += guide(office, "B01", office.today()).texts()
    heir = assess(a_request(item="B15", answers=AN_HEIR), office.catalogue, profile, office.today())
    forms = forms_of(office, heir, {})
    texts += [
        text for form in forms.forms for text in fill(form, office.program.counter_forms.asked, forms.case).texts()
    ]
    texts += [slip_number(kind, 2026, 1, profile) + qr_digits(kind, 2026, 1, profile) for kind in SlipKind]
    for kind in SignKind:
        sign = plan_sign(office, kind, proposed(office, kind))
        texts += map(str, sign.lines(profile.unit, profile.branch))
    return "\n".join(texts)


def told_apart(profile: OfficeProfile) -> OfficeProfile:
    """A profile in which every text says which field it is of."""
    said = [field.name for field in fields(Clerk) if field.name != "roles"]
    named: Callable[..., Clerk] = Clerk
    clerks = tuple(named(**{name: f"经{n}{name}" for name in said}) for n in range(len(profile.clerks)))
    number = dict(zip((clerk.staff_number for clerk in profile.clerks), clerks, strict=True))
    posts = tuple(
        Post(post.id, f"岗{n}name", f"岗{n}department", number[post.holder].staff_number)
        for n, post in enumerate(profile.posts)
    )
    texts: dict[str, Any] = {
        f.name: f"单{f.name}" for f in fields(OfficeProfile) if isinstance(getattr(profile, f.name), str)
    }
    texts |= {"installation_code": CODE, "closing_time": "16:59", "current_clerk": clerks[0].staff_number}
    return replace(profile, **texts, clerks=clerks, posts=posts)


def test_a_paper_prints_what_the_table_lists_and_nothing_else(office: Office) -> None:
    profile = told_apart(confirmed(office.profile))
    text = papers(office, profile)
    for kind, letter, members in (
        (OfficeProfile, "单", (profile,)), (Clerk, "经", profile.clerks), (Post, "岗", profile.posts),
    ):  # fmt: skip
        for field in fields(kind):
            values = [str(getattr(member, field.name)) for member in members]
            own = [value for value in values if value.startswith(letter) or value in (CODE, "16:59")]
            if field.name in PRINTED[kind] and field.name not in COMPUTED:
                assert any(value in text for value in own), f"{kind.__name__}.{field.name} stands on no paper"
            elif field.name not in COMPUTED:
                assert not any(value in text for value in own), f"{kind.__name__}.{field.name} is printed"


@pytest.mark.parametrize("field", [name for name in PRINTED[OfficeProfile] if name in OTHER])
def test_a_setting_of_the_table_changes_a_paper(office: Office, field: str) -> None:
    profile = confirmed(office.profile)
    assert papers(office, profile) != papers(office, replace(profile, **{field: OTHER[field]}))


def test_another_holder_of_a_post_is_another_name_on_paper(office: Office) -> None:
    profile = confirmed(office.profile)
    changed = replace(profile, posts=tuple(replace(post, holder="0002") for post in profile.posts))
    assert papers(office, profile) != papers(office, changed)


@pytest.mark.parametrize(("profile_of", "says"), [(confirmed, False), (lambda p: p, True), (lambda p: replace(p, confirmed=True), True)])  # fmt: skip
def test_papers_say_that_people_are_an_example_while_any_is(office: Office, profile_of: Any, says: bool) -> None:
    """Also where a profile was confirmed with example people by an earlier version."""
    assert ("机构人员为示例" in papers(office, profile_of(office.profile))) is says
