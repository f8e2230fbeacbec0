"""What is due is destroyed by keys: listed by its name, two people, once more to be sure, and the certificate comes out in duplicate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from counter_assistant.domain.papers.paper_entry import DESTROYED
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.archive.certificates import certificates
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP
from counter_assistant.ui.archive.due_line import SURE, DueLine
from counter_assistant.ui.archive.model import STATE
from tests.journeys.keys import CONTROL, Counter
from tests.make import text_of
from tests.ui.archive.test_page import shown
from tests.ui.find import find

pytestmark = pytest.mark.slow  # opens the whole window
GROUND = "临公积金办〔2038〕3号"


def twelve_years_later(counter: Counter) -> list[str]:
    """Two notices of twelve years ago, of which one is due; the first clerk is an archivist, the second a supervisor. Returns their numbers."""
    numbers = [*counter.begin("5-inquiry").papers, *counter.begin("11-promise").papers]
    profile = counter.office.profile
    roles = ((Role.CLERK, Role.ARCHIVIST, Role.ADMINISTRATOR), (Role.SUPERVISOR,))
    given = tuple(replace(one, roles=tuple(has)) for one, has in zip(profile.clerks, roles, strict=False))
    counter.office.decide_profile(replace(profile, clerks=(*given, *profile.clerks[2:])))
    counter.now += timedelta(days=366 * 12)
    counter.office.confirm_clock()
    counter.now += AFTER_A_JUMP
    counter.start()
    return numbers


def test_two_people_destroy_what_is_due(counter: Counter) -> None:
    notice, promise = twelve_years_later(counter)
    counter.type("xhws")
    counter.press(Qt.Key.Key_Return)
    line: Any = find(counter.page, DueLine)
    counter.qtbot.waitUntil(line.isVisible)
    assert line.title.text() == "保存期满：文书 1 份"
    assert [counter.page.finder.model.row(n).number for n in range(counter.page.finder.found)] == [notice]
    counter.write(GROUND)
    counter.press(Qt.Key.Key_Return)
    counter.write("0002")
    counter.press(Qt.Key.Key_Return)
    assert find(line, QLabel, "due_fault").text() == SURE
    assert not counter.office.archive.show(notice).row.destroyed
    counter.press(Qt.Key.Key_Return, CONTROL)
    counter.took("销毁保存期满的文书")
    (done,) = certificates(counter.office)
    assert (done.by, done.second, done.reason, [paper.number for paper in done.papers]) == (
        "0001",
        "0002",
        GROUND,
        [notice],
    )
    counter.qtbot.waitUntil(lambda: [paper.title for paper in counter.papers] == [done.number])
    text = text_of(counter.papers[0].pdf)
    assert text.count("档案销毁清册") == 2
    assert (text.count(notice), text.count(promise)) == (2, 0)
    assert f"第{done.before[0]}条：" in text
    assert done.after[1][:4] in text
    said = find(counter.page.panel, QLabel, "message").text()
    assert said.startswith(f"已销毁 1 份，{done.number}。本机和插着的备份盘上")
    assert shown(counter.page, STATE) == ["已销毁"]
    row = counter.office.archive.show(notice).row
    assert (row.destroyed, row.item_name, row.applicant) == (True, DESTROYED, "")
    assert not counter.office.archive.show(promise).row.bare
    counter.press(Qt.Key.Key_F2)
    counter.type("xhqc")
    counter.press(Qt.Key.Key_Return)
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 2)
    assert counter.papers[1].title == done.number
    assert counter.sound()


def test_what_stands_against_a_demand_is_said_and_one_record_goes_for_its_person(counter: Counter) -> None:
    """GIVEN a promise that is still kept and a notice that is not WHEN their person wants them deleted THEN the first is refused with its last day, the
    second goes."""
    notice, promise = twelve_years_later(counter)
    for number in (promise, notice):
        counter.press(Qt.Key.Key_F2)
        counter.start()
        counter.type("bryqsc")
        counter.press(Qt.Key.Key_Return)
        counter.write(number)
        counter.press(Qt.Key.Key_Return)
        said = find(counter.page.panel, QLabel, "message").text()
        if number == promise:
            assert "还没有办结" in said
            assert find(counter.page, DueLine).isHidden()
            counter.press(Qt.Key.Key_Escape)
    assert find(counter.page, QLineEdit, "销毁的依据").text() == "本人要求删除"
    counter.press(Qt.Key.Key_Return)
    counter.write("0002")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return, CONTROL)
    counter.took("应本人要求删除一份")
    assert [len(one.papers) for one in certificates(counter.office)] == [1]
    assert counter.office.archive.show(notice).row.destroyed
    assert not counter.office.archive.show(promise).row.bare
    assert counter.sound()


def test_what_cannot_be_is_said_in_the_line_and_what_was_typed_stays(counter: Counter) -> None:
    twelve_years_later(counter)
    counter.type("xhws")
    counter.press(Qt.Key.Key_Return)
    line: Any = find(counter.page, DueLine)
    counter.qtbot.waitUntil(line.isVisible)
    head = counter.office.book.head()
    counter.press(Qt.Key.Key_Return, CONTROL)
    assert "依据" in line.fault.text()
    counter.write(GROUND)
    for second, sentence in (("", "另一位"), ("0001", "两个人"), ("0009", "0009"), ("0003", "0003")):
        line.second.clear()
        line.second.setFocus()
        counter.write(second)
        counter.press(Qt.Key.Key_Return, CONTROL)
        counter.press(Qt.Key.Key_Return, CONTROL)
        assert sentence in line.fault.text() or second == "0003", second
    assert counter.office.book.head() == head
    counter.press(Qt.Key.Key_Escape)
    assert line.isHidden()
    assert counter.page.finder.search.hasFocus()
    assert line.reason.text() == GROUND
    counter.press(Qt.Key.Key_F2)
    counter.type("xhqc")
    counter.press(Qt.Key.Key_Return)
    assert "还没有销毁过" in find(counter.page.panel, QLabel, "message").text()
