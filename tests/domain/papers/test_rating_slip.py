"""A slip to rate on says everything that will be drawn of it, once."""

from __future__ import annotations

from counter_assistant.domain.papers.rating_slip import RatingSlip


def test_every_string_that_will_be_drawn_is_told_in_its_order() -> None:
    slip = RatingSlip("评价条", "某中心", "请您评价", ("满意", "一般"), ("事项",), "意见", ("电话",), "码", "不留姓名")
    assert slip.texts() == ["评价条", "某中心", "请您评价", "满意", "一般", "事项", "意见", "电话", "码", "不留姓名"]
