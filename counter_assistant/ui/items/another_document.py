"""换了文号，上一份文件的第几条和日期不跟着去."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit


class AnotherDocument(QObject):
    """Begins anew where another document is typed: article and day of the one that carried something are not its own."""

    def __init__(self, fields: Mapping[str, QLineEdit]) -> None:
        super().__init__(fields["document"])
        self._others = [field for key, field in fields.items() if key != "document"]
        self.used = False
        fields["document"].textEdited.connect(lambda _text: self._begin())

    def _begin(self) -> None:
        if self.used:
            for field in self._others:
                field.clear()
        self.used = False
