"""交接填哪几栏：程序知道的不问，只问印章、钥匙、空白单、文件这些程序不知道的（守则 一(八)3）."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_forms import FieldSort, FormField, read_fields
from counter_assistant.domain.registers.handover.entries import Reason
from counter_assistant.domain.registers.handover.seals import read_seals, seals_in_words

LONGEST_AWAY = 366
"""Who is away for more days than this has left the post, which is given to somebody else."""
HANDOVER, RETURN = "工作交接", "返岗交回"
_THINGS = (
    FormField("seals", "印章", prompt="名称 枚数 编号；隔开"),
    FormField("keys", "证件、UKey、钥匙", prompt="没有的不填"),
    FormField("slips", "其他空白编号单", prompt="起止号、张数"),
    FormField("papers", "文件材料", prompt="名称、件数"),
)
HANDOVER_FORM = (
    FormField("who", "谁离岗", FieldSort.CLERK),
    FormField("since", "从哪天", FieldSort.DAY),
    FormField("until", "到哪天", FieldSort.DAY, required=True, prompt="如 24 或 12-1"),
    FormField("reason", "事由", FieldSort.CHOICE, words=Reason),
    FormField("receiver", "谁接替", FieldSort.CLERK),
    FormField("witness", "监交人", FieldSort.CLERK, required=True),
    *_THINGS,
    FormField("remarks", "特别交代", prompt="没有的不填"),
)
"""In the order in which it is asked; whoever hands over is the current clerk where nobody is named, and from today on."""
RETURN_FORM = (
    FormField("day", "返岗日", FieldSort.DAY),
    FormField("witness", "监交人", FieldSort.CLERK, required=True),
    FormField("came", "另有新增", prompt="办件、咨询自己列出；没有的不填"),
    FormField("odd", "异常情况", prompt="没有的不填"),
    *_THINGS,
)


class Leaving(NamedTuple):
    """A handover that was typed: who is away, from a day to another, both counted, and what is given from hand to hand. `receiver` is empty
    where nobody was named."""

    who: str
    since: date
    until: date
    reason: str
    receiver: str
    witness: str
    things: Mapping[str, str]
    remarks: str


class Returning(NamedTuple):
    """What was typed at a return."""

    day: date
    witness: str
    things: Mapping[str, str]
    came: str
    odd: str


def read_leaving(typed: Mapping[str, str], today: date, staff: Callable[[str], str], clerk: str) -> Leaving:
    """What was typed for a handover. `staff` gives the staff number of a person; `clerk` is who records it.

    Raises:
        Refusal: `handover-turned-round` (it ends before it begins), `handover-too-long`, `handover-over` (its days have passed); what
            `read_fields` and `read_seals` refuse.
    """
    said = read_fields(HANDOVER_FORM, HANDOVER, typed, today, staff)
    since, until = date.fromisoformat(said["since"]), date.fromisoformat(said["until"])
    if until < since:
        sentence = f"离岗到 {until.isoformat()} 为止，早于开始的 {since.isoformat()}。"
        raise Refusal("handover-turned-round", sentence, "请核对两个日期；不满一天的，按登记离岗记。")
    if until < today:
        raise Refusal(
            "handover-over",
            f"{until.isoformat()} 已经过了，交接单是离岗以前当面交接时出的。",
            "请核对日期；已经回来的，按登记离岗记。",
        )
    if until - since > timedelta(days=LONGEST_AWAY):
        raise Refusal(
            "handover-too-long",
            f"从 {since.isoformat()} 到 {until.isoformat()} 超过一年。",
            "请核对日期；不再回来的，请在设置的岗位里换人。",
        )
    who = said["who"] or clerk
    return Leaving(who, since, until, said["reason"], said["receiver"], said["witness"], _things(said), said["remarks"])


def read_returning(typed: Mapping[str, str], today: date, staff: Callable[[str], str]) -> Returning:
    """What was typed at a return.

    Raises:
        Refusal: `register-later` (the day has not come); what `read_fields` and `read_seals` refuse.
    """
    said = read_fields(RETURN_FORM, RETURN, typed, today, staff)
    day = date.fromisoformat(said["day"])
    if day > today:
        raise Refusal("register-later", f"{day.isoformat()} 还没有到。", "请在返岗那天再记交回。")
    return Returning(day, said["witness"], _things(said), said["came"], said["odd"])


def _things(said: Mapping[str, str]) -> dict[str, str]:
    things = {field.name: said[field.name] for field in _THINGS}
    return things | {"seals": seals_in_words(read_seals(things["seals"]))}
