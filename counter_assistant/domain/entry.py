"""台账中的一条记录：写下就不再改，更正与作废都是新的一条。

Every kind of entry has had a visibility since the first schema, so that nobody has to decide later to whom an old
record may be shown, and complaints never enter the general search (守则 一(二): 投诉、来访、意见均须登记).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

CHECK_CODE_LENGTH = 12
ERASURE = "erase:"
"""How the `uuid` of an erasure entry begins; the number of the erased entry follows."""
REVIEW_OF = "review:"
"""How the `uuid` of a review begins; the id of the act and the digest of its content follow."""
UNNAMED_CASE = "entry-"
"""How the id of a case begins whose first act has no `uuid`; the number of that act's entry follows."""
SEALED_ACT = "book:sealed:"
"""How the `uuid` of a sealed act begins, and of the draft that it was; what follows is random and says nothing."""
FORMS_OF = "book:forms:"
"""How the name begins under which the values asked for the forms of a case are kept beside the drafts; the id of the case follows."""
ROTA_OF = "book:rota:"
"""What the name of the draft of a rota begins with; then the Monday of its week."""
SENT_OF = "book:sent:"
"""How the name begins of a note beside the drafts that an act was sent to a server; the id of the act follows. It is gone once that is known
to be done, or not."""
LENT_OF = "book:lent:"
"""How the `uuid` of an entry begins that a hall's book lent to one in which is issued offline; the name of that book and the number of the
entry there follow."""


class Visibility(StrEnum):
    """谁可以看.

    `public`: the applicant holds the same paper. `internal`: the office's own work. `confidential`: sealed under a
    register key before it reaches the book, and never searched.
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class EntryKind(StrEnum):
    """记录种类."""

    BOOK_OPENED = "book_opened"
    SERIES_STARTED = "series_started"
    PAYLOAD_ERASED = "payload_erased"
    OFFICE_PROFILE = "office_profile"
    STAFF = "staff"
    SWITCHES = "switches"
    SLIP_ISSUED = "slip_issued"
    SLIP_VOIDED = "slip_voided"
    SLIP_REPRINTED = "slip_reprinted"
    ORAL_NOTICE = "oral_notice"
    INQUIRY = "inquiry"
    CASE_STEP = "case_step"
    STEP_WITHDRAWN = "step_withdrawn"
    FIRST_CONTACT = "first_contact"
    HANDOVER = "handover"
    HANDED_BACK = "handed_back"
    OPINION = "opinion"
    COMPLAINT = "complaint"
    CALENDAR = "calendar"
    PHRASES = "phrases"
    CLOCK_CONFIRMED = "clock_confirmed"
    NUMBER_CONFIRMED = "number_confirmed"
    NUMBER_REVEALED = "number_revealed"
    ITEM_APPROVED = "item_approved"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    CONTENT_TAKEN = "content_taken"
    KEY_SLOT = "key_slot"
    SIGNIN_FAILED = "signin_failed"
    REVIEW = "review"
    DAY_CLOSED = "day_closed"
    MONTH_CLOSED = "month_closed"
    YEAR_CLOSED = "year_closed"
    HEAD_WITNESSED = "head_witnessed"
    COPY_FILED = "copy_filed"
    RESTORED = "restored"
    BOOK_EXPORTED = "book_exported"
    OWN_FORM = "own_form"
    KIT_PRINTED = "kit_printed"
    KIT_VOIDED = "kit_voided"
    BOX_OPENED = "box_opened"
    MISUNDERSTANDING = "misunderstanding"
    OVERTIME = "overtime"
    ABSENCE = "absence"
    REPORTED_UPWARD = "reported_upward"
    RESULT_FILED = "result_filed"
    REGISTER_ANSWERED = "register_answered"
    REGISTER_WITHDRAWN = "register_withdrawn"
    SUPERVISOR_LOOKED = "supervisor_looked"
    RATING = "rating"
    RATING_SETTLED = "rating_settled"
    BUNDLE_TAKEN = "bundle_taken"
    FINDING_SETTLED = "finding_settled"
    BOOK_MOVED = "book_moved"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _CLASSES[self][0]

    @property
    def visibility(self) -> Visibility:
        """The visibility of every entry of this kind."""
        return _CLASSES[self][1]


ACTS = frozenset((EntryKind.SLIP_ISSUED, EntryKind.ORAL_NOTICE, EntryKind.INQUIRY, EntryKind.CASE_STEP))
"""What is done about a visitor's matter, with or without a paper: the entries that hold an applicant and facts."""

_CLASSES = {
    EntryKind.BOOK_OPENED: ("启用台账", Visibility.INTERNAL),
    EntryKind.SERIES_STARTED: ("设定起始编号", Visibility.INTERNAL),
    EntryKind.PAYLOAD_ERASED: ("保存期满清除", Visibility.INTERNAL),
    EntryKind.OFFICE_PROFILE: ("单位信息", Visibility.INTERNAL),
    EntryKind.STAFF: ("岗位与人员", Visibility.INTERNAL),
    EntryKind.SWITCHES: ("办理设置", Visibility.INTERNAL),
    EntryKind.SLIP_ISSUED: ("出具文书", Visibility.PUBLIC),
    EntryKind.SLIP_VOIDED: ("作废文书", Visibility.INTERNAL),
    EntryKind.SLIP_REPRINTED: ("补打文书", Visibility.INTERNAL),
    EntryKind.ORAL_NOTICE: ("口头告知", Visibility.PUBLIC),
    EntryKind.INQUIRY: ("咨询登记", Visibility.INTERNAL),
    EntryKind.CASE_STEP: ("办件进展", Visibility.INTERNAL),
    EntryKind.STEP_WITHDRAWN: ("撤销一步", Visibility.INTERNAL),
    EntryKind.FIRST_CONTACT: ("首问登记", Visibility.INTERNAL),
    EntryKind.HANDOVER: ("交接登记", Visibility.INTERNAL),
    EntryKind.HANDED_BACK: ("返岗交回", Visibility.INTERNAL),
    EntryKind.OPINION: ("意见登记", Visibility.INTERNAL),
    EntryKind.COMPLAINT: ("投诉登记", Visibility.CONFIDENTIAL),
    EntryKind.CALENDAR: ("放假日历", Visibility.INTERNAL),
    EntryKind.PHRASES: ("文明用语", Visibility.INTERNAL),
    EntryKind.CLOCK_CONFIRMED: ("确认电脑时间", Visibility.INTERNAL),
    EntryKind.NUMBER_CONFIRMED: ("核对号码", Visibility.INTERNAL),
    EntryKind.NUMBER_REVEALED: ("查看号码", Visibility.INTERNAL),
    EntryKind.ITEM_APPROVED: ("核定事项", Visibility.INTERNAL),
    EntryKind.APPROVAL_WITHDRAWN: ("收回核定", Visibility.INTERNAL),
    EntryKind.CONTENT_TAKEN: ("施行目录", Visibility.INTERNAL),
    EntryKind.KEY_SLOT: ("台账口令", Visibility.INTERNAL),
    EntryKind.SIGNIN_FAILED: ("登录没有成功", Visibility.INTERNAL),
    EntryKind.REVIEW: ("复核", Visibility.INTERNAL),
    EntryKind.DAY_CLOSED: ("日结", Visibility.INTERNAL),
    EntryKind.MONTH_CLOSED: ("月结", Visibility.INTERNAL),
    EntryKind.YEAR_CLOSED: ("年结", Visibility.INTERNAL),
    EntryKind.HEAD_WITNESSED: ("中心见证", Visibility.INTERNAL),
    EntryKind.COPY_FILED: ("存档联归卷", Visibility.INTERNAL),
    EntryKind.RESTORED: ("恢复台账", Visibility.INTERNAL),
    EntryKind.BOOK_EXPORTED: ("导出台账", Visibility.INTERNAL),
    EntryKind.OWN_FORM: ("本中心的表样", Visibility.INTERNAL),
    EntryKind.KIT_PRINTED: ("印停电备用单", Visibility.INTERNAL),
    EntryKind.KIT_VOIDED: ("作废停电备用单", Visibility.INTERNAL),
    EntryKind.BOX_OPENED: ("意见箱开箱", Visibility.INTERNAL),
    EntryKind.MISUNDERSTANDING: ("误解登记", Visibility.INTERNAL),
    EntryKind.OVERTIME: ("延时服务登记", Visibility.INTERNAL),
    EntryKind.ABSENCE: ("离岗登记", Visibility.INTERNAL),
    EntryKind.REPORTED_UPWARD: ("上报登记", Visibility.INTERNAL),
    EntryKind.RESULT_FILED: ("办理结果备案", Visibility.INTERNAL),
    EntryKind.REGISTER_ANSWERED: ("登记办结", Visibility.INTERNAL),
    EntryKind.REGISTER_WITHDRAWN: ("撤销登记", Visibility.INTERNAL),
    EntryKind.SUPERVISOR_LOOKED: ("带班查看", Visibility.INTERNAL),
    EntryKind.RATING: ("评价登记", Visibility.INTERNAL),
    EntryKind.RATING_SETTLED: ("评价整改", Visibility.INTERNAL),
    EntryKind.BUNDLE_TAKEN: ("收交换包", Visibility.INTERNAL),
    EntryKind.FINDING_SETTLED: ("查明网点台账", Visibility.INTERNAL),
    EntryKind.BOOK_MOVED: ("搬台账", Visibility.INTERNAL),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the book's chain.

    `seq` counts from 1 without gaps and is the order of the book. `time` is one reading of the clock, in whole seconds
    with its offset; `clock_back` is set where it is earlier than the entry before. `payload` is empty (`erased`) once
    its retention has ended; once that of its whole numbers has, it is without those. `uuid` names the act, so that a repeated act is recognised.
    """

    seq: int
    time: datetime
    kind: EntryKind
    payload: dict[str, Any]
    hash: bytes
    uuid: str | None = None
    clock_back: bool = False
    erased: bool = False

    @property
    def visibility(self) -> Visibility:
        """The visibility of its kind."""
        return self.kind.visibility

    @property
    def check_code(self) -> str:
        """校验码: the first 12 hex digits of the hash, printed on both copies."""
        return self.hash.hex()[:CHECK_CODE_LENGTH]


class Flat:
    """What an entry says, where each field of its dataclass is one JSON value under its own name."""

    __slots__: tuple[str, ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """What `to_payload` wrote."""
        return cls(**{name: payload[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class BookOpened(Flat):
    """启用台账 (`book_opened`): the unique name of the book, and its installation."""

    book: str
    installation: str


_WHY = ("reason", "by", "second", "certificate", "copies_by")
"""The fields of an erasure that say why, and who answers for it."""


@dataclass(frozen=True, slots=True)
class PayloadErased:
    """保存期满清除 (`payload_erased`): what is kept of the entry that it names, without anything personal. Where only the
    whole numbers have left it, `of` is that entry's kind, and `kept` all else that it said. Where somebody erased it, why and the two
    who did, by staff number; on which `certificate` (销毁清册) it stands, and `copies_by`, YYYY-MM-DD, from which day on no copy of the
    book that still says it is kept.
    """

    kept: dict[str, Any]
    of: EntryKind | None = None
    reason: str = ""
    by: str = ""
    second: str = ""
    certificate: str = ""
    copies_by: str = ""

    @property
    def left(self) -> dict[str, Any]:
        """What is kept in the end, where an erasure was itself left with less."""
        return self.kept["kept"] if self.of is EntryKind.PAYLOAD_ERASED else self.kept

    def to_payload(self) -> dict[str, Any]:
        """Plain JSON values for the book."""
        said = {"of": self.of.value if self.of else ""} | {name: getattr(self, name) for name in _WHY}
        return {"kept": self.kept, **{key: value for key, value in said.items() if value}}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> PayloadErased:
        """What `to_payload` wrote."""
        said = [payload.get(key, "") for key in _WHY]
        return cls(payload["kept"], EntryKind(payload["of"]) if "of" in payload else None, *said)
