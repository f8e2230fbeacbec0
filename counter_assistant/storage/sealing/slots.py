"""能打开台账的一份：每人、恢复单、本中心各有一对钥匙，台账的钥匙封给公开的一半.

The secret half of a person is sealed under a passphrase, under a key file, or under each; that of the sheet follows from what
stands on it, and the centre keeps its own. So whoever has the key of the book can seal another to everybody, and needs nobody.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from counter_assistant.domain.people.passphrase import typed_passphrase
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Pair, Sealed
from counter_assistant.storage.sealing.book_key import BookKey

OF_SHEET = "blake2b, x25519"
"""How the key of the sheet follows from it."""


class Holder(StrEnum):
    """Whose a slot is; its value is how it stands in the file."""

    PERSON = "person"
    SHEET = "sheet"
    CENTRE = "centre"


@dataclass(frozen=True)
class Stick:
    """A key file: its name, by which a slot knows it, and what it holds."""

    name: bytes
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Slot:
    """One that opens the book: a person, named by staff number, or the sheet or the centre, which have no name.

    `key` is the key of the book sealed to `public`, `register` the secret half of the key of the registers, empty for whoever is no
    keeper. `passphrase` and `stick` are the secret half under either of the two; `stick_name` says under which file.
    """

    holder: Holder
    who: str
    public: bytes
    key: bytes
    register: bytes = b""
    passphrase: Sealed | None = None
    stick: Sealed | None = None
    stick_name: bytes = b""

    @property
    def digest(self) -> str:
        """What tells it from another slot of the same person, in hex; it says nothing of what opens it."""
        return hashlib.blake2b(self.public, digest_size=16, person=b"slot of keys").hexdigest()


@dataclass(frozen=True)
class Wrap:
    """A slot of format 1: the key of the book itself, sealed under a passphrase or under the sheet."""

    holder: Holder
    who: str
    sealed: Sealed


@dataclass(frozen=True)
class Access:
    """What opening gives: the key of the book, the secret half of who opened it, and the slot, which is a new one where it was
    one of format 1."""

    key: BookKey
    private: bytes = field(repr=False)
    slot: Slot


def person_access(key: BookKey, who: str, passphrase: str = "", stick: Stick | None = None) -> Access:
    """A new key of somebody, opened by a passphrase in its one spelling, by a key file, or by each. Takes about a second on
    purpose where there is a passphrase, so nobody should wait for it."""
    pair = ciphers.new_pair()
    slot = Slot(
        Holder.PERSON,
        who,
        pair.public,
        ciphers.seal_to(pair.public, key.secret),
        passphrase=ciphers.seal(pair.secret, passphrase) if passphrase else None,
        stick=ciphers.seal_at_random(pair.secret, stick.secret) if stick else None,
        stick_name=stick.name if stick else b"",
    )
    return Access(key, pair.secret, slot)


def passphrase_slot(key: BookKey, who: str, passphrase: str) -> Slot:
    """A new slot of somebody who chooses a passphrase.

    Raises:
        Refusal: what `typed_passphrase` refuses.
    """
    return person_access(key, who, typed_passphrase(passphrase)).slot


def sheet_pair(secret: bytes) -> Pair:
    """The key that follows from the bytes of a recovery sheet."""
    return ciphers.pair_of(hashlib.blake2b(secret, digest_size=ciphers.KEY_SIZE, person=b"recovery sheet").digest())


def sheet_access(key: BookKey, secret: bytes) -> Access:
    """The slot of a new recovery sheet."""
    pair = sheet_pair(secret)
    return Access(key, pair.secret, Slot(Holder.SHEET, "", pair.public, ciphers.seal_to(pair.public, key.secret)))


def centre_slot(key: BookKey, public: bytes) -> Slot:
    """The slot of the centre, whose secret half is elsewhere.

    Raises:
        ValueError: it is no public half.
    """
    return Slot(Holder.CENTRE, "", public, ciphers.seal_to(public, key.secret))
