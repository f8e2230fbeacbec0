"""办理程序、流程、服务标准、时限、审批环节、补救和救济途径."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from counter_assistant.domain.calendar.time_limit import EVERY_REASON, PauseReason
from counter_assistant.domain.catalogue.items import ServiceItem, Step
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.revision.editing.limits import (
    UNITS,
    LimitChange,
    with_new_statutory,
    with_promised,
    with_statutory,
    with_statutory_article,
)
from counter_assistant.domain.revision.editing.parts import with_step
from counter_assistant.domain.revision.editing.places import Spot
from counter_assistant.domain.revision.statements import AT_ONCE, STARTS
from counter_assistant.ui.items.editor.lines.head import article_choices, article_code, article_words, read_article
from counter_assistant.ui.items.editor.lines.slots import (
    Choice,
    Editing,
    GivenSource,
    Ink,
    Line,
    Piece,
    Way,
    adding,
    carried_by,
    conditional,
    counted,
    label,
    picked,
    ticked,
    typed,
)

UNIT_CHOICES = tuple(Choice(code, words) for code, words in UNITS.items())
START_CHOICES = tuple(Choice(code, words) for code, words in STARTS.items())
N = "几日（当场或者当天写 0）"
PAUSE_CHOICES = tuple(Choice(reason.value, reason.label) for reason in EVERY_REASON)


def limit_lines(editing: Editing) -> Iterator[Line]:
    """七、时限承诺: the statute's limits and the centre's promise."""
    item, statutes = editing.item, editing.catalogue.statutes
    articles = article_choices(statutes)
    for i, limit in enumerate(item.statutory):

        def article(code: str, _: GivenSource, i: int = i) -> ServiceItem:
            return with_statutory_article(item, i, read_article(code), statutes)

        ref = limit.source.article
        cited = picked(
            Spot("statutory", i, "article"), "依据的条文", article_code(ref) if ref else "", articles, article,
            shown=article_words(ref) if ref else "",
        )  # fmt: skip
        carried = (carried_by(editing, Spot("statutory", i, "source")),) if ref is None else ()
        cited = replace(cited, ink=Ink.DONE if ref else Ink.HINT, aside=bool(ref))
        yield Line((label("法定　"), *_limit(editing, i, limit), Piece("　"), cited, *carried), Spot("statutory", i))
        when = conditional(editing, "statutory", i, "什么情形下适用")
        yield Line((label("　　　"), when, Piece(" 适用")), Spot("statutory", i))
    new = adding(
        Spot("statutory", None, "new"), "法定时限（选条文）",
        lambda code, _: with_new_statutory(item, 3, read_article(code), statutes), way=Way.ONE, choices=articles,
    )  # fmt: skip
    yield Line((new,), Spot("statutory"))
    promised = (
        label("承诺　"),
        *_limit(editing, None, item.promised),
        carried_by(editing, Spot("promised", None, "source")),
    )
    yield Line(promised, Spot("promised"))


def _limit(editing: Editing, i: int | None, limit: Limit) -> Iterator[Piece]:
    """自〔材料补齐之日〕起〔3〕〔个工作日〕内〔办结〕，〔等待补正材料〕不计; 〔当场或者当天〕〔办结〕，… for no day."""
    item = editing.item

    def spot(fact: str) -> Spot:
        return Spot("promised", None, fact) if i is None else Spot("statutory", i, fact)

    def act(source: GivenSource, **change: Any) -> ServiceItem:
        if i is None:
            return with_promised(item, LimitChange(**change), source())
        return with_statutory(
            item, i, LimitChange(**change), source() if limit.source.article is None else limit.source
        )

    if i is not None:
        yield typed(spot("by"), "哪个单位的时限", limit.by, lambda by, s: act(s, by=by), empty="本中心")
        yield Piece(" ")
    if limit.n:
        yield Piece("自")
        yield picked(spot("start"), "从哪天起算", limit.start, START_CHOICES, lambda code, s: act(s, start=code))
        yield Piece("起 ")
    yield counted(spot("n"), N, limit.n, lambda n, s: act(s, n=n), shown="" if limit.n else AT_ONCE)
    if limit.n:
        yield Piece(" ")
        yield picked(spot("unit"), "工作日还是日", limit.unit, UNIT_CHOICES, lambda code, s: act(s, unit=code))
        yield Piece("内")
    yield typed(spot("act"), "到期前做什么", limit.act, lambda words, s: act(s, act=words))
    yield Piece("，")
    pauses = tuple(reason.value for reason in limit.pauses)
    yield ticked(
        spot("pauses"), "什么时间不计", pauses, PAUSE_CHOICES,
        lambda codes, s: act(s, pauses=tuple(map(PauseReason, codes))), empty="没有什么时间",
    )  # fmt: skip
    yield Piece("不计")


def step_lines(editing: Editing) -> Iterator[Line]:
    """八、责任人: each step with its department and post."""
    item = editing.item
    posts = (Choice("", "不写岗位"), *(Choice(id_, name) for id_, name in editing.posts.items()))
    for i, step in enumerate(item.steps):

        def change(i: int = i, step: Step = step, **fact: str) -> ServiceItem:
            return with_step(item, i, replace(step, **fact))

        yield Line(tuple(_step(i, step, posts, change)), Spot("steps", i))

    def new(words: str, _: GivenSource) -> ServiceItem:
        name, _mark, department = words.partition("：")
        return with_step(item, None, Step(name, department))

    yield Line((adding(Spot("steps", None, "new"), "环节，如：复核：归集提取科", new),), Spot("steps"))


def _step(i: int, step: Step, posts: tuple[Choice, ...], change: Callable[..., ServiceItem]) -> Iterator[Piece]:
    yield label(f"{i + 1}　")
    yield typed(Spot("steps", i, "name"), "环节", step.name, lambda words, _: change(name=words))
    yield Piece("：")
    department = Spot("steps", i, "department")
    yield typed(department, "哪个部门", step.department, lambda words, _: change(department=words))
    yield Piece("　")
    yield picked(Spot("steps", i, "post"), "责任岗位", step.post, posts, lambda code, _: change(post=code))
