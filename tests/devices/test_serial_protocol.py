from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from counter_assistant.devices import frames
from counter_assistant.devices.identity_card import IdentityCard, NoCard, ReaderFault
from counter_assistant.devices.practice import recorded
from counter_assistant.devices.serial_protocol import (
    DAMAGED,
    NOT_READ,
    SILENT,
    UNLIKE,
    UNPLUGGED,
    SerialReader,
)
from counter_assistant.domain.refusal import Refusal
from tests.devices.cards import NAME, NUMBER, Line, empty_reader, resident

FIND, SELECT, READ = (frames.command(*one) for one in (frames.FIND, frames.SELECT, frames.READ))


def reader_on(line: Line) -> SerialReader:
    return SerialReader(lambda: line, lambda: line.now)


def given(reading: object) -> tuple[str, str]:
    assert isinstance(reading, IdentityCard), reading
    return reading.name, reading.number


def test_a_card_is_found_selected_and_read_twice() -> None:
    line = Line()
    assert given(reader_on(line).read()) == (NAME, NUMBER)
    assert line.sent == [FIND, SELECT, READ, READ]


def test_a_reader_with_nothing_on_it_is_asked_once() -> None:
    line = Line(empty_reader())
    assert reader_on(line).read() == NoCard()
    assert line.sent == [FIND]


def test_a_card_that_is_lifted_before_it_is_selected_is_none() -> None:
    line = Line(recorded(resident()) | {SELECT: frames.answer(frames.NOT_SELECTED)})
    assert reader_on(line).read() == NoCard()


def test_an_answer_may_come_in_two_pieces_cut_anywhere() -> None:
    whole = recorded(resident())[READ]
    for at in range(1, len(whole)):
        line = Line(cable=lambda _n, answer, at=at: [answer[:at], answer[at:]])  # type: ignore[misc]
        assert given(reader_on(line).read()) == (NAME, NUMBER)


def test_an_answer_may_come_byte_by_byte_with_pauses() -> None:
    line = Line(cable=lambda _n, answer: [bytes((byte,)) for byte in answer[:40]] + [b"", b"", answer[40:]])
    assert given(reader_on(line).read()) == (NAME, NUMBER)


@pytest.mark.parametrize(
    "noise", [b"\0", b"\xff" * 30, b"\xaa", b"\xaa\xaa\xaa", b"\xaa\xaa\xaa\x96\x69", b"\x96\x69\0\4"]
)
def test_noise_before_an_answer_does_not_matter(noise: bytes) -> None:
    line = Line(cable=lambda _n, answer: [noise, b"", noise + answer])
    assert given(reader_on(line).read()) == (NAME, NUMBER)


def changed(at: int) -> Callable[[int, bytes], Iterable[bytes]]:
    """A cable that changes a byte of every answer; the byte at -1 is the checksum, at 6 the length."""

    def cable(_n: int, answer: bytes) -> list[bytes]:
        damaged = bytearray(answer)
        damaged[at] ^= 0x04
        return [bytes(damaged)]

    return cable


@pytest.mark.parametrize("at", [-1, 5, 6, 9, 10])
def test_a_wrong_checksum_length_or_status_is_a_fault(at: int) -> None:
    assert reader_on(Line(cable=changed(at))).read() == ReaderFault(DAMAGED)


def test_a_reader_that_says_nothing_is_given_up_after_a_second() -> None:
    line = Line({})
    assert reader_on(line).read() == ReaderFault(SILENT)
    assert 1 <= line.now < 1.2


def test_a_reader_that_stops_in_the_middle_is_given_up() -> None:
    line = Line(cable=lambda n, answer: [answer[:100] if n == 2 else answer])
    assert reader_on(line).read() == ReaderFault(DAMAGED)
    assert line.now < 4


def test_a_line_that_never_stops_talking_is_given_up() -> None:
    line = Line(cable=lambda _n, _answer: [frames.PREAMBLE * 200] * 1000)
    assert reader_on(line).read() == ReaderFault(DAMAGED)
    assert line.now < 1


@pytest.mark.parametrize("moment", range(9))
def test_an_unplugged_port_is_a_fault_at_any_moment_and_is_opened_again(moment: int) -> None:
    line = Line()

    class Pulled(Line):
        asked = 0

        def _look(self) -> None:
            self.asked += 1
            if self.asked > moment:
                raise OSError("gone")

    streams = [Pulled(), line]
    reader = SerialReader(lambda: streams.pop(0), lambda: line.now)
    assert reader.read() == ReaderFault(UNPLUGGED)
    assert given(reader.read()) == (NAME, NUMBER)


def test_a_port_that_cannot_be_opened_is_a_fault_in_its_own_words() -> None:
    def connect() -> Line:
        raise Refusal("no-serial-port", "找不到端口 COM3。", "请插好读卡器。")

    assert SerialReader(connect).read() == ReaderFault("找不到端口 COM3。请插好读卡器。")


def test_two_readings_that_differ_are_none() -> None:
    """GIVEN a name changed so that the checksum does not notice THEN the second reading does."""
    other = recorded(resident(name="岩罕湓"))[READ]
    line = Line(cable=lambda n, answer: [other if n == 3 else answer])
    assert reader_on(line).read() == ReaderFault(UNLIKE)


def test_a_card_lifted_after_the_first_reading_was_read() -> None:
    line = Line(cable=lambda n, answer: [frames.answer(frames.NOT_READ) if n == 3 else answer])
    assert given(reader_on(line).read()) == (NAME, NUMBER)


def test_a_reader_that_is_silent_the_second_time_is_not_asked_twice_again() -> None:
    line = Line(cable=lambda n, answer: [b"" if n == 3 else answer])
    reader = reader_on(line)
    assert [given(reader.read()) for _ in range(2)] == [(NAME, NUMBER)] * 2
    assert line.sent == [FIND, SELECT, READ, READ, FIND, SELECT, READ]


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (FIND, 0x66, "没有得到授权"),
        (FIND, 0x21, "代码 21"),
        (SELECT, 0x31, "没有互相认可"),
        (READ, frames.NOT_READ, NOT_READ),
        (READ, 0x40, "不是能读的身份证件"),
    ],
)
def test_what_a_reader_refuses_is_said_in_one_line(command: bytes, status: int, said: str) -> None:
    reading = reader_on(Line(recorded(resident()) | {command: frames.answer(status)})).read()
    assert isinstance(reading, ReaderFault)
    assert said in reading.sentence
    assert "\n" not in reading.sentence


def test_a_record_that_does_not_agree_with_itself_is_a_fault_without_the_number() -> None:
    reading = reader_on(Line(recorded(resident(number="530900199003070018")))).read()
    assert isinstance(reading, ReaderFault)
    assert reading.sentence.startswith("证件号码校验不符，")
    assert "5309" not in reading.sentence


def test_a_closed_reader_opens_again() -> None:
    line = Line()
    reader = reader_on(line)
    reader.read()
    reader.close()
    reader.close()
    assert line.closed == 1
    assert given(reader.read()) == (NAME, NUMBER)
