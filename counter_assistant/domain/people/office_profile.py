"""单位档案：机构、窗口、岗位、经办人与开关。

What an office decides is an entry of the book, so that a backup carries it. Until the office confirms its profile,
every field is an example (示例).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from counter_assistant.domain.people.number_keeping import MOST_YEARS
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text


@dataclass(frozen=True, slots=True)
class Clerk:
    """经办人：工号（唯一）、姓名、科室、职务、职责、电话；`corner` 是窗口的 A 角或 B 角（守则 一(八)）.

    `roles` are codes of `Role` (domain/people/roles.py); whoever has none is a clerk at a window and nothing else.

    Raises:
        Refusal: `clerk-incomplete` (without a staff number or a name).
    """

    staff_number: str
    name: str
    department: str
    title: str
    duty: str
    phone: str
    corner: str = "A"
    roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.staff_number and self.name):
            raise Refusal("clerk-incomplete", "经办人要有工号和姓名。", "请在设置里补全。")


class Switch(StrEnum):
    """What the centre may promise beyond the service code. Off until the office decides (守则 一(四)3)."""

    RETURN_PRIORITY = "return_priority"
    ANY_WINDOW = "any_window"
    DEPUTY_DELIVERY = "deputy_delivery"

    @property
    def label(self) -> str:
        """What the clerk reads in the settings."""
        return {
            "return_priority": "复办优先：补齐后再来不用重新取号", "any_window": "任一窗口可以补交",
            "deputy_delivery": "可以请他人代交或者邮寄",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """岗位：审批环节的责任岗位。`holder` 是 A 角的工号；空着即空岗，不能出具告知单（守则 一(五)2⑶）。`deputy` 是 B 角的工号，A 角离岗
    时代为行使职责（守则 一(八)1、2）.
    """

    id: str
    name: str
    department: str
    holder: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """常去的单位：不属于本单位的事应到哪里去（守则 一(六)4⑸）. `what_for` is for the clerk and never printed."""

    name: str
    what_for: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """一个管理部（网点）的档案。

    `short_name` appears in the numbers (临公积金); `installation_name` (耿一) and `installation_code` (six digits)
    distinguish this PC from every other. `shared_materials` are looked up by the office itself. `confirmed`: the office
    has checked everything. `supplement_days` is how many days after its issue a supplement notice asks for what is
    missing; 0 sets no day. `address`, `hours`, `fee`, `banks`, `online` and `result` (how it arrives) are told to every
    applicant; one that is empty is left out. `number_years` says for how many years whole numbers are kept, by `Keeping`,
    `record_years` the same of everything else that was recorded.
    `reviewed_kinds` are the codes of the kinds of paper that somebody else reviews before they are issued, None until the office
    has chosen (reviewing.py). `paper_formats` is by kind of paper the format in which it is printed, where that is not A4
    (domain/papers/formats.py). `inheritance_limit` is up to which balance, in yuan, heirs of the first order sign a declaration in the place of a
    notary's deed; 0 sets no limit. `number_ordinal` writes 第128号, `number_digits` pads with zeros to that many digits (GB/T
    9704-2012 7.2.5 has neither).
    """

    unit: str
    branch: str
    short_name: str
    installation_name: str
    installation_code: str
    window: str
    supervision_phone: str
    hotlines: str
    closing_time: str = "17:30"
    confirmed: bool = False
    shared_materials: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    clerks: tuple[Clerk, ...] = ()
    current_clerk: str = ""
    switches: Mapping[str, bool] = field(default_factory=dict)
    number_ordinal: bool = False
    number_digits: int = 0
    bodies: tuple[Body, ...] = ()
    supplement_days: int = 0
    address: str = ""
    hours: str = ""
    fee: str = ""
    banks: str = ""
    online: str = ""
    result: str = ""
    reviewed_kinds: tuple[str, ...] | None = None
    number_years: Mapping[str, int] = field(default_factory=dict)
    paper_formats: Mapping[str, str] = field(default_factory=dict)
    inheritance_limit: int = 0
    record_years: Mapping[str, int] = field(default_factory=dict)

    def switched(self, switch: Switch) -> bool:
        """Whether the office has decided to make this promise."""
        return self.switches.get(switch, False)

    @property
    def post_names(self) -> dict[str, str]:
        """What each post is called, by its code."""
        return {post.id: post.name for post in self.posts}

    @property
    def clerk_names(self) -> dict[str, str]:
        """What each clerk is called, by staff number."""
        return {clerk.staff_number: clerk.name for clerk in self.clerks}

    def clerk(self, wanted: str) -> Clerk:
        """The clerk with a staff number or an unambiguous name; the current one where `wanted` is empty.

        Raises:
            Refusal: `unknown-clerk`, `ambiguous-clerk` (several clerks of that name).
        """
        key = wanted or self.current_clerk
        found = [clerk for clerk in self.clerks if key == clerk.staff_number]
        found = found or [clerk for clerk in self.clerks if key == clerk.name]
        if not found:
            known = "、".join(f"{c.name}（{c.staff_number}）" for c in self.clerks) or "无"
            raise Refusal("unknown-clerk", f"没有经办人“{key}”。", f"已登记的有：{known}。")
        if len(found) > 1:
            numbers = "、".join(clerk.staff_number for clerk in found)
            raise Refusal("ambiguous-clerk", f"有 {len(found)} 位经办人叫“{key}”。", f"请改用工号：{numbers}。")
        return found[0]

    def post(self, post_id: str) -> Post | None:
        """The post with that id."""
        return next((post for post in self.posts if post.id == post_id), None)

    def holder(self, post: Post) -> Clerk | None:
        """Who holds a post here; None where it is vacant."""
        return next((clerk for clerk in self.clerks if clerk.staff_number == post.holder), None)

    def to_payload(self) -> dict[str, Any]:
        """The profile as plain JSON values."""
        values = asdict(self)
        for clerk in values["clerks"]:
            clerk["roles"] = list(clerk["roles"])
        lists = ("shared_materials", "posts", "clerks", "bodies", "reviewed_kinds")
        return values | {key: list(values[key]) for key in lists if values[key] is not None}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> OfficeProfile:
        """The profile that `to_payload` wrote."""
        values = {key: payload[key] for key in cls.__slots__ if key in payload}
        values["posts"] = tuple(Post(**post) for post in values.get("posts", ()))
        values["clerks"] = tuple(
            Clerk(**(clerk | {"roles": tuple(clerk.get("roles", ()))})) for clerk in values.get("clerks", ())
        )
        values["bodies"] = tuple(Body(**body) for body in values.get("bodies", ()))
        values["shared_materials"] = tuple(values.get("shared_materials", ()))
        if (chosen := values.get("reviewed_kinds")) is not None:
            values["reviewed_kinds"] = tuple(chosen)
        return cls(**values)


MOST_SUPPLEMENT_DAYS = 365
MOST_INHERITANCE_LIMIT = 10_000_000


def check_profile(profile: OfficeProfile) -> None:
    """Checks a profile before it is recorded.

    Raises:
        Refusal: `profile-incomplete`, `bad-installation-code`, `bad-supplement-days`, `bad-inheritance-limit`, `bad-number-years`,
            `staff-number-twice`, `bad-closing-time`; what `check_text` and `OfficeProfile.clerk` refuse.
    """
    needed = {
        "单位名称": profile.unit,
        "网点名称": profile.branch,
        "机关简称": profile.short_name,
        "窗口": profile.window,
        "监督电话": profile.supervision_phone,
        "经办人": profile.current_clerk,
    }
    for what, text in needed.items():
        if not check_text(text, what, 50).strip():
            raise Refusal("profile-incomplete", f"{what}不能为空。", "请填写后再保存。")
    if not (profile.installation_code.isdecimal() and len(profile.installation_code) == 6):
        raise Refusal("bad-installation-code", "安装点代码应为 6 位数字。", "请按本中心分配的代码填写，每台电脑不同。")
    _check_figures(profile)
    told = (profile.address, profile.hours, profile.fee, profile.banks, profile.online, profile.result)
    for text in told:
        check_text(text, "到哪里、什么时候、怎样办", 50)
    for clerk in profile.clerks:
        for text in (clerk.name, clerk.staff_number, clerk.department, clerk.title, clerk.duty, clerk.phone):
            check_text(text, f"经办人 {clerk.staff_number} 的信息", 50)
    for body in profile.bodies:
        for text in (body.name, body.what_for, body.address, body.phone):
            check_text(text, f"常去的单位“{body.name}”", 50)
    numbers = [clerk.staff_number for clerk in profile.clerks]
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        raise Refusal("staff-number-twice", f"有两位经办人用了工号 {twice}。", "工号每人一个，请改正。")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", profile.closing_time):
        raise Refusal("bad-closing-time", f"下班时间“{profile.closing_time}”无法识别。", "请写成 17:30 这样。")
    profile.clerk("")


def _check_figures(profile: OfficeProfile) -> None:
    """Days, yuan and years are within what can be meant."""
    if not 0 <= profile.supplement_days <= MOST_SUPPLEMENT_DAYS:
        sentence = f"补齐材料的期限 {profile.supplement_days} 日不对。"
        raise Refusal("bad-supplement-days", sentence, f"请填 0（不定日期）到 {MOST_SUPPLEMENT_DAYS} 之间的天数。")
    if not 0 <= profile.inheritance_limit <= MOST_INHERITANCE_LIMIT:
        sentence = f"小额继承提取的限额 {profile.inheritance_limit} 元不对。"
        raise Refusal(
            "bad-inheritance-limit", sentence, f"请填 0（不设限额）到 {MOST_INHERITANCE_LIMIT} 之间的整数，单位是元。"
        )
    if not all(1 <= years <= MOST_YEARS for years in profile.number_years.values()):
        raise Refusal("bad-number-years", "整个号码保存的年数不对。", f"请填 1 到 {MOST_YEARS} 之间的年数。")
    if not all(1 <= years <= MOST_YEARS for years in profile.record_years.values()):
        raise Refusal("bad-record-years", "记录保存的年数不对。", f"请填 1 到 {MOST_YEARS} 之间的年数。")
