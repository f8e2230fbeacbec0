"""谁可以做什么：七种职责，每一种事由哪些职责的人办，一张表.

A permission that has no row here cannot be had. A role that nobody at an office has is exercised by its administrators, so that a
branch of one person can do everything; only what is kept from them on purpose is not (守则 一(九): 投诉由专人保管). Until an
office has named an administrator everybody may do everything, as before there were roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.refusal import Refusal


class Role(StrEnum):
    """职责。One person may have several."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    REGISTER_KEEPER = "register_keeper"
    ADMINISTRATOR = "administrator"
    ARCHIVIST = "archivist"
    CONTENT_KEEPER = "content_keeper"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    Role.CLERK: "经办人",
    Role.REVIEWER: "复核人",
    Role.SUPERVISOR: "带班领导",
    Role.REGISTER_KEEPER: "登记保管人",
    Role.ADMINISTRATOR: "管理员",
    Role.ARCHIVIST: "档案员",
    Role.CONTENT_KEEPER: "目录管理员",
}

NEVER_FALLS = frozenset((Role.REGISTER_KEEPER,))
"""What the administrators do not exercise where nobody has it."""


class Permission(StrEnum):
    """要有职责才能办的事。What is only read needs none, except what is sealed or masked."""

    ISSUE_NOTIFICATION_SLIP = "issue_notification_slip"
    ISSUE_RECEIPT = "issue_receipt"
    ISSUE_PROMISE_NOTICE = "issue_promise_notice"
    ISSUE_SUPPLEMENT_NOTICE = "issue_supplement_notice"
    ISSUE_REFERRAL_NOTICE = "issue_referral_notice"
    ISSUE_RETURN_NOTICE = "issue_return_notice"
    ISSUE_INTRODUCTION = "issue_introduction"
    ISSUE_GUIDANCE = "issue_guidance"
    ISSUE_CUSTODY_RECORD = "issue_custody_record"
    ISSUE_DELAY_NOTICE = "issue_delay_notice"
    RECORD = "record"
    TAKE_BACK = "take_back"
    TAKE_BACK_LATER = "take_back_later"
    VOID = "void"
    VOID_LATER = "void_later"
    REPRINT = "reprint"
    REPRINT_LATER = "reprint_later"
    REVIEW = "review"
    REVEAL_NUMBER = "reveal_number"
    ERASE = "erase"
    CLOSE = "close"
    CLOSE_PERIOD = "close_period"
    RECORD_SEALED = "record_sealed"
    READ_SEALED = "read_sealed"
    REVISE = "revise"
    APPROVE = "approve"
    TAKE_CONTENT = "take_content"
    PHRASES = "phrases"
    CALENDAR = "calendar"
    OFFICE = "office"
    PEOPLE = "people"
    NUMBER_SERIES = "number_series"
    KEYS = "keys"
    OWN_KEY = "own_key"
    CLOCK = "clock"
    RESTORE = "restore"
    SAFEKEEPING = "safekeeping"
    EXPORT = "export"
    WITNESS = "witness"
    BRANCHES = "branches"
    PRINT_KIT = "print_kit"
    VOID_KIT = "void_kit"
    KEEP_REGISTER = "keep_register"
    EXPORT_REGISTER = "export_register"
    SUPERVISE = "supervise"
    TAKE_BACK_RATING = "take_back_rating"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _ROWS[self][0]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of whoever may do it."""
        return _ROWS[self][1]

    @classmethod
    def issuing(cls, kind: str) -> Permission:
        """The permission to issue a kind of paper, by the kind's code."""
        return cls(f"issue_{kind}")

    @classmethod
    def voiding(cls, issued: date, today: date) -> Permission:
        """The permission to void a slip, or to correct it: on the day of its issue it is another act than after that."""
        return cls.VOID if issued == today else cls.VOID_LATER


_EVERYBODY = frozenset(Role)
_COUNTER = frozenset((Role.CLERK,))
_LEADS = frozenset((Role.SUPERVISOR,))
_RECORDS = frozenset((Role.SUPERVISOR, Role.ARCHIVIST))
_RULES = frozenset((Role.ADMINISTRATOR,))
_TEXTS = frozenset((Role.CONTENT_KEEPER,))

_ROWS: Mapping[Permission, tuple[str, frozenset[Role]]] = {
    Permission.ISSUE_NOTIFICATION_SLIP: ("出具一次性告知单", _COUNTER),
    Permission.ISSUE_RECEIPT: ("出具收件回执", _COUNTER),
    Permission.ISSUE_PROMISE_NOTICE: ("出具承诺通知书", _COUNTER),
    Permission.ISSUE_SUPPLEMENT_NOTICE: ("出具补办件通知书", _COUNTER),
    Permission.ISSUE_REFERRAL_NOTICE: ("出具承诺件通知书（上报审批）", _COUNTER),
    Permission.ISSUE_RETURN_NOTICE: ("出具窗口退回通知书", _COUNTER),
    Permission.ISSUE_INTRODUCTION: ("出具转办单", _COUNTER),
    Permission.ISSUE_GUIDANCE: ("出具指引单", _COUNTER),
    Permission.ISSUE_CUSTODY_RECORD: ("出具材料代收记录", _COUNTER),
    Permission.ISSUE_DELAY_NOTICE: ("出具延期告知单", _COUNTER),
    Permission.RECORD: ("登记办件和口头告知", _COUNTER),
    Permission.TAKE_BACK: ("撤销当天的一步", _COUNTER | _LEADS),
    Permission.TAKE_BACK_LATER: ("撤销以前的一步", _LEADS),
    Permission.VOID: ("作废当天的文书", _COUNTER | _RECORDS),
    Permission.VOID_LATER: ("作废以前的文书", _RECORDS),
    Permission.REPRINT: ("补打当天的文书", _COUNTER | _RECORDS),
    Permission.REPRINT_LATER: ("补打以前的文书", _RECORDS),
    Permission.REVIEW: ("复核", frozenset((Role.REVIEWER, Role.SUPERVISOR))),
    Permission.REVEAL_NUMBER: ("查看完整号码", _COUNTER | _RECORDS),
    Permission.ERASE: ("清除保存期满的内容", _RECORDS),
    Permission.CLOSE: ("日结和收存档联", _COUNTER | _LEADS),
    Permission.CLOSE_PERIOD: ("月结和年结", _RECORDS),
    Permission.RECORD_SEALED: ("登记投诉", _COUNTER | _LEADS | {Role.REGISTER_KEEPER}),
    Permission.READ_SEALED: ("查看投诉登记", frozenset((Role.REGISTER_KEEPER,))),
    Permission.REVISE: ("修改目录", _TEXTS),
    Permission.APPROVE: ("登记核定", _TEXTS),
    Permission.TAKE_CONTENT: ("施行新目录", _TEXTS),
    Permission.PHRASES: ("修改文明用语", _TEXTS | _RULES),
    Permission.CALENDAR: ("修改放假日历", _TEXTS | _RULES),
    Permission.OFFICE: ("修改单位资料", _RULES),
    Permission.PEOPLE: ("修改人员和职责", _RULES),
    Permission.NUMBER_SERIES: ("设定起始编号", _RULES),
    Permission.KEYS: ("管理台账口令", _RULES),
    Permission.OWN_KEY: ("更换自己的口令", _EVERYBODY),
    Permission.CLOCK: ("确认电脑时间", _EVERYBODY),
    Permission.RESTORE: ("恢复台账", _RULES),
    Permission.SAFEKEEPING: ("设定流水和备份放在哪里", _RULES),
    Permission.EXPORT: ("导出台账", _RULES | {Role.ARCHIVIST}),
    Permission.WITNESS: ("收中心见证", _RULES | {Role.ARCHIVIST}),
    Permission.BRANCHES: ("收网点的交换包、查各网点", _RULES | {Role.ARCHIVIST}),
    Permission.PRINT_KIT: ("印停电备用单", _COUNTER | _LEADS),
    Permission.VOID_KIT: ("作废停电备用单", _COUNTER | _RECORDS),
    Permission.KEEP_REGISTER: ("登记意见、延时、离岗等", _COUNTER | _LEADS),
    Permission.EXPORT_REGISTER: ("导出登记簿", _RECORDS | _RULES),
    Permission.SUPERVISE: ("看带班页和报告", _LEADS),
    Permission.TAKE_BACK_RATING: ("撤销评价", _LEADS),
}


def are_given(profile: OfficeProfile) -> bool:
    """Whether the office has named an administrator, and with that begun to give roles."""
    return bool(administrators(profile))


def administrators(profile: OfficeProfile) -> frozenset[str]:
    """Who was made an administrator, by staff number."""
    return frozenset(clerk.staff_number for clerk in profile.clerks if Role.ADMINISTRATOR in clerk.roles)


def with_first_administrator(profile: OfficeProfile) -> OfficeProfile:
    """The profile in which the current clerk is the administrator, besides being a clerk; it has none yet."""
    number = profile.clerk("").staff_number
    clerks = tuple(
        replace(clerk, roles=(*sorted(given(clerk)), Role.ADMINISTRATOR.value))
        if clerk.staff_number == number
        else clerk
        for clerk in profile.clerks
    )
    return replace(profile, clerks=clerks)


def required_by(before: OfficeProfile, after: OfficeProfile) -> tuple[Permission, ...]:
    """What somebody has to be allowed to do who changes one profile into the other. Who is at the window anybody may say."""
    people = Permission.PEOPLE if before.clerks != after.clerks else None
    rest = replace(after, clerks=before.clerks, current_clerk=before.current_clerk) != before
    return tuple(each for each in (people, Permission.OFFICE if rest else None) if each)


def given(clerk: Clerk) -> frozenset[Role]:
    """The roles that a clerk was given; that of a clerk at a window where it was none."""
    return frozenset(map(Role, clerk.roles)) or _COUNTER


def roles_of(profile: OfficeProfile, clerk: Clerk) -> frozenset[Role]:
    """The roles that a clerk exercises here, those that fall to an administrator among them."""
    if not are_given(profile):
        return _EVERYBODY
    own = given(clerk)
    if Role.ADMINISTRATOR not in own:
        return own
    held = frozenset[Role]().union(*map(given, profile.clerks))
    return own | (_EVERYBODY - held - NEVER_FALLS)


def may(profile: OfficeProfile, clerk: Clerk, permission: Permission) -> bool:
    """Whether a clerk has a permission."""
    return bool(roles_of(profile, clerk) & permission.roles)


def who_may(profile: OfficeProfile, permission: Permission) -> tuple[Clerk, ...]:
    """Everybody at the office who has a permission."""
    return tuple(clerk for clerk in profile.clerks if may(profile, clerk, permission))


def require(profile: OfficeProfile, clerk: Clerk, permission: Permission) -> None:
    """Asks whether a clerk has a permission.

    Raises:
        Refusal: `not-permitted`, which names who may, with post and phone.
    """
    if may(profile, clerk, permission):
        return
    able = [in_words(profile, one) for one in who_may(profile, permission)]
    roles = "或者".join(role.label for role in Role if role in permission.roles)
    remedy = f"请找{'、'.join(able)}。" if able else f"本单位还没有{roles}，请管理员在设置的“经办人”里指定。"
    raise Refusal("not-permitted", f"{permission.label}由{roles}办，{clerk.name}不是。", remedy)


def in_words(profile: OfficeProfile, clerk: Clerk) -> str:
    """李某（归集岗，电话 0883-2120001）: how somebody is found."""
    posts = "、".join(post.name for post in profile.posts if post.holder == clerk.staff_number)
    reached = "，".join(part for part in (posts or clerk.title, f"电话 {clerk.phone}" if clerk.phone else "") if part)
    return f"{clerk.name}（{reached or clerk.staff_number}）"
