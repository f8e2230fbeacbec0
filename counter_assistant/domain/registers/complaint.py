"""投诉登记：《投诉来访登记表》登记时的各栏（守则 一(九)1、2；GB/T 36113-2018 受理 → 调查 → 处置 → 反馈 → 归档）.

No identity number is asked for, and a name only from who gives one: 要求对姓名保密者除外. Who took it and when is a part of what is
sealed. Nothing here is ever shown by `repr`, so that no log and no error can quote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.phones import read_phone

LONGEST_MATTER, LONGEST_FIELD = 2000, 200
NUMBER_BYTES = 5
_MARK, _HALF = "TS", 4
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two signs of which none looks like another."""
_LOOKALIKES = str.maketrans("OIL", "011")


class ComplaintChannel(StrEnum):
    """投诉方式（守则 一(九)1：现场、电话、网上、信函）."""

    WINDOW = "window"
    PHONE = "phone"
    ONLINE = "online"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return {"window": "现场", "phone": "电话", "online": "网上", "letter": "信函"}[self.value]


class Category(StrEnum):
    """What it is about: 服务投诉 by their sort, and the report of an employer who pays nothing or too little."""

    ATTITUDE = "attitude"
    TIME = "time"
    MATERIALS = "materials"
    INTEGRITY = "integrity"
    EMPLOYER = "employer"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return _CATEGORIES[self]

    @property
    def item(self) -> str:
        """The item of the catalogue whose promised limit runs for it."""
        return "D01" if self is Category.EMPLOYER else "D02"


_CATEGORIES = {
    Category.ATTITUDE: "态度", Category.TIME: "时限", Category.MATERIALS: "材料", Category.INTEGRITY: "廉政",
    Category.EMPLOYER: "单位不缴、少缴、不设户", Category.OTHER: "其他",
}  # fmt: skip


SEALED_ITEMS = {"D01": Category.EMPLOYER, "D02": Category.ATTITUDE}
"""The items of the catalogue that are complaints, with the category that is offered first. Nothing of them is kept in a record that
everybody reads (守则 一(九)5)."""


class NameKept(StrEnum):
    """Whether a name was given, and to whom it may be said."""

    NAMED = "named"
    WITHHELD = "withheld"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> str:
        """What the keeper reads."""
        return {"named": "署名", "withheld": "要求对姓名保密", "anonymous": "匿名"}[self.value]


@dataclass(frozen=True, slots=True, repr=False)
class Complaint:
    """投诉登记 (`complaint`): what somebody complained about, as it was taken down.

    `about` is the department or person complained about, `attachments` what came with it, `day` when the complaint was made.
    `number` is the only name by which later entries call it; like `author`, the staff number of who took it, and `recorded` it is
    given when it is recorded.
    """

    channel: ComplaintChannel
    category: Category
    matter: str
    day: date
    name_kept: NameKept = NameKept.NAMED
    name: str = ""
    address: str = ""
    phone: str = ""
    about: str = ""
    attachments: str = ""
    number: str = ""
    author: str = ""
    recorded: datetime | None = None

    @property
    def of(self) -> str:
        """Its number, called as what belongs to it calls it."""
        return self.number

    def checked(self, today: date) -> Complaint:
        """The same with every field in its one form.

        Raises:
            Refusal: `complaint-empty`, `complaint-later` (it was made on a day to come), `name-missing`, `name-of-anonymous`; what
                `read_name`, `read_phone` and `check_text` find wrong.
        """
        tidy = replace(
            self,
            matter=check_text(one_line(self.matter), "主要问题", LONGEST_MATTER),
            name=read_name(self.name).accepted(compared=True),
            phone=read_phone(self.phone).accepted(compared=True),
            address=check_text(one_line(self.address), "地址", LONGEST_FIELD),
            about=check_text(one_line(self.about), "被投诉的部门或人员", LONGEST_FIELD),
            attachments=check_text(one_line(self.attachments), "附件", LONGEST_FIELD),
        )
        if not tidy.matter:
            raise Refusal("complaint-empty", "还没有写投诉的主要问题。", "请写下对方反映了什么。")
        if tidy.day > today:
            raise Refusal("complaint-later", "投诉的日期还没有到。", "请核对日期。")
        if tidy.name_kept is NameKept.ANONYMOUS and tidy.name:
            raise Refusal(
                "name-of-anonymous", "匿名投诉却写着姓名。", "对方要求匿名的，请删去姓名；只要求保密的，请选保密。"
            )
        if tidy.name_kept is not NameKept.ANONYMOUS and not tidy.name:
            raise Refusal("name-missing", "没有写投诉人的姓名。", "对方不愿意留姓名的，请选匿名，不必追问。")
        return tidy

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values, to be sealed."""
        values = {name: getattr(self, name) for name in self.__slots__}
        recorded = self.recorded.isoformat() if self.recorded else ""
        return {"complaint": values | {"day": self.day.isoformat(), "recorded": recorded}}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Complaint:
        """What `to_payload` wrote; KeyError or ValueError for anything else."""
        said = texts_in(payload["complaint"], cls.__slots__)
        typed = {
            "channel": ComplaintChannel(said["channel"]),
            "category": Category(said["category"]),
            "name_kept": NameKept(said["name_kept"]),
            "day": date.fromisoformat(said["day"]),
            "recorded": datetime.fromisoformat(said["recorded"]) if said["recorded"] else None,
        }
        return cls(**{**said, **typed})


def one_line(text: str) -> str:
    """A text of several lines as one."""
    return " ".join(text.split())


def texts_in(said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The texts of these names; KeyError or ValueError where they are not there, or are none."""
    found = {name: said[name] for name in names}
    if not all(isinstance(text, str) for text in found.values()):
        raise ValueError("what should be a text is none")
    return found


def complaint_number(chance: bytes) -> str:
    """编号 of a complaint, out of five random bytes: who knows it was told it, for nobody can count to it."""
    value = int.from_bytes(chance, "big")
    signs = "".join(_SIGNS[value >> 5 * place & 31] for place in reversed(range(2 * _HALF)))
    return f"{_MARK}-{signs[:_HALF]}-{signs[_HALF:]}"


def read_number(text: str) -> str:
    """The number that was typed, in its one form.

    Raises:
        Refusal: `bad-complaint-number`.
    """
    signs = "".join(sign for sign in half_width(text).upper() if sign.isalnum())
    signs = (signs if len(signs) == 2 * _HALF else signs.removeprefix(_MARK)).translate(_LOOKALIKES)
    if len(signs) != 2 * _HALF or set(signs) - set(_SIGNS):
        raise Refusal("bad-complaint-number", "这不是投诉登记的编号。", "编号是 TS 加八位字母或数字，如 TS-7K3M-9P2Q。")
    return f"{_MARK}-{signs[:_HALF]}-{signs[_HALF:]}"
