"""填空：一句用语的所有空处，一张小表，办件里有的已经填好。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_assistant.domain.wording.phrases import Blank, BlankKind, Phrase, open_blanks
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

LABELS = {
    BlankKind.OWN_DEPARTMENT: "本人所在的科、室或者管理部", BlankKind.DEPARTMENT: "应去的部门", BlankKind.POLICY: "政策、规定",
    BlankKind.CONDITION: "不具备的条件", BlankKind.MATERIALS: "所缺的手续及材料", BlankKind.LIMIT: "答复期限",
    BlankKind.MATTER: "办理完毕的事务",
}  # fmt: skip
_BEFORE = 8
STILL_OPEN = "还没有填，填好才能复制"


def labelled(phrase: Phrase) -> list[tuple[Blank, str]]:
    """The blanks with what is asked for; a blank of an office's own phrase is named by the words before it."""
    found, at = [], 0
    for blank in phrase.blanks:
        start = phrase.text.index(blank.covers, at)
        before = phrase.text[at:start][-_BEFORE:]
        found.append((blank, LABELS.get(blank.kind) or (f"“{before}”后面" if before else "开头")))
        at = start + len(blank.covers)
    return found


class BlanksForm(QFrame):
    """The form. `typed`: a value changed; `finished`: Enter in the last field, all filled; `cancelled`: Esc."""

    typed = Signal()
    finished = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layer")
        self.setAccessibleName("填空")
        self.fields: dict[str, LabelledField] = {}
        self._phrase: Phrase | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._rows.setSpacing(theme.px(6))
        self.title = PlainLabel("", "title")
        self._rows.addWidget(self.title)
        self._rows.addWidget(PlainLabel("回车 下一处，最后一处回车就复制　Esc 返回", "hint"))
        self.hide()

    def open_for(self, phrase: Phrase, values: Mapping[str, str]) -> None:
        """Shows the blanks of a phrase with what is known of them; the first open one gets the cursor."""
        self._clear()
        self._phrase = phrase
        self.title.setText(f"填空 · {phrase.name}")
        for n, (blank, label) in enumerate(labelled(phrase)):
            field = self.fields[blank.name] = LabelledField(blank.name, label, "", self)
            field.edit.setText(values.get(blank.name, ""))
            field.changed.connect(self._changed)
            if blank is phrase.blanks[-1]:
                field.edit.entered.disconnect()
                field.edit.entered.connect(self.submit)
            self._rows.insertWidget(1 + n, field)
        still_open = open_blanks(phrase, values)
        self.show()
        edit = self.fields[(still_open or phrase.blanks)[0].name].edit
        edit.setFocus()
        edit.selectAll()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.edit.text() for name, field in self.fields.items()}

    def submit(self) -> None:
        """Finishes, unless a blank is still open: then its field says so."""
        still_open = open_blanks(self._phrase, self.values()) if self._phrase else ()
        for blank in still_open:
            self.fields[blank.name].show_fault(STILL_OPEN)
        if still_open:
            self.fields[still_open[0].name].edit.setFocus()
        else:
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        for field in self.fields.values():
            if field.fault and field.edit.text().strip():
                field.show_fault("")
        self.typed.emit()

    def _clear(self) -> None:
        for field in self.fields.values():
            self._rows.removeWidget(field)
            field.hide()
            field.setParent(None)
            field.deleteLater()
        self.fields = {}
