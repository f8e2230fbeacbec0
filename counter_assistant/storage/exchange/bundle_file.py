"""交换包：一个文件，封给收的一方，末尾一行写明是什么、由谁签名；没有末尾一行的，是没有写完的.

    {"format":"counter-assistant-bundle-1"}
    a line for each text, packed as contents are, sealed by itself under a key of this bundle alone, in base64
    the manifest: canonical JSON, which names the digest of all lines before it, and the key of the bundle sealed to the receiver; signed

What is signed is the manifest without its signature, after the name of the format and a zero byte, so that no signature of another kind
passes for it. Nothing that is read in a bundle becomes a path.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, make_durable, new_file, plain_file, reason_of, unfinished
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.bundle_manifest import FORMAT, Manifest
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.sealing import sealed_text

LARGEST = 2 << 30
"""The most bytes of a bundle: a year of a busy branch has a hundredth of it."""
LONGEST = 96 << 20
"""The most bytes of a line: a content of the largest size that a book takes, packed and in base64."""
_HEADER = chain.canonical({"format": FORMAT}).encode() + b"\n"
_ANOTHER = re.compile(rb'\{"format":"counter-assistant-bundle-[0-9]{1,4}"\}\n')
_HEADER_MOST = 64
_MANIFEST = 1 << 14
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Sender:
    """Who makes a bundle: the key that signs it, and the public half to which an answer is sealed."""

    signer: Signer
    opens: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle in a file whose signature was made with the key that it names; whose that is is asked elsewhere. `id` is its digest in hex."""

    path: Path
    manifest: Manifest
    id: str

    def opened(self, pair: Pair) -> bytes:
        """The key of its lines.

        Raises:
            Refusal: `bundle-for-another`: it was sealed to another key.
        """
        box = ciphers.open_sealed(pair.secret, bytes.fromhex(self.manifest.box))
        if box is None or len(box) != ciphers.KEY_SIZE:
            raise Refusal(
                "bundle-for-another", f"{self.path.name} 是封给另一把密钥的，这一把打不开。",
                "请核对是不是送错了地方；中心换过打开的密钥的，用当时的那一把。",
            )  # fmt: skip
        return box

    def texts(self, key: bytes) -> Iterator[str]:
        """Its texts, one after the other.

        Raises:
            Refusal: `bundle-damaged`: one cannot be read.
            OSError: the file cannot be read.
        """
        with plain_file(self.path) as file:
            file.seek(len(_HEADER))
            for n in range(self.manifest.lines):
                try:
                    yield sealed_text.read(key, file.readline(LONGEST).removesuffix(b"\n"))
                except (ValueError, RecursionError) as error:
                    raise damaged(self.path.name, n + 2) from error


def write_bundle(path: Path, manifest: Manifest, sender: Sender, receiver: bytes, texts: Iterable[str]) -> Manifest:
    """Writes a bundle whole under another name, durably, reads it back, and gives it its name. Of `manifest` what is said of the book
    stands; the rest follows. `receiver` is the public half to which it is sealed. Returns what was signed.

    Raises:
        Refusal: `bundle-unsaved` (it cannot be written), `bundle-not-same` (what is read back is not what was written).
    """
    unborn = unfinished(path, "part")
    try:
        with new_file(unborn, 0o666) as file:
            made, whole = _written(file, manifest, sender, receiver, texts)
            make_durable(file)
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # what is read next comes from the stick
        with plain_file(unborn) as file:
            if _digest_of(file).hexdigest() != whole:
                raise Refusal("bundle-not-same", f"{path.name} 读回来的和写进去的不一样。", "请换一个盘，再做一份。")
        give_name(unborn, path)
    except (OSError, ValueError) as error:
        raise Refusal(
            "bundle-unsaved",
            f"交换包写不进 {path.parent}：{reason_of(error)}。",
            "请检查盘的空间和权限，或者换一个盘。",
        ) from error
    finally:
        with suppress(OSError, ValueError):
            unborn.unlink(missing_ok=True)
    return made


def read_bundle(path: Path) -> Bundle:
    """A bundle that is whole, whose signature was made with the key that it names.

    Raises:
        Refusal: `bundle-unreadable` (the file cannot be read), `bundle-foreign` (it is something else), `bundle-newer`, `bundle-too-large`,
            `bundle-cut-off` (its end is missing), `bundle-damaged`, `bundle-signature`.
    """
    try:
        with plain_file(path) as file:
            return _read(file, path)
    except (OSError, ValueError) as error:
        raise Refusal("bundle-unreadable", f"无法读取 {path.name}：{reason_of(error)}。", "请核对文件和盘。") from error


def copy_bundle(bundle: Bundle, made: Path) -> Bundle:
    """Copies a bundle, so that nothing that becomes of the stick matters; what is copied is what was verified.

    Raises:
        Refusal: `bundle-unsaved`, `bundle-damaged` (the stick gives something else than before).
    """
    try:
        with plain_file(bundle.path) as source, new_file(made) as out:
            for piece in iter(lambda: source.read(_PIECE), b""):
                out.write(piece)
        with plain_file(made) as file:
            same = _digest_of(file).hexdigest() == bundle.id
    except OSError as error:
        raise Refusal(
            "bundle-unsaved", f"交换包没有拷进来：{reason_of(error)}。", "请检查盘和磁盘空间，再收一次。"
        ) from error
    if not same:
        raise damaged(bundle.path.name)
    return replace(bundle, path=made)


def damaged(name: str, line: int = 0) -> Refusal:
    """The refusal for a bundle that is not what it was when it was signed."""
    where = f"第 {line} 行" if line else ""
    return Refusal("bundle-damaged", f"{name} {where}已经损坏。", "请再拷一次；还是这样的，请对方重新做一份。")


def _written(
    file: BinaryIO, manifest: Manifest, sender: Sender, receiver: bytes, texts: Iterable[str]
) -> tuple[Manifest, str]:
    key, digest, lines, size = ciphers.random_bytes(ciphers.KEY_SIZE), hashlib.sha256(_HEADER), 0, len(_HEADER)
    file.write(_HEADER)
    for text in texts:
        line = sealed_text.write(key, text) + b"\n"
        file.write(line)
        digest.update(line)
        lines, size = lines + 1, size + len(line)
    unsigned = replace(
        manifest, lines=lines, digest=digest.hexdigest(), size=size, sealed_to=receiver.hex(), box=ciphers.seal_to(receiver, key).hex(),
        opens=sender.opens.hex(), algorithm=sender.signer.algorithm, key=sender.signer.key, signature="",
    )  # fmt: skip
    made = replace(unsigned, signature=sender.signer.sign(unsigned.signed).hex())
    file.write(made.line)
    digest.update(made.line)
    return made, digest.hexdigest()


def _read(file: BinaryIO, path: Path) -> Bundle:
    start, size = file.readline(_HEADER_MOST), os.fstat(file.fileno()).st_size
    if start != _HEADER:
        if _ANOTHER.fullmatch(start):
            raise Refusal("bundle-newer", f"{path.name} 由更新版本的程序做成。", "请升级本程序后再收。")
        if start and _HEADER.startswith(start):
            raise _cut_off(path)
        raise Refusal(
            "bundle-foreign", f"{path.name} 不是交换包。", "请选对方用 bundle 做的文件，名字以 .bundle 结尾。"
        )
    if size > LARGEST:
        raise Refusal("bundle-too-large", f"{path.name} 超过 {LARGEST >> 30} GB。", "请核对是否选错了文件。")
    last = _last_line(file, size)
    manifest = _manifest(last, path)
    whole = size - len(last)
    file.seek(0)
    digest = _digest_of(file, whole)
    if manifest.size != whole or digest.hexdigest() != manifest.digest:
        raise damaged(path.name)
    verify = ciphers.KNOWN.get(manifest.algorithm)
    if verify is None or not verify(_bytes(manifest.key), manifest.signed, _bytes(manifest.signature)):
        raise Refusal(
            "bundle-signature", f"{path.name} 的签名不对：签名以后被改过，或者不是用所写的密钥签的。", "请不要收，并问送来的一方。"
        )  # fmt: skip
    digest.update(last)
    return Bundle(path, manifest, digest.hexdigest())


def _last_line(file: BinaryIO, size: int) -> bytes:
    """The last line with its end; empty where it is longer than a manifest, or has no end."""
    file.seek(max(size - _MANIFEST, 0))
    tail = file.read(_MANIFEST)
    start = tail.rfind(b"\n", 0, max(len(tail) - 1, 0)) + 1
    return tail[start:] if tail.endswith(b"\n") and start else b""


def _manifest(line: bytes, path: Path) -> Manifest:
    try:
        return Manifest.from_line(line)
    except (ValueError, TypeError, RecursionError, Refusal) as error:
        if b'"signature":' in line and line.endswith(b"}\n"):
            raise damaged(path.name) from error
        raise _cut_off(path) from error


def _cut_off(path: Path) -> Refusal:
    return Refusal(
        "bundle-cut-off", f"{path.name} 没有写完，或者没有拷完。", "请再拷一次；还是这样的，请对方重新做一份。"
    )


def _digest_of(file: BinaryIO, most: int = LARGEST + 1) -> Any:
    """The digest of what is read from here on, so many bytes at most."""
    digest = hashlib.sha256()
    while most and (piece := file.read(min(_PIECE, most))):
        digest.update(piece)
        most -= len(piece)
    return digest


def _bytes(digits: str) -> bytes:
    """What hex digits stand for; nothing where they are none, which no signature is of."""
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""
