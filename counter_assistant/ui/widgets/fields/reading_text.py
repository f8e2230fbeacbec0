"""只读的一段文字：能滚动，Tab 走得出去，不认任何标记。"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from counter_assistant.ui.appearance import theme


class ReadingText(QTextEdit):
    """Text to be read, in the card's own colours and without a frame; nothing that is put in is markup."""

    def __init__(self, name: str, margin: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(theme.px(margin))
