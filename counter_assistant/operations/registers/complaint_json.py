"""从 JSON 文件读出要记的一条投诉登记：一件投诉、一步，或者一条补充."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import (
    ComplaintHandling,
    ComplaintStep,
    Satisfaction,
    StepTold,
    TellingWay,
)
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.operations.intake.json_file import Fields, one_of


@dataclass(frozen=True, repr=False)
class SupplementTold:
    """What is to be added to a complaint."""

    of: str
    text: str


class Told(NamedTuple):
    """What is to be recorded, and who does it: a staff number or a name, empty for the current clerk."""

    what: Complaint | StepTold | SupplementTold
    clerk: str


def read_told(content: Mapping[str, Any], today: date) -> Told:
    """What a JSON object says (README.md, The command line): with `of` and `step` a step, with `of` alone something to add.

    Raises:
        Refusal: `missing-field`, `wrong-type`, `unknown-field`, `unknown-value`; what `read_day` refuses.
    """
    fields = Fields(content, "登记")
    clerk = fields.text("clerk", "")
    what: Complaint | StepTold | SupplementTold
    if not fields.has("of"):
        what = _complaint(fields, today)
    elif fields.has("step"):
        what = _step(fields)
    else:
        what = SupplementTold(fields.text("of"), fields.text("text"))
    fields.done()
    return Told(what, clerk)


def _complaint(fields: Fields, today: date) -> Complaint:
    name, day = fields.text("name", ""), fields.text("day", "")
    return Complaint(
        channel=fields.choice("channel", ComplaintChannel.WINDOW),
        category=fields.choice("category", Category.OTHER),
        matter=fields.text("matter"),
        day=read_day(day, today) if day else today,
        name_kept=fields.choice("name_kept", NameKept.NAMED if name else NameKept.ANONYMOUS),
        name=name,
        address=fields.text("address", ""),
        phone=fields.text("phone", ""),
        about=fields.text("about", ""),
        attachments=fields.text("attachments", ""),
    )


def _step(fields: Fields) -> StepTold:
    return StepTold(
        fields.text("of"),
        one_of(ComplaintStep, "step", fields.text("step")),
        fields.text("text", ""),
        fields.text("to", ""),
        fields.optional_choice("way", TellingWay),
        fields.optional_choice("handling", ComplaintHandling),
        fields.optional_choice("satisfaction", Satisfaction),
        fields.text("volume", ""),
    )
