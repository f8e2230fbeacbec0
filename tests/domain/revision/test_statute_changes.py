"""Two versions of a statute held against each other: what is cited is there, elsewhere, changed, or gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.statutes import Article, ArticleRef, Statute, StatuteVersion
from counter_assistant.domain.revision.statute_changes import (
    Became,
    citations,
    fate_of,
    likeness,
    segments,
    statute_changes,
)
from counter_assistant.domain.revision.statute_text import read_statute_text
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


def test_likeness_looks_at_words_only() -> None:
    assert likeness("离休、退休的；", "离休，退休的。") == 1
    assert likeness("甲", "乙") == 0
    assert 0 < likeness("自受理之日起15日内", "自受理之日起10日内") < 1


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
