"""屏幕字体：系统有像样的中文字体就用它，没有就用随带的；生僻字的字库在名字用到时才装载。

Without any Chinese face the screen shows boxes. A face without a bold cut (Droid Sans Fallback, Unifont) cannot make one
thing loud, so it does not count as one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from counter_assistant.paper.coverage import Coverage

BUNDLED = "Noto Sans SC Screen"
FILES = ("NotoSansSC-Regular-screen.ttf", "NotoSansSC-Bold-screen.ttf")
BODY = "NotoSerifSC-Regular-body.ttf"
"""What its characters look like on screen is the system's or the bundled face's business."""
SYSTEM_FACES = (
    "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "Source Han Sans CN", "HarmonyOS Sans SC", "MiSans", "Alibaba PuHuiTi 3.0", "WenQuanYi Micro Hei",
)  # fmt: skip
"""In order of preference; each has a bold cut and covers GB 2312."""

_PLAIN_ENDS_BEFORE = 0x2E80
_TAI = range(0x1950, 0x19E0)
"""Tai Le and New Tai Lue, which no system face has."""


def install(app: QApplication, fonts: Path) -> str:
    """Gives the application a Chinese face and returns its family."""
    families = set(QFontDatabase.families())
    family = next((name for name in SYSTEM_FACES if name in families), "")
    if not family:
        for name in FILES:
            QFontDatabase.addApplicationFont(str(fonts / name))
        family = BUNDLED
    font = QFont(family)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(font)
    return family


def _lay_out_anew() -> None:
    """Fields keep the boxes of before the font was loaded until their text is laid out again; the rest is painted anew."""
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLineEdit):
            QApplication.sendEvent(widget, QEvent(QEvent.Type.FontChange))
        QWidget.update(widget)  # a list's own update is about one row


class RareCharacters:
    """Loads the files that draw rare characters when somebody's name has one.

    All of them at once, which takes 15 ms: a font that is loaded after another one is not seen by fields that have looked for a
    character of its script before.
    """

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._coverage: Coverage | None = None
        self._loaded = False

    def show(self, text: str) -> bool:
        """Makes every character of a text visible where a bundled font draws it; True where a font was loaded for it."""
        wanted = {char for char in text if ord(char) >= _PLAIN_ENDS_BEFORE or ord(char) in _TAI}
        if not wanted:
            return False
        coverage = self._known()
        files = {coverage.font_for(char, strong=False) or BODY for char in wanted}
        if self._loaded or files == {BODY}:
            return False
        for name in coverage.files:
            if name != BODY:
                QFontDatabase.addApplicationFont(str(self._fonts / name))
        self._loaded = True
        _lay_out_anew()
        return True

    def missing(self, text: str) -> list[str]:
        """The characters of a text that no bundled font draws, on screen or on paper."""
        if all(ord(char) < _PLAIN_ENDS_BEFORE for char in text):
            return []
        return self._known().missing(text)

    def _known(self) -> Coverage:
        from counter_assistant.paper.coverage import Coverage

        if self._coverage is None:
            self._coverage = Coverage.load(self._fonts / "coverage.json")
        return self._coverage
