"""出具、口头告知、打印与补打：受理台上会留下记录的几个动作。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from counter_assistant.domain.papers.message import letter_of, message_of
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.printing.sending import PaperSending, Printing

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.operations.issuing.issue import Issued
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.presentation.state import DeskState
    from counter_assistant.ui.desk.presentation.view_model import PresentedMatter


UNSURE = "hall-unsure"
NO_NEWS = frozenset(
    ("hall-away", "hall-full", "hall-late", "hall-settings", "hall-sign-in", "book-locked", "book-read-only", UNSURE)
)
"""What is said of a server that does not answer yet, or not as it should, while it is not known what it did."""
AGAIN_MS = 3000
BESIDES = "；Shift+F9 换一台，Ctrl+S 存为 PDF"


@dataclass(frozen=True, slots=True)
class ActResult:
    """What an act came to, in the words of the page. `pdf` is None where there is no paper.

    `message` and `letter` say what the paper says to somebody who is not here; `message` is empty where it has no box.
    """

    title: str
    number: str
    summary: str
    pdf: bytes | None
    message: str = ""
    letter: str = ""


class Issuing(QObject):
    """Does an act once. The book knows a repeated one by the draft's uuid; here a second key finds it done."""

    done = Signal(object)
    refused = Signal(object)
    printing = Signal(str, str)
    """How the paper's printing goes, and the role of that."""
    copied = Signal(str)

    def __init__(self, office: Office, printing: Printing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.sending = PaperSending(office, printing, self, BESIDES)
        self.sending.said.connect(self.printing)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self._unsure: Callable[[], object] | None = None
        self._last: ActResult | None = None
        self.matter: Matter | None = None
        """What was done, as it was: a notice that was told by word of mouth has no paper."""

    @property
    def finished(self) -> bool:
        """Whether the applicant on the desk has been served."""
        return self._last is not None

    def forget(self) -> None:
        """The next applicant comes."""
        self._last = self.matter = None
        self._settle()
        self.sending.show("")

    def issue(self, state: DeskState, presented: PresentedMatter, *, oral: bool, confirmed: Mapping[str, int]) -> None:
        """Issues what the decision says; with `oral` the notice is spoken and only recorded. `confirmed`: see Request."""
        from counter_assistant.ui.desk.presentation.missing import spoken

        if self.finished:
            return
        matter = spoken(presented.matter) if oral else presented.matter
        self._issue(matter, replace(matter.request, request_id=state.uuid, confirmed=confirmed))

    def _issue(self, matter: Matter, request: Request) -> None:
        from counter_assistant.operations.issuing.issue import issue_slip

        try:
            issued = issue_slip(self._office, request)
            self._last = self._result_of(issued, matter)
        except Refusal as refusal:
            self._refused(refusal, partial(self._issue, matter, request))
            return
        self._settle()
        self.matter = matter
        self.done.emit(self._last)
        if self._last.pdf is not None:
            self.sending.first(self._last.number, self._last.pdf)

    def _refused(self, refusal: Refusal, same_again: Callable[[], object]) -> None:
        """An act of which nobody knows whether it was done is done once more by itself, the same one, until that is known; what the line
        says meanwhile is no news."""
        if refusal.code == UNSURE:
            self._unsure = same_again
            self._again.start()
        elif self._unsure and refusal.code in NO_NEWS:
            return
        else:
            self._settle()
        self.refused.emit(refusal)

    def _look_again(self) -> None:
        if self._unsure and not self._office.database.silent:
            self._unsure()

    def _settle(self) -> None:
        self._unsure = None
        self._again.stop()

    def print_again(self) -> None:
        """Sends a paper that did not print once more; one that did is reprinted, counted and marked 补打."""
        if self._last is not None and self._last.pdf is not None:
            self.sending.again(self._last.number)

    def save(self, window: QWidget) -> None:
        """Saves the paper as a file: where it did not print, the two copies themselves."""
        if self._last is not None and self._last.pdf is not None:
            self.sending.save(self._last.number, window)

    def copy_message(self) -> None:
        """Puts the text message on the clipboard."""
        self._copy("短信稿", self._last.message if self._last else "")

    def copy_letter(self) -> None:
        """Puts the letter on the clipboard."""
        self._copy("信函稿", self._last.letter if self._last else "")

    def _copy(self, what: str, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
        said = (
            f"{what}已复制，{len(text)} 字；内容与纸上相同。" if text else f"这份文书没有{what}，请按纸上的内容告知。"
        )
        self.copied.emit(said)

    def _result_of(self, issued: Issued, matter: Matter) -> ActResult:
        from counter_assistant.operations.intake.request import Delivery
        from counter_assistant.operations.issuing.issue import draft_of
        from counter_assistant.operations.issuing.set_paper import pdf_of_slip

        oral = matter.request.delivery is Delivery.ORAL
        who = "　".join(part for part in (matter.applicant.name, matter.item.name) if part)
        if issued.slip is None:
            from counter_assistant.ui.desk.presentation.decision_text import done_words

            if issued.kind is None or not oral:
                return ActResult("口头告知已记录" if oral else done_words(matter, issued.due), "", who, None)
            told = draft_of(self._office, matter, issued.kind)
            letter = letter_of(told, self._office.today())
            return ActResult("口头告知已记录", "", who, None, message_of(told), letter)
        pdf = pdf_of_slip(self._office, issued.slip, watermark=self._office.watermark)
        title = f"{issued.slip.draft.title}已出具"
        summary = f"{who}　校验码 {issued.slip.check_code}"
        draft, number = issued.slip.draft, issued.slip.number
        letter = letter_of(draft, issued.slip.issued_at, number)
        return ActResult(title, number, summary, pdf, message_of(draft, number), letter)
