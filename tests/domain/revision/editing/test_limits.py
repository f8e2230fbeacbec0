"""时限：几日、从哪天起算、什么时候停；法定的仍以条文为据."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.calendar.workdays import MOST_DAYS
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import ArticleRef
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.limits import (
    LimitChange,
    with_new_statutory,
    with_promised,
    with_statutory,
    with_statutory_article,
)
from tests.domain.conftest import RULES, Make
from tests.domain.revision.editing.test_wording import refused

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号")


def test_another_promise_is_the_centres(make: Make) -> None:
    change = LimitChange(
        n=5, unit="day", start="receipt", act="答复", by="上级", pauses=(PauseReason.ABOVE, PauseReason.SUPPLEMENT)
    )
    made = with_promised(make.item(), change, CENTRE).promised
    assert (made.n, made.unit, made.start, made.act, made.by) == (5, "day", "receipt", "答复", "上级")
    assert made.pauses == (PauseReason.SUPPLEMENT, PauseReason.ABOVE)
    assert made.source == CENTRE
    assert with_promised(make.item(), LimitChange(n=0, unit="day"), CENTRE) == make.item(), "the same day has no unit"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (LimitChange(n=-1), "limit-out-of-range"), (LimitChange(n=10**6), "limit-out-of-range"),
        (LimitChange(unit="week"), "unknown-unit"), (LimitChange(start="noon"), "unknown-start"),
        (LimitChange(act=" "), "words-missing"),
    ],
)  # fmt: skip
def test_a_limit_is_one_that_can_be_counted(make: Make, change: LimitChange, code: str) -> None:
    assert refused(with_promised, make.item(), change, CENTRE) == code


def test_a_statutory_limit_rests_on_its_article_still(make: Make) -> None:
    statutes = {RULES: make.statute()}
    item = make.item()
    assert with_statutory(item, 0, LimitChange(n=10), CENTRE).statutory[0] == replace(item.statutory[0], n=10)
    assert with_statutory(item, 0, LimitChange(), CENTRE) is item
    guessed = make.item(statutory=(make.limit(3, source=make.guide),))
    assert with_statutory(guessed, 0, LimitChange(n=4), CENTRE).statutory[0].source == CENTRE
    ref = ArticleRef(RULES, 2026, 24)
    assert with_statutory_article(item, 0, ref, statutes).statutory[0].source == Source("statute", article=ref)
    assert refused(with_statutory_article, item, 0, ArticleRef("别的", 2026, 1), statutes) == "unknown-article"
    new = with_new_statutory(item, 7, ref, statutes).statutory[1]
    assert new == Limit(7, "day", "acceptance", Source("statute", article=ref), act="作出决定")


def test_what_is_not_said_stays_and_each_fact_is_changed_alone(make: Make) -> None:
    limit = replace(make.limit(5, "day", "receipt"), act="答复", by="上级", pauses=(PauseReason.ABOVE,))
    assert LimitChange().of(limit) == limit
    for change, made in (
        (LimitChange(n=6), replace(limit, n=6)), (LimitChange(unit="workday"), replace(limit, unit="workday")),
        (LimitChange(start="filing"), replace(limit, start="filing")), (LimitChange(act=" 决定 "), replace(limit, act="决定")),
        (LimitChange(by=" 市中心 "), replace(limit, by="市中心")), (LimitChange(by=""), replace(limit, by="")),
        (LimitChange(pauses=()), replace(limit, pauses=())), (LimitChange(n=0), replace(limit, n=0, unit="workday")),
        (LimitChange(n=MOST_DAYS), replace(limit, n=MOST_DAYS)),
    ):  # fmt: skip
        assert change.of(limit) == made


def test_what_is_no_limit_is_said_in_a_sentence(make: Make) -> None:
    for change, said in (
        (LimitChange(n=-1), f"期限 -1 日超出 0 到 {MOST_DAYS} 的范围。请写天数；当场或者当天写 0。"),
        (
            LimitChange(n=MOST_DAYS + 1),
            f"期限 {MOST_DAYS + 1} 日超出 0 到 {MOST_DAYS} 的范围。请写天数；当场或者当天写 0。",
        ),
        (LimitChange(unit="week"), "期限的单位“week”不认识。请选工作日或者日。"),
        (LimitChange(start="noon"), "期限的起算“noon”不认识。请从列出的起算日里选。"),
        (LimitChange(act=" "), "到期前做什么没有写。请写出到期前做什么。"),
    ):
        with pytest.raises(Refusal) as refusal:
            change.of(make.limit(3))
        assert str(refusal.value) == said


def test_one_statutory_limit_of_several_is_changed(make: Make) -> None:
    statutes = {RULES: make.statute()}
    limits = tuple(make.limit(n, "day", "acceptance", make.law_2026) for n in (3, 10))
    item = make.item(statutory=limits)
    assert [each.n for each in with_statutory(item, 1, LimitChange(n=7), CENTRE).statutory] == [3, 7]
    ref = ArticleRef(RULES, 2026, 24)
    first, second = with_statutory_article(item, 1, ref, statutes).statutory
    assert (first, second.source.article, second.n) == (limits[0], ref, 10)
    assert refused(with_new_statutory, item, 7, ArticleRef("别的", 2026, 1), statutes) == "unknown-article"
    assert refused(with_new_statutory, item, -7, ref, statutes) == "limit-out-of-range"
