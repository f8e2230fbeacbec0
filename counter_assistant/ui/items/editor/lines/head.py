"""指南的开头：名称、又叫、部门、办理方式；政策规定."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from counter_assistant.domain.catalogue.conditions import Always
from counter_assistant.domain.catalogue.items import Handling, ServiceItem
from counter_assistant.domain.catalogue.statutes import ArticleRef, Statute
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.revision.differences import HANDLED
from counter_assistant.domain.revision.editing.parts import with_article, with_handling, with_new_handling
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.editing.wording import LABELS, with_names, with_words
from counter_assistant.ui.items.editor.lines.slots import (
    Choice,
    Editing,
    GivenSource,
    Line,
    Piece,
    Way,
    adding,
    conditional,
    label,
    picked,
    typed,
)

HANDLINGS = tuple(Choice(handling.value, words) for handling, words in HANDLED.items())


def sentence(editing: Editing, field: str) -> Piece:
    """One of the texts that are a single sentence."""
    item = editing.item
    return typed(Spot(field), LABELS[field], getattr(item, field), lambda words, _: with_words(item, field, words))


def head_lines(editing: Editing) -> Iterator[Line]:
    """名称、又叫、承办部门、办理方式."""
    item = editing.item
    yield Line((label("事项名称　"), sentence(editing, "name"), label(f"　　编码　{item.id}")), Spot("name"))
    names = typed(
        Spot("also_called"),
        "又叫",
        listed(item.also_called),
        lambda words, _: with_names(item, words),
        empty="没有别的叫法",
    )
    yield Line((label("也叫做　"), names), Spot("also_called"))
    yield Line((label("承办部门　"), sentence(editing, "department")), Spot("department"))
    for i, (when, handling) in enumerate(item.handling):
        yield Line(tuple(_handling(editing, i, handling, Always() == when)), Spot("handling", i))
    new = adding(
        Spot("handling", None, "new"), "另一种办理方式（写什么情形）",
        lambda when, _: with_new_handling(item, when, Handling.PROMISE), way=Way.CONDITION, value=Always(),
    )  # fmt: skip
    yield Line((new,), Spot("handling"))


def _handling(editing: Editing, i: int, handling: Handling, always: bool) -> Iterator[Piece]:
    item = editing.item
    yield label("办理方式　" if i == 0 else "　　　　　")
    if not always or len(item.handling) > 1:
        yield conditional(editing, "handling", i, "什么情形下这样办", always="其他情形")
        yield Piece("　")
    spot = Spot("handling", i, "handling")
    yield picked(spot, "办理方式", handling.value, HANDLINGS, lambda code, _: with_handling(item, i, Handling(code)))


def basis_lines(editing: Editing) -> Iterator[Line]:
    """一、政策规定: one line for each article."""
    item, statutes = editing.item, editing.catalogue.statutes
    choices = article_choices(statutes)
    for i, ref in enumerate(item.basis):

        def changed(code: str, _: GivenSource, i: int = i) -> ServiceItem:
            return with_article(item, i, read_article(code), statutes)

        article = picked(
            Spot("basis", i, "article"),
            "条文",
            article_code(ref),
            choices,
            changed,
            shown=article_words(ref),
        )
        yield Line((article,), Spot("basis", i))
    new = adding(
        Spot("basis", None, "new"), "条文", lambda code, _: with_article(item, None, read_article(code), statutes),
        way=Way.ONE, choices=choices,
    )  # fmt: skip
    yield Line((new,), Spot("basis"))
    yield Line((label("依据的说明　"), sentence(editing, "basis_note")), Spot("basis_note"))


def article_words(ref: ArticleRef) -> str:
    """《住房公积金管理条例》2026年 第二十五条."""
    return f"《{ref.statute}》{ref.version}年 {ref.in_words()}"


def article_code(ref: ArticleRef) -> str:
    """An article as the code of a choice."""
    return f"{ref.statute}|{ref.version}|{ref.article}|{ref.paragraph}|{ref.point}"


def read_article(code: str) -> ArticleRef:
    """What `article_code` wrote."""
    statute, *numbers = code.split("|")
    return ArticleRef(statute, *map(int, numbers))


def article_choices(statutes: Mapping[str, Statute]) -> tuple[Choice, ...]:
    """Every article, paragraph and point that is known of the statutes that are kept, the newest version first."""
    refs = [
        ArticleRef(name, version.version, number, paragraph, point)
        for name, statute in statutes.items()
        for version in reversed(statute.versions)
        for number, article in version.articles.items()
        for paragraph in range(article.paragraphs + 1)
        for point in range((article.points.get(paragraph, 0) if paragraph else 0) + 1)
    ]
    return tuple(Choice(article_code(ref), article_words(ref)) for ref in refs)
