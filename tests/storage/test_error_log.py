"""The last error that nobody expected is read back by time, kind and place, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.storage.error_log import NAME, last_error
from counter_assistant.ui.shell.error_log import note_error


def note(folder: Path, error: type[Exception] = ValueError) -> None:
    """As the window does it, of an error inside the program."""
    try:
        try:
            chinese_date(None)  # type: ignore[arg-type]
        except AttributeError as cause:
            raise error("罗𠅤克").with_traceback(cause.__traceback__) from None
    except error as raised:
        note_error(folder, type(raised), raised.__traceback__)


def test_what_the_window_noted_is_read_back_by_the_place_in_the_program(tmp_path: Path) -> None:
    note(tmp_path)
    note(tmp_path, KeyError)
    found = last_error(tmp_path)
    assert found is not None
    assert (found.kind, found.place.partition(":")[0]) == ("KeyError", "formatting.py")
    assert (tmp_path / NAME).read_text("utf-8").splitlines()[-1].startswith(found.time)


def test_a_kind_that_is_not_python_s_is_another(tmp_path: Path) -> None:
    class LiError(Exception):
        pass

    note(tmp_path, LiError)
    found = last_error(tmp_path)
    assert found is not None
    assert found.kind == "其他"


@pytest.mark.parametrize(
    "written", [b"", b"\n\n", "不是记录".encode(), b"\xff\xfe", b"2026-11-29 KeyError page.py:1 f"]
)
def test_what_is_no_record_tells_nothing(tmp_path: Path, written: bytes) -> None:
    (tmp_path / NAME).write_bytes(written)
    assert last_error(tmp_path) is None


def test_no_log_tells_nothing(tmp_path: Path) -> None:
    assert last_error(tmp_path) is None
    (tmp_path / NAME).mkdir()
    assert last_error(tmp_path) is None


def test_the_last_record_counts_and_a_place_elsewhere_does_not(tmp_path: Path) -> None:
    lines = [
        "2026-11-28 09:00:00 KeyError page.py:1 f",
        "2026-11-29 09:00:00 OSError page.py:20 f > files.py:3 g > pathlib.py:9 h",
        "…半行",
        "",
    ]
    (tmp_path / NAME).write_text("\n".join(lines), "utf-8")
    assert last_error(tmp_path) == ("2026-11-29 09:00:00", "OSError", "files.py:3")
    (tmp_path / NAME).write_text("2026-11-29 09:00:00 print pathlib.py:9 h\n", "utf-8")
    assert last_error(tmp_path) == ("2026-11-29 09:00:00", "其他", "")
