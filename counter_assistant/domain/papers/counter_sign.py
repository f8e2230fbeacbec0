"""柜台标识：本窗口暂停服务、留言告示、共产党员示范岗、带班领导，上面写些什么。

守则 一(二)2⑵ and 一(三)1⑵–⑷. A sign is no record: anybody may read it, and it decides nothing. What is not known when
it is printed becomes a blank to fill in by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text

BLANK = "＿" * 5
"""Room to write by hand."""

_TIME = re.compile(r"(\d{1,2})[:：点时]?(\d{2})?分?", re.ASCII)
_LONGEST = {"window": 20, "returns": 10, "instead": 20, "phone": 30, "clerk": 20, "reason": 20, "second": 40}


class Role(StrEnum):
    """How large a line is set: the words to be read from afar, the same in another script, what follows, the office."""

    HEADLINE = "headline"
    SECOND = "second"
    BODY = "body"
    FOOT = "foot"


class SignLine(NamedTuple):
    """A line of a sign, as plain text."""

    text: str
    role: Role


class SignKind(StrEnum):
    """The signs of the service code."""

    SUSPENDED = "suspended"
    AWAY = "away"
    MODEL_POST = "model_post"
    LEADER_ON_DUTY = "leader_on_duty"

    @property
    def label(self) -> str:
        """What the clerk calls it."""
        return _PATTERNS[self].label

    @property
    def headline(self) -> tuple[str, ...]:
        """The words to be read from afar, on one line or two."""
        return _PATTERNS[self].headline

    @property
    def fields(self) -> dict[str, str]:
        """The fields of `Sign` that appear on it, with their Chinese names, in the order in which they are asked for."""
        return _PATTERNS[self].fields


class _Pattern(NamedTuple):
    label: str
    headline: tuple[str, ...]
    fields: dict[str, str]


_SECOND = {"second": "民族文字"}
_PATTERNS = {
    SignKind.SUSPENDED: _Pattern(
        "本窗口暂停服务",
        ("本窗口", "暂停服务"),
        {
            "window": "本窗口", "reason": "原因", "returns": "恢复时间", "instead": "请到哪个窗口", "phone": "咨询电话",
        } | _SECOND,
    ),
    SignKind.AWAY: _Pattern(
        "留言告示",
        ("暂时离开",),
        {
            "window": "本窗口", "clerk": "经办人", "reason": "离开原因", "returns": "返回时间", "instead": "请到哪个窗口",
            "phone": "联系电话",
        } | _SECOND,
    ),
    SignKind.MODEL_POST: _Pattern(
        "共产党员示范岗",
        ("共产党员", "示范岗"),
        {"window": "本窗口", "clerk": "姓名和岗位", "phone": "监督电话"} | _SECOND,
    ),
    SignKind.LEADER_ON_DUTY: _Pattern(
        "带班领导",
        ("带班领导",),
        {"window": "柜台", "clerk": "姓名和职务", "phone": "联系电话"} | _SECOND,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign. `returns` is a time as `read_time` gives it, on `day` where that is not today; either may be left open.

    `instead` is the window to go to, `second` the headline in the script of a nationality (守则 一(三)1⑶).

    Raises:
        Refusal: `sign-same-window` (`instead` is the very window that is closed); what `check_text` refuses.
    """

    kind: SignKind
    window: str = ""
    returns: str = ""
    day: date | None = None
    instead: str = ""
    phone: str = ""
    clerk: str = ""
    reason: str = ""
    second: str = ""

    def __post_init__(self) -> None:
        for name, what in self.kind.fields.items():
            check_text(getattr(self, name), what, _LONGEST[name])
        if self.instead and self.instead == self.window and "instead" in self.kind.fields:
            remedy = "请写另一个窗口，或者空着，打印后手写。"
            raise Refusal("sign-same-window", f"“{self.instead}”就是本窗口，不能请人再到这里。", remedy)

    def lines(self, unit: str, branch: str) -> tuple[SignLine, ...]:
        """The sign line by line, the office last."""
        second = [SignLine(self.second, Role.SECOND)] if self.second else []
        body = [SignLine(text, Role.BODY) for text in self._body()]
        foot = "　".join(part for part in (unit, branch, self.window) if part)
        headline = [SignLine(text, Role.HEADLINE) for text in self.kind.headline]
        return (*headline, *second, *body, SignLine(foot, Role.FOOT))

    def free_texts(self) -> dict[str, str]:
        """What was typed, by the Chinese names of the fields."""
        return {what: getattr(self, name) for name, what in self.kind.fields.items() if getattr(self, name)}

    def _body(self) -> list[str]:
        match self.kind:
            case SignKind.SUSPENDED:
                why = [f"因{self.reason}暂停办理业务"] if self.reason else []
                told = [*why, f"预计{self._moment()}恢复服务", f"请到{self.instead or BLANK}办理"]
            case SignKind.AWAY:
                left = f"经办人{self.clerk}因{self.reason or BLANK}离开"
                told = [left, f"预计{self._moment()}返回", f"请到{self.instead or BLANK}办理，或者留言"]
            case SignKind.MODEL_POST:
                told = [self.clerk] if self.clerk else []
            case _:
                told = [self.clerk or BLANK * 2]
        return [*told, f"{self.kind.fields['phone']}：{self.phone}"] if self.phone else told

    def _moment(self) -> str:
        day = f"{self.day.month}月{self.day.day}日" if self.day else ""
        return f"{day}{self.returns}" if self.returns else BLANK


def read_time(text: str) -> str:
    """14:30, however a clerk types it: 14：30, 1430, 14点30分, 14. Empty stays empty.

    Raises:
        Refusal: `bad-sign-time` (not a time of day).
    """
    typed = text.strip()
    if not typed:
        return ""
    found = _TIME.fullmatch(typed)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Refusal("bad-sign-time", f"时间“{typed}”无法识别。", "请写成 14:30 这样，或者空着，打印后手写。")
    return f"{hour}:{minute:02d}"


def window_name(text: str) -> str:
    """5号窗口, where only the number was typed; anything else as typed."""
    typed = text.strip()
    return f"{int(typed)}号窗口" if typed.isascii() and typed.isdecimal() else typed
