"""浮动小窗口：盖在业务系统上面，不叫它就不抢键盘.

A Qt.Tool, never a Popup, in which a QLineEdit cannot take Chinese on Windows. Without a parent, so that it stays when the
desk is minimised. While nobody types in it it takes no focus as far as the system knows: a click copies a phrase, and the
cursor stays in the other program.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizeGrip, QVBoxLayout, QWidget

from counter_assistant.domain.wording.phrases import PhraseChannel
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.phrases.panel import PhrasePanel

USUAL, SMALLEST, CALLING = (380, 430), (320, 300), (720, 480)


class FloatingPanel(QWidget):
    """The window around the panel. `toggled`: Ctrl+J was pressed in it."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__(None)
        self.setObjectName("phrases_window")
        self.setWindowTitle("文明用语")
        self.setWindowFlags(
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setMinimumSize(*(theme.px(n) for n in SMALLEST))
        self.resize(*(theme.px(n) for n in USUAL))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._grip = QSizeGrip(self)
        self._panel: PhrasePanel | None = None
        self._usual = QSize()
        shortcut = QShortcut(QKeySequence("Ctrl+J"), self)
        shortcut.activated.connect(self.toggled)

    def take_in(self, panel: PhrasePanel) -> None:
        """Takes the panel in."""
        self._panel = panel
        self._rows.addWidget(panel)
        panel.header.show_place(floating=True)
        panel.foot.addWidget(self._grip, 0, Qt.AlignmentFlag.AlignBottom)
        panel.keyboard_wanted.connect(self.take_keyboard)
        panel.channel_changed.connect(self._fit_channel)
        panel.show()

    def release(self) -> None:
        """Releases the panel, to be docked."""
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.keyboard_wanted.disconnect(self.take_keyboard)
            panel.channel_changed.disconnect(self._fit_channel)
            panel.foot.removeWidget(self._grip)
            self._grip.setParent(self)
            self._rows.removeWidget(panel)
            panel.header.show_place(floating=False)
        self.hide()

    def show_quietly(self) -> None:
        """Comes to the front; the keyboard stays where it is."""
        self.show()
        self.raise_()

    def take_keyboard(self) -> None:
        """Takes the keyboard, as somebody wants to type here."""
        self._accept_focus(True)
        self.show()
        self.raise_()
        self.activateWindow()

    def place_now(self) -> str:
        """Where it stands, as `restore` takes it."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def restore(self, place: str) -> None:
        """Puts it where it stood; without a place at the right of the screen, under its edge. Always on a screen that is there."""
        if place and self.restoreGeometry(QByteArray.fromBase64(place.encode())):
            return
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(screen.right() - self.width() - theme.px(24), screen.top() + theme.px(72))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._accept_focus(False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._accept_focus(False)

    def _accept_focus(self, accept: bool) -> None:
        """Sets the flag on the window itself: changing a widget's flags would hide it first."""
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not accept)

    def _fit_channel(self) -> None:
        """Makes room for the checklist of a call beside the phrases, and takes it back."""
        calling = self._panel is not None and self._panel.channel is PhraseChannel.PHONE
        if calling:
            self._usual = self.size()
            self.resize(self.size().expandedTo(QSize(*(theme.px(n) for n in CALLING))))
        elif self._usual.isValid():
            self.resize(self._usual)
        self._keep_on_screen()

    def _keep_on_screen(self) -> None:
        room = self.screen().availableGeometry()
        place = self.geometry()
        place.moveLeft(max(min(place.left(), room.right() - place.width()), room.left()))
        place.moveTop(max(min(place.top(), room.bottom() - place.height()), room.top()))
        self.setGeometry(place)
