"""上次告知：同一件事再来时，受理台上的一行字，Ctrl+L 打开对照（守则 一(五)4）.

Looked for a moment after the applicant or the item changed, so that no key waits for it, and at the latest before anything
is issued or compared; what changes on the list after that is compared anew without looking again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_assistant.domain.notification.differences import Comparison
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.notification.earlier import EarlierAct, LookBack
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.cards.bars import EarlierBar
    from counter_assistant.ui.desk.overlays.earlier import EarlierOverlay

PAUSE = 250
"""Milliseconds after the last key before the book is asked."""
NOTHING_EARLIER = "没有查到这位申请人办这件事的上次告知，没有可对照的。"


class EarlierNotices(QObject):
    """Keeps the line over the desk true to what is on it, and opens the comparison.

    `text_shown`: words with somebody's name are about to be shown, whose font may not be loaded yet.
    """

    status_message = Signal(str)
    text_shown = Signal(str)

    def __init__(self, page: QWidget, bar: EarlierBar) -> None:
        super().__init__(page)
        self._page, self._bar = page, bar
        bar.wanted.connect(self.open)
        self._found: LookBack | None = None
        self._read: list[object] = []
        self._overlay: EarlierOverlay | None = None
        self._at, self._said_none = 0, False
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
        self._look_at_once()
        found = self._found.must_be_read(seen=seen) if self._found else []
        unread = [one for one in found if one not in self._read]
        self._read += unread
        return words_to_read(self._found, self._bar.words, office.today(), key) if self._found and unread else ""

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
        """Opens the comparison with the newest earlier act, asking the book now where it was still to be; False, and said,
        where there is none."""
        self._look_at_once()
        if not self.acts:
            self.status_message.emit(NOTHING_EARLIER)
            self._said_none = True
            return False
        if self._said_none:
            self.status_message.emit("")
            self._said_none = False
        self._at = 0
        self._fill()
        self.overlay.open()
        return True

    def close(self) -> bool:
        """Closes the comparison; False where it was not open."""
        return self._overlay is not None and self._overlay.close_overlay()

    def fit(self) -> None:
        """The page has another size."""
        if self._overlay is not None and not self._overlay.isHidden():
            self._overlay.fit()
            self._overlay.raise_()

    @property
    def overlay(self) -> EarlierOverlay:
        """The comparison, made when it is first opened."""
        if self._overlay is None:
            from counter_assistant.ui.desk.overlays.earlier import EarlierOverlay

            self._overlay = EarlierOverlay(self._page)
            self._overlay.paper_wanted.connect(self._show_paper)
            self._overlay.turned.connect(self._turn)
        return self._overlay

    @staticmethod
    def _key(matter: Matter) -> tuple[object, ...]:
        who = matter.applicant
        return matter.item.id, who.name, who.phone, who.id_number, matter.request.case

    def _look_at_once(self) -> None:
        if self.waiting:
            self._timer.stop()
            self._look()

    def _look(self) -> None:
        from counter_assistant.operations.notification.earlier import LookBack, look_back

        assert self._wanted is not None
        office, matter = self._wanted
        if office.database.closed:
            return
        try:
            request = matter.request
            act = (request.case, request.request_id, request.details.corrects)
            self._found = look_back(office, matter.applicant, matter.item.id, *act)
        except Refusal as refusal:
            self._found = LookBack()
            self.status_message.emit(str(refusal))
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
        self.text_shown.emit(words)
        self._bar.say(words, attention=attention, comparable=comparable)

    def _comparison(self, act: EarlierAct) -> Comparison:
        from counter_assistant.operations.notification.earlier import comparison

        assert self._wanted is not None
        office, matter = self._wanted
        return comparison(office, matter, act)

    def _fill(self) -> None:
        act = self.acts[self._at]
        self.overlay.show_comparison(act, self._comparison(act), (self._at + 1, len(self.acts)))

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
            self.overlay.show_paper(pdf_of(office, show(office, number)))
        except Refusal as refusal:
            self.status_message.emit(str(refusal))
