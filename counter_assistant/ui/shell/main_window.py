"""主窗口：顶栏、侧栏、各页、状态行。It knows pages by their description only, and no page knows another.

A page tells the window things by signals that it may have: `status_message(str)` and `draft_message(str)`; a page that has
`close_down()` is asked to put its things away when the window closes; a page that has `KEYS` is given F1, which shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QMainWindow, QStackedWidget, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.shell.navigation import Navigation
from counter_assistant.ui.shell.page_keys import PageKeys
from counter_assistant.ui.shell.status_line import StatusLine
from counter_assistant.ui.shell.top_bar import TopBar
from counter_assistant.ui.shell.window_place import WindowPlace

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

SMALLEST = (1024, 560)
USUAL = (1366, 768)
STILL_EXAMPLE = "已确认的单位资料里还有示例，请到设置改正"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: its key, what the navigation calls it, its function key, and how it is made when it is first shown."""

    key: str
    title: str
    shortcut: str
    make: Callable[[Office], QWidget]


class MainWindow(QMainWindow):
    """The window. The start page is there from the first paint on; the others are made when they are first shown."""

    painted = Signal()
    retry = Signal()
    closing = Signal()

    def __init__(
        self, start: PageSpec, page: QWidget, pages: Sequence[PageSpec], open_office: Callable[[], Office]
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("柜台助手")
        self._place = WindowPlace(self, SMALLEST, USUAL)
        self._open_office = open_office
        self._specs = {spec.key: spec for spec in (start, *pages)}
        self._pages: dict[str, QWidget] = {start.key: page}
        self._was_painted = False
        self._instead: QWidget | None = None
        self.bar, self.navigation, self.status, self.stack = TopBar(), Navigation(), StatusLine(), QStackedWidget()
        self.stack.setAccessibleName("当前页")
        self._lay_out()
        for spec in self._specs.values():
            self.navigation.add(spec.key, spec.title, spec.shortcut)
            if spec.shortcut:
                shortcut = QShortcut(QKeySequence(spec.shortcut), self)
                shortcut.activated.connect(lambda key=spec.key: self.show_page(key))
        self.navigation.chosen.connect(self.show_page)
        self._adopt(page)
        self.show_page(start.key)

    def _lay_out(self) -> None:
        frame = QWidget()
        grid = self._grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.bar, 0, 0, 1, 3)
        grid.addWidget(self.navigation, 2, 0)
        grid.addWidget(self.stack, 2, 1)
        grid.addWidget(self.status, 3, 0, 1, 3)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(frame)

    def show_page(self, key: str) -> None:
        """Shows a page, made now where it is the first time."""
        page = self._pages.get(key)
        if self._instead is not None:
            return None
        if page is None:
            try:
                page = self._pages[key] = self._specs[key].make(self._open_office())
            except Refusal as refusal:
                return self.status.say(str(refusal))
            self._adopt(page)
        self.navigation.show_chosen(key)
        self.stack.setCurrentWidget(page)
        if page.focusProxy() is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return None

    def show_office(self, office: Office) -> None:
        """The office is open: whose it is, and in which mode."""
        self.bar.show_office(office.profile, office.clock)
        catalogue, approved = office.catalogue, len(office.catalogue.approvals.in_force)
        standing = f"已登记核定 {approved} 项" if approved else "示例待核定"
        warning = STILL_EXAMPLE if office.profile.confirmed and office.examples else ""
        self.status.show_office(
            training=office.training, catalogue=f"{catalogue.version} · {standing}", warning=warning
        )

    def show_band(self, band: QWidget) -> None:
        """Puts a band under the bar, such as that of training."""
        self._grid.addWidget(band, 1, 0, 1, 3)

    def dock(self, panel: QWidget) -> None:
        """Puts a panel at the right of the pages."""
        self._grid.addWidget(panel, 2, 2)

    def undock(self, panel: QWidget) -> None:
        """Lets a panel go that was put there; nothing happens to one that was not."""
        self._grid.removeWidget(panel)

    def show_trouble(self, refusal: Refusal) -> None:
        """Shows one sentence in place of the pages."""
        from counter_assistant.ui.shell.trouble import TroublePage

        trouble = TroublePage(refusal)
        trouble.retry.connect(self.retry)
        trouble.leave.connect(self.close)
        self.status.mode.setText("● 没有打开")
        self.show_instead(trouble)

    def show_instead(self, page: QWidget) -> None:
        """Shows something in place of all pages, which cannot be reached meanwhile."""
        self.end_instead()
        self._instead = page
        self._adopt(page)
        self.navigation.hide()
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def end_instead(self) -> None:
        """Back to the pages."""
        page, self._instead = self._instead, None
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()
            self.navigation.show()
            self.show_page(next(iter(self._specs)))

    def raise_(self) -> None:
        """Comes to the front, as when the program is started a second time."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        super().raise_()
        self.activateWindow()

    def place_now(self) -> str:
        """Where the window stands, as text."""
        return self._place.now()

    def restore(self, place: str) -> None:
        """Stands where it stood, or as on a first start where `place` is empty; whole on a screen that is there."""
        self._place.restore(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._place.settle)
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._pages.values():
            close_down = getattr(page, "close_down", None)
            if close_down is not None:
                close_down()
        self.closing.emit()
        super().closeEvent(event)

    def _adopt(self, page: QWidget) -> None:
        self.stack.addWidget(page)
        for name, tell in (("status_message", self.status.say), ("draft_message", self.status.say_draft)):
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(tell)
        if keys := getattr(page, "KEYS", ()):
            PageKeys(page, keys)
