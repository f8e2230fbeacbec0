"""依据：后面的改动出自哪个文件第几条、哪一天；填一次，一直用到改掉它。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.editing.wording import centre_source
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.items.another_document import AnotherDocument
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel

FIELDS = {"document": ("依据的文号", "如 临公积金〔2026〕9号"), "clause": ("第几条", "如 第五条"), "day": ("日期", "")}
WIDTHS = {"clause": 96, "day": 104}


class SourceBar(QWidget):
    """The document, its article and its day."""

    left = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(6))
        line.addWidget(PlainLabel("依据", "secondary"))
        self.fields: dict[str, EntryEdit] = {}
        for key, (name, hint) in FIELDS.items():
            field = EntryEdit(name, hint or today.isoformat())
            field.setObjectName(f"source_{key}")
            field.setProperty("small", True)
            if key in WIDTHS:
                field.setFixedWidth(theme.px(WIDTHS[key]))
            line.addWidget(field, 0 if key in WIDTHS else 1)
            field.entered.connect(self.left if key == "day" else field.focusNextChild)
            field.textEdited.connect(lambda _text, field=field: field.mark_wrong(False))
            self.fields[key] = field
        self._another = AnotherDocument(self.fields)

    def given(self) -> Source:
        """The source as it is filled in.

        Raises:
            Refusal: `source-missing`; what `read_day` refuses.
        """
        typed = {key: field.text().strip() for key, field in self.fields.items()}
        day = read_day(typed["day"], self._today, ahead=True) if typed["day"] else self._today
        source = centre_source(typed["document"], typed["clause"], day)
        self._another.used = True
        return source

    def show_source(self, source: Source) -> None:
        """Fills in a source that was given before."""
        self.fields["document"].setText(source.document)
        self.fields["clause"].setText(source.clause)
        self.fields["day"].setText(source.day.isoformat() if source.day else "")
        self._another.used = True

    def ask(self) -> None:
        """Puts the cursor where the document is missing."""
        field = self.fields["document"]
        field.mark_wrong(True)
        field.setFocus()
