"""先由别人复核、再出具的文书：一种一个，点一下或者空格选。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = "先由复核人或者带班领导看过、同意，才出具的文书；空格选。没有别人可以复核的，照常出具"
NO_REVIEWER = "还没有指定复核人：在“经办人”里指定以后，窗口退回通知书先复核；别的文书在这里选"


class ReviewedKinds(QWidget):
    """The kinds of paper, each chosen or not."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: ProfileDraft | None = None
        self.note = PlainLabel("", "secondary", wrap=True)
        self.note.setObjectName("reviewed_note")
        self.chips = {kind: Chip("", kind.in_words) for kind in SlipKind}
        box = QWidget()
        flow = FlowLayout(theme.px(6))
        box.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        for kind, chip in self.chips.items():
            chip.setObjectName(f"reviewed_{kind.value}")
            chip.setAccessibleName(f"先复核再出具：{kind.in_words}，空格选")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _=False, kind=kind: self._turn(kind))
            flow.addWidget(chip)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        rows.addWidget(self.note)
        rows.addWidget(box)

    def load(self, draft: ProfileDraft) -> None:
        """Shows a draft; what is chosen goes into it."""
        self._draft = draft
        self._show()

    def _show(self) -> None:
        if self._draft is None:
            return
        chosen = self._draft.reviewed
        for kind, chip in self.chips.items():
            chip.setChecked(kind in chosen)
        self.note.setText(EXPLAINED if self._draft.has_reviewer or chosen else NO_REVIEWER)

    def _turn(self, kind: SlipKind) -> None:
        if self._draft:
            self._draft.turn_reviewed(kind)
            self._show()
            self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Whether there is a reviewer may have changed in another section."""
        super().showEvent(event)
        self._show()
