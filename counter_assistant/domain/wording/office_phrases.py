"""本单位自己的用语和置顶：台账里最后一条说了算（守则 二）."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.wording.phrases import Channel, Moment, Phrase, own_phrase


@dataclass(frozen=True, slots=True)
class OfficePhrases:
    """What an office has decided: all phrases of its own, and the numbers of the pinned ones."""

    own: tuple[Phrase, ...] = ()
    pinned: tuple[int, ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """As the book keeps it."""
        return {"own": [_to_row(phrase) for phrase in self.own], "pinned": list(self.pinned)}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> OfficePhrases:
        """What `to_payload` wrote."""
        own = tuple(
            own_phrase(row["number"], row["text"], Channel(row["channel"]), Moment(row["moment"]), hidden=row["hidden"])
            for row in payload["own"]
        )
        return cls(own, tuple(payload["pinned"]))


def _to_row(phrase: Phrase) -> dict[str, Any]:
    return {
        "number": phrase.number,
        "text": phrase.text,
        "channel": phrase.channel.value,
        "moment": phrase.moment.value,
        "hidden": phrase.hidden,
    }
