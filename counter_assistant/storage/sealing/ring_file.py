"""钥匙文件 book.keys：放在台账旁边，跟着每一份拷贝走.

Whoever has both needs a passphrase, a key file, the sheet or the centre's key; what each guess costs is written beside what it opens.
Every algorithm is named, so that another can follow. Format 1, in which the key of the book itself was sealed under each secret, is read
as it is; what is written is of today's format.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, read_plain, reason_of, write_atomic
from counter_assistant.storage.ciphers import KEY_SIZE, RANDOM_SEAL, SEAL, TO_PUBLIC, TO_PUBLIC_ADDS, Sealed
from counter_assistant.storage.journal import chain
from counter_assistant.storage.sealing.book_key import CIPHER, NAME_SIZE, PROOF, BookKey, Witness
from counter_assistant.storage.sealing.key_refusals import NAME, damaged_keys
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.slots import OF_SHEET, Holder, Slot, Wrap

NEXT = "book.keys.next"
"""What the keys of a new key of the book are called until the book is under it."""
CHANGED = "book.keys.changed"
"""What changed keys are called until the book says so."""
KIND, FORMAT = "counter-assistant-book-keys", 2
_ALGORITHMS = {"pages": CIPHER, "sealed_to": TO_PUBLIC, "sheet": OF_SHEET, "proof": PROOF}
LARGEST = 1 << 20
_MOST = 500
_OLDER = {"passphrase": (Holder.PERSON, SEAL), "sheet": (Holder.SHEET, RANDOM_SEAL)}
"""How a slot of format 1 says what opens it."""


def has_keys(folder: Path) -> bool:
    """Whether a file of keys lies in a folder."""
    return (folder / NAME).is_file()


def read_ring(folder: Path, book: bytes = b"") -> KeyRing:
    """The keys that lie beside the book of a folder. Where a change of the key was cut off there are two files: the one for the
    name that the `book` begins with is read.

    Raises:
        Refusal: what `read_ring_file` refuses.
    """
    if is_next(folder, book):
        return read_ring_file(folder / NEXT)
    return read_ring_file(folder / NAME)


def is_next(folder: Path, book: bytes) -> bool:
    """Whether the book that begins with these bytes is under the key of the file that was still to take its name."""
    return opens(folder / NEXT, book)


def opens(keys: Path, book: bytes) -> bool:
    """Whether a file of keys can be read, and is for the book that begins with these bytes."""
    try:
        return read_ring_file(keys).book == book.hex()
    except Refusal:
        return False


def is_unsettled(folder: Path) -> bool:
    """Whether a change of the key was cut off, so that keys lie there under the name of those to come."""
    return (folder / NEXT).exists()


def settle(folder: Path, book: bytes) -> None:
    """Gives the keys of the book, which begins with these bytes, their name where that was cut off; keys that no book is
    under go.

    Raises:
        OSError: the system refuses it.
    """
    if is_next(folder, book):
        write_atomic(folder / NAME, read_plain(folder / NEXT, LARGEST), 0o600)
    (folder / NEXT).unlink(missing_ok=True)


def read_changed(folder: Path) -> KeyRing | None:
    """Changed keys of which it is to be told whether the book says so; None where none can be read."""
    try:
        return read_ring_file(folder / CHANGED)
    except Refusal:
        return None


def is_changing(folder: Path) -> bool:
    """Whether changed keys lie there that have not taken the name."""
    return os.path.lexists(folder / CHANGED)


def take_changed(folder: Path) -> None:
    """Gives changed keys the name, because the book says so; another window may have done it.

    Raises:
        Refusal: `keys-not-in-place`.
    """
    try:
        with suppress(FileNotFoundError):
            give_name(folder / CHANGED, folder / NAME)
    except OSError as error:
        raise Refusal(
            "keys-not-in-place",
            f"已记入台账，新的钥匙文件却没有换上：{reason_of(error)}。",
            f"请检查磁盘和 {NAME} 的权限，再重新打开程序，那时会自己换上；在那以前打开要用原来的口令或者恢复单。",
        ) from error


def drop_changed(folder: Path) -> None:
    """Removes changed keys of which the book says nothing.

    Raises:
        Refusal: `keys-unsaved`.
    """
    try:
        (folder / CHANGED).unlink(missing_ok=True)
    except OSError as error:
        raise Refusal("keys-unsaved", f"{CHANGED} 去不掉：{reason_of(error)}。", "请检查磁盘和权限后重试。") from error


def write_ring(folder: Path, ring: KeyRing, key: BookKey, name: str = NAME) -> None:
    """Writes the keys beside the book, readable by this user alone, with the proof that whoever wrote them has the key.

    Raises:
        Refusal: `keys-unsaved`.
    """
    content = _to_json(ring)
    content["proof"] = key.proof(chain.canonical(content).encode()).hex()
    try:
        write_atomic(folder / name, json.dumps(content, ensure_ascii=False, indent=1).encode(), 0o600)
    except (OSError, ValueError) as error:
        raise Refusal(
            "keys-unsaved", f"钥匙文件没有存下来：{reason_of(error)}。", "请检查磁盘和权限后重试。"
        ) from error


def read_ring_file(path: Path) -> KeyRing:
    """The keys in a file, wherever it lies.

    Raises:
        Refusal: `book-keys-missing`, `keys-unreadable`, `keys-foreign` (it is something else), `keys-newer`, `keys-damaged`.
    """
    if path.is_symlink() or not path.is_file():
        raise Refusal(
            "book-keys-missing",
            f"台账是密封的，旁边却没有它的钥匙文件 {NAME}。",
            f"请从同一天的备份里把 {NAME} 拷回来。",
        )
    try:
        written = json.loads(read_plain(path, LARGEST))
    except OSError as error:
        raise Refusal(
            "keys-unreadable", f"无法读取 {NAME}：{reason_of(error)}。", "请管理员检查权限和磁盘。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise damaged_keys() from error
    if not isinstance(written, dict) or written.get("kind") != KIND:
        raise Refusal("keys-foreign", f"{NAME} 不是台账的钥匙文件。", f"请从备份里把 {NAME} 拷回来。")
    if type(written.get("format")) is int and written["format"] > FORMAT:
        raise Refusal("keys-newer", f"{NAME} 由更新版本的程序写成。", "请安装新版程序后再打开。")
    try:
        return _from_json(written)
    except (Refusal, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise damaged_keys() from error


def _to_json(ring: KeyRing) -> dict[str, Any]:
    return {
        "kind": KIND, "format": FORMAT, "book": ring.book, "algorithms": dict(_ALGORITHMS),
        "register": ring.register_public.hex(), "slots": [_slot_json(slot) for slot in ring.slots],
        "older": [_wrap_json(wrap) for wrap in ring.older],
    }  # fmt: skip


def _slot_json(slot: Slot) -> dict[str, Any]:
    said: dict[str, Any] = {
        "holder": slot.holder.value, "who": slot.who, "public": slot.public.hex(), "key": slot.key.hex(),
        "register": slot.register.hex(),
    }  # fmt: skip
    if slot.passphrase:
        said["passphrase"] = slot.passphrase.to_json(SEAL)
    if slot.stick:
        said["stick"] = slot.stick.to_json(RANDOM_SEAL) | {"name": slot.stick_name.hex()}
    return said


def _wrap_json(wrap: Wrap) -> dict[str, Any]:
    how, algorithm = next((how, each[1]) for how, each in _OLDER.items() if each[0] is wrap.holder)
    return {"how": how, "who": wrap.who} | wrap.sealed.to_json(algorithm)


def _from_json(written: dict[str, Any]) -> KeyRing:
    """What `_to_json` wrote, or a program of before; ValueError for anything else."""
    match written:
        case {"kind": str(), "format": 1, "book": str(book), "cipher": cipher, "wraps": list(wraps), **more} if (
            cipher == CIPHER and not more
        ):
            return _checked(KeyRing(_name(book), older=tuple(map(_wrap, wraps))))
        case {
            "kind": str(), "format": 2, "book": str(book), "algorithms": algorithms, "register": str(register),
            "slots": list(slots), "older": list(older), "proof": str(proof), **more,
        } if algorithms == _ALGORITHMS and not more:  # fmt: skip
            said = {key: value for key, value in written.items() if key != "proof"}
            ring = KeyRing(_name(book), tuple(map(_slot, slots)), bytes.fromhex(register), tuple(map(_wrap, older)))
            return replace(_checked(ring), witness=Witness(chain.canonical(said).encode(), _of_size(proof, {KEY_SIZE})))
    raise ValueError("no keys")


def _checked(ring: KeyRing) -> KeyRing:
    everybody: tuple[Wrap | Slot, ...] = (*ring.slots, *ring.older)
    named = {(each.holder, each.who) for each in everybody}
    if len(named) != len(everybody) or len(everybody) > _MOST or len(ring.register_public) not in {0, KEY_SIZE}:
        raise ValueError("the same twice, or too much")
    return ring


def _slot(written: Any) -> Slot:
    """One of them; ValueError for anything else."""
    match written:
        case {"holder": str(holder), "who": str(who), "public": str(public), "key": str(key), "register": str(register), **more} if (
            more.keys() <= {"passphrase", "stick"}
        ):  # fmt: skip
            box = {KEY_SIZE + TO_PUBLIC_ADDS}
            passphrase = Sealed.from_json(more["passphrase"], SEAL) if "passphrase" in more else None
            stick, name = _stick(more["stick"]) if "stick" in more else (None, b"")
            return Slot(
                Holder(holder), who, _of_size(public, {KEY_SIZE}), _of_size(key, box), _of_size(register, box | {0}),
                passphrase, stick, name,
            )  # fmt: skip
    raise ValueError("no slot")


def _stick(written: Any) -> tuple[Sealed, bytes]:
    match written:
        case {"name": str(name), **sealed}:
            return Sealed.from_json(sealed, RANDOM_SEAL), bytes.fromhex(name)
    raise ValueError("no key file")


def _wrap(written: Any) -> Wrap:
    match written:
        case {"how": str(how), "who": str(who), **sealed} if how in _OLDER:
            holder, algorithm = _OLDER[how]
            return Wrap(holder, who, Sealed.from_json(sealed, algorithm))
    raise ValueError("no slot of format 1")


def _name(book: str) -> str:
    return _of_size(book, {NAME_SIZE}).hex()


def _of_size(digits: str, sizes: Collection[int]) -> bytes:
    found = bytes.fromhex(digits)
    if len(found) not in sizes:
        raise ValueError("of another length")
    return found
