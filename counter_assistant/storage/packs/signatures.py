"""签名与口令：Ed25519 签名，口令经 argon2id 算成钥匙、用 SecretBox 封存私钥；都经 PyNaCl.

The only module that knows PyNaCl; it is imported when something is signed or verified, never before. Another algorithm, such
as SM2, is a line of `KNOWN` and its functions here; what was signed names its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

ED25519 = "Ed25519"
SEAL = "argon2id13, xsalsa20-poly1305"


class Cost(NamedTuple):
    """What guessing a passphrase costs: rounds, and bytes of memory."""

    rounds: int
    memory: int


COST = Cost(3, 256 << 20)
MOST = Cost(10, 1 << 30)
"""What a key file may ask for at most, so that a damaged one does not stop the PC."""


class Sealed(NamedTuple):
    """A secret that a passphrase opens."""

    cost: Cost
    salt: bytes
    box: bytes


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


def new_secret() -> bytes:
    """The secret half of a new key."""
    from nacl.signing import SigningKey

    return bytes(SigningKey.generate())


def public_key(secret: bytes) -> bytes:
    """The half of a key that anybody may know."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(secret).verify_key)


def sign(secret: bytes, message: bytes) -> bytes:
    """The signature of a message."""
    from nacl.signing import SigningKey

    return SigningKey(secret).sign(message).signature


def seal(secret: bytes, passphrase: str) -> Sealed:
    """A secret under a passphrase."""
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox
    from nacl.utils import random

    salt = random(argon2id.SALTBYTES)
    box = SecretBox(_derived(passphrase, salt, COST))
    return Sealed(COST, salt, bytes(box.encrypt(secret)))


def unseal(sealed: Sealed, passphrase: str) -> bytes | None:
    """The secret; None where it is another passphrase, or what was sealed is damaged.

    Raises:
        ValueError: its cost or salt is none that `seal` gives.
    """
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    if not (0 < sealed.cost.rounds <= MOST.rounds and 0 < sealed.cost.memory <= MOST.memory):
        raise ValueError(f"{sealed.cost} costs too much")
    box = SecretBox(_derived(passphrase, sealed.salt, sealed.cost))
    try:
        return box.decrypt(sealed.box)
    except (CryptoError, ValueError):
        return None


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    return argon2id.kdf(SecretBox.KEY_SIZE, passphrase.encode(), salt, opslimit=cost.rounds, memlimit=cost.memory)
