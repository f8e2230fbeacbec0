"""胸牌、桌牌和窗口牌上写什么：单位资料里有的，照着写；没有的，留空手写。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.typed_text.free_text import check_text

BLANK = "＿＿＿＿"
"""Room to write by hand, for what the office has not filled in."""
EXAMPLE = "（示例）"
"""Stands beside what is still the example's: nobody is to wear it."""
LONGEST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Badge:
    """胸牌：中心名称、姓名、所属科室、职务和照片（守则 一(三)1⑴），加工号."""

    unit: str
    name: str
    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, profile: OfficeProfile, clerk: Clerk, *, example: bool = False) -> Badge:
        """The badge of somebody at an office; `example`: not all that the office says is its own yet."""
        rows = (("科室", clerk.department), ("职务", clerk.title), ("工号", clerk.staff_number))
        return cls(profile.unit + EXAMPLE * example, clerk.name, tuple((label, text or BLANK) for label, text in rows))

    def texts(self) -> list[str]:
        """Every string that will be drawn."""
        return [self.unit, self.name, *(part for row in self.rows for part in row)]


@dataclass(frozen=True, slots=True)
class DeskPlate:
    """桌牌：一面，两面一样；姓名、职务、工号、服务项目和监督电话（守则 一(三)2⑶）."""

    name: str
    title: str
    rows: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, profile: OfficeProfile, clerk: Clerk, *, example: bool = False) -> DeskPlate:
        """The plate on somebody's desk; `example` as on a badge."""
        rows = (
            ("工号", clerk.staff_number),
            ("服务项目", clerk.duty or BLANK),
            ("监督电话", profile.supervision_phone),
        )
        return cls(clerk.name, clerk.title + EXAMPLE * example, rows)

    def texts(self) -> list[str]:
        """Every string that will be drawn."""
        return [self.name, self.title, *(part for row in self.rows for part in row)]


class PlateWords(StrEnum):
    """What a plate over a window says."""

    WINDOW = "window"
    SUSPENDED = "suspended"
    MODEL_POST = "model_post"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"window": "窗口号和名称", "suspended": "本窗口暂停服务", "model_post": "共产党员示范岗"}[self.value]


@dataclass(frozen=True, slots=True)
class WindowPlate:
    """窗口牌：几号窗口、叫什么，必要时加民族文字（守则 一(三)1⑵⑶）. `words` are the lines to be read from afar.

    Raises:
        Refusal: what `check_text` refuses.
    """

    words: tuple[str, ...]
    second: str = ""
    foot: str = ""

    def __post_init__(self) -> None:
        for text in (*self.words, self.second):
            check_text(text, "牌上的字", LONGEST_WORDS)

    @classmethod
    def of(
        cls, profile: OfficeProfile, says: PlateWords, name: str = "", second: str = "", *, example: bool = False
    ) -> WindowPlate:
        """The plate of a window; `name` says what it is called, where the office calls it otherwise; `example` as on a badge."""
        foot = listed((profile.unit, profile.branch), "　") + EXAMPLE * example
        if says is PlateWords.WINDOW:
            return cls((name.strip() or profile.window,), second.strip(), foot)
        sign = SignKind.SUSPENDED if says is PlateWords.SUSPENDED else SignKind.MODEL_POST
        return cls(sign.headline, second.strip(), foot)
