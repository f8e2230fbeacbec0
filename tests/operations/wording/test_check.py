"""What is printed or copied is looked through; what somebody said may stand, with a reason."""

from __future__ import annotations

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.wording.check import Kept, check_wording, refuse_forbidden

TEXTS = {"理由": "发票未盖章。", "说明": "当事人称窗口答复“不知道”，又说：“不办！”", "退回说明": "逾期不办理的，烦死了"}
QUOTED = Kept("说明", "不知道", "转述当事人原话")


def test_each_find_says_in_which_field_it_is_and_what_to_say_instead() -> None:
    found = check_wording(TEXTS)
    assert [(each.place, each.hit.text) for each in found] == [
        ("说明", "不知道"),
        ("说明", "不办"),
        ("退回说明", "烦死了"),
    ]
    assert found[0].in_words == "说明里有服务忌语“不知道”，可改说：“让我给您介绍一下有关规定内容好吗？”"
    assert check_wording({}) == []


def test_what_is_kept_stands_for_those_words_in_that_field_only() -> None:
    assert [each.hit.text for each in check_wording(TEXTS, [QUOTED])] == ["不办", "烦死了"]
    assert check_wording({"理由": "不知道。"}, [QUOTED]) != []
    assert check_wording({"说明": "不知道。不办。"}, [QUOTED])[0].hit.text == "不办"


def test_nothing_is_kept_without_a_reason() -> None:
    with pytest.raises(Refusal) as refusal:
        check_wording(TEXTS, [Kept("说明", "不知道", " ")])
    assert refusal.value.code == "keep-reason-missing"


def test_what_is_found_and_not_kept_is_refused() -> None:
    with pytest.raises(Refusal, match=r"说明里有服务忌语“不办”.*共 2 处") as refusal:
        refuse_forbidden(TEXTS, [QUOTED])
    assert refusal.value.code == "forbidden-wording"
    with pytest.raises(Refusal) as single:
        refuse_forbidden({"说明": "不办"})
    assert "共" not in single.value.sentence
    refuse_forbidden({"说明": "不知道"}, [QUOTED])
    refuse_forbidden({"说明": "发票未盖章"})
