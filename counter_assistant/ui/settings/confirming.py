"""确认本单位资料时说的话：先在本页上逐项核对（Ctrl+回车），再按另一个键（F9）确认。还有示例的不能确认。"""

from __future__ import annotations

from counter_assistant.domain.catalogue.one_decider import one_decider
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.profile_review import in_names
from counter_assistant.operations.office import Office

TITLE, HINT = "核对：纸上会印的每一项", "回车去改；← → 换一边"
NOT_CONFIRMED = (
    "示例，尚未确认",
    "现在用的是示例资料。请逐项改成本单位的，按 Ctrl+回车 核对，再按 F9 确认；此前印出的内容只能当示例。",
)
STILL_EXAMPLE = "已确认的资料里还有示例"
WAY_BACK = "改好以后按 Ctrl+回车 回到核对。"
NOTHING_NEW = "已经确认过，与台账里保存的一致。"
CONFIRMED = "已确认，记入台账。纸上不再印“机构人员为示例”。"
NEXT_THE_ITEMS = "事项还没有核定的，纸上仍印“示例，不作为承诺”：接着到“事项”（F6）登记核定。"


def warning_of(office: Office) -> tuple[str, str]:
    """Title and words of what the settings warn of: a profile that is not confirmed, or is with examples left in it."""
    if not office.profile.confirmed:
        return NOT_CONFIRMED
    if left := office.examples:
        return STILL_EXAMPLE, f"{in_names(left)}。纸上仍印“机构人员为示例”，请改成本单位的，按 Ctrl+S 保存。"
    return "", ""


def confirmed_words(office: Office) -> str:
    """What is different now that the profile is confirmed; and where to go on while items are told that the centre has not approved."""
    approved = office.content.edition or len(office.catalogue.approvals.in_force) >= len(office.catalogue.items)
    return CONFIRMED + ("" if approved else NEXT_THE_ITEMS)


def alone_words(office: Office, profile: OfficeProfile) -> str:
    """Who by a profile both examines and approves what comes of items; empty where nobody does."""
    today = office.today()
    found: dict[str, list[str]] = {}
    for item in filter(None, (office.catalogue.item(item_id, today) for item_id in office.catalogue.items)):
        if clerk := one_decider(item, profile):
            found.setdefault(clerk.name, []).append(item.name)
    said = [f"{name}（{items[0]}{f'等 {len(items)} 项' if len(items) > 1 else ''}）" for name, items in found.items()]
    return f"审核和审批是同一个人：{'、'.join(said)}。请看看是不是要换一人，或者让复核人也看一眼。" if said else ""


def refusal_of(examples: int) -> str:
    """Why F9 does not confirm yet."""
    return f"还有 {examples} 行是示例，先改标出来的，按回车就去改。"
