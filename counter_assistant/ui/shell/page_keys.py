"""本页的键：F1 打开，Esc 或再按 F1 关上；至多十二个，别的要做的事在受理台按名字找。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page

MOST_KEYS = 12
FOOT = "Esc 或 F1 关上　·　别的要做的事：在受理台的框里打名字，如 hr 换人、ztfw 暂停服务"
CLOSING = (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_F1)


class PageKeys(QFrame):
    """The keys of a page over the page. While it is open it has the focus, so that Esc closes nothing beneath it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._before: QWidget | None = None
        self.setObjectName("layer")
        self.setAccessibleName("本页的键")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        QShortcut(QKeySequence("F1"), page, self.open, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Each key and what it does: those of the page, and those to the other pages."""
        return (*self._page.KEYS, self._page.to_pages)

    def open(self) -> None:
        """Opens it in the middle of the page."""
        if self.layout() is None:
            self._fill()
        self._before = QApplication.focusWidget()
        page, size = self._page, self.sizeHint().boundedTo(self._page.size())
        self.setGeometry(
            (page.width() - size.width()) // 2, (page.height() - size.height()) // 2, size.width(), size.height()
        )
        self.show()
        self.raise_()
        self.setFocus()

    def close_layer(self) -> None:
        """Closes it; the focus goes back to where it was."""
        before = self._before
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in CLOSING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLOSING:
            self.close_layer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._before = None

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here: what lies beneath is not to be reached while it is covered."""
        return True

    def _fill(self) -> None:
        """Writes the keys down when they are asked for the first time."""
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.addWidget(PlainLabel("本页的键", "title"), 0, 0, 1, 2)
        for row, (key, what) in enumerate(self.keys, 1):
            grid.addWidget(PlainLabel(key, "secondary"), row, 0)
            grid.addWidget(PlainLabel(what, "dense"), row, 1)
        grid.addWidget(PlainLabel(FOOT, "hint"), grid.rowCount(), 0, 1, 2)
        grid.setColumnStretch(1, 1)
