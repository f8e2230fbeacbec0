"""目录的一行：没有页码的是一组的名称。"""

from __future__ import annotations

from counter_assistant.domain.displays.guide_book import BookCover, ContentsLine


def test_a_line_without_a_page_heads_a_group() -> None:
    assert (ContentsLine("A 归集").page, ContentsLine("A01　开户", 3).page) == (0, 3)
    assert BookCover("中心", "办事指南", ("48 项",), ("目录 1",)).foot == ("目录 1",)
