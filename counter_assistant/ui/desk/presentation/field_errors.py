"""哪一栏不对：逐栏核对，没有字形的字也算。Plain Python, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.presentation.applicant_fields import read_applicant

if TYPE_CHECKING:
    from datetime import date

    from counter_assistant.ui.desk.presentation.state import DeskState
    from counter_assistant.ui.desk.presentation.view_model import PresentedMatter


def find_faults(
    state: DeskState,
    presented: PresentedMatter | None,
    today: date,
    without_glyph: Callable[[str], Iterable[str]],
) -> dict[str, Refusal]:
    """The fields that cannot be right or cannot be printed, with what to do.

    `without_glyph` gives the characters of a text that no font draws.
    """
    faults = dict(presented.faults) if presented else read_applicant(state, None, today)[1]
    typed = {key: getattr(state, key) for key in ("name", "agent_name")}
    asked = {entry.key: entry.text for entry in presented.paper_fields} if presented else {}
    for key, text in (typed | asked).items():
        if missing := without_glyph(text):
            named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in missing)
            remedy = "请核对；确是证件上的字的，用“＿”代替，由经办人手写并签章。"
            faults.setdefault(key, Refusal("missing-glyph", f"字库里没有 {named}，印出来会是方框。", remedy))
    return faults


def is_quoting(presented: PresentedMatter | None) -> bool:
    """Whether the reason for keeping somebody's words is asked for."""
    return presented is not None and any(entry.key == "quoted" for entry in presented.paper_fields)
