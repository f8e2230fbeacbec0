"""看着每一个键：扫码枪打的不落到任何一栏里，手打的一个不少、照样落下去。

Keys are seen where the system hands them to the window, before shortcuts and before the widget with the focus; what an
input method commits is seen at that widget. Digits are held back until it is clear whether a hand or a scanner types them
(burst.py says how long), and then handed on in their order, or dropped. Only one digit can ever have been handed on before a
scan is known as one; `remember` says how things stood before it.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic_ns

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from shiboken6 import isValid

from counter_assistant.domain.typed_text.scan import FORMAT_VERSION, read_scan
from counter_assistant.ui.scanning.burst import GAP_MS, SURE, SURE_GAP_MS, Burst, Stroke, is_held_down, may_begin
from counter_assistant.ui.scanning.taking_back import TakeBack

SUFFIXES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
LINE_FEEDS = (Qt.Key.Key_J, Qt.Key.Key_M)
"""With Ctrl: how a scanner types the line feed and the carriage return of its suffix."""
NOT_PLAIN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
HELD_KEYS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
SUFFIX_MS, SAME_TEXT_MS = SURE_GAP_MS, GAP_MS
LEAVING = (QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut, QEvent.Type.Close)


class KeyClock:
    """When keys arrive, and when they were struck; a test gives its own."""

    def now(self) -> float:
        """Milliseconds that never go back."""
        return monotonic_ns() / 1e6

    def struck(self, event: QKeyEvent) -> int:
        """Milliseconds of the platform's own clock; 0 where it does not say."""
        return int(event.timestamp())


class ScanWatch(QObject):
    """Watches the keys of all windows of the program. `scanned`: a Scan, or None for a burst that is no paper's code."""

    scanned = Signal(object)

    def __init__(
        self, remember: Callable[[], TakeBack], clock: KeyClock | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.clock = clock or KeyClock()
        self._remember = remember
        self._burst: Burst | None = None
        self._held: list[Callable[[], object]] = []
        self._take_back: TakeBack | None = None
        self._last: Stroke | None = None
        self._after: Stroke | None = None
        self._word: Stroke | None = None
        self._handing_on = self._composing = self._looked_again = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._waited)
        self._widget: QObject | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch_window)
        app.focusObjectChanged.connect(self._watch_widget)
        self._watch_window(QGuiApplication.focusWindow())
        self._watch_widget(QGuiApplication.focusObject())

    @property
    def holding(self) -> bool:
        """Whether something is held back of which it is not known yet who types it."""
        return bool(self._held)

    # Where keys come from

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _watch_widget(self, widget: QObject | None) -> None:
        if self._widget is not None and isValid(self._widget):
            self._widget.removeEventFilter(self)
        self._widget, self._composing = widget, False
        if widget is not None:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if not isinstance(watched, QWindow) or kind is QEvent.Type.KeyRelease:
                return False
            return self._meet_key(watched, event)
        if isinstance(event, QInputMethodEvent):
            return self._meet_commit(watched, event)
        if kind in LEAVING and isinstance(watched, QWindow) and self._held and not self._is_sure:
            self._release()
        return False

    def _meet_key(self, window: QWindow, event: QKeyEvent) -> bool:
        """Whether a key is not handed on now. It is met twice: first as what may be a shortcut, then as itself."""
        if self._handing_on:
            self._handing_on = event.type() is not QEvent.Type.KeyPress
            return False
        if event.key() in HELD_KEYS:
            return False
        stroke = Stroke(event.text(), self.clock.now(), self.clock.struck(event), event.isAutoRepeat())
        plain = not event.modifiers() & NOT_PLAIN
        if self._is_suffix(event, stroke, plain=plain):
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self._finish(stroke)
            return True
        if not (plain and self._belongs(stroke)):
            self._end()
            self._last = stroke
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            copy = QKeyEvent(
                QEvent.Type.KeyPress, event.key(), event.modifiers(), event.nativeScanCode(), event.nativeVirtualKey(),
                event.nativeModifiers(), event.text(), event.isAutoRepeat(), event.count(),
            )  # fmt: skip
            self._hold(stroke, lambda: self._hand_on(window, copy))
        return True

    def _meet_commit(self, widget: QObject, event: QInputMethodEvent) -> bool:
        """Whether what an input method commits is not handed on now."""
        if self._handing_on:
            self._handing_on = False
            return False
        composing, text = self._composing or bool(event.preeditString()), event.commitString()
        self._composing = bool(event.preeditString())
        if not text and not composing:
            return False  # an input method says nothing, as it does between keys
        stroke = Stroke(text, self.clock.now())
        whole = read_scan(text)
        if composing or event.replacementLength() or not (self._belongs(stroke) or (whole and whole.sound)):
            self._end()
            self._last, self._word = None, stroke if composing and text else None
            return False
        copy = QInputMethodEvent()
        copy.setCommitString(text)
        self._hold(stroke, lambda: self._hand_on(QGuiApplication.focusObject() or widget, copy))
        return True

    # What they are

    def _belongs(self, stroke: Stroke) -> bool:
        """Whether a stroke goes on with the burst, or may begin one: not within other text that a machine types."""
        if self._burst is not None and self._burst.goes_on(stroke):
            return True
        last = self._last
        if is_held_down(stroke, self._burst.strokes[-1] if self._burst else last):
            return False
        within = (
            last is not None and len(last.text) == 1 and last.text.isprintable() and stroke.after(last) < SAME_TEXT_MS
        )
        return may_begin(stroke) and not within

    def _is_suffix(self, event: QKeyEvent, stroke: Stroke, *, plain: bool) -> bool:
        """Whether it is what a scanner types behind a code, which acts nowhere."""
        line_feed = event.key() in LINE_FEEDS and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not line_feed and not (plain and event.key() in SUFFIXES):
            return False
        burst = self._burst
        if burst is not None and burst.is_scan:
            return stroke.after(burst.strokes[-1]) <= burst.gap
        return self._after is not None and stroke.after(self._after) <= SUFFIX_MS

    def _hold(self, stroke: Stroke, hand_on: Callable[[], object]) -> None:
        if self._burst is None or not self._burst.goes_on(stroke):
            self._end()
            chosen = self._word is not None and stroke.after(self._word) <= GAP_MS
            self._burst, self._word = Burst(taken=FORMAT_VERSION if chosen else ""), None
        self._burst.strokes.append(stroke)
        self._held.append(hand_on)
        self._last, self._looked_again = None, False
        self._timer.start(round(self._burst.patience))

    def _waited(self) -> None:
        """Nothing came for as long as the burst is waited for: what is queued behind a busy window is looked at first."""
        burst = self._burst
        if burst is None:
            return
        missing = burst.strokes[-1].at + burst.patience - self.clock.now()
        if missing > 0:
            self._timer.start(max(round(missing), 1))
        elif not self._looked_again:
            self._looked_again = True
            self._timer.start(0)
        elif burst.is_scan:
            self._finish(burst.strokes[-1])
        else:
            self._release()

    # What becomes of them

    @property
    def _is_sure(self) -> bool:
        """Whether no hand can be typing what is typed now."""
        return self._burst is not None and len(self._burst.strokes) >= SURE

    def _release(self) -> None:
        """Hands on what is held, in its order; the burst may still go on, and then this is taken back."""
        if not self._held:
            return
        self._take_back = self._take_back or self._remember()
        held, self._held = self._held, []
        for hand_on in held:
            hand_on()

    def _end(self) -> None:
        """A hand typed it: what is held is handed on, and what comes next is something else."""
        burst = self._burst
        if burst is not None and burst.is_scan:
            self._finish(burst.strokes[-1])
        else:
            self._burst = None
            self._timer.stop()
            self._release()
            self._take_back = None

    def _finish(self, last: Stroke) -> None:
        """A scanner typed it: what is held is dropped, and what was handed on is taken back."""
        burst, take_back = self._burst, self._take_back
        self._burst, self._take_back, self._held, self._after = None, None, [], last
        self._timer.stop()
        if burst is None:
            return
        if take_back is not None:
            take_back()
        scan = read_scan(burst.text, alone=True)
        QTimer.singleShot(0, self, lambda: self.scanned.emit(scan))

    def _hand_on(self, target: QObject, event: QEvent) -> None:
        if isValid(target):
            self._handing_on = True
            QCoreApplication.sendEvent(target, event)
            self._handing_on = False
