"""中心发给网点的公钥：网点的台账用它也为中心封一份钥匙；由中心的签名密钥签名.

The file is canonical JSON with one key more than what is signed, as a pack is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.domain.typed_text.characters import unprintable
from counter_assistant.files import read_plain, reason_of
from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.key_file import KeyFile, Signer

KIND, FORMAT = "counter-assistant-centre-public", 1
_LARGEST = 1 << 16


@dataclass(frozen=True)
class HandedKey:
    """The public half of the key with which a centre opens books, in hex, and the key that signed it."""

    centre: str
    key: str
    algorithm: str
    signed_with: str

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that signed it, which people compare on paper."""
        return fingerprint(self.algorithm, self.signed_with)


def hand_out(centre: str, held: KeyFile, signer: Signer) -> bytes:
    """The file that a centre gives its branches.

    Raises:
        Refusal: `key-of-another-use`: it is a key that signs.
    """
    if held.algorithm != ciphers.TO_PUBLIC:
        raise Refusal(
            "key-of-another-use", "这是中心签名的密钥，不能用来打开台账。", "请指明打开台账的那一把，没有的先生成。"
        )
    said = {
        "kind": KIND, "format": FORMAT, "centre": centre, "sealed_to": held.algorithm, "key": held.key,
        "algorithm": signer.algorithm, "signed_with": signer.key,
    }  # fmt: skip
    signature = signer.sign(chain.canonical(said).encode())
    return chain.canonical(said | {"signature": signature.hex()}).encode()


def read_handed(path: Path) -> HandedKey:
    """A key that a centre hands out, whose signature is that of the key which it names; whether that is the centre's is asked
    elsewhere.

    Raises:
        Refusal: `centre-key-unreadable`, `centre-key-foreign` (it is something else), `centre-key-newer`, `centre-key-damaged`.
    """
    try:
        return handed_from(read_plain(path, _LARGEST), path.name)
    except OSError as error:
        raise Refusal("centre-key-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请核对文件。") from error


def handed_from(content: bytes, name: str) -> HandedKey:
    """The key that a file of this name holds, or a part of a bundle.

    Raises:
        Refusal: `centre-key-foreign`, `centre-key-newer`, `centre-key-damaged`.
    """
    try:
        written = chain.parse(content.decode())
    except (ValueError, RecursionError) as error:
        raise _foreign(name) from error
    if written.get("kind") != KIND:
        raise _foreign(name)
    if type(written.get("format")) is int and written["format"] > FORMAT:
        raise Refusal("centre-key-newer", f"{name} 由更新版本的程序做成。", "请升级本程序后再收。")
    try:
        return _signed(written)
    except (Refusal, TypeError, ValueError, RecursionError) as error:
        raise Refusal(
            "centre-key-damaged", f"{name} 已损坏，或者签名不对。", "请向中心重新索取，不要用这一份。"
        ) from error


def _signed(written: dict[str, Any]) -> HandedKey:
    match written:
        case {
            "kind": str(), "format": 1, "centre": str(centre), "sealed_to": ciphers.TO_PUBLIC, "key": str(key),
            "algorithm": str(algorithm), "signed_with": str(signed_with), "signature": str(signature), **more,
        } if not more and algorithm in ciphers.KNOWN and not any(map(unprintable, centre)):  # fmt: skip
            said = {name: value for name, value in written.items() if name != "signature"}
            ciphers.seal_to(bytes.fromhex(key), b"")
            message = chain.canonical(said).encode()
            if ciphers.KNOWN[algorithm](bytes.fromhex(signed_with), message, bytes.fromhex(signature)):
                return HandedKey(centre, bytes.fromhex(key).hex(), algorithm, signed_with)
    raise ValueError("no key of a centre")


def _foreign(name: str) -> Refusal:
    return Refusal("centre-key-foreign", f"{name} 不是中心打开台账的公钥。", "请选中心发来的那个文件。")
