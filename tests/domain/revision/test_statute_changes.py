"""Two versions of a statute held against each other: what is cited is there, elsewhere, changed, or gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.statute_text import read_statute_text
from counter_assistant.domain.catalogue.statutes import Article, ArticleRef, Statute, StatuteVersion
from counter_assistant.domain.revision.statute_changes import (
    Became,
    Fate,
    citations,
    fate_of,
    likeness,
    segments,
    statute_changes,
)
from tests.places import TESTS

RULES = "住房公积金管理条例"


def version(year: int) -> StatuteVersion:
    text = (TESTS / "fixtures" / "statutes" / f"{year}.txt").read_text("utf-8")
    return read_statute_text(text).version(year, f"{year}年修订", date(year, 9, 20), "某令")


OLD, NEW = version(2019), version(2026)


@pytest.mark.parametrize(
    ("cited", "became", "now"),
    [
        ((13, 2, 0), Became.SAME, (13, 2, 0)),
        ((26, 2, 0), Became.CHANGED, (26, 2, 0)),
        ((18, 0, 0), Became.CHANGED, (18, 0, 0)),
        ((24, 1, 2), Became.MOVED, (24, 1, 6)),
        ((24, 1, 1), Became.MOVED, (24, 1, 2)),
        ((25, 2, 0), Became.MOVED, (25, 1, 0)),
        ((36, 0, 0), Became.MOVED, (37, 0, 0)),
        ((36, 2, 0), Became.MOVED, (37, 2, 0)),
        ((38, 0, 0), Became.MOVED, (40, 0, 0)),
        ((24, 1, 6), Became.GONE, None),
        ((25, 1, 0), Became.GONE, None),
        ((99, 0, 0), Became.GONE, None),
    ],
)
def test_the_amendment_of_2026(cited: Any, became: Became, now: Any) -> None:
    fate = fate_of(ArticleRef(RULES, 2019, *cited), NEW, segments(OLD.articles), segments(NEW.articles))
    assert (fate.became, fate.now) == (became, ArticleRef(RULES, 2026, *now) if now else None)


def test_a_text_that_was_not_changed_gives_no_difference() -> None:
    same = segments(NEW.articles)
    later = replace(NEW, version=2028)
    fates = [fate_of(ArticleRef(RULES, 2026, *address), later, same, same) for address in same]
    assert {fate.became for fate in fates} == {Became.SAME}


def test_where_only_numbers_are_known_they_are_compared_by_people() -> None:
    known = segments({24: Article(2, {1: 3}), 36: Article(1, {})})
    assert known[24, 1, 3] == ""
    standing = segments(NEW.articles)
    assert fate_of(ArticleRef(RULES, 2019, 24, 1, 3), NEW, known, standing).became is Became.UNKNOWN
    assert fate_of(ArticleRef(RULES, 2019, 36), NEW, known, standing).became is Became.GONE


def of_texts(*texts: str) -> StatuteVersion:
    """A version whose articles are one paragraph each, from 1 on."""
    articles = {n: Article(1, {}, text) for n, text in enumerate(texts, 1)}
    return StatuteVersion(2028, "2028年修订", date(2028, 1, 1), articles, "某令")


TEN, OTHER = "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸"


@pytest.mark.parametrize(
    ("texts", "fate"),
    [
        ((TEN, OTHER), Fate(Became.SAME, ArticleRef("法", 2028, 1), 1.0)),
        ((TEN, TEN), Fate(Became.SAME, ArticleRef("法", 2028, 1), 1.0)),
        ((OTHER, TEN), Fate(Became.MOVED, ArticleRef("法", 2028, 2), 1.0)),
        (("一二三四五六子丑寅卯", OTHER), Fate(Became.CHANGED, ArticleRef("法", 2028, 1), 10 / 18)),
        (("一二三四五六七丑寅卯", TEN), Fate(Became.MOVED, ArticleRef("法", 2028, 2), 1.0)),
        (("一二三四五六七八九", TEN), Fate(Became.CHANGED, ArticleRef("法", 2028, 1), 16 / 17)),
        ((OTHER, "一二三四五六子丑寅卯"), Fate(Became.GONE, None, 10 / 18)),
        ((OTHER, OTHER), Fate(Became.GONE, None, 0.0)),
        ((OTHER, "一二三四五六七丑寅卯"), Fate(Became.MOVED, ArticleRef("法", 2028, 2), 12 / 18)),
        ((), Fate(Became.GONE, None, 0.0)),
    ],
)
def test_where_it_went_and_how_like_it_still_is(texts: tuple[str, ...], fate: Fate) -> None:
    new = of_texts(*texts)
    found = fate_of(ArticleRef("法", 2026, 1), new, segments(of_texts(TEN).articles), segments(new.articles))
    assert (found.became, found.now) == (fate.became, fate.now)
    assert found.likeness == pytest.approx(fate.likeness)


def test_without_words_it_is_unknown_where_something_stands_and_gone_where_nothing_does() -> None:
    new = of_texts(TEN)
    bare = segments({1: Article(1, {}), 2: Article(1, {})})
    assert set(bare) == {(1, 0, 0), (1, 1, 0), (2, 0, 0), (2, 1, 0)}
    standing = segments(new.articles)
    assert fate_of(ArticleRef("法", 2026, 1), new, bare, standing) == Fate(Became.UNKNOWN, ArticleRef("法", 2028, 1))
    assert fate_of(ArticleRef("法", 2026, 2), new, bare, standing) == Fate(Became.GONE, None)
    assert fate_of(ArticleRef("法", 2026, 3), new, {}, standing) == Fate(Became.GONE, None)


def test_the_words_of_a_whole_are_those_of_its_parts() -> None:
    article = Article(2, {1: 2}, "有下列情形的：\n（一）甲；\n（二）乙。\n另一款。")
    found = segments({7: article})
    assert found[7, 0, 0] == found[7, 1, 0] + found[7, 2, 0]
    assert "XX" not in found[7, 1, 0]
    assert likeness(found[7, 1, 1], "甲") == 1


def test_what_the_catalogue_keeps_of_the_version_that_is_cited_is_held_against_the_new_one(make: Any) -> None:
    item = make.item(basis=(ArticleRef(RULES, 2019, 36),), statutory=())
    kept = replace(make.catalogue(item), statutes={RULES: Statute(RULES, (OLD,))})
    assert [each.fate.became for each in citations(kept, RULES, NEW)] == [Became.MOVED]


def test_likeness_looks_at_words_only() -> None:
    assert likeness("离休、退休的；", "离休，退休的。") == 1
    assert likeness("甲", "乙") == 0
    assert 0 < likeness("自受理之日起15日内", "自受理之日起10日内") < 1
    assert likeness("一二三四", "一二三五") == pytest.approx(4 / 6)
    assert likeness("一二", "三一二") == pytest.approx(2 / 3)


def test_the_items_that_a_new_version_touches_are_listed_with_their_places(make: Any) -> None:
    catalogue = make.catalogue(make.item(), make.item(id="T02", basis=(), basis_note="某文", statutory=()))
    later = replace(NEW, version=2028, effective_from=date(2028, 1, 1))
    found = citations(catalogue, RULES, later, NEW.articles)
    assert [(each.item, each.place, each.fate.became) for each in found] == [
        ("T01", "basis[1]", Became.SAME),
        ("T01", "limits.statutory[1].source", Became.SAME),
    ]
    assert found[0].in_words() == "T01 某项提取　basis[1]　第二十四条第一款第一项：没有改"
    old = citations(make.catalogue(make.item(basis=(ArticleRef(RULES, 2019, 36),))), RULES, NEW, OLD.articles)
    assert [each.in_words() for each in old] == ["T01 某项提取　basis[1]　第三十六条：移了位置，现为第三十七条"]
    assert {each.fate.became for each in citations(catalogue, RULES, later)} == {Became.UNKNOWN}
    assert citations(catalogue, RULES, NEW) == [], "what cites the version itself is not touched by it"
    assert citations(catalogue, "另一部法", later) == []
    unknown = make.catalogue(make.item(basis=(ArticleRef("另一部法", 2001, 1),)))
    assert [each.fate.became for each in citations(unknown, "另一部法", later)] == [Became.GONE]


def test_what_differs_between_the_statutes_of_two_catalogues_is_told(make: Any) -> None:
    before = make.catalogue(make.item())
    old, new = make.statute().versions
    later = replace(new, version=2028, label="2028年修订", effective_from=date(2028, 1, 1))
    changed = replace(new, articles={**new.articles, 27: Article(1, {})})
    after = replace(before, statutes={RULES: Statute(RULES, (changed, later)), "新法": Statute("新法", (old,))})
    assert list(statute_changes(before, before)) == []
    assert list(statute_changes(before, after)) == [
        "《住房公积金管理条例》：2026年版收录的条文有改动",
        "《住房公积金管理条例》：新收2028年版（2028年修订），2028年1月1日起施行，2 条",
        "《住房公积金管理条例》：不再收录2019年版",
        "《新法》：新收2019年版（2019年修订），2019年3月24日起施行，2 条",
    ]
    assert list(statute_changes(after, before))[-1] == "《新法》：不再收录"
    without = replace(before, statutes={"新法": Statute("新法", (old,))})
    assert list(statute_changes(before, without)) == [
        f"《{RULES}》：不再收录",
        "《新法》：新收2019年版（2019年修订），2019年3月24日起施行，2 条",
    ]


def test_an_article_that_is_cited_twice_becomes_the_same_at_both_places(make: Any) -> None:
    cited = ArticleRef(RULES, 2019, 36)
    twice = make.item(basis=(cited, cited), statutory=())
    found = citations(make.catalogue(twice), RULES, NEW, OLD.articles)
    assert [(each.place, each.fate.became) for each in found] == [
        ("basis[1]", Became.MOVED),
        ("basis[2]", Became.MOVED),
    ]
