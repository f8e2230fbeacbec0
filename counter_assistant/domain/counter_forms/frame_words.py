"""表框外面的字：哪个单位的表、哪一件事、哪天打的；谁核对。"""

from __future__ import annotations

from dataclasses import dataclass

EXAMPLE = "示例，待本中心核定"
AS_PUBLISHED = "以本中心公布的表样为准"
PLEASE_CHECK = "本表由窗口预填，请核对后签名"
BY_PEN = "请用黑色、蓝黑色墨水或者签字笔填写，勾选用“√”"


@dataclass(frozen=True, slots=True)
class FrameWords:
    """What stands around the frame of a form: the unit over it, `line` beneath the title (left, middle, right), and the parts of
    the foot."""

    unit: str
    line: tuple[str, str, str]
    foot: tuple[str, ...]
    mark: str = EXAMPLE

    def texts(self) -> list[str]:
        """Every string of it."""
        return [self.unit, self.mark, *self.line, *self.foot]
