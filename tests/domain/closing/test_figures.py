"""What a stretch of the book holds, and that a month is the sum of its days however it is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.cases.act_entry import SlipIssued
from counter_assistant.domain.closing.figures import Figures, Gap, SeriesUsed, Tally, ends_of, series_in_words, total
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kit_entry import RESERVED
from counter_assistant.domain.papers.paper_entry import (
    Card,
    Registered,
    SeriesStarted,
    SlipErased,
    SlipReprinted,
    SlipVoided,
)

RECEIPTS, SLIPS = "receipt/2026/530926", "notification_slip/2026/530926"


def slip(series: str, sequence: int) -> tuple[EntryKind, object]:
    card = Card(f"{series[0]}{sequence}", series.partition("/")[0], "岩罕", "B08", "租房提取", "2026-11-23", "李某")
    return EntryKind.SLIP_ISSUED, SlipIssued(Registered(series, sequence, card), {}, None)


def void(number: str) -> tuple[EntryKind, object]:
    return EntryKind.SLIP_VOIDED, SlipVoided(number, "写错了姓名", "李某", copy_returned=True)


def reprint(number: str) -> tuple[EntryKind, object]:
    return EntryKind.SLIP_REPRINTED, SlipReprinted(number, "卡纸", "李某")


def start(series: str, first: int, last: int) -> tuple[EntryKind, object]:
    return EntryKind.SERIES_STARTED, SeriesStarted(series, first, last, "李某", "纸上用过")


def counted(*entries: tuple[EntryKind, object], ends: dict[str, int] | None = None) -> Figures:
    tally = Tally(ends)
    for kind, content in entries:
        tally.add(kind, content)
    return tally.figures()


def test_a_day_at_a_counter() -> None:
    figures = counted(
        slip(SLIPS, 1), slip(RECEIPTS, 1), slip(SLIPS, 2), void("n1"), reprint("n2"), reprint("n2"),
        (EntryKind.ORAL_NOTICE, None),
    )  # fmt: skip
    assert figures == Figures(
        {
            EntryKind.SLIP_ISSUED: 3,
            EntryKind.SLIP_VOIDED: 1,
            EntryKind.SLIP_REPRINTED: 2,
            EntryKind.ORAL_NOTICE: 1,
        },
        (SeriesUsed(SLIPS, 1, 2, "n1", "n2", 2), SeriesUsed(RECEIPTS, 1, 1, "r1", "r1", 1)),
        (SlipVoided("n1", "写错了姓名", "李某", copy_returned=True),),
        {"n2": 2},
    )
    assert (figures.entries, figures.issued, figures.oral) == (7, 3, 1)
    assert Figures.from_payload(figures.to_payload()) == figures


def test_papers_are_listed_in_the_order_of_the_code_and_a_series_not_known_here_last() -> None:
    figures = counted(slip("strange", 1), slip(RECEIPTS, 1), slip(SLIPS, 1))
    assert [used.series for used in figures.papers_in_order] == [SLIPS, RECEIPTS, "strange"]


def test_nothing_is_a_day_too() -> None:
    assert counted() == Figures()
    assert (Figures().entries, Figures().issued, Figures().oral) == (0, 0, 0)


def test_an_erased_slip_counts_with_its_number() -> None:
    erased = (EntryKind.SLIP_ISSUED, SlipErased(SLIPS, 1, "n1"))
    assert counted(erased, slip(SLIPS, 2)).papers == (SeriesUsed(SLIPS, 1, 2, "n1", "n2", 2),)


def test_numbers_that_were_left_out_are_gaps_with_their_reason_where_one_was_recorded() -> None:
    assert counted(slip(SLIPS, 1), start(SLIPS, 5, 1), slip(SLIPS, 5)).gaps == (Gap(SLIPS, 2, 4, "纸上用过"),)
    assert counted(slip(SLIPS, 1), slip(SLIPS, 4)).gaps == (Gap(SLIPS, 2, 3),)
    assert counted(start(SLIPS, 5, 4), slip(SLIPS, 5)).gaps == ()


def test_a_gap_before_the_first_number_is_seen_where_the_last_one_is_known() -> None:
    assert counted(slip(SLIPS, 8)).gaps == ()
    assert counted(slip(SLIPS, 8), ends={SLIPS: 5}).gaps == (Gap(SLIPS, 6, 7),)
    assert counted(slip(SLIPS, 6), ends={SLIPS: 5}).gaps == ()


def test_a_gap_says_where_it_is_and_why() -> None:
    assert Gap(SLIPS, 2, 3).in_words == "一次性告知单〔2026〕第 2 号至第 3 号没有用，原因不明，请查明"
    assert Gap(SLIPS, 2, 2, "纸上用过").in_words == "一次性告知单〔2026〕第 2 号没有用（纸上用过）"
    kit, restored = Gap("kit/2026/530926", 1, 27, RESERVED), Gap("kit/2026/530926", 1, 27, "恢复以前用过")
    assert (kit.of_kit, kit.in_words) == (True, "停电备用单〔2026〕第 1 号至第 27 号已经印好")
    assert (restored.of_kit, Gap(SLIPS, 1, 2, RESERVED).of_kit) == (False, False)
    assert series_in_words("kit_recorded/2026/530926") == "停电备用单补录〔2026〕"


def test_a_gap_between_two_days_is_one_of_the_month() -> None:
    first, second = counted(slip(SLIPS, 1)), counted(slip(SLIPS, 4))
    assert total([first, second]).gaps == (Gap(SLIPS, 2, 3),)
    seen = counted(slip(SLIPS, 4), ends=ends_of(first))
    assert total([first, seen]).gaps == (Gap(SLIPS, 2, 3),)


def test_ends_are_those_of_numbers_given_out_and_of_numbers_skipped() -> None:
    assert ends_of(counted(slip(RECEIPTS, 3), start(SLIPS, 40, 0))) == {RECEIPTS: 3, SLIPS: 39}


def test_a_series_is_called_after_its_papers() -> None:
    assert series_in_words(SLIPS) == "一次性告知单〔2026〕"
    assert series_in_words("strange") == "strange"


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[EntryKind, object]]:
    """What a book may hold: numbers one after the other, but where a series was set to go on elsewhere."""
    last = {SLIPS: 0, RECEIPTS: 0}
    made: list[tuple[EntryKind, object]] = []
    for act in draw(st.lists(st.sampled_from(["slip", "void", "reprint", "start", "oral"]), max_size=30)):
        series: str = draw(st.sampled_from([SLIPS, RECEIPTS]))
        number = f"{series[0]}{draw(st.integers(1, 9))}"
        if act == "slip":
            last[series] += 1
            made.append(slip(series, last[series]))
        elif act == "start":
            skipped = draw(st.integers(0, 3))
            made.append(start(series, last[series] + 1 + skipped, last[series]))
            last[series] += skipped
        else:
            made.append({"void": void(number), "reprint": reprint(number), "oral": (EntryKind.ORAL_NOTICE, None)}[act])
    return made


@given(history=histories(), data=st.data())
def test_the_sum_of_the_days_is_the_month_however_it_is_cut(history: list[tuple[EntryKind, object]], data: Any) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(history)), max_size=6)))
    ends: dict[str, int] = {}
    days = []
    for begin, end in zip([0, *cuts], [*cuts, len(history)], strict=True):
        days.append(counted(*history[begin:end], ends=ends))
        ends |= ends_of(days[-1])
    whole = counted(*history)
    assert total(days) == whole
    cut = data.draw(st.integers(0, len(days)))
    assert total([total(days[:cut]), total(days[cut:])]) == whole
    assert whole.entries == len(history) == sum(day.entries for day in days)


@given(history=histories(), data=st.data())
def test_one_number_that_is_missing_is_found_in_the_day_and_in_the_month(
    history: list[tuple[EntryKind, object]], data: Any
) -> None:
    """GIVEN an honest history WHEN a number in the middle of a series is skipped without a word THEN one gap more is listed."""
    places = [n for n, (_, content) in enumerate(history) if isinstance(content, SlipIssued)]
    inner = [
        n for n in places
        if any(_series(history[m]) == _series(history[n]) for m in places if m < n)
    ]  # fmt: skip
    if not inner:
        return
    at: int = data.draw(st.sampled_from(inner))
    _, content = history[at]
    assert isinstance(content, SlipIssued)
    moved = [
        (kind, _one_on(each)) if n >= at and isinstance(each, SlipIssued | SeriesStarted) and _of(each) == _of(content)
        else (kind, each)
        for n, (kind, each) in enumerate(history)
    ]  # fmt: skip
    assert len(counted(*moved).gaps) == len(counted(*history).gaps) + 1
    assert [gap for gap in counted(*moved).gaps if not gap.reason] == [
        Gap(_of(content), content.registered.sequence, content.registered.sequence)
    ]


def _series(entry: tuple[EntryKind, object]) -> str:
    return _of(entry[1])


def _of(content: object) -> str:
    if isinstance(content, SlipIssued):
        return content.registered.series
    return content.series if isinstance(content, SeriesStarted) else ""


def _one_on(content: SlipIssued | SeriesStarted) -> object:
    if isinstance(content, SeriesStarted):
        return replace(content, first=content.first + 1, last=content.last + 1)
    return replace(content, registered=replace(content.registered, sequence=content.registered.sequence + 1))
