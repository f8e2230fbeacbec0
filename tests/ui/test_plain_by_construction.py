"""The window is made of text: what Qt reads as more is made nowhere, and tooltips are made in one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import PACKAGE

UI = PACKAGE / "ui"
RICH = frozenset(
    (
        "QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "QTextBrowser", "QWhatsThis", "QSystemTrayIcon", "QStaticText", "QSplashScreen",
        "QWebEngineView", "QSvgWidget", "QDesktopServices", "QWizard", "QToolBox", "setHtml", "insertHtml", "setMarkdown", "fromHtml", "fromMarkdown",
        "setOpenExternalLinks", "setOpenLinks", "setWhatsThis", "setStatusTip", "setDefaultStyleSheet", "setBuddy", "QTextDocumentFragment",
        "RichText", "AutoText", "MarkdownText",
    )
)  # fmt: skip
"""What shows rich text, opens links or makes keys of ampersands, and is not used at all."""
ONLY_IN = {
    "QLabel": "widgets/labels.py",
    "setTextFormat": "widgets/labels.py",
    "QTextEdit": "widgets/fields/reading_text.py",
}
"""What is made, or set, in one file only."""
FILES = sorted(UI.rglob("*.py"))


def faults_in(source: str, file: str) -> Iterator[str]:
    """What a module makes that could show more than text, by its line."""
    for node in ast.walk(ast.parse(source)):
        for fault in _faults(node, file):
            yield f"{getattr(node, 'lineno', 0)} {fault}"


def _faults(node: ast.AST, file: str) -> Iterator[str]:
    match node:
        case ast.Name(id=used) | ast.Attribute(attr=used) | ast.alias(name=used) if used in RICH:
            yield used
        case ast.Call(func=ast.Attribute(attr="setToolTip"), args=[tip]) if not _is_plain(tip):
            yield f"a tooltip that may be more than text, {ast.unparse(tip)}"
        case ast.Call(func=ast.Name(id=made) | ast.Attribute(attr=made)) if file != ONLY_IN.get(made, file):
            yield made
        case ast.ClassDef(bases=bases):
            yield from (base.id for base in bases if isinstance(base, ast.Name) and file != ONLY_IN.get(base.id, file))


def _is_plain(tip: ast.expr) -> bool:
    match tip:
        case ast.Constant() | ast.Call(func=ast.Name(id="plain_tip")):
            return True
        case ast.IfExp(body=body, orelse=other):
            return _is_plain(body) and _is_plain(other)
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(UI).as_posix())
def test_nothing_is_made_that_shows_more_than_text(path: Path) -> None:
    assert list(faults_in(path.read_text("utf-8"), path.relative_to(UI).as_posix())) == []


@pytest.mark.parametrize(
    "source",
    [
        "from PySide6.QtWidgets import QMessageBox",
        "box = QtWidgets.QMessageBox(None)",
        "label = QLabel(name)",
        "class Name(QLabel): pass",
        "class Page(QTextEdit): pass",
        "label.setTextFormat(Qt.TextFormat.PlainText)",
        "kind = Qt.TextFormat.RichText",
        "document.setHtml(text)",
        "button.setToolTip(name)",
        "button.setToolTip(f'{name}')",
        "button.setToolTip('一' if a else name)",
    ],
)
def test_what_would_is_found(source: str) -> None:
    assert list(faults_in(source, "desk/page.py")) != []


def test_what_is_text_is_not() -> None:
    innocent = "label = PlainLabel(name)\nlabel.setToolTip(plain_tip(name) if a else '')\nedit.setToolTip('一')"
    assert list(faults_in(innocent, "desk/page.py")) == []
    assert list(faults_in("class PlainLabel(QLabel): pass", "widgets/labels.py")) == []
    assert len(FILES) > 200
