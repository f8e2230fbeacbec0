"""光标回到原处：盖上去的一层、对话框、另一页关上以后，接着打字的地方还是原来的地方。

Left to itself Qt gives the focus to whatever comes next in the order of Tab, such as a button that Enter would press.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusReturn:
    """Where the focus was when something opened. Around what waits until it is closed it is used by `with`."""

    def __init__(self) -> None:
        self._before: QWidget | None = None

    def keep(self) -> None:
        """Something opens: remembers where the focus is."""
        self._before = QApplication.focusWidget()

    def forget(self) -> None:
        """The focus has gone on by itself; it is not to be brought back."""
        self._before = None

    def give_back(self) -> bool:
        """What opened is closed: puts the focus where it was; False where it can be there no more."""
        before, self._before = self._before, None
        return give_focus(before)

    def __enter__(self) -> None:
        self.keep()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.give_back()


def give_focus(widget: QWidget | None) -> bool:
    """Gives a widget the focus, with what is typed in it as it is; False where it is gone, hidden or cannot be used."""
    if widget is None or not isValid(widget) or not widget.isVisible() or not widget.isEnabled():
        return False
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


@contextmanager
def no_way_in(root: QWidget) -> Iterator[None]:
    """Within, Tab comes to what lies in a widget one after the other.

    A page, or a line that asks, hands the focus on to where it begins. Tab would come in there each time it comes round, and
    never to what lies before it.
    """
    ways = [(widget, widget.focusProxy()) for widget in (root, *root.findChildren(QWidget))]
    inward = [(widget, to) for widget, to in ways if to is not None and widget.isAncestorOf(to)]
    for widget, _ in inward:
        widget.setFocusProxy(None)  # type: ignore[arg-type]  # what Qt takes for none
    try:
        yield
    finally:
        for widget, to in inward:
            widget.setFocusProxy(to)


def tab_through(parts: Iterable[QWidget]) -> None:
    """Tab goes through the parts of a page in this order, in each through what takes it as it stands there."""
    stops = [
        stop
        for part in parts
        for stop in (part, *part.findChildren(QWidget))
        if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and not stop.isWindow() and stop.window() is part.window()
    ]
    for stop in reversed(stops[1:]):  # one after the other would leave a circle as it is that begins elsewhere
        QWidget.setTabOrder(stops[0], stop)
