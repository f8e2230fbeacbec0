"""A book of rows says what will be drawn of it, and what its columns come to."""

from __future__ import annotations

from counter_assistant.domain.papers.ruled_book import BookColumn, RuledBook, sums_of

COLUMNS = (BookColumn("事项", 30), BookColumn("件数", 10, adds=True), BookColumn("页数", 10))


def test_every_string_that_will_be_drawn_is_told_in_its_order() -> None:
    rows = (("提取", 2, 7), ("贷款", 3, 8))
    book = RuledBook("某中心", "登记簿", "示例", "2026年11月", COLUMNS, rows, ("经办人：",), ("共1页",))
    assert book.texts() == [
        "某中心", "登记簿", "示例", "2026年11月", "事项", "件数", "页数", "提取", "2", "7", "贷款", "3", "8", "经办人：", "共1页",
    ]  # fmt: skip


def test_only_a_column_that_is_added_up_has_a_sum_and_only_numbers_count() -> None:
    assert sums_of(COLUMNS, [("提取", 2, 7), ("贷款", "", 8), ("归集", 5, 9)]) == {1: 7}
    assert sums_of(COLUMNS, []) == {1: 0}
