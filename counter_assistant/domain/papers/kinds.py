"""文书种类：十种文书，每种一行，写明它是什么、留下什么、要填什么（守则 一(五)–(八)）。

Everything that depends on the kind alone is here; how a paper is set is a matter of its form and its arrangement.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class SlipKind(StrEnum):
    """文书种类. The value is the code that requests, the book and JSON use."""

    NOTIFICATION_SLIP = "notification_slip"
    RECEIPT = "receipt"
    PROMISE_NOTICE = "promise_notice"
    SUPPLEMENT_NOTICE = "supplement_notice"
    REFERRAL_NOTICE = "referral_notice"
    RETURN_NOTICE = "return_notice"
    INTRODUCTION = "introduction"
    GUIDANCE = "guidance"
    CUSTODY_RECORD = "custody_record"
    DELAY_NOTICE = "delay_notice"

    @property
    def in_words(self) -> str:
        """The title printed on the paper."""
        return KINDS[self].title


class PaperKind(NamedTuple):
    """What a kind of paper is.

    `series_mark` and `series_code` identify its series in the number and in the QR code. `asks_for` are the fields of a
    request's details that only this kind carries.

    `keeps`: materials stay with the office; an applicant who is not accepted yet, sent on or sent back takes everything
    home. `accepts`: it accepts an application, and is refused until its eligibility is settled. `binds`: it binds the
    centre, and is refused for an item that the centre has not approved (守则 一(四)3). `tells`: it tells the five parts
    of 守则 一(五)2, and is not printed while one is missing. `ends`: when it is issued, it shows whether everything had
    been told. `names_post`: it names who is responsible for its day, and is not printed while that post is vacant.
    `dated`: its firm day is never moved later without telling the applicant (守则 一(二)2⑶). `needs_name`: false where
    somebody is only shown the way. `needs_number`: an identity number is required, because many people share a name.
    `of_case`: it is made from a case and cannot be chosen at the desk. `called`: what people say for it, by which it is
    found in the archive beside its title.
    """

    title: str
    series_mark: str
    series_code: int
    asks_for: tuple[str, ...] = ()
    keeps: bool = False
    accepts: bool = False
    binds: bool = False
    tells: bool = False
    ends: bool = False
    names_post: bool = False
    dated: bool = False
    needs_name: bool = True
    needs_number: bool = True
    of_case: bool = False
    called: tuple[str, ...] = ()


KINDS = {
    SlipKind.NOTIFICATION_SLIP: PaperKind("一次性告知单", "告", 1, tells=True, needs_number=False, called=("告知",)),
    SlipKind.RECEIPT: PaperKind(
        "收件回执",
        "收",
        2,
        ("due", "due_reason"),
        keeps=True,
        accepts=True,
        ends=True,
        dated=True,
        called=("回执", "收件"),
    ),
    SlipKind.PROMISE_NOTICE: PaperKind(
        "承诺通知书",
        "诺",
        3,
        keeps=True,
        accepts=True,
        binds=True,
        ends=True,
        names_post=True,
        dated=True,
        called=("承诺",),
    ),
    SlipKind.SUPPLEMENT_NOTICE: PaperKind(
        "补办件通知书", "补", 4, keeps=True, tells=True, called=("补办", "补件", "补正", "补充")
    ),
    SlipKind.REFERRAL_NOTICE: PaperKind(
        "承诺件通知书",
        "报",
        5,
        keeps=True,
        accepts=True,
        binds=True,
        ends=True,
        names_post=True,
        dated=True,
        called=("上报", "承诺", "报批"),
    ),
    SlipKind.RETURN_NOTICE: PaperKind(
        "窗口退回通知书", "退", 6, ("explanation", "reviewer"), binds=True, ends=True, called=("退回", "退件")
    ),
    SlipKind.INTRODUCTION: PaperKind(
        "转办单", "转", 7, ("colleague", "contact"), needs_number=False, called=("转办", "转交")
    ),
    SlipKind.GUIDANCE: PaperKind(
        "指引单",
        "引",
        8,
        ("asked", "refer_to", "refer_phone", "refer_address"),
        needs_name=False,
        needs_number=False,
        called=("指引", "引导"),
    ),
    SlipKind.CUSTODY_RECORD: PaperKind("材料代收记录", "管", 9, ("colleague", "contact"), keeps=True, called=("代收",)),
    SlipKind.DELAY_NOTICE: PaperKind(
        "延期告知单",
        "延",
        10,
        ("of", "old_due", "due", "due_reason"),
        keeps=True,
        dated=True,
        of_case=True,
        called=("延期",),
    ),
}
"""In the order of the service code, in which the desk offers them."""

KEEPING = frozenset(kind for kind, row in KINDS.items() if row.keeps)
ACCEPTING = frozenset(kind for kind, row in KINDS.items() if row.accepts)
BINDING = frozenset(kind for kind, row in KINDS.items() if row.binds)
TELLING = frozenset(kind for kind, row in KINDS.items() if row.tells)
ENDING = frozenset(kind for kind, row in KINDS.items() if row.ends)
NAMING_POST = frozenset(kind for kind, row in KINDS.items() if row.names_post)
DATED = frozenset(kind for kind, row in KINDS.items() if row.dated)
WITHOUT_NAME = frozenset(kind for kind, row in KINDS.items() if not row.needs_name)
WITHOUT_NUMBER = frozenset(kind for kind, row in KINDS.items() if not row.needs_number)
CHOSEN = tuple(kind for kind, row in KINDS.items() if not row.of_case)
"""The kinds that can be chosen at the desk, each by a number key, in this order."""
