"""把登记的内容封给保管人：谁都封得进去，只有保管人的钥匙打得开.

    plain = length (4 bytes) ‖ {"act","kind","mark","said"} as canonical JSON ‖ zeros, to 4, 16, 64 … KiB in all
    box   = plain sealed to the public half of the register's key

The length of a box says how long a content is within a factor of four, and nothing else of it. The act and the kind inside hold a
content to its own entry: a copy under another name opens for nobody. The mark is a digest that only the secret half can make,
so that keepers tell what a keeper wrote from what anybody may have sealed to them.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain

ALGORITHM = f"{ciphers.TO_PUBLIC}, padded 1"
SMALLEST, FACTOR = 4096, 4
_LENGTH, _NAME = 4, 8


@dataclass(frozen=True)
class RegisterKey:
    """The key of a register: `public` seals, and `secret`, which is never shown, opens; None for who is no keeper of it."""

    public: bytes
    secret: bytes | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What tells this key from another, and says nothing of its secret half."""
        return hashlib.blake2b(self.public, digest_size=_NAME, person=b"register key").hexdigest()


class SealedPlace(NamedTuple):
    """Where a content belongs: the kind of its entry or draft, and the name of the act."""

    kind: str
    act: str


@dataclass(frozen=True, repr=False)
class Unsealed:
    """What a sealed content says, and whether it was written by somebody who had the secret half."""

    said: dict[str, Any]
    by_keeper: bool


def seal_content(key: RegisterKey, place: SealedPlace, said: Mapping[str, Any]) -> SealedContent:
    """A content that only the register's secret half opens, with a mark where whoever seals it has that."""
    marked = {"kind": place.kind, "act": place.act, "said": said, "mark": _mark(key.secret, place, said)}
    text = chain.canonical(marked).encode()
    size = SMALLEST
    while size < _LENGTH + len(text):
        size *= FACTOR
    plain = (len(text).to_bytes(_LENGTH, "big") + text).ljust(size, b"\0")
    return SealedContent(ALGORITHM, key.name, b64encode(ciphers.seal_to(key.public, plain)).decode())


def open_content(key: RegisterKey, place: SealedPlace, content: SealedContent) -> Unsealed | None:
    """What was sealed; None where it was sealed to another key or in a way not known here, is damaged, or belongs elsewhere.

    Raises:
        ValueError: the secret half is not there.
    """
    if key.secret is None:
        raise ValueError("only the secret half opens a content")
    if (content.by, content.key) != (ALGORITHM, key.name):
        return None
    try:
        plain = ciphers.open_sealed(key.secret, b64decode(content.box, validate=True))
    except ValueError:
        return None
    if plain is None:
        return None
    return _read(key.secret, place, plain)


def _read(secret: bytes, place: SealedPlace, plain: bytes) -> Unsealed | None:
    """What a plain text says: whoever sealed it may have put anything into it."""
    length = int.from_bytes(plain[:_LENGTH], "big")
    try:
        text = plain[_LENGTH : _LENGTH + length].decode()
        written = chain.parse(text)
        if chain.canonical(written) != text:
            return None
    except (ValueError, RecursionError, Refusal):
        return None
    match written:
        case {"kind": place.kind, "act": place.act, "said": dict(said), "mark": str(mark), **more} if not more:
            return Unsealed(said, hmac.compare_digest(mark.encode(), _mark(secret, place, said).encode()))
    return None


def _mark(secret: bytes | None, place: SealedPlace, said: Mapping[str, Any]) -> str:
    if secret is None:
        return ""
    key = hashlib.blake2b(secret, digest_size=32, person=b"register mark").digest()
    text = chain.canonical({"kind": place.kind, "act": place.act, "said": said})
    return hashlib.blake2b(text.encode(), digest_size=32, key=key).hexdigest()
