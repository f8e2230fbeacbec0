"""U 盘的校验码和签名：每个文件的 SHA-256 写在一张清单里，中心的密钥签这张清单.

What is signed is the list of sums itself, after a mark that nothing else is signed with, so that no signature of a pack or of a head
passes for one of a stick (docs/decisions/0057-a-signed-stick.md).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint, is_fingerprint
from counter_assistant.files import plain_file, read_plain, reason_of, write_atomic
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import Signer

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.signature"
KEPT_SIGNER = Path("/etc/counter-assistant/stick-signed-by")
"""Where install.sh keeps whose sticks this PC takes; Windows has no such file."""
_OF_SYSTEMS = ("System Volume Information", "$RECYCLE.BIN", "lost+found", ".fseventsd", ".Spotlight-V100", ".Trash")
"""What a system lays on whatever is plugged in, with what these names begin."""
_MARK = b"counter-assistant-stick-1\0"
_LINE = re.compile(r"(?P<sum>[0-9a-f]{64})  (?P<name>[^\0\r\n\\]+)")
_LARGEST_LIST, _LARGEST_SIGNATURE, _PIECE = 16 << 20, 1 << 12, 1 << 20
_NEXT = "请不要装，换一只 U 盘，或者请中心重做。"


class Sum(NamedTuple):
    """A line of the list: a file's SHA-256 in hex, and its name from the stick's own folder on."""

    sum: str
    name: str


@dataclass(frozen=True)
class CheckedStick:
    """A stick whose every file is as it was when the list was made.

    `fingerprint`: of the key that signed the list; empty where nobody did. `unlisted`: files that lie there beside it, without those
    that systems lay on a stick by themselves.
    """

    files: int
    fingerprint: str
    unlisted: tuple[str, ...]


def sign_sums(folder: Path, signer: Signer) -> None:
    """Writes the signature of the list that lies in a folder.

    Raises:
        OSError: the list cannot be read, or its signature not written.
    """
    made = signer.sign(_MARK + read_plain(folder / SUMS, _LARGEST_LIST))
    said = {"algorithm": signer.algorithm, "key": signer.key, "signature": made.hex()}
    write_atomic(folder / SIGNATURE, json.dumps(said).encode() + b"\n")


def kept_signer() -> str:
    """The fingerprint of the key whose sticks this PC takes; empty where none was kept.

    Raises:
        Refusal: `stick-unreadable` (something is kept and cannot be read).
    """
    try:
        return read_plain(KEPT_SIGNER, _LARGEST_SIGNATURE).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise Refusal(
            "stick-unreadable",
            f"读不到 {KEPT_SIGNER}：{reason_of(error)}，不知道这台电脑认谁的签名。",
            "请由管理员核对。",
        ) from error


def check_stick(folder: Path, signed_by: str = "") -> CheckedStick:
    """Reads every file of a stick against its list, and the list against its signature.

    `signed_by` is the fingerprint of the key that has to have signed it, with or without blanks.

    Raises:
        Refusal: `stick-unreadable` (it has no such list), `stick-damaged` (a file is missing or another one, or the list is), `stick-signature` (a
            wrong one), `stick-unsigned`, `stick-foreign-key` (somebody else than `signed_by` signed it).
    """
    try:
        listed = read_plain(folder / SUMS, _LARGEST_LIST)
    except (OSError, ValueError) as error:
        raise Refusal(
            "stick-unreadable",
            f"读不到 {SUMS}：{reason_of(error)}，这不是一只完整的装机 U 盘。",
            "请指明 U 盘上放“从这里开始.html”的那个文件夹。",
        ) from error
    signer = _signer(folder, listed)
    if signed_by and not signer:
        raise Refusal("stick-unsigned", "这只 U 盘没有签名，这台电脑只认签过名的。", _NEXT)
    if signed_by and not is_fingerprint(signed_by, signer):
        raise Refusal(
            "stick-foreign-key",
            f"这只 U 盘是用别的密钥签的，指纹 {signer}。",
            "请与中心核对指纹，核对以前不要装；中心换了密钥的，由管理员删去这台电脑记着的指纹。",
        )
    sums = _sums(listed)
    for line in sums:
        _check(folder, line)
    named = {line.name for line in sums} | {SUMS, SIGNATURE}
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return CheckedStick(
        len(sums), signer, tuple(name for name in there if not (name in named or name.startswith(_OF_SYSTEMS)))
    )


def _signer(folder: Path, listed: bytes) -> str:
    """The fingerprint of the key that signed the list; empty where there is no signature."""
    try:
        written = read_plain(folder / SIGNATURE, _LARGEST_SIGNATURE)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise Refusal("stick-signature", f"签名读不出来：{reason_of(error)}。", _NEXT) from error
    match _parsed(written):
        case {"algorithm": str(algorithm), "key": str(key), "signature": str(signature)} if algorithm in ciphers.KNOWN:
            if ciphers.KNOWN[algorithm](_bytes(key), _MARK + listed, _bytes(signature)):
                return fingerprint(algorithm, key)
    raise Refusal("stick-signature", "U 盘的签名不对：签名以后改过，或者不是用所写的密钥签的。", _NEXT)


def _parsed(written: bytes) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return None


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _sums(listed: bytes) -> list[Sum]:
    """The lines of the list, each with a name that stays on the stick."""
    try:
        lines = listed.decode().splitlines()
    except ValueError:
        lines = [""]
    found = [_LINE.fullmatch(line) for line in lines]
    names = [Sum(match["sum"], match["name"]) for match in found if match and _stays(match["name"])]
    if not names or len(names) != len(lines):
        raise Refusal("stick-damaged", f"{SUMS} 读不懂，U 盘上的文件核对不了。", _NEXT)
    return names


def _stays(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and ":" not in name


def _check(folder: Path, line: Sum) -> None:
    digest = hashlib.sha256()
    try:
        with plain_file(folder / line.name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except (OSError, ValueError) as error:
        raise Refusal("stick-damaged", f"U 盘上的 {line.name} 读不出来：{reason_of(error)}。", _NEXT) from error
    if digest.hexdigest() != line.sum:
        raise Refusal("stick-damaged", f"U 盘上的 {line.name} 不完整，或者被改过。", _NEXT)
