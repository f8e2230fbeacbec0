"""法规条文：按受理之日适用的版本引用到条、款、项。

《住房公积金管理条例》 changed its article numbers on 2026-09-20, so an article is always named together with the version,
and the version is chosen by the day of acceptance (法不溯及既往).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.formatting import numeral


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article of one version of a statute. `paragraph` and `point` are 0 where the whole article is meant."""

    statute: str
    version: int
    article: int
    paragraph: int = 0
    point: int = 0

    def in_words(self) -> str:
        """第二十四条第一款第二项."""
        parts = [(self.article, "条"), (self.paragraph, "款"), (self.point, "项")]
        return "".join(f"第{numeral(n)}{unit}" for n, unit in parts if n)


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article: how many paragraphs it has, how many points each paragraph with points has.

    `text` are its words, a line for each paragraph and point; empty where only its numbers were taken down.
    """

    paragraphs: int
    points: Mapping[int, int]
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatuteVersion:
    """One text of a statute, in force from `effective_from` until the day before the next one."""

    version: int
    label: str
    effective_from: date
    articles: Mapping[int, Article]
    source: str

    def has(self, ref: ArticleRef) -> bool:
        """Whether the article, paragraph and point are known to exist."""
        article = self.articles.get(ref.article)
        if article is None or not 0 <= ref.paragraph <= article.paragraphs:
            return False
        return not ref.point or 0 < ref.point <= article.points.get(ref.paragraph, 0)


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute with its versions, oldest first."""

    name: str
    versions: tuple[StatuteVersion, ...]

    def on(self, day: date) -> StatuteVersion | None:
        """The version in force on a day; None before the first that is known here."""
        return next((v for v in reversed(self.versions) if v.effective_from <= day), None)

    def version(self, number: int) -> StatuteVersion | None:
        """The version of that year."""
        return next((v for v in self.versions if v.version == number), None)


def in_force(ref: ArticleRef, statutes: Mapping[str, Statute], day: date) -> bool:
    """Whether the cited version is the one in force on that day."""
    statute = statutes.get(ref.statute)
    version = statute.on(day) if statute else None
    return version is not None and version.version == ref.version


_ARTICLE = re.compile(r"(第[一二三四五六七八九十百千零]+条)(?:第|$)")


def joined_articles(cited: str) -> str:
    """An article named once for all its paragraphs: 第三十七条第一款、第三十七条第二款 reads 第三十七条第一款、第二款."""
    parts, open_article = [], ""
    for part in cited.split("、"):
        joins = bool(open_article) and part.startswith(f"{open_article}第")
        parts.append(part.removeprefix(open_article) if joins else part)
        open_article = "" if part.endswith("条") else next(reversed(_ARTICLE.findall(part)), open_article)
    return "、".join(parts)


def cite(refs: tuple[ArticleRef, ...], statutes: Mapping[str, Statute]) -> str:
    """《住房公积金管理条例》（2026年修订，2026年9月20日起施行）第二十四条第一款第二项、第二十五条."""
    by_statute: dict[tuple[str, int], list[str]] = {}
    for ref in refs:
        by_statute.setdefault((ref.statute, ref.version), []).append(ref.in_words())
    cited = []
    for (name, number), articles in by_statute.items():
        version = statutes[name].version(number)
        label = f"（{version.label}）" if version else ""
        cited.append(f"《{name}》{label}{joined_articles('、'.join(articles))}")
    return "；".join(cited)
