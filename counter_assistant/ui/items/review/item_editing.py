"""改事项：在逐句核定的位置上打开编辑，离开以后回到那个事项的各句。"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_assistant.operations.office import Office
from counter_assistant.ui.items.editor.item_card import COPY, RETIRE
from counter_assistant.ui.items.review.answering import Answering
from counter_assistant.ui.items.review.frame import ReviewFrame
from counter_assistant.ui.items.review.model import ReviewModel

NOT_OF_PAPERS = "文书只能换说法：要改一句，请按 E。文书不能停办，也不能照它新建事项。"


class ItemEditing(QObject):
    """Opens the editor of an item in the place of the sentences, and closes it. `model` is None while there is nothing to review."""

    marked = Signal()
    """Something else is marked, or shown: it is read anew."""
    kept = Signal(str)
    """An act of the editor was kept, with what is to be said of it."""

    def __init__(self, office: Office, frame: ReviewFrame, answering: Answering) -> None:
        super().__init__(frame)
        self._office, self._frame, self._answering = office, frame, answering
        self.model: ReviewModel | None = None
        frame.lists.copy_wanted.connect(lambda: self.begin(at=COPY))
        frame.lists.retire_wanted.connect(lambda: self.begin(at=RETIRE))
        frame.item.kept.connect(self._kept)
        frame.item.left.connect(self.leave)

    def begin(self, item: str = "", at: str = "") -> None:
        """Opens the editor of an item, or of the marked one; and there a place `at` once. A paper has none: it is E."""
        model, frame = self.model, self._frame
        if model is None or not frame.item.editor.take_open():
            return
        if not item and model.on_paper:
            self._answering.begin_line() if not at else frame.bar.explain(NOT_OF_PAPERS)
            return
        wanted = item or model.shown_item
        if wanted not in model.revising.working.items:
            frame.bar.explain(f"这一稿里 {wanted} 已经停办。要办理，请按 Ctrl+Z 退回那一步。")
            return
        model.show_item(wanted)
        if not frame.editing:
            self._answering.forget_pending()
            frame.card.box.close_line()
            frame.item.show_source(frame.card.source.given(self._office.today()))
            frame.show_middle(frame.item)
        self.marked.emit()
        frame.setFocus()
        frame.item.open_at(at)

    def leave(self) -> None:
        """Back to the sentences of the item, which are read anew."""
        if self._frame.item.editor.take_open():
            self.end()
            self.marked.emit()
            self._frame.setFocus()

    def end(self) -> None:
        """Shows the sentences, whose next answer rests on what carried the last change."""
        self._frame.card.source.show_source(self._frame.item.source)
        self._frame.show_middle(self._frame.card)

    def _kept(self, item: str) -> None:
        """An act of the editor was kept; where the item is handled no more, the sentences of the one before it are shown."""
        assert self.model is not None
        gone = "" if item else self.model.item
        self.model.stay_at(item)
        if gone:
            self.end()
            self._frame.setFocus()
        self.kept.emit(f"这一稿里 {gone} 已经停办，还没有送核。" if gone else "")
