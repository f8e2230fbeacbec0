"""单位档案：机构、窗口、岗位、经办人与开关。

What an office decides is an entry of the book, so that a backup carries it. Until the office confirms its profile, every
field is an example (示例).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from counter_assistant.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Clerk:
    """经办人：工号（唯一）、姓名、科室、职务、职责、电话；`corner` 是窗口的 A 角或 B 角（守则 一(八)）."""

    staff_number: str
    name: str
    department: str
    title: str
    duty: str
    phone: str
    corner: str = "A"

    def __post_init__(self) -> None:
        if not (self.staff_number and self.name):
            raise Refusal("clerk-incomplete", "经办人要有工号和姓名。", "请在设置里补全。")


@dataclass(frozen=True, slots=True)
class Post:
    """岗位：审批环节的责任岗位。`holder` 是工号；空着即空岗，不能出具告知单（守则 一(五)2⑶）."""

    id: str
    name: str
    department: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """一个管理部（网点）的档案。

    `short_name` stands in the numbers (临公积金), `installation_name` (耿一) and `installation_code` (six digits) tell this
    PC from every other. `shared_materials` are looked up by the office itself. `confirmed`: the office has checked it all.
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

    def clerk(self, wanted: str) -> Clerk:
        """The clerk of a staff number or an unambiguous name; the current one where nothing is wanted."""
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
        """The post of that id."""
        return next((post for post in self.posts if post.id == post_id), None)

    def holder(self, post: Post) -> Clerk | None:
        """Who holds a post here; None where it is vacant."""
        return next((clerk for clerk in self.clerks if clerk.staff_number == post.holder), None)


def to_payload(profile: OfficeProfile) -> dict[str, Any]:
    """The profile as plain JSON values."""
    values = asdict(profile)
    return values | {key: list(values[key]) for key in ("shared_materials", "posts", "clerks")}


def from_payload(payload: Mapping[str, Any]) -> OfficeProfile:
    """The profile that `to_payload` wrote."""
    values = {key: payload[key] for key in OfficeProfile.__slots__ if key in payload}
    values["posts"] = tuple(Post(**post) for post in values.get("posts", ()))
    values["clerks"] = tuple(Clerk(**clerk) for clerk in values.get("clerks", ()))
    values["shared_materials"] = tuple(values.get("shared_materials", ()))
    return OfficeProfile(**values)
