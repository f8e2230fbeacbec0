"""One window per data folder: a second start calls the first window, or its phrases."""

from __future__ import annotations

from multiprocessing.connection import Client
from pathlib import Path
from typing import Any

from counter_assistant.ui.shell.single_instance import PHRASES, SingleInstance


def test_a_second_start_calls_the_first_window(qtbot: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    first, second = SingleInstance(data_dir), SingleInstance(data_dir)
    assert first.claim()
    first.listen()
    assert not second.claim()
    with qtbot.waitSignal(first.called):
        assert second.call_first()
    first.release()
    assert second.claim()
    second.release()


def test_a_second_start_may_call_the_phrases_alone(qtbot: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    first, second = SingleInstance(data_dir), SingleInstance(data_dir)
    first.claim()
    first.listen()
    raised: list[bool] = []
    first.called.connect(lambda: raised.append(True))
    with qtbot.waitSignal(first.phrases_called):
        assert second.call_first(PHRASES)
    assert raised == []
    for word in ("a word of a later version", "", "phrases and more"):
        with qtbot.waitSignal(first.called):
            assert second.call_first(word)
    first.release()


def test_a_window_that_is_gone_is_not_waited_for(qtbot: Any, data_dir: Path) -> None:
    """GIVEN what a crash left: a socket that nobody hears THEN a call says so, and the next first window is called all the same."""
    data_dir.mkdir()
    first, second = SingleInstance(data_dir), SingleInstance(data_dir)
    assert first.claim()
    assert not second.call_first()
    Path(first.address).touch()
    assert not second.call_first()
    first.listen()
    with qtbot.waitSignal(first.called):
        assert second.call_first()
    first.release()
    assert not second.call_first()


def test_a_caller_that_says_nothing_or_too_much_keeps_nobody_out(qtbot: Any, data_dir: Path) -> None:
    data_dir.mkdir()
    first, second = SingleInstance(data_dir), SingleInstance(data_dir)
    first.claim()
    first.listen()
    with Client(first.address), qtbot.waitSignal(first.called), Client(first.address) as other:
        other.send_bytes(b"x" * 100_000)
    with qtbot.waitSignal(first.phrases_called):
        assert second.call_first(PHRASES)
    first.release()


def test_another_folder_is_another_place(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    places = [SingleInstance(one), SingleInstance(other)]
    assert [place.claim() for place in places] == [True, True]
    for place in places:
        place.release()
