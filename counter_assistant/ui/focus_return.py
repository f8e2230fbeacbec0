"""光标回到原处：盖上去的一层、对话框、另一页关上以后，接着打字的地方还是原来的地方。

Left to itself Qt gives the focus to whatever comes next in the order of Tab, such as a button that Enter would press.
"""

from __future__ import annotations

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
