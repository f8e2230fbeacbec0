"""锁上的时候开着的小窗口：选文件、提示、菜单都关上，等于按了 Esc；什么也不记，什么也不存。"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QToolTip


def close_open_windows() -> None:
    """Closes every menu, list, tooltip and dialog of the program, each as if it had been called off."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()
    QToolTip.hideText()
