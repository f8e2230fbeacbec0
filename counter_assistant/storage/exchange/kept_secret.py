"""数据文件夹里的 32 个随机字节：台账密封了的，用台账的钥匙封着；台账换新钥匙时跟着过去.

    {"boxes": {NAME: BOX}, "format": 1, "kind": "counter-assistant-kept-secret"}

`NAME` is that of the key of the book in hex (storage/sealing/book_key.py), and `BOX` the secret sealed under that key (xsalsa20-poly1305), in hex; beside a
book that anybody can read, the name is empty and the secret stands there as it is.
"""

from __future__ import annotations

import json
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of, write_atomic
from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain
from counter_assistant.storage.sealing.book_key import BookKey

KIND, FORMAT = "counter-assistant-kept-secret", 1
_LARGEST = 1 << 16


def kept_secret(path: Path, key: BookKey | None) -> bytes | None:
    """The secret in a file beside a book that is under `key`; None where there is none, or another key opens it. Where it lies there also
    under another key, or openly though the book is sealed, it does so no longer.

    Raises:
        Refusal: `secret-unreadable`, `secret-unsaved`.
    """
    boxes, name = _boxes(path), key.name.hex() if key else ""
    secret = _opened(boxes.get(name), key)
    if secret is None and key:
        secret = _opened(boxes.get(""), None)
    if secret is not None and boxes.keys() != {name}:
        write_secret(path, key, secret)
    return secret


def write_secret(path: Path, key: BookKey | None, secret: bytes) -> None:
    """Keeps a secret in a file, in place of what there is, readable by this user alone.

    Raises:
        Refusal: `secret-unsaved`.
    """
    _write(path, {key.name.hex() if key else "": _box(secret, key)})


def carry_over(path: Path, old: BookKey, new: BookKey) -> None:
    """Keeps a secret under another key as well, to which the book is about to be changed.

    Raises:
        Refusal: `secret-unsaved`.
    """
    boxes = _boxes(path)
    secret = _opened(boxes.get(old.name.hex()), old)
    if secret is not None:
        _write(path, {old.name.hex(): boxes[old.name.hex()], new.name.hex(): _box(secret, new)})


def _boxes(path: Path) -> dict[str, str]:
    try:
        written = json.loads(read_plain(path, _LARGEST))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Refusal(
            "secret-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请检查磁盘和权限。"
        ) from error
    except (ValueError, RecursionError):
        return {}
    match written:
        case {"kind": kind, "format": format_, "boxes": dict(boxes), **more} if (
            (kind, format_) == (KIND, FORMAT) and not more and all(isinstance(box, str) for box in boxes.values())
        ):
            return boxes
    return {}


def _write(path: Path, boxes: dict[str, str]) -> None:
    try:
        write_atomic(path, chain.canonical({"kind": KIND, "format": FORMAT, "boxes": boxes}).encode(), 0o600)
    except (OSError, ValueError) as error:
        raise Refusal(
            "secret-unsaved", f"{path.name} 没有存下来：{reason_of(error)}。", "请检查磁盘和权限后重试。"
        ) from error


def _box(secret: bytes, key: BookKey | None) -> str:
    return (ciphers.lock(key.of_secrets, secret) if key else secret).hex()


def _opened(box: str | None, key: BookKey | None) -> bytes | None:
    """What a box holds; None where it is none, or another key's."""
    try:
        held = bytes.fromhex(box or "")
    except ValueError:
        return None
    secret = ciphers.unlock(key.of_secrets, held) if key and held else held
    return secret if secret is not None and len(secret) == ciphers.KEY_SIZE else None
