"""In which mode the program is after a book was refused, and what the status line says."""

from __future__ import annotations

import pytest

from counter_assistant.domain.safekeeping.mode import TURNED_BACK, Mode, mode_after


@pytest.mark.parametrize(
    ("codes", "mode"),
    [
        (("book-damaged", "book-empty", "book-missing", "book-not-ours", TURNED_BACK), Mode.RECOVERY),
        (("book-read-only", "book-folder-read-only", "disk-full"), Mode.READ_ONLY),
        (("book-sealed",), Mode.SEALED),
        (("book-newer", "book-locked", "no-data-folder", "disk-error"), Mode.NOT_OPEN),
    ],
)
def test_a_refusal_leads_to_a_mode(codes: tuple[str, ...], mode: Mode) -> None:
    assert {mode_after(code) for code in codes} == {mode}


def test_every_mode_says_something_else() -> None:
    assert len({mode.value for mode in Mode}) == len(Mode) == 8
