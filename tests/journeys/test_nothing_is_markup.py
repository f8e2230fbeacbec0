"""Three hundred hostile texts in everything that is shown: every page shows them as text, and opens neither a file nor a socket."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain, cycle
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QToolTip

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.operations.safekeeping.closing import find as closing_of
from counter_assistant.ui.closing.copies_page import CopiesPage
from counter_assistant.ui.closing.page import ClosingPage
from counter_assistant.ui.first_run.page import FirstRunPage
from counter_assistant.ui.sealing.pages import sealing_page
from counter_assistant.ui.widgets.labels import PlainLabel, plain_tip
from tests.hostile import HOSTILE
from tests.journeys.keys import ALT, CONTROL, Counter
from tests.journeys.touching import Trap, nothing_touched_but
from tests.portion import Portion
from tests.ui.counter import screen_texts
from tests.ui.desk_hand import commit
from tests.ui.hostile_office import EVERY, fill
from tests.ui.plain import nothing_but_text

pytestmark = [
    pytest.mark.strange_names,
    pytest.mark.slow,  # it goes through the whole window
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="that a file is opened by Qt is told by Linux"),
]

Key = Qt.Key
SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
ENOUGH = 150
"""So many of the texts at least are seen on the way, cut nowhere."""
DIGITS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7, Key.Key_8, Key.Key_9, Key.Key_0)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    made = Trap(tmp_path)
    yield made
    made.close()


def test_the_trap_is_sprung_by_a_label_that_guesses(qtbot: object, trap: Trap) -> None:
    """GIVEN a label and a tooltip as Qt makes them WHEN they are given such a text THEN they open the picture; ours do not."""
    text = trap.texts[0]
    for label, springs in ((QLabel(text), True), (PlainLabel(text), False)):
        label.grab()
        assert trap.sprung is springs
        shiboken6.delete(label)
    for tip, springs in ((text, True), (plain_tip(text), False)):
        QToolTip.showText(QApplication.primaryScreen().geometry().center(), tip)
        QApplication.processEvents()
        assert trap.sprung is springs
    for one in QApplication.topLevelWidgets():
        if one.inherits("QTipLabel"):
            shiboken6.delete(one)


class Hand:
    """Goes through the window, and looks at everything that it comes by."""

    def __init__(self, counter: Counter, trap: Trap, portion: Portion) -> None:
        self._counter, self._trap, self.seen = counter, trap, set[str]()
        self._typed = portion.of((*trap.texts, *HOSTILE), sample=12)
        self._rows = portion.times(200, sample=8)

    def look(self) -> None:
        """Draws what is shown, and looks at every widget that there is."""
        QApplication.processEvents()
        self._counter.window.grab()
        nothing_but_text()
        assert not self._trap.sprung
        self.seen.update(screen_texts(self._counter.window))
        for view in self._counter.window.findChildren(QAbstractItemView):
            model = view.model()
            rows = range(model.rowCount(QModelIndex())) if view.isVisible() else ()
            self.seen.update(str(model.index(row, 0, QModelIndex()).data(role)) for row in rows for role in SHOWN)

    def press(self, *keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self._counter.press(key, modifier)
            self.look()

    # What there is to see

    def desk(self) -> None:
        window, texts = self._counter.window, cycle(EVERY)
        window.show_page("desk")
        self.look()
        for text in self._typed:
            self._counter.search.clear()
            commit(text.replace("\n", " "))
            self.look()
        self.press(Key.Key_Escape)
        self._counter.type("1")
        self._counter.qtbot.wait(100)
        self.look()
        self.press(Key.Key_1, Key.Key_2, Key.Key_1, Key.Key_Question)
        for edit in self._counter.desk.page.findChildren(QLineEdit):
            if edit.isVisible():
                edit.setText(next(texts))
        for opened in (Key.Key_T, Key.Key_B):
            self.press(opened, modifier=CONTROL)
            self.press(Key.Key_Down, Key.Key_Return, Key.Key_Escape)
        self.press(Key.Key_F9, Key.Key_F10, Key.Key_Escape, Key.Key_F8, Key.Key_F7)
        self.press(Key.Key_Escape, Key.Key_Escape, Key.Key_Escape)

    def lists(self) -> None:
        for page in ("cases", "archive"):
            self._counter.window.show_page(page)
            self.look()
            for _ in range(self._rows):
                self.press(Key.Key_Down, Key.Key_Return)
            self.press(Key.Key_Delete, Key.Key_Escape, Key.Key_F7, Key.Key_Escape, Key.Key_Escape, Key.Key_Escape)

    def items(self) -> None:
        self._counter.window.show_page("items")
        self.look()
        for _ in range(min(self._rows, 40)):
            self.press(Key.Key_Down)
        self.press(Key.Key_F9, Key.Key_Escape)
        page = self._counter.page
        page.begin_review()
        self._counter.qtbot.waitUntil(lambda: not page.reviewing.mode.effects.work.running, timeout=60_000)
        for _ in range(min(self._rows, 40)):
            self.press(Key.Key_Down)
        page.reviewing.end() if hasattr(page.reviewing, "end") else self.press(Key.Key_Escape)

    def settings(self) -> None:
        self._counter.window.show_page("settings")
        self.look()
        for digit in DIGITS:
            self.press(digit, modifier=ALT)

    def beside(self) -> None:
        phrases = self._counter.desk.phrases
        self.press(Key.Key_J, modifier=CONTROL)
        for kind in SignKind:
            phrases.open_signs(kind)
            self.look()
            assert phrases.signs is not None
            phrases.signs.close()
        phrases.turn_place()
        self.look()
        phrases.hide()

    def instead(self) -> None:
        counter = self._counter
        closed, _ = closing_of(counter.office, Period.DAY, counter.office.today().isoformat())
        pages = [
            ClosingPage(counter.office, Period.DAY), ClosingPage(counter.office, Period.MONTH), CopiesPage(counter.office, closed),
            FirstRunPage(counter.office), sealing_page(counter.office, lambda _page: None),
        ]  # fmt: skip
        for page in pages:
            counter.window.show_instead(page)
            self.look()
        for asked in ("", "1"):
            counter.desk.context.kit_asked.emit(asked)
            self.look()
        counter.window.end_instead()


@pytest.mark.nightly("hostile-window")
def test_no_page_takes_a_text_for_more(counter: Counter, trap: Trap, tmp_path: Path, portion: Portion) -> None:
    fill(counter.office, cycle(chain(trap.texts, EVERY)))
    counter.desk.context.office_changed.emit()
    counter.desk.context.approvals_changed.emit()
    counter.desk.context.phrases_changed.emit()
    hand = Hand(counter, trap, portion)
    for visit in (hand.desk, hand.lists, hand.items, hand.settings, hand.beside, hand.instead):
        with nothing_touched_but(tmp_path):
            visit()
    shown = "\n".join(hand.seen)
    assert sum(text in shown for text in (*trap.texts, *HOSTILE)) > ENOUGH
