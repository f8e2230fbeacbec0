"""时限：几日、从哪天起算、什么时候停。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from counter_assistant.domain.calendar.time_limit import USUAL_PAUSES, PauseReason
from counter_assistant.domain.catalogue.conditions import Always, Condition
from counter_assistant.domain.catalogue.sources import Source


@dataclass(frozen=True, slots=True)
class Limit:
    """时限: `n` days of `unit` (day 自然日 | workday 工作日) from `start`; 0 is the same day.

    `start` is acceptance 受理, complete 补齐, receipt 收到申请, or filing 立案, which no act at the window starts.
    `act` is what is done by then: 办结 unless the item says otherwise, for a statute's limit 作出决定. Nothing is
    promised on behalf of a body above or another centre; `by` names another body that a statute binds at its own step,
    and is empty for this centre. `when` is the situation in which a statute's limit applies. `pauses` holds what may
    pause the limit (see `USUAL_PAUSES`); the day of `start` is not counted unless `first_day_counts`.
    """

    n: int
    unit: str
    start: str
    source: Source
    act: str = "办结"
    pauses: tuple[PauseReason, ...] = USUAL_PAUSES
    first_day_counts: bool = False
    by: str = ""
    when: Condition = field(default_factory=Always)

    @property
    def binds_centre(self) -> bool:
        """Whether it binds this centre and starts with an act at the window."""
        return not self.by and self.start != "filing"

    def may_outlast(self, other: Limit) -> bool:
        """Whether this limit can end after another that starts with it, on some calendar.

        A single working day never does: the other's last day is put off to a working day as well.
        """
        if self.start == "complete" and other.start == "receipt":
            return True
        if self.unit == other.unit:
            return self.n > other.n
        return self.n > 1 if self.unit == "workday" else self.n > other.n


SAME_DAY = Limit(0, "workday", "complete", Source("code", clause="一(七)1"))
"""直接办理：材料补齐后当场或当天办结（守则 一(七)1）."""


def own_limit(limits: Iterable[Limit]) -> Limit | None:
    """The limit that binds this centre from an act at the window on, among those of all steps; else None."""
    return next((limit for limit in limits if limit.binds_centre), None)
