"""The line in the settings after a restore: which numbers are never given, and of how many slips nobody knows whether they came out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.settings.safekeeping.restored_line import RestoredLine
from tests.operations.safekeeping.test_restoring import a_branch, on_a_new_pc
from tests.ui.find import find


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


def test_it_names_the_skipped_numbers_the_next_one_and_how_many_nobody_knows_of(qtbot: Any, tmp_path: Path) -> None:
    """GIVEN a copy of two slips that was restored on a new PC with 4 as the last number on paper WHEN the line is shown THEN it says 3 to 4,
    5, and that of both slips nobody knows whether they were printed."""
    branch = a_branch(tmp_path, sealed=False)
    branch.issue("a", "b")
    copy = branch.backup()
    new = on_a_new_pc(branch)
    new.restore(copy, last=("告〔2026〕4号",))
    office, owner = new.open(), QWidget()
    qtbot.addWidget(owner)
    try:
        line = RestoredLine(office, owner)
        note = find(owner, QLabel, "restored_note").text()
        assert "在那以后还办过的，要补。" in note
        assert "不再出的号：一次性告知单 2026 年 3 到 4 号，下一个 5 号。来的文书里 2 份不知道打出来没有。" in note
        for number in office.prints.all():
            office.prints.settle([number])
        line.load()
        assert "不知道打出来没有" not in find(owner, QLabel, "restored_note").text()
    finally:
        office.close()
