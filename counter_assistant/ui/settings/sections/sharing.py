"""数据共享：本单位自己能核验的材料，当事人就不必带（在线政务服务规定 第七条）。"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QListWidgetItem, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.quiet_list import QuietList

EXPLAINED = "勾选的材料由本中心核验，清单上印“免提交”，不再向当事人要。没有接通共享的不要勾。空格键勾选。"


class SharingSection(Section):
    """A checkbox for each material that another body issues; `materials` is id → name and issuer."""

    def __init__(self, materials: Mapping[str, tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: ProfileDraft | None = None
        self.list = QuietList("由本中心核验的材料")
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        for material_id, (name, issuer) in materials.items():
            self.list.add(name, issuer).setData(Qt.ItemDataRole.UserRole, material_id)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(PlainLabel(EXPLAINED, "secondary", wrap=True))
        rows.addWidget(self.list, 1)
        self.list.itemChanged.connect(self._take)

    def load(self, draft: ProfileDraft) -> None:
        """Ticks what a draft shares."""
        self._draft = None
        for n in range(self.list.count()):
            item = self.list.item(n)
            on = item.data(Qt.ItemDataRole.UserRole) in draft.shared
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(max(self.list.currentRow(), 0))
        self._draft = draft

    def start(self) -> QWidget:
        return self.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Makes as many columns as can be read; with all the materials of today nothing scrolls at 1366 × 768."""
        super().resizeEvent(event)
        room = self.width() - theme.px(12)
        columns = max(room // theme.px(320), 1)
        self._draft, draft = None, self._draft  # a size is no tick
        for n in range(self.list.count()):
            self.list.item(n).setSizeHint(QSize(room // columns, theme.px(26)))
        self._draft = draft

    def _take(self, item: QListWidgetItem) -> None:
        if self._draft is None:
            return
        material_id = item.data(Qt.ItemDataRole.UserRole)
        change = self._draft.shared.add if item.checkState() is Qt.CheckState.Checked else self._draft.shared.discard
        change(material_id)
        self.changed.emit()
