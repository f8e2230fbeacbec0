"""Text that is seen in part: of a button, a label or a choice that is given less room than its words take.

What is shortened on purpose ends in … and has a tooltip that says the whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.labels import FittedLabel


def cut_texts(window: QWidget) -> list[str]:
    """A line for each text within a window that can be seen and not read whole, or that is pushed out of sight."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and not _of_qt(widget)]
    return [f"{type(widget).__name__} “{_words(widget)}”: {fault}" for widget in seen for fault in _faults(widget)]


def _of_qt(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QComboBox | QLineEdit)


def _words(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
    return words or widget.accessibleName() or widget.objectName()


def _faults(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _of_label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _of_button(widget)
    else:
        return
    if (words := _words(widget)) and (hidden := _out_of_sight(widget)):
        yield f"{words}: {hidden}"


def _of_label(label: QLabel) -> Iterator[str]:
    if not label.text().strip():
        return
    if isinstance(label, FittedLabel) and label.text() != label.whole:
        if label.whole not in label.toolTip():
            yield "shortened, and no tooltip has the whole"
        return
    room, need = label.contentsRect().size(), _needed(label)
    if need.width() > room.width() or need.height() > room.height():
        yield f"{need.width()}×{need.height()} in {room.width()}×{room.height()}"


def _needed(label: QLabel) -> QSize:
    """The room that the words take, broken where the label breaks them."""
    metrics, flags = label.fontMetrics(), Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag(0)
    width = label.contentsRect().width() if label.wordWrap() else 100_000
    return metrics.boundingRect(QRect(0, 0, width, 100_000), flags, label.text()).size()


def _of_button(button: QAbstractButton) -> Iterator[str]:
    if isinstance(button, QPushButton | QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        part = {
            QPushButton: QStyle.SubElement.SE_PushButtonContents,
            QCheckBox: QStyle.SubElement.SE_CheckBoxContents,
            QRadioButton: QStyle.SubElement.SE_RadioButtonContents,
        }[next(kind for kind in (QPushButton, QCheckBox, QRadioButton) if isinstance(button, kind))]
        room = button.style().subElementRect(part, option, button).width()
        need = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, button.text()).width()
    else:
        room, need = button.width(), button.sizeHint().width() - (theme.px(12) if isinstance(button, Chip) else 0)
    if need > room:
        yield f"{need} in {room}"
    if button.height() < min(button.minimumSizeHint().height() or 10_000, button.sizeHint().height()):
        yield f"{button.height()} high of {button.sizeHint().height()}"


def _out_of_sight(widget: QWidget) -> str:
    """Where what is around it cuts it off and nothing scrolls to it; nothing where it is seen whole."""
    part, within = widget.rect(), widget.parentWidget()
    at: QWidget = widget
    while within is not None and not at.isWindow():
        part = QRect(at.mapToParent(part.topLeft()), part.size())
        around = within.parentWidget()
        if isinstance(around, QAbstractScrollArea) and within is around.viewport():
            return ""
        if not within.rect().contains(part):
            return f"{part.getRect()} lies out of {type(within).__name__} {within.accessibleName()} {within.rect().getRect()}"
        at, within = within, within.parentWidget()
    return ""
