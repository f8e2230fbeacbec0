"""本页的键：各页、文明用语和小窗口，F1 打开，Esc 或再按 F1 关上；至多十二个，别的要做的事在受理台按名字找。"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.fields.entry_edit import ENTER
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page

MOST_KEYS = 12
FOOT = "别的要做的事：在受理台的框里打名字，如 hr 换人、ztfw 暂停服务"
CLOSING = (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_F1)


class KeySheet(QFrame):
    """The keys of a widget over it. While it is open it has the focus, so that Esc closes nothing beneath it."""

    FOOT = ""

    def __init__(self, over: QWidget, keys: Iterable[tuple[str, str]], title: str = "这里的键") -> None:
        super().__init__(over)
        self.keys: tuple[tuple[str, str], ...] = tuple(keys)
        """Each key and what it does."""
        self._over, self._title = over, title
        self._focus = FocusReturn()
        self._rows, self._columns, self._tall = QVBoxLayout(self), 0, 0
        self._written: QWidget
        self.setObjectName("layer")
        self.setAccessibleName(title)
        self.setAccessibleDescription("；".join(f"{key} {what}" for key, what in self.keys))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        over.installEventFilter(self)  # no shortcut: a docked panel and the page beneath it would both have F1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F1 comes from the widget with the focus outwards: the innermost that has a sheet opens it."""
        pressed = event.type() is QEvent.Type.KeyPress and watched is self._over
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1 and not event.modifiers():
            self.open()
            return True
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self, self._fit)  # what lies around it is moved after it
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Opens it in the middle of what is seen."""
        self._fit()
        self._focus.keep()
        self.show()
        self.raise_()
        self.setFocus()

    def _fit(self) -> None:
        """Writes the keys in two columns where it is too low for one, and puts them in the middle."""
        seen = self._seen()
        if not self._columns:
            self._write(1)
            self._tall = self.sizeHint().height()
        self._write(1 if self._tall <= seen.height() else 2)
        place = QRect(QPoint(), self.sizeHint().boundedTo(seen.size()))
        place.moveCenter(seen.center())
        self.setGeometry(place)

    def _seen(self) -> QRect:
        """The part of what it lies over that is not scrolled away."""
        seen, around = self._over.rect(), self._over.parentWidget()
        while around is not None and not self._over.isWindow():
            seen &= QRect(self._over.mapFrom(around, QPoint()), around.size())
            around = around.parentWidget() if not around.isWindow() else None
        return seen

    def close_layer(self) -> None:
        """Closes it; the focus goes back to where it was."""
        self._focus.give_back()
        self.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in CLOSING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLOSING:
            self.close_layer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was opened beneath it is to be seen."""
        super().focusOutEvent(event)
        to = QApplication.focusWidget()
        if to is not None and to.window() is self.window() and not self.isAncestorOf(to):
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._focus.forget()  # given back before, where it was closed and not left with its page

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays here: what lies beneath is not to be reached while it is covered."""
        return True

    def _write(self, columns: int) -> None:
        """Writes the keys down when they are asked for, in so many columns."""
        if columns == self._columns:
            return
        if self._columns:
            self._written.hide()
            self._written.deleteLater()
            self._rows.removeWidget(self._written)
        margin = theme.px(24 if columns == 1 else 12)
        self._rows.setContentsMargins(margin, theme.px(16), margin, theme.px(16))
        self._columns, self._written = columns, QWidget()
        self._rows.addWidget(self._written)
        grid = QGridLayout(self._written)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16 if columns == 1 else 8))
        grid.setVerticalSpacing(theme.px(6))
        grid.addWidget(PlainLabel(self._title, "title"), 0, 0, 1, -1)
        each = -(-len(self.keys) // columns)
        for n, (key, what) in enumerate(self.keys):
            row, column = 1 + n % each, 2 * (n // each)
            grid.addWidget(PlainLabel(key, "secondary"), row, column)
            grid.addWidget(PlainLabel(what, "dense"), row, column + 1)
            grid.setColumnStretch(column + 1, 1)
        if self.FOOT:
            grid.addWidget(PlainLabel(self.FOOT, "hint"), each + 1, 0, 1, -1)
        closing = LinkButton("Esc", "关上", self.close_layer)
        grid.addWidget(closing, each + 2, 0, 1, -1, Qt.AlignmentFlag.AlignLeft)


class PageKeys(KeySheet):
    """The keys of a page, and those to the other pages where they can be reached."""

    def __init__(self, page: Page) -> None:
        self.FOOT = FOOT if page.to_pages else ""
        super().__init__(page, (*page.KEYS, page.to_pages) if page.to_pages else page.KEYS, "本页的键")
