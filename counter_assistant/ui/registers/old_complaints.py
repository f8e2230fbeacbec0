"""投诉清单上面的一行：以前的投诉件还有几份在公开的台账里，一个键改成密封（守则 一(九)5）."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.reentering.open_matters import OldComplaints
from counter_assistant.operations.registers.reentering.reentry import reenter
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.labels import PlainLabel

IN_THE_OPEN = "以前的投诉件 {} 份还在公开的台账里"
WORKING = "正在改成密封，台账大的要等一会儿，请不要关窗口。"
DONE = "已改成密封：{}。公开的办件、文书、登记和查找里没有了；{}"


class OldComplaintsLine(QWidget):
    """Says how many complaints of before lie in the open, to a keeper who looks at the complaints, and re-enters them sealed."""

    KEY = "Alt+M"
    """What seals them, while the line is there."""

    reported = Signal(str, str)
    """What came of it in one sentence, and the role of that sentence."""
    reentered = Signal(str)
    """The number of the last of them."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("old_complaints")
        self._office, self._old = office, OldComplaints(office)
        self._label = PlainLabel("", "attention")
        self._button = LinkButton(self.KEY, "改成密封", self.begin)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self._label)
        line.addWidget(self._button)
        line.addStretch(1)
        self.hide()

    def look(self, *, shown: bool) -> None:
        """Looks for them anew, where the complaints are shown."""
        count = self._old.count() if shown else 0
        self._label.setText(IN_THE_OPEN.format(count))
        self.setVisible(count > 0)

    def begin(self) -> None:
        """Re-enters them, as soon as it is said that this takes a while; nothing where the line is not there."""
        if not self.isHidden() and self._button.isEnabled():
            self._button.setEnabled(False)
            self.reported.emit(WORKING, "secondary")
            QTimer.singleShot(0, self, self._reenter)  # what is said is painted first

    def _reenter(self) -> None:
        self._button.setEnabled(True)
        try:
            done = reenter(self._office, register_key(self._office))
        except Refusal as refusal:
            self.reported.emit(str(refusal), "error")
            return
        parts = (
            f"投诉 {len(done.numbers)} 件" if done.numbers else "",
            f"没有办完的 {done.drafts} 份" if done.drafts else "",
        )
        self.reentered.emit(done.numbers[-1] if done.numbers else "")
        self.reported.emit(DONE.format(listed(parts), done.left_where), "done")
