"""The look back stands before anything is issued: F9 with the cursor still in the field asks the book first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.notification import earlier
from counter_assistant.ui.desk.cards.bars import EarlierBar
from tests.make import ID_NUMBER, PHONE, a_request
from tests.ui.desk_hand import CONTROL, Bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

ANSWERS = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
OTHER_NUMBER = "110105194912310011"


def tell(desk: Bench, item: str = "B08", days_ago: int = 0, **applicant: Any) -> None:
    """Somebody was told on Monday, under the name 罗某 and the phone unless said otherwise; then so many days go by."""
    issue_slip(desk.office, a_request(item, applicant={"name": "罗某", "phone": PHONE, **applicant}))
    go_by(desk, days_ago)


def go_by(desk: Bench, days: int) -> None:
    now = desk.office.clock() + timedelta(days=days)
    desk.office.clock = desk.office.database.clock = lambda: now


def serve(desk: Bench, name: str = "罗某", phone: str = PHONE, id_number: str = "") -> None:
    """Takes the item and fills the applicant in; the cursor stays in the last field, and nothing is waited for."""
    desk.take("zlsc")
    for key, text in (("name", name), ("phone", phone), ("id_number", id_number)):
        if text:
            desk.field(key).setFocus()
            commit(text) if key == "name" else type_(text)


def papers(desk: Bench) -> int:
    return len(desk.printing.papers)


def question(desk: Bench) -> str:
    return desk.says("decision_question")


def test_f9_with_the_cursor_in_the_phone_asks_the_book_first_and_goes_on_at_the_second(desk: Bench) -> None:
    tell(desk, days_ago=3)
    serve(desk)
    assert desk.earlier.waiting
    press(Qt.Key.Key_F9)
    assert papers(desk) == 0
    assert question(desk).startswith("上次 11月23日 李某 告知过这件事（临公积金示一告〔2026〕1号）")
    assert question(desk).endswith("。再按 F9 照常办理，按 Ctrl+L 对照。")
    assert desk.says("earlier_words")
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1
    assert question(desk) == ""


def test_where_nothing_is_found_f9_once_is_enough_and_no_slip_is_its_own_forerunner(qtbot: Any, desk: Bench) -> None:
    tell(desk, phone="13900001111", days_ago=3)  # a namesake holds nobody up
    serve(desk)
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1
    qtbot.wait(400)
    assert "给同一人办过" not in desk.says("earlier_words")
    desk.page.renew_office()
    qtbot.wait(400)
    assert "给同一人办过" not in desk.says("earlier_words")


def test_the_focus_stays_in_the_field_and_what_is_typed_there_mends_it(desk: Bench) -> None:
    tell(desk, name="罗谋", id_number=ID_NUMBER, days_ago=3)
    serve(desk, phone="13900001111", id_number=ID_NUMBER)
    field = focused()
    press(Qt.Key.Key_F9)
    assert question(desk).startswith(
        "此号码上次登记的姓名是“罗谋”（11月23日）。请核对证件：号码填错的改正，没有错再按 F9。"
    )
    assert focused() is field
    press(Qt.Key.Key_A, CONTROL)
    type_(OTHER_NUMBER)
    assert question(desk) == ""
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1
    (told, mine) = list(desk.office.book.entries(EntryKind.SLIP_ISSUED))
    assert "confirmed" not in mine.payload["facts"]
    assert told.payload["applicant"]["id_number"] != mine.payload["applicant"]["id_number"]


def test_what_stood_in_the_line_already_does_not_stop_a_second_time(qtbot: Any, desk: Bench) -> None:
    tell(desk, days_ago=3)
    serve(desk)
    qtbot.waitUntil(lambda: not desk.earlier.waiting)
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1


def test_what_was_done_today_stops_once_even_where_it_stood_in_the_line(qtbot: Any, desk: Bench) -> None:
    tell(desk)
    serve(desk)
    qtbot.waitUntil(lambda: not desk.earlier.waiting)
    press(Qt.Key.Key_F9)
    assert papers(desk) == 0
    assert question(desk).startswith("今天 10:42 李某已经给同一人办过这件事：临公积金示一告〔2026〕1号")
    desk.field("id_number").setFocus()
    type_(ID_NUMBER)  # the same finding is not asked about again
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1


def test_a_spoken_notice_is_held_up_alike_and_names_its_own_key(desk: Bench) -> None:
    tell(desk)
    serve(desk)
    press(Qt.Key.Key_F9, CONTROL)
    assert question(desk).endswith("。再按 Ctrl+F9 照常办理，按 Ctrl+L 对照。")
    assert next(desk.office.book.entries(EntryKind.ORAL_NOTICE), None) is None
    press(Qt.Key.Key_F9, CONTROL)
    assert next(desk.office.book.entries(EntryKind.ORAL_NOTICE), None) is not None


def test_a_key_held_down_answers_nothing(desk: Bench) -> None:
    tell(desk)
    serve(desk)
    press(Qt.Key.Key_F9)
    for modifier in (Qt.KeyboardModifier.NoModifier, CONTROL):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F9, modifier, autorep=True)
        QApplication.sendEvent(focused(), held)
    assert papers(desk) == 0
    assert question(desk)
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1


def test_a_click_is_held_up_and_goes_on_like_the_key(qtbot: Any, desk: Bench) -> None:
    tell(desk)
    serve(desk)
    primary = desk.find(QPushButton, "issue")
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert (papers(desk), primary.isEnabled()) == (0, True)
    qtbot.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert papers(desk) == 1


def test_a_number_under_another_name_is_asked_about_once_and_the_answer_is_in_the_book(desk: Bench) -> None:
    tell(desk, "B01", name="罗谋", id_number=ID_NUMBER, days_ago=3)
    serve(desk, id_number=ID_NUMBER)
    press(Qt.Key.Key_F9)
    assert papers(desk) == 0
    assert desk.says("earlier_words") == "此号码上次登记的姓名是“罗谋”（11月23日）"
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1
    (told, mine) = list(desk.office.book.entries(EntryKind.SLIP_ISSUED))
    assert mine.payload["facts"]["confirmed"] == {"id_number": told.seq}
    press(Qt.Key.Key_Return)
    go_by(desk, 1)
    serve(desk, name="罗谋", id_number=ID_NUMBER)
    press(Qt.Key.Key_F9)
    assert "此号码" not in question(desk)  # told yesterday, and nothing more


def test_nobody_is_called_the_same_person_whose_name_is_not_confirmed(qtbot: Any, desk: Bench) -> None:
    tell(desk, name="罗谋", id_number=ID_NUMBER)
    serve(desk, id_number=ID_NUMBER)
    qtbot.waitUntil(lambda: not desk.earlier.waiting)
    words = desk.says("earlier_words")
    assert words.startswith("此号码上次登记的姓名是“罗谋”（11月23日）；今天 10:42 李某已经给同一号码办过这件事：")
    assert desk.find(EarlierBar, "上次告知").property("attention") is True


def test_another_name_for_the_number_is_another_question(desk: Bench) -> None:
    tell(desk, name="罗谋", id_number=ID_NUMBER, days_ago=3)
    serve(desk, id_number=ID_NUMBER)
    press(Qt.Key.Key_F9)
    desk.field("name").setFocus()
    commit("甲")
    press(Qt.Key.Key_F9)
    assert (papers(desk), question(desk)[:10]) == (0, "此号码上次登记的姓名")


def test_a_phone_of_somebody_with_another_number_is_asked_about(desk: Bench) -> None:
    tell(desk, "B01", name="玉罕", id_number=OTHER_NUMBER, days_ago=3)
    serve(desk, id_number=ID_NUMBER)
    press(Qt.Key.Key_F9)
    assert question(desk).startswith(
        "此电话上次登记的姓名是“玉罕”（11月23日），两人证件号码不同。请核对证件：电话填错的改正，没有错再按 F9。"
    )
    press(Qt.Key.Key_F9)
    assert papers(desk) == 1


def test_a_case_that_goes_on_is_no_surprise(desk: Bench) -> None:
    tell(desk, days_ago=3)
    (case,) = desk.office.cases.found("罗某")
    desk.page.take_request(a_request(applicant={"name": "罗某", "phone": PHONE}, answers=ANSWERS, case=case.id))
    assert desk.earlier.waiting
    QTest.keyClick(desk.page, Qt.Key.Key_F9)
    assert papers(desk) == 1


def test_a_book_that_cannot_be_asked_says_so_and_holds_nobody_up(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise Refusal("book-damaged", "台账第 2 条记录读不出。")

    serve(desk)
    monkeypatch.setattr(earlier, "look_back", refuse)
    press(Qt.Key.Key_F9)
    assert (papers(desk), desk.messages) == (1, ["台账第 2 条记录读不出。"])
