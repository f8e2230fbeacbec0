"""纸面：将要打印的那一页，一字不差；编号、时间、校验码和二维码留空，斜印“草稿”。

The page is the very PDF that is printed, drawn by pdfium at the screen's own resolution. Nothing is copied on its way
from pdfium's bitmap to the screen.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from counter_assistant.printing.media import media_of
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.appearance.palette import LIGHT
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.fields.reading_text import ReadingText
from counter_assistant.ui.widgets.page_words import LARGE, copies_apart, page_words, said_of_page, text_of_page

A4 = (595.28, 841.89)
_WALKED_THROUGH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
"""The cursor walks through the words, and a screen reader reads where it is."""
_EMPTY = "选好事项后，这里就是将要打印的那一页。"


class Preview(QFrame):
    """The paper on its ground. A click turns to the next page where there are several."""

    page_turned = Signal(int)
    large_wanted = Signal()
    """The paper is to be printed in large type, or no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("纸面预览")
        self.setAccessibleDescription(_EMPTY)
        self._reading: ReadingText | None = None
        self._focus = FocusReturn()
        self._pdf: bytes | None = None
        self._words = _EMPTY
        self._at = 0
        self._pages = 0
        self._copies: tuple[str, ...] = ()
        self._image: QImage | None = None
        self._bitmap: Any = None
        self._size, self._note = A4, ""
        self.large = LinkButton("Ctrl+G", LARGE[False], self.large_wanted.emit)
        self.large.setObjectName("large_print")
        self.large.setParent(self)

    @property
    def sheet(self) -> str:
        """The sheet of the paper that is shown, as the printer is told it; A4 while there is none."""
        return media_of(self._pdf or b"")

    @property
    def copies(self) -> tuple[str, ...]:
        """The copies that are shown one after the other; none where both are on each sheet."""
        return self._copies

    def show_large(self, on: bool, *, served: bool = False) -> None:
        """Names what the key does now: the other size of type, once more on paper where the visitor was served."""
        self.large.rename(LARGE[on] + ("补打" if served else ""))
        self._place_large()

    @property
    def pages(self) -> int:
        """How many pages can be turned to."""
        return self._pages

    @property
    def image(self) -> QImage | None:
        """The page as it is shown."""
        return self._image

    def show_pdf(self, pdf: bytes, copies: tuple[str, ...] = (), note: str = "") -> None:
        """Shows a paper, or its `copies` one after the other, on the page that is open, with a `note` beneath."""
        self._pdf, self._copies, self._note = pdf, copies, note
        self._render()
        self.update()

    def show_words(self, words: str = "") -> None:
        """Shows that there is no paper, and why."""
        self._pdf, self._image, self._bitmap, self._pages, self._at = None, None, None, 0, 0
        self._size, self._note = A4, ""
        self._words = words or _EMPTY
        self.setAccessibleDescription(self._words)
        if self._reading is not None:
            self._reading.setPlainText(self._words)
        self.update()

    def turn(self, step: int) -> None:
        """Turns to another page."""
        if self._pages > 1:
            self._at = (self._at + step) % self._pages
            self._render()
            self.update()
            self.page_turned.emit(self._at)

    def toggle_words(self) -> None:
        """Shows what is written on the page as text instead of its picture, to be read line by line, or the picture again."""
        if self.close_words():
            return
        self._focus.keep()
        self._reading = ReadingText("纸上的字，Esc 回去", 16, self)
        self._reading.setTextInteractionFlags(_WALKED_THROUGH)
        self._reading.setPlainText(self._words)
        self._render()
        self._lay_words()
        self.update()
        self._reading.show()
        self._reading.setFocus()

    def close_words(self) -> bool:
        """Shows the picture again, with the focus where it was; False where it was shown."""
        reading, self._reading = self._reading, None
        if reading is None:
            return False
        had_focus = reading.hasFocus()
        reading.hide()
        reading.deleteLater()
        self.update()
        if had_focus:
            self._focus.give_back()
        return True

    def _lay_words(self) -> None:
        if self._reading is not None:
            edge = theme.px(8)
            self._reading.setGeometry(self.rect().adjusted(edge, edge, -edge, -theme.px(26)))

    def paper_rect(self) -> QRectF:
        """Where the page lies."""
        ground = QRectF(self.rect()).adjusted(theme.px(8), theme.px(8), -theme.px(8), -theme.px(8))
        if self._pages > 1 or self._note:
            ground.setBottom(ground.bottom() - theme.px(18))
        scale = max(min(ground.width() / self._size[0], ground.height() / self._size[1]), 0.01)
        width, height = self._size[0] * scale, self._size[1] * scale
        return QRectF(
            round(ground.center().x() - width / 2), round(ground.y() + (ground.height() - height) / 2), width, height
        )

    def _render(self) -> None:
        """Draws the open page. The bitmap must live as long as the image that looks into it."""
        if self._pdf is None:
            return
        import pypdfium2

        document = pypdfium2.PdfDocument(self._pdf)
        try:
            self._pages = len(document)
            self._at = min(self._at, self._pages - 1)
            ratio = self.devicePixelRatioF()
            page = document[self._at]
            self._size = page.get_size()
            if not copies_apart(self._pages, wide=self._size[0] > self._size[1]):
                self._copies = ()
            bitmap = page.render(
                scale=self.paper_rect().width() * ratio / self._size[0], prefer_bgrx=True, rev_byteorder=False
            )
            image = QImage(
                memoryview(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            image.setDevicePixelRatio(ratio)
            self._image, self._bitmap = image, bitmap
            place = page_words(self._at, self._pages, self._copies) if self._pages > 1 else ""
            self.setAccessibleDescription(said_of_page(place, page))
            if self._reading is not None:
                self._reading.setPlainText(text_of_page(page))
            page.close()
        finally:
            document.close()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(colours.line))
        painter.setBrush(theme.colour(colours.paper_ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        if self._reading is not None:
            return
        paper = self.paper_rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(paper, Qt.GlobalColor.white)
        if self._image is None:
            self._say_nothing_yet(painter, paper)
        else:
            painter.drawImage(paper.topLeft(), self._image)
            if self._pages > 1 or self._note:
                self._say_page(painter, paper)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)

    def _say_nothing_yet(self, painter: QPainter, paper: QRectF) -> None:
        painter.save()
        painter.setFont(theme.type_(theme.DENSE))
        painter.setPen(theme.colour(LIGHT.hint))
        inside = paper.adjusted(theme.px(24), 0, -theme.px(24), 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere, self._words)
        painter.restore()

    def _say_page(self, painter: QPainter, paper: QRectF) -> None:
        painter.save()
        painter.setFont(theme.type_(theme.SMALL))
        painter.setPen(theme.colour(theme.palette().secondary))
        place = QRect(0, round(paper.bottom()) + theme.px(2), self.width(), theme.px(18))
        words = page_words(self._at, self._pages, self._copies) if self._pages > 1 else ""
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "　".join(filter(None, (self._note, words))))
        painter.restore()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.turn(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_large()
        self._lay_words()
        self._render()

    def _place_large(self) -> None:
        """In the lower corner, beside the paper."""
        self.large.adjustSize()
        self.large.move(
            self.width() - self.large.width() - theme.px(8), self.height() - self.large.height() - theme.px(2)
        )


class FoldedPaper(QWidget):
    """The paper of a narrow window, folded to a strip: a click opens it over the list."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("展开纸面预览，F11")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(colours.line))
        painter.setBrush(theme.colour(colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        painter.setPen(theme.colour(colours.secondary))
        painter.setFont(theme.type_(theme.DENSE))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "纸\n面\n预\n览\n\nF11")

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit()
