from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.devices import frames
from counter_assistant.devices.frames import Answer, find_answer, is_damaged, split_reading
from counter_assistant.devices.practice import recorded
from tests.devices.cards import resident

READING = recorded(resident())[frames.command(*frames.READ)]


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (frames.FIND, "AAAAAA96690003200122"),
        (frames.SELECT, "AAAAAA96690003200221"),
        (frames.READ, "AAAAAA96690003300132"),
    ],
)
def test_commands_are_what_readers_are_known_to_understand(command: tuple[int, int], frame: str) -> None:
    assert frames.command(*command).hex().upper() == frame


@pytest.mark.parametrize(
    ("frame", "answer"),
    [
        ("AAAAAA9669000400008084", Answer(0x80, b"")),
        ("AAAAAA9669000800009F0000000097", Answer(0x9F, bytes(4))),
        ("AAAAAA9669000C00009000000000000000009C", Answer(0x90, bytes(8))),
        ("AAAAAA9669000400004145", Answer(0x41, b"")),
    ],
)
def test_answers_are_read_as_readers_are_known_to_send_them(frame: str, answer: Answer) -> None:
    assert find_answer(bytes.fromhex(frame)) == answer


def test_a_whole_reading_is_1295_bytes() -> None:
    assert len(READING) == 1295
    assert READING.startswith(bytes.fromhex("AAAAAA966905080000900100 0400".replace(" ", "")))


def test_no_part_of_a_frame_is_an_answer() -> None:
    assert [n for n in range(len(READING)) if find_answer(READING[:n])] == []
    assert find_answer(READING)


@given(st.binary(max_size=40))
def test_what_stands_before_a_frame_does_not_matter(noise: bytes) -> None:
    frame = frames.answer(frames.FOUND, bytes(4))
    assert find_answer(noise + frame) is not None
    assert find_answer(frames.PREAMBLE + noise + frame) is not None


def test_a_damaged_frame_before_a_sound_one_is_passed_over() -> None:
    damaged = bytearray(frames.answer(frames.FOUND, bytes(4)))
    damaged[-1] ^= 1
    assert is_damaged(bytes(damaged))
    assert find_answer(bytes(damaged) + frames.answer(frames.NOTHING_FOUND)) == Answer(frames.NOTHING_FOUND, b"")


def test_every_changed_byte_is_noticed() -> None:
    frame = frames.answer(frames.DONE, resident()[:32])
    for at in range(len(frame)):
        for bit in range(8):
            changed = bytearray(frame)
            changed[at] ^= 1 << bit
            assert find_answer(bytes(changed)) is None


@pytest.mark.parametrize("length", [0, 3, 1289, 0xFFFF])
def test_an_impossible_length_is_damage(length: int) -> None:
    assert is_damaged(frames.PREAMBLE + length.to_bytes(2, "big"))


@pytest.mark.parametrize(
    "data", [b"", b"\1\0\0", bytes((1, 0, 4, 0)), bytes((0, 2, 0, 0, 1)), bytes((0, 1, 0, 0, 1, 1))]
)
def test_lengths_that_do_not_fit_their_data_are_refused(data: bytes) -> None:
    assert split_reading(data) is None


def test_a_reading_without_a_photo_is_read() -> None:
    parts = split_reading(bytes((1, 0, 0, 0)) + resident())
    assert parts is not None
    assert (parts.text, parts.photo_length) == (resident(), 0)
