"""安装点自己的密钥：签它送出去的交换包，打开发给它的；私密的一半在数据文件夹里，从不离开.

One secret gives both keys, so that one fingerprint, compared once, stands for them: whoever trusts the signature has in it to which key an
answer is sealed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.kept_secret import kept_secret, write_secret
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.sealing.book_key import BookKey

NAME = "installation.key"
"""What the file is called in the data folder."""


@dataclass(frozen=True)
class InstallationKey:
    """What an installation signs with, and the pair to which an answer to it is sealed."""

    signer: Signer
    pair: Pair

    @property
    def fingerprint(self) -> str:
        """What people compare on paper."""
        return fingerprint(self.signer.algorithm, self.signer.key)


def installation_key(folder: Path, key: BookKey | None) -> InstallationKey:
    """The key of an installation, which is made when it is first needed. Where its file is lost, or was left under a key that the book has
    no more, it is another one, and its fingerprint is compared anew.

    Raises:
        Refusal: what `kept_secret` and `write_secret` refuse.
    """
    path = folder / NAME
    secret = kept_secret(path, key)
    if secret is None:
        secret = ciphers.random_bytes(ciphers.KEY_SIZE)
        write_secret(path, key, secret)
    signing, opening = (_derived(secret, use) for use in (b"signs bundles", b"opens bundles"))
    signer = Signer(ciphers.ED25519, ciphers.public_key(signing).hex(), signing)
    return InstallationKey(signer, ciphers.pair_of(opening))


def _derived(secret: bytes, use: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=ciphers.KEY_SIZE, person=use).digest()
