"""法规正文：贴进来的一整篇，认出条、款、项（立法法第六十五条）；章节的标题、目录和条文以前的文字不算条文."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from counter_assistant.domain.catalogue.statutes import Article, StatuteVersion
from counter_assistant.domain.formatting import numeral
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text import characters

MOST_ARTICLES = 1999
"""The highest number of an article that is recognised; 民法典 has 1,260."""

_NUMBER = "[〇零一二三四五六七八九十百千0-9]+"
_ARTICLE = re.compile(rf"(?:[-*•#]+ ?)?第({_NUMBER})条(之[一二三四五六七八九十]+)?([ 　:：]+|$)?")
_HEADING = re.compile(rf"(?:#+ ?)?第{_NUMBER}(?:分编|[编章节])(?:[ 　]|$)|(?:#+ ?)?目[ 　]*录$|#|<!--")
_POINT = re.compile(r"[（(]([一二三四五六七八九十]+)[）)]")
_WITHIN = re.compile(r"(?<=[：:；;。])(?=[（(][一二三四五六七八九十]+[）)])")
_REFERS = ("第", "规定", "的", "、", "和", "至")
_ENDS = "。；：！？;:”）)】"
_BLANK = " \t\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph 款, and its points 项."""

    words: str
    points: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """As it is written down: the paragraph, then each point with its number."""
        return (self.words, *(f"（{numeral(n)}）{point}" for n, point in enumerate(self.points, 1)))


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article 条 with its paragraphs."""

    number: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def known(self) -> Article:
        """What a catalogue keeps of it."""
        points = {i: len(each.points) for i, each in enumerate(self.paragraphs, 1) if each.points}
        text = "\n".join(line for each in self.paragraphs for line in each.lines)
        return Article(len(self.paragraphs), points, text)


@dataclass(frozen=True, slots=True)
class StatuteText:
    """The articles of a pasted text, and the numbers that are left out between the first and the last."""

    articles: tuple[ArticleText, ...]
    missing: tuple[int, ...]

    def version(self, number: int, label: str, effective_from: date, source: str) -> StatuteVersion:
        """The version of a statute that this is the text of."""
        return StatuteVersion(
            number, label, effective_from, {each.number: each.known for each in self.articles}, source
        )


@dataclass
class _Reading:
    """The article that is being read: its lines, those that were broken joined again."""

    number: int
    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        if self.lines and not self.lines[-1].endswith(tuple(_ENDS)) and not _POINT.match(line):
            self.lines[-1] += line
        elif line:
            self.lines.append(line)


def read_statute_text(pasted: str) -> StatuteText:
    """The articles of a text, as they are numbered.

    An excerpt may leave articles out. Where a whole article stands in one line, its points are recognised and what follows the
    last of them is one paragraph more; which of its sentences were paragraphs of their own cannot be seen any more.

    Raises:
        Refusal: `statute-unreadable` (no article is found, one is numbered 之一, one has nothing in it),
            `statute-out-of-order` (the numbers do not rise), `unprintable-text`.
    """
    found: list[_Reading] = []
    within = False
    for line in _lines(pasted):
        begins = _ARTICLE.match(line)
        last = found[-1].number if found else 0
        if begins and (number := _begins(line, begins, last)):
            found.append(_Reading(number))
            found[-1].add(line[begins.end() :].lstrip(_BLANK))
            within = True
        elif _HEADING.match(line):  # until the next article nothing is the law's
            within = False
        elif within:
            found[-1].add(line)
    articles = tuple(ArticleText(each.number, tuple(_paragraphs(each.lines))) for each in found)
    if not articles:
        raise Refusal("statute-unreadable", "没有认出一条条文。", "请贴法规的正文，每条以“第几条”另起一行。")
    if empty := next((each for each in articles if not each.paragraphs), None):
        raise Refusal("statute-unreadable", f"第{numeral(empty.number)}条没有内容。", "请核对贴进来的正文。")
    numbers = {each.number for each in articles}
    missing = (n for n in range(articles[0].number, articles[-1].number) if n not in numbers)
    return StatuteText(articles, tuple(missing))


def paragraphs_of(article: Article) -> tuple[Paragraph, ...]:
    """The paragraphs of an article that a catalogue keeps; none where it keeps no words."""
    return tuple(_paragraphs(article.text.split("\n"))) if article.text else ()


def _lines(pasted: str) -> Iterator[str]:
    for raw in pasted.splitlines():
        line = characters.tidy(raw.replace("\t", " "))
        wrong = next((character for character in line if characters.unprintable(character)), "")
        if wrong:
            raise characters.unprintable_text("法规正文", wrong)
        if line:
            yield line


def _begins(line: str, found: re.Match[str], last: int) -> int:
    """The number of the article that begins with a line; 0 where the line only speaks of an article."""
    number, rest = _numbers().get(found[1], 0), line[found.end() :]
    if not found[3] and (number != last + 1 or rest.startswith(_REFERS)):
        return 0
    if found[2] or not number:
        raise Refusal("statute-unreadable", f"“{line[:12]}”不是能引用的条号。", "请核对贴进来的正文。")
    if number <= last:
        raise Refusal(
            "statute-out-of-order",
            f"第{numeral(number)}条排在第{numeral(last)}条后面。",
            "请只贴一部法规的正文，条文按顺序，每条一次。",
        )
    return number


@cache
def _numbers() -> dict[str, int]:
    """How numbers of articles are written, in words and in digits."""
    found = {str(n): n for n in range(1, MOST_ARTICLES + 1)}
    for n in range(1, MOST_ARTICLES + 1):
        words = numeral(n)
        found |= {words: n, words.replace("零", "〇"): n}
    return found


def _paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    held: Paragraph | None = None
    for line in (part for whole in lines for part in _parts(whole)):
        point = _POINT.match(line)
        if held and point and point[1] == numeral(len(held.points) + 1):
            held = replace(held, points=(*held.points, line[point.end() :].lstrip(_BLANK)))
        else:
            if held:
                yield held
            held = Paragraph(line)
    if held:
        yield held


def _parts(line: str) -> Iterator[str]:
    """A line, or its parts where its points stand within it: what comes before, each point, and what follows the last."""
    parts = _WITHIN.split(line)
    if len(parts) == 1 or "一" not in {match[1] for match in map(_POINT.match, parts) if match}:
        yield line
        return
    last, stop, after = parts.pop().partition("。")
    yield from parts
    yield last + stop
    if after:
        yield after
