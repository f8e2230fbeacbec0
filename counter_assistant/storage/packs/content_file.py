"""目录内容的文件：一版目录、内容包、正在改的一稿，里面是什么看内容，不看文件名；读的时候逐项核对，不认识的指名退回."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.domain.revision.pack import KIND, Pack
from counter_assistant.domain.revision.revision import Revision
from counter_assistant.files import read_plain, reason_of
from counter_assistant.storage.content.revision_file import revision_from
from counter_assistant.storage.packs.pack_file import read_pack, seems_a_pack

LARGEST = 50_000_000
"""Bytes; the whole catalogue has less than a tenth of it."""

_SHEET = b"PK\x03\x04"
"""What a workbook begins with, as every .zip file does."""


def is_sheet(path: Path) -> bool:
    """Whether a file is a workbook, which a sheet of sentences may be.

    Raises:
        Refusal: `no-content-file` (it cannot be read).
    """
    return _beginning(path, len(_SHEET)) == _SHEET


def read_content(path: Path) -> Edition | Pack | Revision:
    """The edition, the pack or the revision in a file, with every text of it read.

    Raises:
        Refusal: `no-content-file` (it cannot be read), `content-too-large`; `content-sheet` (it is a workbook), what `read_pack`
            refuses, `broken-content`.
    """
    content = _beginning(path, LARGEST + 1)
    if len(content) > LARGEST:
        raise Refusal("content-too-large", f"文件 {path.name} 超过 50 MB。", "请核对是否选错了文件。")
    if content.startswith(_SHEET):
        raise Refusal(
            "content-sheet",
            f"文件 {path.name} 是表格，不是一版目录。",
            "核定表请用 content check 核对，用 content import 导入。",
        )
    written = _parsed(content)
    if seems_a_pack(content) or (isinstance(written, dict) and written.get("kind") == KIND):
        return read_pack(path)
    if isinstance(written, dict) and "acts" in written:
        return revision_from(written)
    if not isinstance(written, dict):
        raise Refusal("broken-content", f"文件 {path.name} 不是一版目录，或者内容损坏。", "请换一份没有改动过的文件。")
    edition = Edition.from_json(written)
    dict(edition.catalogue.items)
    return edition


def _parsed(content: bytes) -> Any:
    """The JSON value that a file holds; None where it holds none."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _beginning(path: Path, most: int) -> bytes:
    try:
        return read_plain(path, most)
    except (OSError, ValueError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "名称不对"
        raise Refusal("no-content-file", f"读不到文件 {path.name}：{why}。", "请核对文件名。") from error
