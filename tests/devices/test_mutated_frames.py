"""What cables, bad contacts and other programs do to frames: never a wrong field, never a traceback, never a hang."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.devices import frames
from counter_assistant.devices.identity_card import IdentityCard, NoCard, ReaderFault
from counter_assistant.devices.practice import recorded
from counter_assistant.devices.serial_protocol import SerialReader
from counter_assistant.devices.text_record import DamagedRecordError, read_record
from tests.devices.cards import Line, foreign, old_foreign, permit, resident
from tests.portion import Portion

RECORDS = (resident(), resident(name="阿依努尔·买买提阿不都热合曼肯"), permit(), old_foreign(), foreign())
LONGEST_SECONDS = 12
Chance = random.Random


def flip(frame: bytearray, chance: Chance) -> None:
    """One to three bits, anywhere."""
    for _ in range(chance.randint(1, 3)):
        frame[chance.randrange(len(frame))] ^= 1 << chance.randrange(8)


def burst(frame: bytearray, chance: Chance) -> None:
    """Up to sixteen bytes in a row are anything."""
    at = chance.randrange(len(frame))
    for n in range(at, min(at + chance.randint(1, 16), len(frame))):
        frame[n] = chance.randrange(256)


def lose(frame: bytearray, chance: Chance) -> None:
    at = chance.randrange(len(frame))
    del frame[at : at + chance.randint(1, 4)]


def double(frame: bytearray, chance: Chance) -> None:
    at = chance.randrange(len(frame))
    frame[at:at] = frame[at : at + chance.randint(1, 4)]


def insert(frame: bytearray, chance: Chance) -> None:
    at = chance.randrange(len(frame) + 1)
    frame[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))


def swap(frame: bytearray, chance: Chance) -> None:
    """Two neighbours change places, which a checksum by XOR cannot notice."""
    at = chance.randrange(len(frame) - 1)
    frame[at], frame[at + 1] = frame[at + 1], frame[at]


def flip_pair(frame: bytearray, chance: Chance) -> None:
    """The same bit of two bytes, which a checksum by XOR cannot notice either."""
    bit = 1 << chance.randrange(8)
    for at in chance.sample(range(7, len(frame) - 1), 2) if len(frame) > 9 else ():
        frame[at] ^= bit


def rename(frame: bytearray, chance: Chance) -> None:
    """The same in two characters of the name of a resident: no check digit would notice."""
    bit = 1 << chance.randrange(8)
    for at in chance.sample(range(14, min(20, len(frame))), 2) if len(frame) > 20 else ():
        frame[at] ^= bit


def cut(frame: bytearray, chance: Chance) -> None:
    del frame[chance.randrange(len(frame)) :]


def glue(frame: bytearray, chance: Chance) -> None:
    """Another frame comes first."""
    frame[:0] = frames.answer(chance.randrange(256), bytes(chance.randrange(12)))[: chance.randint(1, 24)]


MUTATIONS: tuple[Callable[[bytearray, Chance], None], ...] = (
    flip, burst, lose, double, insert, swap, flip_pair, rename, cut, glue,
)  # fmt: skip


@pytest.mark.nightly("reader")
def test_no_mutated_frame_gives_a_wrong_field(portion: Portion) -> None:
    told: Counter[str] = Counter()
    for n in range(portion.times(10_000, sample=500)):
        record, at = portion.chance.choice(RECORDS), portion.chance.randrange(4)
        mutate = MUTATIONS[n % len(MUTATIONS)]

        def cable(sent: int, answer: bytes, at: int = at, mutate: object = mutate) -> list[bytes]:
            frame = bytearray(answer)
            if sent == at and callable(mutate):
                mutate(frame, portion.chance)
            return [bytes(frame)]

        line = Line(recorded(record, photo=bytes(portion.chance.choice((0, 8, 1024)))), cable)
        reading = SerialReader(lambda line=line: line, lambda line=line: line.now).read()  # type: ignore[misc]
        assert isinstance(reading, IdentityCard | NoCard | ReaderFault)
        if isinstance(reading, IdentityCard):
            assert reading == read_record(record), mutate.__name__
        assert line.now < LONGEST_SECONDS
        told[type(reading).__name__] += 1
    print(dict(told))
    assert told["ReaderFault"]


@given(st.binary(min_size=256, max_size=256))
def test_no_record_of_any_bytes_ends_in_a_traceback(record: bytes) -> None:
    with suppress(DamagedRecordError):
        read_record(record)


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_no_line_of_any_bytes_ends_in_a_traceback_or_in_waiting(pieces: list[bytes]) -> None:
    line = Line(cable=lambda _n, _answer: pieces)
    assert not isinstance(SerialReader(lambda: line, lambda: line.now).read(), IdentityCard)
    assert line.now < LONGEST_SECONDS
