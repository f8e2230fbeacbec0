"""What Qt would read as more than text in the widgets that there are: rich text, tooltips, mnemonics that data would make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QGroupBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

MOST_ROWS = 60
"""So many rows of a list are looked at."""
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
_OWN_DIGIT = re.compile("^&[1-9]　")
"""The digit with which a line of a menu is chosen, which is ours."""


def faults_of(widgets: Iterable[QWidget]) -> list[str]:
    """A line for each place where what is shown could be more than text; the windows of Qt's own are not looked
    into: that no message is one of them is held elsewhere (test_plain_by_construction.py)."""
    return [
        f"{type(widget).__name__} {widget.objectName()}: {fault}"
        for widget in widgets
        if not _of_qt(widget)
        for fault in _faults(widget)
    ]


def nothing_but_text() -> None:
    """Looks at every widget that there is."""
    if QApplication.instance():
        found = faults_of(QApplication.allWidgets())
        assert found == [], found[:10]


def _of_qt(widget: QWidget) -> bool:
    return isinstance(widget.window(), QFileDialog | QMessageBox)


def _faults(widget: QWidget) -> Iterator[str]:
    for what, text in (("tooltip", widget.toolTip()), ("status", widget.statusTip()), ("help", widget.whatsThis())):
        if GuiQt.mightBeRichText(text):
            yield f"{what} {text}"
    match widget:
        case QLabel():
            yield from _of_label(widget)
        case QTextEdit():
            yield from _of_text(widget)
        case QAbstractButton():
            if not widget.shortcut().isEmpty() and "&" in widget.text().replace("&&", ""):
                yield f"a key of its own, {widget.shortcut().toString()}, from {widget.text()}"
        case QGroupBox():
            yield from _mnemonic(widget.title())
        case QTabBar():
            for n in range(widget.count()):
                yield from _mnemonic(widget.tabText(n))
        case QMenu():
            for action in widget.actions():
                yield from _mnemonic(_OWN_DIGIT.sub("", action.text()))
        case QAbstractItemView():
            yield from _of_view(widget)


def _of_label(label: QLabel) -> Iterator[str]:
    if label.inherits("QTipLabel"):
        if GuiQt.mightBeRichText(label.text()):
            yield f"a tooltip that is shown, {label.text()}"
    elif label.textFormat() is not Qt.TextFormat.PlainText:
        yield f"guesses what its text is, {label.text()}"
    if label.buddy():
        yield from _mnemonic(label.text())


def _of_text(edit: QTextEdit) -> Iterator[str]:
    if edit.acceptRichText():
        yield "takes rich text"
    yield from of_document(edit.document())


def of_document(document: QTextDocument) -> Iterator[str]:
    """Images, links and tables that a document holds: text has none."""
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            made = fragments.fragment().charFormat()
            if made.isImageFormat() or made.isAnchor() or made.anchorHref():
                yield f"more than text in {block.text()}"
            fragments += 1
        if block.textList() is not None:
            yield f"a list in {block.text()}"
        block = block.next()


def _of_view(view: QAbstractItemView) -> Iterator[str]:
    for model in filter(None, [view.model()]):
        none = QModelIndex()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(none)
        for row in range(min(model.rowCount(none), MOST_ROWS)):
            for index in (model.index(row, column, none) for column in range(columns)):
                for role in ROLES:
                    said = index.data(role)
                    if isinstance(said, str) and GuiQt.mightBeRichText(said):
                        yield f"{role.name} {said}"


def _mnemonic(text: str) -> Iterator[str]:
    if "&" in text.replace("&&", ""):
        yield f"a key of its own from {text}"
