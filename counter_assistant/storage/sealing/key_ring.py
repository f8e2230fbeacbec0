"""密封台账的钥匙文件 book.keys：同一把随机的钥匙，用每个人的口令、用恢复单各封一份.

It lies beside the book and goes with every copy of it. Whoever has both needs a passphrase or the sheet; the cost of each
guess is written beside what it opens. Every algorithm is named, so that another can follow.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from counter_assistant.domain.people.passphrase import normal, typed_passphrase
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of, write_atomic
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost, Sealed
from counter_assistant.storage.sealing.book_key import CIPHER, NAME_SIZE, BookKey

NAME = "book.keys"
KIND, FORMAT = "counter-assistant-book-keys", 1
_LARGEST = 1 << 20
_MOST = 500


class How(StrEnum):
    """What opens a wrap; its value is how it stands in the file."""

    PASSPHRASE = "passphrase"
    SHEET = "sheet"

    @property
    def algorithm(self) -> str:
        return ciphers.SEAL if self is How.PASSPHRASE else ciphers.RANDOM_SEAL


@dataclass(frozen=True)
class Wrap:
    """The key of the book, sealed for one person, who is named by staff number, or for the sheet, which has no name."""

    how: How
    who: str
    sealed: Sealed


@dataclass(frozen=True)
class KeyRing:
    """The file: `book` is the name that the key gives the book, in hex."""

    book: str
    wraps: tuple[Wrap, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who has a passphrase, by staff number."""
        return tuple(wrap.who for wrap in self.wraps if wrap.how is How.PASSPHRASE)

    def by_passphrase(self, who: str, passphrase: str) -> BookKey:
        """The key, opened by somebody's passphrase.

        Raises:
            Refusal: `no-passphrase-of` (nobody of that number has one), `wrong-passphrase`, `keys-damaged`.
        """
        wrap = self._wrap(How.PASSPHRASE, who)
        if wrap is None:
            raise Refusal(
                "no-passphrase-of", f"工号 {who} 还没有打开台账的口令。", "请有口令的同事先打开，再为其添加。"
            )
        return self._opened(wrap, lambda sealed: ciphers.unseal(sealed, normal(passphrase)), _wrong_passphrase)

    def by_sheet(self, secret: bytes) -> BookKey:
        """The key, opened by the bytes of the recovery sheet.

        Raises:
            Refusal: `wrong-sheet` (that of another book, or an earlier one of this), `keys-damaged`.
        """
        wrap = self._wrap(How.SHEET, "")
        if wrap is None:
            raise _wrong_sheet()
        return self._opened(wrap, lambda sealed: ciphers.unseal_random(sealed, secret), _wrong_sheet)

    def with_passphrase(self, key: BookKey, who: str, passphrase: str) -> KeyRing:
        """The file with a new passphrase of somebody, in place of the one there was.

        Raises:
            Refusal: what `typed_passphrase` refuses.
        """
        return self.with_wrap(passphrase_wrap(key, who, passphrase))

    def with_sheet(self, key: BookKey, secret: bytes) -> KeyRing:
        """The file with a new recovery sheet; an earlier one opens it no more."""
        return self.with_wrap(Wrap(How.SHEET, "", ciphers.seal_at_random(key.secret, secret)))

    def without(self, who: str) -> KeyRing:
        """The file without somebody's passphrase.

        Raises:
            Refusal: `no-passphrase-of`, `last-passphrase` (nobody else has one).
        """
        if self._wrap(How.PASSPHRASE, who) is None:
            raise Refusal("no-passphrase-of", f"工号 {who} 没有打开台账的口令。", "请核对工号。")
        if len(self.people) == 1:
            raise Refusal("last-passphrase", "这是最后一个人的口令，不能去掉。", "请先为另一位同事添加口令。")
        return replace(self, wraps=tuple(wrap for wrap in self.wraps if (wrap.how, wrap.who) != (How.PASSPHRASE, who)))

    def _wrap(self, how: How, who: str) -> Wrap | None:
        return next((wrap for wrap in self.wraps if (wrap.how, wrap.who) == (how, who)), None)

    def with_wrap(self, new: Wrap) -> KeyRing:
        """The file with a wrap more, in place of the one that opened it for the same person, or as the sheet."""
        kept = (wrap for wrap in self.wraps if (wrap.how, wrap.who) != (new.how, new.who))
        return replace(self, wraps=(*kept, new))

    def _opened(self, wrap: Wrap, unseal: Callable[[Sealed], bytes | None], wrong: Callable[[], Refusal]) -> BookKey:
        try:
            secret = unseal(wrap.sealed)
            key = None if secret is None else BookKey(secret)
        except ValueError as error:
            raise _damaged() from error
        if key is None:
            raise wrong()
        if key.name.hex() != self.book:
            raise _damaged()
        return key


def passphrase_wrap(key: BookKey, who: str, passphrase: str) -> Wrap:
    """The key, sealed for somebody under a passphrase. Takes about a second on purpose, so nobody should wait for it.

    Raises:
        Refusal: what `typed_passphrase` refuses.
    """
    return Wrap(How.PASSPHRASE, who, ciphers.seal(key.secret, typed_passphrase(passphrase)))


def new_ring(key: BookKey) -> KeyRing:
    """The file of a new key, which opens for nobody yet."""
    return KeyRing(key.name.hex())


def new_key() -> BookKey:
    """A new key of a book."""
    return BookKey(ciphers.random_bytes(ciphers.KEY_SIZE))


def has_keys(folder: Path) -> bool:
    """Whether a file of keys lies in a folder."""
    return (folder / NAME).is_file()


def read_ring(folder: Path) -> KeyRing:
    """The keys that lie beside the book of a folder.

    Raises:
        Refusal: `book-keys-missing`, `keys-unreadable`, `keys-foreign` (it is something else), `keys-newer`, `keys-damaged`.
    """
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        raise Refusal(
            "book-keys-missing",
            f"台账是密封的，旁边却没有它的钥匙文件 {NAME}。",
            f"请从同一天的备份里把 {NAME} 拷回来。",
        )
    try:
        with path.open("rb") as file:
            written = json.loads(file.read(_LARGEST))
    except OSError as error:
        raise Refusal(
            "keys-unreadable", f"无法读取 {NAME}：{reason_of(error)}。", "请管理员检查权限和磁盘。"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _damaged() from error
    return _from_json(written)


def write_ring(folder: Path, ring: KeyRing) -> None:
    """Writes the keys beside the book, readable by this user alone.

    Raises:
        Refusal: `keys-unsaved`.
    """
    try:
        write_atomic(folder / NAME, json.dumps(_to_json(ring), ensure_ascii=False, indent=1).encode(), 0o600)
    except (OSError, ValueError) as error:
        raise Refusal(
            "keys-unsaved", f"钥匙文件没有存下来：{reason_of(error)}。", "请检查磁盘和权限后重试。"
        ) from error


def _to_json(ring: KeyRing) -> dict[str, Any]:
    wraps = [
        {
            "how": wrap.how.value, "who": wrap.who, "sealed_by": wrap.how.algorithm, "rounds": wrap.sealed.cost.rounds,
            "memory": wrap.sealed.cost.memory, "salt": wrap.sealed.salt.hex(), "box": wrap.sealed.box.hex(),
        }
        for wrap in ring.wraps
    ]  # fmt: skip
    return {"kind": KIND, "format": FORMAT, "book": ring.book, "cipher": CIPHER, "wraps": wraps}


def _from_json(written: Any) -> KeyRing:
    if not isinstance(written, dict) or written.get("kind") != KIND:
        raise Refusal("keys-foreign", f"{NAME} 不是台账的钥匙文件。", f"请从备份里把 {NAME} 拷回来。")
    if type(written.get("format")) is int and written["format"] > FORMAT:
        raise Refusal("keys-newer", f"{NAME} 由更新版本的程序写成。", "请安装新版程序后再打开。")
    match written:
        case {"kind": str(), "format": 1, "book": str(book), "cipher": cipher, "wraps": list(wraps), **more} if (
            cipher == CIPHER and not more and len(wraps) <= _MOST
        ):
            try:
                ring = KeyRing(bytes.fromhex(book).hex(), tuple(map(_wrap, wraps)))
            except (ValueError, OverflowError) as error:
                raise _damaged() from error
            named = {(wrap.how, wrap.who) for wrap in ring.wraps}
            if len(ring.book) == 2 * NAME_SIZE and len(named) == len(wraps):
                return ring
    raise _damaged()


def _wrap(written: Any) -> Wrap:
    """One of them; ValueError for anything else."""
    match written:
        case {
            "how": str(how), "who": str(who), "sealed_by": str(algorithm), "rounds": int(rounds), "memory": int(memory),
            "salt": str(salt), "box": str(box), **more,
        } if not more and algorithm == How(how).algorithm:  # fmt: skip
            return Wrap(How(how), who, Sealed(Cost(rounds, memory), bytes.fromhex(salt), bytes.fromhex(box)))
    raise ValueError("no wrap")


def _damaged() -> Refusal:
    return Refusal("keys-damaged", f"钥匙文件 {NAME} 已损坏。", f"请从备份里把 {NAME} 拷回来；台账本身没有动。")


def _wrong_passphrase() -> Refusal:
    return Refusal("wrong-passphrase", "口令不对，台账没有打开。", "请重新输入；忘了口令的，用恢复单打开。")


def _wrong_sheet() -> Refusal:
    return Refusal("wrong-sheet", "这张恢复单打不开这本台账。", "请找本台账最近一次印的那一张。")
