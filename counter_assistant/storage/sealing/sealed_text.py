"""一段文字写成一行：按台账内容的写法压缩，用一把钥匙单独封好，写成 base64."""

from __future__ import annotations

import base64
import binascii

from counter_assistant.storage import ciphers
from counter_assistant.storage.journal.body_codec import packed, unpacked


def write(key: bytes, text: str) -> bytes:
    """A line without its end; it holds no line break."""
    return base64.b64encode(ciphers.lock(key, packed(text)))


def read(key: bytes, written: bytes) -> str:
    """What `write` wrote.

    Raises:
        ValueError: it is anything else, or was written under another key.
    """
    try:
        box = base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise ValueError("a line in another writing") from error
    opened = ciphers.unlock(key, box)
    if opened is None or base64.b64encode(box) != written:
        raise ValueError("a line under another key, or a damaged one")
    return unpacked(opened)
