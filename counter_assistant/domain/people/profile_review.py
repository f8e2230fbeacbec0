"""核对单位档案：纸上印它的哪些项，其中哪些还是示例（守则
一(三)2⑶、一(四)2、一(五)2⑶：公布的人员、责任人和电话要是真的）.

A paper must not print example people and an example telephone as if they were real. What is printed, and how example
values are recognised, is said here and nowhere else: the review on the settings page, the refusal to confirm and the
note on the papers follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby
from typing import Any

from counter_assistant.domain.people.office_profile import Body, Clerk, OfficeProfile, Post, Switch
from counter_assistant.domain.refusal import Refusal

MARK = "示例"
VACANT = "空岗"
_INVENTED_NAME = re.compile("某$")
_INVENTED_PHONE = re.compile("0883-?0")
"""A telephone number within an area never begins with 0, so nobody has such a number."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A field that papers print: its label, and where.

    `plausible`: an office's own value may well be that of the example (the centre's name, 12329, 17:30), so that
    equality proves nothing. `invented` matches values that nobody has.
    """

    label: str
    where: str
    plausible: bool = False
    invented: re.Pattern[str] | None = None


PRINTED: Mapping[type, Mapping[str, Printed]] = {
    OfficeProfile: {
        "unit": Printed("单位名称", "纸的上方", plausible=True),
        "branch": Printed("网点名称", "纸的上方"),
        "window": Printed("窗口", "告知方式、指南", plausible=True),
        "short_name": Printed("机关简称", "编号", plausible=True),
        "installation_name": Printed("安装点简称", "编号"),
        "installation_code": Printed("安装点代码", "二维码"),
        "supervision_phone": Printed("监督电话", "救济和监督", invented=_INVENTED_PHONE),
        "hotlines": Printed("咨询热线", "救济和监督", plausible=True),
        "closing_time": Printed("下班时间", "当天的期限", plausible=True),
        "address": Printed("地址", "告知单、指南"),
        "hours": Printed("办公时间", "告知单、指南"),
        "banks": Printed("受委托银行", "告知单、指南"),
        "online": Printed("网上办理", "告知单、指南"),
        "result": Printed("结果怎样送到", "告知单、回执、指南"),
        "fee": Printed("费用", "告知单、指南", plausible=True),
        "number_ordinal": Printed("编号前写“第”", "编号", plausible=True),
        "number_digits": Printed("编号位数", "编号", plausible=True),
        "switches": Printed("另外的承诺", "告知单、补办件通知书", plausible=True),
        "supplement_days": Printed("补正天数", "补办件通知书", plausible=True),
        "inheritance_limit": Printed("小额继承提取的限额", "已故职工提取承诺书", plausible=True),
        "shared_materials": Printed("自行核验的材料", "清单里的“免提交”", plausible=True),
        "clerks": Printed("经办人", "经办人签名处、转办单、指南"),
        "posts": Printed("岗位", "审批环节的责任人"),
        "bodies": Printed("常去的单位", "指引单", plausible=True),
    },
    Clerk: {
        "name": Printed("姓名", "经办人签名处", invented=_INVENTED_NAME),
        "department": Printed("科室", "转办单", plausible=True),
        "duty": Printed("职责", "经办人签名处", plausible=True),
        "phone": Printed("电话", "经办人签名处", invented=_INVENTED_PHONE),
    },
    Post: {
        "name": Printed("岗位名称", "审批环节的责任人", plausible=True),
        "holder": Printed("由谁担任", "审批环节的责任人", plausible=True),
    },
    Body: {
        "name": Printed("单位名称", "指引单", plausible=True),
        "address": Printed("地址", "指引单"),
        "phone": Printed("电话", "指引单", invented=_INVENTED_PHONE),
    },
}  # fmt: skip
"""Every field that a paper prints, in the order of the review. A tuple of one of these classes has one line per member.
"""

NOT_PRINTED: Mapping[type, Mapping[str, str]] = {
    OfficeProfile: {
        "confirmed": "says whether the rest has been checked",
        "current_clerk": "says which of the clerks is printed",
        "reviewed_kinds": "says what waits for a reviewer; the paper has the line for one either way",
        "paper_formats": "says on what a paper is printed, not what",
        "number_years": "says how long whole numbers are kept in the book",
        "record_years": "says when a record may be destroyed",
    },
    Clerk: {
        "staff_number": "tells people of one name apart in the book",
        "title": "for the office's own list",
        "corner": "says who stands in for whom (守则 一(八))",
        "roles": "says what the clerk may do",
    },
    Post: {
        "id": "by which items name the post",
        "department": "an item's step prints the department that the item names",
        "deputy": "stands on papers while the holder is away, which is recorded by itself",
    },
    Body: {"what_for": "finds the body where it is chosen"},
}  # fmt: skip
"""Every other field, with the reason why no paper prints it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a line.

    `example`: it still has the example's value. `stops`: it must be changed here before the profile is confirmed; a
    post held by an example clerk is corrected in the clerk's own line. `same`: it reads as in the example.
    """

    field: str
    label: str
    text: str
    example: bool = False
    stops: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line of the review: a field of the office, a clerk, or a post.

    `group` is the field of OfficeProfile, `key` the clerk's staff number or the post's id, `label` what it is called.
    """

    group: str
    key: str
    label: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """What papers print of it."""
        return "　".join(part.text for part in self.parts if part.text)

    @property
    def example(self) -> bool:
        """Whether any part of it still has the example's value."""
        return any(part.example for part in self.parts)

    @property
    def stops(self) -> bool:
        """Whether it must be changed before the profile is confirmed."""
        return any(part.stops for part in self.parts)

    @property
    def same(self) -> bool:
        """Whether any part of it reads as in the example."""
        return any(part.same for part in self.parts)


def review(profile: OfficeProfile, example: OfficeProfile) -> tuple[ReviewLine, ...]:
    """Every field of a profile that papers print, compared with the `example` profile."""
    lines: list[ReviewLine] = []
    for name, printed in PRINTED[OfficeProfile].items():
        value, beside = getattr(profile, name), getattr(example, name)
        if isinstance(value, tuple) and any(map(is_dataclass, value)):
            lines += (_member(profile, example, name, member) for member in value)
        else:
            part = _part(name, printed, in_words(name, value), {beside} if isinstance(value, str) else set())
            lines.append(ReviewLine(name, "", printed.label, (part,)))
    return tuple(lines)


def examples(profile: OfficeProfile, example: OfficeProfile) -> tuple[ReviewLine, ...]:
    """The lines of the review that must be changed because they hold the example's values."""
    return tuple(line for line in review(profile, example) if line.stops)


def refuse_examples(profile: OfficeProfile, example: OfficeProfile, recorded: OfficeProfile) -> None:
    """Keeps example values out of a confirmed profile.

    Those that a confirmed profile of an earlier version already holds are only warned about.

    Raises:
        Refusal: `profile-example`, naming every line.
    """
    if not profile.confirmed:
        return
    held = {part for line in examples(recorded, example) for part in _stopping(line)} if recorded.confirmed else set()
    stopping = [line for line in examples(profile, example) if _stopping(line) - held]
    if stopping and recorded.confirmed:
        what = f"已确认的资料里不能再有示例：{in_names(stopping)}。"
        raise Refusal("profile-example", what, "请改成本单位的再保存。")
    if stopping:
        raise Refusal("profile-example", stopping_words(stopping), "请在设置里改成本单位的，再核对确认。")


def stopping_words(lines: Sequence[ReviewLine]) -> str:
    """还有 2 行是示例，不能确认：网点名称、经办人王某的姓名和电话."""
    return f"还有 {len(lines)} 行是示例，不能确认：{in_names(lines)}。"


def in_names(lines: Sequence[ReviewLine]) -> str:
    """网点名称、监督电话、经办人李某、王某的姓名和电话: lines in which the same parts are wrong are named together."""
    return "、".join(_named(*kind, list(alike)) for kind, alike in groupby(lines, _wrong))


def in_words(name: str, value: Any) -> str:
    """The value of a field of a profile as the clerk reads it."""
    match value:
        case int() if name == "supplement_days":
            return f"{value} 日" if value else "不定日期"
        case int() if name == "inheritance_limit":
            return f"{value} 元" if value else "不设限额"
        case bool():
            return "是" if value else "否"
        case int():
            return f"补到 {value} 位" if value else "不补零"
        case tuple():
            return f"{len(value)} 种" if value else "没有"
        case Mapping():
            return "；".join(switch.label for switch in Switch if value.get(switch)) or "没有"
        case _:
            return str(value)


def _member(profile: OfficeProfile, example: OfficeProfile, group: str, member: Any) -> ReviewLine:
    """The line of a clerk, a post, or whatever else an office keeps a list of."""
    parts = tuple(_member_parts(profile, example, member, getattr(example, group)))
    key = str(getattr(member, fields(member)[0].name))
    return ReviewLine(group, key, PRINTED[OfficeProfile][group].label, parts)


def _member_parts(
    profile: OfficeProfile, example: OfficeProfile, member: Any, beside: tuple[Any, ...]
) -> Iterator[Part]:
    for name, printed in PRINTED[type(member)].items():
        if isinstance(member, Post) and name == "holder":
            yield _holder(profile, example, member)
        else:
            yield _part(name, printed, getattr(member, name), {getattr(other, name) for other in beside})


def _holder(profile: OfficeProfile, example: OfficeProfile, post: Post) -> Part:
    """Who holds a post, as papers name them: by name and telephone."""
    label, holder = PRINTED[Post]["holder"].label, profile.holder(post)
    if holder is None:
        return Part("holder", label, VACANT)
    clerk = _member_parts(profile, example, holder, example.clerks)
    named = [part for part in clerk if part.field in ("name", "phone")]
    return Part("holder", label, "　".join(part.text for part in named), any(part.example for part in named))


def _part(field: str, printed: Printed, text: str, beside: set[str]) -> Part:
    same = bool(text) and text in beside
    invented = MARK in text or bool(printed.invented and printed.invented.search(text))
    example = invented or (same and not printed.plausible)
    return Part(field, printed.label, text, example, stops=example, same=same)


def _stopping(line: ReviewLine) -> set[Part]:
    return {part for part in line.parts if part.stops}


def _wrong(line: ReviewLine) -> tuple[str, str]:
    """What a line is called, and which parts of it are to be changed."""
    return line.label, "和".join(part.label for part in line.parts if part.stops)


def _named(label: str, wrong: str, lines: list[ReviewLine]) -> str:
    if not lines[0].key:
        return label
    return f"{label}{'、'.join(line.parts[0].text for line in lines)}的{wrong}"
