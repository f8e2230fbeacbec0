"""The four pictures: what is counted where, what is set apart, and of what there is no rate."""

from __future__ import annotations

from datetime import date, time

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.report.counted import (
    Arrival,
    ClosedCase,
    Closeness,
    Counted,
    Counts,
    Lacking,
    ToldMatter,
    joined,
)
from counter_assistant.domain.report.pictures import (
    LEAST,
    Bar,
    Ink,
    Subject,
    promises,
    told_right,
    visits,
    waiting,
)

CLOSING = time(17, 30)


def at(clock: str, case: str = "one", day: str = "2026-11-23") -> Arrival:
    return Arrival(case, f"{day}T{clock}:00+08:00")


def told(
    item: str, n: int, *, right: bool = True, known: bool = True, late: frozenset[str] = frozenset()
) -> list[ToldMatter]:
    return [ToldMatter(f"{item}-{right}-{i}", item, f"事项{item}", known, right, late) for i in range(n)]


def counts(bars: tuple[Bar, ...]) -> dict[str, int]:
    return {bar.key: bar.count for bar in bars if bar.count}


def test_visits_stand_in_their_hour_and_outside_of_hours_apart() -> None:
    came = [at("07:59"), at("08:00"), at("08:59"), at("12:30"), at("17:29"), at("17:30"), at("23:00"), at("00:10")]
    picture = visits(came, CLOSING)
    assert (picture.subject, picture.total) == (Subject.VISITS, 8)
    assert counts(picture.bars) == {"early": 2, "8": 2, "12": 1, "17": 1, "late": 2}
    assert [bar.label for bar in picture.bars] == [
        "8点前", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "17:30后",
    ]  # fmt: skip
    assert [bar.name for bar in picture.bars][:2] == ["8点前", "8 点"]
    assert [bar.key for bar in picture.bars if bar.ink is Ink.APART] == ["early", "12", "13", "late"]
    assert {bar.ink for bar in picture.bars} == {Ink.PLAIN, Ink.APART}


def test_nobody_before_opening_takes_no_room_and_a_full_hour_closes_one_hour_less() -> None:
    picture = visits([at("16:59"), at("17:00")], time(17, 0))
    assert [bar.key for bar in picture.bars] == [*map(str, range(8, 17)), "late"]
    assert counts(picture.bars) == {"16": 1, "late": 1}
    assert picture.bars[-1].label == "17:00后"


def test_behind_an_hour_stand_its_cases_and_a_call_has_none() -> None:
    picture = visits([at("09:00", "a"), at("09:10", ""), at("09:20", "b")], CLOSING)
    bar = picture.bar("9")
    assert bar is not None
    assert (bar.count, bar.cases) == (3, ("a", "b"))
    assert picture.bar("77") is None


def test_a_rate_is_told_of_twenty_matters_and_more() -> None:
    enough, few = told("B01", 15) + told("B01", 5, right=False), told("B02", LEAST - 1)
    picture = told_right([*few, *enough])
    assert [(bar.key, bar.label, bar.count, bar.of, bar.percent) for bar in picture.bars] == [
        ("B01", "事项B01", 15, 20, 75)
    ]
    assert (picture.total, picture.left_out, LEAST) == (39, 19, 20)
    assert picture.bars[0].cases == tuple(f"B01-False-{i}" for i in range(5)), "what was not told stands behind it"


def test_of_what_nothing_was_kept_nothing_is_told() -> None:
    picture = told_right([*told("B01", 19), *told("B01", 5, known=False)])
    assert (picture.bars, picture.total, picture.left_out) == ((), 19, 19)


def test_a_rate_is_rounded_down_and_none_without_matters() -> None:
    assert Bar("a", "a", 199, 200).percent == 99
    assert Bar("a", "a", 200, 200).percent == 100
    assert Bar("a", "a", 3).percent is None


def test_the_items_with_most_matters_come_first_and_the_lowest_rate_is_marked() -> None:
    picture = told_right(
        [*told("C01", 30), *told("B05", 20), *told("B05", 5, right=False), *told("A01", 38), *told("A01", 2, right=False),
         *told("B07", 24), *told("B07", 1, right=False)]
    )  # fmt: skip
    assert [(bar.key, bar.of) for bar in picture.bars] == [("A01", 40), ("C01", 30), ("B05", 25), ("B07", 25)]
    assert [bar.key for bar in picture.bars if bar.ink is Ink.ATTENTION] == ["B05"]


def test_where_everything_was_told_nothing_is_marked() -> None:
    assert {bar.ink for bar in told_right(told("B01", 25)).bars} == {Ink.PLAIN}
    assert told_right([]).bars == ()


DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("began", "closed", "due", "overdue", "closeness"),
    [
        (23, 23, 23, False, Closeness.SAME_DAY),
        (23, 23, None, False, Closeness.SAME_DAY),
        (24, 23, 26, False, Closeness.SAME_DAY),
        (23, 24, 26, False, Closeness.EARLY),
        (23, 26, 26, False, Closeness.ON_THE_DAY),
        (23, 27, 26, False, Closeness.OVERDUE),
        (23, 24, 26, True, Closeness.OVERDUE),
        (23, 23, 23, True, Closeness.OVERDUE),
        (23, 24, None, False, None),
    ],
)
def test_how_near_to_its_day_a_case_was_closed(
    began: int, closed: int, due: int | None, overdue: bool, closeness: Closeness | None
) -> None:
    days = (DAY.replace(day=began), DAY.replace(day=closed), DAY.replace(day=due) if due else None)
    assert ClosedCase("one", *days, overdue).closeness is closeness


def test_promises_count_what_was_promised_only() -> None:
    closed = [
        ClosedCase("a", DAY, DAY, DAY), ClosedCase("b", DAY, DAY.replace(day=24), None),
        ClosedCase("c", DAY, DAY.replace(day=27), DAY.replace(day=26)),
    ]  # fmt: skip
    picture = promises(closed)
    assert [(bar.label, bar.count, bar.cases) for bar in picture.bars] == [
        ("当天", 1, ("a",)), ("提前", 0, ()), ("到期当天", 0, ()), ("超期", 1, ("c",)),
    ]  # fmt: skip
    assert [bar.ink for bar in picture.bars] == [Ink.PLAIN, Ink.PLAIN, Ink.PLAIN, Ink.OVERDUE]
    assert (picture.subject, picture.total) == (Subject.PROMISES, 2)


def test_materials_are_counted_by_reason_the_most_frequent_first() -> None:
    lacking = [
        Lacking("a", "购房发票"),
        Lacking("b", "购房发票"),
        Lacking("a", "结婚证"),
        Lacking("c", "结婚证", mend=True),
    ]
    picture = waiting(lacking)
    assert [(bar.label, bar.count, bar.cases) for bar in picture.bars] == [
        ("购房发票", 2, ("a", "b")), ("结婚证", 1, ("a",)), ("结婚证（须改）", 1, ("c",)),
    ]  # fmt: skip
    assert (picture.subject, picture.total) == (Subject.WAITING, 3)


def test_what_is_rare_stands_together_unless_it_is_one_alone() -> None:
    six = [Lacking(f"{n}-{i}", f"材料{n}") for n in range(6) for i in range(9 - n)]
    assert [bar.count for bar in waiting(six).bars] == [9, 8, 7, 6, 5, 4]
    seven = [*six, Lacking("last", "材料6")]
    bars = waiting(seven).bars
    assert [(bar.key, bar.count) for bar in bars[-2:]] == [("材料4", 5), ("other", 5)]
    assert (bars[-1].label, bars[-1].ink, bars[-1].cases[-1]) == ("其他", Ink.APART, "last")
    assert {bar.ink for bar in bars[:-1]} == {Ink.PLAIN}


def test_each_subject_asks_its_question() -> None:
    assert [subject.question for subject in Subject] == ["什么时候人多", "一次说清了吗", "承诺守住了吗", "在等什么"]


def test_a_year_is_the_sum_of_its_months() -> None:
    receipt, guidance = SlipKind.RECEIPT, SlipKind.GUIDANCE
    first = Counted(
        (at("09:00"),), tuple(told("B01", 1)), (ClosedCase("a", DAY, DAY, DAY),), (Lacking("a", "结婚证"),),
        Counts({receipt: 2, guidance: 1}, 1, 2, 3),
    )  # fmt: skip
    second = Counted((at("10:00"), at("11:00")), counts=Counts({receipt: 5}, 10, 20, 30))
    both = joined([first, second])
    assert both.arrivals == (at("09:00"), at("10:00"), at("11:00"))
    assert (both.told, both.closed, both.lacking) == (first.told, first.closed, first.lacking)
    assert both.counts == Counts({receipt: 7, guidance: 1}, 11, 22, 33)
    assert both.counts.issued == 8
    assert joined([]) == Counted()
