"""密封台账的一页：口令输两遍，印出恢复单，照它输入三个字，才密封."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from counter_assistant.domain.people.passphrase import typed_passphrase
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office
from counter_assistant.paths import BOOK_NAME
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing.card_page import in_line
from counter_assistant.ui.sealing.sheet_page import SheetPage
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

EXPLAINED = (
    "密封以后，台账和草稿都是加密的，文件被拷走也看不懂；每班用口令打开一次。口令只用字母、数字、空格和符号，至少 12 个字符。"
    "口令都忘了，只有恢复单能打开；恢复单也没有了，谁也打不开。请先关闭其他窗口。"
)
NOT_THE_SAME = "两遍不一样"
DOING = "正在密封，请不要关闭……"
BYTES_A_MINUTE = 250 << 20
"""How much of a book is sealed in a minute on an ordinary PC: 293 MB, 100,000 slips, took 58 s."""


class SealingPage(SheetPage):
    """The steps by which the book of an office is sealed."""

    KEYS = (
        ("回车", "下一格"),
        ("Ctrl+P", "打印恢复单"),
        ("Ctrl+D", "显示恢复单"),
        ("Ctrl+S", "密封"),
        ("Esc", "不密封，返回"),
    )
    """The keys of this page, for F1."""
    DONE = "台账已密封。请把恢复单锁进保险柜；同事的口令在设置的“本机”里添加。"

    def __init__(self, office: Office, service: PrintService | None = None, parent: QWidget | None = None) -> None:
        super().__init__("密封台账", "密封", office, service, parent)
        self.first, self.again = LabelledField("first", "口令"), LabelledField("again", "口令，再输一遍")
        clerk = office.profile.clerk("")
        self.card.rows.addWidget(PlainLabel(EXPLAINED, "secondary", wrap=True))
        self.card.rows.addWidget(PlainLabel(f"这是 {clerk.name}（工号 {clerk.staff_number}）自己的口令：", "secondary"))
        self.card.rows.addLayout(in_line(self.first, self.again))
        self.lay_out_sheet()
        for field in (self.first, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.changed.connect(lambda _text, field=field: field.show_fault(""))
        self.again.edit.entered.disconnect(self.again.edit.focusNextChild)
        self.again.edit.entered.connect(self.to_the_sheet)

    def doing(self) -> str:
        """How long it will take, where that is long: the window does not answer meanwhile."""
        minutes = round((self.office.folder / BOOK_NAME).stat().st_size / BYTES_A_MINUTE)
        return f"正在密封，大约要 {minutes} 分钟，窗口不动是正常的，请不要关闭……" if minutes else DOING

    def act(self) -> None:
        """Seals the book."""
        sealing.seal(self.office, self.office.profile.current_clerk, self.first.edit.text(), self.words)
        self.first.edit.clear()
        self.again.edit.clear()

    def first_field(self) -> LabelledField:
        """The passphrase."""
        return self.first

    def faults(self) -> dict[LabelledField, str]:
        """What is wrong with the passphrases as well."""
        weak = ""
        try:
            typed_passphrase(self.first.edit.text())
        except Refusal as refusal:
            weak = refusal.sentence
        differ = "" if self.again.edit.text() == self.first.edit.text() else NOT_THE_SAME
        return {self.first: weak, self.again: differ} | super().faults()
