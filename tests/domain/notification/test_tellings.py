"""Acts that tell or end make matters: by case, by person and item, until the end (守则 一(五)4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.notification.tellings import Telling, ends, matters_since, tells
from counter_assistant.domain.papers.kinds import SlipKind

ACT = Telling(
    seq=0, recorded="2026-11-23", day="2026-11-23", item="B08", clerk="0001", ends=0, began=0, number="", named="", content="c",
)  # fmt: skip


def acts(*changes: dict[str, Any]) -> list[Telling]:
    """Acts in the book's order, each beginning a case unless it says which it goes on with."""
    return [ACT._replace(**{"seq": n, "began": n, **change}) for n, change in enumerate(changes, 1)]


def matters(*changes: dict[str, Any], since: int = 1) -> list[tuple[int, int]]:
    return [(first.seq, last.seq) for first, last in matters_since(acts(*changes), since)]


BOTH = {"number": "n", "named": "w"}
NUMBER = {"number": "n"}
NAMED = {"named": "w"}
END = {"ends": 1}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (NUMBER, NUMBER, True),
        (NUMBER, {"number": "m"}, False),
        (NAMED, NAMED, True),
        (NAMED, {"named": "v"}, False),
        (BOTH, {"number": "m", "named": "w"}, False),
        (BOTH, {"number": "n", "named": "v"}, True),
        (BOTH, NAMED, True),
        (NUMBER, NAMED, False),
        ({}, {}, False),
        (BOTH, {**BOTH, "item": "B01"}, False),
    ],
)
def test_who_comes_again_is_known_by_number_or_by_name_and_phone(
    first: dict[str, Any], second: dict[str, Any], same: bool
) -> None:
    assert matters(first, second) == ([(1, 2)] if same else [])


def test_whoever_left_other_names_is_somebody_else() -> None:
    one, other = ACT._replace(named="v"), ACT._replace(named="w")
    assert [one.is_by(one), one.is_by(other), one.is_by(ACT), ACT.is_by(ACT)] == [True, False, False, False]


def test_a_case_joins_what_no_name_does_and_across_items() -> None:
    assert matters({}, {"began": 1}, {"began": 1, "item": "B01"}) == [(1, 3)]


def test_whoever_came_once_in_a_matter_goes_on_with_it() -> None:
    """GIVEN a case to which somebody else came WHEN that person comes without naming it THEN it is the same matter."""
    assert matters(NUMBER, {"began": 1, **NAMED}, NAMED) == [(1, 3)]
    assert matters(NUMBER, {"began": 1, "item": "B01", **NUMBER}, {"item": "B01", **NUMBER}) == [(1, 3)]


def test_after_its_end_nothing_counts_and_the_same_person_begins_anew() -> None:
    assert matters(NUMBER, {**NUMBER, **END}, {"began": 1}, NUMBER) == [(1, 2)]
    assert matters(NUMBER, {**NUMBER, **END}, NUMBER, NUMBER) == [(1, 2), (3, 4)]


def test_what_was_complete_at_the_first_visit_is_a_matter_of_one_act() -> None:
    assert matters(END, NUMBER) == [(1, 1)]


def test_only_what_came_again_or_ended_since_is_counted() -> None:
    assert matters(NUMBER, NUMBER, NAMED, NAMED, since=3) == [(3, 4)]
    assert matters(NUMBER, {**NUMBER, **END}, {"began": 1}, since=3) == []
    assert matters(NUMBER, NUMBER, since=2) == [(1, 2)]


def test_of_two_open_matters_the_newest_goes_on_and_a_number_before_a_name() -> None:
    two = ({"number": "a", "named": "w"}, {"number": "b", "named": "w"})
    assert matters(*two, NAMED) == [(2, 3)]
    assert matters(*two, {"number": "a", "named": "w"}) == [(1, 3)]
    assert matters({"number": "a"}, NAMED, {"number": "a", "named": "w"}) == [(1, 3)]


def test_what_tells_and_what_ends() -> None:
    slip, receipt = SlipKind.NOTIFICATION_SLIP, SlipKind.RECEIPT
    assert [tells(EntryKind.ORAL_NOTICE, None), tells(EntryKind.SLIP_ISSUED, slip)] == [True, True]
    assert not tells(EntryKind.SLIP_ISSUED, SlipKind.DELAY_NOTICE)
    assert ends(EntryKind.CASE_STEP, None, Rule.ON_THE_SPOT)
    assert not ends(EntryKind.CASE_STEP, receipt, None)
    assert ends(EntryKind.SLIP_ISSUED, SlipKind.RETURN_NOTICE, None)
    assert not ends(EntryKind.SLIP_ISSUED, slip, Rule.ON_THE_SPOT)
    assert not ends(EntryKind.ORAL_NOTICE, SlipKind.RETURN_NOTICE, None)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["B08", "B01"]), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "v", "w"]),
            st.integers(0, 4), st.booleans(),
        ),
        max_size=12,
    ),
    st.integers(0, 12),
)  # fmt: skip
def test_every_order_of_acts_gives_what_going_through_all_of_them_gives(drawn: list[Any], since: int) -> None:
    made = [
        ACT._replace(seq=n, began=max(1, n - back), item=item, number=number, named=named, ends=int(end))
        for n, (item, number, named, back, end) in enumerate(drawn, 1)
    ]
    assert matters_since(made, since) == plainly(made, since)


def plainly(all_acts: Sequence[Telling], since: int) -> list[tuple[Telling, Telling]]:
    """The same, by looking through every earlier matter for every act."""
    found: list[list[Telling]] = []
    for act in all_acts:
        of_case = [matter for matter in found if any(known.began == act.began for known in matter)]
        by_person = [
            matter
            for term in (act.number, act.named) if term
            for matter in sorted(found, key=lambda one: first_under(one, act.item, term), reverse=True)
            if first_under(matter, act.item, term)
            and not any(known.ends for known in matter)
            and any(known.is_by(act) for known in matter)
        ]  # fmt: skip
        matter = [*of_case, *by_person, []][0]
        if not matter:
            found.append(matter)
        matter.append(act)
    cut = [matter[: 1 + next((n for n, act in enumerate(matter) if act.ends), len(matter))] for matter in found]
    return [(one[0], one[-1]) for one in cut if one[-1].seq >= since and (len(one) > 1 or one[0].ends)]


def first_under(matter: list[Telling], item: str, term: str) -> int:
    """The number of the first act of a matter that lies under a term of an item; 0 where none does."""
    return next((act.seq for act in matter if act.item == item and term in (act.number, act.named)), 0)
