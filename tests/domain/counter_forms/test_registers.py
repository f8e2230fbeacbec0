"""Registers: lines that are typed or pasted become rows, and rows come to something."""

from __future__ import annotations

from datetime import date

import pytest

from counter_assistant.domain.counter_forms.form import Column, RowTable
from counter_assistant.domain.counter_forms.registers import MOST_ROWS, printed_row, read_rows, totals_of

TODAY = date(2026, 11, 23)
PLAIN = RowTable(
    (
        Column("name", "姓名", "name", 3),
        Column("base", "基数", "amount", 2, required=False),
        Column("unit", "单位", "amount", 2, required=False),
        Column("person", "个人", "amount", 2, required=False),
        Column("month", "合计", "amount", 2, required=False, computed="sum:unit,person", total=True),
        Column("since", "起始年月", "month", 2, required=False),
    )
)
SIDED = RowTable(
    (
        Column("change", "变更", "text", 2),
        Column("name", "姓名", "name", 3),
        Column("due", "应缴额", "amount", 2, total=True),
    ),
    side_key="change",
    sides=(("增加", ("新开", "转入")), ("减少", ("封存",))),
)


@pytest.mark.parametrize(
    "text",
    [
        "岩罕\t5000\t600\t600\t202609",
        "岩罕,5000,600,600,2026-9",
        "岩罕，5000，600，600，202609",
        "岩罕 5000 600 600 202609",
    ],
)
def test_cells_are_parted_as_they_came(text: str) -> None:
    rows, faults = read_rows(PLAIN, text, TODAY)
    assert faults == []
    assert rows == [
        {"name": "岩罕", "base": "500000", "unit": "60000", "person": "60000", "month": "120000", "since": "202609"}
    ]
    assert printed_row(PLAIN, rows[0]) == ("岩罕", "5,000.00", "600.00", "600.00", "1,200.00", "202609")


def test_the_head_and_empty_lines_are_passed_over_and_a_short_line_ends_early() -> None:
    rows, faults = read_rows(PLAIN, "姓名\t基数\n\n岩罕\n玉罕\t\t100\n", TODAY)
    assert faults == []
    assert [(row["name"], row["month"]) for row in rows] == [("岩罕", ""), ("玉罕", "10000")]


def test_a_head_further_down_is_a_line_like_others() -> None:
    _, (fault,) = read_rows(PLAIN, "岩罕\n姓名\t基数", TODAY)
    assert fault.sentence.startswith("第 2 行：")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("岩罕\t五千", "bad-amount"),
        ("\t5000", "cell-missing"),
        ("岩罕\t1\t2\t3\t202609\t多了", "too-many-cells"),
    ],
)
def test_a_line_that_is_no_row_is_named(line: str, code: str) -> None:
    rows, (fault,) = read_rows(PLAIN, f"玉罕\t1\n{line}", TODAY)
    assert (len(rows), fault.code, fault.sentence.startswith("第 2 行：")) == (1, code, True)


def test_cells_behind_the_last_column_may_be_empty() -> None:
    assert read_rows(PLAIN, "岩罕\t1\t2\t3\t202609\t\t", TODAY)[1] == []


def test_a_register_has_an_end() -> None:
    rows, faults = read_rows(PLAIN, "岩罕\n" * (MOST_ROWS + 5), TODAY)
    assert (len(rows), [fault.code for fault in faults]) == (MOST_ROWS, ["too-many-rows"])


def test_rows_come_to_a_count_and_sums() -> None:
    rows, _ = read_rows(PLAIN, "岩罕 1 2 3\n玉罕 1 4 5\n岩温", TODAY)
    totals = totals_of(PLAIN, rows)
    assert (totals.count, totals.sums, totals.sides) == (3, {"month": 1400}, ())


def test_sides_are_added_up_apart() -> None:
    rows, faults = read_rows(SIDED, "新开 岩罕 100\n封存 玉罕 30\n转入 岩温 50\n调走 刀娜 9", TODAY)
    assert [fault.code for fault in faults] == ["unknown-side"]
    assert "可以是：新开、转入、封存" in str(faults[0])
    assert totals_of(SIDED, rows).sides == (("增加", 2, {"due": 15000}), ("减少", 1, {"due": 3000}))
