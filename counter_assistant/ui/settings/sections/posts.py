"""岗位：审批环节的责任岗位由谁担任，谁是 B 角（守则 一(五)2⑶、一(八)1）。空着的岗位写明后果。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import ClerkDraft, PostDraft, ProfileDraft
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

VACANT = "空岗"
SAME = "B 角和 A 角是同一个人，请选另一位。"


class PostsSection(Section):
    """A row per post: its name, its department, who holds it and who is B角. `items_of` says how many items name a post."""

    def __init__(self, items_of: Callable[[str], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items_of = items_of
        self._draft: ProfileDraft | None = None
        self.holders: dict[str, Choice] = {}
        self.deputies: dict[str, Choice] = {}
        self.notes: dict[str, PlainLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        for column, stretch in enumerate((3, 3, 3, 3, 4)):
            self._grid.setColumnStretch(column, stretch)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._grid)
        rows.addStretch(1)

    def load(self, draft: ProfileDraft) -> None:
        """Shows the posts of a draft with the people it knows now."""
        self._draft = draft
        self._clear()
        for column, text in enumerate(("岗位", "科室", "由谁担任（A 角）", "B 角，离岗时接替")):
            self._grid.addWidget(PlainLabel(text, "hint"), 0, column)
        for place, post in enumerate(draft.posts, 1):
            self._add_row(place, post, draft)
        for place, post in enumerate(draft.posts, 1):  # after the rows, so that Tab goes down this column last
            self._add_deputy(place, post, draft)

    def start(self) -> QWidget:
        """The first vacant post, else the first."""
        vacant = [p.id for p in self._draft.posts if p.holder is None] if self._draft else []
        return self.holders[vacant[0]] if vacant else next(iter(self.holders.values()), self)

    def go_to(self, field: str) -> None:
        """Puts the cursor where the holder of a post is chosen: post/<id>."""
        self.holders[field.partition("/")[2]].setFocus()

    def _add_row(self, place: int, post: PostDraft, draft: ProfileDraft) -> None:
        name, department = self._edit(post, "name", "岗位名称"), self._edit(post, "department", "科室")
        holder = self._person(f"{post.name}由谁担任", "（无人）", post, post.holder, draft)
        note = PlainLabel("", "attention", wrap=True)
        holder.setObjectName(post.id)
        note.setObjectName(post.id)
        self.holders[post.id], self.notes[post.id] = holder, note
        for column, widget in enumerate((name, department, holder)):
            self._grid.addWidget(widget, place, column)
        self._grid.addWidget(note, place, 4)
        self._tell(post)

    def _add_deputy(self, place: int, post: PostDraft, draft: ProfileDraft) -> None:
        deputy = self._person(f"{post.name}的 B 角", "（未设）", post, post.deputy, draft)
        deputy.setObjectName(f"{post.id}/deputy")
        self.deputies[post.id] = deputy
        self._grid.addWidget(deputy, place, 3)

    def _person(
        self, label: str, nobody: str, post: PostDraft, chosen: ClerkDraft | None, draft: ProfileDraft
    ) -> Choice:
        choice = Choice(label)
        choice.addItem(nobody, None)
        for clerk in draft.clerks:
            choice.addItem(f"{clerk.name}　{clerk.staff_number}", clerk)
        choice.setCurrentIndex(draft.clerks.index(chosen) + 1 if chosen in draft.clerks else 0)
        choice.currentIndexChanged.connect(lambda _n: self._hold(post))
        return choice

    def _edit(self, post: PostDraft, key: str, label: str) -> EntryEdit:
        edit = EntryEdit(label)
        edit.setText(getattr(post, key))
        edit.textEdited.connect(lambda text: self._take(post, key, text))
        edit.entered.connect(edit.focusNextChild)
        return edit

    def _take(self, post: PostDraft, key: str, text: str) -> None:
        setattr(post, key, text)
        self.changed.emit()

    def _hold(self, post: PostDraft) -> None:
        post.holder = self.holders[post.id].currentData()
        post.deputy = self.deputies[post.id].currentData()
        self._tell(post)
        self.changed.emit()

    def _tell(self, post: PostDraft) -> None:
        """Says what follows from a vacant post, and where nobody could stand in."""
        note = self.notes[post.id]
        if post.holder is None:
            n = self._items_of(post.id)
            note.say(f"{VACANT}：有 {n} 个事项的告知单不能出具。" if n else f"{VACANT}。")
        else:
            note.say(SAME if post.deputy is post.holder else "")

    def _clear(self) -> None:
        self.holders.clear()
        self.deputies.clear()
        self.notes.clear()
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
