"""What the watch hands on and what it does not: suffixes, input methods, quick hands, keys held down, busy windows."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.ui.scanning.burst import SURE_GAP_MS
from counter_assistant.ui.scanning.taking_back import remember_focus
from counter_assistant.ui.scanning.watch import ScanWatch
from tests.ui.desk_hand import commit
from tests.ui.scanning.gun import HAND, SLOW, Gun, TurnedClock, window

pytestmark = pytest.mark.slow  # each waits as long as a hand may need

CODE = "153092602202600012884"
FOUND = Scan(CODE, known=True)
CONTROL = Qt.KeyboardModifier.ControlModifier


class Form(QWidget):
    """Two fields, and what the keys did in them."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QLineEdit("张三"), QLineEdit()
        rows = QVBoxLayout(self)
        for edit in (self.first, self.second):
            rows.addWidget(edit)
        self.entered, self.panels = 0, 0
        self.first.returnPressed.connect(self._enter)
        QShortcut(QKeySequence("Ctrl+J"), self, self._panel)

    def _enter(self) -> None:
        self.entered += 1

    def _panel(self) -> None:
        self.panels += 1


@pytest.fixture
def form(qtbot: Any) -> Form:
    made = Form()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.first.setFocus()
    made.first.end(False)
    return made


@pytest.fixture
def seen() -> list[Scan | None]:
    return []


@pytest.fixture
def gun(form: Form, seen: list[Scan | None]) -> Gun:
    watch = ScanWatch(remember_focus, parent=form)
    watch.scanned.connect(seen.append)
    return Gun(watch)


def settle(gun: Gun) -> None:
    gun.pause()
    QApplication.processEvents()


@pytest.mark.parametrize("before", ["", "]Q1", "]Q3", "]"])
@pytest.mark.parametrize(
    "behind",
    [
        (), ((Qt.Key.Key_Return,),), ((Qt.Key.Key_Enter,),), ((Qt.Key.Key_Tab,),), ((Qt.Key.Key_Return,), (Qt.Key.Key_J, CONTROL)),
        ((Qt.Key.Key_Return,), (Qt.Key.Key_Return,)), ((Qt.Key.Key_M, CONTROL), (Qt.Key.Key_J, CONTROL)),
    ],
)  # fmt: skip
def test_whatever_a_scanner_types_around_a_code_it_is_one_scan_and_acts_nowhere(
    form: Form, gun: Gun, seen: list[Scan | None], before: str, behind: tuple[tuple[Any, ...], ...]
) -> None:
    gun.type(before + CODE)
    for key in behind:
        gun.key(*key)
    settle(gun)
    assert seen == [FOUND]
    assert (form.first.text(), form.second.text(), form.entered, form.panels) == ("张三", "", 0, 0)
    assert form.first.hasFocus()


def test_full_width_digits_of_an_input_method_are_a_scan_too(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    gun.type("]Q1")
    gun.commit(CODE.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
    gun.key(Qt.Key.Key_Return)
    settle(gun)
    assert seen == [FOUND]
    assert form.first.text() == "张三"


def test_a_code_that_comes_in_one_piece_is_a_scan(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    commit(CODE)
    settle(gun)
    assert seen == [FOUND]
    assert form.first.text() == "张三"


def test_two_scans_in_a_row_are_both_seen(gun: Gun, seen: list[Scan | None]) -> None:
    for _ in range(2):
        gun.type(CODE)
        gun.key(Qt.Key.Key_Return)
        QApplication.processEvents()
    assert seen == [FOUND, FOUND]
    gun.type(CODE + CODE)
    settle(gun)
    assert seen == [FOUND] * 3


def test_what_no_paper_holds_is_seen_and_fills_in_nothing(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    gun.type("1234567890" * 41)
    gun.type("2" + CODE[1:])
    settle(gun)
    gun.type("2" + CODE[1:])
    settle(gun)
    assert seen == [None, Scan("2" + CODE[1:], known=False)]
    assert form.first.text() == "张三"


@pytest.mark.parametrize("digits", ["1", "211", "138", "110105194912310021", CODE[:20]])
def test_fewer_digits_are_handed_on_in_their_order(form: Form, gun: Gun, seen: list[Scan | None], digits: str) -> None:
    gun.type(digits)
    gun.pause()
    assert form.first.text() == f"张三{digits}"
    gun.commit(digits)
    gun.pause()
    assert form.first.text() == f"张三{digits}{digits}"
    assert seen == []


def test_a_quick_hand_is_answered_in_its_order_whatever_keys_it_mixes(form: Form, gun: Gun) -> None:
    gun.every = HAND
    gun.type("1a23b")
    gun.key(Qt.Key.Key_Backspace)
    gun.type("45")
    gun.key(Qt.Key.Key_Return)
    gun.type("6")
    gun.key(Qt.Key.Key_Tab)
    gun.type("78")
    gun.pause()
    assert (form.first.text(), form.entered, form.second.text()) == ("张三1a23456", 1, "78")


def test_a_lone_digit_acts_after_a_moment(form: Form, gun: Gun) -> None:
    gun.type("1")
    gun.pause(30)
    assert form.first.text() == "张三1"


def test_a_key_held_down_types_as_ever(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    gun.every = HAND
    gun.hold_down(Qt.Key.Key_1, 60)
    gun.pause()
    assert form.first.text() == "张三" + "1" * 60
    assert seen == []


def test_digits_within_other_text_that_a_machine_types_stay_text(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    gun.type(f"id={CODE}")
    gun.key(Qt.Key.Key_Return)
    settle(gun)
    assert (form.first.text(), form.entered, seen) == (f"张三id={CODE}", 1, [])


def test_a_slow_scanner_is_one_even_where_it_falters(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    gun.every = SLOW
    gun.type(CODE[0])
    gun.pause(30)
    assert form.first.text() == "张三1"
    gun.clock.time -= 30
    gun.type(CODE[1:10])
    gun.clock.time += SURE_GAP_MS - SLOW - 1
    gun.type(CODE[10:])
    gun.key(Qt.Key.Key_Return)
    settle(gun)
    assert seen == [FOUND]
    assert (form.first.text(), form.first.cursorPosition(), form.entered) == ("张三", 2, 0)


class Stamped(TurnedClock):
    """The platform says when each key was struck, which here is in its scan code; the window may get all at once, or late."""

    def struck(self, event: QKeyEvent) -> int:
        return event.nativeScanCode()


def strike(stamp: int, sign: str) -> None:
    no = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window(), QKeyEvent(QEvent.Type.KeyPress, ord(sign), no, stamp, 0, 0, sign))


def test_what_a_hand_typed_while_the_window_was_busy_is_no_scan(form: Form, gun: Gun, seen: list[Scan | None]) -> None:
    gun.watch.clock = gun.clock = Stamped()
    for n, sign in enumerate(CODE):
        strike(1000 + 120 * n, sign)
    settle(gun)
    assert seen == []
    assert form.first.text() == f"张三{CODE}"


def test_a_scan_is_one_though_the_window_was_busy_in_the_midst_of_it(
    form: Form, gun: Gun, seen: list[Scan | None]
) -> None:
    gun.watch.clock = gun.clock = Stamped()
    for n, sign in enumerate(CODE):
        gun.clock.time += 400 if n == 11 else 1
        strike(1000 + 5 * n, sign)
    settle(gun)
    assert seen == [FOUND]
    assert form.first.text() == "张三"


def test_a_scan_while_the_input_method_composes_leaves_what_is_composed(
    form: Form, gun: Gun, seen: list[Scan | None]
) -> None:
    """The first digit chooses a word, which stays; the others come as keys."""
    commit("", "zhang")
    commit("张")
    gun.type(CODE[1:])
    gun.key(Qt.Key.Key_Return)
    settle(gun)
    assert seen == [FOUND]
    assert (form.first.text(), form.entered) == ("张三张", 0)


def test_the_focus_in_another_window_is_watched_as_well(
    qtbot: Any, form: Form, gun: Gun, seen: list[Scan | None]
) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    gun.type(CODE)
    settle(gun)
    assert (seen, other.text()) == ([FOUND], "")
