"""受理台的键，F1 列出来的那几个。The others stand where they act: on a button, in a sentence, over a list."""

from __future__ import annotations

from PySide6.QtCore import Qt

KEYS = (
    ("数字", "答情形，0 不确定；空着的台面上取常办的"), ("空格", "材料已交，再按取消"), ("Ctrl+A", "材料全部已交"),
    ("E", "材料须改，就地写原因"), ("F8", "咨询、申请互换"), ("F10", "情况：谁的业务、资格、方式等"), ("F7", "换一种文书"),
    ("F9", "出具一式二份，或者登记"), ("Ctrl+F9", "记录口头告知"), ("Ctrl+Z", "取回放下的一位"),
    ("Esc", "关上最上面一层，再按放下这一位"),
)  # fmt: skip

OPENING = frozenset((Qt.Key.Key_F1, Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_Z))
"""The keys that mean something before the first item is taken: they open the office and wait for it."""
