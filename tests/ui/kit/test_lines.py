"""What is shown of kits, without a window: a line for each item, its places in ranges."""

from __future__ import annotations

from datetime import UTC, datetime

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.papers.kit_entry import KitItem, KitPrinted
from counter_assistant.operations.kit.kits import BlankState, Kit, KnownBlank
from counter_assistant.ui.kit.lines import KitLine, lines_of, summary

RENT = KitItem("B08", "租房提取", tuple("abcdef"), {}, {}, {})
BUY = KitItem("B01", "购房提取", tuple("gh"), {}, {}, {})
KIT = Kit(
    KitPrinted("530926", 2026, 1, (RENT, BUY), "0001"), Entry(1, datetime.now(UTC), EntryKind.KIT_PRINTED, {}, b"")
)


def known(*states: BlankState) -> list[KnownBlank]:
    return [KnownBlank(blank, KIT, state) for blank, state in zip(KIT.printed.blanks, states, strict=True)]


OUT, DONE, VOID = BlankState.OUT, BlankState.RECORDED, BlankState.VOID


def test_each_item_is_a_line_with_its_places_in_ranges() -> None:
    blanks = known(OUT, DONE, OUT, OUT, VOID, OUT, VOID, OUT)
    assert list(lines_of(blanks, [BUY])) == [
        KitLine("租房提取", "1、3–4、6 号", 4, False),
        KitLine("购房提取", "8 号", 1, True),
    ]
    assert summary(blanks) == "在外 5 份，已补录 1 份，已作废 2 份"


def test_of_two_kits_an_item_is_one_line_unless_one_of_them_is_out_of_date() -> None:
    blanks = known(*[OUT] * 8) + known(*[OUT] * 8)
    assert [(line.name, line.out) for line in lines_of(blanks, [])] == [("租房提取", 12), ("购房提取", 4)]


def test_where_none_is_out_nothing_is_shown() -> None:
    assert list(lines_of(known(*[DONE] * 8), [])) == []
    assert summary([]) == ""
