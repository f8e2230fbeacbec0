"""Whatever a refusal quotes, it is a line that a person can read and a terminal does not obey."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import LONGEST, Refusal, readable

HOSTILE = {
    "escape": "\x1b[2J\x1b]0;x\x07", "bidi": "\u202e4321\u2066", "half a character": "\ud840\udc80", "zero width": "\u200b\ufeff",
    "lines": "一\n二\r\n三\u2028四\u2029五\x85", "NUL": "\0", "tag": "\U000e0041",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_commands_or_hides_is_shown_as_a_sign(text: str) -> None:
    shown = str(Refusal("bad", f"回答“{text}”无法识别。", f"请改正“{text}”。"))
    assert shown.encode().decode() == shown
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert shown.startswith("回答“")
    assert shown.count("�") == sum(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in text) * 2


@pytest.mark.parametrize(
    "text", ["请写成 2026-11-23 这样。", "可以是：a、b\u3000c。", "“𠅤”（U+20164）", "\ue863、\U000323b0", ""]
)
def test_what_can_be_read_stays_as_it_is(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize(("length", "kept"), [(99, 99), (100, 82), (100_000, 82)])
def test_a_long_quotation_keeps_its_beginning_and_its_end(length: int, kept: int) -> None:
    quoted = "头" + "中" * (length - 2) + "尾"
    shown = readable(f"回答“{quoted}”无法识别。")
    assert len(shown) == kept + len("回答“”无法识别。")
    assert shown.startswith("回答“头中")
    assert shown.endswith("中尾”无法识别。")
    assert ("……" in shown) == (length > kept)


def test_a_long_sentence_is_left_out_in_its_middle() -> None:
    whole = "甲" * 400 + "乙" * 100
    assert readable(whole) == whole
    assert readable(whole + "乙") == "甲" * 400 + "……" + "乙" * 98
    assert len(readable(whole + "乙")) == LONGEST


@given(st.text(st.characters(), max_size=50), st.integers(1, 50))
def test_whatever_is_quoted_the_sentence_is_one_short_line_that_any_file_can_hold(text: str, times: int) -> None:
    shown = Refusal("bad", f"不认识“{text * times}”。", text * times)
    for part in (shown.sentence, shown.remedy):
        assert len(part) <= LONGEST
        assert len(part.splitlines()) <= 1
        part.encode()
    assert readable(shown.sentence) == shown.sentence
