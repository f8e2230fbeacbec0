"""A statute is recognised in pasted text: exactly the articles, paragraphs and points that the program lists of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.catalogue.statutes import Article
from counter_assistant.domain.formatting import numeral
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statute_text import (
    ArticleText,
    Paragraph,
    StatuteText,
    paragraphs_of,
    read_statute_text,
)
from counter_assistant.operations.program import program
from tests.places import TESTS

RULES = "住房公积金管理条例"


def fixture(name: str) -> str:
    return (TESTS / "fixtures" / "statutes" / f"{name}.txt").read_text("utf-8")


def counts(text: StatuteText) -> dict[int, list[int]]:
    """What the files of statutes list: of each article the points of each paragraph."""
    return {each.number: [len(paragraph.points) for paragraph in each.paragraphs] for each in text.articles}


@pytest.mark.parametrize("year", [2019, 2026])
def test_it_finds_what_the_program_lists_of_both_versions(year: int) -> None:
    listed = program().catalogue.statutes[RULES].version(year)
    assert listed is not None
    read = read_statute_text(fixture(str(year))).version(year, listed.label, listed.effective_from, listed.source)
    for number, article in listed.articles.items():
        assert (read.articles[number].paragraphs, read.articles[number].points) == (article.paragraphs, article.points)
    assert len(read.articles) == {2019: 47, 2026: len(listed.articles)}[year]


def test_an_excerpt_says_which_articles_it_leaves_out() -> None:
    assert read_statute_text(fixture("2019")).missing == ()
    assert read_statute_text(fixture("2026")).missing[:3] == (11, 12, 21)


def test_headings_notes_and_the_table_of_contents_are_no_articles() -> None:
    text = "某条例\n（2028年1月1日公布）\n目　录\n第一章　总　则\n第二章　附　则\n\n第一章 总　则\n第一条 甲。\n# 注\n这不是法条。\n第二章 附则\n第二条 乙。\n<!-- 完 -->\n网站导航"
    assert read_statute_text(text).articles == (
        ArticleText(1, (Paragraph("甲。"),)),
        ArticleText(2, (Paragraph("乙。"),)),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第一条 甲。\n乙。", {1: [0, 0]}),
        ("第一条　甲：\n（一）子；\n（二）丑。\n乙。", {1: [2, 0]}),
        ("第一条 甲：\n(一)子\n(二)丑\n丙。", {1: [2]}),
        ("第一条 甲，\n乙。", {1: [0]}),
        ("第一条\n甲。", {1: [0]}),
        ("第1条 甲。\n第2条 乙。", {1: [0], 2: [0]}),
        ("第一条甲。\n第二条乙。", {1: [0], 2: [0]}),
        ("- 第十条　甲。\n- 第十三条　乙。", {10: [0], 13: [0]}),
        ("第一百零一条 甲。\n第一百〇二条 乙。\n第一千一百二十七条 丙。", {101: [0], 102: [0], 1127: [0]}),
        ("第一条 甲。\n第一条规定的乙。", {1: [0, 0]}),
        ("第一条 甲。\n第二条规定的乙。", {1: [0, 0]}),
        ("第一条 甲。\n第二条第一款的乙。", {1: [0, 0]}),
        ("第一条 甲：（一）子；（二）丑。乙。", {1: [2, 0]}),
        ("第一条 甲：（一）子；（二）丑。", {1: [2]}),
        ("第一条 依照前款第(二)、(三)项规定的。", {1: [0]}),
        ("第一条 甲：\n1.子；\n2.丑。", {1: [0, 0, 0]}),
        ("第一条 甲：\n（一）子；\n（三）丑。", {1: [1, 0]}),
    ],
)
def test_paragraphs_and_points(text: str, found: dict[int, list[int]]) -> None:
    assert counts(read_statute_text(text)) == found


def test_a_line_that_was_broken_is_one_again() -> None:
    [article] = read_statute_text("第一条 职工可以提取\n存储余额。\n前款所称职工，\n是指在职职工。").articles
    assert article.paragraphs == (Paragraph("职工可以提取存储余额。"), Paragraph("前款所称职工，是指在职职工。"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "statute-unreadable"),
        ("住房公积金管理条例", "statute-unreadable"),
        ("第一条 甲。\n第二条", "statute-unreadable"),
        ("第一条 甲。\n第一条之一 乙。", "statute-unreadable"),
        ("第两千条 甲。", "statute-unreadable"),
        ("第九千条 甲。", "statute-unreadable"),
        ("第二条 甲。\n第一条 乙。", "statute-out-of-order"),
        ("第一条 甲。\n第一条 甲。", "statute-out-of-order"),
        ("第一条 甲\u202e。", "unprintable-text"),
    ],
)
def test_what_cannot_be_cited_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_statute_text(text)
    assert refused.value.code == code


WORDS = st.text("甲乙丙丁戊己庚辛，", min_size=1, max_size=12).map(lambda text: f"甲{text}。")
PARAGRAPHS = st.builds(Paragraph, WORDS, st.lists(WORDS, max_size=4).map(tuple))


@given(st.lists(st.lists(PARAGRAPHS, min_size=1, max_size=4).map(tuple), min_size=1, max_size=12))
def test_what_is_laid_out_is_recognised_and_what_is_kept_is_read_back(articles: list[tuple[Paragraph, ...]]) -> None:
    text = "\n".join(
        f"第{numeral(n)}条　" + "\n".join(line for paragraph in article for line in paragraph.lines)
        for n, article in enumerate(articles, 1)
    )
    read = read_statute_text(text)
    assert [each.paragraphs for each in read.articles] == articles
    kept = read.version(2028, "某版", date(2028, 1, 1), "某令").articles
    assert [paragraphs_of(kept[n]) for n in sorted(kept)] == articles


def test_of_an_article_without_its_words_nothing_is_read_back() -> None:
    assert paragraphs_of(Article(2, {1: 3})) == ()
