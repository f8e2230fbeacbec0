"""面板在哪里：停在主窗口右边，或者浮动；Ctrl+J 叫出来、再按收起，上次在哪里这次还在哪里。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn

if TYPE_CHECKING:
    from counter_assistant.domain.papers.counter_sign import SignKind
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording.suggestions import CurrentMatter
    from counter_assistant.ui.local_settings import LocalSettings
    from counter_assistant.ui.phrases.floating import FloatingPanel
    from counter_assistant.ui.phrases.panel import PhrasePanel
    from counter_assistant.ui.shell.main_window import MainWindow
    from counter_assistant.ui.signs.dialog import SignsDialog

DOCKED, FLOATING = "docked", "floating"
WIDTH = 340
ROOM_TO_DOCK = 1240
"""A narrower window has no room for the panel beside the desk: there it floats."""


class PhraseDock(QObject):
    """Shows and hides the panel. `folder` is the data folder, whose local settings know where it was last."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window, self._folder = window, folder
        self._panel: PhrasePanel | None = None
        self._floating: FloatingPanel | None = None
        self._attach: Callable[[PhrasePanel], None] | None = None
        self._office: Office | None = None
        self.signs: SignsDialog | None = None
        self._bring_up_later = self._toggle_later = False
        self._focus = FocusReturn()
        shortcut = QShortcut(QKeySequence("Ctrl+J"), window)
        shortcut.activated.connect(self.toggle)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        window.closing.connect(self.close_down)

    def attach(self, office: Office, source: Callable[[], CurrentMatter]) -> None:
        """Gives the panel its office; one that was asked for meanwhile is shown now."""
        self._office = office
        self._attach = lambda panel: panel.attach(office, source)
        if self._bring_up_later:
            self._bring_up_later = False
            self.bring_up()
        if self._toggle_later:
            self._toggle_later = False
            self.toggle()

    @property
    def panel(self) -> PhrasePanel:
        """The panel, made when it is first asked for."""
        if self._panel is None:
            from counter_assistant.ui.phrases.panel import PhrasePanel

            panel = self._panel = PhrasePanel(self._window)
            panel.closed.connect(self.hide)
            panel.place_turned.connect(self.turn_place)
            panel.signs_wanted.connect(self.open_signs)
            panel.hide()
            if self._attach:
                self._attach(panel)
        return self._panel

    @property
    def shown(self) -> bool:
        """Whether the panel can be seen."""
        return self._panel is not None and self._panel.isVisible()

    @property
    def floats(self) -> bool:
        """Whether it floats, or would if it were shown now."""
        narrow = self._window.width() < theme.px(ROOM_TO_DOCK)
        return narrow or self._settings().phrases == FLOATING

    def toggle(self) -> None:
        """Ctrl+J: shows it with the keyboard in it; where it has the keyboard, hides it. Before the office is open it waits."""
        if self._attach is None:
            self._toggle_later = not self._toggle_later
            return
        if self._window.waits_for_another:
            return
        if self.shown and self.panel.isActiveWindow() and self._has_focus():
            self.hide()
            return
        if not self.shown:
            self._show()
        if self._floating is not None and self.panel.window() is self._floating:
            self._floating.take_keyboard()
        elif not self._has_focus():
            self._focus.keep()
        self.panel.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bring_up(self) -> None:
        """A second start with --phrases: floats above the other programs without the keyboard; once more, takes the keyboard."""
        if self._attach is None:
            self._bring_up_later = True
        elif self._window.waits_for_another:
            return
        elif self._floating is not None and self._floating.isVisible():
            self._floating.take_keyboard()
            self.panel.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.hide()
            self._float()

    def hide(self) -> None:
        """Hides the panel, and returns the focus to where it was."""
        if self._panel is None:
            return
        if self._floating is not None and self._panel.window() is self._floating:
            self._keep_place()
            self._floating.hide()
            return
        had_focus = self._has_focus()
        self._panel.hide()
        if had_focus and not self._focus.give_back():
            self._window.stack.take_keyboard()

    def step_aside(self) -> Callable[[], object]:
        """Hides the panel, which speaks of who is on the desk, and gives what shows it again where it was shown."""
        if not self.shown:
            return lambda: None
        typed = self.panel.field.text()
        self.hide()

        def bring_back() -> None:
            self._show()
            self.panel.field.setText(typed)
            self.panel.show_rows(keep=False)

        return bring_back

    def turn_place(self) -> None:
        """Turns from docked to floating and back; where the window is too narrow to dock, says so."""
        floats = self._floating is not None and self.panel.window() is self._floating
        if floats and self._window.width() < theme.px(ROOM_TO_DOCK):
            self.panel.say("主窗口太窄，停不下")
            return
        self._remember(phrases=DOCKED if floats else FLOATING)
        if floats:
            self._keep_place()
            self._dock()
            self._window.activateWindow()
        else:
            self._float()
            assert self._floating is not None
            self._floating.take_keyboard()
        self.panel.field.setFocus()

    def open_signs(self, kind: SignKind | None = None) -> None:
        """Ctrl+B: opens the signs for the counter, in a window over the panel; at one of them where it was asked for by name."""
        if self._office is None:
            return
        if self.signs is None:
            from counter_assistant.ui.signs.dialog import SignsDialog

            self.signs = SignsDialog(self._office, parent=self.panel)
            self.signs.finished.connect(self._signs_closed)
        self.signs.start(kind)

    def _signs_closed(self) -> None:
        if self._floating is not None and self.panel.window() is self._floating:
            self._floating.take_keyboard()
        else:
            self._window.activateWindow()
        if self.shown:
            self.panel.field.setFocus()
        else:
            self._window.stack.take_keyboard()

    def desk_changed(self) -> None:
        """Follows a change on the desk, after the keys that are waiting and only while the panel can be seen."""
        self._soon.start()

    def phrases_changed(self) -> None:
        """Reads the office's phrases anew: they, or its people, have changed."""
        if self._panel is not None:
            self._panel.reload()
            self._soon.start()

    def close_down(self) -> None:
        """Closes the small windows with the main one."""
        if self.signs is not None:
            self.signs.close_down()
        if self._floating is not None:
            self._keep_place()
            self._floating.close()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.panel.isAncestorOf(focused)

    def _refresh(self) -> None:
        if self.shown:
            self.panel.refresh()

    def _show(self) -> None:
        if self.floats:
            self._float()
        else:
            self._dock()

    def _dock(self) -> None:
        panel = self.panel
        if self._floating is not None:
            self._floating.release()
        panel.setFixedWidth(theme.px(WIDTH))
        self._window.dock(panel)
        panel.show()
        panel.start()

    def _float(self) -> None:
        panel = self.panel
        if self._floating is None:
            from counter_assistant.ui.phrases.floating import FloatingPanel

            self._floating = FloatingPanel()
            self._floating.toggled.connect(self.toggle)
            self._floating.restore(self._settings().phrases_place)
        if panel.window() is not self._floating:
            self._window.undock(panel)
            panel.setMinimumWidth(0)
            panel.setMaximumWidth(16777215)
            self._floating.take_in(panel)
        panel.start()
        self._floating.show_quietly()

    def _keep_place(self) -> None:
        if self._floating is not None and self._floating.isVisible():
            self._remember(phrases_place=self._floating.place_now())

    def _settings(self) -> LocalSettings:
        from counter_assistant.ui import local_settings  # reading TOML waits until the panel is shown

        return local_settings.load(self._folder)

    def _remember(self, **values: str) -> None:
        from counter_assistant.ui import local_settings

        local_settings.change(self._folder, **values)
