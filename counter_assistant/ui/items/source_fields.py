"""依据哪份文件、第几条、哪一天的：三小栏，上一次填的下一次照用；换了文号，上一份的条和日期不跟着去。"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.wording import typed_source
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.styling import set_style

FIELDS = {"document": ("文号", 5), "clause": ("第几条", 2), "day": ("日期", 3)}
NARROWEST = {"clause": 66, "day": 118}
EXAMPLE = "2026-11-20"
Typed = tuple[str, str, str]
WRONG = {"source-missing": "document", "bad-date": "day"}


class SourceFields(QWidget):
    """What carries the answers and the changes. Enter goes on, and in the last field says that they are filled in.

    Where `undated` is given, a document without a day is of that day.
    """

    filled = Signal()

    def __init__(self, undated: date | None = None) -> None:
        super().__init__()
        self._undated = undated
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self.fields: dict[str, EntryEdit] = {}
        self.label = PlainLabel("依据", "secondary")
        row.addWidget(self.label)
        for key, (name, share) in FIELDS.items():
            edit = EntryEdit(name, f"日期 {undated or EXAMPLE}" if key == "day" else name)
            edit.setObjectName(f"source_{key}")
            edit.setMinimumWidth(theme.px(NARROWEST.get(key, 0)))
            edit.textEdited.connect(lambda _text: self.mark_wrong(""))
            set_style(edit, small=True)
            row.addWidget(edit, share)
            self.fields[key] = edit
        self._used = False
        self.fields["document"].textEdited.connect(lambda _text: self._begin_another())
        order = list(self.fields.values())
        for edit, following in pairwise(order):
            edit.entered.connect(following.setFocus)
        order[-1].entered.connect(self.filled)

    def source(self, today: date) -> Source:
        """What is filled in. It carries something from now on: another document begins without its article and its day.

        Raises:
            Refusal: what `typed_source` refuses.
        """
        source = self._read(today)
        self._used = True
        return source

    def given(self, today: date) -> Source | None:
        """What is filled in; None where it is not, or cannot be read. It is only looked at, and carries nothing by that."""
        try:
            return self._read(today)
        except Refusal:
            return None

    def _read(self, today: date) -> Source:
        return typed_source(*self.typed, today, undated=self._undated)

    @property
    def typed(self) -> Typed:
        """What stands in the fields: document, article and day."""
        document, clause, day = (edit.text().strip() for edit in self.fields.values())
        return document, clause, day

    def show_source(self, source: Source | None) -> None:
        """Fills in what carried the last answer; what stands there stays where there is none."""
        if source is not None:
            self.fields["document"].setText(source.document)
            self.fields["clause"].setText(source.clause)
            self.fields["day"].setText(source.day.isoformat() if source.day else "")
            self._used = True

    def go_to(self, key: str) -> None:
        """Puts the cursor into a field."""
        self.fields[key].setFocus()
        self.fields[key].selectAll()

    def mark_wrong(self, code: str) -> bool:
        """Frames the field that a refusal is about and goes there; False where it is about none of them."""
        wrong = WRONG.get(code, "")
        for key, edit in self.fields.items():
            edit.mark_wrong(key == wrong)
        if wrong:
            self.go_to(wrong)
        return bool(wrong)

    def _begin_another(self) -> None:
        """Another document begins anew: article and day of the one that carried something are not its own."""
        if self._used:
            for key in ("clause", "day"):
                self.fields[key].clear()
        self._used = False
