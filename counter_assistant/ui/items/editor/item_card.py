"""改这个事项：在逐句核定的位置上打开，改的记在同一稿里，退回也是同一个次序。"""

from __future__ import annotations

from PySide6.QtCore import Signal

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import Act, ItemRetired, TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.editor.editor import ItemEditor
from counter_assistant.ui.widgets.action_button import LinkButton
from counter_assistant.ui.widgets.card import Card

COPY, RETIRE = "copy.", "retire."
"""The places at the end of a guide where a new item is made from it, and where it is given up."""


class ItemCard(Card):
    """The editor of an item over the revision of the mode. What is changed is kept at once and told to nobody yet."""

    kept = Signal(str)
    """An act was kept; the id of the item that it made or changed, empty where it is handled no more."""
    left = Signal()
    undo_wanted = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__("改这个事项")
        self._revising: Revising | None = None
        self._shown = ""
        self.editor = ItemEditor(office.today(), {post.id: post.name for post in office.profile.posts})
        self.setFocusProxy(self.editor)
        self.shrink_title()
        self.head.addWidget(LinkButton("Ctrl+Z", "退一步", self.undo_wanted.emit))
        self.head.addWidget(LinkButton("Esc", "回到逐句", self.left.emit))
        self.rows.addWidget(self.editor, 1)
        self.editor.acted.connect(self._do)
        self.editor.undo_wanted.connect(self.undo_wanted)

    def show_item(self, revising: Revising, item: str) -> None:
        """Shows an item as the revision has it."""
        self._revising, self._shown = revising, item
        text = newest(revising.working, item)
        self.title.say(f"{text.name}　{item}")
        self.editor.show_item(text, revising.working, tuple(revising.base.items))

    def open_at(self, key: str) -> None:
        """Opens a place of the guide as if it were clicked."""
        self.editor.open_at(key)

    def show_source(self, source: Source | None) -> None:
        """Fills in what carries the next change; what stands there stays where there is none."""
        self.editor.bar.show_source(source)

    @property
    def source(self) -> Source | None:
        """What carries the changes, if it is filled in."""
        return self.editor.source

    def _do(self, act: Act) -> None:
        assert self._revising is not None
        try:
            self._revising.do(act)
        except Refusal as refusal:
            self.editor.say(refusal)
            return
        match act:
            case ItemRetired():
                self.kept.emit("")
            case TextEdited(text=text):
                self.kept.emit(text.id)
            case _:
                self.kept.emit(self._shown)
