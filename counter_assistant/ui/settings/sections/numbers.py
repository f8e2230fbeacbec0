"""编号与承诺：编号怎样写、从几号接着编，本中心在守则之外多承诺的几件事（守则 一(四)3），以及哪些文书先复核再出具。

How numbers look and what is promised are saved with the rest of the profile. A starting number is set at once and is an
entry of its own: an office that changes over in mid-year goes on where its paper register ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.number_keeping import EXAMPLE_YEARS, MOST_YEARS, Keeping, years_of
from counter_assistant.domain.people.office_profile import MOST_SUPPLEMENT_DAYS, Switch
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.number_series import next_number, start_numbers
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.settings.sections.reviewed_kinds import ReviewedKinds
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel, plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from counter_assistant.operations.office import Office

DIGITS = {0: "不补零（128号）", 3: "补到三位（128号、007号）", 4: "补到四位（0128号）", 5: "补到五位（00128号）"}


KEPT = "整个证件号码、电话办结后保存几年（示例，请核定）"
RECORDED = "其余记录办结后保存几年，期满提请销毁（示例，请核定）"
OF_NUMBERS, OF_RECORDS = "期满只留纸上那样遮过的号码", "期满由两个人提请销毁，只留编号、种类和日期"


class NumbersSection(Section):
    """How this office writes its numbers and where they go on, and what it promises."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._draft: ProfileDraft | None = None
        self.ordinal = QCheckBox("编号前写“第”")
        self.digits = Choice("编号位数")
        for n, words in DIGITS.items():
            self.digits.addItem(words, n)
        self.switches = {switch: QCheckBox(switch.label) for switch in Switch}
        for box in (self.ordinal, *self.switches.values()):
            box.setAccessibleName(box.text())
        self.until = QSpinBox()
        self.until.setRange(0, MOST_SUPPLEMENT_DAYS)
        self.until.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.until.setMinimumWidth(theme.px(90))
        self.until.setSpecialValueText("不定日期")
        self.until.setSuffix(" 日内")
        self.until.setAccessibleName("补齐材料的期限")
        self.years = {keeping: _years("整个号码", keeping, OF_NUMBERS) for keeping in Keeping}
        self.record_years = {keeping: _years("记录", keeping, OF_RECORDS) for keeping in Keeping}
        self.kind = Choice("要设定起始编号的文书")
        for kind in SlipKind:
            self.kind.addItem(kind.in_words, kind.value)
        self.first = LabelledField("first_number", "下一份从几号编起", "填纸质登记簿用到的下一个号")
        self.reason = LabelledField("first_reason", "理由", "例如 接着纸质登记簿编号")
        for field in (self.first, self.reason):
            field.changed.connect(lambda _text, field=field: field.show_fault(""))
        self.set = ActionButton("设定起始编号", "Ctrl+E", self)
        self.reviewed = ReviewedKinds()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        grid.addWidget(self.ordinal, 0, 0)
        grid.addWidget(self.digits, 0, 1)
        grid.addWidget(PlainLabel("中途启用的，设定下一份从几号编起；跳过的号记入台账", "secondary"), 1, 0, 1, 2)
        grid.addWidget(self.kind, 2, 0)
        grid.addWidget(self.first, 2, 1)
        grid.addWidget(self.reason, 2, 2)
        grid.addWidget(self.set, 1, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        rows.addLayout(grid)
        rows.addSpacing(theme.px(4))
        rows.addWidget(PlainLabel("本中心决定了才勾；勾上的印在告知单和补办件通知书上", "secondary"))
        limit = QHBoxLayout()
        limit.addWidget(PlainLabel("补办件通知书：补齐材料的期限"))
        limit.addWidget(self.until)
        limit.addStretch(1)
        promises = QGridLayout()
        promises.setHorizontalSpacing(theme.px(32))
        promises.setVerticalSpacing(theme.px(8))
        for at, box in enumerate(self.switches.values()):
            promises.addWidget(box, *divmod(at, 2))
        promises.addLayout(limit, *divmod(len(self.switches), 2))
        promises.addLayout(_kept(KEPT, self.years), 2, 0, 1, 3)
        promises.addLayout(_kept(RECORDED, self.record_years), 3, 0, 1, 3)
        promises.setColumnStretch(2, 1)
        rows.addLayout(promises)
        rows.addSpacing(theme.px(4))
        rows.addWidget(self.reviewed)
        rows.addStretch(1)

    def _connect(self) -> None:
        self.ordinal.toggled.connect(self._take)
        self.digits.currentIndexChanged.connect(self._take)
        self.kind.currentIndexChanged.connect(self._show_next)
        self.set.clicked.connect(self._start)
        self.until.valueChanged.connect(self._take)
        self.reviewed.changed.connect(self.changed)
        for box in self.switches.values():
            box.toggled.connect(self._take)
        for years in (*self.years.values(), *self.record_years.values()):
            years.valueChanged.connect(self._take)

    def load(self, draft: ProfileDraft) -> None:
        """Shows a draft; what is chosen goes into it."""
        self._draft = None
        self.ordinal.setChecked(draft.number_ordinal)
        self.digits.setCurrentIndex(max(self.digits.findData(draft.number_digits), 0))
        self.until.setValue(draft.supplement_days)
        for switch, box in self.switches.items():
            box.setChecked(switch in draft.switches)
        self.reviewed.load(draft)
        for keeping, years in self.years.items():
            years.setValue(years_of(keeping, draft.number_years))
        for keeping, years in self.record_years.items():
            years.setValue(years_of(keeping, draft.record_years))
        self._draft = draft
        self._show_next()

    def start(self) -> QWidget:
        return self.ordinal

    def _take(self) -> None:
        if self._draft:
            self._draft.number_ordinal = self.ordinal.isChecked()
            self._draft.number_digits = int(self.digits.currentData())
            self._draft.supplement_days = self.until.value()
            self._draft.number_years, self._draft.record_years = _decided(self.years), _decided(self.record_years)
            self._draft.switches = {switch for switch, box in self.switches.items() if box.isChecked()}
            self.changed.emit()

    def _show_next(self) -> None:
        self.first.edit.setText(str(next_number(self._office, self._kind())))
        self.first.show_fault("")
        self.reason.show_fault("")

    def _kind(self) -> SlipKind:
        return SlipKind(self.kind.currentData())

    def _start(self) -> None:
        self.reason.show_fault("" if self.reason.edit.text().strip() else "请写理由，例如 接着纸质登记簿编号")
        if not self.reason.edit.text().strip():
            self.reason.edit.setFocus()
            return
        try:
            start_numbers(self._office, self._kind(), self.first.edit.text(), self.reason.edit.text())
        except Refusal as refusal:
            self.first.show_fault(str(refusal))
            self.first.edit.setFocus()
            return
        self.reported.emit(
            f"{self._kind().in_words}下一份是 {next_number(self._office, self._kind())} 号，已记入台账。"
        )
        self._show_next()


def _kept(words: str, of: Mapping[Keeping, QSpinBox]) -> QHBoxLayout:
    kept = QHBoxLayout()
    kept.setSpacing(theme.px(8))
    kept.addWidget(PlainLabel(words, "secondary"))
    for keeping, years in of.items():
        kept.addWidget(PlainLabel(keeping.short))
        kept.addWidget(years)
        kept.addSpacing(theme.px(8))
    kept.addStretch(1)
    return kept


def _decided(of: Mapping[Keeping, QSpinBox]) -> dict[str, int]:
    """The years that are not those of the example."""
    return {keeping.value: years.value() for keeping, years in of.items() if years.value() != EXAMPLE_YEARS[keeping]}


def _years(what: str, keeping: Keeping, then: str) -> QSpinBox:
    years = QSpinBox()
    years.setRange(1, MOST_YEARS)
    years.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    years.setMinimumWidth(theme.px(64))
    years.setSuffix(" 年")
    years.setAccessibleName(f"{what}保存年数：{keeping.label}")
    years.setToolTip(plain_tip(f"{keeping.label}：{then}"))
    return years
