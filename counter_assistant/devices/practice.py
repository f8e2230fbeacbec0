"""练习用的读卡器：重放录好的帧，每寻一次卡就换一张。练习模式里选它，没有读卡器也能练.

The people are invented, and their numbers have the shape of real ones only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import cycle

from counter_assistant.devices import frames
from counter_assistant.devices.serial_protocol import SerialReader

PHOTO = bytes(1024)
"""In place of a photo: read past like one."""
_PEOPLE = (
    ("岩罕温", "530900199003070017", "长期"),
    ("阿依努尔·买买提阿不都热合曼肯", "530900198805120026", "20360512"),
    ("罗\ue863克", "530900197512240038", "20351224"),
    ("玉应罕", "530900199911110029", "20240630"),
)
"""A usual card, a name that fills the chip, one with a code of an old input method, and one that has run out."""


def resident_record(name: str, number: str, until: str) -> bytes:
    """The text record of a resident's card with these fields; the address and what else nobody keeps is made up."""
    fields = (
        (name, 15), ("1", 1), ("18", 2), (number[6:14], 8), ("云南省临沧市样例路1号", 35), (number, 18), ("样例公安局", 15),
        ("20160101", 8), (until, 8), ("", 18),
    )  # fmt: skip
    return b"".join(text.ljust(room).encode("utf-16-le")[: 2 * room] for text, room in fields)


def recorded(record: bytes, photo: bytes = PHOTO) -> dict[bytes, bytes]:
    """What a reader with this card on it answers to each command."""
    lengths = len(record).to_bytes(2, "big") + len(photo).to_bytes(2, "big")
    return {
        frames.command(*frames.FIND): frames.answer(frames.FOUND, bytes(4)),
        frames.command(*frames.SELECT): frames.answer(frames.DONE, bytes(8)),
        frames.command(*frames.READ): frames.answer(frames.DONE, lengths + record + photo),
    }


class ReplayedStream:
    """A `ByteStream` that answers with recorded frames. Each time a card is looked for, it is the next one's turn."""

    def __init__(self, cards: Iterable[Mapping[bytes, bytes]]) -> None:
        self._cards = iter(cards)
        self._answers: Mapping[bytes, bytes] = {}
        self._waiting = b""

    def send(self, data: bytes) -> None:
        """Takes a command."""
        if data == frames.command(*frames.FIND):
            self._answers = next(self._cards, {data: frames.answer(frames.NOTHING_FOUND)})
        self._waiting += self._answers.get(data, b"")

    def receive(self) -> bytes:
        """All of the answer at once."""
        came, self._waiting = self._waiting, b""
        return came

    def forget(self) -> None:
        """Drops what was not taken."""
        self._waiting = b""

    def close(self) -> None:
        """Nothing is held."""


def practice_reader() -> SerialReader:
    """A reader on which another invented card lies each time it is asked."""
    stream = ReplayedStream(cycle([recorded(resident_record(*person)) for person in _PEOPLE]))
    return SerialReader(lambda: stream)
