"""主窗口：顶栏、侧栏、各页、状态行。It knows pages by their specs only, and no page knows another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QMainWindow, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.ui.focus_return import no_way_in
from counter_assistant.ui.shell.keys_onward import KeysOnward
from counter_assistant.ui.shell.navigation import Navigation
from counter_assistant.ui.shell.page_stack import PageStack, PageView
from counter_assistant.ui.shell.status_line import StatusLine, catalogue_in_words
from counter_assistant.ui.shell.top_bar import TopBar
from counter_assistant.ui.shell.window_place import WindowPlace
from counter_assistant.ui.widgets.page import Page

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.shell.page_spec import PageContext, PageSpec
    from counter_assistant.ui.shell.requests import PageRequest

SMALLEST = (1024, 560)
USUAL = (1366, 768)
KEYS_FIRST_MS = 30
"""What waits for the first paint waits this long after it: what was typed meanwhile is answered first."""
LOOK_AGAIN_MS = 60_000
"""How often what is overdue is counted anew, besides whenever something was recorded or another page is shown."""
STILL_EXAMPLE = "已确认的单位资料里还有示例，请到设置改正"


class MainWindow(QMainWindow):
    """The window. Its start page is there from the first paint on; the others are made when they are first shown. It `asks_to_stay` open
    where whoever closes it is to read something first."""

    painted, retry, closing = Signal(), Signal(), Signal()

    def __init__(self, specs: Sequence[PageSpec[Any]], start: Page, context: PageContext) -> None:
        """`start` is the page of the first of the specs."""
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("柜台助手")
        self.place = WindowPlace(self, SMALLEST, USUAL)
        self._context = context
        self._specs = {spec.key: spec for spec in specs}
        self._start = specs[0].key
        self._pages: dict[str, Page] = {self._start: start}
        self._was_painted, self._left = False, self._start
        self._band: QWidget | None = None
        self.asks_to_stay: Callable[[], bool] = lambda: False
        self.bar, self.navigation, self.status, self.stack = TopBar(), Navigation(), StatusLine(), PageStack()
        self._lay_out()
        for spec in specs:
            self.navigation.add(spec.key, spec.title, spec.shortcut, at_foot=not (spec.shortcut or spec.for_some))
            self.navigation.list_page(spec.key, spec.for_some is None)
            if spec.shortcut:  # of the navigation, so that it does nothing while no page is reached
                QShortcut(QKeySequence(spec.shortcut), self.navigation, partial(self.show_page, spec.key))
            for action in spec.actions:
                key = action.key if spec is specs[0] or action.key == spec.shortcut else ""
                context.offer(action, partial(self._do, spec.key, action.act), spec.title, key)
        self.navigation.chosen.connect(self.show_page)
        context.asked.connect(self._answer)
        context.recorded.connect(self.show_pressing)
        self._office: Office | None = None
        self._look_again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self.show_pressing)
        self._look_again.timeout.connect(self._show_catalogue)
        self._adopt(start)
        self.show_page(self._start)

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(frame := QWidget())
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.bar, 0, 0, 1, 3)
        grid.addWidget(self.navigation, 2, 0)
        grid.addWidget(PageView(self.stack), 2, 1)
        grid.addWidget(self.status, 3, 0, 1, 3)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(frame)
        self._keys = KeysOnward(self.stack, self.bar, self.navigation)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.stack.page

    @property
    def waits_for_another(self) -> bool:
        """Whether something is shown in the place of the pages or over everything, which has to be done first."""
        return bool(self.stack.covers)

    def show_page(self, key: str) -> Page | None:
        """Shows a page, made now where it is the first time; None where it cannot be shown, which is said.

        The focus returns to where it was when the page was left; on the page that is shown already, to where it begins.
        """
        if self.waits_for_another:
            return None
        spec = self._specs[key]
        try:
            if spec.for_some:
                spec.for_some.admit(self._context.office())
            page = self._pages.get(key) or self._built(spec)
        except Refusal as refusal:
            self.status.say(str(refusal))
            return None
        self.navigation.show_chosen(key)
        self._left = key
        self.show_pressing()
        self.stack.show_page(page)
        return page

    def _built(self, spec: PageSpec[Any]) -> Page:
        page: Page = spec.build(self._context)
        page.setAccessibleName(spec.title)
        self._pages[spec.key] = page
        self._adopt(page)
        return page

    def _do(self, key: str, act: Callable[[Page], object]) -> None:
        """Shows a page and does something there by its name."""
        if (page := self.show_page(key)) is not None:
            self._try(partial(act, page))

    def _answer(self, request: PageRequest) -> None:
        """Shows the page that answers a request, the one that is shown first, and has it answered there; a refusal is said."""
        specs = sorted(self._specs.values(), key=lambda spec: self._pages.get(spec.key) is not self.page)
        spec = next(spec for spec in specs if type(request) in spec.answers)
        if (page := self.show_page(spec.key)) is not None:
            self._try(partial(spec.answers[type(request)], page, request))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Refusal as refusal:
            self.status.say(str(refusal))

    def show_pressing(self) -> None:
        """Shows beside each page how much is overdue there; a book that cannot be read says so elsewhere."""
        office = self._office
        if office is None or office.database.closed:
            return
        for spec in self._specs.values():
            if spec.pressing is not None:
                with suppress(Refusal):
                    self.navigation.press(spec.key, spec.pressing(office))

    def show_office(self, office: Office) -> None:
        """The office is open: whose it is, and in which mode."""
        # It needs what the first paint does not.
        from counter_assistant.operations.safekeeping.recovering.stated_mode import mode_of

        self._office = office
        self._look_again.start()
        self._show_for_whom(office)
        self.show_pressing()
        self.bar.show_office(office.profile, office.clock)
        warning = STILL_EXAMPLE if office.profile.confirmed and office.examples else ""
        self.status.show_office(mode_of(office), catalogue=catalogue_in_words(office), warning=warning)

    def _show_for_whom(self, office: Office) -> None:
        """Lists what is not for everybody for whom it is; who may not see the page that is shown sees the first."""
        for key, for_some in ((spec.key, spec.for_some) for spec in self._specs.values() if spec.for_some):
            self.navigation.list_page(key, for_some.lists(office))
            if self.page is self._pages.get(key) and self.show_page(key) is None:
                self.show_page(self._start)

    def _show_catalogue(self) -> None:
        """Says anew which catalogue is told: on another day it can be another."""
        if self._office is not None and not self._office.database.closed:
            with suppress(Refusal):
                self.status.show_catalogue(catalogue_in_words(self._office))

    def show_band(self, band: QWidget) -> None:
        """Puts a band under the bar, such as that of a doubtful clock."""
        self._grid.addWidget(band, 1, 0, 1, 3)
        self._keys.listen(band)
        self._band = band

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
        self.status.show_mode(Mode.NOT_OPEN)
        self.show_instead(trouble)

    def show_instead(self, page: Page) -> None:
        """Shows something in place of all pages, which cannot be reached meanwhile."""
        before, self.stack.instead = self.stack.instead, page
        self._adopt(page)
        self._show_again()
        self.stack.drop(before)

    def end_instead(self) -> None:
        """Back to the page that was shown."""
        page, self.stack.instead = self.stack.instead, None
        if page is not None:
            self._show_again()
            self.stack.drop(page)

    def show_over(self, page: Page) -> None:
        """Shows something over whatever is shown, such as a lock. Until it ends nothing else is reached, and nothing else speaks."""
        before, self.stack.over = self.stack.over, page
        self._adopt(page)
        self._show_again()
        self.stack.drop(before)

    def end_over(self, *, at_start: bool = False) -> None:
        """Back to what was shown beneath, as it was, or to the start page."""
        page, self.stack.over = self.stack.over, None
        if page is not None:
            self._left = self._start if at_start else self._left
            self._show_again()
            self.stack.drop(page)

    def left_in_words(self) -> str:
        """On which pages something of whoever left is still unsaved; empty where on none."""
        left = [self._specs[key].title for key, page in self._pages.items() if page.unsaved]
        return f"{'、'.join(left)}里还有前一位没保存的。" if left else ""

    def _show_again(self) -> None:
        """Shows what is to be seen now. Under a lock nothing is said or confirmed: nobody knows who reads it or would confirm it."""
        covered = self.stack.over is not None
        self.status.hush(covered)
        if self._band is not None:
            self._band.setEnabled(not covered)
        self.navigation.setVisible(not self.waits_for_another)
        if not self.stack.show_top() and self.show_page(self._left) is None:
            self.show_page(self._start)  # whoever is here now may not see where the one before was

    def leave_to_another(self) -> None:
        """Another clerk is about to be at the window. Raises Refusal where a page cannot let go of what it holds."""
        for page in (*self._pages.values(), *self.stack.covers):
            page.leave_to_another()

    def focusNextPrevChild(self, next_: bool) -> bool:
        with no_way_in(self.page):
            return super().focusNextPrevChild(next_)

    def raise_(self) -> None:
        """Comes to the front, as when the program is started a second time."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        super().raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._painted)

    def _painted(self) -> None:
        """The whole window is painted."""
        self.place.settle()
        QTimer.singleShot(KEYS_FIRST_MS, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if held := self.stack.held_open(self._pages.values()):
            key = next((key for key, page in self._pages.items() if page is held), None)
            self.show_page(key) if key else self.stack.take_keyboard()
        if held or self.asks_to_stay():
            event.ignore()
            return
        for page in (*self._pages.values(), *self.stack.covers):
            page.close_down()
        self.closing.emit()
        super().closeEvent(event)

    def _adopt(self, page: Page) -> None:
        if page not in self.stack.covers:
            reached = [spec for spec in self._specs.values() if spec.shortcut]
            page.to_pages = (" ".join(spec.shortcut for spec in reached), "、".join(spec.title for spec in reached))
        self.stack.addWidget(page)
        page.status_message.connect(self.status.say)
        page.draft_message.connect(self.status.say_draft)
        if page.KEYS:
            from counter_assistant.ui.shell.page_keys import PageKeys

            PageKeys(page)
