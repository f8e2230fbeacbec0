"""Records as chips of every kind hold them, and a line that does to frames what cables do. The people are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from counter_assistant.devices import frames
from counter_assistant.devices.practice import recorded, resident_record

NAME, NUMBER = "岩罕温", "530900199003070017"
FOREIGN_NUMBER, OLD_FOREIGN_NUMBER, PERMIT_NUMBER = "953124198501010010", "PAK310080010103", "810000198501010010"


def resident(name: str = NAME, number: str = NUMBER, until: str = "20360101") -> bytes:
    """A resident's card."""
    return resident_record(name, number, until)


def _record(*fields: tuple[str, int]) -> bytes:
    return "".join(text.ljust(room) for text, room in fields).encode("utf-16-le")


def permit(number: str = PERMIT_NUMBER) -> bytes:
    """港澳台居民居住证."""
    return _record(
        ("陈嘉欣", 15), ("2", 1), ("", 2), (number[6:14], 8), ("云南省临沧市样例路2号", 35), (number, 18), ("样例公安局", 15),
        ("20200101", 8), ("20350101", 8), ("H00000000", 9), ("01", 2), ("", 3), ("J", 1), ("", 3),
    )  # fmt: skip


def old_foreign(
    chinese: str = "证件样本", latin: str = "ZHENGJIAN, YANGBEN", number: str = OLD_FOREIGN_NUMBER
) -> bytes:
    """外国人永久居留身份证 of 2017."""
    return _record(
        (latin, 60), ("2", 1), (number, 15), ("PAK", 3), (chinese, 15), ("20230808", 8), ("20330807", 8), ("19800101", 8),
        ("01", 2), ("1500", 4), ("I", 1), ("", 3),
    )  # fmt: skip


def foreign(chinese: str = "", latin: str = "ZHENGJIAN, YANGBEN", number: str = FOREIGN_NUMBER) -> bytes:
    """外国人永久居留身份证 of 2023, whose long name goes on in a second place."""
    return _record(
        (chinese, 15), ("2", 1), ("01", 2), (number[6:14], 8), (latin[:35], 35), (number, 18), ("", 15), ("20240101", 8),
        ("20340101", 8), (latin[35:], 11), ("124", 3), ("Y", 1), ("", 3),
    )  # fmt: skip


@dataclass
class Line:
    """A `ByteStream` with a reader at its other end, and the clock of whoever waits there: each moment takes 0.05 s.

    `answers` are what the reader says to each command; `cable` what becomes of the n-th answer, as the pieces that arrive.
    """

    answers: dict[bytes, bytes] = field(default_factory=lambda: recorded(resident()))
    cable: Callable[[int, bytes], Iterable[bytes]] = lambda _n, answer: [answer]
    broken: bool = False
    now: float = 0.0
    sent: list[bytes] = field(default_factory=list)
    closed: int = 0
    _pieces: list[bytes] = field(default_factory=list)

    def send(self, data: bytes) -> None:
        self._look()
        self._pieces += self.cable(len(self.sent), self.answers.get(data, b""))
        self.sent.append(data)

    def receive(self) -> bytes:
        self._look()
        self.now += 0.05
        return self._pieces.pop(0) if self._pieces else b""

    def forget(self) -> None:
        self._look()
        self._pieces.clear()

    def close(self) -> None:
        self.closed += 1

    def _look(self) -> None:
        if self.broken:
            raise OSError("gone")


def empty_reader() -> dict[bytes, bytes]:
    """What a reader answers on which nothing lies."""
    return {frames.command(*frames.FIND): frames.answer(frames.NOTHING_FOUND)}
