"""纸型：同一份文书可以打在哪几种纸上。

What a paper says, its number and its check code never depend on the format: it is not part of a slip and is not in the
book. It is chosen when the paper is printed, by the office for each kind of paper, and for one visitor by whoever serves
them (docs/decisions/0040-formats.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal


class PaperFormat(StrEnum):
    """纸型. The value is the code that the office profile and the command line use."""

    A4 = "a4"
    HALVES = "a4_halves"
    A5 = "a5"
    CONTINUOUS = "continuous"
    LARGE = "large_print"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return FORMATS[self].label

    @property
    def short(self) -> str:
        """What it is called in the middle of a sentence."""
        return self.label.partition("，")[0]


class FormatRow(NamedTuple):
    """What a format is.

    `width_mm` and `height_mm` are of the sheet that goes through the printer. `text_pt` is the size of running text.
    `apart`: each copy has sheets of its own, first all of the one, then all of the other. `whole`: a paper that does not
    fit on one side of it is printed on A4 instead.
    """

    label: str
    width_mm: float
    height_mm: float
    text_pt: float
    apart: bool = True
    whole: bool = False


FORMATS = {
    PaperFormat.A4: FormatRow("A4，每联一张", 210, 297, 10.5),
    PaperFormat.HALVES: FormatRow("A4 对半，两联一张", 210, 297, 9, apart=False, whole=True),
    PaperFormat.A5: FormatRow("A5，每联一张", 148, 210, 9),
    PaperFormat.CONTINUOUS: FormatRow("241×140 两联连续纸", 241, 140, 10.5, apart=False),
    PaperFormat.LARGE: FormatRow("大字，A4 每联一张", 210, 297, 15),
}

OF_ALL = tuple(PaperFormat)
OF_KIND = {
    SlipKind.NOTIFICATION_SLIP: OF_ALL,
    SlipKind.RECEIPT: OF_ALL,
    SlipKind.PROMISE_NOTICE: OF_ALL,
    SlipKind.SUPPLEMENT_NOTICE: OF_ALL,
    SlipKind.REFERRAL_NOTICE: OF_ALL,
    SlipKind.RETURN_NOTICE: OF_ALL,
    SlipKind.INTRODUCTION: OF_ALL,
    SlipKind.GUIDANCE: OF_ALL,
    SlipKind.CUSTODY_RECORD: OF_ALL,
    SlipKind.DELAY_NOTICE: OF_ALL,
}
"""The formats of each kind of paper. All ten are handed over in two copies, and each may go to somebody with reading
glasses. Sheets that are no record (guides, counts of days, closings, lists of a volume, signs) are bound or posted up as A4."""


def format_chosen(chosen: Mapping[str, str], kind: SlipKind) -> PaperFormat:
    """The format that an office has chosen for a kind of paper, A4 where it has not; a code that is not known counts as none."""
    code = chosen.get(kind.value)
    return next((one for one in OF_KIND[kind] if one.value == code), PaperFormat.A4)


def check_formats(chosen: Mapping[str, str]) -> None:
    """Checks an office's choices before they are recorded.

    Raises:
        Refusal: `bad-paper-format` (an unknown kind, or a format that its paper does not have).
    """
    for code, wanted in chosen.items():
        kind = next((one for one in SlipKind if one.value == code), None)
        if kind is None or wanted not in OF_KIND[kind]:
            raise Refusal("bad-paper-format", f"文书的纸型“{wanted}”不对。", "请在设置的“本单位”里重新选。")


def does_not_fit(wanted: PaperFormat) -> str:
    """What is said where a paper is too long for a format and goes on A4 instead."""
    return f"内容较多，{wanted.short}放不下，改用 A4，每联一张。"
