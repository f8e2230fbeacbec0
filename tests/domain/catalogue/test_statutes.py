"""Articles are cited with their version, and the version is chosen by the day of acceptance."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.statutes import ArticleRef, cite, in_force, joined_articles

RULES = "住房公积金管理条例"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((24,), "第二十四条"),
        ((24, 1), "第二十四条第一款"),
        ((24, 1, 2), "第二十四条第一款第二项"),
        ((1127,), "第一千一百二十七条"),
    ],
)
def test_an_article_in_words(numbers: tuple[int, ...], words: str) -> None:
    assert ArticleRef(RULES, 2026, *numbers).in_words() == words


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2019, 3, 23), None),
        (date(2019, 3, 24), 2019),
        (date(2026, 9, 19), 2019),
        (date(2026, 9, 20), 2026),
        (date(2040, 1, 1), 2026),
    ],
)
def test_the_version_in_force_on_a_day(make: Any, day: date, version: int | None) -> None:
    found = make.statute().on(day)
    assert (found.version if found else None) == version
    for cited in (2019, 2026):
        assert in_force(ArticleRef(RULES, cited, 25), {RULES: make.statute()}, day) is (cited == version)


def test_a_statute_that_is_not_known_is_not_in_force(make: Any) -> None:
    assert not in_force(ArticleRef("民法典", 2021, 1127), {RULES: make.statute()}, date(2026, 9, 20))
    assert make.statute().version(2002) is None


@pytest.mark.parametrize(
    ("numbers", "known"),
    [
        ((24,), True), ((24, 3), True), ((24, 1, 9), True), ((25, 1), True),
        ((99,), False), ((24, 4), False), ((24, 1, 10), False), ((24, 2, 1), False), ((24, 0, 1), False),
        ((24, -1), False), ((24, 1, -1), False),
    ],
)  # fmt: skip
def test_whether_an_article_paragraph_and_point_exist(make: Any, numbers: tuple[int, ...], known: bool) -> None:
    assert make.statute().version(2026).has(ArticleRef(RULES, 2026, *numbers)) is known


def test_the_sixth_point_of_2019_is_not_the_first_point_of_2026(make: Any) -> None:
    refs = (ArticleRef(RULES, 2026, 24, 1, 1), ArticleRef(RULES, 2026, 25), ArticleRef(RULES, 2019, 24, 1, 6))
    assert cite(refs, {RULES: make.statute()}) == (
        "《住房公积金管理条例》（2026年修订）第二十四条第一款第一项、第二十五条；"
        "《住房公积金管理条例》（2019年修订）第二十四条第一款第六项"
    )


def test_a_version_that_is_not_known_is_cited_without_its_label(make: Any) -> None:
    assert cite((ArticleRef(RULES, 2002, 25),), {RULES: make.statute()}) == "《住房公积金管理条例》第二十五条"


@pytest.mark.parametrize(
    ("cited", "joined"),
    [
        ("第三十七条第一款、第三十七条第二款", "第三十七条第一款、第二款"),
        (
            "《甲》（2026年修订）第一条第一款、第一条第二款、第一条第三款；《乙》第二条",
            "《甲》（2026年修订）第一条第一款、第二款、第三款；《乙》第二条",
        ),
        ("第二十四条第一款第二项、第二十五条", "第二十四条第一款第二项、第二十五条"),
        ("第四十条、第四十条第一款", "第四十条、第四十条第一款"),
        ("", ""),
    ],
)
def test_an_article_is_named_once_for_all_its_paragraphs(cited: str, joined: str) -> None:
    assert joined_articles(cited) == joined
    assert joined_articles(joined) == joined
