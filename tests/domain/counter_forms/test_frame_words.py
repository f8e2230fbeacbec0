"""What stands around the frame of a form."""

from __future__ import annotations

from counter_assistant.domain.counter_forms.frame_words import FrameWords


def test_every_string_around_a_form_is_told() -> None:
    words = FrameWords("单位", ("左", "中", "右"), ("P-01", "脚注"))
    assert words.texts() == ["单位", "示例，待本中心核定", "左", "中", "右", "P-01", "脚注"]
