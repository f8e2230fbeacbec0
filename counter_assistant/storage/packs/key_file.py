"""本中心的密钥：签名的一把，打开网点台账的一把；各一个文件，私钥用口令封着，只有本用户能读；从不进台账.

The public half stands in it openly, so that an installation can tell whose key it holds without asking for the passphrase.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counter_assistant.domain.people.passphrase import new_passphrase, normal
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.files import read_plain, reason_of, write_atomic
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Pair, Sealed

NAME = "centre.key"
"""What the key file is called where an installation keeps it in its data folder."""
OPENING_NAME = "centre-opening.key"
"""What the other one, to which books and bundles are sealed, is called there."""

KIND, FORMAT = "counter-assistant-centre-key", 1
_LARGEST = 1 << 16
PUBLIC_HALF: Mapping[str, Callable[[bytes], bytes]] = {
    ciphers.ED25519: ciphers.public_key,
    ciphers.TO_PUBLIC: lambda secret: ciphers.pair_of(secret).public,
}
"""What a key may be for, by the name of its algorithm: how the public half follows from the secret one."""


@dataclass(frozen=True)
class KeyFile:
    """A key as its file has it: the public half in hex, the secret one sealed."""

    algorithm: str
    key: str
    sealed: Sealed

    @property
    def fingerprint(self) -> str:
        """What people compare on paper."""
        return fingerprint(self.algorithm, self.key)


@dataclass(frozen=True)
class Signer:
    """A key that was opened, and signs."""

    algorithm: str
    key: str
    secret: bytes = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""
        return ciphers.sign(self.secret, message)


def make_key_file(path: Path, passphrase: str, algorithm: str = ciphers.ED25519) -> KeyFile:
    """Makes a new key and keeps it under a passphrase, readable by this user alone. It signs, unless `algorithm` is that of
    one to which something is sealed.

    Raises:
        Refusal: `key-file-exists` (no key is ever written over), `key-unsaved`; what `new_passphrase` refuses.
    """
    said = new_passphrase(passphrase)
    secret = ciphers.random_bytes(ciphers.KEY_SIZE)
    made = KeyFile(algorithm, PUBLIC_HALF[algorithm](secret).hex(), ciphers.seal(secret, said))
    try:
        if path.is_symlink() or path.exists():
            raise Refusal("key-file-exists", f"{path.name} 已经在那里，密钥不会写在它上面。", "请换一个文件名。")
        write_atomic(path, json.dumps(_to_json(made), indent=1).encode(), 0o600)
    except (OSError, ValueError) as error:
        raise Refusal("key-unsaved", f"密钥没有存下来：{reason_of(error)}。", "请换一个可以写入的地方。") from error
    return made


def read_key_file(path: Path) -> KeyFile:
    """A key file, without opening what is sealed.

    Raises:
        Refusal: `no-key-file`, `broken-key-file`.
    """
    try:
        return _from_json(json.loads(read_plain(path, _LARGEST)))
    except OSError as error:
        raise Refusal(
            "no-key-file", f"无法读取密钥文件 {path.name}：{reason_of(error)}。", "请用 --key 指明本中心的密钥文件。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _broken(path) from error


def open_key(path: Path, passphrase: str) -> Signer:
    """The key of a file, ready to sign.

    Raises:
        Refusal: `wrong-passphrase`, `key-of-another-use` (it does not sign); what `read_key_file` refuses.
    """
    held, secret = _opened(path, passphrase, ciphers.ED25519)
    return Signer(held.algorithm, held.key, secret)


def open_pair(path: Path, passphrase: str) -> Pair:
    """The key of a file, ready to open what was sealed to it.

    Raises:
        Refusal: `wrong-passphrase`, `key-of-another-use` (it signs); what `read_key_file` refuses.
    """
    _, secret = _opened(path, passphrase, ciphers.TO_PUBLIC)
    return ciphers.pair_of(secret)


def _opened(path: Path, passphrase: str, algorithm: str) -> tuple[KeyFile, bytes]:
    held = read_key_file(path)
    if held.algorithm != algorithm:
        raise Refusal(
            "key-of-another-use",
            f"{path.name} 是中心的另一把密钥：一把用来签名，一把用来打开台账。",
            "请换另一个密钥文件。",
        )
    try:
        secret = ciphers.unseal(held.sealed, normal(passphrase))
        public = None if secret is None else PUBLIC_HALF[algorithm](secret).hex()
    except ValueError as error:
        raise _broken(path) from error
    if secret is None:
        raise Refusal("wrong-passphrase", "口令不对，密钥没有打开。", "请重新输入口令。")
    if public != held.key:
        raise _broken(path)
    return held, secret


def _to_json(held: KeyFile) -> dict[str, Any]:
    said = {"kind": KIND, "format": FORMAT, "algorithm": held.algorithm, "key": held.key}
    return said | held.sealed.to_json(ciphers.SEAL)


def _from_json(written: Any) -> KeyFile:
    """What `_to_json` wrote; ValueError for anything else."""
    match written:
        case {"kind": kind, "format": format_, "algorithm": str(algorithm), "key": str(key), **sealed} if (
            kind,
            format_,
        ) == (KIND, FORMAT) and algorithm in PUBLIC_HALF:
            return KeyFile(algorithm, bytes.fromhex(key).hex(), Sealed.from_json(sealed, ciphers.SEAL))
    raise ValueError("no key file")


def _broken(path: Path) -> Refusal:
    return Refusal("broken-key-file", f"{path.name} 不是完好的密钥文件。", "请改用本中心保存的另一份。")
