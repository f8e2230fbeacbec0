"""排布：各卡片在页面上的位置。Plain arithmetic, so that every window size is tested without a window.

Wider screens give the paper more room first. A narrow window folds the paper to a strip at the right edge, and the
decision and the buttons stand in the middle column; the paper opens over the list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

NARROW = 1180
MARGIN, GAP = 12, 10
QUESTIONS_LEAST, PAPER_LEAST = 132, 120
"""What shows the head and the question that waits, and what tells that there is a paper."""
TODAY, DONE_LEAST, ASIDE_LEAST = 92, 156, 96
"""Beside the search of the empty desk: today, what was just done, and who was put aside."""
A4_HEIGHT_OVER_WIDTH = 297 / 210

Rect = tuple[int, int, int, int]
"""x, y, width, height."""


class Wishes(NamedTuple):
    """The heights that the parts ask for, each in the width that it gets: functions of a width."""

    search: int
    questions_shown: bool
    applicant: Callable[[int], int]
    decision: Callable[[int], int]
    buttons: int
    bar: int
    spoken: Callable[[int], tuple[int, ...]] = lambda _width: ()
    """Whole, and cut short; none where there is nothing to say."""
    list_least: int = 0
    """The least height of the list at which no line of it is out of sight: the phrases give way to it."""
    list_smallest: int = 0
    """The height at which the list shows its head and a line or two, and is scrolled: on a lower page everything is."""
    act: int = 0
    """The width of the buttons, whose words are never cut: where it is narrow the search gives way to them."""


def arrange(width: int, height: int, wishes: Wishes, px: Callable[[float], int]) -> dict[str, Rect]:
    """The place of every part; the paper's under the name `preview`, folded as `folded` where the window is narrow."""
    margin, gap = px(MARGIN), px(GAP)
    left, top, bottom = margin, margin, height - margin
    places: dict[str, Rect] = {}
    if wishes.bar:
        places["bar"] = (left, top, width - 2 * margin, wishes.bar)
        top += wishes.bar + gap
    search = bottom - top if not wishes.questions_shown else min(wishes.search, bottom - top)
    wide = width >= px(NARROW)
    column, rest = (
        _wide_columns(width, bottom - top, wishes.act, px) if wide else _narrow_columns(width, wishes.act, px)
    )
    places["search"] = (left, top, column, search)
    if wishes.questions_shown:
        places["questions"] = (left, top + search + gap, column, max(bottom - top - search - gap, 0))
    spare = (left + column + gap, rest, top, bottom)
    return places | (_wide_middle(spare, width, wishes, px) if wide else _narrow_middle(spare, wishes, px))


def least_height(width: int, wishes: Wishes, px: Callable[[float], int]) -> int:
    """The height of a page beneath which its parts would have no room for what they say; a lower window scrolls it."""
    gap, bar = px(GAP), wishes.bar + px(GAP) if wishes.bar else 0
    wide = width >= px(NARROW)
    column, rest = _wide_columns(width, 0, wishes.act, px) if wide else _narrow_columns(width, wishes.act, px)
    right = width - 2 * px(MARGIN) - 2 * gap - column - rest if wide else rest
    asked = wishes.search + (gap + px(QUESTIONS_LEAST) if wishes.questions_shown else 0)
    listed = wishes.list_smallest + gap + wishes.applicant(rest)
    decided = wishes.decision(right) + gap + wishes.buttons
    columns = (asked, listed, decided + gap + px(PAPER_LEAST)) if wide else (asked, decided + gap + listed)
    return 2 * px(MARGIN) + bar + max(columns)


def arrange_empty(width: int, height: int, aside: int, px: Callable[[float], int]) -> dict[str, Rect]:
    """The places while nobody stands at the desk: the search at the left, beside it who was put aside, today, what was just
    done. `aside` is the height that shows all who were put aside; what they leave is for what was done. `decision` has no height: what opens beneath it opens at the top of the right column."""
    margin, gap = px(MARGIN), px(GAP)
    top, bottom = margin, height - margin
    left = min(px(548), (width - 2 * margin - gap) * 45 // 100)
    x, right = margin + left + gap, width - 2 * margin - gap - left
    today, least_done = px(TODAY), px(DONE_LEAST)
    aside = min(aside, bottom - top - today - least_done - 2 * gap)
    done = bottom - top - aside - today - 2 * gap
    return {
        "search": (margin, top, left, bottom - top),
        "aside": (x, top, right, aside),
        "today": (x, top + aside + gap, right, today),
        "done": (x, bottom - done, right, done),
        "decision": (x, top, right, 0),
    }


def least_height_empty(aside: int, px: Callable[[float], int]) -> int:
    """The same while nobody stands at the desk."""
    return 2 * px(MARGIN) + 2 * px(GAP) + min(aside, px(ASIDE_LEAST)) + px(TODAY) + px(DONE_LEAST)


def _wide_columns(width: int, height: int, act: int, px: Callable[[float], int]) -> tuple[int, int]:
    """348, 486 and the rest at 1290; what a wider page brings goes to the paper until it fills its height."""
    inner = width - 2 * px(MARGIN) - 2 * px(GAP)
    left, middle = px(348), px(486)
    right = inner - left - middle
    most = max(round((height - px(150)) / A4_HEIGHT_OVER_WIDTH) + px(24), px(412))
    spare = max(right - most, 0)
    middle += min(spare * 2 // 3, px(360))
    left += min(spare // 3, px(120))
    return left, middle - max(act - (inner - left - middle), 0)


def _wide_middle(spare: Rect, width: int, wishes: Wishes, px: Callable[[float], int]) -> dict[str, Rect]:
    """Middle and right column; `spare` is their left edge, the middle's width, the top and the bottom."""
    (x, middle, top, bottom), gap = spare, px(GAP)
    right, far = width - px(MARGIN) - x - middle - gap, x + middle + gap
    decision, buttons = wishes.decision(right), wishes.buttons
    return _list_and_applicant(spare, wishes, gap) | {
        "decision": (far, top, right, decision),
        "preview": (far, top + decision + gap, right, bottom - top - decision - buttons - 2 * gap),
        "buttons": (far, bottom - buttons, right, buttons),
    }


def _narrow_columns(width: int, act: int, px: Callable[[float], int]) -> tuple[int, int]:
    inner = width - 2 * px(MARGIN) - 2 * px(GAP) - px(36)
    left = min(px(348), max(px(280), inner * 38 // 100))
    left = min(left, max(inner - act, px(232)))
    return left, inner - left


def _narrow_middle(spare: Rect, wishes: Wishes, px: Callable[[float], int]) -> dict[str, Rect]:
    (x, width, top, bottom), gap = spare, px(GAP)
    decision, buttons = wishes.decision(width), wishes.buttons
    return _list_and_applicant((x, width, top + decision + gap, bottom - buttons - gap), wishes, gap) | {
        "decision": (x, top, width, decision),
        "buttons": (x, bottom - buttons, width, buttons),
        "folded": (x + width + gap, top, px(36), bottom - top),
        "overlay": (x, top, width, bottom - top),
    }


def _list_and_applicant(spare: Rect, wishes: Wishes, gap: int) -> dict[str, Rect]:
    """The list over what is said, where that leaves the list its least height, over the applicant: whose fields are clicked, and stay where they are
    when an answer makes the list shorter and the phrases come."""
    x, width, top, bottom = spare
    applicant = wishes.applicant(width)
    places: dict[str, Rect] = {"applicant": (x, bottom - applicant, width, applicant)}
    bottom -= applicant + gap
    room = bottom - top - gap - wishes.list_least
    if spoken := next((height for height in wishes.spoken(width) if height <= room), 0):
        places["spoken"] = (x, bottom - spoken, width, spoken)
        bottom -= spoken + gap
    places["materials"] = (x, top, width, max(bottom - top, 0))
    return places
