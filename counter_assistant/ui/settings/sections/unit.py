"""本单位：印在每一张纸上的单位、网点、窗口与电话，以及编号的样子；到哪里办：地址、时间、费用等。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from counter_assistant.domain.people.office_profile import MOST_INHERITANCE_LIMIT
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.papers.paper_formats import PaperFormats
from counter_assistant.ui.settings.profile_draft import TOLD, UNIT_FIELDS, Faults, ProfileDraft
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel, plain_tip

HINTS = {
    "unit": "印在纸的上方，请写全称", "branch": "管理部或网点", "window": "例如 综合窗口 2",
    "short_name": "编号的前半，例如 临公积金", "installation_name": "编号里区分每台电脑，例如 耿一",
    "installation_code": "6 位数字，印在二维码里", "supervision_phone": "当事人投诉违诺时打的电话",
    "hotlines": "例如 12329、12345", "closing_time": "例如 17:30", "address": "路名、门牌、楼层",
    "hours": "例如 周一至周五 8:30–11:30", "banks": "办哪些银行的卡", "online": "可以在哪里网上办",
    "result": "例如 办结后电话通知", "fee": "例如 不收费",
}  # fmt: skip
COLUMNS = 3
LIMIT, LIMIT_TIP = "继承提取签承诺书的限额", "第一顺序继承人：余额不超过这个数的，签承诺书提取，不用公证；0 为不设限额"
OWN_FORMS = "窗口预填的表，改用本中心的 PDF：选文件，点每个值该在的地方"


class FieldGrid(Section):
    """Fields of the office profile in a grid, each with its hint and its fault."""

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None, columns: int = COLUMNS) -> None:
        super().__init__(parent)
        self._draft: ProfileDraft | None = None
        self.fields = {key: LabelledField(key, UNIT_FIELDS[key], HINTS[key]) for key in keys}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(14))
        for n, (key, field) in enumerate(self.fields.items()):
            grid.addWidget(field, *divmod(n, columns))
            field.changed.connect(lambda text, key=key: self._take(key, text))
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.px(8))
        self.rows.addLayout(grid)

    def load(self, draft: ProfileDraft) -> None:
        """Shows a draft; what is typed goes into it."""
        self._draft = draft
        for key, field in self.fields.items():
            field.edit.setText(draft.unit_fields[key])

    def show_faults(self, faults: Faults) -> None:
        """Puts every fault beside its field."""
        for key, field in self.fields.items():
            field.show_fault(faults.get(key, ""))

    def start(self) -> QWidget:
        return next(iter(self.fields.values())).edit

    def go_to(self, field: str) -> None:
        """Puts the cursor into a field."""
        self.fields[field].edit.setFocus()

    def _take(self, key: str, text: str) -> None:
        if self._draft:
            self._draft.unit_fields[key] = text
            self.changed.emit()


class UnitSection(FieldGrid):
    """The fields of the office itself."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__([key for key in UNIT_FIELDS if key not in TOLD], parent)
        self._year = year
        self.number = PlainLabel("", "loud")
        self.number.setObjectName("number")
        self.own_forms = ActionButton("用本中心自己的表样", "Ctrl+T", self)
        self.own_forms.setToolTip(plain_tip(OWN_FORMS))
        self.limit = _limit()
        self.rows.addWidget(PlainLabel("出具的编号是这个样子", "secondary"))
        self.rows.addLayout(self._of_forms())
        self.rows.addWidget(PlainLabel("简称和代码一经使用就不要再改：改了，以前的编号仍按以前的样子保存。", "hint"))
        self.limit.valueChanged.connect(self._take_limit)
        self.formats = PaperFormats()
        self.formats.changed.connect(self.changed)
        self.rows.addWidget(self.formats)
        self.rows.addStretch(1)

    def load(self, draft: ProfileDraft) -> None:
        """Shows a draft; what is typed goes into it."""
        self._draft = None
        self.limit.setValue(draft.inheritance_limit)
        super().load(draft)
        self._show_number()
        self.formats.load(draft)

    def go_to(self, field: str) -> None:
        """Puts the cursor into a field."""
        if field == "inheritance_limit":
            self.limit.setFocus()
        elif field in self.fields:
            super().go_to(field)

    def _of_forms(self) -> QHBoxLayout:
        """Beside the number what forms need: up to which balance heirs sign a declaration, and the centre's own."""
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.number, 1)
        label = PlainLabel(LIMIT, "secondary")
        label.setToolTip(plain_tip(LIMIT_TIP))
        for widget in (label, self.limit, self.own_forms):
            line.addWidget(widget)
        return line

    def _take_limit(self) -> None:
        if self._draft:
            self._draft.inheritance_limit = self.limit.value()
            self.changed.emit()

    def _take(self, key: str, text: str) -> None:
        super()._take(key, text)
        self._show_number()

    def _show_number(self) -> None:
        if self._draft:
            fields = self._draft.unit_fields
            ordinal, digits = "第" if self._draft.number_ordinal else "", self._draft.number_digits
            place = f"{fields['short_name']}{fields['installation_name']}告"
            self.number.setText(f"{place}〔{self._year}〕{ordinal}{1:0{digits}d}号")


def _limit() -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, MOST_INHERITANCE_LIMIT)
    spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    spin.setMinimumWidth(theme.px(90))
    spin.setSpecialValueText("不设")
    spin.setSuffix(" 元")
    spin.setAccessibleName("继承提取签承诺书的限额")
    spin.setToolTip(plain_tip(LIMIT_TIP))
    return spin


class WaysSection(FieldGrid):
    """Where, when and how: what every applicant is told (守则 一(五)2⑷)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TOLD, parent, columns=2)
        self.rows.addStretch(1)
