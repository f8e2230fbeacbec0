"""指南下面的一行：登记本中心的核定，或者收回；不弹窗，指南还在眼前。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.items.approval_scope import Scope
from counter_assistant.ui.items.typed_approval import FieldRefused, typed_approval, wrong_field
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField, mark_refused
from counter_assistant.ui.widgets.flow import FlowLayout
from counter_assistant.ui.widgets.labels import PlainLabel


@dataclass(frozen=True, slots=True)
class ApprovalInput:
    """An approval as the clerk filled it in."""

    scope: Scope
    approval: Approval


@dataclass(frozen=True, slots=True)
class WithdrawalInput:
    """A withdrawal as the clerk filled it in."""

    scope: Scope
    reason: str


APPROVING = ("number", "approver", "date", "effective")
WITHDRAWING = ("reason",)
REASON_WRONG = {"reason-missing": "reason", "forbidden-wording": "reason"}
FIELDS = {
    "number": ("文号", "如 临公积金〔2026〕9号"), "approver": ("核定人", "如 主任办公会"), "date": ("核定日期", ""),
    "effective": ("生效日", "不填为核定日"), "reason": ("收回的原因", "写进台账；已经出具的文书不变"),
}  # fmt: skip
WIDTHS = {"date": 124, "effective": 124}
WITHDRAW = "收回核定"


class ApprovalLine(Card):
    """Asks for the document, by whom and when it was approved; or why an approval is withdrawn.

    Enter goes on and in the last field confirms; F9 confirms from anywhere (the page has that key); Alt with a digit chooses
    the items, Alt+4 withdraws instead. What was typed stays until it is recorded.
    """

    confirmed = Signal(object)
    """An `ApprovalInput` or a `WithdrawalInput`."""
    state_changed = Signal()
    """It opened or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("登记核定", "", parent)
        self.mark(attention=True)
        self.scope, self.withdrawing = Scope.ITEM, False
        self._today, self._names = date.min, dict.fromkeys(Scope, "")
        self._focus = FocusReturn()
        self.chips = {scope: Chip(f"Alt+{n}", "登记核定") for n, scope in enumerate(Scope, 1)}
        self.withdraw = Chip("Alt+4", WITHDRAW)
        self.fields = {key: LabelledField(key, label, hint) for key, (label, hint) in FIELDS.items()}
        self.fault = PlainLabel("", "error", wrap=True)
        self.button = QPushButton("确认登记　F9")
        self.button.setAccessibleName(self.button.text())
        self.button.setProperty("loud", True)
        self._name_parts()
        self.head.addWidget(LinkButton("Esc", "不登记", self.close_line))
        self.head.addWidget(self.button)
        self._lay_out()
        for scope, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, scope=scope: self.choose(scope))
        self.withdraw.clicked.connect(self.toggle_withdrawing)
        self.button.clicked.connect(self.confirm)
        for n, scope in enumerate(Scope, 1):
            QShortcut(QKeySequence(f"Alt+{n}"), self, lambda scope=scope: self.choose(scope))
        QShortcut(QKeySequence("Alt+4"), self, self.toggle_withdrawing)
        for labelled in self.fields.values():
            labelled.changed.connect(self._clear_fault)
        for key in (APPROVING[-1], WITHDRAWING[-1]):
            self.fields[key].edit.entered.disconnect()
            self.fields[key].edit.entered.connect(self.confirm)
        self.hide()

    def _name_parts(self) -> None:
        for scope, chip in self.chips.items():
            chip.setObjectName(scope.value)
        self.withdraw.setObjectName("withdraw")
        self.fault.setObjectName("fault")
        self.button.setObjectName("confirm")

    def _lay_out(self) -> None:
        chips = FlowLayout(theme.px(6), theme.px(6))
        for chip in (*self.chips.values(), self.withdraw):
            chips.addWidget(chip)
        line = QHBoxLayout()
        line.setSpacing(theme.px(10))
        for key, labelled in self.fields.items():
            if key in WIDTHS:
                labelled.setFixedWidth(theme.px(WIDTHS[key]))
            line.addWidget(labelled, 0 if key in WIDTHS else 3 if key == "number" else 2)
        self.rows.addLayout(chips)
        self.rows.addLayout(line)
        self.rows.addWidget(self.fault)

    def ask(self, names: Mapping[Scope, str], approver: str, today: date) -> None:
        """Opens the line for the marked item. `names` are what the scopes are called; `approver` is who approved last."""
        self._today = today
        if not self.fields["approver"].edit.text():
            self.fields["approver"].edit.setText(approver)
        if not self.fields["date"].edit.text():
            self.fields["date"].edit.setText(today.isoformat())
        self.scope, self.withdrawing = Scope.ITEM, False
        if self.isHidden():
            self._focus.keep()
        self.show()
        self.show_names(names)
        self._begin()
        self.state_changed.emit()

    @property
    def typed(self) -> bool:
        """Whether anything stands there that was typed."""
        return any(
            one.edit.isModified() and one.edit.text().strip() for one in self.fields.values() if not one.isHidden()
        )

    def show_names(self, names: Mapping[Scope, str]) -> None:
        """Shows what the scopes of the marked item are called; without names, no item is marked."""
        self._names = dict(names) or dict.fromkeys(Scope, "")
        self._show()

    def choose(self, scope: Scope) -> None:
        """Chooses another scope."""
        self.scope = scope
        self._show()

    def toggle_withdrawing(self) -> None:
        """Turns from approving to withdrawing and back, in each case for the marked item first."""
        self.withdrawing, self.scope = not self.withdrawing, Scope.ITEM
        self._show()
        self._begin()

    def close_line(self, *, forget: bool = False) -> None:
        """Closes the line, and empties it where what was typed is recorded (`forget`)."""
        if forget:
            for key in ("number", "date", "effective", "reason"):
                self.fields[key].edit.clear()
        self.fault.say("")
        if not self.isHidden():
            self.hide()
            self._focus.give_back()
        self.state_changed.emit()

    def confirm(self) -> None:
        """Emits what is filled in; what cannot be read is said beneath the fields."""
        typed = {key: labelled.edit.text().strip() for key, labelled in self.fields.items()}
        if self.withdrawing:
            self.confirmed.emit(WithdrawalInput(self.scope, typed["reason"]))
            return
        try:
            self.confirmed.emit(ApprovalInput(self.scope, typed_approval(typed, self._today)))
        except FieldRefused as refused:
            self.show_refusal(refused.refusal, refused.key)

    def show_refusal(self, refusal: Refusal, key: str = "") -> None:
        """Says why nothing was recorded, and goes to the field that it is about."""
        typed = {each: labelled.edit.text().strip() for each, labelled in self.fields.items()}
        wrong = key or REASON_WRONG.get(refusal.code, "") or wrong_field(refusal, typed)
        self.fault.say(str(refusal))
        mark_refused(self.fields, wrong)

    def _clear_fault(self) -> None:
        self.fault.say("")
        mark_refused(self.fields, "")

    def _begin(self) -> None:
        self.fields["reason" if self.withdrawing else "number"].edit.setFocus()

    def _show(self) -> None:
        self.title.setText(f"{WITHDRAW if self.withdrawing else '登记核定'}　{self._names[self.scope]}")
        self.button.setText("确认收回　F9" if self.withdrawing else "确认登记　F9")
        self.button.setAccessibleName(self.button.text())
        for scope, chip in self.chips.items():
            chip.rename(self._names[scope])
            chip.setChecked(scope is self.scope)
        self.withdraw.setChecked(self.withdrawing)
        shown = WITHDRAWING if self.withdrawing else APPROVING
        for key, labelled in self.fields.items():
            labelled.setVisible(key in shown)
        self._clear_fault()
