"""面板的顶条：柜台还是电话、停靠还是浮动、关上；浮动时拖着它走。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from counter_assistant.domain.wording.phrases import PhraseChannel
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.labels import PlainLabel


class PanelHeader(QWidget):
    """The bar over the panel. Its buttons take no focus: the keyboard stays where it is."""

    channel_turned = Signal()
    place_turned = Signal()
    signs_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(34))
        self._movable = False
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(4), 0)
        row.setSpacing(0)
        row.addWidget(PlainLabel("文明用语", "bar"))
        row.addStretch(1)
        self.channel, self.place, self.close_button = QPushButton(), QPushButton(), QPushButton("×")
        self.signs = QPushButton("标识")
        self.channel.setObjectName("channel")
        self.signs.setAccessibleName("窗口标识，Ctrl+B")
        self.signs.setToolTip("窗口标识　Ctrl+B")
        self.close_button.setAccessibleName("关上文明用语，Esc")
        for button, clicked in (
            (self.signs, self.signs_wanted),
            (self.channel, self.channel_turned),
            (self.place, self.place_turned),
            (self.close_button, self.closed),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(clicked)
            row.addWidget(button)
        self.show_channel(PhraseChannel.COUNTER)
        self.show_place(floating=False)

    def show_channel(self, channel: PhraseChannel) -> None:
        """Says for which channel the phrases are."""
        other = "电话" if channel is PhraseChannel.COUNTER else "柜台"
        self.channel.setText(f"{channel.label}　F8")
        self.channel.setAccessibleName(f"{channel.label}用语，按 F8 换成{other}")

    def show_place(self, *, floating: bool) -> None:
        """Says where the panel would go. A floating one is dragged by this bar."""
        self._movable = floating
        self.place.setText("停靠" if floating else "浮动")
        words = "停靠到主窗口右边" if floating else "浮动在其他程序上面"
        self.place.setAccessibleName(f"{words}，Ctrl+Shift+J")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self.window().windowHandle()
        if self._movable and handle and event.button() is Qt.MouseButton.LeftButton:
            handle.startSystemMove()
        else:
            super().mousePressEvent(event)
