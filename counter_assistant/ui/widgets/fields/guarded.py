"""输入时的忌语守护：哪几个字是忌语、该怎么说，Ctrl+R 就地改成文明用语，Ctrl+U 作为原话保留（守则 三）.

Attached to a field, not a field of its own. A quotation is kept with a reason, which whoever owns the field asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from counter_assistant.domain.wording.guard import Hit
    from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit

_ENDS = frozenset("。，！？；：,.!?;:")
REASON_PROMPT = "如：转述当事人原话"


class Guarded(QObject):
    """Watches what is typed into an edit. While `kept` is set, with its reason standing elsewhere, nothing is said."""

    sentence_changed = Signal(str)
    """What is wrong, in one sentence; empty while nothing is."""
    keep_wanted = Signal()
    """The clerk quotes somebody, which nobody does in a text that is not `quotable`."""

    def __init__(self, edit: EntryEdit, *, quotable: bool = True) -> None:
        super().__init__(edit)
        self._edit, self._quotable = edit, quotable
        self._seen: tuple[str, tuple[Hit, ...]] = ("", ())
        self._kept = False
        self._sentence = ""
        edit.installEventFilter(self)
        edit.textChanged.connect(lambda _: self._follow())

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is forbidden in the text as it stands now, kept or not."""
        text = self._edit.text()
        if text != self._seen[0]:
            from counter_assistant.operations.wording.check import find_forbidden

            self._seen = (text, tuple(find_forbidden(text)))
        return self._seen[1]

    @property
    def kept(self) -> bool:
        """Whether what stands here is kept as a quotation, with its reason."""
        return self._kept

    def keep(self, kept: bool) -> None:
        """Takes what is typed as a quotation for which a reason is given, or no longer does."""
        self._kept = kept
        self._follow()

    @property
    def sentence(self) -> str:
        """Which words, what to say instead, and the keys; empty while nothing is wrong."""
        if self._kept or not self.hits:
            return ""
        hit, more = self.hits[0], len(self.hits) - 1
        others = f"（另有 {more} 处）" if more else ""
        room = "（Ctrl+R 改）" if self._fits(hit) else "，这一栏放不下整句，请缩短后改写"
        quoting = "；转述他人原话的，按 Ctrl+U 保留" if self._quotable else ""
        return f"“{hit.text}”是服务忌语{others}，可改说“{self._instead(hit)}”{room}{quoting}。"

    def replace(self) -> None:
        """Puts the approved sentence in the place of the first find; Ctrl+Z takes it back."""
        hits = self.hits
        if hits and self._fits(hits[0]):
            self.select()
            self._edit.insert(self._instead(hits[0]))

    def select(self) -> None:
        """Marks the words of the first find where they stand."""
        if self.hits:
            hit, text = self.hits[0], self._edit.text()
            start = _units(text[: hit.start])
            self._edit.setSelection(start, _units(hit.text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, load_rules)
        elif isinstance(event, QKeyEvent) and (act := self._act_of(event)):
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                act()
            return True
        return super().eventFilter(watched, event)

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does here now; before a shortcut of the window, but only while something is wrong."""
        mine = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not mine or event.modifiers() != Qt.KeyboardModifier.ControlModifier or not self.hits:
            return None
        keys: dict[int, Callable[[], None]] = {Qt.Key.Key_R: self.replace}
        if self._quotable:
            keys[Qt.Key.Key_U] = self.keep_wanted.emit
        return keys.get(event.key())

    def _instead(self, hit: Hit) -> str:
        """The approved sentence; its own end gives way to the mark that stands there already."""
        from counter_assistant.domain.wording.phrases import typeset

        instead, following = typeset(hit.instead), self._edit.text()[hit.end : hit.end + 1]
        return instead.rstrip("。！？") if following in _ENDS else instead

    def _fits(self, hit: Hit) -> bool:
        room = self._edit.maxLength() - _units(self._edit.text()) + _units(hit.text)
        return _units(self._instead(hit)) <= room

    def _follow(self) -> None:
        sentence = self.sentence
        if sentence != self._sentence:
            self._sentence = sentence
            self.sentence_changed.emit(sentence)


def _units(text: str) -> int:
    """The length as Qt counts it: a rare character is two."""
    return len(text.encode("utf-16-le")) // 2


@cache
def load_rules() -> None:
    """Loads the rules, which takes a tenth of a second, before the first word is typed."""
    from counter_assistant.operations.program import program
    from counter_assistant.operations.wording.check import find_forbidden

    find_forbidden("".join(phrase.text for phrase in program().forbidden_phrases.phrases))
