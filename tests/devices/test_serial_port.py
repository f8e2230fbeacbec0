"""pyserial at one end of a pair of pseudo terminals, a reader at the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter_assistant.devices import serial_port
from counter_assistant.devices.identity_card import IdentityCard, NoCard, ReaderFault
from counter_assistant.devices.practice import recorded
from counter_assistant.devices.serial_port import SerialPort
from counter_assistant.devices.serial_protocol import SILENT, UNPLUGGED, SerialReader
from counter_assistant.domain.refusal import Refusal
from tests.devices.cards import NAME, NUMBER, empty_reader, resident
from tests.devices.peer import Peer


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer(recorded(resident()))
    yield made
    made.pull()


@pytest.fixture
def reader(peer: Peer) -> Iterator[SerialReader]:
    made = SerialReader(lambda: SerialPort(peer.name))
    yield made
    made.close()


@pytest.mark.serial
def test_a_card_is_read_through_a_serial_port(reader: SerialReader) -> None:
    card = reader.read()
    assert isinstance(card, IdentityCard)
    assert (card.name, card.number) == (NAME, NUMBER)


@pytest.mark.serial
def test_a_reader_with_nothing_on_it_says_so_and_the_port_stays_open(peer: Peer, reader: SerialReader) -> None:
    peer.answers = empty_reader()
    assert [reader.read(), reader.read()] == [NoCard(), NoCard()]
    peer.answers = recorded(resident())
    assert isinstance(reader.read(), IdentityCard)


@pytest.mark.serial
def test_a_silent_reader_is_given_up(peer: Peer, reader: SerialReader) -> None:
    peer.answers = {}
    assert reader.read() == ReaderFault(SILENT)


@pytest.mark.serial
def test_a_plug_that_is_pulled_is_a_fault_in_one_line(peer: Peer, reader: SerialReader) -> None:
    peer.answers = empty_reader()
    reader.read()
    peer.pull()
    assert reader.read() == ReaderFault(UNPLUGGED)
    again = reader.read()
    assert isinstance(again, ReaderFault)
    assert again.sentence.startswith(f"找不到端口 {peer.name}")


@pytest.mark.serial
def test_a_port_that_another_program_holds_is_busy(peer: Peer) -> None:
    held = SerialPort(peer.name)
    with pytest.raises(Refusal) as refused:
        SerialPort(peer.name)
    assert refused.value.code == "serial-port-busy"
    held.close()


@pytest.mark.serial
def test_a_port_that_is_not_there_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        SerialPort("/dev/not-there")
    assert (refused.value.code, refused.value.sentence) == ("no-serial-port", "找不到端口 /dev/not-there。")


@pytest.mark.serial
def test_the_ports_of_this_pc_are_listed_in_order() -> None:
    names = [port.name for port in serial_port.ports()]
    assert names == sorted(names)


def test_without_pyserial_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_port, "is_installed", lambda: False)
    reading = SerialReader(lambda: SerialPort("COM3")).read()
    assert reading == ReaderFault("没有安装 pyserial，用不了串口读卡器。请管理员安装 counter-assistant[reader]。")
    assert serial_port.ports() == []
