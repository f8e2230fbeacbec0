"""办件存成什么样：一份平铺的 JSON，读回来仍是那一件。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_assistant.domain.case import Case, Stage, Trace
from counter_assistant.domain.clock import Clock


def to_payload(case: Case) -> dict[str, Any]:
    """The case as plain JSON values."""
    days = {name: _iso(getattr(case, name)) for name in _DAYS}
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        **days,
        "stage": case.stage.value,
        "clocks": {name: clock.to_payload() for name, clock in case.clocks.items()},
        "history": [[trace.on.isoformat(), trace.clerk, trace.words, trace.number] for trace in case.history],
    }


def from_payload(payload: Mapping[str, Any]) -> Case:
    """The case that `to_payload` wrote."""
    return Case(
        **{name: payload[name] for name in _PLAIN},
        **{name: _day(payload[name]) for name in _DAYS},
        stage=Stage(payload["stage"]),
        clocks={name: Clock.from_payload(clock) for name, clock in payload["clocks"].items()},
        history=tuple(Trace(date.fromisoformat(on), *rest) for on, *rest in payload["history"]),
    )


_PLAIN = (
    "id", "item", "item_name", "applicant", "phone_tail", "id_tail", "first_clerk", "handler", "row", "provisional", "overrun",
    "stated",
)  # fmt: skip
_DAYS = ("opened", "due", "printed_due", "computed_due", "follow_up", "closed")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None
