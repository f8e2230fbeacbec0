"""补打用大字：只管档案里打开的这一份，离开这一页就还原台上那一位的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_assistant.operations.at_window import AtWindow


class LargePrint:
    """What is wanted of an old paper, apart from what the visitor at the desk needs."""

    def __init__(self, window: AtWindow) -> None:
        self._window, self._at_desk = window, False

    def turn(self, *, shown: bool) -> bool:
        """Large type for the paper that is `shown`, or no more; whether it is large now."""
        self._window.large_print = not self._window.large_print and shown
        return self._window.large_print

    def come(self) -> None:
        """The page is shown: nothing is wanted large yet."""
        self._at_desk, self._window.large_print = self._window.large_print, False

    def leave(self) -> None:
        """The page is left: the visitor at the desk gets what they had."""
        self._window.large_print = self._at_desk
