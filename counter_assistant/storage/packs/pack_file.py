"""内容包文件：写成一种写法，签名；读时先认格式、再核签名，都对了才看内容.

The file is canonical JSON (storage/journal/chain.py) with one key more than what is signed: `signature`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import FORMAT, KIND, Pack
from counter_assistant.files import read_plain, reason_of
from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.key_file import Signer

ENDING = ".pack"
LARGEST = 32 << 20
"""The most bytes of a pack; a catalogue of 48 items with its statutes has half a million."""

_KEYS = frozenset(("kind", "format", "algorithm", "key", "centre", "made", "edition", "signature"))
_MARKS = (b'{"algorithm":', f'"kind":"{KIND}"'.encode())
_ID_LENGTH = 16


def write_pack(pack: Pack, signer: Signer) -> tuple[bytes, Pack]:
    """The bytes of a pack, signed, and the pack with its id.

    Raises:
        Refusal: what `chain.canonical` refuses.
    """
    content = pack.to_json()
    signed = chain.canonical(content).encode()
    whole = chain.canonical(content | {"signature": signer.sign(signed).hex()})
    return whole.encode(), replace(pack, id=_id(signed))


def read_pack(path: Path) -> Pack:
    """A pack whose signature was made with the key that it names; whether that key is the centre's is asked elsewhere.

    Raises:
        Refusal: `pack-unreadable` (the file cannot be read), `pack-foreign` (it is something else), `pack-newer` (a newer
            program made it), `pack-damaged`, `pack-algorithm` (a signature that this program cannot verify),
            `pack-signature` (a wrong one), `broken-content`.
    """
    try:
        content = read_plain(path, LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Refusal("pack-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请核对文件。") from error
    return pack_from(content, path.name)


def pack_from(content: bytes, name: str) -> Pack:
    """The pack that a file of this name holds, or a part of a bundle.

    Raises:
        Refusal: `pack-foreign`, `pack-newer`, `pack-damaged`, `pack-algorithm`, `pack-signature`, `broken-content`.
    """
    written = _opened(content, name)
    signature = written.pop("signature")
    signed = chain.canonical(written).encode()
    verify = ciphers.KNOWN.get(written["algorithm"])
    if verify is None:
        raise Refusal(
            "pack-algorithm",
            f"内容包用“{written['algorithm']}”签名，本程序还不会核对这种签名。",
            f"请升级本程序后再收，或者请本中心改用 {ciphers.ED25519}。",
        )
    if not verify(_bytes(written["key"]), signed, _bytes(signature)):
        raise Refusal(
            "pack-signature",
            "内容包的签名不对：签名以后内容被改过，或者不是用所写的密钥签的。",
            "请不要使用，并告诉本中心。",
        )
    return Pack.from_json(written, _id(signed))


def seems_a_pack(content: bytes) -> bool:
    """Whether a file may have been a pack, damaged or not."""
    return any(mark in content for mark in _MARKS)


def _opened(content: bytes, name: str) -> dict[str, Any]:
    """The JSON object of a file that is a pack of a known format, spelled the one way."""
    if len(content) > LARGEST:
        raise _foreign(name)
    try:
        written = chain.parse(content.decode())
    except (ValueError, RecursionError) as error:
        raise (_damaged() if seems_a_pack(content) else _foreign(name)) from error
    if written.get("kind") != KIND:
        raise _foreign(name)
    format_ = written.get("format")
    if type(format_) is int and format_ > FORMAT:
        raise Refusal("pack-newer", f"这个内容包由更新版本的程序做成（格式 {format_}）。", "请升级本程序后再收。")
    texts = all(isinstance(written.get(key), str) for key in ("algorithm", "key", "signature"))
    if type(format_) is not int or format_ != FORMAT or written.keys() != _KEYS or not texts:
        raise _damaged()
    try:
        spelled = chain.canonical(written).encode()
    except (Refusal, ValueError, RecursionError) as error:
        raise _damaged() from error
    if spelled != content:
        raise _damaged()
    return written


def _bytes(digits: str) -> bytes:
    """What hex digits stand for; nothing where they are none, which no signature is of."""
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _id(signed: bytes) -> str:
    return hashlib.sha256(signed).hexdigest()[:_ID_LENGTH]


def _foreign(name: str) -> Refusal:
    return Refusal("pack-foreign", f"{name} 不是柜台助手的内容包。", "请选本中心发来的内容包文件。")


def _damaged() -> Refusal:
    return Refusal("pack-damaged", "内容包已经损坏，读不完整。", "请向本中心重新索取，不要用这一份。")
