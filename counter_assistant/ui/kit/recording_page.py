"""补录备用单的一页：照纸上写的填，F9 补录，接着补下一份；代替各页显示，做完返回."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day, read_time
from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.operations.kit.kits import KnownBlank, blanks_out, find_blank
from counter_assistant.operations.kit.recording import FromPaper, record_blank
from counter_assistant.operations.office import Office
from counter_assistant.ui.announcing import announce_choice
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.sealing.card_page import CardPage, in_line
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField, mark_refused
from counter_assistant.ui.widgets.labels import PlainLabel

FIELDS = {
    "number": ("编号", "只写号也行，或者扫码"), "hour": ("告知时间", "纸上写的，如 1120"),
    "name": ("申请人", "纸上写的姓名"), "phone": ("电话", "没有写的空着"),
    "agent": ("代办人", "没有的空着"), "relation": ("与申请人的关系", ""),
    "situation": ("情形", "照纸上写"), "ticked": ("打√的", "行号，如 1 3"),
    "day": ("告知日期", "纸上写的"), "clerk": ("经办人", "在纸上签名的，工号或者姓名"),
}  # fmt: skip
"""What stands on a blank by hand, by the name in `FromPaper`, in the order in which it is asked for."""
STAY = ("day", "clerk")
"""What the next paper will have as well."""
_OF_FIELD = {
    "kit-number-unknown": "number", "bad-paper-number": "number", "kit-number-void": "number", "request-differs": "number",
    "bad-time": "hour", "kit-time-ahead": "hour", "kit-time-before": "hour", "bad-date": "day", "name-needed": "name",
    "bad-phone": "phone", "kit-bad-ticks": "ticked", "kit-no-such-box": "ticked", "unknown-clerk": "clerk", "clerk-ambiguous": "clerk",
}  # fmt: skip
HOW = "照纸上写的填，回车到下一格，F9 补录。第一联签了名的，和当天的存档联放在一起。"
UNSAVED = "还没有补录，请按 F9；再按一次 Esc 就不记。"


class RecordingPage(CardPage):
    """Records blanks that were given out, one after the other."""

    recorded = Signal()
    KEYS = (("F9", "补录这一份，接着补下一份"), ("回车", "下一格"), ("扫码", "填编号"), ("Esc", "返回"))
    """The keys of this page, for F1."""

    def __init__(self, office: Office, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__("补录备用单", 720, parent)
        self.office = office
        self.fields = {key: LabelledField(key, *words) for key, words in FIELDS.items()}
        self.message = PlainLabel(HOW, "secondary", wrap=True)
        self.message.setObjectName("message")
        self.act = ActionButton("补录", "F9", self, loud=True)
        self.act.setObjectName("act")
        self.leave = ActionButton("返回", "Esc", self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        for n, field in enumerate(self.fields.values()):
            grid.addWidget(field, n // 2, n % 2)
        self.card.rows.addLayout(grid)
        self.card.rows.addWidget(self.message)
        self.card.rows.addLayout(in_line(self.leave, None, self.act))
        self.act.clicked.connect(self._record)
        self.leave.clicked.connect(self._leave)
        self.fields["number"].changed.connect(lambda _text: self._show_blank())
        self.fields["day"].edit.setText(office.today().isoformat())
        self.fields["clerk"].edit.setText(office.profile.clerk("").name)
        self.setFocusProxy(self.fields["number"].edit)
        self._take(number)

    @property
    def unsaved(self) -> str:
        return UNSAVED if self._text("name") or self._text("phone") else ""

    def tell(self, words: str) -> None:
        self.message.say(words, "attention")

    def take_scan(self, scan: Scan) -> bool:
        """Takes the number of the blank that was scanned."""
        self._take(scan.digits)
        return True

    def _take(self, number: str) -> None:
        self.fields["number"].edit.setText(number)
        if known := self._show_blank():
            self.fields["number"].edit.setText(known.number)
            self.fields["hour"].edit.setFocus()
            self.setFocusProxy(self.fields["hour"].edit)

    def _show_blank(self) -> KnownBlank | None:
        """Says beside the title which item the blank is of, and what became of it."""
        try:
            known = find_blank(self.office, self._text("number"))
        except Refusal as refusal:
            left = len(blanks_out(self.office))
            standing = f"在外 {left} 份" if left else "没有在外的备用单"
            self._say_beside(refusal.sentence if self._text("number") else standing)
            return None
        self._say_beside(f"{known.number}　{known.blank.of.item_name}　{known.state.label}")
        return known

    def _say_beside(self, words: str) -> None:
        """Says beside the title what the number is of, and to whoever is in its field and does not see it."""
        self.card.hint.setText(words)
        announce_choice(self.fields["number"].edit, words)

    def _text(self, key: str) -> str:
        return self.fields[key].edit.text().strip()

    def _record(self) -> None:
        try:
            typed = {key: self._text(key) for key in FIELDS if key not in ("day", "hour")}
            day, hour = read_day(self._text("day"), self.office.today()), read_time(self._text("hour"))
            issued = record_blank(self.office, FromPaper(**typed, day=day, hour=hour))
        except Refusal as refusal:
            mark_refused(self.fields, _OF_FIELD.get(refusal.code, ""))
            self.message.say(str(refusal), "error")
            return
        mark_refused(self.fields, "")
        for key, field in self.fields.items():
            if key not in STAY:
                field.edit.clear()
        self.fields["number"].edit.setFocus()
        self._show_blank()
        self.message.say(
            f"{'早已补录' if issued.again else '已补录'}：{issued.number}，台账第 {issued.entry.seq} 条。", "done"
        )
        self.recorded.emit()

    def _leave(self) -> None:
        if not self.hold_open():
            self.finished.emit()
