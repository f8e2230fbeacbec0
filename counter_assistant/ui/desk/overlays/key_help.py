"""本页的键：F1 打开，Esc 关上。"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.page import Page

KEYS = (
    ("事项", (("输入", "名称、拼音首字母或编码"), ("↑ ↓", "选事项"), ("回车", "取这一项，转到情形"))),
    ("情形", (("1 – 9", "回答，自动到下一问"), ("0", "不确定，纸上写未定"), ("退格", "回到上一问"), ("回车", "转到材料"))),
    ("材料", (("空格", "已交；再按取消"), ("Ctrl+A", "全部已交"), ("E", "须改，就地写原因"), ("?", "每一行为什么在或不在"),
            ("回车", "转到申请人"))),
    ("申请人", (("回车", "下一栏"), ("Ctrl+回车", "采用建议，或者记下已核对一致"), ("Ctrl+Z", "取回上一位未出具的草稿"),
            ("Ctrl+L", "与上次告知对照"), ("Ctrl+R Ctrl+U", "忌语：改成文明用语；保留原话"))),
    ("出具", (("F8", "咨询、申请互换"), ("F10", "情况：谁的业务、资格、方式等"), ("F7", "换一种文书"),
            ("F9", "出具一式二份，或者登记"), ("Ctrl+F9", "记录口头告知"), ("Ctrl+P", "补打刚出具的一份"))),
)  # fmt: skip
OF_THE_WINDOW = (
    ("F11", "展开或合上纸面（窄屏）"), ("Tab", "按纸面次序到下一处"), ("Esc", "关上最上面一层，再按换下一位"),
    ("Ctrl+J", "文明用语"), ("F1", "打开或关上这张表"),
)  # fmt: skip


class KeyHelp(QFrame):
    """The keys of the desk, over the page."""

    def __init__(self, parent: Page) -> None:
        super().__init__(parent)
        self._page = parent
        self.setObjectName("layer")
        self.setAccessibleName("本页的键")
        self.hide()

    def _fill(self) -> None:
        """Writes the keys down when they are asked for the first time."""
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(4))
        sections = (*KEYS, ("窗口", (self._page.to_pages, *OF_THE_WINDOW)))
        for n, (section, keys) in enumerate(sections):
            self._section(grid, section, keys, column=2 * (n % 3), row=7 * (n // 3))
        grid.addWidget(PlainLabel("Esc 或 F1 关上", "hint"), 14, 0, 1, 6)
        for column in (1, 3, 5):
            grid.setColumnStretch(column, 1)

    @staticmethod
    def _section(grid: QGridLayout, title: str, keys: tuple[tuple[str, str], ...], *, column: int, row: int) -> None:
        heading = PlainLabel(title, "title")
        heading.setContentsMargins(0, theme.px(8) if row else 0, 0, 0)
        grid.addWidget(heading, row, column, 1, 2)
        for n, (key, what) in enumerate(keys, 1):
            grid.addWidget(PlainLabel(key, "secondary"), row + n, column)
            grid.addWidget(PlainLabel(what, "dense"), row + n, column + 1)

    def toggle(self) -> None:
        """Opens it in the middle of the page, or closes it."""
        if self.isVisible():
            return self.hide()
        if self.layout() is None:
            self._fill()
        page = self._page
        size = self.sizeHint().boundedTo(page.size())
        self.setGeometry(
            (page.width() - size.width()) // 2, (page.height() - size.height()) // 2, size.width(), size.height()
        )
        self.show()
        self.raise_()
        return None
