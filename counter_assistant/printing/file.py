"""存为 PDF：a paper as a file in a place that the clerk chose."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing.jobs import SAFE


def file_name(number: str, mark: str = "") -> str:
    """The name offered for a slip: its number, without what a file name cannot hold, and never a person's name."""
    stem = "".join(char if char.isalnum() or char in "〔〕-" else "_" for char in number)
    return f"{stem}{f'-{mark}' if mark else ''}.pdf"


def save_pdf(pdf: bytes, path: Path) -> Path:
    """Writes a paper; a file with half a paper is not left behind."""
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(pdf)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refusal(
            "cannot-save-file", f"文件写不进“{path.parent.name}”文件夹。", f"{SAFE}请换一个文件夹再存。"
        ) from error
    return path
