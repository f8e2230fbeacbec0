"""钥匙文件：一个人打开台账用的，放在自己的 U 盘上；里面是 32 个随机字节.

Its name is a digest of what it holds: so a damaged one is told from somebody else's. It does not say whose it is, or which book it
opens: whoever finds the stick learns nothing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain, reason_of, write_atomic
from counter_assistant.storage import ciphers
from counter_assistant.storage.sealing.slots import Stick

KIND, FORMAT = "counter-assistant-person-key", 1
ENDING = ".key"
"""How the name of a key file ends."""
_LARGEST = 4096


def make_person_key_file(path: Path) -> Stick:
    """Makes a new key file, readable by this user alone where the stick knows users.

    Raises:
        Refusal: `key-file-exists` (none is ever written over), `key-unsaved`.
    """
    made = _stick(ciphers.random_bytes(ciphers.KEY_SIZE))
    content = {"kind": KIND, "format": FORMAT, "name": made.name.hex(), "secret": made.secret.hex()}
    try:
        if path.is_symlink() or path.exists():
            raise Refusal("key-file-exists", f"{path.name} 已经在那里，不会写在它上面。", "请换一个文件名。")
        write_atomic(path, json.dumps(content, indent=1).encode(), 0o600)
    except (OSError, ValueError) as error:
        raise Refusal(
            "key-unsaved", f"钥匙文件没有存下来：{reason_of(error)}。", "请换一个可以写入的地方，如自己的 U 盘。"
        ) from error
    return made


def read_person_key_file(path: Path) -> Stick:
    """What a key file holds.

    Raises:
        Refusal: `key-file-away` (the stick is not there), `key-file-foreign` (it is something else), `key-file-newer`,
            `key-file-damaged`.
    """
    try:
        if not path.is_file():
            raise Refusal("key-file-away", f"找不到钥匙文件 {path.name}。", "请插好自己的 U 盘，再选一次。")
        content = read_plain(path, _LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Refusal(
            "key-file-away", f"无法读取钥匙文件 {path.name}：{reason_of(error)}。", "请插好自己的 U 盘，再选一次。"
        ) from error
    try:
        return _from_json(json.loads(content), path.name)
    except (ValueError, RecursionError) as error:
        raise (_damaged(path.name) if KIND.encode() in content else _foreign(path.name)) from error


def _from_json(written: Any, name: str) -> Stick:
    if not isinstance(written, dict) or written.get("kind") != KIND:
        raise _foreign(name)
    if type(written.get("format")) is int and written["format"] > FORMAT:
        raise Refusal("key-file-newer", f"{name} 由更新版本的程序写成。", "请安装新版程序后再打开。")
    match written:
        case {"kind": str(), "format": 1, "name": str(named), "secret": str(secret), **more} if not more:
            made = _stick(bytes.fromhex(secret))
            if len(made.secret) == ciphers.KEY_SIZE and made.name == bytes.fromhex(named):
                return made
    raise _damaged(name)


def _stick(secret: bytes) -> Stick:
    return Stick(hashlib.blake2b(secret, digest_size=16, person=b"person's key").digest(), secret)


def _foreign(name: str) -> Refusal:
    return Refusal("key-file-foreign", f"{name} 不是打开台账的钥匙文件。", f"请选自己 U 盘上以 {ENDING} 结尾的那一个。")


def _damaged(name: str) -> Refusal:
    return Refusal("key-file-damaged", f"钥匙文件 {name} 已损坏。", "请用口令打开；没有口令的，请同事打开后重做一个。")
