"""依据哪份文件、第几条、哪一天的：三小栏，上一次填的下一次照用；换了文号，上一份的条和日期不跟着去。"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.editing.wording import centre_source, typed_source
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel
from counter_assistant.ui.widgets.styling import set_style

FIELDS = {"document": ("文号", 5), "clause": ("第几条", 2), "day": ("日期", 3)}
NARROWEST = {"clause": 66, "day": 118}
EXAMPLE = "2026-11-20"
Typed = tuple[str, str, str]
WRONG = {"document-missing": "document", "source-missing": "document", "bad-date": "day"}


def source_typed(typed: Typed, today: date | None) -> Source:
    """What was typed as document, article and day; without a day it is of today.

    Raises:
        Refusal: what `centre_source` and `read_day` refuse.
    """
    document, clause, day = typed
    return centre_source(document, clause, read_day(day, today, ahead=True) if day and today else today)


class SourceFields(QWidget):
    """What carries the answers and the changes. Enter goes on, and in the last field says that they are filled in.

    Where `today` is given, a document without a day is of today (`source_or_today`).
    """

    filled = Signal()

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self._today = today
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self.fields: dict[str, EntryEdit] = {}
        self.label = PlainLabel("依据", "secondary")
        row.addWidget(self.label)
        for key, (name, share) in FIELDS.items():
            edit = EntryEdit(name, f"日期 {today or EXAMPLE}" if key == "day" else name)
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
        """What is filled in.

        Raises:
            Refusal: what `typed_source` refuses.
        """
        typed = {key: edit.text() for key, edit in self.fields.items()}
        source = typed_source(typed["document"], typed["clause"], typed["day"], today)
        self._used = True
        return source

    def source_or_today(self) -> Source:
        """What is filled in; without a day it is of today.

        Raises:
            Refusal: what `centre_source` and `read_day` refuse.
        """
        source = source_typed(self.typed, self._today)
        self._used = True
        return source

    @property
    def given_or_today(self) -> Source | None:
        """What is filled in, without a day of today; None where it is not, or cannot be read."""
        try:
            return self.source_or_today()
        except Refusal:
            return None

    @property
    def typed(self) -> Typed:
        """What stands in the fields: document, article and day."""
        document, clause, day = (edit.text().strip() for edit in self.fields.values())
        return document, clause, day

    def given(self, today: date) -> Source | None:
        """What is filled in; None where it is not, or cannot be read."""
        try:
            return self.source(today)
        except Refusal:
            return None

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
