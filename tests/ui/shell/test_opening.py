"""The office that is opened behind the first paint."""

from __future__ import annotations

from typing import Any

import pytest

from counter_assistant.ui.shell.opening import Opening


def test_a_window_that_is_closed_before_its_first_paint_opens_no_office(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter_assistant.ui.shell.opening.FOR_THE_OFFICE", ())
    opened: list[bool] = []

    def open_() -> Any:
        opened.append(True)
        raise AssertionError("nobody is there to see it")

    opening = Opening(open_)
    opening.close()
    opening.start()
    qtbot.wait(100)
    assert opened == []
