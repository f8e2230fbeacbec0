"""纸面：a paper as it will be printed or was printed, drawn from its PDF by pypdfium2.

QtPdf lives in the half of PySide6 that is not shipped. The picture is made at the screen's own resolution and kept until
the size or the paper changes.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.page_words import copies_apart, page_words, said_of_page

A4 = 297 / 210


class PaperView(QFrame):
    """One page of a PDF, as large as fits. `show_pdf` puts a paper in, `turn` goes to another page; `ratio` is the height of the
    paper by its width."""

    def __init__(self, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("纸面")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._empty = empty
        self.setAccessibleDescription(empty)
        self._pdf = b""
        self._page, self._pages = 0, 0
        self._copies: tuple[str, ...] = ()
        self.ratio = A4
        self._picture: tuple[QSize, QImage] | None = None
        self.place_of_page = QRectF()

    @property
    def pages(self) -> int:
        """How many pages the paper has; 0 while none is shown."""
        return self._pages

    @property
    def pdf(self) -> bytes:
        """The paper that is shown; nothing while there is none."""
        return self._pdf

    @property
    def page(self) -> int:
        """The page on view, from 0."""
        return self._page

    def show_pdf(self, pdf: bytes, copies: tuple[str, ...] = ()) -> None:
        """Shows the first page of a paper, or of its `copies` one after the other."""
        self._pdf, self._page, self._picture, self._copies = pdf, 0, None, copies
        with _opened(pdf) as document:
            self._pages, (width, height) = len(document), document.get_page_size(0)
        self.ratio = height / width
        if not copies_apart(self._pages, wide=width > height):
            self._copies = ()
        self._describe()
        self.update()

    def clear(self, empty: str = "") -> None:
        """Takes the paper away and says instead what would be here."""
        self._pdf, self._page, self._pages, self._picture = b"", 0, 0, None
        self._empty = empty or self._empty
        self.setAccessibleDescription(self._empty)
        self.update()

    def turn(self, pages: int) -> None:
        """Turns so many pages on (or back), and stops at the first and the last."""
        page = min(max(self._page + pages, 0), max(self._pages - 1, 0))
        if page != self._page:
            self._page, self._picture = page, None
            self._describe()
            self.update()

    def _describe(self) -> None:
        place = page_words(self._page, self._pages, self._copies) if self._pages > 1 else ""
        with _opened(self._pdf) as document:
            self.setAccessibleDescription(said_of_page(place, document[self._page]))

    def part_of_page(self, at: QPointF) -> tuple[float, float] | None:
        """Where on the page a point of the widget lies, as parts of its width and height; None beside the page."""
        if not self._pdf or not self.place_of_page.contains(at):
            return None
        return (at.x() - self.place_of_page.x()) / self.place_of_page.width(), (
            at.y() - self.place_of_page.y()
        ) / self.place_of_page.height()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.turn(1 if self._page + 1 < self._pages else -self._pages)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(380), theme.px(520))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(200))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(colours.line), 1))
        painter.setBrush(theme.colour(colours.paper_ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        if self._pdf:
            self._paint_page(painter)
            return
        painter.setPen(theme.colour(colours.secondary))
        painter.setFont(theme.type_(theme.DENSE))
        room = self.rect().adjusted(theme.px(24), 0, -theme.px(24), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)

    def _paint_page(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        margin, foot = theme.px(10), theme.px(18) if self._pages > 1 else 0
        room = self.size() - QSize(2 * margin, 2 * margin + foot)
        wanted = QSize(max(round(room.width() * ratio), 1), max(round(room.height() * ratio), 1))
        if self._picture is None or self._picture[0] != wanted:
            self._picture = (wanted, _render(self._pdf, self._page, wanted))
        image = self._picture[1]
        width, height = image.width() / ratio, image.height() / ratio
        place = QRectF(round((self.width() - width) / 2), round((self.height() - foot - height) / 2), width, height)
        self.place_of_page = place
        painter.drawImage(place, image)
        painter.setPen(QPen(theme.colour(theme.palette().line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        if foot:
            painter.setPen(theme.colour(theme.palette().secondary))
            painter.setFont(theme.type_(theme.SMALL))
            text = page_words(self._page, self._pages, self._copies)
            below = QRect(0, round(place.bottom()), self.width(), foot + margin)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)


class _opened:  # noqa: N801 - reads as a verb
    """A PDF that is closed again."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Any:
        return self._document

    def __exit__(self, *_: object) -> None:
        self._document.close()


def _render(pdf: bytes, number: int, room: QSize) -> QImage:
    """A page as large as fits into so many pixels."""
    with _opened(pdf) as document:
        page = document[number]
        scale = min(room.width() / page.get_width(), room.height() / page.get_height())
        bitmap = page.render(scale=scale, prefer_bgrx=True, maybe_alpha=False)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return image.copy()
