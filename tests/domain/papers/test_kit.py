"""停电备用单: what is written by hand comes into its place, and an impossible time is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from counter_assistant.domain.papers import kit
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.kit import ROOM, Written, check_written_at, filled_in, read_ticks
from counter_assistant.domain.papers.kit_entry import KitItem, KitPrinted
from counter_assistant.domain.papers.slip import (
    TIME_HOLE,
    Draft,
    Field,
    Fields,
    Paragraph,
    Run,
    SignatureLine,
    Signatures,
    Table,
)
from counter_assistant.domain.refusal import Refusal
from tests.make import NOW

HEAD = Fields(
    (
        (Field("申请人", ROOM, hole=kit.APPLICANT), Field("电话", ROOM, hole=kit.PHONE)),
        (Field("代办人", ROOM, hole=kit.AGENT), Field("告知时间", "年　月　日", hole=TIME_HOLE)),
        (Field("事项", "租房提取"), Field("情形", ROOM, hole=kit.SITUATION)),
    )
)
OPEN = Table(
    "maybe",
    ("还要带的", "什么情况下"),
    (
        (Run("不是一格"), Run("□4　也不是")),
        (Run("□1　结婚证", True), Run("已婚"), Run("原件")),
        (Run("□2　声明"), Run("未婚")),
    ),
)
BLANK = Draft(
    SlipKind.NOTIFICATION_SLIP, "中心", "管理部", "一次性告知单", "停电备用", (HEAD, OPEN, Paragraph((Run("□3　不是一行"),))),
    Signatures((SignatureLine("窗口"), SignatureLine("经办人：", ruled=True), SignatureLine("电话：", ruled=True), SignatureLine("年　月　日")), ()),
    ("一式二份",),
)  # fmt: skip
WRITTEN = Written(
    NOW, "岩温", "139****3333", "玉罕（配偶）", "租房未备案", frozenset((2,)), ("李某　综合岗", "0883-2120001")
)


def said(refusal: Refusal) -> str:
    """The code, and both sentences."""
    return f"{refusal.code} {refusal.sentence}{refusal.remedy}"


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def test_what_is_written_by_hand_stands_where_it_was_written() -> None:
    made = filled_in(BLANK, WRITTEN, NOW + timedelta(hours=3))
    assert made.body[0] == Fields(
        (
            (Field("申请人", "岩温", hole=kit.APPLICANT), Field("电话", "139****3333", hole=kit.PHONE)),
            (
                Field("代办人", "玉罕（配偶）", hole=kit.AGENT),
                Field("告知时间", "2026年11月23日 10:42", hole=TIME_HOLE),
            ),
            (Field("事项", "租房提取"), Field("情形", "租房未备案", hole=kit.SITUATION)),
        )
    )
    assert made.signatures.left == (
        SignatureLine("窗口"), SignatureLine("经办人：李某　综合岗"), SignatureLine("电话：0883-2120001"), SignatureLine("年　月　日"),
    )  # fmt: skip
    assert made.notes == ("一式二份", "停电时手写，补录于2026年11月23日 13:42")


def test_a_line_that_was_ticked_is_and_the_others_are_not() -> None:
    made = filled_in(BLANK, WRITTEN, NOW)
    assert isinstance(made.body[1], Table)
    assert made.body[1].rows == (
        (Run("不是一格"), Run("□4　也不是")), (Run("□1　结婚证", True), Run("已婚"), Run("原件")), (Run("√2　声明"), Run("未婚")),
    )  # fmt: skip
    assert made.body[2] == BLANK.body[2]


def test_what_was_left_empty_is_said_to_be() -> None:
    made = filled_in(BLANK, replace(WRITTEN, agent="", situation="", signed=("李某",), ticked=frozenset()), NOW)
    said = {field.hole: field.text for row in made.body[0].rows for field in row}  # type: ignore[union-attr]
    assert (said[kit.AGENT], said[kit.SITUATION]) == ("—", "—")
    assert made.signatures.left[2] == SignatureLine("电话：", ruled=True)


def test_a_box_that_is_not_there_was_not_ticked() -> None:
    with pytest.raises(Refusal) as refusal:
        filled_in(BLANK, replace(WRITTEN, ticked=frozenset((1, 3, 9))), NOW)
    assert said(refusal.value) == "kit-no-such-box “还要带的”里没有第 3 行。请照纸上打了√的填行号，如 1 3。"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("", set()), ("1 3", {1, 3}), ("１、3，", {1, 3}), (" 2；10 ", {2, 10}), ("3,3", {3}), ("999", {999})],
)
def test_ticks_are_read_as_they_are_typed(typed: str, read: set[int]) -> None:
    assert read_ticks(typed) == read


@pytest.mark.parametrize("typed", ["一", "1-3", "1234", "①", "+1"])
def test_other_ticks_are_refused(typed: str) -> None:
    with refused("kit-bad-ticks"):
        read_ticks(typed)
    with pytest.raises(Refusal) as refusal:
        read_ticks(f" {typed}{'一' * 30} ")
    shown = f"{typed}{'一' * 30}"[:20]
    assert said(refusal.value) == f"kit-bad-ticks 打√的行号“{shown}”无法识别。请写成 1 3 这样；都没有打的空着。"


def test_a_blank_was_given_out_after_it_was_printed_and_before_now() -> None:
    printed, now = datetime.fromisoformat("2026-11-20T09:05:40.5+08:00"), NOW
    minute = printed.replace(second=0, microsecond=0)
    check_written_at(minute, printed, now)
    check_written_at(now, printed, now)
    with pytest.raises(Refusal) as ahead:
        check_written_at(now + timedelta(minutes=1), printed, now)
    assert said(ahead.value) == "kit-time-ahead 2026年11月23日 10:43还没有到。请照纸上写的日期和时间填。"
    with pytest.raises(Refusal) as before:
        check_written_at(minute - timedelta(minutes=1), printed, now)
    assert (
        said(before.value)
        == "kit-time-before 这套备用单是2026年11月20日 9:05印的，2026年11月20日 9:04还没有它。请照纸上写的日期和时间填。"
    )


def test_the_numbers_of_a_kit_go_on_from_item_to_item() -> None:
    one = KitItem("B08", "租房提取", ("备〔2026〕28号", "备〔2026〕29号"), {}, {}, {})
    two = replace(one, item="B01", numbers=("备〔2026〕30号",))
    printed = KitPrinted("530926", 2026, 28, (one, two), "0001", 57)
    assert [(blank.n, blank.number, blank.act, blank.of.item) for blank in printed.blanks] == [
        (28, "备〔2026〕28号", "book:kit:2026/530926/28", "B08"),
        (29, "备〔2026〕29号", "book:kit:2026/530926/29", "B08"),
        (30, "备〔2026〕30号", "book:kit:2026/530926/30", "B01"),
    ]
    assert KitPrinted.from_payload(printed.to_payload()) == printed
