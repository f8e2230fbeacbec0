"""中文的 Qt：自带的按钮、菜单也说中文。qtbase_zh_CN.qm is in the wheel but not loaded by itself."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def install(app: QApplication) -> QTranslator:
    """Turns Qt's own words into Chinese. The translator lives as long as the application."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(translator)
    return translator
