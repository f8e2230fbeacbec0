"""登记页的键各做什么：登记一条、办结选中的一条、撤销、看办件。

Whatever is done is done to the marked line. It is recorded before anything is shown of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import keeping
from counter_assistant.storage.views.registers.register_lines import RegisterLine
from counter_assistant.ui.registers.entry_line import Asked, EntryLine

UNFINISHED = "这一条还没有登记：先登记，或者按 Esc 不登记。"
NOTHING_MARKED = "清单里没有选中的登记。"
LED = "登错了的，由带班领导撤销。"
NO_SUCH = "没有这一本，什么也没有登记。按 F7 看能登记哪些。"


class RegisterActions(QObject):
    """What the keys of the page do, and what the line asks. `marked` says which line is meant; `hand_back` takes over
    where that is a handover."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    recorded = Signal(object, int)
    """The register and the number of the line of which something was recorded."""
    case_wanted = Signal(str)
    """The id of a case to be shown."""

    def __init__(
        self,
        office: Office,
        line: EntryLine,
        marked: Callable[[], RegisterLine | None],
        hand_back: Callable[[RegisterLine], bool],
    ) -> None:
        super().__init__(line)
        self._office, self._line, self._marked, self._hand_back = office, line, marked, hand_back
        line.chosen.connect(self.begin)
        line.confirmed.connect(self._confirmed)
        line.choices.missed.connect(self._missed)

    @property
    def primary(self) -> tuple[str, bool]:
        """What F9 does now and whether it can: what the open line records, else what ends the marked line."""
        marked = self._marked()
        if self._line.isVisible():
            return (self._line.asked.words, True) if self._line.asked else ("先选一本", False)
        if marked is None:
            return "没有要办的", False
        return (marked.kind.settles, True) if marked.waits else (f"{marked.in_words}，没有要办的", False)

    def next(self) -> None:
        """What the primary button says: the open line is confirmed, or it is asked what came of the marked line."""
        marked = self._marked()
        if self._line.isVisible():
            self._line.confirm()
        elif marked is not None and marked.waits and not self._hand_back(marked):
            back = f"{self._office.clock():%H:%M} 返岗" if marked.kind is RegisterKind.ABSENCE else ""
            self._ask(Asked(marked.kind, marked), {"text": back})

    def choose(self) -> None:
        """Offers the registers that are typed."""
        if self._line.asked is not None:
            self.reported.emit(UNFINISHED, "attention")
        else:
            self._line.choose()

    def begin(self, kind: RegisterKind) -> None:
        """Opens the line for a register."""
        if self._line.asked is not None:
            self.reported.emit(UNFINISHED, "attention")
            return
        now = self._office.clock()
        self._ask(Asked(kind), {"day": now.date().isoformat(), "since": f"{now:%H:%M}", "source": "window"})

    def take_back(self) -> None:
        """Asks why the marked line, or what came of it, is taken back."""
        marked = self._marked()
        if marked is not None and not self._line.isVisible():
            self._ask(Asked(marked.kind, marked, back=True), {})

    def to_case(self) -> None:
        """Asks for the case of the marked line to be shown."""
        marked = self._marked()
        if marked is not None and marked.case:
            self.case_wanted.emit(marked.case)

    def explain(self) -> None:
        """Says why a key has nothing to do."""
        marked = self._marked()
        if self._line.isVisible():
            why = "先按数字选一本；Esc 关上。"
        elif marked is None:
            why = NOTHING_MARKED
        else:
            why = f"这一条{marked.in_words}，没有要办的。登错了手工登记的，按 F8 撤销；办件的事到办件页办。"
        self.reported.emit(why, "attention")

    def _missed(self, _label: str) -> None:
        self._line.close_line()
        self.reported.emit(NO_SUCH, "attention")

    def _ask(self, asked: Asked, values: Mapping[str, str]) -> None:
        self._line.ask(asked, self._office.profile.clerks, values)

    def _confirmed(self, asked: object, values: dict[str, str]) -> None:
        if not isinstance(asked, Asked):
            return
        try:
            kind, seq, said = self._record(asked, values)
        except Refusal as refusal:
            self._line.show_refusal(refusal)
            return
        self._line.close_line(recorded=True)
        self.recorded.emit(kind, seq)
        self.reported.emit(said, "done")

    def _record(self, asked: Asked, values: dict[str, str]) -> tuple[RegisterKind, int, str]:
        office, line = self._office, asked.line
        if line is None:
            seq = keeping.record(office, asked.kind, values, key=self._line.act).seq
            mend = LED if asked.kind is RegisterKind.RATING else "登错了的，按 F8 撤销。"
            return asked.kind, seq, f"已{asked.words}，第 {seq} 条。{mend}"
        if asked.back:
            after = keeping.take_back(office, line, values["reason"])
            return line.kind, line.seq, f"已撤销，第 {line.seq} 条现在是“{after.in_words}”。"
        keeping.settle(office, line, values)
        return line.kind, line.seq, f"已{line.kind.settles}，第 {line.seq} 条。"
