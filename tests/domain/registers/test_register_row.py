"""The rows of what was typed: what a line says, whether it waits, by what it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.hand_entries import (
    Absence,
    BoxOpened,
    HandEntry,
    Misunderstanding,
    Opinion,
    OpinionSort,
    Overtime,
    ReportedUpward,
)
from counter_assistant.domain.registers.handover.entries import Handover
from counter_assistant.domain.registers.rating import Rating
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.register_row import LINE, rows_typed, word
from counter_assistant.domain.registers.settling import Standing, State

OPINION = Opinion("2026-11-23", "box", "suggestion", "门口台阶请装扶手", "岩温", "", "0001")
OVERTIME = Overtime("2026-11-23", "explained", "", 0, "告知明早八点半来", "0001")
ABSENCE = Absence("2026-11-23", "left", "0001", "14:00", "", "送材料", "0002", "", "0001")

SAID = Handover(
    "0001", "0002", "0003", "2026-11-24", "2026-11-25", "2026-11-26", "training", (), (), "", "", "", "", "", "", "0001",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "kind", "line", "state"),
    [
        (OPINION, "opinion", "建议　门口台阶请装扶手", State.OPEN),
        (replace(OPINION, sort="praise", signed=""), "opinion", "表扬　门口台阶请装扶手", State.NOTED),
        (BoxOpened("2026-11-23", "意见箱", "0001", "0002", 3, "0001"), "box_opened", "意见箱　3 件　工号 0001、0002 开箱", State.NOTED),
        (Misunderstanding("2026-11-23", "以为收费", "不收费", "归集科", "0001"), "misunderstanding", "以为收费　向归集科汇报", State.NOTED),
        (Misunderstanding("2026-11-23", "以为收费", "不收费", "", "0001"), "misunderstanding", "以为收费", State.NOTED),
        (OVERTIME, "overtime", "说明情况　告知明早八点半来", State.NOTED),
        (replace(OVERTIME, sort="served", until="17:50", visitors=2), "overtime", "延时服务　至 17:50　2 人　告知明早八点半来", State.NOTED),
        (ABSENCE, "absence", "离开岗位　工号 0001　14:00 起　送材料　工号 0002 值班", State.OPEN),
        (replace(ABSENCE, back="15:30", deputy="", notice="窗口留言"), "absence", "离开岗位　工号 0001　14:00—15:30　送材料　窗口留言", State.NOTED),
        (ReportedUpward("2026-11-23", "省平台停了", "某副主任", "0001"), "reported_upward", "省平台停了　报告某副主任", State.OPEN),
    ],
)  # fmt: skip
def test_a_line_says_what_was_typed(said: HandEntry, kind: str, line: str, state: State) -> None:
    (row,) = rows_typed(said)
    assert (row.kind, row.line, row.state, row.clerk) == (kind, line, state, "0001")


def test_a_call_is_a_first_contact_as_well_and_waits_for_its_answer() -> None:
    call = CallNoted("问额度", "B08", "0001", "phone", "玉罕", date(2026, 11, 26))
    first, asked = rows_typed(call)
    assert (first.kind, first.state, first.due) == (RegisterKind.FIRST_CONTACT, State.NOTED, None)
    assert (asked.kind, asked.state, asked.due, asked.line) == (
        RegisterKind.INQUIRY, State.OPEN, date(2026, 11, 26), "玉罕　问额度",
    )  # fmt: skip
    answered = [row.standing(Standing(State.DONE, 9)) for row in (first, asked)]
    assert [(row.state, row.settled) for row in answered] == [(State.NOTED, 0), (State.DONE, 9)]
    withdrawn = [row.standing(Standing(State.WITHDRAWN, 9)).state for row in (first, asked)]
    assert withdrawn == [State.WITHDRAWN] * 2
    assert [row.state for row in rows_typed(replace(call, due=None))] == [State.NOTED] * 2


RATING = Rating("2026-11-23", "satisfied", "paper", "B08", "租房提取", "", "快", "")


def test_a_rating_names_nobody_and_a_bad_one_waits_until_its_last_day() -> None:
    (good,) = rows_typed(RATING)
    assert (good.kind, good.clerk, good.line, good.state, good.due) == (
        RegisterKind.RATING, "", "满意　租房提取　快", State.NOTED, None,
    )  # fmt: skip
    assert (good.names, good.marks) == ((), ("B08", ""))
    bad = replace(RATING, level="very_dissatisfied", number="告〔2026〕1号", text="", due="2026-12-14")
    (row,) = rows_typed(bad)
    assert (row.line, row.state, row.due, row.marks) == (
        "非常不满意　租房提取", State.OPEN, date(2026, 12, 14), ("B08", "告〔2026〕1号"),
    )  # fmt: skip
    assert [row.due for row in rows_typed(replace(bad, due=""))] == [None]
    (later,) = rows_typed(replace(bad, level="furious"))
    assert (later.line, later.state, later.due) == ("furious　租房提取", State.NOTED, None)


def test_a_long_line_is_cut_and_what_is_no_register_has_none() -> None:
    (row,) = rows_typed(replace(OPINION, text="好" * 500))
    assert (len(row.line), row.line[-1]) == (LINE, "…")
    assert rows_typed(object()) == ()


def test_a_word_of_a_later_version_is_shown_as_it_is() -> None:
    assert (word(OpinionSort, "praise"), word(OpinionSort, "idea")) == ("表扬", "idea")


def test_every_register_says_what_it_is() -> None:
    for kind in RegisterKind:
        assert kind.label
        assert kind.book_title.endswith("登记簿")
        of_the_code = kind is not RegisterKind.RATING
        assert kind.clause.startswith("一(") is kind.source.startswith("守则 一(") is of_the_code
        assert kind.source.endswith(kind.clause)
        assert bool(kind.typed_as) is kind.by_hand
    assert [kind.label for kind in RegisterKind if kind.settles] == [
        "咨询",
        "转办",
        "意见",
        "离岗",
        "上报",
        "备案",
        "评价",
    ]


def test_whoever_hands_over_is_absent_until_the_return() -> None:
    (row,) = rows_typed(SAID)
    assert row.kind is RegisterKind.ABSENCE
    assert row.line == "工作交接　工号 0001　2026-11-24—2026-11-25　培训　工号 0002 接替"
    assert (row.state, row.due, row.clerk) == (State.OPEN, date(2026, 11, 26), "0001")
    assert row.marks == ("0001", "0002", "0003")
    back = row.standing(Standing(State.DONE, 9))
    assert (back.state, back.settled) == (State.DONE, 9)
