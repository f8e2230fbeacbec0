"""对照的结果：每一处不同，一句话，有缘由的写明缘由（守则 一(五)4）."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.notification.told_content import ToldContent

NO_DETAILS = "上次告知的内容没有留下明细，只能查看原单"
BY_TEXT = "目录文本"
PROMISED = "promised"
PARTS = {"basis": "政策依据", "statutory": "法定时限", PROMISED: "承诺时限"}


class DifferenceKind(StrEnum):
    """What differs. 须改 is no fault of the notification: it was found when the material was handed in."""

    MISSED = "漏告"
    PARTIAL = "缺告"
    WRONG = "错告"
    TO_MEND = "须改"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, in a sentence. `explanation` is its cause, empty where nothing explains it.

    `id` is that of the material, or one of `PARTS`. `asked`: the material is needed now and was not told then.
    `by_text`: the catalogue's own text said so, and how that is known; the fault is the text's, not the clerk's.
    """

    kind: DifferenceKind
    id: str
    name: str
    sentence: str
    explanation: str = ""
    asked: bool = False
    by_text: str = ""

    @property
    def word(self) -> str:
        """The word shown before it: the fault's own name only where it is the clerk's fault."""
        if self.by_text:
            return BY_TEXT
        if not self.explanation or self.kind is DifferenceKind.TO_MEND:
            return self.kind.value
        return "新增" if self.asked else "有变"


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier notification compared with today's need. `earlier` is None where no details of it were kept."""

    earlier: ToldContent | None
    now: ToldContent
    differences: tuple[Difference, ...] = ()
    to_mend: tuple[Difference, ...] = ()

    @property
    def faults(self) -> tuple[Difference, ...]:
        """The differences that neither a cause nor the catalogue's text explains."""
        return tuple(one for one in self.differences if not (one.explanation or one.by_text))

    @property
    def text_faults(self) -> tuple[Difference, ...]:
        """The differences that come from the catalogue's own text."""
        return tuple(one for one in self.differences if one.by_text)

    @property
    def told_right(self) -> bool:
        """Whether the earlier notification is known and had no fault, neither the clerk's nor the text's."""
        return self.earlier is not None and not self.faults and not self.text_faults

    @property
    def summary(self) -> str:
        """今天另需 2 项，说法不同 1 处，其中漏告 1 项."""
        if self.earlier is None:
            return NO_DETAILS
        if not self.differences:
            return listed(("今天需要的与上次告知的一致", self._mended()), "，")
        asked = sum(difference.asked for difference in self.differences)
        parts = [f"今天另需 {asked} 项" if asked else "", _counted("有变动 {} 处", len(self.differences) - asked)]
        return listed((*parts, self._blamed(), self._mended()), "，")

    def _blamed(self) -> str:
        words = [fault.word for fault in (*self.faults, *self.text_faults)]
        counted = listed(f"{word} {words.count(word)} 项" for word in dict.fromkeys(words))
        return f"其中{counted}" if counted else "都有缘由"

    def _mended(self) -> str:
        return _counted("须改 {} 项", len(self.to_mend))


def _counted(words: str, n: int) -> str:
    return words.format(n) if n else ""
