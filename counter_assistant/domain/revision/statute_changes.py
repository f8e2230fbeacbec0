"""法规新旧两版对照：目录里引用的条、款、项，在新的一版里还在不在、移到哪里、改没改，涉及哪些事项."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.catalogue.checks.sources import sources_of
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.statutes import Article, ArticleRef, StatuteVersion
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.revision.statute_text import Paragraph, paragraphs_of

STILL, LIKE, NEARER = 0.4, 0.6, 0.1
"""From where on two texts are one that was changed: under the same number, and under another; and by how much that other
place must be nearer for it to have moved there."""

_NO_WORDS = re.compile(r"[\W_]+")
Level = tuple[bool, bool]
"""Whether a paragraph, and whether a point of it, is named."""


class Became(StrEnum):
    """What became of an article, a paragraph or a point in a new version."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What people read."""
        return {
            "same": "没有改", "changed": "有改动", "moved": "移了位置", "gone": "没有了", "unknown": "没有旧版正文，请自行对照",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of it, where it stands `now`, and how like the two texts are, from 0 to 1."""

    became: Became
    now: ArticleRef | None
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the newest text of an item cites a statute, and what becomes of what is cited."""

    item: str
    name: str
    place: str
    ref: ArticleRef
    fate: Fate

    def in_words(self) -> str:
        """B08 租赁市场住房提取　basis[1]　第二十四条第一款第六项：移了位置，现为第二十四条第一款第一项."""
        moved = self.fate.became is Became.MOVED and self.fate.now
        now = f"，现为{moved.in_words()}" if moved else ""
        return f"{self.item} {self.name}　{self.place}　{self.ref.in_words()}：{self.fate.became.label}{now}"


def citations(
    catalogue: Catalogue, statute: str, new: StatuteVersion, old_text: Mapping[int, Article] | None = None
) -> list[Citation]:
    """Every citation of other versions of a statute in the newest texts, item by item, held against a new version.

    `old_text` are the articles that were cited, with their words, where the catalogue keeps none.
    """
    fates: dict[ArticleRef, Fate] = {}
    known = catalogue.statutes.get(statute)
    versions = {each.version: each.articles for each in known.versions} if known else {}
    standing = segments(new.articles)
    found = []
    for item_id in sorted(catalogue.items):
        item = newest(catalogue, item_id)
        for place, ref in _cited(item):
            if ref.statute == statute and ref.version != new.version:
                if ref not in fates:
                    fates[ref] = fate_of(ref, new, segments(old_text or versions.get(ref.version, {})), standing)
                found.append(Citation(item.id, item.name, place, ref, fates[ref]))
    return found


Address = tuple[int, int, int]
"""Article, paragraph and point, 0 where the whole is meant, as in `ArticleRef`."""


def segments(articles: Mapping[int, Article]) -> dict[Address, str]:
    """What can be cited of a version, with its words; empty words where only the numbers are known."""
    found: dict[Address, str] = {}
    for number, article in articles.items():
        paragraphs = paragraphs_of(article) or tuple(
            Paragraph("", ("",) * article.points.get(i, 0)) for i in range(1, article.paragraphs + 1)
        )
        found[number, 0, 0] = "".join(line for each in paragraphs for line in each.lines)
        for i, paragraph in enumerate(paragraphs, 1):
            found[number, i, 0] = "".join(paragraph.lines)
            found |= {(number, i, n): point for n, point in enumerate(paragraph.points, 1)}
    return found


def fate_of(ref: ArticleRef, new: StatuteVersion, old: Mapping[Address, str], standing: Mapping[Address, str]) -> Fate:
    """What became of what is cited: compared with every article, paragraph or point of the new version, as it is one."""
    address = (ref.article, ref.paragraph, ref.point)
    words = old.get(address, "")
    if not words:
        return Fate(Became.UNKNOWN, _at(ref, new, address)) if address in standing else Fate(Became.GONE, None)
    alike = {to: likeness(words, said) for to, said in standing.items() if _level(to) == _level(address)}
    here = alike.get(address, 0.0)
    nearest = max(alike, key=lambda to: (alike[to], to == address), default=address)
    if here == 1:
        return Fate(Became.SAME, _at(ref, new, address), here)
    if alike.get(nearest, 0.0) >= max(LIKE, here + NEARER) and nearest != address:
        return Fate(Became.MOVED, _at(ref, new, nearest), alike[nearest])
    if here >= STILL:
        return Fate(Became.CHANGED, _at(ref, new, address), here)
    return Fate(Became.GONE, None, alike.get(nearest, 0.0))


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, by pairs of characters that follow each other; 1 where only punctuation differs."""
    one, other = _NO_WORDS.sub("", one), _NO_WORDS.sub("", other)
    if one == other:
        return 1.0
    pairs, others = (Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in (one, other))
    together = pairs.total() + others.total()
    return 2 * (pairs & others).total() / together if together else 0.0


def statute_changes(before: Catalogue, after: Catalogue) -> Iterator[str]:
    """What differs between the statutes of two catalogues, in words."""
    for name in sorted({*before.statutes, *after.statutes}):
        if name not in after.statutes:
            yield f"《{name}》：不再收录"
            continue
        known = {each.version: each for each in before.statutes[name].versions} if name in before.statutes else {}
        now = {each.version: each for each in after.statutes[name].versions}
        for number, version in now.items():
            if number not in known:
                since = chinese_date(version.effective_from)
                yield f"《{name}》：新收{number}年版（{version.label}），{since}起施行，{len(version.articles)} 条"
            elif version != known[number]:
                yield f"《{name}》：{number}年版收录的条文有改动"
        yield from (f"《{name}》：不再收录{number}年版" for number in known if number not in now)


def _cited(item: ServiceItem) -> Iterator[tuple[str, ArticleRef]]:
    yield from ((f"basis[{i}]", ref) for i, ref in enumerate(item.basis, 1))
    yield from ((f"{place}.source", source.article) for place, source in sources_of(item) if source.article)


def _level(address: Address) -> Level:
    return bool(address[1]), bool(address[2])


def _at(ref: ArticleRef, new: StatuteVersion, address: Address) -> ArticleRef:
    return ArticleRef(ref.statute, new.version, *address)
