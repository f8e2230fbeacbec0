"""分行：where a line of Chinese may end, and how its glyphs are spaced.

The rules are those of W3C 中文排版需求 (https://www.w3.org/TR/clreq/): no closing mark at the start of a line, no
opening mark at its end (避头尾), two adjoining marks share one em (标点挤压), a small gap between ideographs and
Western letters. Numbers and ranges of them, dates, slip numbers, words, and a short remark in brackets stay whole unless
a line is too narrow for them.

All widths are in thousandths of an em, so that a text is measured once for all sizes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from counter_assistant.domain.formatting import STAR
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.font_fallback import GETA, FontFallback
from counter_assistant.paper.truetype import CLOSING, HALVED, OPENING, half_form

NOT_FIRST = frozenset(CLOSING + STAR + "…—·・％‰℃々,.;:!?)]}%")
NOT_LAST = frozenset(OPENING + "([{￥¥$")
SPACES = " \u3000"
PAUSES = "，。、；："
HALF = 500
SQUEEZED = 2 * HALF  # how much a line may take from all its marks together to fit one more word
SCRIPT_GAP = 90  # programs that extract text take wider gaps (from 0.1 em) for spaces
STRETCH = 80  # a line that would need more between two ideographs is left ragged, for the same reason
LOOSE = 2_000  # a justified line that a date would leave shorter than this by its early break takes a part of the date
KEPT_TEXTS = 4096

_STICKY = "\u0021-\u1fff\u2010\u2011\ua4d0-\ua4ff０-９Ａ-Ｚａ-ｚ"  # with the letters of Lisu, which make words
_HAN = "\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RANGE = r"(?<=\d)[\u2012-\u2015\u2212\u301c\uff0d\uff5e](?=\d)"  # dashes and tildes, as in 14:30–17:30
_TOKEN = re.compile(
    r"〔\d{2,4}〕 ?第?\d+(?:-\d+)?号?"
    r"|\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|(?:[{_STICKY}]|{_RANGE}|’(?=[A-Za-z]))+(?:(?<=\d)[年月日时分秒元个号条款项份次页岁])?"
    rf"|（[{_HAN}]{{1,4}}）|(?:原件|复印件)\d+"
    r"|—+|…+|[ \u3000]+|.",
    re.DOTALL,
)
_WESTERN = re.compile(rf"(?:[{_STICKY} ]|{_RANGE})+")
_LETTER = "A-Za-z0-9%\u00c0-\u024f"
_NARROW = re.compile(rf"[{CLOSING}](?=[{CLOSING}{OPENING}])|(?<=[{OPENING}])[{OPENING}]")
_SCRIPT_CHANGE = re.compile(rf"[{_HAN}](?=[{_LETTER}])|[{_LETTER}](?=[{_HAN}])")
_WITHIN_DATE = re.compile(r"\d{4} ?年(?= ?\d)|\d{1,2} ?月(?= ?\d)")


class Span(NamedTuple):
    """Glyphs of one file with the same spacing after each.

    `parts` are the pieces of `text`, each with the gap after it, and `shown` is the operator that draws them, without the font and the spacing.
    """

    file: str
    spacing: float
    text: str
    parts: tuple[tuple[str, int], ...]
    shown: str


class Line(NamedTuple):
    """One line as it will be drawn. `spoken` is the text to extract, where spacing would mislead a reader program."""

    text: str
    spans: tuple[Span, ...]
    width: float
    spoken: str = ""


class Place(NamedTuple):
    """The characters of one line, and how much narrower its marks are set, all of them alike, for it to fit."""

    start: int
    end: int
    squeezed: float = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """One hard line, ready to be broken at any width.

    `files` are those that the characters are drawn from. `narrow` are the places of marks set half an em wide, `gaps` those of characters followed by a gap, `pauses` those
    of marks that may be narrowed; `pens` is the position of the pen before each character. `ends` are the places where
    a line may end, and `reach` is how far the pen has come there, with spaces and the empty half of a closing mark
    hanging over; `joints` are the ends of all tokens, for widths too narrow to follow the rules for marks. `in_dates`
    are the places within a date where a line may end rather than be left much too short.
    """

    text: str
    strong: tuple[bool, ...]
    files: tuple[str, ...]
    narrow: frozenset[int]
    gaps: frozenset[int]
    pauses: tuple[int, ...]
    pens: tuple[int, ...]
    joints: tuple[int, ...]
    ends: tuple[int, ...]
    reach: tuple[int, ...]
    in_dates: tuple[int, ...]

    def opens(self, at: int) -> bool:
        """Whether a line that starts here starts with an opening mark whose empty half is left out."""
        return at < len(self.text) and self.text[at] in OPENING and at not in self.narrow


class LineBreaker:
    """Breaks runs of text into lines; remembers what it has measured and broken, within bounds."""

    def __init__(self, fonts: FontFallback) -> None:
        self._fonts = fonts
        self._measured = lru_cache(KEPT_TEXTS)(self._measure)
        self.lines = lru_cache(KEPT_TEXTS)(self._lines)

    def widths(self, runs: tuple[Run, ...]) -> list[int]:
        """How wide the lines of a text are where none is broken but at the ends that it has."""
        return [hard.pens[-1] - HALF * hard.opens(0) for hard in self._measured(runs)]

    def _lines(self, runs: tuple[Run, ...], width: float, justified: bool = False) -> tuple[Line, ...]:
        """The lines of a text within `width` thousandths of an em. A text without characters is one line."""
        lines: list[Line] = []
        for hard in self._measured(runs):
            places = _fill(hard, width, justified)
            lines += [self._line(hard, place, width if justified else 0) for place in places[:-1]]
            lines.append(self._line(hard, places[-1], 0))
        return tuple(lines)

    def _measure(self, runs: tuple[Run, ...]) -> tuple[Measured, ...]:
        text = "".join([run.text for run in runs])
        strong: tuple[bool, ...] = ()
        for run in runs:
            strong += (run.strong,) * len(run.text)
        hard, at = [], 0
        for part in text.split("\n"):
            hard.append(self._measure_hard(part, strong[at : at + len(part)]))
            at += len(part) + 1
        return tuple(hard)

    def _measure_hard(self, text: str, strong: tuple[bool, ...]) -> Measured:
        files, advances = self._fonts.files, self._fonts.advances
        met = set(text)
        if not all(map(files[0].__getitem__, met)):
            text = "".join(char if files[0][char] else GETA for char in text)
        narrow = _starts(_NARROW, text) if not met.isdisjoint(HALVED) else frozenset()
        gaps = _starts(_SCRIPT_CHANGE, text) if not text.isascii() else frozenset()
        widths = [advances[bold][char] for char, bold in zip(text, strong, strict=True)]
        for at in narrow:
            widths[at] = HALF
        for at in gaps:
            widths[at] += SCRIPT_GAP
        pens = tuple(accumulate(widths, initial=0))
        pauses = (
            []
            if met.isdisjoint(PAUSES)
            else [at for at, char in enumerate(text) if char in PAUSES and at not in narrow]
        )
        tokens = _TOKEN.findall(text)
        ends = tuple(_ends(tokens))
        reach = tuple(accumulate([_reach(text, pens, narrow, gaps, end) for end in ends], max))
        joints = tuple(accumulate(map(len, tokens)))
        in_dates = () if met.isdisjoint("年月") else tuple([match.end() for match in _WITHIN_DATE.finditer(text)])
        drawn_from = tuple([files[bold][char] for char, bold in zip(text, strong, strict=True)])
        return Measured(text, strong, drawn_from, narrow, gaps, tuple(pauses), pens, joints, ends, reach, in_dates)

    def _line(self, hard: Measured, place: Place, justify_to: float) -> Line:
        start, end, squeezed = place
        text = hard.text[start:end].rstrip(SPACES) if end < len(hard.text) else hard.text[start:end]
        end = start + len(text)
        pauses = [at for at in hard.pauses if start <= at < end - 1] if squeezed else []
        narrow = hard.narrow.union((start,)) if hard.opens(start) else hard.narrow
        width: float = hard.pens[end] - hard.pens[start] - HALF * hard.opens(start) - squeezed
        width -= SCRIPT_GAP * (end - 1 in hard.gaps)
        spacing = 0.0
        if justify_to and text:
            slack = justify_to - width + (HALF if text[-1] in CLOSING else 0)
            western = _western(hard.text, start, end)
            spaced = sum(at not in western and at not in hard.gaps for at in range(start, end - 1))
            spacing = slack / spaced if 0 < slack <= spaced * STRETCH else 0.0
            width += spacing * spaced
        cut = -round(squeezed / len(pauses)) if pauses else 0
        gaps = {at: SCRIPT_GAP for at in hard.gaps if start <= at < end - 1} | dict.fromkeys(pauses, cut)
        return Line(text, self._spans(hard, (start, end), narrow, gaps, spacing), width)

    def _spans(
        self, hard: Measured, bounds: tuple[int, int], narrow: frozenset[int], gaps: Mapping[int, int], spacing: float
    ) -> tuple[Span, ...]:
        start, end = bounds
        letters = list(hard.text)
        for at in narrow:
            letters[at] = half_form(letters[at])
        shown = "".join(letters)
        spans = []
        for file, tracking, first, last in _alike(hard, start, end, spacing):
            cuts = [first, *sorted([at + 1 for at in gaps if first <= at < last - 1]), last]
            given = round(tracking)  # together with it a gap between scripts stays narrower than a space
            parts = tuple(
                [(shown[a:b], gap - given if (gap := gaps.get(b - 1, 0)) > 0 else gap) for a, b in pairwise(cuts)]
            )
            spans.append(Span(file, tracking, shown[first:last], parts, self._shown(file, parts)))
        return tuple(spans)

    def _shown(self, file: str, parts: tuple[tuple[str, int], ...]) -> str:
        if len(parts) == 1 and not parts[0][1]:
            return f"<{self._fonts.shown(file, parts[0][0])}>Tj"
        shown = "".join([f"<{self._fonts.shown(file, text)}>{-gap}" for text, gap in parts])
        return f"[{shown}]TJ"


def _starts(pattern: re.Pattern[str], text: str) -> frozenset[int]:
    return frozenset([match.start() for match in pattern.finditer(text)])


def _alike(hard: Measured, start: int, end: int, spacing: float) -> Iterator[tuple[str, float, int, int]]:
    """The stretches of a line that are drawn from one file with the same spacing after each glyph: file, spacing, start, end."""
    if start == end:
        return
    if not spacing and hard.files.count(hard.files[start]) == len(hard.files):
        yield hard.files[start], 0.0, start, end
        return
    western = _western(hard.text, start, end) if spacing else ()
    kinds = [(hard.files[at], 0.0 if at in western else spacing) for at in range(start, end)]
    for (file, tracking), group in groupby(kinds):
        following = start + len(list(group))
        yield file, tracking, start, following
        start = following


def _western(text: str, start: int, end: int) -> set[int]:
    """The places of characters that are never spaced out: words and numbers."""
    return {at for match in _WESTERN.finditer(text, start, end) for at in range(*match.span())}


def _ends(tokens: Sequence[str]) -> list[int]:
    """Where a line may end: after each token, unless a mark or a space forbids it, and at the end of the text."""
    ends, at = [], 0
    for token, following in pairwise(tokens):
        at += len(token)
        if following[0] not in NOT_FIRST and following[0] not in SPACES and token[-1] not in NOT_LAST:
            ends.append(at)
    return [*ends, at + len(tokens[-1]) if tokens else 0]


def _reach(text: str, pens: tuple[int, ...], narrow: frozenset[int], gaps: frozenset[int], end: int) -> int:
    last = end - 1
    while last >= 0 and text[last] in SPACES:
        last -= 1
    if last < 0:
        return 0
    return pens[last + 1] - SCRIPT_GAP * (last in gaps) - HALF * (text[last] in CLOSING and last not in narrow)


def _fill(hard: Measured, width: float, justified: bool) -> list[Place]:
    """What is on each line: as much as fits."""
    places, start, size = [], 0, len(hard.text)
    while True:
        limit = hard.pens[start] + HALF * hard.opens(start) + width + 0.001
        at = bisect_right(hard.reach, limit) - 1
        squeezed = _squeeze(hard, start, at + 1, limit) if at + 1 < len(hard.ends) else 0
        at += squeezed > 0
        end = hard.ends[at] if at >= 0 else 0
        if justified and not squeezed and start < end < size and limit - hard.reach[at] > LOOSE:
            end = max([end, *(part for part in hard.in_dates if hard.pens[part] <= limit)])
        if end <= start < size:
            end = _force(hard, start, limit)
        places.append(Place(start, end, squeezed))
        start = end + len(hard.text[end:]) - len(hard.text[end:].lstrip(SPACES))
        if start >= size:
            return places


def _squeeze(hard: Measured, start: int, at: int, limit: float) -> float:
    """By how much all marks must be narrowed for the line to reach the next end; 0 where that is too much."""
    needed, last = hard.reach[at] - limit, len(hard.text[: hard.ends[at]].rstrip(SPACES)) - 1
    marks = sum(start <= pause < last for pause in hard.pauses)
    return needed if needed <= min(SQUEEZED, marks * HALF) else 0


def _force(hard: Measured, start: int, limit: float) -> int:
    """The end of a line where no rule can be kept: after a token, else within one, at least one character further."""
    fits = bisect_right(hard.pens, limit) - 1
    joint = bisect_right(hard.joints, fits) - 1
    if joint >= 0 and hard.joints[joint] > start:
        return hard.joints[joint]
    return max(start + 1, fits)
