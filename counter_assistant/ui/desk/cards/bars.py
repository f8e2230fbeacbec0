"""受理台上的几行字：同一件事上次告知过，一个键对照；此刻说的两句，一个键复制。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from counter_assistant.ui.announcing import announce
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import ShrinkingLabel, plain_tip
from counter_assistant.ui.widgets.phrase_text import BADGE, LINE, Run, cut, draw_key, draw_phrase, lay_out
from counter_assistant.ui.widgets.styling import set_style

TEXT_AT = 56
GAP = 4
"""The room between two phrases; with it each is as high as a finger or a shaking hand needs."""
WHOLE, SHORT = 9, 2
"""The most lines of a spoken phrase; nothing that is said is longer than nine."""


class EarlierBar(QFrame):
    """The line over the desk that says that the same matter was told before. `resized`: it came or went."""

    wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("上次告知")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(3), theme.px(6), theme.px(3))
        self._gives_way = False
        self.words, self.text = "", ShrinkingLabel("", "dense")
        self.text.setObjectName("earlier_words")
        self.button = QPushButton("对照  Ctrl+L")
        self.button.setAccessibleName("与上次告知对照，Ctrl+L")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.wanted)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, words: str, *, attention: bool = False, comparable: bool = True) -> None:
        """Shows the line, or nothing where it is empty. `attention`: told wrong, for the second time today, or a number
        that stands under another name."""
        if words != self.words:
            announce(self, words)
        self.words = words
        self.text.say(words)
        self.button.setVisible(comparable)
        set_style(self, attention=attention)
        self._appear()

    def give_way(self, on: bool) -> None:
        """Another banner is to be read first; the words of this one are asked for before anything is issued."""
        self._gives_way = on
        self._appear()

    def _appear(self) -> None:
        shown = bool(self.words) and not self._gives_way
        if self.isHidden() is shown:
            self.setVisible(shown)
            self.resized.emit()


class SpokenBar(QFrame):
    """What is said at this moment, over the applicant: two phrases as they are read out, each copied by its key or a click.

    `wanted`: a phrase by its place. `resized`: the phrases are others now.
    """

    wanted = Signal(int)
    resized = Signal()

    def __init__(self, phrases: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("此刻说的话")
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(12), theme.px(6 - GAP // 2), theme.px(12), theme.px(6 - GAP // 2))
        rows.setSpacing(0)
        self._phrases = [SpokenPhrase(f"Ctrl+{n + 1}") for n in range(phrases)]
        for place, phrase in enumerate(self._phrases):
            phrase.clicked.connect(lambda _=False, place=place: self.wanted.emit(place))
            rows.addWidget(phrase)
        self.hide()

    def heights(self, width: int) -> tuple[int, ...]:
        """What it takes whole, and with each phrase cut short; none where there is nothing to say."""
        return tuple(self._height(width, lines) for lines in (WHOLE, SHORT)) if self._said else ()

    def _height(self, width: int, lines: int) -> int:
        margins = self._rows.contentsMargins()
        inside = width - margins.left() - margins.right()
        phrases = sum(phrase.height_of(phrase.lines(inside, lines)) for phrase in self._said)
        return margins.top() + phrases + margins.bottom()

    @property
    def _said(self) -> list[SpokenPhrase]:
        return [phrase for phrase in self._phrases if phrase.text()]

    def fit(self) -> None:
        """Cuts the phrases short where it is not as high as they are."""
        lines = WHOLE if self.height() >= self._height(self.width(), WHOLE) else SHORT
        margins = self._rows.contentsMargins()
        for phrase in self._said:
            phrase.limit(lines, self.width() - margins.left() - margins.right())

    def say(self, phrases: Sequence[tuple[Run, ...]]) -> None:
        """Shows these phrases, or fewer."""
        before = [phrase.text() for phrase in self._phrases]
        for place, phrase in enumerate(self._phrases):
            phrase.say(phrases[place] if place < len(phrases) else ())
        if before != [phrase.text() for phrase in self._phrases]:
            self.resized.emit()


class SpokenPhrase(QAbstractButton):
    """One phrase, wrapped to the width it has, behind its key."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key, self._runs, self._most = key, tuple[Run, ...](), WHOLE
        self.setAccessibleName(f"{key} 复制此刻说的话")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, runs: tuple[Run, ...]) -> None:
        """Shows another phrase, or none."""
        self._runs = runs
        self.setText("".join(text for text, _ in runs))
        self.setAccessibleName(f"{self.text()}，{self._key} 复制")
        self.setShortcut(QKeySequence())  # an ampersand in a phrase gives it no key
        self.setToolTip(plain_tip(self.text()))
        self.setVisible(bool(runs))
        self.update()

    def limit(self, lines: int, width: int) -> None:
        """Shows at most so many lines in this width, the last of them ending in …."""
        self._most = lines
        self.setFixedHeight(self.height_of(self.lines(width, lines)))
        self.update()

    def height_of(self, lines: int) -> int:
        """What so many lines take: the gap to the next phrase is there to be clicked as well."""
        return lines * theme.px(LINE) + theme.px(GAP)

    def lines(self, width: int, most: int) -> int:
        """How many lines it has in a width, or `most`."""
        return min(lay_out(self._runs, width - theme.px(TEXT_AT)).lineCount(), most)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, room = QPainter(self), self.width() - theme.px(TEXT_AT)
        draw_key(painter, QRectF(0.5, 1.5 + theme.px(GAP) // 2, theme.px(TEXT_AT - 12), theme.px(BADGE)), self._key)
        runs, layout = self._runs, lay_out(self._runs, room)
        if layout.lineCount() > self._most:
            runs = cut(runs, layout.lineAt(self._most - 1).textStart() + layout.lineAt(self._most - 1).textLength() - 1)
            layout = lay_out(runs, room)
        draw_phrase(painter, layout, runs, QPointF(theme.px(TEXT_AT), theme.px(GAP) // 2))
