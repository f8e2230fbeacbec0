"""The journal is written on while nobody waits, and the status line speaks only while something is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.operations.office import Office
from counter_assistant.storage.safekeeping.journal_place import JournalPlace, write_place
from counter_assistant.storage.safekeeping.journal_reading import AT_ONCE
from counter_assistant.ui import journal_watch
from counter_assistant.ui.journal_watch import JournalWatch
from counter_assistant.ui.shell.status_line import ASTRAY, StatusLine
from tests.make import an_office
from tests.storage.safekeeping.second_place import is_whole


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    (tmp_path / "stick").mkdir()
    made = an_office(tmp_path / "data")
    yield made
    made.close()


def test_what_is_missing_is_written_and_said_until_it_is_there(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_assistant.domain.entry import EntryKind

    monkeypatch.setattr(journal_watch, "LOOK_MS", 20)
    for n in range(AT_ONCE * 2):
        office.book.append(EntryKind.INQUIRY, {"n": n})
    stick = tmp_path / "stick"
    write_place(tmp_path / "data", JournalPlace(stick, apart=False))
    status = StatusLine()
    qtbot.addWidget(status)
    status.show()
    watch = JournalWatch(office, status.show_second_place)
    qtbot.waitUntil(lambda: office.journal.end is not None and office.journal.end.seq == office.book.head()[0])
    qtbot.waitUntil(lambda: not status.second_place.isVisible())
    assert is_whole(office.book, stick)
    stick.rename(tmp_path / "out")
    qtbot.waitUntil(status.second_place.isVisible)
    assert "不在" in status.second_place.accessibleName()
    (tmp_path / "out").rename(stick)
    qtbot.waitUntil(lambda: not status.second_place.isVisible())
    watch.deleteLater()


def test_a_journal_that_is_not_where_it_was_begun_is_said_in_red_and_the_mode_is_not_normal(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_watch, "LOOK_MS", 20)
    stick, status = tmp_path / "stick", StatusLine()
    write_place(tmp_path / "data", JournalPlace(stick, apart=False))
    assert office.journal.write_all()
    stick.rename(tmp_path / "out")
    stick.mkdir()
    qtbot.addWidget(status)
    status.show()
    status.show_mode(Mode.NORMAL)
    watch = JournalWatch(office, status.show_second_place)
    qtbot.waitUntil(status.second_place.isVisible)
    assert status.second_place.property("role") == "error"
    assert "流水的文件不在原来的地方" in status.second_place.accessibleName()
    assert status.mode.text() == f"● {ASTRAY}"
    status.show_mode(Mode.NORMAL, "示例")  # as the window does when the office has changed
    assert status.mode.text() == f"● {ASTRAY}"
    assert list(stick.iterdir()) == []
    stick.rmdir()
    (tmp_path / "out").rename(stick)
    qtbot.waitUntil(lambda: not status.second_place.isVisible())
    assert status.mode.text() == "● 示例"
    watch.deleteLater()
