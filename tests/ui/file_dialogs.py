"""What a test chooses in the place of the clerk, wherever the window asks for a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_assistant.ui import file_dialog

_SHOWN = {"getSaveFileName": "save_with", "getOpenFileName": "open_with", "getExistingDirectory": "folder_with"}


def answer_file_dialog(
    monkeypatch: pytest.MonkeyPatch, asked: str, answer: Callable[..., str | tuple[str, str]]
) -> None:
    """Answers every dialog of a kind, by Qt's own name for it: with a path, or a path and a filter, as Qt does; empty for none."""

    def show(*arguments: object) -> str:
        came = answer(*arguments)
        return came if isinstance(came, str) else came[0]

    monkeypatch.setattr(file_dialog, _SHOWN[asked], show)
