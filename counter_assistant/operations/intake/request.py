"""一次办理请求：命令行的 JSON（request_json.py）与受理台的页面都归到这里。"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from counter_assistant.domain.assessment.decision import Clarity, Duty, Eligibility, Hold, Purpose
from counter_assistant.domain.entry import ERASURE, REVIEW_OF, UNNAMED_CASE
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_code

ALL = "all"
RETURNED = "returned"
"""That the applicant gave back the copy of the slip that is corrected."""
CORRECTING = ("corrects", "correction", "old_copy")
"""The fields of the details that say which slip is corrected, why, and whether the applicant's copy came back."""
LONGEST_ID = 100
RESERVED_IDS = (ERASURE, UNNAMED_CASE, REVIEW_OF, "book:")
"""What the book itself names: the erasure of an entry, a case whose act has no name, a review, and later kinds of its own."""


class Channel(StrEnum):
    """告知方式."""

    WINDOW = "window"
    PHONE = "phone"
    LETTER = "letter"
    ONLINE = "online"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"window": "窗口", "phone": "电话", "letter": "信函", "online": "网上"}[self.value]


class Delivery(StrEnum):
    """书面 or 口头（守则 一(五)3⑶）."""

    WRITTEN = "written"
    ORAL = "oral"


@dataclass(frozen=True, slots=True)
class Details:
    """What single kinds of paper say in addition. Each may be left out; the paper then has a line to write on.

    `asked`: what was asked, in the visitor's words; `refer_*`: where that belongs (指引单). `colleague`: staff number
    of whoever takes it over; `contact`: when and how they were tried, with what result (转办单, 材料代收记录).
    `explanation`: what the clerk found; `condition`: the id of the condition that is not met, where no answer says so;
    `reviewer`: the name of the reviewer (窗口退回通知书). `due`: the day that the clerk names, with `due_reason` where
    it is later than the rule's. `old_due` and `of`: the day printed before and the number of that paper (延期告知单).
    `verify`, `owner`: what is to be found out about a held matter, and the staff number of whoever it was reported to
    and is responsible for it (守则 一(五)3⑵); `contact` then says how somebody without a phone is told. `quoted`: why
    forbidden words are kept in a text (a quotation of somebody; 守则 三). `uncoded`: what the characters without a code in a
    name look like and how they are read; `also_named`: how other systems write the name, parted by 、. `corrects`: the number of the slip that
    this one corrects (更正), with `correction`, why, and `old_copy`, `RETURNED` where the applicant gave its copy back.
    """

    asked: str = ""
    refer_to: str = ""
    refer_address: str = ""
    refer_phone: str = ""
    colleague: str = ""
    contact: str = ""
    explanation: str = ""
    reviewer: str = ""
    due: date | None = None
    due_reason: str = ""
    old_due: date | None = None
    of: str = ""
    verify: str = ""
    owner: str = ""
    quoted: str = ""
    condition: str = ""
    uncoded: str = ""
    also_named: str = ""
    corrects: str = ""
    correction: str = ""
    old_copy: str = ""

    def given(self) -> dict[str, str]:
        """What is not left out, as plain text."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value
        }


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asks for. `received` None means every required line, `slip` None the recommended kind.

    `item` is empty where the matter is not this office's business (`duty` elsewhere, `details.asked`). `case` is the id
    of the case that this act continues; empty where a matter begins. `confirmed`: which of the applicant's numbers the
    clerk confirmed although an earlier entry, given by its number, has it under another name. `compared`: which fields of
    the person, of those in `COMPARABLE`, are doubtful and as the document has them (已与证照核对一致).
    """

    item: str
    applicant: Applicant = field(default_factory=Applicant)
    purpose: Purpose = Purpose.INQUIRE
    answers: Mapping[str, str] = field(default_factory=dict)
    received: frozenset[str] | None = frozenset()
    defects: Mapping[str, str] = field(default_factory=dict)
    eligible: Eligibility = Eligibility.UNCHECKED
    duty: Duty = Duty.OURS
    clarity: Clarity = Clarity.CLEAR
    hold: Hold | None = None
    on_the_spot: bool = True
    channel: Channel = Channel.WINDOW
    delivery: Delivery = Delivery.WRITTEN
    slip: SlipKind | None = None
    reason: str = ""
    clerk: str = ""
    on: date | None = None
    request_id: str = ""
    case: str = ""
    details: Details = Details()
    confirmed: Mapping[str, int] = field(default_factory=dict)
    compared: frozenset[str] = frozenset()

    def digest(self) -> str:
        """A hash of everything but `request_id`: what the same `request_id` must be sent with again.

        Fields that later versions added only count where they hold something, so that a request sent before is still
        recognised.
        """
        later = ("request_id", "case", "details", "confirmed", "compared")
        facts = {name: getattr(self, name) for name in self.__slots__ if name not in later}
        facts["received"] = ALL if self.received is None else sorted(self.received)
        if self.case:
            facts["case"] = self.case
        agent = self.applicant.agent
        if agent.id_number or agent.phone:
            facts["agent"] = [agent.id_type, agent.id_number, agent.phone]
        if self.details.given():
            facts["details"] = self.details.given()
        if self.confirmed:
            facts["confirmed"] = dict(self.confirmed)
        if self.compared:
            facts["compared"] = sorted(self.compared)
        text = json.dumps(facts, sort_keys=True, default=str, ensure_ascii=False)
        return sha256(text.encode(errors="surrogatepass")).hexdigest()  # half a character is refused where it is read


def check_act_id(text: str) -> str:
    """The name under which an act is recorded once; empty where it has none.

    Raises:
        Refusal: `id-blank` (blanks at its ends); `id-reserved` (a name that the book gives: an act called erase:2 would
            keep the second entry from ever being erased); what `check_code` refuses, such as more than `LONGEST_ID`
            characters.
    """
    check_code(text, "申请编号", LONGEST_ID)
    if text != text.strip():
        raise Refusal("id-blank", "申请编号的首尾有空格。", "请删去空格，或者换一个编号。")
    if text.startswith(RESERVED_IDS):
        raise Refusal(
            "id-reserved", f"申请编号“{text}”是台账自己用的。", f"请换一个，不要以 {'、'.join(RESERVED_IDS)} 开头。"
        )
    return text
