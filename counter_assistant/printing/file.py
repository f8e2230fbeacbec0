"""存为 PDF：saves a paper as a file in a folder that the clerk chose."""

from __future__ import annotations

import os
import re
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import write_atomic


def file_name(number: str, mark: str = "", digits: str = "", ending: str = ".pdf") -> str:
    """The file name offered for a slip: its number, in characters that a file name can have; never a person's name.

    Where the system's locale cannot write Chinese, it is `digits`, those of the QR code, or what is ASCII in the
    number.
    """
    stem = "".join(char if char.isalnum() or char in "〔〕-" else "_" for char in number)
    name = f"{stem}{f'-{mark}' if mark else ''}{ending}"
    if _is_writable(name):
        return name
    return "-".join(filter(None, (digits or _plain(number) or "slip", _plain(mark)))) + ending


def _is_writable(name: str) -> bool:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def _plain(text: str) -> str:
    return re.sub("[^0-9A-Za-z]+", "-", text).strip("-")


def save_pdf(pdf: bytes, path: Path) -> Path:
    """Writes a paper; no partial file is left behind.

    Raises:
        Refusal: `cannot-save-file`.
    """
    try:
        write_atomic(path, pdf)
    except (OSError, ValueError) as error:
        raise Refusal("cannot-save-file", f"文件写不进“{path.parent.name}”文件夹。", "请换一个文件夹再存。") from error
    return path
