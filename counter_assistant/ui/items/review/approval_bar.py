"""下面一条：离送核还差什么；自哪天起施行，谁以什么文号哪一天批准，谁核对；打印核定稿，送核。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.review.presentation import Standing
from counter_assistant.ui.items.second_person import SecondPerson
from counter_assistant.ui.items.typed_approval import FieldRefused, typed_approval, wrong_field
from counter_assistant.ui.widgets.action_button import ActionButton, SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField, mark_refused
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.styling import set_style

FIELDS = {
    "effective": ("生效日", "不填为今天", 150), "approver": ("批准：核定人", "如 主任办公会", 0),
    "number": ("文号", "如 临公积金〔2026〕9号", 0), "date": ("批准日期", "", 118),
}  # fmt: skip
NEEDED = {"approver": "核定人", "number": "文号", "date": "批准日期", "second": "核对人"}
"""What must be filled in, as the line of what comes next calls it."""


class ApprovalBar(QWidget):
    """What is filled in for the approval. `owner` is the mode, wherever in which the keys of its buttons work. In a low window the
    fields are folded away until they are needed.
    """

    filled = Signal()
    """Something was filled in, or taken out."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self.card = Card("批准和施行")
        for label in (self.card.title, self.card.hint):
            label.hide()
        self.fields = {key: LabelledField(key, label, hint) for key, (label, hint, _) in FIELDS.items()}
        self.second = SecondPerson()
        self.print = ActionButton("打印核定稿", "Ctrl+P", owner)
        self.save = ActionButton("存为 PDF", "Ctrl+S", owner)
        self.export_sheet, self.import_sheet = SinglePress("导出核定表"), SinglePress("导入核定表")
        self.undo_import, self.take_pack = SinglePress("退回这次导入"), SinglePress("导入内容包")
        self.earlier, self.give_up = SinglePress("以前的版本"), SinglePress("放弃这一稿")
        self.quiet = (
            self.export_sheet,
            self.import_sheet,
            self.undo_import,
            self.take_pack,
            self.earlier,
            self.give_up,
        )
        self.send = ActionButton("送核", "F9", owner, loud=True)
        self.message = PlainLabel("", "secondary", wrap=True)
        self.message.setObjectName("review_message")
        self.standing = PlainLabel("", "secondary", wrap=True)
        self.standing.setObjectName("sending_standing")
        self._form, self._low, self._needed, self._noticed = QWidget(), False, False, False
        for button in self.quiet:
            button.setAccessibleName(button.text())
            button.setProperty("link", True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        for labelled in self.fields.values():
            labelled.changed.connect(lambda _text: self.show_fault("", ""))
            labelled.edit.textChanged.connect(lambda _text: self.filled.emit())
        self.second.currentIndexChanged.connect(lambda _: set_style(self.second, wrong=False))
        self.second.currentIndexChanged.connect(lambda _: self.filled.emit())
        self.second.entered.connect(self.send.setFocus)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self._form)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(10))
        for key, labelled in self.fields.items():
            if width := FIELDS[key][2]:
                labelled.setFixedWidth(theme.px(width))
            line.addWidget(labelled, 0 if FIELDS[key][2] else 1)
        second = QVBoxLayout()
        second.setSpacing(theme.px(4))
        second.addWidget(PlainLabel("核对人", "secondary"))
        second.addWidget(self.second)
        self.second.setMinimumWidth(theme.px(120))
        line.addLayout(second)
        self.card.rows.addWidget(self._form)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        flow = FlowLayout(theme.px(4), theme.px(12))
        for button in self.quiet:
            flow.addWidget(button)
        buttons.addLayout(flow, 1)
        for button in (self.save, self.print, self.send):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.card.rows.addWidget(self.message)
        self.card.rows.addWidget(self.standing)
        self.card.rows.addLayout(buttons)
        self.message.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.card)

    def fold(self, *, low: bool) -> None:
        """There is little room, or there is enough again."""
        self._low = low
        self._form.setVisible(not low or self._needed or self.modified or bool(self.second.staff_number))

    def unfold(self) -> None:
        """The fields are needed, until they are folded again."""
        self._needed = True
        self._form.show()

    def fold_again(self) -> None:
        """They are needed no more, unless something was filled in."""
        self._needed = False
        self.fold(low=self._low)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has still to be filled in."""
        filled = self.typed | {"second": self.second.staff_number}
        return tuple(name for key, name in NEEDED.items() if not filled[key])

    def show_standing(self, standing: Standing) -> None:
        """Says how far the revision is from being sent, on the button too while it cannot be."""
        self.standing.say(standing.in_words(), "attention" if standing.failing else "secondary")
        self.send.rename(standing.button)
        set_style(self.send, loud=not standing.failing)

    def suggest(self, known: dict[str, str]) -> None:
        """Fills in what is known already where nothing was typed."""
        for key, text in known.items():
            edit = self.fields[key].edit
            if text and not edit.isModified():
                edit.setText(text)

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: labelled.edit.text().strip() for key, labelled in self.fields.items()}

    @property
    def modified(self) -> bool:
        """Whether anything was typed here that is not recorded."""
        return any(labelled.edit.isModified() and labelled.edit.text() for labelled in self.fields.values())

    def approval(self, today: date) -> Approval:
        """What is filled in. Without a first day it is today: an edition changes nothing that was told before.

        Raises:
            FieldRefused: a day cannot be read.
        """
        typed = self.typed
        return typed_approval(typed | {"effective": typed["effective"] or today.isoformat()}, today)

    def show_refusal(self, refused: Refusal | FieldRefused) -> None:
        """Says why it was not sent, and goes to the field that it is about."""
        refusal = refused.refusal if isinstance(refused, FieldRefused) else refused
        wrong = refused.key if isinstance(refused, FieldRefused) else wrong_field(refusal, self.typed)
        self.show_fault(str(refusal), wrong)

    def show_fault(self, words: str, wrong: str) -> None:
        """Says what is wrong beside the buttons, and frames its field."""
        if wrong:
            self.unfold()
        self._noticed = False
        self.message.say(words, "error")
        mark_refused(self.fields, wrong)
        set_style(self.second, wrong=wrong == "second")
        if wrong == "second":
            self.second.setFocus()

    def say(self, words: str, role: str) -> None:
        """Says what came of something."""
        self._noticed = False
        self.message.say(words, role)

    def explain(self, words: str) -> None:
        """Says why a key does nothing here, until something else is said or the sentence is closed."""
        self.say(words, "attention")
        self._noticed = True

    def close_explanation(self) -> bool:
        """Closes such a sentence; False where there is none."""
        noticed = self._noticed
        if noticed:
            self.say("", "secondary")
        return noticed

    def clear(self) -> None:
        """It is recorded: nothing of it is filled in for the next."""
        for labelled in self.fields.values():
            labelled.edit.clear()
            labelled.edit.setModified(False)
        self.second.setCurrentIndex(0)
        self.fold_again()
