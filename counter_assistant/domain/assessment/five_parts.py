"""一次性告知的五项内容（守则 一(五)2），缺一项不得出具。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from counter_assistant.domain.assessment.checklist import Checklist
from counter_assistant.domain.catalogue.conditions import Answers
from counter_assistant.domain.catalogue.items import NOTHING_SETTLED, Catalogue, ServiceItem
from counter_assistant.domain.catalogue.limits import Limit, own_limit
from counter_assistant.domain.catalogue.sources import TO_CONFIRM
from counter_assistant.domain.catalogue.statutes import cite
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Responsible:
    """One approval step and who is responsible for it. `vacant`: the step names a post that nobody holds here."""

    step: str
    department: str
    post: str = ""
    holder: str = ""
    phone: str = ""
    vacant: bool = False

    def in_words(self) -> str:
        """审核：归集提取科　提取审核岗　张某　0883-0000001."""
        parts = (self.department, self.post, self.holder, self.phone)
        return f"{self.step}：{'　'.join(part for part in parts if part)}"


@dataclass(frozen=True, slots=True)
class Notice:
    """The five parts, in words where they print as words."""

    basis: str
    checklist: Checklist
    responsible: tuple[Responsible, ...]
    procedure: str
    statutory: str
    promised: str
    remedy: str
    redress: str

    def missing_parts(self) -> list[str]:
        """The parts that are incomplete, in the words of the service code."""
        vacant = [step.post for step in self.responsible if step.vacant]
        present = {
            "①政策依据": bool(self.basis),
            "②证明资料及填报要求": bool(self.checklist.required or self.checklist.maybe),
            "③承办部门或责任人员" + (f"（{'、'.join(vacant)}空岗）" if vacant else ""): bool(self.responsible)
            and not vacant,
            "④程序和时限": bool(self.procedure and self.promised),
            "⑤补救途径及方式": bool(self.remedy and self.redress),
        }
        return [part for part, there in present.items() if not there]


def write_notice(
    item: ServiceItem,
    checklist: Checklist,
    promised: Limit,
    catalogue: Catalogue,
    profile: OfficeProfile,
    day: date,
    settled: Answers = NOTHING_SETTLED,
) -> Notice:
    """The five parts for an item on a day in this office, in the situation whose answers are `settled`."""
    statutory = catalogue.statutory_on(item, day, settled)
    basis = cite(catalogue.basis_on(item, day), catalogue.statutes)
    return Notice(
        basis=f"{basis}。{item.basis_note}" if basis else item.basis_note,
        checklist=checklist,
        responsible=tuple(responsible_steps(item, profile)),
        procedure=f"{item.procedure}。流程：{item.flow}。",
        statutory=statutory_words(statutory),
        promised=promised_words(promised, own_limit(statutory)),
        remedy=item.remedy,
        redress=item.redress,
    )


def in_one_line(steps: Sequence[Responsible]) -> list[str]:
    """The steps in words, those that follow one another in the same post and hand together: 现场勘验、审核：贷款科…."""
    together = (list(alike) for _, alike in groupby(steps, lambda step: replace(step, step="")))
    return [replace(alike[0], step=listed(step.step for step in alike)).in_words() for alike in together]


def one_hand(steps: Sequence[Responsible]) -> str:
    """审核、审批: the steps that are in one person's hands; empty where each has its own."""
    holders = [step.holder for step in steps if step.holder]
    twice = next((holder for holder in holders if holders.count(holder) > 1), "")
    return listed(step.step for step in steps if twice and step.holder == twice)


def gate(notice: Notice) -> None:
    """Checks that all five parts are there.

    Raises:
        Refusal: `incomplete-notice`, naming every part that is missing.
    """
    missing = notice.missing_parts()
    if missing:
        raise Refusal(
            "incomplete-notice",
            f"告知内容不全，缺：{'；'.join(missing)}。",
            "请在设置里补全岗位和人员，或者改正事项目录。",
        )


def gate_responsible(notice: Notice) -> None:
    """Checks, for a paper with a date, that every post responsible for it is held.

    Raises:
        Refusal: `vacant-post`, naming the posts.
    """
    vacant = [step.post for step in notice.responsible if step.vacant]
    if vacant:
        raise Refusal("vacant-post", f"{'、'.join(vacant)}空岗，没有人对期限负责。", "请在设置里给岗位指定人员。")


def statutory_words(limits: Sequence[Limit]) -> str:
    """自受理之日起3日内作出决定. Several limits where a statute binds several bodies, each at its own step."""
    if not limits:
        return "法律、法规未规定办理期限"
    several = len(limits) > 1
    return "；".join(
        f"{limit.by or ('本中心' if several else '')}{_from(limit)}{limit.n}{_unit(limit)}内{limit.act}{_mark(limit)}"
        for limit in limits
    )


def promised_words(limit: Limit, statutory: Limit | None = None) -> str:
    """材料补齐之日起1个工作日内办结（当日不计）. No calendar date: before acceptance no clock runs.

    A promise that can end after the statute's limit says that the statute prevails.
    """
    if limit.n == 0:
        return f"材料补齐后当场或当天{limit.act}{_mark(limit)}"
    first_day = "当日计入" if limit.first_day_counts else "当日不计"
    bound = "，不晚于法定期限" if statutory and limit.may_outlast(statutory) else ""
    return f"{_from(limit)}{limit.n}{_unit(limit)}内{limit.act}（{first_day}）{bound}{_mark(limit)}"


def promised_in_short(limit: Limit, statutory: Limit | None = None) -> str:
    """您把材料交齐以后，我们1个工作日内办结（交齐那天不算）: the promise as one says it, with who does what by when.

    A promise that can end after the statute's limit names that limit.
    """
    since, first_day = _SINCE[limit.start]
    if limit.n == 0:
        return f"{since}，我们当场或当天{limit.act}"
    counted = "也算" if limit.first_day_counts else "不算"
    bound = ""
    if statutory and limit.may_outlast(statutory):
        bound = f"，最晚不超过法定的{statutory.n}{_unit(statutory)}（{_from(statutory)}）"
    return f"{since}，我们{limit.n}{_unit(limit)}内{limit.act}（{first_day}那天{counted}）{bound}"


_SINCE = {
    "complete": ("您把材料交齐以后", "交齐"), "acceptance": ("受理以后", "受理"), "receipt": ("收到您的申请以后", "收到"),
    "filing": ("立案处罚的，立案以后", "立案"),
}  # fmt: skip


def _from(limit: Limit) -> str:
    return _STARTS[limit.start]


_STARTS = {
    "complete": "材料补齐之日起", "acceptance": "自受理之日起", "receipt": "自收到申请之日起", "filing": "立案处罚的自立案之日起",
}  # fmt: skip


def _unit(limit: Limit) -> str:
    return "个工作日" if limit.unit == "workday" else "日"


def _mark(limit: Limit) -> str:
    return TO_CONFIRM if limit.source.to_confirm else ""


def responsible_steps(item: ServiceItem, profile: OfficeProfile) -> list[Responsible]:
    """The approval steps of an item with who holds each post in this office."""
    steps = []
    for step in item.steps:
        post = profile.post(step.post) if step.post else None
        holder = profile.holder(post) if post else None
        steps.append(
            Responsible(
                step.name,
                step.department,
                post.name if post else step.post,
                holder.name if holder else "",
                holder.phone if holder else "",
                vacant=bool(step.post) and holder is None,
            )
        )
    return steps
