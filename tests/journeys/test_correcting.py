"""A paper with a wrong name is corrected by keys: from the desk to the archive, and back with everything that was done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.operations.archive.reprint_and_void import show
from counter_assistant.ui.archive.paper_panel import PaperPanel
from tests.journeys.keys import CONTROL, NAME, Counter
from tests.make import text_of
from tests.ui.find import find

pytestmark = pytest.mark.slow  # opens the whole window


def test_a_wrong_name_is_put_right_and_each_paper_names_the_other(counter: Counter) -> None:
    """GIVEN a promise with a wrong name WHEN it is asked for by what is to be done THEN all that was done stands on the desk again, and the new
    paper and the old one's reprint name each other."""
    case = counter.begin("11-promise")
    (old,) = case.papers
    counter.start()
    counter.type("gzws")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    assert find(counter.page, QLineEdit, "作废原因").hasFocus()
    counter.write("姓名打错")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_1)
    counter.press(Qt.Key.Key_E, CONTROL)
    counter.took("更正，从名字到受理台")
    desk = counter.desk.page
    assert counter.page is desk
    state = desk.model.state
    assert (state.case, state.item, state.name) == (case.id, "B01", "罗𠅤克")
    assert state.details == {"corrects": old, "correction": "姓名打错", "old_copy": "returned"}
    assert f"更正 {old}" in counter.says("decision_circumstances")
    assert find(desk, QLineEdit, "correction").text() == "姓名打错"
    name = find(desk, QLineEdit, "name")
    name.setFocus()
    name.selectAll()
    counter.write(NAME)
    counter.press(Qt.Key.Key_F9)
    new = counter.case(case.id).papers[-1]
    text = counter.issued(SlipKind.PROMISE_NOTICE, new)
    assert text.count(f"本单更正2026年11月23日的{old}，以本单为准") == 2
    counter.took("更正，改好出具")
    counter.press(Qt.Key.Key_F4)
    counter.write(old)
    counter.press(Qt.Key.Key_Return)
    panel = find(counter.page, PaperPanel)
    assert find(panel, QLabel, "message").text() == f"已由 {new} 更正：姓名打错。"
    counter.press(Qt.Key.Key_P, CONTROL)
    counter.qtbot.waitUntil(lambda: any(paper.title.startswith(old) for paper in counter.papers))
    again = next(text_of(paper.pdf) for paper in counter.papers if paper.title.startswith(old))
    assert again.count(f"补打第1次已由{new}更正") == 2
    assert (show(counter.office, new).corrects, counter.case(case.id).stage) == (old, case.stage)
    assert counter.sound()


def test_what_is_done_meanwhile_is_not_lost_and_a_draft_goes_on(counter: Counter) -> None:
    """GIVEN a correction on the desk WHEN it is put aside and taken up again THEN it is still one; told orally it is refused."""
    (old,) = counter.begin("5-inquiry").papers
    counter.press(Qt.Key.Key_F4)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Delete)
    counter.write("电话打错")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_2)
    counter.press(Qt.Key.Key_E, CONTROL)
    desk = counter.desk.page
    counter.press(Qt.Key.Key_F9, CONTROL)
    assert counter.office.book.head()[0] == counter.office.archive.show(old).entry.seq
    uuid = desk.model.state.uuid
    counter.press(Qt.Key.Key_N, CONTROL)
    counter.press(Qt.Key.Key_Z, CONTROL)
    assert (desk.model.state.uuid, desk.model.state.details["corrects"]) == (uuid, old)
    counter.press(Qt.Key.Key_F9)
    assert show(counter.office, old).voided
    assert counter.sound()
