"""在指南上面改：这一稿留着，随时退回一步；关上就回到指南。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.catalogue.questions import Question
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Act, ItemRetired, QuestionDefined, TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.editor.editor import ItemEditor


class EditOverGuide(QWidget):
    """The editor of an item with the revision of the office. What is changed is kept at once and told to nobody yet."""

    closed = Signal()
    reported = Signal(str, str)
    """What came of an act in one sentence, and the role of that sentence."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._revising: Revising | None = None
        self._item = ""
        self.editor = ItemEditor(office.today(), {post.id: post.name for post in office.profile.posts})
        self.setFocusProxy(self.editor)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.editor)
        self.editor.edited.connect(self._edited)
        self.editor.question_defined.connect(self._defined)
        self.editor.retired.connect(self._retired)
        self.editor.undo_wanted.connect(self._undo)
        self.hide()

    def open_item(self, item_id: str) -> None:
        """Opens an item as the revision has it.

        Raises:
            Refusal: what `Revising` refuses; `item-retired`.
        """
        revising = Revising(self._office)
        if item_id not in revising.working.items:
            raise Refusal("item-retired", f"这一稿里 {item_id} 已经停办。", "请先退回那一步，或者放弃这一稿。")
        self._revising, self._item = revising, item_id
        self.show()
        self._show()
        self.editor.setFocus()

    def close_editor(self) -> None:
        """Back to the guide."""
        self.hide()
        self.closed.emit()

    def _show(self) -> None:
        assert self._revising is not None
        if self._item not in self._revising.working.items:
            self.close_editor()
            return
        working = self._revising.working
        self.editor.show_item(newest(working, self._item), working, tuple(self._revising.base.items))

    def _do(self, act: Act) -> bool:
        assert self._revising is not None
        return self._tried(lambda: self._revising.do(act) if self._revising else None)

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refusal as refusal:
            self.editor.say(refusal)
            return False
        return True

    def _edited(self, text: ServiceItem) -> None:
        if self._do(TextEdited(text)):
            self._item = text.id
            self._show()
            self.reported.emit("改动已经记在这一稿里，还没有送核。", "done")

    def _defined(self, question: Question) -> None:
        self._do(QuestionDefined(question))

    def _retired(self, item_id: str) -> None:
        if self._do(ItemRetired(item_id)):
            self.reported.emit(f"这一稿里 {item_id} 已经停办，还没有送核。", "done")
            self.close_editor()

    def _undo(self) -> None:
        assert self._revising is not None
        undone: list[Act | None] = []
        if self._tried(lambda: undone.append(self._revising.undo() if self._revising else None)):
            self._show()
            words = "退回了一步。" if undone[0] else "这一稿里没有可以退回的了。"
            self.reported.emit(words, "secondary")
