"""情况：职责、登记待查、资格、办结、告知方式；一个键设定，同一个键撤销。Plain Python over the desk's state, no Qt.

What decides a paper beside the answers and the materials (守则 一(五)–(七)). The usual case — ours, clear, nothing held —
sets nothing and says nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from counter_assistant.domain.assessment.decision import Eligibility

if TYPE_CHECKING:
    from datetime import date

    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.ui.desk.presentation.state import DeskState

E = TypeVar("E", bound=StrEnum)


class Option(NamedTuple):
    """A key of the overlay 情况: the state's field that it sets, the value, what the clerk reads there and after."""

    key: str
    field: str
    value: str
    label: str
    said: str = ""


GROUPS: tuple[tuple[str, tuple[Option, ...]], ...] = (
    ("谁的业务", (
        Option("1", "duty", "ours", "本人职责"),
        Option("2", "duty", "colleague", "本单位其他岗位"),
        Option("3", "duty", "elsewhere", "不属于本单位"),
    )),
    ("先登记", (
        Option("4", "hold", "departments", "需多部门协办"),
        Option("5", "hold", "verify", "需查证核实"),
        Option("6", "hold", "policy", "政策不明确"),
        Option("7", "clarity", "unclear", "咨询内容不明确"),
    )),
    ("资格", (
        Option("F", "eligibility", "yes", "符合", "资格符合"),
        Option("8", "eligibility", "no", "不符合", "资格不符合"),
        Option("9", "eligibility", "undecided", "当天不能认定", "资格当天不能认定"),
    )),
    ("方式", (
        Option("C", "channel", "window", "窗口"),
        Option("D", "channel", "phone", "电话", "电话告知"),
        Option("X", "channel", "letter", "信函", "信函告知"),
        Option("W", "channel", "online", "网上", "网上告知"),
    )),
    ("其他", (
        Option("0", "on_the_spot", "", "不能当场办结"),
        Option("B", "late", "", "补录以前的日期", "补录"),
    )),
)  # fmt: skip
OPTIONS = {option.key: option for _, options in GROUPS for option in options}
USUAL = {"duty": "ours", "hold": "", "clarity": "clear", "eligibility": "", "channel": "window"}
"""The values that say nothing."""


def available(state: DeskState) -> set[str]:
    """The keys that mean something now. Without an item a visitor can only be shown the way, and told how and when."""
    if state.item:
        return set(OPTIONS)
    fields = {"channel", "late"} if state.elsewhere else set()
    return {key for key, option in OPTIONS.items() if option.field in fields or option.value == "elsewhere"}


def is_set(state: DeskState, option: Option, item: ServiceItem | None = None) -> bool:
    """Whether the state is as this option says."""
    if option.field == "on_the_spot":
        return not state.on_the_spot
    if option.field == "late":
        return state.late
    if option.value == "yes" and item and item.conditions:
        return {c.id for c in item.conditions} <= state.checked and not state.eligibility
    return bool(getattr(state, option.field) == option.value)


def toggle(state: DeskState, key: str, item: ServiceItem | None = None) -> Option | None:
    """Sets what a key stands for, or takes it back where it was set; None where the key stands for nothing.

    符合 checks every condition of the item. Eligibility and 不能当场办结 are asked of an application, 不明确 of an inquiry.
    """
    option = OPTIONS.get(key)
    if option is None or key not in available(state):
        return None
    back = is_set(state, option, item)
    if option.field in ("on_the_spot", "late"):
        setattr(state, option.field, not getattr(state, option.field))
    elif option.value == "yes" and item and item.conditions:
        state.eligibility = ""
        state.checked = set() if back else {c.id for c in item.conditions}
    else:
        setattr(state, option.field, USUAL[option.field] if back else option.value)
    if not back and option.field in ("eligibility", "on_the_spot"):
        state.applying = True
    elif not back and option.field == "clarity":
        state.applying = False
    return option


def in_words(state: DeskState, day: date | None = None) -> str:
    """What was set, for the decision card; empty in the usual case. `day`: the day of acceptance of a 补录."""
    said = [f"更正 {state.details['corrects']}"] if state.details.get("corrects") else []
    for option in OPTIONS.values():
        if USUAL.get(option.field) == option.value or not is_set(state, option):
            continue
        of_day = f" {day.month}月{day.day}日" if option.field == "late" and day else ""
        said.append((option.said or option.label) + of_day)
    return " · ".join(said)


def eligibility_of(state: DeskState, item: ServiceItem) -> Eligibility:
    """What the clerk said; else 符合 once every condition is checked."""
    if state.eligibility:
        return one_of(Eligibility, state.eligibility, Eligibility.UNCHECKED)
    all_checked = bool(item.conditions) and {c.id for c in item.conditions} <= state.checked
    return Eligibility.YES if all_checked else Eligibility.UNCHECKED


def one_of(kind: type[E], value: str, usual: E) -> E:
    """The value of a kind; the usual one where a draft of another version says what is not known."""
    return kind(value) if value in set(kind) else usual
