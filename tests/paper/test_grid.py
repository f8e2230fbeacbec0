"""Rows of a table: columns as wide as what stands in them, one size in a column, no remnants."""

from __future__ import annotations

import pytest

from counter_assistant.domain.papers.slip import Field, Fields, Run, Table
from counter_assistant.paper.blocks import Block
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.columns import shared
from counter_assistant.paper.geometry.measures import A4, NORMAL
from counter_assistant.paper.grid import Grid
from counter_assistant.paper.line_breaking import LineBreaker
from tests.places import FONTS

GRID = Grid(LineBreaker(FontFallback(FONTS)), A4, NORMAL)
LONG_NAME = "首付款或者资金的监管凭证"


def lines(block: Block) -> list[str]:
    return [text.line.text for text in block.texts]


def table(layout: str, *rows: tuple[str, ...]) -> list[Block]:
    return GRID.table(Table(layout, (), tuple(tuple(map(Run, row)) for row in rows)), 500)


@pytest.mark.parametrize(
    ("wanted", "widths"),
    [
        ([], []),
        ([10, 20], [45, 55]),
        ([10, 200], [10, 90]),
        ([200, 200], [50, 50]),
        ([200, 10, 60], [45, 10, 45]),
    ],
)
def test_columns_get_what_they_want_and_share_what_is_left_or_missing(wanted: list[float], widths: list[float]) -> None:
    assert shared(wanted, 100) == pytest.approx(widths)
    assert sum(widths) == pytest.approx(100 if wanted else 0)


def test_columns_are_alike_where_that_does_for_all() -> None:
    assert shared([10, 20, 30], 120, alike=True) == [40, 40, 40]
    assert shared([10, 20, 60], 120, alike=True) == [20, 30, 70]


def test_what_depends_is_on_one_line_where_the_other_column_has_room() -> None:
    """GIVEN long names beside short cases THEN neither is broken, and units such as 复印件1 least of all."""
    names = "过户后的不动产权证（原件1 复印件1）、契税完税凭证（原件1 复印件1）"
    assert [lines(row) for row in table("maybe", (names, "离异"), ("结婚证（原件1，退还）", "已婚或者配偶代办"))] == [
        [names, "离异"],
        ["结婚证（原件1，退还）", "已婚或者配偶代办"],
    ]


@pytest.mark.parametrize("item", ["租赁市场住房提取", "账户查询、余额异议复核", LONG_NAME * 2])
def test_the_head_table_has_one_size_within_half_a_point(item: str) -> None:
    """GIVEN a day with its hour and a long way of telling beside short values THEN none is made small."""
    day, way = "2026年11月23日 10:42", "窗口告知（综合窗口 1）"
    rows = (
        (Field("申请人", "张三"), Field("证件", "未采集"), Field("电话", "138****0461")),
        (Field("事项", item, strong=True), Field("告知时间", day), Field("方式", way)),
        (Field("受理意见", "您本次为咨询，尚未申请。"),),
    )
    blocks = GRID.fields(Fields(rows), 500)
    labels = {field.label for row in rows for field in row}
    sizes = [text.size for block in blocks for text in block.texts if text.line.text not in labels]
    assert max(sizes) - min(sizes) <= 0.5
    assert {day, way} <= set(lines(blocks[1])) or len(item) > 11
    assert all(rule[2] <= A4.width + 0.01 for block in blocks for rule in block.rules)


def test_a_long_name_is_broken_rather_than_made_small_and_its_lines_are_of_like_length() -> None:
    row = ("1", LONG_NAME, "原件1 复印件1", "收款银行或监管机构", "双方签名；复印首页、标的页、签章页", "须提供")
    (block,) = table("needed", row)
    assert lines(block) == [
        "1", "首付款或者资", "金的监管凭证", "原件1 复印件1", "收款银行或", "监管机构", "双方签名；复印首页、", "标的页、签章页", "须提供",
    ]  # fmt: skip
    assert {text.size for text in block.texts[1:3]} == {10.5}


def test_the_lines_of_a_cell_part_at_a_mark_where_they_can() -> None:
    (block,) = table(
        "needed", ("1", "结婚证", "原件1", "民政部门", "姓名与身份证件一致；兼作代办人的关系证件", "须出示")
    )
    assert lines(block)[4:6] == ["姓名与身份证件一致；", "兼作代办人的关系证件"]
    (block,) = table("guide_materials", ("1", "身份证", "原件1", "公安机关", "在有效期内；核验后当场退还", "都需要"))
    assert lines(block)[4:6] == ["在有效期内；", "核验后当场退还"]


def test_a_mark_within_brackets_parts_no_lines() -> None:
    (block,) = table(
        "guide_materials", ("1", "身份证", "原件1", "公安机关", "房屋登记簿的（原件1，退还）一份", "都需要")
    )
    assert not lines(block)[4].endswith("，")


def test_a_short_row_of_the_head_keeps_its_first_value_whole() -> None:
    """GIVEN a row of two fields over one of three THEN the first of the two has its room as well."""
    rows = (
        (Field("编码", "B08"), Field("承办部门", "归集提取科"), Field("办理方式", "直接办理，当场或当天办结")),
        (Field("适用规定", "2026年9月20日起"), Field("核对日期", "2026年11月28日")),
    )
    assert "2026年9月20日起" in lines(GRID.fields(Fields(rows), 500)[1])
