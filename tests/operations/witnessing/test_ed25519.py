"""Ed25519 in the auditor's verifier: the vectors of RFC 8032, and the same verdict as the program's library whatever is signed or
malformed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_assistant.storage import ciphers
from tests.operations.safekeeping.auditing import VERIFY
from tests.portion import Portion

VECTORS = [
    line.split()
    for line in (Path(__file__).parent / "fixtures" / "rfc8032.txt").read_text("ascii").splitlines()
    if not line.startswith("#")
]
Signed = tuple[bytes, bytes, bytes]
PRIME, ORDER = VERIFY.PRIME, VERIFY.ORDER


def the_library_says(key: bytes, message: bytes, signature: bytes) -> bool:
    return ciphers.KNOWN[ciphers.ED25519](key, message, signature)


@pytest.mark.parametrize(
    ("secret", "key", "message", "signature"), [row[1:] for row in VECTORS], ids=lambda text: text[:8]
)
def test_each_vector_of_the_rfc_is_right_and_with_one_bit_changed_wrong(
    secret: str, key: str, message: str, signature: str
) -> None:
    said = b"" if message == "-" else bytes.fromhex(message)
    assert ciphers.public_key(bytes.fromhex(secret)).hex() == key
    assert ciphers.sign(bytes.fromhex(secret), said).hex() == signature
    assert VERIFY.ed25519_verify(bytes.fromhex(key), said, bytes.fromhex(signature))
    for at in (0, 31, 32, 63):
        assert not VERIFY.ed25519_verify(bytes.fromhex(key), said, flipped(bytes.fromhex(signature), 8 * at + 2))
    assert not VERIFY.ed25519_verify(bytes.fromhex(key), said + b"\0", bytes.fromhex(signature))


def test_there_are_all_five_vectors() -> None:
    assert [row[0] for row in VECTORS] == ["TEST-1", "TEST-2", "TEST-3", "TEST-1024", "TEST-SHA(abc)"]


def flipped(data: bytes, bit: int) -> bytes:
    made = bytearray(data)
    made[bit // 8] ^= 1 << bit % 8
    return bytes(made)


def a_secret(chance: random.Random) -> tuple[int, bytes]:
    """A scalar of one's own, so that points can be chosen that no library would make; and its key."""
    scalar = chance.randrange(1, ORDER)
    return scalar, VERIFY.bytes_of(VERIFY.multiplied(scalar, VERIFY.BASE))


def of_small_order(chance: random.Random) -> bytes:
    """The encoding of one of the eight points whose order is at most 8."""
    while True:
        point = VERIFY.point_of(chance.randbytes(32))
        if point is not None:
            eighth = VERIFY.multiplied(ORDER, point)
            return bytes(VERIFY.bytes_of(VERIFY.multiplied(chance.randrange(8), eighth)))


def signed(chance: random.Random, *, key_twist: bytes = b"", nonce_twist: bytes = b"") -> Signed:
    """A signature made by hand. A twist is a point of small order that is added to the key, or to the point of the signature."""
    scalar, key = a_secret(chance)
    nonce, point = a_secret(chance)
    if key_twist:
        key = VERIFY.bytes_of(VERIFY.added(VERIFY.point_of(key), VERIFY.point_of(key_twist)))
    if nonce_twist:
        point = VERIFY.bytes_of(VERIFY.added(VERIFY.point_of(point), VERIFY.point_of(nonce_twist)))
    message = chance.randbytes(chance.randrange(90))
    hashed = int.from_bytes(VERIFY.hashlib.sha512(point + key + message).digest(), "little") % ORDER
    return key, message, point + ((nonce + hashed * scalar) % ORDER).to_bytes(32, "little")


def _honest(chance: random.Random) -> Signed:
    secret, message = chance.randbytes(32), chance.randbytes(chance.randrange(300))
    return ciphers.public_key(secret), message, ciphers.sign(secret, message)


def _bit_of_the_signature(chance: random.Random) -> Signed:
    key, message, signature = _honest(chance)
    return key, message, flipped(signature, chance.randrange(512))


def _bit_of_the_key(chance: random.Random) -> Signed:
    key, message, signature = _honest(chance)
    return flipped(key, chance.randrange(256)), message, signature


def _larger_scalar(chance: random.Random) -> Signed:
    """The same scalar once more by the order of the group, which whoever has a right signature can make."""
    key, message, signature = _honest(chance)
    larger = int.from_bytes(signature[32:], "little") + ORDER * chance.randrange(1, 8)
    return key, message, signature[:32] + larger.to_bytes(32, "little")


def _small_key(chance: random.Random) -> Signed:
    """A key of small order, with which one signature is right for an eighth of all messages at least."""
    scalar = chance.randrange(ORDER)
    point = VERIFY.bytes_of(VERIFY.multiplied(scalar, VERIFY.BASE))
    return of_small_order(chance), chance.randbytes(9), point + scalar.to_bytes(32, "little")


def _small_point(chance: random.Random) -> Signed:
    scalar, key = a_secret(chance)
    point, message = of_small_order(chance), chance.randbytes(9)
    hashed = int.from_bytes(VERIFY.hashlib.sha512(point + key + message).digest(), "little") % ORDER
    return key, message, point + (hashed * scalar % ORDER).to_bytes(32, "little")


def _large_coordinate(chance: random.Random) -> Signed:
    """One of the nineteen encodings whose y is not below the prime, as key or as point."""
    key, message, signature = _honest(chance)
    odd = (chance.randrange(PRIME, 2**255) | chance.randrange(2) << 255).to_bytes(32, "little")
    return (odd, message, signature) if chance.randrange(2) else (key, message, odd + signature[32:])


def _another_length(chance: random.Random) -> Signed:
    key, message, signature = _honest(chance)
    cut = chance.randrange(1, 64)
    return chance.choice(
        [(key[:-1], message, signature), (key + b"\0", message, signature), (key, message, signature[:-cut])]
    )


def _random(chance: random.Random) -> Signed:
    return chance.randbytes(32), chance.randbytes(9), chance.randbytes(64)


CASES: tuple[Callable[[random.Random], Signed], ...] = (
    _honest, _bit_of_the_signature, _bit_of_the_key, _larger_scalar, _small_key, _small_point, _large_coordinate, _another_length, _random,
    signed, lambda chance: signed(chance, key_twist=of_small_order(chance)),
    lambda chance: signed(chance, nonce_twist=of_small_order(chance)),
    lambda chance: signed(chance, key_twist=of_small_order(chance), nonce_twist=of_small_order(chance)),
)  # fmt: skip


@pytest.mark.nightly("ed25519")
def test_the_verifier_agrees_with_the_program_s_library(portion: Portion) -> None:
    """GIVEN signatures right, wrong, malformed, and made by hand with points of small order THEN both say the same of each."""
    right = 0
    for n in range(portion.times(10_000, sample=13 * 12)):
        case = CASES[n % len(CASES)](portion.chance)
        verdict = VERIFY.ed25519_verify(*case)
        assert verdict is the_library_says(*case), (n, case)
        right += verdict
    assert right
