"""A scan in every place of the window: it opens its case, and what stood on the desk and in the fields stands there still."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from counter_assistant.domain.cases.case import Case
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.cases.page import CasesPage
from counter_assistant.ui.desk.cards.item_search import ItemSearch
from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.widgets.fields.number_edit import RestingEdit
from tests.journeys.keys import ALT, CONTROL, NAME, Counter
from tests.make import ID_NUMBER, PHONE
from tests.ui.desk_hand import focused
from tests.ui.find import find
from tests.ui.scanning.gun import FAST, SLOW, Gun

pytestmark = pytest.mark.slow  # each opens the whole window

RENTS = "12122"
"""The answers of somebody who rents: the focus is then in the materials."""


def begun(counter: Counter, digits: str = "1") -> None:
    """An item is taken, and so many of its questions are answered."""
    counter.take("b08", digits)


def filled_in(counter: Counter) -> None:
    begun(counter, RENTS)
    counter.press(Qt.Key.Key_Space)
    counter.who(NAME, PHONE, ID_NUMBER)


def at(field: str) -> Callable[[Counter], None]:
    """Everything is filled in, and the focus is in a field with its cursor within the text."""

    def go(counter: Counter) -> None:
        filled_in(counter)
        edit = find(counter.desk.page, QLineEdit, field)
        edit.setFocus()
        edit.setCursorPosition(2)

    return go


def at_agent(counter: Counter) -> None:
    begun(counter, "2")
    find(counter.desk.page, QLineEdit, "agent_name").setFocus()


def in_materials(counter: Counter) -> None:
    begun(counter, RENTS)
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Space)


def refused(counter: Counter) -> None:
    begun(counter, "1")
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_F9)


def issued(counter: Counter) -> None:
    begun(counter, RENTS)
    counter.who(NAME, "13900000009")
    counter.press(Qt.Key.Key_F9)
    counter.qtbot.waitUntil(lambda: counter.desk.page.served)


def elsewhere(counter: Counter) -> None:
    """What is asked is none of the office's items: its fields are filled in."""
    counter.set_circumstance("2")


def on_layer(*keys: Qt.Key) -> Callable[[Counter], None]:
    def go(counter: Counter) -> None:
        begun(counter, "12")
        for key in keys:
            counter.press(key)

    return go


def on_page(key: str, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> Callable[[Counter], None]:
    """Another page, while a matter stands on the desk."""

    def go(counter: Counter) -> None:
        filled_in(counter)
        counter.window.show_page(key)
        for pressed in keys:
            counter.press(*pressed)

    return go


def unrolled(counter: Counter) -> None:
    """The kinds of identity document lie open."""
    filled_in(counter)
    choice = find(counter.desk.page, QComboBox, "id_type")
    choice.setFocus()
    choice.showPopup()
    counter.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not counter.window.windowHandle())


def in_settings(counter: Counter) -> None:
    """A field in which a clerk has typed."""
    counter.window.show_page("settings")
    edits = [edit for edit in counter.page.findChildren(QLineEdit) if edit.isVisible() and edit.isEnabled()]
    edits[0].setFocus()
    counter.write("耿马管理部")


def panel(counter: Counter, *, floating: bool = False) -> None:
    filled_in(counter)
    counter.press(Qt.Key.Key_J, CONTROL)
    if floating:
        counter.desk.phrases.turn_place()
        counter.qtbot.waitUntil(counter.desk.phrases.panel.isActiveWindow)
    counter.write("qian")


def floating(counter: Counter) -> None:
    counter.window.resize(1366, 768)
    panel(counter, floating=not counter.desk.phrases.floats)


def call_note(counter: Counter) -> None:
    panel(counter)
    counter.desk.phrases.panel.turn_channel()
    note = find(counter.desk.phrases.panel, QPlainTextEdit)
    note.setFocus()
    counter.write("来电问提取")


def signs(counter: Counter) -> None:
    panel(counter)
    counter.desk.phrases.open_signs()
    signs = counter.desk.phrases.signs
    assert signs is not None
    counter.qtbot.waitUntil(signs.isActiveWindow)
    counter.press(Qt.Key.Key_Return)
    counter.qtbot.waitUntil(lambda: isinstance(focused(), QLineEdit))


def reviewing(counter: Counter, *keys: Qt.Key) -> None:
    """A sentence of the catalogue, which digits narrow to some of its items."""
    filled_in(counter)
    counter.window.show_page("items")
    counter.page.review.click()
    for key in keys:
        counter.press(key)


NO = Qt.KeyboardModifier.NoModifier
PLACES: dict[str, Callable[[Counter], None]] = {
    "查找事项": lambda _counter: None,
    "查找事项，打了一半": lambda counter: counter.type("gm"),
    "情形": begun,
    "材料": in_materials,
    "姓名": at("name"), "电话": at("phone"), "证件号码": at("id_number"), "代办人": at_agent,
    "证件类型展开": unrolled,
    "差什么": refused,
    "出具以后": issued,
    "不归本单位": elsewhere,
    "情况": on_layer(Qt.Key.Key_F10), "改出文书": on_layer(Qt.Key.Key_F7), "本页的键": on_layer(Qt.Key.Key_F1),
    "办件的查找": on_page("cases"),
    "办件的列表": on_page("cases", (Qt.Key.Key_Return, NO)),
    "办件页的键": on_page("cases", (Qt.Key.Key_F1, NO)),
    "本月情况": on_page("cases", (Qt.Key.Key_M, CONTROL)),
    "事项": on_page("items"),
    "事项的日期": on_page("items", (Qt.Key.Key_D, CONTROL)),
    "核定的一句": reviewing,
    "核定一句，改到一半": lambda counter: reviewing(counter, Qt.Key.Key_E),
    "改一个事项": lambda counter: reviewing(counter, Qt.Key.Key_Return),
    "设置": in_settings, "设置的人员": on_page("settings", (Qt.Key.Key_3, ALT)),
    "用语": panel, "浮动的用语": floating, "通话记录": call_note, "窗口标识": signs,
}  # fmt: skip
"""Each place, and how the focus comes there."""


class Standing:
    """How everything stands that a scan must not change."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.state = deepcopy(counter.desk.page.model.state)
        self.entries = counter.office.book.check().entries
        self.review = reviewed(counter)
        self.widget = QApplication.focusWidget()
        self.held = held(self.widget)
        self.writes_reason = isinstance(self.widget, ReasonEdit)
        self.copied = QGuiApplication.clipboard().text()

    def changed(self) -> dict[str, tuple[object, object]]:
        """What does not, as it was and as it is. The search of the page that shows the case holds its number."""
        counter, widget = self.counter, self.widget
        now = counter.desk.page.model.state
        compared: dict[str, tuple[object, object]] = {
            **{f"desk {one.name}": (getattr(self.state, one.name), getattr(now, one.name)) for one in fields(now)},
            "entries": (self.entries, counter.office.book.check().entries),
            "copied": (self.copied, QGuiApplication.clipboard().text()),
            "review": (self.review, reviewed(counter)),
        }
        if (
            self.writes_reason
        ):  # what was being written of one material is kept when it is left, and nothing else changes
            before, written = self.state.defects, self.held.strip()
            changed = [id_ for id_ in before | now.defects if before.get(id_) != now.defects.get(id_)]
            kept = written in ("", *now.defects.values()) and len(changed) <= 1
            as_written = all(now.defects.get(id_, "") == written for id_ in changed)
            compared["desk defects"] = (True, kept and as_written)
        if widget is not None and isValid(widget) and not counter.page.isAncestorOf(widget):
            compared[f"held by {widget.objectName()}"] = (self.held, held(widget))
        return {name: both for name, both in compared.items() if both[0] != both[1]}


def reviewed(counter: Counter) -> tuple[object, ...]:
    """What is marked in the review of the catalogue, for which items, and what was answered."""
    found = counter.window.findChild(ReviewMode)
    if found is None or found.model is None:
        return ()
    model = found.model
    return model.item, model.statement, model.excluded, model.revising.revision, dict(model.written)


def held(widget: QWidget | None) -> Any:
    """What was typed into a widget or chosen in it."""
    if isinstance(widget, RestingEdit):
        return widget.whole  # what it shows has another form once it is left
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    return widget.currentIndex() if isinstance(widget, QComboBox) else None


def shows(counter: Counter, case: Case) -> Callable[[], bool]:
    return lambda: getattr(counter.page, "case", None) == case


@pytest.mark.nightly("scans", by_day=5)
@pytest.mark.parametrize("place", PLACES)
def test_a_scan_opens_its_case_and_changes_nothing(
    counter: Counter, gun: Gun, case: Case, code: str, place: str
) -> None:
    PLACES[place](counter)
    before = Standing(counter)
    gun.type(code)
    gun.key(Qt.Key.Key_Return)
    counter.qtbot.waitUntil(shows(counter, case))
    assert before.changed() == {}
    assert counter.window.isActiveWindow()


@pytest.mark.nightly("scans", by_day=5)
@pytest.mark.parametrize("place", PLACES)
def test_what_a_slow_scanner_typed_before_it_was_known_as_one_is_taken_back(
    counter: Counter, gun: Gun, case: Case, code: str, place: str
) -> None:
    """Its first digit acts, because the second comes only after a hand would have been answered."""
    gun.every = SLOW
    PLACES[place](counter)
    before = Standing(counter)
    gun.type(code[0])
    gun.pause(30)
    gun.clock.time -= 30
    gun.type(code[1:])
    gun.key(Qt.Key.Key_Return)
    counter.qtbot.waitUntil(shows(counter, case))
    assert before.changed() == {}


HAND_KEYS = [
    *(Qt.Key(ord(sign)) for sign in "0123456789AE"), Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space,
    Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F7, Qt.Key.Key_F8,
    Qt.Key.Key_F10, Qt.Key.Key_F11,
]  # fmt: skip


def come(counter: Counter) -> bool:
    """Whether what the keys began has come: a digit of a hand is waited for a moment, whether a second one follows."""
    (search,) = counter.desk.page.findChildren(ItemSearch)
    return not any(timer.isActive() for timer in search.findChildren(QTimer))


def opened(counter: Counter, case: Case) -> bool:
    """Whether what the page has of the case is shown, or an act that is half done on it has been kept."""
    page = counter.page
    if isinstance(page, ArchivePage):
        return page.void_line.isVisible() or (page.record is not None and page.record.row.number in case.papers)
    return isinstance(page, CasesPage) and (page.case == case or page.line.isVisible())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    item=st.sampled_from(["", "b08", "b01", "a14"]),
    keys=st.lists(st.sampled_from(HAND_KEYS), max_size=25),
    every=st.sampled_from([FAST, SLOW]),
)
def test_whatever_stands_on_the_desk_and_wherever_the_focus_is(
    counter: Counter, gun: Gun, case: Case, code: str, item: str, keys: list[Qt.Key], every: float
) -> None:
    counter.window.show_page("desk")
    counter.search.setFocus()
    if item:
        counter.take(item, "")
    for key in keys:
        if QApplication.focusWidget() is not None:
            counter.press(key)
    counter.qtbot.waitUntil(lambda: come(counter))
    before = Standing(counter)
    gun.every = every
    gun.pause()
    gun.type(code)
    gun.key(Qt.Key.Key_Return)
    counter.qtbot.waitUntil(lambda: opened(counter, case))
    assert before.changed() == {}
