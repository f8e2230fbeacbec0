"""服务忌语：守则 三的二十一句，和每一句该换成的文明用语.

What to say instead is a phrase of 守则 二 without a blank, so that it can be said at once. The choice is ours: the service
code sets no pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

WELCOME = "您好,我能帮您做什么吗?"
WAIT = "对不起,稍等一下,马上替您办。"
SOON = "请放心!我们会尽快为您办理的。"
RULES = "让我给您介绍一下有关规定内容好吗?"
AGAIN = "如果您还不清楚,我很乐意继续为您详细解答。"
CALM = "您别急,请慢慢说。"


@dataclass(frozen=True, slots=True)
class Taboo:
    """一句忌语，原文照录（守则 三）；`instead` is the text of an approved phrase."""

    number: int
    text: str
    instead: str


TABOOS = tuple(
    Taboo(number, text, instead)
    for number, (text, instead) in enumerate(
        (
            ("没到上班时间,你等着吧。", WAIT),
            ("没见我正忙着吗,急什么?", WAIT),
            ("喊什么,等一会儿。", WAIT),
            ("烦死了。", SOON),
            ("不知道。", RULES),
            ("不是告诉你了吗?", AGAIN),
            ("怎么还不明白?", AGAIN),
            ("我就这样,你能怎么着?", WELCOME),
            ("你管不着。", RULES),
            ("不办。", RULES),
            ("我就这态度,有意见,找领导去。", WELCOME),
            ("急什么,没看见我正忙着吗?", WAIT),
            ("别催了,烦死了。", SOON),
            ("着什么急,谁也没闲着。", SOON),
            ("正忙呢,等着吧。", WAIT),
            ("真麻烦。", SOON),
            ("快点,真啰嗦。", CALM),
            ("你问我,我去问谁。", RULES),
            ("怎么不提前准备好,早干什么的?", RULES),
            ("下班不办了,谁叫你来这么迟!", SOON),
            ("马上下班了,你快一点儿。", CALM),
        ),
        1,
    )
)
