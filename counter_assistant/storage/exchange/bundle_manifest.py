"""交换包的末尾一行：给谁、哪一本台账、从第几条到第几条、里面是什么的摘要、钥匙封给谁、谁签的名."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.storage.journal import chain

FORMAT = "counter-assistant-bundle-1"
CENTRE = "centre"
"""For whom a bundle is that a branch brings; any other is for the installation of that code."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself, openly: for whom it is (`to`), what its sender says of its own book (`statement`, to the letter), after
    which entry, number and hash (`after`, `before`), it begins; how many texts it holds, and digest and length of all lines before this one.

    `box` is its key, sealed to the public half `sealed_to`; `opens` that to which an answer is sealed. All of it in hex.
    """

    to: str
    statement: str
    after: int
    before: str
    lines: int
    digest: str
    size: int
    sealed_to: str
    box: str
    opens: str
    algorithm: str
    key: str
    signature: str = ""

    @property
    def said(self) -> HeadStatement:
        """What the sender says of its book."""
        return HeadStatement.from_text(self.statement)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that signed it."""
        return fingerprint(self.algorithm, self.key)

    @property
    def signed(self) -> bytes:
        """What is signed of it."""
        said = {name: getattr(self, name) for name in self.__slots__ if name != "signature"}
        return f"{FORMAT}\0{chain.canonical(said)}".encode()

    @property
    def line(self) -> bytes:
        """The one way to write it down."""
        return chain.canonical({name: getattr(self, name) for name in self.__slots__}).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Manifest:
        """What `line` wrote.

        Raises:
            ValueError: it is anything else.
        """
        written = chain.parse(line.decode())
        if written.keys() != set(cls.__slots__):
            raise ValueError("no manifest of a bundle")
        for name in cls.__slots__:
            if type(written[name]) is not (int if name in _NUMBERS else str):
                raise ValueError(f"{name} is of another type")
        read = cls(**written)
        said, sizes = read.said, (read.after, read.lines, read.size)
        if read.line != line or min(sizes) < 0 or len(bytes.fromhex(read.before)) != hashlib.sha256().digest_size:
            raise ValueError("a manifest that is spelled otherwise")
        if any(
            bytes.fromhex(digits).hex() != digits
            for digits in (read.before, read.signature, read.key, read.box, read.opens)
        ):
            raise ValueError("hex in large letters, which would let one bundle have two digests")
        if read.to == CENTRE and read.after + read.lines != said.entries:
            raise ValueError("another number of entries")
        return read


_NUMBERS = frozenset(("after", "lines", "size"))
