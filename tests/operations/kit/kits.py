"""An office that has printed a kit, and a clock that can be moved."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.operations.kit.recording import FromPaper
from counter_assistant.operations.office import open_office
from tests.make import NOW, confirmed

DAY, HOUR = date(2026, 11, 23), time(11, 20)


class Outage:
    """A confirmed office with a kit of one blank for each item, printed at 10:42; then it is 13:42."""

    def __init__(self, folder: Path, *, each: int = 1) -> None:
        self.now = NOW
        self.office = open_office(folder, lambda: self.now)
        self.office.decide_profile(confirmed(self.office.profile))
        self.kit = print_kit(self.office, each)
        self.now = NOW.replace(hour=13)

    def close(self) -> None:
        self.office.close()


def paper(number: str = "1", **other: Any) -> FromPaper:
    """What stands on a blank: given to one person at 11:20."""
    return FromPaper(number, DAY, HOUR, **{"name": "岩温", "phone": "13900003333", **other})
