"""A case at hand: the window as it is put together, an open promise in it, and every key counted."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.case import Case
from counter_assistant.operations import casework
from counter_assistant.operations.issuing import issue_slip
from counter_assistant.storage.cases import CaseList
from tests.decision_rows import ROWS
from tests.make import a_request
from tests.test_case_journeys import MONDAY, Counter, counter
from tests.ui.desk_hand import commit, press, type_

__all__ = ["Hand", "counter", "hand"]


class Hand:
    """The keys of one journey. What an input method commits is counted as characters, apart from the keys."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.keys = self.characters = 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        press(key, modifiers)

    def type(self, text: str) -> None:
        self.keys += len(text)
        type_(text)

    def write(self, text: str) -> None:
        self.characters += len(text)
        commit(text)

    @property
    def page(self) -> Any:
        """The page that the window shows."""
        return self.counter.window.stack.currentWidget()

    def begin(self, row: str) -> Case:
        """An act of Monday morning, before the journey."""
        issue_slip(self.counter.office, a_request(**{**ROWS[row][0], "request_id": row}))
        return self.case(row)

    def case(self, case_id: str) -> Case:
        return casework.case_of_id(self.counter.office, case_id)

    def day(self, day: int) -> None:
        """Another morning."""
        self.counter.now = MONDAY.replace(day=day)

    def lists(self, case_id: str) -> set[CaseList]:
        return {which for which in CaseList if case_id in {case.id for case in self.counter.cases(which)}}

    def said(self, capsys: pytest.CaptureFixture[str], journey: str, most: int) -> None:
        """Prints how many keys the journey took, and holds it to at most so many."""
        with capsys.disabled():
            print(f"\n{journey}：{self.keys} 键，另输入 {self.characters} 字")
        assert self.keys <= most


@pytest.fixture
def hand(counter: Counter) -> Hand:
    return Hand(counter)
