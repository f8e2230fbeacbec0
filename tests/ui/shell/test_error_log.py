"""What is noted of an error that nobody expected."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.ui.shell.error_log import note_error


def test_an_unexpected_error_is_noted_without_what_was_typed(tmp_path: Path) -> None:
    try:
        raise ValueError("罗𠅤克 11010519491231002X")
    except ValueError as error:
        note_error(tmp_path, type(error), error.__traceback__)
    noted = (tmp_path / "errors.log").read_text("utf-8")
    assert "ValueError" in noted
    assert Path(__file__).name in noted
    assert "罗" not in noted
    assert "1101" not in noted
