"""中心给网点的一包里的一件：签过的台账头、内容包、打开台账的公钥、一年的放假日历；各照它自己文件的写法.

{"content": TEXT, "part": KIND}
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.calendar.calendar_entry import CalendarTaken
from counter_assistant.domain.calendar.workdays import YearCalendar
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.handed_key import HandedKey, handed_from
from counter_assistant.storage.packs.pack_file import pack_from
from counter_assistant.storage.witnessing.cosigned_head import CosignedHead, head_from


class PartKind(StrEnum):
    """What a part of a bundle for a branch is."""

    HEAD = "head"
    KEY = "key"
    CALENDAR = "calendar"
    PACK = "pack"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    PartKind.HEAD: "中心的见证",
    PartKind.KEY: "打开台账的公钥",
    PartKind.CALENDAR: "放假日历",
    PartKind.PACK: "内容包",
}
Content = CosignedHead | HandedKey | YearCalendar | Pack


@dataclass(frozen=True, slots=True)
class BundlePart:
    """A part as it stands in a bundle: its content is the text of a file of its own kind."""

    kind: PartKind
    content: str

    @classmethod
    def of_year(cls, taken: CalendarTaken) -> BundlePart:
        """The part that brings a year's calendar, as an entry of the book says it."""
        return cls(PartKind.CALENDAR, chain.canonical(taken.to_payload()))

    @property
    def text(self) -> str:
        """The one way to write it down."""
        return chain.canonical({"content": self.content, "part": self.kind.value})

    @classmethod
    def from_text(cls, text: str) -> BundlePart:
        """What `text` wrote.

        Raises:
            Refusal: `bundle-part-unknown`.
        """
        try:
            match chain.parse(text):
                case {"content": str(content), "part": str(kind), **more} if not more:
                    return cls(PartKind(kind), content)
        except (ValueError, RecursionError):
            pass
        raise Refusal("bundle-part-unknown", "这一包里有本程序不认识的一件。", "请升级本程序后再收。")

    def read(self) -> Content:
        """What it brings, read as a file of its kind is.

        Raises:
            Refusal: `calendar-damaged`; what `head_from`, `handed_from` and `pack_from` refuse.
        """
        match self.kind:
            case PartKind.HEAD:
                return head_from(self.content)
            case PartKind.KEY:
                return handed_from(self.content.encode(), self.kind.label)
            case PartKind.PACK:
                return pack_from(self.content.encode(), self.kind.label)
        try:
            taken = CalendarTaken.from_payload(chain.parse(self.content)).taken
        except (ValueError, KeyError, TypeError, RecursionError):
            taken = None
        if not isinstance(taken, YearCalendar):
            raise Refusal("calendar-damaged", "这一包里的放假日历读不出。", "请中心重新做一份。")
        return taken
