"""上次告知：同一件事再来时，受理台上的一行字，Ctrl+L 打开对照（守则 一(五)4）.

Looked for a moment after the applicant or the item changed, so that no key waits for it, and at the latest before anything
is issued; what changes on the list after that is compared anew without looking again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import ShrinkingLabel

if TYPE_CHECKING:
    from counter_assistant.domain.notification.differences import Comparison
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.notification.earlier import EarlierAct, LookBack
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.overlays.earlier import EarlierLayer

PAUSE = 250
"""Milliseconds after the last key before the book is asked."""


class EarlierLine(QFrame):
    """The line over the desk that says that the same matter was told before."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("上次告知")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(3), theme.px(6), theme.px(3))
        self.words, self.text = "", ShrinkingLabel("", "dense")
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
        self.words = words
        self.text.say(words)
        self.button.setVisible(comparable)
        if bool(self.property("attention")) is not attention:
            self.setProperty("attention", attention)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(words))


class Earlier(QObject):
    """Keeps the line true to the desk, and opens the layer.

    `moved`: the line came or went, so the page places its parts anew. `troubled`: a sentence for the status line. `naming`: words with
    somebody's name are about to be shown, whose font may not be loaded yet.
    """

    moved = Signal()
    closed = Signal()
    troubled = Signal(str)
    naming = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.line = EarlierLine(page)
        self.line.wanted.connect(self.open)
        self._page = page
        self._found: LookBack | None = None
        self._read: list[object] = []
        self._layer: EarlierLayer | None = None
        self._at = 0
        self._known: tuple[object, ...] = ()
        self._wanted: tuple[Office, Matter] | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._look)

    @property
    def waiting(self) -> bool:
        """Whether the book is still to be asked."""
        return self._timer.isActive()

    def want(self, office: Office, matter: Matter) -> None:
        """This is on the desk now."""
        self._wanted = (office, matter)
        if self._key(matter) == self._known:
            return self._say()
        self._found, self._known = None, ()  # what is known of another person must not stand there meanwhile
        self._show("")
        self._timer.start()
        return None

    def drop(self) -> None:
        """Nothing is on the desk any more."""
        self._timer.stop()
        self._found, self._known, self._wanted = None, (), None
        self._read.clear()
        self.close()
        self._show("")

    def words_before_issuing(self, key: str) -> str:
        """What must be read before `key` issues this, and has not been: each finding stops once. The book is asked now
        where it was still to be."""
        from counter_assistant.ui.desk.presentation.earlier_rows import words_to_read

        if self._wanted is None:
            return ""
        office, matter = self._wanted
        seen = not self.waiting or bool(matter.request.case)
        if self.waiting:
            self._timer.stop()
            self._look()
        found = self._found.calls_for_a_look(seen=seen) if self._found else []
        unread = [one for one in found if one not in self._read]
        self._read += unread
        return words_to_read(self._found, self.line.words, office.today(), key) if self._found and unread else ""

    @property
    def confirmed(self) -> dict[str, int]:
        """The applicant's numbers that stand under another name in the book, and were read to be right all the same."""
        asked = self._found.known_as if self._found else ()
        return {one.by.value: one.seq for one in asked if one in self._read}

    @property
    def acts(self) -> list[EarlierAct]:
        """The earlier tellings that were found, newest first."""
        return self._found.acts if self._found else []

    def open(self) -> bool:
        """Opens the comparison with the newest earlier act; False where there is none."""
        if not self.acts or self._wanted is None:
            return False
        self._at = 0
        self._fill()
        self.layer.open()
        return True

    def close(self) -> bool:
        """Closes the layer; False where it was not open."""
        return self._layer is not None and self._layer.close_layer()

    def fit(self) -> None:
        """The page has another size."""
        if self._layer is not None and not self._layer.isHidden():
            self._layer.fit()
            self._layer.raise_()

    @property
    def layer(self) -> EarlierLayer:
        """The layer, made when it is first opened."""
        if self._layer is None:
            from counter_assistant.ui.desk.overlays.earlier import EarlierLayer

            self._layer = EarlierLayer(self._page)
            self._layer.paper_wanted.connect(self._show_paper)
            self._layer.turned.connect(self._turn)
            self._layer.closed.connect(self.closed)
        return self._layer

    @staticmethod
    def _key(matter: Matter) -> tuple[object, ...]:
        who = matter.applicant
        return matter.item.id, who.name, who.phone, who.id_number, matter.request.case

    def _look(self) -> None:
        from counter_assistant.operations.notification.earlier import LookBack, look_back

        assert self._wanted is not None
        office, matter = self._wanted
        try:
            request = matter.request
            self._found = look_back(office, matter.applicant, matter.item.id, request.case, request.request_id)
        except Refusal as refusal:
            self._found = LookBack()
            self.troubled.emit(str(refusal))
        self._known = self._key(matter)
        self._say()

    def _say(self) -> None:
        assert self._wanted is not None
        office, _ = self._wanted
        from counter_assistant.ui.desk.presentation.earlier_rows import known_words, line_words, today_words

        found, today = self._found, office.today()
        if found is None:
            return
        asked = "；".join(known_words(one, today) for one in found.known_as)
        also = today_words(found.today, asked=bool(asked)) if found.today else ""
        if not self.acts:
            self._show(listed((asked, also), "；"), attention=bool(asked or also), comparable=False)
            return
        newest, comparison = self.acts[0], self._comparison(self.acts[0])
        attention = bool(asked or also) or (newest.certain and bool(comparison.faults))
        self._show(listed((asked, line_words(newest, comparison, today, also)), "；"), attention=attention)

    def _show(self, words: str, *, attention: bool = False, comparable: bool = True) -> None:
        before = self.line.isHidden()
        self.naming.emit(words)
        self.line.say(words, attention=attention, comparable=comparable)
        if self.line.isHidden() is not before:
            self.moved.emit()

    def _comparison(self, act: EarlierAct) -> Comparison:
        from counter_assistant.operations.notification.earlier import comparison

        assert self._wanted is not None
        office, matter = self._wanted
        return comparison(office, matter, act)

    def _fill(self) -> None:
        act = self.acts[self._at]
        self.layer.show_comparison(act, self._comparison(act), (self._at + 1, len(self.acts)))

    def _turn(self, step: int) -> None:
        at = min(max(self._at + step, 0), len(self.acts) - 1)
        if at != self._at:
            self._at = at
            self._fill()

    def _show_paper(self, number: str) -> None:
        from counter_assistant.operations.archive.reprint_and_void import pdf_of, show

        assert self._wanted is not None
        office, _ = self._wanted
        try:
            self.layer.show_paper(pdf_of(office, show(office, number)))
        except Refusal as refusal:
            self.troubled.emit(str(refusal))
