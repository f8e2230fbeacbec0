"""牌证和公示：有哪几种，各是多大，打在什么纸上；都由已有的人员、岗位和事项印出，不编号，也不留记录.

守则 一(三) asks for them and 一(四)2 for the board of promises. The service code names no size: these are the usual ones of plates
and badges in the trade, and a centre that has holders of another size takes the nearest.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal


class Stock(StrEnum):
    """纸：what goes through the printer."""

    A4 = "a4"
    A3 = "a3"

    @property
    def mm(self) -> tuple[int, int]:
        """Its shorter and its longer side, in millimetres (ISO 216)."""
        return {"a4": (210, 297), "a3": (297, 420)}[self.value]

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return self.value.upper()


class DisplaySize(NamedTuple):
    """A size by its code: how large the thing itself is, in millimetres, and on which stock it is printed.

    What is smaller than the stock lies on it, several times where there are several; what is larger is spread over sheets.
    """

    code: str
    label: str
    width: int
    height: int
    stock: Stock = Stock.A4

    @property
    def is_spread(self) -> bool:
        """Whether it is larger than a sheet, which is then glued together of several."""
        short, long = self.stock.mm
        return min(self.width, self.height) > short or max(self.width, self.height) > long


class DisplayKind(StrEnum):
    """What can be shown or worn. The value is the code of the command line."""

    BADGES = "badges"
    WINDOW_PLATE = "window-plate"
    DESK_PLATES = "desk-plates"
    STAFF_LIST = "staff-list"
    PROMISES = "promises"
    ROTA = "rota"
    GUIDE_BOOK = "guide-book"

    @property
    def label(self) -> str:
        """What the clerk calls it."""
        return _ROWS[self].label

    @property
    def clause(self) -> str:
        """Where the service code asks for it."""
        return _ROWS[self].clause

    @property
    def sizes(self) -> tuple[DisplaySize, ...]:
        """The sizes that it can have, the usual one first."""
        return _ROWS[self].sizes

    def size(self, code: str) -> DisplaySize:
        """The size with that code; the usual one where `code` is empty.

        Raises:
            Refusal: `bad-display-size`.
        """
        found = next((size for size in self.sizes if size.code == code or not code), None)
        if found is None:
            known = "、".join(size.code for size in self.sizes)
            raise Refusal("bad-display-size", f"{self.label}没有“{code}”这种尺寸。", f"可以有：{known}。")
        return found


class _Row(NamedTuple):
    label: str
    clause: str
    sizes: tuple[DisplaySize, ...]


_ACROSS = (DisplaySize("a4", "A4 横", 297, 210), DisplaySize("a3", "A3 横", 420, 297, Stock.A3))
_UPRIGHT = (DisplaySize("a4", "A4", 210, 297), DisplaySize("a3", "A3", 297, 420, Stock.A3))
_WALL = (
    DisplaySize("600x900-a4", "600×900，用 A4 拼", 600, 900),
    DisplaySize("600x900-a3", "600×900，用 A3 拼", 600, 900, Stock.A3),
)
_PLATE = DisplaySize("200x100", "200×100", 200, 100)
_ROWS = {
    DisplayKind.BADGES: _Row(
        "胸牌", "一(三)1⑴",
        (
            DisplaySize("86x54", "86×54 横", 86, 54), DisplaySize("70x100", "70×100", 70, 100),
            DisplaySize("85x125", "85×125", 85, 125),
        ),
    ),
    DisplayKind.WINDOW_PLATE: _Row(
        "窗口牌", "一(三)1⑵",
        (
            DisplaySize("a4", "A4 横", 297, 210),
            DisplaySize("500x250-a4", "500×250，用 A4 拼", 500, 250),
            DisplaySize("500x250-a3", "500×250，用 A3 拼", 500, 250, Stock.A3),
            _PLATE,
        ),
    ),
    DisplayKind.DESK_PLATES: _Row("桌牌", "一(三)2⑶", (_PLATE,)),
    DisplayKind.STAFF_LIST: _Row("工作人员一览表", "一(三)2⑶", (*_ACROSS, *_WALL)),
    DisplayKind.PROMISES: _Row("岗位和服务承诺公示", "一(四)2", _UPRIGHT),
    DisplayKind.ROTA: _Row("带班安排", "一(三)1⑷", _ACROSS),
    DisplayKind.GUIDE_BOOK: _Row("办事指南（成册）", "一(三)2⑵", _UPRIGHT[:1]),
}  # fmt: skip
