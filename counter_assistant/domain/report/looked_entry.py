"""带班领导看过一位经办人的办件：写进台账的样子；那一位自己看得到."""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.entry import Flat


@dataclass(frozen=True, slots=True)
class SupervisorLooked(Flat):
    """带班查看 (`supervisor_looked`): somebody looked at the matters of a `month` (2026-11) that `clerk` had told first, for a `reason`.

    Both are staff numbers. Figures are by item and never by person; whoever looks at one person's says why, and that person can see
    it (守则 一(五)4: 由经办人负责落实).
    """

    clerk: str
    month: str
    reason: str
    by: str
