"""颜色、尺寸与样式：浅色、深色和高对比，跟随系统。

One thing is loud: the primary button, and a date at risk. Everything else is quiet.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from counter_assistant.ui.appearance.palette import LIGHT, Palette, preferred
from counter_assistant.ui.appearance.style_sheet import style_sheet

BODY, DENSE, SMALL, LOUD, NUMBER = 14, 13, 12, 16, 24
"""The sizes of type in pixels at scale 1."""


class _Active:
    """What is shown now. There is one screen appearance at a time, as there is one QApplication."""

    palette = LIGHT
    scale = 1.0
    follows = False


def palette() -> Palette:
    """The palette in use."""
    return _Active.palette


def px(n: float) -> int:
    """A length or type size of the 4-pixel grid, in the user's size."""
    return round(n * _Active.scale)


@lru_cache(maxsize=256)
def colour(value: str) -> QColor:
    """A colour of the palette for painting."""
    return QColor(value)


def fill(painter: QPainter, place: QRect, value: str) -> None:
    """Fills a rectangle with a colour of the palette; pen and brush are what they were.

    For what the first paint shows: `fillRect` takes gradients as well, and making Qt's list of them takes 2 ms.
    """
    pen, brush = painter.pen(), painter.brush()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(value))
    painter.drawRect(place)
    painter.setPen(pen)
    painter.setBrush(brush)


def type_(size: int, *, bold: bool = False) -> QFont:
    """The screen's face in one of the sizes above."""
    font = QFont(QApplication.font())
    font.setPixelSize(px(size))
    font.setBold(bold)
    return font


def apply(app: QApplication, scale: float = 1.0) -> None:
    """Dresses the application, and again whenever the system turns dark or light."""
    _Active.scale = scale
    if not _Active.follows:
        _Active.follows = True
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda: _dress(app))
    _dress(app)


def _dress(app: QApplication) -> None:
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    _Active.palette = preferred(dark=dark, contrast=_wants_contrast())
    font = app.font()
    font.setPixelSize(px(BODY))
    app.setFont(font)
    app.setPalette(_qt_palette(_Active.palette))
    app.setStyleSheet(style_sheet(_Active.palette, px))


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    chosen = {
        role.Window: colours.ground, role.Base: colours.card, role.AlternateBase: colours.ground,
        role.Button: colours.card, role.Text: colours.text, role.WindowText: colours.text,
        role.ButtonText: colours.text, role.Highlight: colours.focus, role.HighlightedText: colours.card,
        role.PlaceholderText: colours.hint, role.ToolTipBase: colours.card, role.ToolTipText: colours.text,
    }  # fmt: skip
    made = QPalette()
    for which, value in chosen.items():
        made.setColor(which, colour(value))
    return made


def _wants_contrast() -> bool:
    """Whether the system is set to high contrast. Qt tells from 6.10 on; before, Windows and GTK are asked."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is not None:
        return bool(accessibility().contrastPreference().value)
    if sys.platform == "win32":
        return _windows_contrast()
    return "highcontrast" in os.environ.get("GTK_THEME", "").lower()


def _windows_contrast() -> bool:
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))

    asked = HighContrast(ctypes.sizeof(HighContrast))
    get_high_contrast = 0x0042
    user32 = ctypes.windll.user32  # type: ignore[attr-defined, unused-ignore]
    user32.SystemParametersInfoW(get_high_contrast, asked.size, ctypes.byref(asked), 0)
    return bool(asked.flags & 1)
