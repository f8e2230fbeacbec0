"""方式：程序总是开在一种说得出的方式里，状态行照它说."""

from __future__ import annotations

from enum import Enum

TURNED_BACK = "book-turned-back"
"""The code of the refusal that says that the book is not the one that heads kept elsewhere are of."""


class Mode(Enum):
    """In which mode the program is; the value is what the status line says."""

    OPENING = "正在打开台账"
    SEALED = "台账密封着"
    NORMAL = "正常"
    TRAINING = "练习：文书上有“样本”，数据另存"
    OFFLINE = "离线"
    READ_ONLY = "只读"
    RECOVERY = "恢复向导"
    NOT_OPEN = "没有打开"


_AFTER = {
    "book-sealed": Mode.SEALED,
    "book-read-only": Mode.READ_ONLY,
    "book-folder-read-only": Mode.READ_ONLY,
    "disk-full": Mode.READ_ONLY,
    "book-damaged": Mode.RECOVERY,
    "book-empty": Mode.RECOVERY,
    "book-missing": Mode.RECOVERY,
    "book-not-ours": Mode.RECOVERY,
    TURNED_BACK: Mode.RECOVERY,
}


def mode_after(code: str) -> Mode:
    """The mode that a book leads to which was refused with a code: it can be read at least, or be mended from a copy, or neither."""
    return _AFTER.get(code, Mode.NOT_OPEN)
