"""The line that registers a step: forbidden words in its note are said at once, replaced by a key or kept with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.ui.cases.page import CasesPage
from counter_assistant.ui.cases.step_line import StepLine
from tests.decision_rows import ROWS
from tests.make import a_request, an_office
from tests.ui.counter import CONTROL, commit, press, show
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
TYPED = "当事人说：别催了，烦死了"
REPLACED = "当事人说：请放心！我们会尽快为您办理的。"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def line(qtbot: QtBot, office: Office) -> StepLine:
    """The line of a case, asking about a call to the applicant, with forbidden words in its note."""
    issue_slip(office, a_request(**{**ROWS["11-promise"][0], "request_id": "11-promise"}))
    page = CasesPage(office)
    show(qtbot, page)
    press(Key.Key_8, Qt.KeyboardModifier.AltModifier)
    press(Key.Key_F7)
    press(Key.Key_4)
    line = find(page, StepLine)
    assert note(line).hasFocus()
    commit(TYPED)
    return line


def note(line: StepLine) -> QLineEdit:
    return find(line, QLineEdit, "note")


def quoted(line: StepLine) -> QLineEdit:
    return find(line, QLineEdit, "quoted")


def fault(line: StepLine) -> QLabel:
    return find(line, QLabel, "fault")


def test_it_is_said_beneath_and_one_key_replaces(line: StepLine) -> None:
    assert note(line).property("wrong")
    assert "“别催了，烦死了”是服务忌语" in fault(line).text()
    press(Key.Key_R, CONTROL)
    assert note(line).text() == REPLACED
    assert fault(line).isHidden()
    press(Key.Key_Z, CONTROL)
    assert note(line).text() == TYPED


def test_enter_records_nothing_while_it_stands(line: StepLine, office: Office) -> None:
    press(Key.Key_Return)
    assert office.book.latest(EntryKind.CASE_STEP) is None
    assert note(line).hasFocus()


def test_a_quotation_is_recorded_with_its_reason(line: StepLine, office: Office) -> None:
    press(Key.Key_U, CONTROL)
    assert quoted(line).hasFocus()
    press(Key.Key_Return)
    assert "保留“别催了，烦死了”要写明理由" in fault(line).text()
    assert quoted(line).property("wrong")
    commit("转述对方原话")
    press(Key.Key_Return)
    entry = office.book.latest(EntryKind.CASE_STEP)
    assert entry
    assert (entry.payload["note"], entry.payload["quoted"]) == (TYPED, "转述对方原话")


def test_the_key_once_more_takes_it_back(line: StepLine) -> None:
    press(Key.Key_U, CONTROL)
    note(line).setFocus()
    press(Key.Key_U, CONTROL)
    assert not quoted(line).isVisible()
    assert note(line).property("wrong")


def test_another_step_begins_anew(line: StepLine) -> None:
    press(Key.Key_U, CONTROL)
    press(Key.Key_Escape)
    press(Key.Key_F7)
    press(Key.Key_B)
    assert QApplication.focusWidget() is note(line)
    assert not quoted(line).isVisible()
    assert fault(line).isHidden()
