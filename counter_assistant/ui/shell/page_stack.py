"""一层一层：各页，代替各页的一页（如打开台账），盖在一切上面的一页（如锁屏）；上面的没完，下面的碰不到，也不丢。"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from counter_assistant.ui.focus_return import give_focus
from counter_assistant.ui.widgets.page import Page

UNSAVED_BENEATH = "后面还有没保存的内容，窗口先不关：请先回去保存。"


class PageStack(QStackedWidget):
    """What is shown of a page, of what stands in the place of all pages, and of what is over everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("当前页")
        self.instead: Page | None = None
        """What stands in the place of all pages."""
        self.over: Page | None = None
        """What is over everything."""
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """The least room that the page which is shown needs: of the others none is seen."""
        page: QWidget | None = self.currentWidget()
        around = self.parentWidget()
        if page is None:
            return QSize()
        width = around.width() if around is not None else 0
        least = page.minimumSizeHint().expandedTo(page.minimumSize())
        return QSize(least.width(), max(least.height(), self.heightForWidth(max(least.width(), width))))

    def heightForWidth(self, width: int) -> int:
        """The least height of the page at a width: words that are broken take more of it where that is narrow."""
        page: QWidget | None = self.currentWidget()
        layout = page.layout() if page is not None else None
        return layout.minimumHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0

    @property
    def page(self) -> Page:
        """What is shown."""
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def covers(self) -> list[Page]:
        """What keeps the pages from being reached, the lowest first."""
        return [page for page in (self.instead, self.over) if page is not None]

    def show_page(self, page: Page) -> None:
        """Shows a page with the focus where it was when the page was left; on the one that is shown already, where it begins."""
        left_at = page.focusWidget() if page is not self.currentWidget() else None
        self.setCurrentWidget(page)
        self._begin(left_at)

    def show_top(self) -> bool:
        """Shows the topmost of what keeps the pages from being reached, as it was; False where there is nothing."""
        if not self.covers:
            return False
        page = self.covers[-1]
        left_at = page.focusWidget()
        self.setCurrentWidget(page)
        self._begin(left_at)
        return True

    def take_keyboard(self) -> None:
        """The keyboard is in what is shown again, where it was there, as after a window of its own or a panel at its side."""
        self._begin(self.page.focusWidget())

    def _begin(self, left_at: QWidget | None) -> None:
        """Puts the focus where the page was left, else where it begins; a page itself, which takes no key, never has it."""
        if not give_focus(left_at) and self.page.focusProxy() is not None:
            self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def drop(self, page: Page | None) -> None:
        """Lets a page go, once another is shown: else one of Qt's choice would be, without its focus."""
        if page is not None:
            page.close_down()
            self.removeWidget(page)
            page.deleteLater()

    def held_open(self, pages: Iterable[Page]) -> Page | None:
        """The page that has something typed which would be lost with the window; what is over it says so, and a lock each time."""
        if self.over is not None:
            beneath = [page for page in (*pages, self.instead) if page is not None and page.unsaved]
            if beneath:
                self.over.tell(UNSAVED_BENEATH)
            return self.over if beneath else None
        if self.instead is not None and self.instead.hold_open():
            return self.instead
        held = next((page for page in pages if page.hold_open()), None)
        if held is not None and self.instead is not None:
            self.instead.tell(held.unsaved)
            return self.instead
        return held


class PageView(QScrollArea):
    """The part of the window in which the pages are seen. A page that needs more room than there is, is scrolled and not cut."""

    def __init__(self, stack: PageStack) -> None:
        super().__init__()
        self.setAccessibleName("各页的位置")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(stack)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.rangeChanged.connect(self._follow)

    def _follow(self) -> None:
        """Brings what has the focus into view, wherever it has gone and whatever came above it."""
        now = QApplication.focusWidget()
        if now is not None and self.widget().isAncestorOf(now):
            self.ensureWidgetVisible(now)
