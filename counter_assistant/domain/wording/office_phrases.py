"""本单位自己的用语和置顶：台账里最后一条说了算（守则 二）."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counter_assistant.domain.wording.phrases import Moment, Phrase, PhraseChannel, own_phrase


@dataclass(frozen=True, slots=True)
class OfficePhrases:
    """文明用语 (`phrases`): all phrases of the office's own, the numbers of the pinned ones, and who decided."""

    own: tuple[Phrase, ...] = ()
    pinned: tuple[int, ...] = ()
    clerk: str = ""

    def to_payload(self) -> dict[str, Any]:
        """As the book keeps it."""
        return {"own": [_to_row(phrase) for phrase in self.own], "pinned": list(self.pinned), "clerk": self.clerk}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> OfficePhrases:
        """What `to_payload` wrote."""
        own = tuple(
            own_phrase(
                row["number"], row["text"], PhraseChannel(row["channel"]), Moment(row["moment"]), hidden=row["hidden"]
            )
            for row in payload["own"]
        )
        return cls(own, tuple(payload["pinned"]), payload["clerk"])


def _to_row(phrase: Phrase) -> dict[str, Any]:
    return {
        "number": phrase.number,
        "text": phrase.text,
        "channel": phrase.channel.value,
        "moment": phrase.moment.value,
        "hidden": phrase.hidden,
    }
