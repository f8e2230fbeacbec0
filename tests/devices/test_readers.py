from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from counter_assistant.devices import readers, serial_port
from counter_assistant.devices.dll_reader import DllReader
from counter_assistant.devices.identity_card import MAY_BE_CUT, NOT_HELD, IdentityCard
from counter_assistant.devices.practice import practice_reader
from counter_assistant.devices.serial_port import Port
from counter_assistant.devices.serial_protocol import SerialReader

TODAY = date(2026, 11, 23)


@pytest.fixture
def _ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serial_port, "ports", lambda: [Port("/dev/ttyUSB0", "/dev/ttyUSB0　CH340")])


@pytest.mark.usefixtures("_ports")
def test_the_ports_of_this_pc_can_be_chosen_and_none() -> None:
    offered = [tuple(choice) for choice in readers.choices(training=False, chosen="")]
    assert [choice for choice in offered if choice[0] != readers.DLL] == [
        ("", "无"),
        ("serial:/dev/ttyUSB0", "串口　/dev/ttyUSB0　CH340"),
    ]


@pytest.mark.usefixtures("_ports")
def test_a_chosen_port_that_is_gone_stays_chosen() -> None:
    assert readers.choices(training=False, chosen="serial:COM7")[-1] == ("serial:COM7", "COM7　找不到")


@pytest.mark.usefixtures("_ports")
def test_the_practice_reader_is_for_training_only() -> None:
    offered = {
        training: [code for code, _ in readers.choices(training=training, chosen="")] for training in (True, False)
    }
    assert [readers.PRACTICE in offered[training] for training in (True, False)] == [True, False]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("serial:COM3", SerialReader),
        ("practice", SerialReader),
        ("dll", DllReader),
        ("", type(None)),
        ("?", type(None)),
    ],
)
def test_a_setting_opens_its_reader(code: str, kind: type[object], tmp_path: Path) -> None:
    assert type(readers.open_reader(code, tmp_path)) is kind


def test_only_a_real_reader_is_asked_again_and_again() -> None:
    assert [readers.notices_cards(code) for code in ("serial:COM3", "dll", "practice", "")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_practice_reader_shows_a_usual_card_and_three_that_need_a_look() -> None:
    reader = practice_reader()
    cards = [reader.read() for _ in range(5)]
    doubts = [card.doubts(TODAY) for card in cards if isinstance(card, IdentityCard)]
    assert doubts == [[], [MAY_BE_CUT], [NOT_HELD], ["证件有效期到2024年6月30日，已经过期。"], []]
    assert cards[0] == cards[4]
