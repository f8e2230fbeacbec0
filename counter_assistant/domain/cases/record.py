"""办件存成什么样：一份平铺的 JSON，读回来仍是那一件。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from counter_assistant.domain.assessment.decision import Rule
from counter_assistant.domain.calendar.time_limit import Clock
from counter_assistant.domain.cases.case import Case, Stage, Trace, TraceKind


def to_payload(case: Case) -> dict[str, Any]:
    """The case as plain JSON values."""
    days = {name: _iso(getattr(case, name)) for name in _DAYS}
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        **days,
        "row": case.rule.value,
        "stage": case.stage.value,
        "clocks": {name: clock.to_payload() for name, clock in case.clocks.items()},
        "history": [_line(trace) for trace in case.history],
    }


def from_payload(payload: Mapping[str, Any]) -> Case:
    """The case that `to_payload` wrote."""
    return Case(
        **{name: payload[name] for name in _PLAIN},
        **{name: _day(payload[name]) for name in _DAYS},
        stage=Stage(payload["stage"]),
        rule=Rule(payload["row"]),
        clocks={name: Clock.from_payload(clock) for name, clock in payload["clocks"].items()},
        history=tuple(_trace(*line) for line in payload["history"]),
    )


_PLAIN = (
    "id", "item", "item_name", "applicant", "phone_tail", "id_tail", "first_clerk", "handler", "provisional", "overrun",
    "stated",
)  # fmt: skip
_DAYS = ("opened", "due", "printed_due", "computed_due", "missed", "follow_up", "closed")


def _line(trace: Trace) -> list[Any]:
    recorded = trace.recorded.isoformat() if trace.recorded else None
    return [
        trace.on.isoformat(), trace.clerk, trace.words, trace.number, trace.kind.value, trace.seq, recorded,
        trace.withdrawn,
    ]  # fmt: skip


def _trace(
    on: str, clerk: str, words: str, number: str, kind: str, seq: int, recorded: str | None, withdrawn: bool
) -> Trace:
    time = datetime.fromisoformat(recorded) if recorded else None
    return Trace(date.fromisoformat(on), clerk, words, number, TraceKind(kind), seq, time, withdrawn)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
