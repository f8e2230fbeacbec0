"""单页：every text of it is known before it is drawn."""

from __future__ import annotations

from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Field, Fields, Heading, Paragraph, Run, Table

BODY = (
    Fields(((Field("事项名称", "租房"), Field("编码", "B08")),)),
    Heading("一、", "政策规定"),
    Paragraph((Run("法定："), Run("3日", strong=True))),
    Table("guide_materials", ("序", "材料"), ((Run("1"), Run("身份证")),)),
)


def a_sheet(mark: str = "示例") -> Sheet:
    return Sheet("某中心", "某管理部", "办事指南", mark, BODY, ("目录 1",))


def test_every_text_is_told_in_order() -> None:
    assert "".join(a_sheet().texts()) == (
        "某中心某管理部办事指南示例事项名称租房编码B08一、政策规定法定：3日序材料1身份证目录 1"
    )


def test_lines_read_like_the_paper() -> None:
    assert a_sheet().lines() == [
        "某中心　某管理部",
        "办事指南（示例）",
        "事项名称：租房　编码：B08",
        "一、政策规定",
        "法定：3日",
        "序 | 材料",
        "1 | 身份证",
        "目录 1",
    ]


def test_an_empty_mark_leaves_no_brackets() -> None:
    assert a_sheet(mark="").lines()[1] == "办事指南"
