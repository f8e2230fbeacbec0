"""贴进文本文件的一篇文字：UTF-8，或者记事本存的 GB 18030."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of

LARGEST = 4 << 20
"""The most bytes of a text; 民法典 has half a million."""


def read_pasted(path: Path) -> str:
    """The text of a file.

    Raises:
        Refusal: `text-unreadable`: it cannot be read, is too large, or is no text.
    """
    try:
        content = read_plain(path, LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Refusal("text-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请核对文件。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(content) <= LARGEST and "\0" not in text:
            return text
    raise Refusal("text-unreadable", f"{path.name} 不是一篇文字。", "请把正文存成纯文本文件（.txt）。")
