"""签名与封存：Ed25519 签名，口令经 argon2id 算成钥匙、用 SecretBox 封存，X25519 封给公钥；都经 PyNaCl.

The only module that knows PyNaCl; it is imported when something is signed or opened, never before. Another algorithm, such
as SM2, is a line of `KNOWN` and its functions here; what was signed or sealed names its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal

ED25519 = "Ed25519"
SEAL = "argon2id13, xsalsa20-poly1305"
"""How a passphrase seals."""
RANDOM_SEAL = "blake2b, xsalsa20-poly1305"
"""How random bytes seal, which nobody guesses whatever it costs."""
LOCKED = "xsalsa20-poly1305"
"""How something is sealed under a key of 32 bytes that nobody can guess."""
TO_PUBLIC = "x25519, xsalsa20-poly1305"
"""How something is sealed to whoever has the secret half of a key."""
TO_PUBLIC_ADDS = 48
"""How many bytes more something sealed to a public half has: a public half made for it, and what shows a change."""
KEY_SIZE = 32
_BLAKE_SALT = 16


class Cost(NamedTuple):
    """What guessing a passphrase costs: rounds, and bytes of memory."""

    rounds: int
    memory: int


COST = Cost(3, 256 << 20)
MOST = Cost(10, 1 << 30)
"""What a key file may ask for at most, so that a damaged one does not stop the PC."""
FREE = Cost(0, 0)
"""What it costs to try random bytes."""


class Sealed(NamedTuple):
    """A secret that a passphrase opens, or random bytes do."""

    cost: Cost
    salt: bytes
    box: bytes

    def to_json(self, algorithm: str) -> dict[str, Any]:
        """How it stands in a file, with the name of how it was sealed."""
        cost = {"sealed_by": algorithm, "rounds": self.cost.rounds, "memory": self.cost.memory}
        return cost | {"salt": self.salt.hex(), "box": self.box.hex()}

    @classmethod
    def from_json(cls, written: Any, algorithm: str) -> Sealed:
        """What `to_json` wrote with this algorithm.

        Raises:
            ValueError: it is anything else.
        """
        match written:
            case {
                "sealed_by": sealed_by, "rounds": int(rounds), "memory": int(memory), "salt": str(salt), "box": str(box),
                **more,
            } if sealed_by == algorithm and not more:  # fmt: skip
                return cls(Cost(rounds, memory), bytes.fromhex(salt), bytes.fromhex(box))
        raise ValueError("nothing that was sealed")


def _verify_ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


KNOWN: Mapping[str, Callable[[bytes, bytes, bytes], bool]] = {ED25519: _verify_ed25519}
"""The algorithms that can be verified, each with its function of key, message and signature."""


def public_key(secret: bytes) -> bytes:
    """The half of a key that anybody may know."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(secret).verify_key)


def sign(secret: bytes, message: bytes) -> bytes:
    """The signature of a message."""
    from nacl.signing import SigningKey

    return SigningKey(secret).sign(message).signature


@dataclass(frozen=True)
class Pair:
    """A key of two halves: what is sealed to the public one is opened by the secret one."""

    secret: bytes = field(repr=False)
    public: bytes


def new_pair() -> Pair:
    """A new key of two halves."""
    return pair_of(random_bytes(KEY_SIZE))


def pair_of(secret: bytes) -> Pair:
    """The key with this secret half, which is 32 bytes that nobody can guess.

    Raises:
        ValueError: it is of another length.
    """
    from nacl.public import PrivateKey

    if len(secret) != KEY_SIZE:
        raise ValueError("a secret half of another length")
    return Pair(secret, bytes(PrivateKey(secret).public_key))


def seal_to(public: bytes, plain: bytes) -> bytes:
    """Something sealed to a public half. Nobody without the secret one can open it, not even who sealed it.

    Raises:
        ValueError: it is no public half.
    """
    from nacl.exceptions import CryptoError
    from nacl.public import PublicKey, SealedBox

    try:
        return bytes(SealedBox(PublicKey(public)).encrypt(plain))
    except CryptoError as error:
        raise ValueError("no public half of a key") from error


def open_sealed(secret: bytes, box: bytes) -> bytes | None:
    """What was sealed to the public half; None where it is another's, or damaged."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox

    try:
        return bytes(SealedBox(PrivateKey(secret)).decrypt(box))
    except CryptoError:
        return None


def random_bytes(count: int) -> bytes:
    """Bytes that nobody can foretell."""
    from nacl.utils import random

    return random(count)


def lock(key: bytes, plain: bytes) -> bytes:
    """Something sealed under a key; what it is sealed with besides is drawn anew each time and stands before it."""
    from nacl.secret import SecretBox

    return bytes(SecretBox(key).encrypt(plain))


def unlock(key: bytes, box: bytes) -> bytes | None:
    """What was sealed under the key; None where it was under another, or is damaged."""
    from nacl.secret import SecretBox

    return _opened(SecretBox(key), box)


def seal(secret: bytes, passphrase: str, cost: Cost | None = None) -> Sealed:
    """A secret under a passphrase, at the usual cost where none is given.

    Raises:
        Refusal: `memory-full`.
    """
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    cost, salt = cost or COST, random_bytes(argon2id.SALTBYTES)
    box = SecretBox(_derived(passphrase, salt, cost))
    return Sealed(cost, salt, bytes(box.encrypt(secret)))


def seal_at_random(secret: bytes, key: bytes) -> Sealed:
    """A secret under random bytes, of which there are at least 16."""
    from nacl.secret import SecretBox

    salt = random_bytes(_BLAKE_SALT)
    return Sealed(FREE, salt, bytes(SecretBox(_hashed(key, salt)).encrypt(secret)))


def unseal_random(sealed: Sealed, key: bytes) -> bytes | None:
    """The secret; None where it is another key, or what was sealed is damaged.

    Raises:
        ValueError: its salt is none that `seal_at_random` gives.
    """
    from nacl.secret import SecretBox

    return _opened(SecretBox(_hashed(key, sealed.salt)), sealed.box)


def unseal(sealed: Sealed, passphrase: str) -> bytes | None:
    """The secret; None where it is another passphrase, or what was sealed is damaged.

    Raises:
        ValueError: its cost or salt is none that `seal` gives.
        Refusal: `memory-full`.
    """
    from nacl.secret import SecretBox

    if not (0 < sealed.cost.rounds <= MOST.rounds and 0 < sealed.cost.memory <= MOST.memory):
        raise ValueError(f"{sealed.cost} costs too much")
    return _opened(SecretBox(_derived(passphrase, sealed.salt, sealed.cost)), sealed.box)


def _opened(box: Any, sealed: bytes) -> bytes | None:
    from nacl.exceptions import CryptoError

    try:
        return bytes(box.decrypt(sealed))
    except (CryptoError, ValueError):
        return None


def _hashed(key: bytes, salt: bytes) -> bytes:
    if len(salt) != _BLAKE_SALT:
        raise ValueError("a salt of another length")
    return hashlib.blake2b(key, digest_size=KEY_SIZE, salt=salt).digest()


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    try:
        return argon2id.kdf(SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=cost.rounds, memlimit=cost.memory)
    except (RuntimeError, MemoryError) as error:  # libsodium says no more of memory that it does not get
        raise Refusal("memory-full", "内存不足，没有核对口令。", "请关闭其他程序后重试。") from error
