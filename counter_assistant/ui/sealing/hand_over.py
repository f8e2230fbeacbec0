"""换人、锁屏、过一会儿自己锁：窗口里谁在办，由这里管。

Every page is asked to let go of what is half done before another clerk is at the window; a lock leaves everything as it is,
behind a page that shows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.tries import tries_of
from counter_assistant.ui import local_settings
from counter_assistant.ui.sealing.open_windows import close_open_windows
from counter_assistant.ui.sealing.pin_page import PinPage
from counter_assistant.ui.sealing.sign_in_page import LOCK_KEY, SignInPage
from counter_assistant.ui.shell.main_window import MainWindow

LOOK_MS = 5_000
NOT_SEALED = "台账没有密封，不用 PIN；请先在设置的“本机”里密封台账。"
NO_PIN_ON_SERVER = "台账在服务器上，上班没有问过密码，不用 PIN。"
_ACTS = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class HandOver(QObject):
    """Who is at a window.

    `hide` takes away what shows a visitor beside the pages, and gives what brings it back.
    """

    switched = Signal(str)
    """The staff number of the clerk who is at the window now."""

    def __init__(
        self, office: Office, window: MainWindow, folder: Path, *,
        hide: Callable[[], Callable[[], object]],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._office, self._window, self._folder = office, window, folder
        self._hide = hide
        self._page: SignInPage | None = None
        self._bring_back: Callable[[], object] | None = None
        tries_of(office, office.profile.current_clerk)
        self._last_act = monotonic()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._lock_when_idle)
        self._look.start()
        lock = QShortcut(QKeySequence(LOCK_KEY), window, context=Qt.ShortcutContext.ApplicationShortcut)
        lock.activated.connect(self.lock)
        self._watch()

    def lock(self) -> None:
        """Hides everything, whatever is shown, until somebody shows who they are."""
        self._show(locked=True)

    def hand_over(self) -> None:
        """Asks who is at the window from now on."""
        self._show(locked=False)

    def choose_pin(self) -> None:
        """Asks the current clerk for a PIN of their own; where nobody is asked who they are, says why there is none."""
        if not self._office.signs_in:
            self._window.status.say(NO_PIN_ON_SERVER if self._office.database.shared else NOT_SEALED)
            return
        page = PinPage(self._office)
        page.finished.connect(self._window.end_instead)
        self._window.show_instead(page)

    def enter(self, who: str, needs_pin: bool = False) -> None:
        """A clerk, given by staff number, is at the window from now on; the desk is theirs."""
        other = who != self._office.profile.current_clerk
        try:
            if other:
                self._window.leave_to_another()
                enter = self._office.act_as if self._office.signs_in else self._office.make_current
                enter(who)
        except Refusal as refusal:
            self._window.page.tell(str(refusal))
            return
        if other:
            self._bring_back = None
            self._window.status.say("")
            self._window.status.say_draft("")
        self._page = None
        self._window.end_over(at_start=other)
        if other:
            self.switched.emit(who)
            self._window.status.say(
                f"现在由 {self._office.profile.clerk('').name} 经办。{self._window.left_in_words()}"
            )
        elif self._bring_back:
            self._bring_back()
        if needs_pin and not self._window.waits_for_another:  # what was beneath the lock is gone on with first
            self.choose_pin()

    def _show(self, *, locked: bool) -> None:
        """A lock is over everything; a hand-over begins where nothing else is to be done first."""
        here = QApplication.activeWindow() is not None
        if self._page is not None:
            if self._page.locked or not locked:
                return
        elif self._window.waits_for_another and not locked:
            return
        else:
            close_open_windows()  # before what they stand over: they give the focus back to it
            self._bring_back = self._hide()
        page = self._page = SignInPage(self._office, locked=locked)
        page.signed_in.connect(self.enter)
        page.lock_wanted.connect(self.lock)
        page.left.connect(lambda: self.enter(self._office.profile.current_clerk))
        self._window.show_over(page)
        if here:  # and not in another program, whose keys stay there
            self._window.activateWindow()

    def _lock_when_idle(self) -> None:
        self._watch()
        if not self._office.signs_in or self._office.database.closed:
            return
        minutes = local_settings.load(self._folder).lock_minutes
        if 0 < minutes <= (monotonic() - self._last_act) / 60:
            self.lock()

    def _watch(self) -> None:
        """What is done in any window of the program counts; those that were opened since are taken in."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever is done in a window begins the time anew; nothing is kept back."""
        if event.type() in _ACTS:
            self._last_act = monotonic()
        return super().eventFilter(watched, event)
