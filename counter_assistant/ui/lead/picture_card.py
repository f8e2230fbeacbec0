"""一幅图的卡片：问的是什么、共多少、上一期多少，图，下面一句话；有一句要改的，写着去改."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.report.pictures import Picture, Subject
from counter_assistant.domain.report.report import Compared
from counter_assistant.domain.report.span import Span
from counter_assistant.ui.lead.chart_view import ChartView
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.labels import ClampedLabel

UNITS = {Subject.VISITS: "次", Subject.TOLD: "件", Subject.PROMISES: "件", Subject.WAITING: "件"}
WHAT = {Subject.VISITS: "来人来电 ", Subject.PROMISES: "办结 ", Subject.WAITING: "申请 "}
MEND, COUNTED = "去改这一句 →", "正在数……"


class PictureCard(Card):
    """A picture with what is said of it. `item_wanted`: the item whose text is to be mended."""

    item_wanted = Signal(str)

    def __init__(self, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(subject.question, "", parent)
        self.view = ChartView(subject)
        self.words = ClampedLabel(3, "secondary")
        self.words.setObjectName("words")
        self.mend = LinkButton("", MEND, self._mend)
        self.mend.hide()
        self._item = ""
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignBottom)
        self.rows.addWidget(self.view, 1)
        self.rows.addLayout(foot)

    def clear(self) -> None:
        """Shows that another period is being counted: figures of the one before do not stand under its name."""
        self.hint.setText(COUNTED)
        self.view.show_picture(Picture(self.view.picture.subject, 0, ()))
        self.words.say("")
        self.mend.hide()

    def show_picture(self, one: Compared, span: Span, *, compared: bool = True) -> None:
        """Shows a picture, with what the period before came to unless that is still being counted."""
        what, unit = WHAT.get(one.now.subject, ""), UNITS[one.now.subject]
        before = f"，{span.turned(-1).in_short} {one.before.total} {unit}" if compared else ""
        self.hint.setText(f"{what}{one.now.total} {unit}{before}")
        self.view.show_picture(one.now)
        self.words.say(one.advice.words)
        self._item = one.advice.item
        self.mend.setVisible(bool(self._item))

    def _mend(self) -> None:
        self.item_wanted.emit(self._item)
