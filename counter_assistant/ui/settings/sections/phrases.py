"""文明用语：守则的二十五句只看、可以置顶；本单位自己的可以添加、修改、隐藏、排先后（守则 二、三）.

Keys within the section: Ctrl+N adds a phrase, Enter goes on and records after the last field, Ctrl+Up and Ctrl+Down move,
Ctrl+P pins, Ctrl+H hides. The page's Ctrl+S records what is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Phrase, shown
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.settings.sections.phrase_drafts import PhraseDrafts
from counter_assistant.ui.settings.sections.phrase_form import PhraseForm
from counter_assistant.ui.settings.sections.section import Section
from counter_assistant.ui.widgets.action_button import ActionButton
from counter_assistant.ui.widgets.quiet_list import QuietList

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office


class PhrasesSection(Section):
    """All phrases in their order above, the one chosen below. `phrases_changed` follows every entry made here."""

    phrases_changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drafts = PhraseDrafts(office)
        self._phrases: list[Phrase] = []
        self._refused: dict[int, str] = {}
        self.list = QuietList("文明用语列表", row=28)
        self.list.setMinimumHeight(theme.px(84))
        self.form = PhraseForm()
        self.add = ActionButton("添加", "Ctrl+N", self)
        self.pin = ActionButton("置顶", "Ctrl+P", self)
        self.toggle_hidden = ActionButton("隐藏", "Ctrl+H", self)
        self.up = ActionButton("上移", "Ctrl+Up", self, shown_key="Ctrl+↑")
        self.down = ActionButton("下移", "Ctrl+Down", self, shown_key="Ctrl+↓")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        for button in (self.add, self.pin, self.toggle_hidden, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(self.list, 1)
        rows.addWidget(self.form)
        rows.addLayout(buttons)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._chosen())
        self.list.activated.connect(lambda _index: self.form.write())
        self.form.typed.connect(self._take)
        self.form.finished.connect(self._finish)
        self.add.clicked.connect(self._add)
        self.pin.clicked.connect(self._pin)
        self.toggle_hidden.clicked.connect(self._hide)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))

    def load(self, draft: ProfileDraft) -> None:
        """Shows the phrases as the book has them now, and what is typed and not recorded."""
        self._fill(self.phrase.number if self.phrase else 0)

    def start(self) -> QWidget:
        return self.list

    @property
    def phrase(self) -> Phrase | None:
        """The phrase chosen, as it is typed now."""
        row = self.list.currentRow()
        return self._phrases[row] if 0 <= row < len(self._phrases) else None

    @property
    def dirty(self) -> bool:
        """Whether something typed is not recorded yet."""
        return bool(self.drafts.dirty)

    def revert(self) -> None:
        """Discards what is typed and not recorded."""
        self.drafts.drop()
        self._refused = {}

    def record(self) -> str:
        """Records everything that is typed, an entry for each phrase. Returns the first refusal in words, or nothing; what is
        refused stays typed."""
        done: list[int] = []
        refused = 0
        self.drafts.drop_empty()
        for number in self.drafts.dirty:
            try:
                self.drafts.record(number)
                done.append(number)
            except Refusal as refusal:
                self._refused[number] = str(refusal)
                refused = refused or number
        self._fill(refused or (self.phrase.number if self.phrase else 0))
        if done:
            self.phrases_changed.emit()
        self.changed.emit()
        if done and not refused:
            self.reported.emit(f"第 {'、'.join(map(str, done))} 句用语已记入台账。")
        return self._refused.get(refused, "")

    def _finish(self) -> None:
        if self.record():
            self.form.write()
        else:
            self.list.setFocus()

    def _fill(self, number: int) -> None:
        """Fills the list anew and chooses a phrase by its number."""
        self._phrases = self.drafts.phrases()
        self.list.blockSignals(True)
        self.list.clear()
        for phrase in self._phrases:
            self.list.add(*self._line(phrase))
        places = [place for place, phrase in enumerate(self._phrases) if phrase.number == number]
        self.list.setCurrentRow(places[0] if places else 0)
        self.list.blockSignals(False)
        self._show()

    def _line(self, phrase: Phrase) -> tuple[str, str]:
        states = {"未记入": phrase.number in self.drafts.dirty, "已隐藏": phrase.hidden, "置顶": phrase.pinned}
        marks = "".join(f"{word} · " for word, holds in states.items() if holds)
        text = shown(phrase) if phrase.text else "（还没有写）"
        return f"{marks}{text}", f"{phrase.channel.label} · {phrase.moment.label}　{phrase.clause}"

    def _chosen(self) -> None:
        """Shows the phrase that is chosen now; a new one that stayed empty is discarded."""
        phrase = self.phrase
        if phrase and phrase.text and self.drafts.drop_empty():
            self._fill(phrase.number)
            self.changed.emit()
        else:
            self._show()

    def _show(self) -> None:
        phrase = self.phrase
        if phrase:
            self.form.show_phrase(phrase, self._refused.get(phrase.number, ""))
            self.pin.rename("取消置顶" if phrase.pinned else "置顶")
            self.toggle_hidden.rename("重新显示" if phrase.hidden else "隐藏")
            self.list.scrollToItem(self.list.currentItem())

    def _take(self) -> None:
        phrase = self.phrase
        if phrase is None:
            return
        self._refused.pop(phrase.number, None)
        self.drafts.take(phrase.number, *self.form.words())
        self._phrases = self.drafts.phrases()
        now = self._phrases[self.list.currentRow()]
        self.list.rename(self.list.currentItem(), *self._line(now))
        self.form.became(now)
        self.changed.emit()

    def _add(self) -> None:
        self.drafts.drop_empty()
        self._fill(self.drafts.begin())
        self.form.write()
        self.changed.emit()

    def _pin(self) -> None:
        self._act(lambda phrase: "已置顶" if self.drafts.pin(phrase) else "已取消置顶")

    def _hide(self) -> None:
        self._act(lambda phrase: "已隐藏，面板里不再出现" if self.drafts.hide(phrase) else "重新显示在面板里")

    def _move(self, step: int) -> None:
        moved, end = ("已上移", "已经在最前") if step < 0 else ("已下移", "已经在最后")
        self._act(lambda phrase: moved if self.drafts.move(phrase, step) else end)

    def _act(self, act: Callable[[Phrase], str]) -> None:
        """Does to the chosen phrase what is recorded at once, and says so, or why not."""
        phrase = self.phrase
        if phrase is None:
            return
        try:
            done = act(phrase)
        except Refusal as refusal:
            self.reported.emit(str(refusal))
            return
        at, inside = self.form.text.edit.cursorPosition(), self.form.text.edit.hasFocus()
        self._fill(phrase.number)
        if inside:
            self.form.text.edit.setCursorPosition(at)
        self.phrases_changed.emit()
        self.changed.emit()
        self.reported.emit(f"{phrase.name}{done}。")
