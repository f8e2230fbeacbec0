"""How the copies of a paper lie on sheets."""

from __future__ import annotations

import pytest

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.paper.blocks import Block
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.imposition import CLEAR, PARTS, cut_line, impose, labels_of
from counter_assistant.paper.geometry.measures import HALVES, MM
from counter_assistant.paper.line_breaking import LineBreaker
from tests.places import FONTS

LABELS = [Block(1.0), Block(2.0)]


@pytest.mark.parametrize("which", [PaperFormat.A4, PaperFormat.A5, PaperFormat.LARGE])
def test_each_copy_has_sheets_of_its_own_first_all_of_the_one(which: PaperFormat) -> None:
    leaves = impose(which, 3, LABELS, None)
    assert [leaf.page for leaf in leaves] == [0, 1, 2, 0, 1, 2]
    assert [leaf.parts[0].own[0].block.height for leaf in leaves] == [1.0, 1.0, 1.0, 2.0, 2.0, 2.0]
    assert {part.lift for leaf in leaves for part in leaf.parts} == {0.0}


def test_halves_are_one_sheet_with_the_archives_copy_above() -> None:
    (leaf,) = impose(PaperFormat.HALVES, 1, LABELS, Block(0.0))
    upper, lower = leaf.parts
    assert leaf.size == pytest.approx((210 * MM, 297 * MM))
    assert upper.lift == pytest.approx(148.5 * MM)
    assert (upper.own[0].block.height, lower.own[0].block.height, lower.lift) == (1.0, 2.0, 0.0)
    assert len(upper.own) == 1
    assert lower.own[1].top == 0  # the line to cut along is the upper edge of the lower half


def test_continuous_paper_has_one_label_for_both_its_parts() -> None:
    assert labels_of(PaperFormat.CONTINUOUS, COPY_LABELS) == (PARTS,)
    assert labels_of(PaperFormat.CONTINUOUS, COPY_LABELS[1:]) == COPY_LABELS[1:]
    assert labels_of(PaperFormat.A5, COPY_LABELS) == COPY_LABELS


def test_the_line_to_cut_along_runs_to_both_edges_and_through_no_word() -> None:
    line = cut_line(LineBreaker(FontFallback(FONTS)), "临公积金耿一告〔2026〕128号")
    assert min(rule[0] for rule in line.rules) <= 6 * MM - HALVES.margin
    assert max(rule[2] for rule in line.rules) >= HALVES.page[0] - HALVES.margin - 8 * MM
    for text in line.texts:
        start, end = text.x, text.x + text.line.width * text.size / 1000
        assert not [rule for rule in line.rules if start - CLEAR < rule[2] and rule[0] < end + CLEAR]
