"""打不开时怎么说：钥匙文件坏了，口令不对，恢复单不对."""

from __future__ import annotations

from counter_assistant.domain.refusal import Refusal

NAME = "book.keys"
"""What the file of keys beside a book is called."""
OPEN_SEALED = "请用口令或者恢复单打开。"


def damaged_keys() -> Refusal:
    """The refusal for a file of keys of which something is not what was written."""
    return Refusal("keys-damaged", f"钥匙文件 {NAME} 已损坏。", f"请从备份里把 {NAME} 拷回来；台账本身没有动。")


def wrong_passphrase() -> Refusal:
    """The refusal for another passphrase than somebody's."""
    return Refusal("wrong-passphrase", "口令不对，台账没有打开。", "请重新输入；忘了口令的，用恢复单打开。")


def wrong_sheet() -> Refusal:
    """The refusal for a sheet of another book, or an earlier one of this."""
    return Refusal("wrong-sheet", "这张恢复单打不开这本台账。", "请找本台账最近一次印的那一张。")
