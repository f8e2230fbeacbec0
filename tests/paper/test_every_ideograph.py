"""Every ideograph that a name may hold is drawn on paper and read back from it as itself."""

from __future__ import annotations

import pytest

from counter_assistant.domain.papers.slip import Paragraph, Run
from counter_assistant.paper.coverage import Coverage
from tests.paper.reading import glyphs_of
from tests.paper.test_coverage import AMENDMENT_1, COVERAGE, LEVEL_3
from tests.paper.test_typesetter import TYPESETTER, a_draft, a_slip
from tests.portion import Portion

ON_A_SLIP = 500


def drawable() -> list[str]:
    """Level 3 whole, and of its Amendment 1 what a font draws."""
    amended = [chr(code) for first, last in AMENDMENT_1 for code in range(first, last + 1)]
    missing = set(Coverage.load(COVERAGE).missing("".join(amended)))
    return [*LEVEL_3, *(one for one in amended if one not in missing)]


@pytest.mark.nightly("ideographs")
def test_every_ideograph_is_drawn_and_read_back_as_itself(portion: Portion) -> None:
    every = drawable()
    assert len(every) == 87_887 + 5_356
    stretches = [every[at : at + ON_A_SLIP] for at in range(0, len(every), ON_A_SLIP)]
    for stretch in portion.of(stretches, sample=3):
        pdf = TYPESETTER.pdf(a_slip(a_draft(Paragraph((Run("".join(stretch)),)))))
        read = [glyph.char for page in glyphs_of(pdf) for glyph in page]
        for one in stretch:
            assert read.count(one) >= 2, f"U+{ord(one):04X}"  # once on each copy
