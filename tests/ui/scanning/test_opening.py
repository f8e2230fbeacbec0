"""What is shown of a scanned paper, what is said where nothing can be shown, and codes that are pasted into a search."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit
from stdnum.iso7064 import mod_97_10

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.closing.outside_head import sheet_digits
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.archive.paper_panel import PaperPanel
from counter_assistant.ui.archive.voiding import VOIDING
from counter_assistant.ui.cases.actions import UNFINISHED
from counter_assistant.ui.scanning.opening import FIRST_THIS, NO_CODE
from counter_assistant.ui.shell.trouble import TroublePage
from tests.journeys.keys import CONTROL, NAME, Counter
from tests.make import ID_NUMBER, PHONE
from tests.ui.find import find
from tests.ui.scanning.gun import FAST, SLOW, Gun

pytestmark = pytest.mark.slow  # each opens the whole window

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def checked(digits: str) -> str:
    """A code with the right check digits."""
    return digits + mod_97_10.calc_check_digits(digits)


def said(counter: Counter) -> str:
    """What the status line says."""
    text: str = counter.window.status.message.accessibleName() or counter.window.status.message.text()
    return text


def scan(counter: Counter, gun: Gun, code: str, every: float = FAST) -> None:
    """Scans; the first digit of a slow scanner acts before it is known as one."""
    gun.every = every
    gun.type(code[0])
    if every == SLOW:
        gun.pause(30)
        gun.clock.time -= 30
    gun.type(code[1:])
    gun.key(Qt.Key.Key_Return)
    counter.qtbot.wait(1)


def test_on_the_page_of_papers_the_paper_itself_is_opened(counter: Counter, gun: Gun, case: Case, code: str) -> None:
    counter.window.show_page("archive")
    counter.write("没有这个人")
    scan(counter, gun, code)
    counter.qtbot.waitUntil(lambda: counter.page.record is not None)
    assert find(find(counter.page, PaperPanel), QLabel, "title").text() == case.papers[0]
    assert find(counter.page, QLineEdit, "查找文书").text() == case.papers[0]


def test_a_paper_that_is_just_being_made_void_stays_in_hand(counter: Counter, gun: Gun, case: Case, code: str) -> None:
    other = counter.begin("5-inquiry").papers[0]
    counter.window.show_page("archive")
    counter.write(other)
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Delete)
    counter.write("姓名打错")
    counter.press(Qt.Key.Key_Return)
    scan(counter, gun, code, every=SLOW)
    counter.qtbot.waitUntil(lambda: said(counter) == VOIDING)
    assert counter.page.void_line.copy.returned is None
    assert find(counter.page, QLineEdit, "作废原因").text() == "姓名打错"
    assert counter.page.record.row.number == other


def test_a_step_that_is_just_being_registered_stays_in_hand(counter: Counter, gun: Gun, case: Case, code: str) -> None:
    counter.begin("9-undecided")
    counter.window.show_page("cases")
    counter.write(case.papers[0])
    counter.press(Qt.Key.Key_F7)
    assert counter.page.line.isVisible()
    scan(counter, gun, code, every=SLOW)
    counter.qtbot.waitUntil(lambda: said(counter) == UNFINISHED)
    assert counter.page.line.isVisible()
    assert counter.page.line.choice is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda code: "2" + code[1:], "更新版本的程序"),
        (lambda code: "7" * 9 + code * 3, "更新版本的程序"),
        (lambda code: code[:-1] + str((int(code[-1]) + 1) % 10), "校验不符"),
        (lambda code: checked("1530999" + code[7:19]), "安装点 530999"),
        (lambda code: checked(code[:13] + "000009"), "没有这份文书"),
        (lambda code: code * 20, NO_CODE),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_line_and_the_page_stays(
    counter: Counter, gun: Gun, code: str, change: Any, sentence: str
) -> None:
    counter.take("b08", "12")
    answers = dict(counter.desk.page.model.state.answers)
    scan(counter, gun, change(code))
    counter.qtbot.waitUntil(lambda: sentence in said(counter))
    assert counter.page is counter.desk.page
    assert counter.desk.page.model.state.answers == answers


def test_a_page_that_has_to_be_done_first_stays(counter: Counter, gun: Gun, code: str) -> None:
    trouble = TroublePage(Refusal("test", "台账打不开。"))
    counter.window.show_instead(trouble)
    scan(counter, gun, code)
    counter.qtbot.waitUntil(lambda: said(counter) == FIRST_THIS)
    assert counter.page is trouble


@pytest.mark.nightly("scans", by_day=5)
@pytest.mark.parametrize("page", ["desk", "cases", "archive", "items"])
@pytest.mark.parametrize(
    "make", [str, lambda code: f"]Q1{code}\t", lambda code: code.translate(FULL_WIDTH), lambda code: f"{code}\n{code}"]
)
def test_a_pasted_code_is_opened_whatever_stood_in_the_search(
    counter: Counter, case: Case, code: str, page: str, make: Any
) -> None:
    counter.window.show_page(page)
    counter.write("张三")
    QGuiApplication.clipboard().setText(make(code))
    counter.press(Qt.Key.Key_V, CONTROL)
    if page == "archive":
        assert counter.page.record.row.number == case.papers[0]
    else:
        assert counter.page.case == case
    assert counter.search.text() == ""


def test_a_dialog_that_waits_for_an_answer_keeps_what_was_typed_in_it(
    counter: Counter, gun: Gun, case: Case, code: str
) -> None:
    dialog = QDialog(counter.window)
    edit = QLineEdit("一楼大厅", dialog)
    edit.setAccessibleName("地址")
    with counter.qtbot.waitActive(dialog):
        dialog.open()
    edit.setFocus()
    counter.qtbot.waitUntil(lambda: edit.hasFocus() and QGuiApplication.focusWindow() is dialog.windowHandle())
    scan(counter, gun, code, every=SLOW)
    counter.qtbot.waitUntil(lambda: getattr(counter.page, "case", None) == case)
    assert dialog.isVisible()
    assert edit.text() == "一楼大厅"
    dialog.close()


def test_three_digits_of_a_quick_hand_answer_three_questions(counter: Counter, gun: Gun) -> None:
    counter.take("b08", "")
    gun.every = 33
    gun.type("121")
    gun.pause()
    assert len(counter.desk.page.model.state.answers) == 3


def test_who_comes_back_with_their_paper_has_the_promise_in_five_keys(counter: Counter, gun: Gun) -> None:
    """GIVEN somebody who brings all that was missing, and the notice WHEN it is scanned THEN five keys lead to the promise."""
    person = {"name": NAME, "phone": PHONE, "id_number": ID_NUMBER}
    mine = counter.begin("8-promise-incomplete", applicant=person, received=["id-card"], defects=[])
    code = counter.office.archive.show(mine.papers[-1]).row.qr
    counter.morning(24)
    counter.start()
    scan(counter, gun, code)
    assert counter.page.case.id == mine.id
    counter.press(Qt.Key.Key_F9)
    counter.press(Qt.Key.Key_A, CONTROL)
    counter.set_circumstance("f")
    counter.press(Qt.Key.Key_F9)
    counter.took("再来一次，扫单子")
    assert counter.case(mine.id).due is not None
    assert counter.sound()


def test_a_day_sheet_is_held_against_the_book(counter: Counter, gun: Gun) -> None:
    """GIVEN the code of a day sheet WHEN it is scanned anywhere THEN the status line says whether the book is still that one."""
    seq, head = counter.office.book.head()
    scan(counter, gun, sheet_digits("530926", seq, head))
    counter.qtbot.waitUntil(lambda: said(counter) == f"日结单：第 {seq} 条与凭据相符。")
    scan(counter, gun, sheet_digits("530926", seq + 5, head))
    counter.qtbot.waitUntil(lambda: f"台账从第 {seq + 1} 条起就没有了" in said(counter))
