"""下面的一行：什么样的人来，照现在的清单、或者照改后的清单记下；原来记的可以删去。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.catalogue.conditions import NOT_ASKED
from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.revision.visits import TypicalVisit
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.items.review.confirm_line import EnterButton
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.fields.choice import FormChoice
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel

TODAY, CHANGED, REMOVE = "照现在的清单记下", "照改后的清单记下", "删去这个"
OPEN = "未定"


class VisitLine(Card):
    """Asks for the answers of a visit and its name. Enter goes on, and in the last field writes it down as told today."""

    closed = Signal()
    written = Signal(bool)
    """It is to be written down: as told today, or (True) as it would be told."""
    removed = Signal()

    def __init__(self) -> None:
        super().__init__("典型来访")
        self.item, self.visit = "", TypicalVisit("", "", {}, ())
        self._text: ServiceItem | None = None
        self._focus = FocusReturn()
        self.choices: dict[str, FormChoice] = {}
        self._cells: dict[str, QWidget] = {}
        self.name = LabelledField("visit_name", "名称", "几个字，如 已婚，合同已备案")
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setObjectName("visit_fault")
        self.today, self.changed, self.remove = (EnterButton(text) for text in (TODAY, CHANGED, REMOVE))
        self.head.addWidget(LinkButton("Esc", "不记", self.close_line))
        self._asked = QWidget()
        self._flow = FlowLayout(theme.px(6), theme.px(10), self._asked)
        self._lay_out()
        self.name.edit.entered.disconnect()
        self.name.edit.entered.connect(lambda: self.written.emit(self.today.isHidden()))
        self.name.changed.connect(lambda _text: self.say(""))
        self.today.clicked.connect(lambda: self.written.emit(False))
        self.changed.clicked.connect(lambda: self.written.emit(True))
        self.remove.clicked.connect(self.removed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.name, 1)
        for button in (self.remove, self.changed, self.today):
            button.setAccessibleName(button.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.rows.addWidget(self._asked)
        self.rows.addLayout(row)
        self.rows.addWidget(self.fault)

    def ask(self, text: ServiceItem, visit: TypicalVisit | None, *, told_today: bool, differs: bool) -> None:
        """Asks for a visit of an item, or shows one; whether the item is `told_today`, and `differs` from that."""
        self._focus.keep()
        self._text, self.item, self.visit = text, text.id, visit or TypicalVisit(text.id, "", {}, ())
        self.title.setText(f"典型来访　{text.id} {text.name}")
        self._show_questions(text)
        self.name.edit.setText(self.visit.name)
        self.today.setVisible(told_today)
        self.changed.setVisible(differs)
        self.remove.setVisible(visit is not None)
        self.say("")

    def begin(self) -> None:
        """Puts the cursor where one goes on: the first question of a new one, else the name."""
        first = next(iter(self.choices.values()), None)
        (first if first and not self.visit.name else self.name.edit).setFocus()

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the questions that arise."""
        return {
            id_: choice.currentData()
            for id_, choice in self.choices.items()
            if choice.currentData() and not self._cells[id_].isHidden()
        }

    @property
    def purpose(self) -> Purpose:
        """What the visitor comes for."""
        return self.visit.purpose

    def say(self, fault: str) -> None:
        """Says why it was not written down."""
        self.fault.say(fault)
        self.name.edit.mark_wrong(bool(fault) and not self.name.edit.text().strip())

    def close_line(self) -> None:
        """Nothing is written."""
        self.closed.emit()
        self._focus.give_back()

    def _show_questions(self, text: ServiceItem) -> None:
        while self._flow.takeAt(0):
            pass
        for cell in self._cells.values():
            cell.hide()
            cell.deleteLater()
        self.choices, self._cells = {}, {}
        for asked in text.questions:
            choice = FormChoice(asked.question.topic)
            choice.addItem(OPEN, "")
            for option in asked.question.options:
                choice.addItem(option.label, option.code)
            choice.setCurrentIndex(max(choice.findData(self.visit.answers.get(asked.id, "")), 0))
            choice.setMinimumWidth(theme.px(130))
            choice.currentIndexChanged.connect(lambda _n: self._follow())
            choice.entered.connect(lambda id_=asked.id: self._go_on(id_))
            cell = QWidget()
            rows = QVBoxLayout(cell)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(theme.px(2))
            rows.addWidget(PlainLabel(asked.question.topic, "secondary"))
            rows.addWidget(choice)
            self.choices[asked.id], self._cells[asked.id] = choice, cell
            self._flow.addWidget(cell)
        self._asked.setVisible(bool(self.choices))
        self._follow()

    def _follow(self) -> None:
        """Shows only what the other answers let arise."""
        assert self._text is not None
        given = {id_: choice.currentData() for id_, choice in self.choices.items() if choice.currentData()}
        settled = self._text.settle(given)
        for id_, cell in self._cells.items():
            cell.setVisible(settled[id_] != NOT_ASKED)
        self._flow.invalidate()

    def _go_on(self, id_: str) -> None:
        """Enter in a choice: on to the next that arises, at last to the name."""
        shown = [each for each, cell in self._cells.items() if not cell.isHidden()]
        at = shown.index(id_) + 1
        (self.choices[shown[at]] if at < len(shown) else self.name.edit).setFocus()
