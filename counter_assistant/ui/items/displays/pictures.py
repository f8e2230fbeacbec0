"""这次要印的图片：胸牌的照片、牌上的民族文字；按一次选，再按一次拿掉，关上就没有了。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_assistant.paper.blocks import Image
from counter_assistant.paper.displays.photos import read_photo, read_picture
from counter_assistant.ui.file_dialog import ask_for_picture

PHOTO, SCRIPT = "照片", "民族文字的图片"
PHOTO_KEPT = "{}的照片只用于这次打印，不留在电脑里。"
PHOTO_GONE = "{}的照片已拿掉，留框。"
SCRIPT_KEPT = "民族文字印这张图片；再按 Ctrl+O 拿掉。"
SCRIPT_GONE = "民族文字的图片已拿掉。"


class ChosenPictures:
    """Photos by staff number, and words in another script as a picture. They are in memory, and nowhere else."""

    def __init__(self) -> None:
        self.photos: dict[str, Image] = {}
        self.script: Image | None = None

    def forget(self) -> None:
        """Forgets all of them."""
        self.photos, self.script = {}, None

    def turn_photo(self, window: QWidget, number: str, name: str) -> str:
        """Asks for somebody's photo, or takes it away where there is one. Returns what was done, empty where nothing was.

        Raises:
            Refusal: what `read_photo` refuses.
        """
        if number in self.photos:
            del self.photos[number]
            return PHOTO_GONE.format(name)
        path = ask_for_picture(window, f"{name}的照片")
        if path is None:
            return ""
        self.photos[number] = read_photo(path)
        return PHOTO_KEPT.format(name)

    def turn_script(self, window: QWidget) -> str:
        """Asks for the words as a picture, or takes it away where there is one. Returns what was done, empty where nothing was.

        Raises:
            Refusal: what `read_picture` refuses.
        """
        if self.script is not None:
            self.script = None
            return SCRIPT_GONE
        path = ask_for_picture(window, SCRIPT)
        if path is None:
            return ""
        self.script = read_picture(path)
        return SCRIPT_KEPT
