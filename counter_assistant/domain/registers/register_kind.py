"""登记簿有哪几本，各依守则哪一条，谁记、要不要办结。

Most of it arises by itself from what the desk did (domain/cases/arising.py); what is typed by hand says so here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class RegisterKind(StrEnum):
    """登记簿的种类。Complaints are no kind of it: only their keepers read them (complaint.py)."""

    FIRST_CONTACT = "first_contact"
    INQUIRY = "inquiry"
    REFERRAL = "referral"
    OPINION = "opinion"
    BOX_OPENED = "box_opened"
    MISUNDERSTANDING = "misunderstanding"
    OVERTIME = "overtime"
    ABSENCE = "absence"
    REPORTED_UPWARD = "reported_upward"
    RESULT_FILED = "result_filed"
    RATING = "rating"

    @property
    def label(self) -> str:
        """What the clerk reads: 首问."""
        return _ROWS[self].label

    @property
    def book_title(self) -> str:
        """What stands over its printed book: 首问责任登记簿."""
        return _ROWS[self].title

    @property
    def clause(self) -> str:
        """The clause of the service code that asks for it; of 评价, which it does not know yet, what does."""
        return _ROWS[self].clause

    @property
    def source(self) -> str:
        """What asks for it, as it stands on the book: 守则 一(六)."""
        return f"守则 {self.clause}" if self.clause.startswith("一(") else self.clause

    @property
    def by_hand(self) -> bool:
        """Whether an entry of it can be typed; the others arise by themselves."""
        return _ROWS[self].typed != ""

    @property
    def typed_as(self) -> str:
        """What typing an entry of it is called: 登记意见; empty where none is typed."""
        return _ROWS[self].typed

    @property
    def settles(self) -> str:
        """What ends an entry of it that waits: 登记答复; empty where none waits."""
        return _ROWS[self].settles


class _Row(NamedTuple):
    label: str
    title: str
    clause: str
    typed: str = ""
    settles: str = ""


_ROWS: Mapping[RegisterKind, _Row] = {
    RegisterKind.FIRST_CONTACT: _Row("首问", "首问责任登记簿", "一(六)"),
    RegisterKind.INQUIRY: _Row("咨询", "咨询登记簿", "一(七)4", "登记咨询", "登记答复"),
    RegisterKind.REFERRAL: _Row("转办", "转办和材料代收登记簿", "一(六)4⑷⑸", "", "督办完成"),
    RegisterKind.OPINION: _Row("意见", "意见建议登记簿", "一(二)2⑺", "登记意见", "登记处理"),
    RegisterKind.BOX_OPENED: _Row("开箱", "意见箱开箱登记簿", "一(二)2⑺", "登记开箱"),
    RegisterKind.MISUNDERSTANDING: _Row("误解", "误解情况登记簿", "一(二)2⑻", "登记误解"),
    RegisterKind.OVERTIME: _Row("延时", "延时服务登记簿", "一(二)2⑷", "登记延时"),
    RegisterKind.ABSENCE: _Row("离岗", "离岗和误时登记簿", "一(二)2⑵⑶", "登记离岗", "登记返岗"),
    RegisterKind.REPORTED_UPWARD: _Row("上报", "上报事项登记簿", "一(六)4⑸", "登记上报", "登记承办机构"),
    RegisterKind.RESULT_FILED: _Row("备案", "办理结果备案登记簿", "一(七)3", "", "登记结果"),
    RegisterKind.RATING: _Row("评价", "政务服务评价登记簿", "国办发〔2019〕51号", "登记评价", "登记整改"),
}

BY_HAND = tuple(kind for kind in RegisterKind if kind.by_hand)
"""What is typed, in the order of the list."""
