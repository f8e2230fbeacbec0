"""The same identity number under another name, and F9 with the cursor still in the field: by keys alone, in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter_assistant.domain.entry import Entry, EntryKind
from tests.journeys.keys import Counter
from tests.make import ID_NUMBER, PHONE
from tests.ui.find import find

pytestmark = pytest.mark.slow  # each opens the whole window

OTHER_PHONE = "13900001111"


def serve(counter: Counter, name: str, phone: str, id_number: str = "") -> None:
    """From the item's initials to F9, pressed with the cursor still in the last field: nothing is waited for."""
    counter.start()
    counter.take("zl", "1112")
    counter.who(name, phone, id_number)
    counter.press(Qt.Key.Key_F9)


def slips(counter: Counter) -> list[Entry]:
    return list(counter.office.book.entries(EntryKind.SLIP_ISSUED))


def question(counter: Counter) -> str:
    words: str = counter.says("decision_question")
    return words


def test_a_number_that_belongs_to_another_name_is_asked_about_once(counter: Counter) -> None:
    # GIVEN somebody who was told on Monday, with F9 once, since nothing was found
    serve(counter, "岩撼", PHONE, ID_NUMBER)
    assert len(slips(counter)) == 1
    first = counter.pressed
    counter.took("头一回来，三栏都填")
    counter.press(Qt.Key.Key_Return)

    # WHEN the same identity number comes on Thursday under another name, and F9 is pressed with the cursor in the field
    counter.morning(26)
    serve(counter, "岩罕", OTHER_PHONE, ID_NUMBER)

    # THEN nothing is issued yet, the sentence names who it was, and the cursor is where it was
    assert len(slips(counter)) == 1
    assert question(counter) == (
        "此号码上次登记的姓名是“岩撼”（11月23日）。请核对证件：号码填错的改正，没有错再按 F9。"
    )
    assert "同一人" not in counter.says("earlier_words")
    assert find(counter.desk.page, QLineEdit, "id_number").hasFocus()

    # WHEN the clerk has looked at the card and answers with the same key THEN it is issued, and the answer is in the book
    counter.press(Qt.Key.Key_F9)
    (told, mine) = slips(counter)
    assert mine.payload["applicant"]["name"] == "岩罕"
    assert mine.payload["facts"]["confirmed"] == {"id_number": told.seq}
    assert counter.pressed == first + 1
    counter.took("号码登记在别的姓名下")
    counter.qtbot.waitUntil(lambda: [paper.title for paper in counter.papers][1:] == [mine.payload["card"]["number"]])
    counter.press(Qt.Key.Key_Return)

    # AND it is asked no more, under neither name
    for name, phone in (("岩罕", OTHER_PHONE), ("岩撼", PHONE)):
        serve(counter, name, phone, ID_NUMBER)
        assert "此号码" not in question(counter)
        counter.press(Qt.Key.Key_Escape)
    assert counter.sound()


def test_f9_right_after_the_phone_stops_before_the_slip_and_not_after_it(counter: Counter) -> None:
    serve(counter, "岩罕", PHONE)
    first = counter.pressed
    counter.qtbot.wait(400)  # longer than the look back waits for a pause in typing
    assert counter.says("earlier_words") == "", "a slip is no forerunner of its own"
    counter.press(Qt.Key.Key_Return)
    counter.morning(26)
    serve(counter, "岩罕", PHONE)
    assert len(slips(counter)) == 1
    assert question(counter).startswith("上次 11月23日 罗𠅤克 告知过这件事（临公积金耿一告〔2026〕1号）：")
    counter.press(Qt.Key.Key_F9)
    assert len(slips(counter)) == 2
    assert counter.pressed == first + 1
    counter.took("来过、还没看到就按 F9")
