"""保存期满的列出来，两个人一起销毁，打出销毁清册；也可以只销毁打开的一份，应本人要求。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.entry import PayloadErased
from counter_assistant.domain.papers.paper_entry import DESTROYED
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.certificates import certificate_of, certificates
from counter_assistant.operations.archive.erasing import BY_PERSON, destroy, left_where
from counter_assistant.operations.archive.retention import Kept, kept_of_number, matters_due, refuse_term
from counter_assistant.operations.people.second_person import shown_secret
from counter_assistant.operations.publications.destruction_list import destruction_pdf
from counter_assistant.ui.archive.due_line import DueLine
from counter_assistant.ui.printing.output import Paper, PaperOutput

if TYPE_CHECKING:
    from counter_assistant.domain.cases.destruction import Certificate
    from counter_assistant.domain.revision.stoppable import Stoppable
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.people.second_person import Second
    from counter_assistant.storage.journal.records import ArchiveRow
    from counter_assistant.ui.archive.finder import SlipFinder

TITLE = "销毁清册"
AT_ONCE = 20
"""So many matters are looked at before whatever waits, a key above all, has its turn."""
LOOKING = "正在找保存期满的……"
NONE_DUE = "没有保存期满的。期满的会列在这里，两个人一起提请销毁。"
AGAIN = "清册以后随时能再打：在受理台打 dyxhqc。"
NO_CERTIFICATE = "还没有销毁过，没有销毁清册。"


class Destroying(QObject):
    """What is due, found in slices while it is listed, and what two people do about it."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    changed = Signal()
    """Something else is listed, or left."""

    def __init__(self, office: Office, finder: SlipFinder, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._finder = office, finder
        self._asked: tuple[Kept, ...] = ()
        self.line = DueLine()
        self.line.wanted.connect(self._destroy)
        self._work: Stoppable[tuple[Kept, ...]] | None = None
        self._step = QTimer(self, interval=0)  # between the keys
        self._step.timeout.connect(self._go_on)
        self._output = PaperOutput(office, None, page)
        self._output.reported.connect(self.reported)

    def list_due(self) -> None:
        """Looks for what is due, and lists it once all of it is found."""
        self._finder.show_due((), LOOKING)
        self._work = matters_due(self._office)
        self._step.start()

    def ask_one(self, number: str) -> None:
        """Asks about the matter of one slip, whose person wants it to be deleted; where its term stands against that it says so."""
        try:
            kept = kept_of_number(self._office, number)
            refuse_term(self._office, number, kept)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "attention")
            return
        self._ask((kept,), f"{BY_PERSON}：{number}", BY_PERSON)

    def print_certificate(self, row: ArchiveRow | None) -> None:
        """Prints the certificate on which a slip stands, or the last one, once more."""
        try:
            known = self._of(row) if row and row.destroyed else next(reversed(certificates(self._office)), None)
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        if known is None:
            self.reported.emit(NO_CERTIFICATE, "attention")
        else:
            self._print(known)

    @property
    def unsaved(self) -> str:
        """What would be lost if the window closed now."""
        typed = not self.line.isHidden() and bool(self.line.second.text().strip())
        return "还没有销毁：按 Ctrl+回车，或者按 Esc 不销毁。再关一次窗口就不销毁了。" if typed else ""

    def close_down(self) -> None:
        """Lets a paper on its way reach the printer before the window closes."""
        self._stop()
        self._output.close_down()

    def _stop(self) -> None:
        self._step.stop()
        self._work = None

    def _go_on(self) -> None:
        """Looks a little further; what is listed by now may be something else."""
        if self._work is None or not self._finder.lists_due:
            self._stop()
            return
        try:
            for _ in range(AT_ONCE):
                next(self._work)
        except StopIteration as end:
            self._stop()
            self._found(end.value)
        except Refusal as refusal:
            self._stop()
            self.reported.emit(str(refusal), "error")

    def _found(self, due: tuple[Kept, ...]) -> None:
        self._finder.show_due(self._rows(due), NONE_DUE)
        self.changed.emit()
        if due:
            self._ask(due, _in_words(due))

    def _ask(self, asked: tuple[Kept, ...], what: str, reason: str = "") -> None:
        self._asked = asked
        self.line.ask(what, shown=shown_secret(self._office), reason=reason)

    def _rows(self, due: Sequence[Kept]) -> tuple[ArchiveRow, ...]:
        seqs = [one.entry.seq for kept in due for one in kept.matter.said]
        return tuple(row for _, row in sorted(self._office.archive.rows(seqs).items()))

    def _destroy(self, reason: str, second: Second) -> None:
        try:
            done = destroy(self._office, [kept.matter for kept in self._asked], reason, second)
        except Refusal as refusal:
            self.line.refuse(str(refusal))
            return
        self.line.forget()
        self._finder.search.setText(DESTROYED)
        self._finder.refill()
        self.changed.emit()
        self._print(done, f"已销毁 {len(done.papers)} 份，{done.number}。{left_where(self._office, done)}")

    def _of(self, row: ArchiveRow) -> Certificate | None:
        erasure = self._office.archive.show(row.number).erasure
        said = PayloadErased.from_payload(erasure.payload) if erasure else None
        return certificate_of(self._office, said.certificate) if said else None

    def _print(self, certificate: Certificate, said: str = "") -> None:
        """Prints a certificate, after what was `said` of the destruction."""
        unprinted = f"{said}{TITLE}没有打出："
        try:
            pdf = destruction_pdf(self._office, certificate)
        except Refusal as refusal:
            self.reported.emit(f"{unprinted}{refusal}{AGAIN}", "error")
            return
        paper = Paper(
            f"{said}{TITLE}", lambda: self._print(certificate, said), besides=AGAIN, before=unprinted, instead=""
        )
        self._output.send(pdf, certificate.number, paper, said)


def _in_words(due: Sequence[Kept]) -> str:
    papers = sum(len(kept.matter.papers) for kept in due)
    bare = sum(not kept.matter.papers for kept in due)
    rest = f"，另有没有文书的 {bare} 件" if bare else ""
    return f"保存期满：文书 {papers} 份{rest}"
