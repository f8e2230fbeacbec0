"""文字：一律按纯文本显示。Every QLabel guesses rich text from its content, so names and reasons never reach one that does."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counter_assistant.ui.announcing import acting, announce
from counter_assistant.ui.widgets.styling import set_style

SAID_ALOUD = {"error": True, "attention": False, "done": False}
"""The roles of what appears because of something that was done, which a screen reader is told; True: at once."""
_JOINER = "\u2060"


def plain_tip(text: str) -> str:
    """A text as a tooltip shows it as it is: Qt guesses from `<` and `&` whether it is rich, and after an invisible joiner it is not."""
    return text.replace("<", f"<{_JOINER}").replace("&", f"&{_JOINER}")


class PlainLabel(QLabel):
    """A text that is shown as it is. `role` is one of the style sheet's: title, hint, secondary, error and so on.

    `aloud`: a screen reader says what comes here, whatever its role.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        wrap: bool = False,
        aloud: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._aloud = aloud
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)

    def say(self, text: str, role: str = "") -> None:
        """Shows a text, or nothing at all where it is empty; in another `role` where one is given.

        What is refused once more is said once more, `begin_act`.
        """
        if role:
            set_style(self, role=role)
        spoken = str(self.property("role"))
        urgent = SAID_ALOUD.get(spoken, False)
        new = self.isHidden() or text != self.whole or (urgent and acting())
        self._show(text)
        self.setVisible(bool(text))
        if new and (self._aloud or spoken in SAID_ALOUD):
            announce(self, text, urgent=urgent)

    @property
    def whole(self) -> str:
        """The text, whatever there is room for."""
        return self.text()

    def _show(self, text: str) -> None:
        if text != self.text():
            self.setText(text)


class FlowingLabel(PlainLabel):
    """A text in a flow: on one line where there is room, else broken."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(text, role, wrap=True, parent=parent)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 1, self.fontMetrics().height())


class FittedLabel(PlainLabel):
    """A text that is cut to the room it has. The whole of it is what a screen reader reads, and what the mouse is shown where it is cut."""

    def __init__(self, role: str, *, wrap: bool = False, parent: QWidget | None = None) -> None:
        self._whole = ""
        super().__init__("", role, wrap=wrap, parent=parent)

    @property
    def whole(self) -> str:
        return self._whole

    def _show(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self._cut()
        if shown != self.text():
            QLabel.setText(self, shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")

    def _cut(self) -> str:
        """As much of the text as there is room for."""
        raise NotImplementedError


class ShrinkingLabel(FittedLabel):
    """A text on one line that ends in … where there is no room, and never asks for room itself."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(role, parent=parent)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def _cut(self) -> str:
        return self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 0))


class YieldingLabel(ShrinkingLabel):
    """A text on one line that has the room it needs as long as nothing beside it wants that, and else ends in …."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__("", role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        if text != self._whole:
            self._show(text)
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _cut(self) -> str:
        return super()._cut() if self.isVisible() else self._whole

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class LeadingLabel(ShrinkingLabel):
    """A text on one line that leads by the mouse to where something is done about it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pressed.emit()


class ClampedLabel(FittedLabel):
    """A text of at most so many lines; what does not fit ends in …."""

    def __init__(self, lines: int, role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(role, wrap=True, parent=parent)
        self._lines = lines

    def limit(self, lines: int) -> None:
        """Allows another number of lines."""
        if lines != self._lines:
            self._lines = lines
            self._fit()

    def _cut(self) -> str:
        """Gives each paragraph what the earlier ones leave of the lines."""
        metrics, left, shown = self.fontMetrics(), self._lines, list[str]()
        width = max(self.contentsRect().width(), 1)
        paragraphs = self._whole.split("\n")
        for n, paragraph in enumerate(paragraphs, 1):
            if left <= 0:
                break
            left -= len(paragraphs) - n
            room = width * left - metrics.averageCharWidth() * 4 * (left - 1)
            shown.append(metrics.elidedText(paragraph, Qt.TextElideMode.ElideRight, room))
            left -= -(-metrics.horizontalAdvance(shown[-1]) // width) - (len(paragraphs) - n)
        return "\n".join(shown)
