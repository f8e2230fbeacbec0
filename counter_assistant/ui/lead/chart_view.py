"""屏幕上的一幅图：与纸上同一张图，用屏幕的字和颜色画；方向键选一根柱，回车或者点一下打开它的办件."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from counter_assistant.domain.report.pictures import Bar, Picture, Subject
from counter_assistant.paper.charts.chart import Chart, Inks, chart
from counter_assistant.paper.charts.marks import Area, Stroke, Word, marks_of
from counter_assistant.ui.announcing import announce_choice
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import ENTER

BACK, ON = (Qt.Key.Key_Left, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Down)
INSET = 4


def screen_inks() -> Inks:
    """The colours of the palette in use."""
    colours = theme.palette()
    return Inks(
        colours.accent, colours.field_line, colours.attention, colours.overdue, colours.ground, colours.text,
        colours.hint, colours.line,
    )  # fmt: skip


class ChartView(QFrame):
    """A picture. With the focus a bar is marked; `chosen` is the Bar whose cases are wanted."""

    chosen = Signal(object)

    def __init__(self, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = Picture(subject, 0, ())
        self._chart: Chart | None = None
        self.marked = 0
        """The place of the marked bar among those that are drawn."""
        self.setObjectName(f"chart_{subject.value}")
        self.setAccessibleName(subject.question)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_picture(self, picture: Picture) -> None:
        """Shows other figures."""
        self.picture, self._chart = picture, None
        self.marked = min(self.marked, max(len(self.drawn.bars) - 1, 0))
        self._tell()
        self.update()

    @property
    def drawn(self) -> Chart:
        """The drawing in the size that there is, made once for it."""
        inside = self.rect().adjusted(theme.px(INSET), theme.px(INSET), -theme.px(INSET), -theme.px(INSET))
        width, height = max(inside.width(), 1), max(inside.height(), 1)
        if self._chart is None or (self._chart.drawing.width, self._chart.drawing.height) != (width, height):
            self._chart = chart(self.picture, width, height, theme.px(theme.SMALL), screen_inks())
        return self._chart

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(90))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bars = self.drawn.bars
        if event.key() in (*BACK, *ON) and bars:
            step = 1 if event.key() in ON else -1
            self.marked = min(max(self.marked + step, 0), len(bars) - 1)
            self._tell()
            self.update()
        elif event.key() in ENTER and bars:
            self.chosen.emit(bars[self.marked])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if at is not None:
            self.marked = at
            self.chosen.emit(self.drawn.bars[at])
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def _at(self, event: QMouseEvent) -> int | None:
        """The bar under the mouse."""
        x, y = event.position().x() - theme.px(INSET), event.position().y() - theme.px(INSET)
        places = enumerate(self.drawn.places)
        return next((at for at, p in places if p.x <= x < p.x + p.width and p.y <= y < p.y + p.height), None)

    def _tell(self) -> None:
        bars = self.drawn.bars
        announce_choice(self, in_words(bars[self.marked]) if bars else "没有")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.translate(theme.px(INSET), theme.px(INSET))
        made = self.drawn
        if self.hasFocus():
            painter.setPen(QPen(theme.colour(theme.palette().focus), 2))
            inset = theme.px(INSET)
            framed = QRectF(self.rect()).adjusted(1 - inset, 1 - inset, -1 - inset, -1 - inset)
            if made.places:
                place = made.places[self.marked]
                painter.setBrush(theme.colour(theme.palette().chosen))
                framed = QRectF(place.x - 1, place.y - 1, place.width + 2, place.height + 2)
            painter.drawRect(framed)
        for mark in marks_of(made.drawing):
            match mark:
                case Area():
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.colour(mark.colour))
                    painter.drawRect(QRectF(mark.x, mark.y, mark.width, mark.height))
                case Stroke():
                    painter.setPen(QPen(theme.colour(mark.colour), 1))
                    painter.drawLine(int(mark.x0), int(mark.y0), int(mark.x1), int(mark.y1))
                case Word():
                    _draw_word(painter, mark)


def _draw_word(painter: QPainter, word: Word) -> None:
    font = theme.type_(theme.SMALL)
    painter.setFont(font)
    painter.setPen(theme.colour(word.colour))
    width = QFontMetricsF(font).horizontalAdvance(word.text)
    painter.drawText(round(word.x - word.align * width), round(word.y), word.text)


def in_words(bar: Bar) -> str:
    """购买二手房提取 21，共 27 件，77%."""
    return f"{bar.name} {bar.count}" + (f"，共 {bar.of} 件，{bar.percent}%" if bar.of else "")
