"""牌证和公示的种类和尺寸。"""

from __future__ import annotations

import pytest

from counter_assistant.domain.displays.display_kind import DisplayKind, DisplaySize, Stock
from counter_assistant.domain.refusal import Refusal


def test_each_kind_is_named_has_its_clause_and_its_sizes() -> None:
    assert {kind: (kind.label, kind.clause, [size.code for size in kind.sizes]) for kind in DisplayKind} == {
        "badges": ("胸牌", "一(三)1⑴", ["86x54", "70x100", "85x125"]),
        "window-plate": ("窗口牌", "一(三)1⑵", ["a4", "500x250-a4", "500x250-a3", "200x100"]),
        "desk-plates": ("桌牌", "一(三)2⑶", ["200x100"]),
        "staff-list": ("工作人员一览表", "一(三)2⑶", ["a4", "a3", "600x900-a4", "600x900-a3"]),
        "promises": ("岗位和服务承诺公示", "一(四)2", ["a4", "a3"]),
        "rota": ("带班安排", "一(三)1⑷", ["a4", "a3"]),
        "guide-book": ("办事指南（成册）", "一(三)2⑵", ["a4"]),
    }


def test_a_size_says_what_it_is_called_and_how_large_it_is() -> None:
    for kind in DisplayKind:
        for size in kind.sizes:
            if "x" in size.code:
                assert (size.width, size.height) == tuple(map(int, size.code.split("-")[0].split("x")))
                assert f"{size.width}×{size.height}" in size.label
            else:
                assert sorted((size.width, size.height)) == list(size.stock.mm)
                assert size.label.startswith(size.stock.label)
            assert size.stock is (Stock.A3 if size.code.endswith("a3") else Stock.A4)


@pytest.mark.parametrize(
    ("width", "height", "stock", "spread"),
    [
        (210, 297, Stock.A4, False), (297, 210, Stock.A4, False), (211, 297, Stock.A4, True), (210, 298, Stock.A4, True),
        (298, 210, Stock.A4, True), (298, 210, Stock.A3, False), (420, 297, Stock.A3, False), (297, 421, Stock.A3, True),
    ],
)  # fmt: skip
def test_what_is_larger_than_its_sheet_is_spread(width: int, height: int, stock: Stock, spread: bool) -> None:
    assert DisplaySize("", "", width, height, stock).is_spread is spread


def test_without_a_code_the_usual_size_is_meant_and_another_kind_s_is_refused() -> None:
    assert DisplayKind.BADGES.size("").code == "86x54"
    assert DisplayKind.BADGES.size("85x125").height == 125
    with pytest.raises(Refusal) as refused:
        DisplayKind.BADGES.size("a3")
    assert refused.value.code == "bad-display-size"
    assert str(refused.value) == "胸牌没有“a3”这种尺寸。可以有：86x54、70x100、85x125。"
