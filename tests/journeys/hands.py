"""Two ways to work at the window: by keys alone, and by the mouse alone, where only what a field is for is typed."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from counter_assistant.ui.desk.cards.questions import QuestionRow
from counter_assistant.ui.phrases.search import PhraseField
from counter_assistant.ui.widgets.chip import Chip
from tests.journeys.keys import CONTROL, Counter
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find
from tests.ui.targets import LEAST

Key = Qt.Key
NAME, PHONE = "岩罕", "13800000461"


class Hand(Protocol):
    """A clerk who serves somebody that rents and asks what to bring, copies a phrase, prints the paper again, and closes the day."""

    def choose_matter(self) -> None: ...
    def answer(self, digits: str) -> None: ...
    def fill_in(self) -> None: ...
    def issue(self) -> None: ...
    def copy_phrase(self) -> None: ...
    def find_paper(self) -> None: ...
    def print_again(self) -> None: ...
    def close_day(self) -> None: ...
    def leave(self) -> None: ...


class ByKeys:
    """Every key goes to whatever has the focus."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def choose_matter(self) -> None:
        type_("zl")
        press(Key.Key_Return)

    def answer(self, digits: str) -> None:
        type_(digits)

    def fill_in(self) -> None:
        self._counter.who(NAME, PHONE)

    def issue(self) -> None:
        press(Key.Key_F9)

    def copy_phrase(self) -> None:
        press(Key.Key_Return)  # the next one
        press(Key.Key_J, CONTROL)
        self._counter.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), PhraseField))
        press(Key.Key_Return)
        press(Key.Key_Escape)
        self._counter.window.activateWindow()  # as the system does when a window before it is closed
        self._counter.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def find_paper(self) -> None:
        press(Key.Key_F4)
        commit(NAME)
        press(Key.Key_Return)

    def print_again(self) -> None:
        press(Key.Key_P, CONTROL)

    def close_day(self) -> None:
        press(Key.Key_F2)
        type_("rj")
        press(Key.Key_Return)

    def leave(self) -> None:
        press(Key.Key_Escape)


class NoKeys(QObject):
    """Counts the keys that reach the program."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.pressed += event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        return False


class ByMouse:
    """Every click goes to what lies under the mouse, and that is what it was meant for. Text comes of an input method."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self.keys = NoKeys()

    def choose_matter(self) -> None:
        self._write("item_search", "租赁")
        self._row("items_found", "租赁市场住房提取")

    def answer(self, digits: str) -> None:
        for digit in digits:
            rows = [row for row in self._counter.page.findChildren(QuestionRow) if row.isVisible()]
            asked = next(row for row in rows if not any(chip.isChecked() for chip in row.chips.values()))
            self._counter.qtbot.waitUntil(lambda row=asked: not row.moved.running)
            self._click(next(chip for chip in asked.findChildren(Chip) if chip.key == digit))

    def fill_in(self) -> None:
        self._write("name", NAME)
        self._write("phone", PHONE)

    def issue(self) -> None:
        self._button("issue")

    def copy_phrase(self) -> None:
        self._button("next_applicant")
        self._button("文明用语，Ctrl+J", self._counter.window)
        self._row("用语", "")
        self._button("关上文明用语，Esc", self._list("用语").window())
        self._counter.window.activateWindow()  # as the system does when a window before it is closed
        self._counter.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def find_paper(self) -> None:
        self._button("档案页，F4", self._counter.window)
        self._write("查找文书", NAME)
        self._row("文书列表", "临公积金耿一告", double=True)

    def print_again(self) -> None:
        self._button("补打一式二份")

    def close_day(self) -> None:
        self._button("受理页，F2", self._counter.window)
        self._write("item_search", "日结")
        self._row("items_found", "日结")

    def leave(self) -> None:
        self._button("返回")

    def _write(self, name: str, text: str) -> None:
        field = find(self._counter.page, QLineEdit, name)
        self._click(field)
        commit(text)
        self._counter.qtbot.waitUntil(
            lambda: "".join(field.text().split()) == text
        )  # digits may be a scanner's at first

    def _button(self, name: str, within: QWidget | None = None) -> None:
        self._click(find(within or self._counter.page, QAbstractButton, name))

    def _row(self, name: str, words: str, *, double: bool = False) -> None:
        """The first line of a list that can be taken and has these words."""
        view = self._list(name)
        model = view.model()
        lines = [model.index(row, 0) for row in range(model.rowCount())]
        index = next(line for line in lines if line.flags() & Qt.ItemFlag.ItemIsEnabled and words in str(line.data()))
        place = view.visualRect(index)
        assert min(place.width(), place.height()) >= LEAST, view.accessibleName()
        self._click(view.viewport(), place, double=double)

    @staticmethod
    def _list(name: str) -> QAbstractItemView:
        """The list of that name that can be seen, in a window of its own as well."""
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        views = [view for window in windows for view in window.findChildren(QAbstractItemView) if view.isVisible()]
        return next(view for view in views if name in (view.objectName(), view.accessibleName()))

    def _click(self, widget: QWidget, place: QRect | None = None, *, double: bool = False) -> None:
        window, at = widget.window(), (place or widget.rect()).center()
        assert min(widget.width(), widget.height()) >= LEAST, widget.accessibleName()
        under = window.childAt(widget.mapTo(window, at))
        assert under is not None, f"{widget.accessibleName()} is out of the window"
        assert under is widget or widget.isAncestorOf(under), (
            f"{under.accessibleName()} lies over {widget.accessibleName()}"
        )
        inside = under.mapFrom(window, widget.mapTo(window, at))
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=QPoint(inside))
        if double:
            QTest.mouseDClick(under, Qt.MouseButton.LeftButton, pos=QPoint(inside))
        QApplication.processEvents()
