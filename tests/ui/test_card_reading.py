from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.devices.identity_card import IdentityCard, IdentityReader, NoCard, ReaderAnswer, ReaderFault
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.ui import local_settings
from counter_assistant.ui.card_reading import AFTER_FAULT_MS, BROKEN, EVERY_MS, LIFTED, CardReading

CARD = IdentityCard("岩罕温", "530900199003070017", IdType.RESIDENT)
OTHER = IdentityCard("玉应罕", "530900199911110029", IdType.RESIDENT)


class Scripted:
    """A reader that gives one reading after the other, and then none."""

    def __init__(self, *readings: ReaderAnswer) -> None:
        self.readings, self.closed = list(readings), 0

    def read(self) -> ReaderAnswer:
        return self.readings.pop(0) if self.readings else NoCard()

    def close(self) -> None:
        self.closed += 1


class Heard:
    """What the window heard."""

    def __init__(self, reading: CardReading) -> None:
        self.laid: list[object] = []
        self.answered: list[object] = []
        self.trouble: list[str] = []
        reading.laid.connect(self.laid.append)
        reading.answered.connect(self.answered.append)
        reading.trouble.connect(self.trouble.append)


@pytest.fixture
def made(qapp: Any, tmp_path: Path) -> Iterator[Any]:
    """Makes a reading of this folder, with a reader."""
    kept: list[CardReading] = []

    def make(reader: IdentityReader | None, code: str = "serial:COM3") -> tuple[CardReading, Heard]:
        local_settings.change(tmp_path, reader=code)
        reading = CardReading(tmp_path, lambda _code, _folder: reader)
        kept.append(reading)
        return reading, Heard(reading)

    yield make
    for reading in kept:
        assert reading.wait()


def step(reading: CardReading, qtbot: Any, times: int = 1) -> None:
    """The timer's turn, without waiting for it."""
    for _ in range(times):
        with qtbot.waitSignal(reading._came):
            reading._work()


def test_a_card_laid_on_is_told_once_while_it_lies_there(made: Any, qtbot: Any) -> None:
    reading, heard = made(Scripted(NoCard(), CARD, CARD, NoCard(), CARD, OTHER))
    reading.start()
    step(reading, qtbot, 6)
    assert heard.laid == [CARD, OTHER]


def test_the_same_card_laid_on_anew_is_told_again(made: Any, qtbot: Any) -> None:
    reading, heard = made(Scripted(CARD, *[NoCard()] * LIFTED, CARD))
    reading.start()
    step(reading, qtbot, LIFTED + 2)
    assert heard.laid == [CARD, CARD]


def test_the_reader_is_asked_by_the_clock(made: Any, qtbot: Any) -> None:
    reading, heard = made(Scripted(NoCard(), CARD))
    reading.start()
    qtbot.waitUntil(lambda: heard.laid == [CARD])
    assert EVERY_MS == 300


def test_a_fault_is_told_once_and_the_reader_asked_more_rarely(made: Any, qtbot: Any) -> None:
    broken = ReaderFault("坏了。")
    reading, heard = made(Scripted(broken, broken, broken, NoCard(), broken, broken))
    reading.start()
    step(reading, qtbot)
    assert (heard.trouble, reading._timer.interval()) == ([], AFTER_FAULT_MS)
    step(reading, qtbot, 3)
    assert (heard.trouble, reading._timer.interval()) == (["坏了。"], EVERY_MS)
    step(reading, qtbot, 2)
    assert heard.trouble == ["坏了。", "坏了。"]


def test_a_reader_that_needs_a_moment_after_it_was_opened_is_no_trouble(made: Any, qtbot: Any) -> None:
    reading, heard = made(Scripted(ReaderFault("没有回答。"), NoCard(), ReaderFault("断开了。"), CARD))
    reading.start()
    step(reading, qtbot, 4)
    assert (heard.trouble, heard.laid) == ([], [CARD])


@pytest.mark.parametrize("answer", [CARD, NoCard(), ReaderFault("坏了。")])
def test_who_asks_hears_the_answer_whatever_it_is(made: Any, qtbot: Any, answer: ReaderAnswer) -> None:
    reading, heard = made(Scripted(CARD, answer))
    reading.start()
    step(reading, qtbot)
    assert reading.ask()
    qtbot.waitUntil(lambda: heard.answered == [answer])
    assert heard.trouble == []


def test_a_reader_that_raises_is_a_fault(made: Any, qtbot: Any) -> None:
    class Raises(Scripted):
        def read(self) -> ReaderAnswer:
            raise RuntimeError("personal data")

    reading, heard = made(Raises())
    reading.start()
    step(reading, qtbot, 2)
    assert heard.trouble == [BROKEN]


def test_without_a_reader_nothing_is_asked(made: Any) -> None:
    reading, _ = made(None, code="")
    reading.start()
    assert (reading.ask(), reading.is_set_up) == (False, False)


def test_the_practice_reader_answers_the_key_only(made: Any, qtbot: Any) -> None:
    reading, heard = made(Scripted(CARD), code="practice")
    reading.start()
    assert not reading._timer.isActive()
    reading.ask()
    qtbot.waitUntil(lambda: heard.answered == [CARD])
    assert not reading._timer.isActive()


def test_the_device_is_let_go_while_the_desk_is_not_in_use(made: Any, qtbot: Any) -> None:
    reader = Scripted()
    reading, heard = made(reader)
    reading.start()
    step(reading, qtbot)
    reading.stop()
    qtbot.waitUntil(lambda: reader.closed == 1)
    assert not reading._timer.isActive()
    reader.readings = [CARD]
    reading.start()
    qtbot.waitUntil(lambda: heard.laid == [CARD])


def test_what_comes_after_the_desk_was_left_is_dropped(made: Any, qtbot: Any) -> None:
    reading, heard = made(Scripted(CARD, ReaderFault("坏了。")))
    reading.start()
    for _ in range(2):
        with qtbot.waitSignal(reading._came):
            reading._work()
            reading.stop()
    assert (heard.laid, heard.trouble) == ([], [])


def test_another_reader_chosen_meanwhile_answers(qtbot: Any, tmp_path: Path) -> None:
    made = {"serial:COM3": Scripted(CARD), "serial:COM4": Scripted(OTHER)}
    reading = CardReading(tmp_path, lambda code, _folder: made[code])
    heard = Heard(reading)
    local_settings.change(tmp_path, reader="serial:COM3")
    reading.start()
    reading.ask()
    local_settings.change(tmp_path, reader="serial:COM4")
    reading.start()
    reading.ask()
    qtbot.waitUntil(lambda: heard.answered == [OTHER])
    assert reading.wait()
    assert made["serial:COM3"].closed == 1
