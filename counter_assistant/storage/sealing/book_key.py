"""台账的钥匙：32 个随机字节；文件开头的 16 个字节由它算出，一看就知道是不是这把."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

CIPHER = "chacha20-poly1305, multiple-ciphers"
"""How the pages of a sealed book are encrypted, as its keys name it."""
PROOF = "blake2b"
"""How whoever has the key tells that somebody who has it wrote its file of keys."""
SIZE, NAME_SIZE = 32, 16
_NEAR = 4


class Witness(NamedTuple):
    """What was read of a file of keys, and the proof that stood with it."""

    said: bytes
    proof: bytes


@dataclass(frozen=True)
class BookKey:
    """The key of one book. It is never shown: not in words, not where an error is reported."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SIZE:
            raise ValueError("a key of another length")

    @cached_property
    def name(self) -> bytes:
        """The first bytes of every file under this key. They say which key it is, and nothing of it."""
        return hashlib.blake2b(self.secret, digest_size=NAME_SIZE, person=b"book of office").digest()

    def proof(self, said: bytes) -> bytes:
        """What shows whoever has the key that nobody without it has written a file of keys."""
        return hashlib.blake2b(said, digest_size=SIZE, key=self.secret, person=b"book.keys").digest()

    def wrote(self, seen: Witness) -> bool:
        """Whether somebody who has the key wrote a file of keys."""
        return hmac.compare_digest(self.proof(seen.said), seen.proof)

    @cached_property
    def of_digests(self) -> bytes:
        """Under what the digests of people's numbers are made (storage/views/people.py). It says nothing of the key."""
        return hashlib.blake2b(self.secret, digest_size=SIZE, person=b"people in views").digest()

    @cached_property
    def of_lines(self) -> bytes:
        """Under what the lines of a journal and of a bundle are sealed (storage/safekeeping/line.py). It says nothing of the key."""
        return hashlib.blake2b(self.secret, digest_size=SIZE, person=b"lines of book").digest()

    @cached_property
    def of_secrets(self) -> bytes:
        """Under what other secrets are sealed that lie beside the book (storage/exchange/kept_secret.py). It says nothing of the key."""
        return hashlib.blake2b(self.secret, digest_size=SIZE, person=b"secrets of book").digest()


def nearly(name: bytes, seen: bytes) -> bool:
    """Whether the first bytes of a file are a name in which some were damaged; by chance none of another key is near."""
    return len(seen) == len(name) and sum(a != b for a, b in zip(name, seen, strict=True)) <= _NEAR
