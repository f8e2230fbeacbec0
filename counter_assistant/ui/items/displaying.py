"""事项页换成牌证和公示的样子，再换回来；写了什么都留着。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.ui.focus_return import FocusReturn

if TYPE_CHECKING:
    from counter_assistant.domain.displays.display_kind import DisplayKind
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.items.displays.mode import DisplayMode
    from counter_assistant.ui.items.frame import ItemsFrame
    from counter_assistant.ui.print_service import PrintService


class Displaying(QObject):
    """Puts the displays in the place of the guides, and takes them away. They are made when they are first wanted."""

    def __init__(self, office: Office, frame: ItemsFrame, service: PrintService | None) -> None:
        super().__init__(frame)
        self._office, self._frame, self._service = office, frame, service
        self._focus = FocusReturn()
        self.mode: DisplayMode | None = None

    @property
    def on(self) -> bool:
        """Whether the displays are shown."""
        return self.mode is not None and self._frame.modes.currentWidget() is self.mode

    def begin(self, kind: DisplayKind | None, item: str, day: date) -> None:
        """Shows the displays, at one kind or where they were; of the item that is marked, and the rules of the day that is shown."""
        if not self.on:
            self._focus.keep()
        if self.mode is None:
            self.mode = self._made()
        self._frame.modes.setCurrentWidget(self.mode)
        self._frame.setFocusProxy(self.mode)
        self.mode.begin(kind, item, day)

    def leave(self) -> None:
        """Shows the guides again."""
        if not self.on or self.mode is None:
            return
        self.mode.work.stop()
        self._frame.setFocusProxy(self._frame.search)
        self._frame.modes.setCurrentWidget(self._frame.browse)
        if not self._focus.give_back():
            self._frame.search.setFocus()

    def leave_to_another(self) -> None:
        """Another clerk comes: the guides are shown, and photos that were chosen are forgotten."""
        if self.mode is not None:
            self.mode.forget()
            self.leave()

    def close_down(self) -> None:
        """Waits for a paper on its way."""
        if self.mode is not None:
            self.mode.close_down()

    def _made(self) -> DisplayMode:
        from counter_assistant.ui.items.displays.mode import DisplayMode

        mode = DisplayMode(self._office, self._service)
        self._frame.modes.addWidget(mode)
        mode.left.connect(self.leave)
        mode.told.connect(self._frame.status_message)
        return mode
