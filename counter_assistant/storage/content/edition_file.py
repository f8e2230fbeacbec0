"""一版目录的文件：UTF-8 的 JSON，读的时候逐项核对，不认识的指名退回."""

from __future__ import annotations

import json
from errno import ENOENT
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.files import reason_of

LARGEST = 50_000_000
"""Bytes; the whole catalogue has less than a tenth of it."""


def read_edition(path: Path) -> Edition:
    """The edition in a file, with every text of it read.

    Raises:
        Refusal: `no-edition-file` (it cannot be read), `edition-too-large`, `broken-content`.
    """
    try:
        if not path.is_file():
            raise FileNotFoundError(ENOENT, "")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "名称不对"
        raise Refusal("no-edition-file", f"读不到文件 {path.name}：{why}。", "请核对文件名。") from error
    if len(content) > LARGEST:
        raise Refusal("edition-too-large", f"文件 {path.name} 超过 50 MB。", "请核对是否选错了文件。")
    try:
        edition = Edition.from_json(json.loads(content.decode("utf-8-sig")))
        dict(edition.catalogue.items)
    except (ValueError, RecursionError) as error:
        raise Refusal(
            "broken-content", f"文件 {path.name} 不是一版目录，或者内容损坏。", "请换一份没有改动过的文件。"
        ) from error
    return edition
