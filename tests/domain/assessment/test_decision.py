"""The decision, against a table written from the product's own words (first match wins), for every combination of inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from itertools import product
from typing import Any, NamedTuple

import pytest

from counter_assistant.domain.assessment.decision import (
    Circumstances,
    Clarity,
    Duty,
    Eligibility,
    Hold,
    Purpose,
    decide,
)
from counter_assistant.domain.catalogue.items import Handling


class Row(NamedTuple):
    """One row of the product's table. A row stands for what the rows above it leave."""

    number: int
    matches: Callable[[Circumstances], bool]
    slip: str | None
    clock: str
    clauses: tuple[str, ...]


def applies(circumstances: Circumstances) -> bool:
    return circumstances.purpose == "apply"


TABLE = [
    Row(1, lambda s: s.duty == "elsewhere", "guidance", "none", ("一(六)4⑸",)),
    Row(2, lambda s: s.duty == "colleague", "introduction", "none", ("一(六)4⑷", "一(八)")),
    Row(3, lambda s: s.hold in ("departments", "verify", "policy"), None, "stated_limit", ("一(五)3⑵",)),
    Row(4, lambda s: not applies(s) and s.clarity == "unclear", None, "inquiry_reply", ("一(七)4",)),
    Row(5, lambda s: not applies(s), "notification_slip", "none", ("一(五)1", "一(五)3⑶", "一(七)4")),
    Row(6, lambda s: s.eligible == "no", "return_notice", "today", ("一(七)5",)),
    Row(
        7,
        lambda s: not s.complete and s.handling == "direct",
        "notification_slip",
        "today_once_complete",
        ("一(七)1", "一(五)3"),
    ),
    Row(8, lambda s: not s.complete, "supplement_notice", "suspended", ("一(七)2", "一(七)3")),
    Row(9, lambda s: s.eligible == "undecided", "promise_notice", "answer_date", ("一(七)5",)),
    Row(10, lambda s: s.handling == "referral", "referral_notice", "own_limit", ("一(七)3",)),
    Row(11, lambda s: s.handling == "promise", "promise_notice", "promised", ("一(七)2",)),
    Row(12, lambda s: s.on_the_spot, None, "today", ("一(七)1",)),
    Row(13, lambda s: True, "receipt", "today", ("一(六)4⑶", "一(七)1")),
]

VALUES: dict[str, list[Any]] = {
    "purpose": list(Purpose), "duty": list(Duty), "clarity": list(Clarity), "hold": [None, *Hold],
    "eligible": list(Eligibility), "complete": [False, True], "handling": list(Handling), "on_the_spot": [False, True],
}  # fmt: skip
EVERY = [Circumstances(**dict(zip(VALUES, chosen, strict=True))) for chosen in product(*VALUES.values())]


def expected(circumstances: Circumstances) -> Row:
    return next(row for row in TABLE if row.matches(circumstances))


def test_the_combinations_are_those_of_all_inputs() -> None:
    assert set(VALUES) == {field.name for field in fields(Circumstances)}
    assert len(set(EVERY)) == 2 * 3 * 2 * 4 * 4 * 2 * 3 * 2 == 2304


def test_every_combination_follows_the_table() -> None:
    counts: Counter[int] = Counter()
    for circumstances in EVERY:
        row, outcome = expected(circumstances), decide(circumstances)
        assert (outcome.rule, outcome.kind, outcome.clock) == (row.number, row.slip, row.clock), circumstances
        assert outcome.clause in row.clauses, circumstances
        assert outcome.reason
        counts[row.number] += 1
    print(f"{len(EVERY)} 种组合：" + "，".join(f"第{n}行 {counts[n]}" for n in range(1, 14)))
    assert sorted(counts) == list(range(1, 14)), "a row that nothing reaches is not tested"


def test_an_incomplete_application_above_follows_the_third_clause_and_a_promise_item_the_second() -> None:
    def clause(handling: Handling) -> str:
        return decide(Circumstances(purpose=Purpose.APPLY, handling=handling)).clause

    assert (clause(Handling.PROMISE), clause(Handling.REFERRAL)) == ("一(七)2", "一(七)3")


def test_unchecked_eligibility_decides_as_yes() -> None:
    for circumstances in EVERY:
        if circumstances.eligible is Eligibility.UNCHECKED:
            values = {field.name: getattr(circumstances, field.name) for field in fields(Circumstances)}
            same = decide(Circumstances(**{**values, "eligible": Eligibility.YES}))
            assert (decide(circumstances).rule, decide(circumstances).kind) == (same.rule, same.kind)


def test_promise_referral_and_receipt_wait_until_eligibility_is_checked() -> None:
    """By product: they are refused until it is yes; the promise to answer (row 9) is for what cannot be known today."""
    for circumstances in EVERY:
        outcome = decide(circumstances)
        committing = outcome.kind in ("promise_notice", "referral_notice", "receipt") and outcome.rule != 9
        assert outcome.needs_eligibility is (committing and circumstances.eligible is not Eligibility.YES), (
            circumstances
        )


def test_who_only_asks_is_never_refused_nor_asked_to_complete_anything() -> None:
    for circumstances in EVERY:
        if circumstances.purpose is Purpose.INQUIRE:
            assert decide(circumstances).kind not in ("return_notice", "supplement_notice", "promise_notice", "receipt")


@pytest.mark.parametrize(
    ("hold", "words"),
    [
        (Hold.DEPARTMENTS, "需多个部门协办"),
        (Hold.VERIFY, "申请事由或证明材料需查证核实"),
        (Hold.POLICY, "政策规定不明确"),
    ],
)
def test_a_held_matter_says_why_in_the_words_of_the_code(hold: Hold, words: str) -> None:
    assert decide(Circumstances(hold=hold)).reason == words


def test_a_fresh_standing_is_an_inquiry_and_nothing_is_presumed_against_the_applicant() -> None:
    assert decide(Circumstances()).rule == 5
