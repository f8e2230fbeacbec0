"""卡片：白底细线，标题在左上，提示在右上。"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel, YieldingLabel
from counter_assistant.ui.widgets.styling import set_style


class Card(QFrame):
    """A white card with a title and a hint; what it holds goes into `rows`."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        inside = theme.px(12)
        self.rows.setContentsMargins(inside, theme.px(8), inside, theme.px(8))
        self.rows.setSpacing(theme.px(6))
        self.title: PlainLabel = PlainLabel(title, "title")
        self.hint = YieldingLabel(hint, "hint")
        self.title.setObjectName("title")
        self.hint.setObjectName("hint")
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(8))
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.hint)
        self.rows.addLayout(self.head)

    def shrink_title(self) -> ShrinkingLabel:
        """Lets the title end in … where the head has no room for it; gives the label, which then `say`s it."""
        title = ShrinkingLabel(self.title.text(), "title")
        title.setObjectName("title")
        self.head.replaceWidget(self.title, title)
        self.head.setStretchFactor(title, 100)
        self.title.hide()
        self.title.deleteLater()
        self.title = title
        return title

    def mark(self, **marks: bool) -> None:
        """Sets marks such as `attention` that the style sheet knows, and restyles the card where one changed."""
        set_style(self, **marks)
