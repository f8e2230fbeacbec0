"""从示例到本单位：十格填好以后的单位档案。What was not asked stays example and unconfirmed."""

from __future__ import annotations

from dataclasses import replace

from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.ui.settings.profile_draft import ClerkDraft, ProfileDraft

FIELDS = {
    "unit": ("单位名称", "印在纸的上方，请写全称"), "branch": ("网点名称", "管理部或网点"),
    "window": ("窗口", "例如 综合窗口 2"), "installation_name": ("安装点简称", "编号用，例如 耿一"),
    "installation_code": ("安装点代码", "6 位，中心分配，每台不同"),
    "name": ("姓名", "印在纸上"), "staff_number": ("工号", "每人一个"), "department": ("科室", "例如 综合服务科"),
    "duty": ("职责", "例如 综合受理岗"), "phone": ("电话", "印在纸上"),
}  # fmt: skip
CLERK = ("name", "staff_number", "department", "duty", "phone")
SUGGESTED = ("unit",)
"""What is right for most: the centre's own name."""


def first_profile(example: OfficeProfile, values: dict[str, str]) -> OfficeProfile:
    """The profile to record: the clerk of the example becomes this clerk, with the posts that go with the window."""
    return _draft(example, values).profile(example)


def faults(values: dict[str, str]) -> dict[str, str]:
    """What is wrong, by the keys of FIELDS."""
    empty = OfficeProfile("单", "网", "简", "一", "000001", "窗", "12345", "", clerks=(), posts=())
    found = {key.split("/")[-1]: fault for key, fault in _draft(empty, values).faults().items()}
    asked = {} if values["department"] else {"department": "请填写科室"}
    return {key: fault for key in FIELDS if (fault := (found | asked).get(key))}


def _draft(profile: OfficeProfile, values: dict[str, str]) -> ProfileDraft:
    draft = ProfileDraft.of(replace(profile, confirmed=False))
    draft.unit_fields |= {key: values[key] for key in values if key not in CLERK}
    own = {key: values[key] for key in CLERK}
    mine = next((clerk for clerk in draft.clerks if clerk.saved_as == profile.current_clerk), None)
    if mine is None:
        mine = ClerkDraft()
        draft.clerks.append(mine)
    for key, value in own.items():
        setattr(mine, key, value)
    draft.clerks = [c for c in draft.clerks if c is mine or c.staff_number != mine.staff_number]
    return draft
