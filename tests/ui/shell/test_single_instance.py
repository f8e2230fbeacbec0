"""One window per data folder: a second start calls the first window, or its phrases."""

from __future__ import annotations

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


def test_another_folder_is_another_place(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.mkdir()
    other.mkdir()
    places = [SingleInstance(one), SingleInstance(other)]
    assert [place.claim() for place in places] == [True, True]
    for place in places:
        place.release()
