"""手工登记填哪几栏，填得对不对：栏目照守则和登记簿的表头，能不问的不问.

One table says for each register what is asked; the window, the command line and the reading of it follow that table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_entries import (
    Absence,
    AbsenceSort,
    BoxOpened,
    HandEntry,
    Misunderstanding,
    Opinion,
    OpinionSort,
    Overtime,
    OvertimeSort,
    ReportedUpward,
    Source,
)
from counter_assistant.domain.registers.rating import RatingLevel, RatingOutcome
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.typed_text.days import read_day, read_time
from counter_assistant.domain.typed_text.free_text import check_text

LONGEST = 500
MOST = 9999
"""More slips than this lie in no box."""


class FieldSort(StrEnum):
    """What is typed into a field."""

    TEXT = "text"
    DAY = "day"
    TIME = "time"
    COUNT = "count"
    CLERK = "clerk"
    CHOICE = "choice"


class FormField(NamedTuple):
    """One field. `words` are the words of a choice, of which the first is usual; a field that is not `required` may stay empty."""

    name: str
    label: str
    sort: FieldSort = FieldSort.TEXT
    required: bool = False
    prompt: str = ""
    words: type[Any] | None = None


class Waiting(StrEnum):
    """Whether a question was answered at once (守则 一(七)4)."""

    WAITS = "waits"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"answered": "当即答复", "waits": "3 个工作日内答复"}[self.value]


_DAY = FormField("day", "日期", FieldSort.DAY)
FORMS: Mapping[RegisterKind, tuple[FormField, ...]] = {
    RegisterKind.INQUIRY: (
        FormField("wait", "答复", FieldSort.CHOICE, words=Waiting),
        FormField("text", "问了什么", required=True, prompt="当即答复的，也写怎样答复的"),
        FormField("caller", "谁问的，回电号码", prompt="当即答复的可以不填"),
    ),
    RegisterKind.OPINION: (
        FormField("sort", "类别", FieldSort.CHOICE, words=OpinionSort),
        FormField("source", "来源", FieldSort.CHOICE, words=Source),
        _DAY,
        FormField("text", "内容", required=True, prompt="照原话记"),
        FormField("signed", "署名", prompt="没有署名的不填"),
        FormField("reply_to", "愿意收答复的联系方式", prompt="不要答复的不填"),
    ),
    RegisterKind.BOX_OPENED: (
        _DAY,
        FormField("count", "几件", FieldSort.COUNT, required=True, prompt="没有写 0"),
        FormField("second", "同开的人", FieldSort.CLERK, required=True),
        FormField("opener", "开箱的人", FieldSort.CLERK),
        FormField("place", "哪个意见箱", prompt="如：大厅意见箱"),
    ),
    RegisterKind.MISUNDERSTANDING: (
        _DAY,
        FormField("text", "误解了什么", required=True),
        FormField("explained", "怎样解释的", required=True),
        FormField("reported_to", "向谁汇报", required=True, prompt="科室或者领导"),
    ),
    RegisterKind.OVERTIME: (
        FormField("sort", "怎样办的", FieldSort.CHOICE, words=OvertimeSort),
        _DAY,
        FormField("until", "办到几点", FieldSort.TIME, prompt="如 17:50"),
        FormField("visitors", "几位", FieldSort.COUNT),
        FormField("text", "办了什么，或者怎样说明的", prompt="说明情况的必填"),
    ),
    RegisterKind.ABSENCE: (
        FormField("sort", "情形", FieldSort.CHOICE, words=AbsenceSort),
        FormField("who", "谁", FieldSort.CLERK),
        _DAY,
        FormField("since", "从几点", FieldSort.TIME, required=True),
        FormField("back", "到几点", FieldSort.TIME, prompt="还不知道的不填"),
        FormField("reason", "事由", required=True),
        FormField("deputy", "谁值班", FieldSort.CLERK),
        FormField("notice", "没有人值班的，怎样告知", prompt="如：窗口留言"),
    ),
    RegisterKind.REPORTED_UPWARD: (
        _DAY,
        FormField("text", "什么事", required=True),
        FormField("leader", "报告了哪位领导", required=True),
    ),
    RegisterKind.RATING: (
        FormField("level", "评价", FieldSort.CHOICE, required=True, words=RatingLevel),
        FormField("text", "写了什么", prompt="照原话记，没写的不填"),
        _DAY,
        FormField("item", "办的什么", prompt="事项的名称、首字母或编码"),
        FormField("number", "文书编号", prompt="没写的不填"),
        FormField("contact", "愿意收答复的联系方式", prompt="不要答复的不填"),
    ),
}
"""In the order in which it is asked."""

REASON = (FormField("reason", "撤销的理由", required=True, prompt="如：记错了人"),)
"""What is asked where a line is taken back."""
ANSWERS: Mapping[RegisterKind, tuple[FormField, ...]] = {
    RegisterKind.INQUIRY: (FormField("text", "答复", required=True, prompt="答复的内容和方式"),),
    RegisterKind.REFERRAL: (FormField("text", "督办的结果", required=True, prompt="材料交给了谁，怎样办的"),),
    RegisterKind.OPINION: (
        FormField("text", "怎样处理、怎样答复", required=True),
        FormField("to", "转办科室", prompt="没有转办的不填"),
        FormField("posted", "公示日期", FieldSort.DAY, prompt="如 11-20"),
    ),
    RegisterKind.ABSENCE: (FormField("text", "返岗", required=True, prompt="如：15:40 返岗"),),
    RegisterKind.REPORTED_UPWARD: (
        FormField("to", "领导指定的承办机构", required=True),
        FormField("text", "领导意见", prompt="可以不填"),
    ),
    RegisterKind.RESULT_FILED: (
        FormField("text", "办理结果", required=True),
        FormField("document", "文号", prompt="没有的不填"),
    ),
    RegisterKind.RATING: (
        FormField("outcome", "结果", FieldSort.CHOICE, required=True, words=RatingOutcome),
        FormField("verified", "核实的情况", required=True),
        FormField("text", "怎样整改的", required=True, prompt="难以整改的，写理由和期限"),
        FormField("told", "怎样告诉对方", prompt="没有留联系方式的不填"),
    ),
}
"""What is asked of a line that waits, once something has come of it."""

_MAKES: Mapping[RegisterKind, type[Any]] = {
    RegisterKind.OPINION: Opinion, RegisterKind.BOX_OPENED: BoxOpened,
    RegisterKind.MISUNDERSTANDING: Misunderstanding, RegisterKind.OVERTIME: Overtime, RegisterKind.ABSENCE: Absence,
    RegisterKind.REPORTED_UPWARD: ReportedUpward,
}  # fmt: skip
BOX = "意见箱"
"""What a box is called that nobody named."""


def read_values(
    kind: RegisterKind, typed: Mapping[str, str], today: date, staff: Callable[[str], str]
) -> dict[str, Any]:
    """What was typed for a register, each field in its one form. `staff` gives the staff number of a person, and of nobody named that
    of the current clerk.

    Raises:
        Refusal: what `read_fields` refuses.
    """
    return read_fields(FORMS[kind], kind.book_title, typed, today, staff)


def read_fields(
    form: tuple[FormField, ...], title: str, typed: Mapping[str, str], today: date, staff: Callable[[str], str]
) -> dict[str, Any]:
    """What was typed into a form of that title, each field in its one form.

    Raises:
        Refusal: `unknown-field`, `register-field-missing`, `unknown-value`, `bad-count`; what `read_day`, `read_time`, `check_text` and
            `staff` refuse.
    """
    if other := sorted(typed.keys() - {field.name for field in form}):
        raise Refusal("unknown-field", f"{title}没有“{other[0]}”这一栏。", "请核对栏名。")
    values = {}
    for field in form:
        text = " ".join(typed.get(field.name, "").split())
        if field.required and not text:
            raise Refusal("register-field-missing", f"还没有填“{field.label}”。", "请补上。")
        values[field.name] = _value(field, text, today, staff)
    return values


def _value(field: FormField, text: str, today: date, staff: Callable[[str], str]) -> Any:
    match field.sort:
        case FieldSort.CHOICE:
            return read_choice(field, text)
        case FieldSort.DAY:
            return (read_day(text, today) if text else today).isoformat()
        case FieldSort.TIME:
            return f"{read_time(text):%H:%M}" if text else ""
        case FieldSort.COUNT:
            return _count(field, text)
        case FieldSort.CLERK:
            return staff(text) if text else ""
        case _:
            return check_text(text, field.label, LONGEST)


def read_choice(field: FormField, text: str) -> str:
    """The word of a choice, typed by its value or its label; the first where nothing is typed.

    Raises:
        Refusal: `unknown-value`.
    """
    words: Any = field.words
    if not text:
        return str(next(iter(words)).value)
    for one in words:
        if text in (one.value, one.label):
            return str(one.value)
    raise Refusal(
        "unknown-value", f"“{field.label}”没有“{text}”。", f"可以是：{'、'.join(one.label for one in words)}。"
    )


def _count(field: FormField, text: str) -> int:
    if not text:
        return 0
    if not (text.isdecimal() and int(text) <= MOST):
        raise Refusal("bad-count", f"“{field.label}”要写成数，“{text[:20]}”不是。", "请写成 3 这样。")
    return int(text)


def entry_of(kind: RegisterKind, values: Mapping[str, Any], clerk: str, today: date) -> HandEntry:
    """The entry that was typed by a clerk, given by staff number; a question that was asked has one of its own (calls.py).

    Raises:
        Refusal: `register-later`, `two-openers`, `until-needed`, `register-field-missing`, `deputy-needed`, `own-deputy`,
            `back-before-leaving`.
    """
    made: HandEntry = _MAKES[kind](**{**values, "clerk": clerk})
    if made.day > today.isoformat() and kind is not RegisterKind.ABSENCE:
        raise Refusal("register-later", f"{made.day} 还没有到。", "请核对日期。")
    match made:
        case BoxOpened():
            return _box(made)
        case Overtime():
            _check_overtime(made)
        case Absence():
            return _absence(made)
    return made


def _box(said: BoxOpened) -> BoxOpened:
    made = BoxOpened(said.day, said.place or BOX, said.opener or said.clerk, said.second, said.count, said.clerk)
    if made.opener == made.second:
        raise Refusal("two-openers", "意见箱要两个人一起开，这里写的是同一个人。", "请写另一位的工号或者姓名。")
    return made


def _check_overtime(said: Overtime) -> None:
    if said.sort == OvertimeSort.SERVED and not said.until:
        raise Refusal("until-needed", "延时服务要写办到几点。", "请写成 17:50 这样。")
    if said.sort == OvertimeSort.EXPLAINED and not said.text:
        raise Refusal("register-field-missing", "还没有写怎样说明情况的。", "请写下对来办事的人说了什么。")


def _absence(said: Absence) -> Absence:
    made = Absence(
        said.day, said.sort, said.who or said.clerk, said.since, said.back, said.reason, said.deputy, said.notice,
        said.clerk,
    )  # fmt: skip
    if not (made.deputy or made.notice):
        raise Refusal(
            "deputy-needed", "离开岗位要有人值班，没有人的要告知来办事的人。", "请写值班的人，或者写怎样告知的。"
        )
    if made.deputy == made.who:
        raise Refusal("own-deputy", "值班的人就是离岗的人。", "请核对。")
    if made.back and made.back <= made.since:
        raise Refusal("back-before-leaving", f"回来的时间 {made.back} 不晚于离开的时间 {made.since}。", "请核对。")
    return made
