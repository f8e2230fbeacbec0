"""串口读卡器的问答：寻卡、选卡、读文字，读两遍对得上才算数.

The protocol of the security module that every reader of resident identity cards holds, over any stream of bytes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

from counter_assistant.devices import frames
from counter_assistant.devices.identity_card import NoCard, ReaderAnswer, ReaderFault
from counter_assistant.devices.text_record import DamagedRecordError, read_record
from counter_assistant.domain.refusal import Refusal

SILENT = "读卡器没有回答，请看它通电没有、线插好没有，端口选得对不对。"
DAMAGED = "读卡器的回答残缺，请把证件拿起来再放一次。"
UNLIKE = "两遍读到的不一样，请把证件放平，再放一次。"
UNPLUGGED = "读卡器断开了，请插好线；接上以后自动恢复。"
NOT_READ = "没有读完，请把证件放平，再放一次。"
REFUSED = "读卡器读不了这张证（代码 {:02X}），请照证件输入。"
MOST = 4 * frames.LONGEST
"""Bytes that are waited for an answer in; a line that says more is no reader's."""
_STATUS = {
    0x31: "证件和读卡器没有互相认可，请照证件输入，并核验证件。",
    0x32: "证件和读卡器没有互相认可，请照证件输入，并核验证件。",
    0x33: "证件里的信息没有通过读卡器的验证，请照证件输入，并核验证件。",
    0x40: "放的不是能读的身份证件，请照证件输入。",
    frames.NOT_READ: NOT_READ,
    0x60: "读卡器自检没有通过，请断电再通电；还不行的，请找厂家。",
    0x66: "读卡器没有得到授权，请找厂家。",
}


class ByteStream(Protocol):
    """What a reader is spoken to through. Every method raises OSError where the device is gone."""

    def send(self, data: bytes) -> None:
        """Sends all of it."""

    def receive(self) -> bytes:
        """What has come; where nothing has, it waits a moment (some hundredths of a second) and may give nothing."""

    def forget(self) -> None:
        """Drops what came without having been asked for."""

    def close(self) -> None:
        """Lets the device go."""


class _Ask(NamedTuple):
    """A command and how many seconds its answer may take."""

    frame: bytes
    patience: float


_FIND, _SELECT = _Ask(frames.command(*frames.FIND), 1.0), _Ask(frames.command(*frames.SELECT), 1.5)
_READ = _Ask(frames.command(*frames.READ), 3.0)


class _FaultError(Exception):
    """Ends a reading; its text is the sentence of the ReaderFault."""


class SerialReader:
    """A reader behind a stream of bytes, which `connect` opens when it is needed.

    `connect` raises Refusal or OSError where it cannot. `clock` tells seconds that only go forward.
    """

    def __init__(self, connect: Callable[[], ByteStream], clock: Callable[[], float] = time.monotonic) -> None:
        self._connect, self._clock = connect, clock
        self._stream: ByteStream | None = None
        self._reads_twice = True

    def read(self) -> ReaderAnswer:
        """Reads what lies on the reader, in at most twelve seconds; in a fraction of one where nothing does."""
        try:
            self._stream = self._stream or self._connect()
            return self._read(self._stream)
        except _FaultError as fault:
            return ReaderFault(str(fault))
        except DamagedRecordError as damaged:
            return ReaderFault(f"{damaged}，请把证件拿起来再放一次，或者照证件输入。")
        except Refusal as refusal:
            return ReaderFault(str(refusal))
        except OSError:
            self.close()
            return ReaderFault(UNPLUGGED)

    def close(self) -> None:
        """Lets the device go; the next reading opens it again."""
        stream, self._stream = self._stream, None
        if stream is not None:
            try:
                stream.close()
            except OSError:
                return  # it is gone already

    def _read(self, stream: ByteStream) -> ReaderAnswer:
        found = self._ask(stream, _FIND)
        if found.status == frames.NOTHING_FOUND:
            return NoCard()
        _expect(found, frames.FOUND)
        selected = self._ask(stream, _SELECT)
        if selected.status == frames.NOT_SELECTED:
            return NoCard()
        _expect(selected, frames.DONE)
        answer = self._ask(stream, _READ)
        _expect(answer, frames.DONE)
        text = _text_of(answer)
        card = read_record(text)
        self._compare(stream, text)
        return card

    def _compare(self, stream: ByteStream, text: bytes) -> None:
        """Reads again: one byte of checksum lets one in 256 of gross disturbances pass, and a name has no check digit.

        A reader that does not read the same card twice is believed, and not asked again where it was silent.
        """
        if not self._reads_twice:
            return
        try:
            again = self._ask(stream, _READ)
        except _SilentError:
            self._reads_twice = False
            return
        if again.status == frames.DONE and _text_of(again) != text:
            raise _FaultError(UNLIKE)

    def _ask(self, stream: ByteStream, ask: _Ask) -> frames.Answer:
        stream.forget()
        stream.send(ask.frame)
        received, until = b"", self._clock() + ask.patience
        while True:
            came = stream.receive()
            received += came
            if answer := frames.find_answer(received):
                return answer
            if len(received) > MOST or (not came and frames.is_damaged(received)):
                raise _FaultError(DAMAGED)
            if self._clock() >= until:
                raise _FaultError(DAMAGED) if received else _SilentError(SILENT)


class _SilentError(_FaultError):
    """Nothing came at all."""


def _expect(answer: frames.Answer, status: int) -> None:
    if answer.status != status:
        raise _FaultError(_STATUS.get(answer.status, REFUSED.format(answer.status)))


def _text_of(answer: frames.Answer) -> bytes:
    parts = frames.split_reading(answer.data)
    if parts is None:
        raise _FaultError(DAMAGED)
    return parts.text
