"""每种文书打在哪种纸上：先选文书，再选纸型；不是 A4 的列在下面."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.papers.formats import OF_ALL, OF_KIND, PaperFormat, format_chosen
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.settings.profile_draft import ProfileDraft
from counter_assistant.ui.widgets.fields.choice import Choice
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel

EVERY = "全部文书"
EXPLAINED = "文书用的纸"
ALL_ALIKE = "全部文书：{}。"
HALVES = "对半放不下的改用 A4。"
FOR_ONE = "看小字吃力的，在受理台、档案按 Ctrl+G 打大字。"


class PaperFormats(QWidget):
    """One kind of paper, or all of them, and the format that it is printed in."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: ProfileDraft | None = None
        self.kind, self.format = Choice("要选纸型的文书"), Choice("纸型")
        self.kind.addItem(EVERY, "")
        for kind in SlipKind:
            self.kind.addItem(kind.in_words, kind.value)
        self.note = ShrinkingLabel("", "hint")
        self.note.setObjectName("paper_formats_note")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(PlainLabel(EXPLAINED, "secondary"))
        for choice in (self.kind, self.format):
            choice.setMinimumWidth(theme.px(190))
            line.addWidget(choice)
        line.addWidget(self.note, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(line)
        self.kind.currentIndexChanged.connect(self._show_format)
        self.format.activated.connect(self._take)

    def load(self, draft: ProfileDraft) -> None:
        """Shows a draft; what is chosen goes into it."""
        self._draft = draft
        self._show_format()

    def _kinds(self) -> list[SlipKind]:
        """What is chosen for: one kind, or every one."""
        code = self.kind.currentData()
        return [SlipKind(code)] if code else list(SlipKind)

    def _show_format(self) -> None:
        if self._draft is None:
            return
        kinds = self._kinds()
        self.format.clear()
        for which in OF_ALL:
            if all(which in OF_KIND[kind] for kind in kinds):
                self.format.addItem(which.label, which.value)
        chosen = {format_chosen(self._draft.paper_formats, kind) for kind in kinds}
        self.format.setCurrentIndex(self.format.findData(chosen.pop().value) if len(chosen) == 1 else -1)
        self.note.say(in_words(self._draft.paper_formats))

    def _take(self) -> None:
        if self._draft is None:
            return
        which = str(self.format.currentData())
        for kind in self._kinds():
            self._draft.paper_formats.pop(kind.value, None)
            if which != PaperFormat.A4:
                self._draft.paper_formats[kind.value] = which
        self._show_format()
        self.changed.emit()


def in_words(chosen: dict[str, str]) -> str:
    """Which kinds have which format, and what a clerk can do about one visitor."""
    by_format: dict[PaperFormat, list[str]] = {}
    for kind in SlipKind:
        by_format.setdefault(format_chosen(chosen, kind), []).append(kind.in_words)
    if len(by_format) == 1:
        said = ALL_ALIKE.format(next(iter(by_format)).short)
    else:
        others = (
            f"{'、'.join(kinds)}：{which.short}" for which, kinds in by_format.items() if which is not PaperFormat.A4
        )
        said = "；".join(others) + "；其余 A4。" if PaperFormat.A4 in by_format else "；".join(others) + "。"
    return said + (HALVES if PaperFormat.HALVES in by_format else "") + FOR_ONE
