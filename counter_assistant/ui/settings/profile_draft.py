"""正在改的单位档案：everything typed so far, right or wrong, until it is saved or taken back.

Posts hold people and not staff numbers, so that a number can be corrected without leaving a post vacant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from counter_assistant.domain.people.office_profile import Body, Clerk, OfficeProfile, Post
from counter_assistant.domain.people.profile_review import PRINTED
from counter_assistant.domain.people.reviewing import kinds_where
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.phones import read_phone

LONGEST = 50

TOLD = ("address", "hours", "banks", "online", "result", "fee")
"""Where, when and how a matter is done here."""
TYPED = (
    "unit", "branch", "window", "short_name", "installation_name", "installation_code", "supervision_phone", "hotlines",
    "closing_time", *TOLD,
)  # fmt: skip
UNIT_FIELDS = {key: PRINTED[OfficeProfile][key].label for key in TYPED}
CLERK_FIELDS = {
    "staff_number": "工号", "name": "姓名", "department": "科室", "title": "职务", "duty": "职责", "phone": "电话",
}  # fmt: skip
BODY_FIELDS = {"name": "单位名称", "what_for": "去办什么", "address": "地址", "phone": "电话"}
_MAY_BE_EMPTY = {"hotlines", *TOLD, "department", "title", "body_what_for", "body_address", "body_phone"}

Faults = dict[str, str]
"""Field → one sentence that says what to do. A clerk's field is 'clerk/<place>/<field>', a body's 'body/<place>/<field>'."""


@dataclass(eq=False)
class ClerkDraft:
    """A clerk as typed. `saved_as` is the staff number in the book; empty for one that is new."""

    staff_number: str = ""
    name: str = ""
    department: str = ""
    title: str = ""
    duty: str = ""
    phone: str = ""
    corner: str = "A"
    saved_as: str = ""
    roles: tuple[str, ...] = ()

    def values(self) -> tuple[Any, ...]:
        """What the book would hold."""
        return (*(getattr(self, key).strip() for key in CLERK_FIELDS), self.corner, self.roles)

    def turn(self, role: Role) -> None:
        """Gives a role that is not held, takes one away that is; whoever has none left is a clerk at a window again."""
        held = {Role(each) for each in self.roles} or {Role.CLERK}
        self.roles = tuple(each.value for each in Role if each in held ^ {role})


@dataclass(eq=False)
class PostDraft:
    """A post as typed, with the person who holds it and their B角; without a holder it is vacant."""

    id: str
    name: str
    department: str
    holder: ClerkDraft | None
    deputy: ClerkDraft | None = None

    def values(self) -> tuple[Any, ...]:
        """What the book would hold."""
        return (self.name, self.department, *(one.values() if one else () for one in (self.holder, self.deputy)))


@dataclass(frozen=True)
class Removed:
    """A clerk who was taken out, from which place, and who held each post and stood in for it before."""

    place: int
    clerk: ClerkDraft
    posts: list[tuple[PostDraft, ClerkDraft | None, ClerkDraft | None]]

    @property
    def held(self) -> list[str]:
        """The posts that they held, by name."""
        return [post.name for post, holder, _ in self.posts if holder is self.clerk]

    @property
    def stood_in(self) -> list[str]:
        """The posts of which they were the B角, by name."""
        return [post.name for post, _, deputy in self.posts if deputy is self.clerk]


@dataclass(eq=False)
class BodyDraft:
    """A usual body as typed. One in which nothing was typed is no body."""

    name: str = ""
    what_for: str = ""
    address: str = ""
    phone: str = ""

    def values(self) -> tuple[str, ...]:
        """What the book would hold."""
        return tuple(getattr(self, key).strip() for key in BODY_FIELDS)


@dataclass(eq=False)
class ProfileDraft:
    """A profile as typed."""

    unit_fields: dict[str, str]
    clerks: list[ClerkDraft]
    posts: list[PostDraft]
    shared: set[str]
    confirmed: bool = False
    number_ordinal: bool = False
    number_digits: int = 0
    switches: set[str] = field(default_factory=set)
    bodies: list[BodyDraft] = field(default_factory=list)
    supplement_days: int = 0
    reviewed_kinds: tuple[str, ...] | None = None
    number_years: dict[str, int] = field(default_factory=dict)
    paper_formats: dict[str, str] = field(default_factory=dict)
    inheritance_limit: int = 0
    record_years: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, profile: OfficeProfile) -> ProfileDraft:
        """The draft of what the book holds."""
        clerks = [
            ClerkDraft(
                **{key: getattr(clerk, key) for key in (*CLERK_FIELDS, "corner", "roles")}, saved_as=clerk.staff_number
            )
            for clerk in profile.clerks
        ]
        known = {clerk.saved_as: clerk for clerk in clerks}
        posts = [
            PostDraft(post.id, post.name, post.department, known.get(post.holder), known.get(post.deputy))
            for post in profile.posts
        ]
        fields = {key: str(getattr(profile, key)) for key in UNIT_FIELDS}
        return cls(
            fields, clerks, posts, set(profile.shared_materials), profile.confirmed, profile.number_ordinal,
            profile.number_digits, {name for name, on in profile.switches.items() if on},
            [BodyDraft(*(getattr(body, key) for key in BODY_FIELDS)) for body in profile.bodies],
            profile.supplement_days, profile.reviewed_kinds, dict(profile.number_years), dict(profile.paper_formats),
            profile.inheritance_limit, dict(profile.record_years),
        )  # fmt: skip

    @property
    def has_reviewer(self) -> bool:
        """Whether somebody is the reviewer here."""
        return any(Role.REVIEWER in clerk.roles for clerk in self.clerks)

    @property
    def reviewed(self) -> frozenset[str]:
        """The kinds of paper that are reviewed, chosen or not."""
        return kinds_where(self.reviewed_kinds, has_reviewer=self.has_reviewer)

    def turn_reviewed(self, kind: str) -> None:
        """Has a kind of paper reviewed, or no more; from then on what is chosen holds."""
        self.reviewed_kinds = tuple(sorted(self.reviewed ^ {kind}))

    def dirty(self, profile: OfficeProfile) -> bool:
        """Whether anything differs from what the book holds."""
        return self._content() != ProfileDraft.of(profile)._content()

    def faults(self) -> Faults:
        """Every field that cannot be saved; empty when all can."""
        found = {
            key: fault for key, label in UNIT_FIELDS.items() if (fault := _fault(key, label, self.unit_fields[key]))
        }
        for place, body in enumerate(self.bodies):
            for key, label in BODY_FIELDS.items():
                if any(body.values()) and (fault := _fault(f"body_{key}", label, getattr(body, key))):
                    found[f"body/{place}/{key}"] = fault
        numbers = [clerk.staff_number.strip() for clerk in self.clerks]
        for place, clerk in enumerate(self.clerks):
            for key, label in CLERK_FIELDS.items():
                if fault := _fault(key, label, getattr(clerk, key)):
                    found[f"clerk/{place}/{key}"] = fault
            number = clerk.staff_number.strip()
            if number and numbers.index(number) < place:
                found[f"clerk/{place}/staff_number"] = f"工号 {number} 已有人用，每人一个工号"
        return found

    def removal_fault(self, clerk: ClerkDraft, current: str) -> str:
        """Why a clerk cannot be removed; empty where nothing is in the way."""
        if clerk.saved_as and clerk.saved_as == current:
            return "这是当前经办人，请先切换到别人再删除。"
        return ""

    def remove(self, clerk: ClerkDraft, current: str) -> Removed:
        """Takes a clerk out; the posts that they hold fall to the `current` one, by staff number, and nobody stands in for them where they did."""
        gone = Removed(self.clerks.index(clerk), clerk, [(post, post.holder, post.deputy) for post in self.posts])
        self.clerks.remove(clerk)
        heir = next((each for each in self.clerks if each.saved_as == current), None)
        for post in self.posts:
            if post.holder is clerk:
                post.holder = heir
            if post.deputy in (clerk, post.holder):
                post.deputy = None
        return gone

    def put_back(self, gone: Removed) -> None:
        """Has a clerk who was removed where they were, with the posts that they held."""
        self.clerks.insert(gone.place, gone.clerk)
        for post, holder, deputy in gone.posts:
            post.holder, post.deputy = holder, deputy

    def profile(self, now: OfficeProfile, *, confirm: bool = False) -> OfficeProfile:
        """The profile to record. `now` is what the book holds: the current clerk may have been switched meanwhile."""
        clerks = tuple(Clerk(*clerk.values()) for clerk in self.clerks)
        current = next(
            (c.staff_number.strip() for c in self.clerks if c.saved_as == now.current_clerk), now.current_clerk
        )
        posts = tuple(
            Post(p.id, p.name.strip(), p.department.strip(), _number(p.holder), _number(p.deputy)) for p in self.posts
        )
        bodies = tuple(Body(*body.values()) for body in self.bodies if any(body.values()))
        fields: dict[str, Any] = {key: text.strip() for key, text in self.unit_fields.items()}
        return replace(
            now, **fields, clerks=clerks, posts=posts, shared_materials=tuple(sorted(self.shared)),
            current_clerk=current, confirmed=now.confirmed or confirm, number_ordinal=self.number_ordinal,
            number_digits=self.number_digits, switches=dict.fromkeys(sorted(self.switches), True), bodies=bodies,
            supplement_days=self.supplement_days, reviewed_kinds=self.reviewed_kinds, number_years=dict(self.number_years),
            paper_formats=dict(self.paper_formats), inheritance_limit=self.inheritance_limit, record_years=dict(self.record_years),
        )  # fmt: skip

    def _content(self) -> tuple[object, ...]:
        posts = [(post.id, *post.values()) for post in self.posts]
        return (
            {k: v.strip() for k, v in self.unit_fields.items()},
            [c.values() for c in self.clerks],
            posts,
            self.shared,
            (
                self.number_ordinal,
                self.number_digits,
                self.switches,
                self.supplement_days,
                self.reviewed_kinds,
                self.number_years,
                self.paper_formats,
                self.inheritance_limit,
                self.record_years,
            ),
            [body.values() for body in self.bodies if any(body.values())],
        )


def _number(clerk: ClerkDraft | None) -> str:
    return clerk.staff_number.strip() if clerk else ""


def _fault(key: str, label: str, text: str) -> str:
    """What is wrong with one field, in one sentence."""
    plain = text.strip()
    if not plain:
        return "" if key in _MAY_BE_EMPTY else f"请填写{label}"
    try:
        check_text(plain, label, LONGEST)
        if key in ("phone", "supervision_phone"):
            read_phone(plain).accepted(compared=True)
    except Refusal as refusal:
        return str(refusal)
    if key == "installation_code" and not re.fullmatch(r"[0-9]{6}", plain):
        return "应为 6 位数字，每台电脑不同"
    if key == "closing_time" and not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", plain):
        return "请写成 17:30 这样"
    return ""
