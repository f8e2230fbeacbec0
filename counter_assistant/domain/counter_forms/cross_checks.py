"""出表前的勾稽：几个数对不上的表，打出来也要退回来重填.

Each check looks at the values of one case and says what is wrong, or nothing. A form names those that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from counter_assistant.domain.counter_forms.amounts import in_figures
from counter_assistant.domain.counter_forms.registers import Row, Totals
from counter_assistant.domain.refusal import Refusal

MONTHS_OF_A_DEFERRAL = 12
PARTIAL = "partial"
SIDES = {"增加": "more", "减少": "less"}
"""By what the list of changes calls a side, how the asked values of the remittance about it begin."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is checked: the asked values in their plain form, the office's limit for an inheritance in cents (0 for
    none), the rows of the form's own
    register, and what the changes listed in the case come to."""

    values: Mapping[str, str]
    inheritance_limit: int = 0
    rows: Sequence[Row] = ()
    changes: Totals = field(default_factory=lambda: Totals(0, {}))

    def number(self, key: str) -> int | None:
        """A value as a whole number; None where it is not given."""
        value = self.values.get(key, "")
        return int(value) if value else None


def _within_balance(given: Checked) -> Refusal | None:
    amount, balance = given.number("amount"), given.number("balance")
    if amount is None or balance is None:
        return None
    if amount > balance:
        sentence = f"本次提取 {in_figures(amount)} 元，多于余额 {in_figures(balance)} 元。"
        return Refusal("amount-over-balance", sentence, "请核对余额和本次提取金额。")
    if amount == balance and given.values.get("mode") == PARTIAL:
        return Refusal("nothing-left", "部分提取以后余额不能为零。", "请改金额，或者改为销户提取。")
    return None


def _in_order(first: str, last: str, what: str, given: Checked) -> Refusal | None:
    start, end = given.values.get(first, ""), given.values.get(last, "")
    if start and end and start > end:
        return Refusal("end-before-start", f"{what}的止期早于起期。", "请核对起止。")
    return None


def _deferral(given: Checked) -> Refusal | None:
    start, end = given.values.get("deferral_from", ""), given.values.get("deferral_to", "")
    if not (start and end):
        return None
    months = 12 * (int(end[:4]) - int(start[:4])) + int(end[4:]) - int(start[4:]) + 1
    if months < 1:
        return Refusal("end-before-start", "缓缴的止期早于起期。", "请核对起止年月。")
    if months > MONTHS_OF_A_DEFERRAL:
        return Refusal("deferral-too-long", f"一次缓缴 {months} 个月，超过一年。", "请分次申请，或者核对起止年月。")
    return None


def _inheritance(given: Checked) -> Refusal | None:
    balance = given.number("balance")
    if not given.inheritance_limit or balance is None or balance <= given.inheritance_limit:
        return None
    sentence = f"余额 {in_figures(balance)} 元，超过限额 {in_figures(given.inheritance_limit)} 元。"
    return Refusal("over-inheritance-limit", sentence, "请按公证书或者裁判文书办，不签这份承诺书。")


def _row_months(given: Checked) -> Refusal | None:
    for n, row in enumerate(given.rows, 1):
        if row["start"] > row["end"]:
            return Refusal("end-before-start", f"第 {n} 行补缴的截止年月早于起始年月。", "请核对起止年月。")
    return None


def _changes_agree(given: Checked) -> Refusal | None:
    """汇缴书的增加、减少，要与变更清册的人数、金额相等."""
    for name, count, sums in given.changes.sides:
        prefix = SIDES[name]
        for what, said, listed in (
            ("人数", given.number(f"{prefix}_count"), count),
            ("金额", given.number(f"{prefix}_amount"), sums["due"]),
        ):
            if said is not None and said != listed:
                shown = (in_figures(said), in_figures(listed)) if what == "金额" else (str(said), str(listed))
                sentence = f"汇缴书的{name}{what}是 {shown[0]}，变更清册是 {shown[1]}。"
                return Refusal("changes-disagree", sentence, "请先核对，两张表要相等。")
    return None


CHECKS: Mapping[str, Callable[[Checked], Refusal | None]] = {
    "within_balance": _within_balance,
    "lease_in_order": partial(_in_order, "lease_from", "lease_to", "租期"),
    "authority_in_order": partial(_in_order, "authority_from", "authority_to", "委托期限"),
    "deferral": _deferral,
    "inheritance": _inheritance,
    "row_months": _row_months,
    "changes_agree": _changes_agree,
}
"""By the names that forms give them."""


def faults_of(names: Sequence[str], given: Checked) -> list[Refusal]:
    """What is wrong, by the checks of these names."""
    return [fault for name in names if (fault := CHECKS[name](given)) is not None]
