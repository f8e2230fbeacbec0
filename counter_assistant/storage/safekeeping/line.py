"""一条记录写成一行：流水、备份的增量和导出都用这一种写法.

    line = canonical JSON of {seq, time, kind, visibility, algorithm, inner, hash, uuid, salt, body}

`inner`, `hash` and `salt` in hex; `body` is the content as the text that was hashed, so that a reader needs no JSON writer of
its own to verify it. Of a content that was erased, salt and body are null. A file of lines begins with a `Header`; each line
after it is that text, or, under a key, the text packed as contents are (storage/journal/body_codec.py), sealed by itself and written in
base64. No line holds a line break. How the hash follows from the rest: storage/journal/chain.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_assistant.storage import ciphers
from counter_assistant.storage.journal import chain
from counter_assistant.storage.sealing import sealed_text
from counter_assistant.storage.sealing.book_key import BookKey

PLAIN = "plain"
"""How the lines of a book that is not sealed are written: as anybody can read them."""
SEALED = f"{ciphers.LOCKED}, packed"
"""How those of a sealed book are."""
FORMAT = "counter-assistant-lines-1"
_NAMES = ("seq", "time", "kind", "visibility", "algorithm", "inner", "hash", "uuid", "salt", "body")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is stored, to the letter. `salt` and `body` are None once the content was erased."""

    seq: int
    time: str
    kind: str
    visibility: str
    algorithm: str
    inner: bytes
    hash: bytes
    uuid: str | None
    salt: bytes | None
    body: str | None

    def to_text(self) -> str:
        """The one way to write it down."""
        salt = None if self.salt is None else self.salt.hex()
        return chain.canonical(
            {name: getattr(self, name) for name in _NAMES}
            | {"inner": self.inner.hex(), "hash": self.hash.hex(), "salt": salt}
        )

    @classmethod
    def from_text(cls, text: str) -> Line:
        """What `to_text` wrote.

        Raises:
            ValueError: it is anything else, if only in its spelling.
        """
        said = chain.parse(text)
        if said.keys() != set(_NAMES):
            raise ValueError("a line of another kind")
        match [said[name] for name in _NAMES]:
            case [
                int(seq), str(time), str(kind), str(visibility), str(algorithm), str(inner), str(hash_),
                (str() | None) as uuid, (str() | None) as salt, (str() | None) as body,
            ] if (salt is None) == (body is None) and datetime.fromisoformat(time):  # fmt: skip
                read = cls(
                    seq, time, kind, visibility, algorithm, bytes.fromhex(inner), bytes.fromhex(hash_), uuid,
                    None if salt is None else bytes.fromhex(salt), body,
                )  # fmt: skip
                if read.to_text() == text:
                    return read
        raise ValueError("a line that is spelled otherwise")

    def follows(self, seq: int, previous: bytes) -> bool:
        """Whether it is the entry after number `seq`, whose hash is `previous`, with the content that it had when it was written."""
        link = chain.Link(self.seq, self.time, self.kind, self.visibility, self.inner, self.algorithm)
        if self.algorithm != chain.ALGORITHM or self.seq != seq + 1 or link.hash(previous) != self.hash:
            return False
        if self.salt is None or self.body is None:
            return True
        return (
            chain.inner_digest(self.salt, self.body) == self.inner
            and chain.parse(self.body).get("request", {}).get("uuid") == self.uuid
        )


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a file of lines: of which book (`book` is its unique name), and how each line is written.

    `key` names the key in hex, as the first bytes of the book's file do, and is empty for plain lines. All contents are gone from
    the file that entries up to number `erased` erase.
    """

    book: str
    algorithm: str
    key: str
    erased: int = 0

    @property
    def like(self) -> tuple[str, str, str]:
        """What two files have in common that the same lines may stand in."""
        return self.book, self.algorithm, self.key

    def to_text(self) -> str:
        """The one way to write it down."""
        return chain.canonical({"format": FORMAT, **{name: getattr(self, name) for name in self.__slots__}})

    @classmethod
    def from_text(cls, text: str) -> Header:
        """What `to_text` wrote.

        Raises:
            ValueError: it is anything else.
        """
        match chain.parse(text):
            case {
                "format": format_, "book": str(book), "algorithm": str(algorithm), "key": str(key), "erased": int(erased), **more
            } if format_ == FORMAT and not more:  # fmt: skip
                return cls(book, algorithm, key, erased)
        raise ValueError("no header of lines")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How lines are written: under the key of a sealed book, or plain where there is none."""

    key: BookKey | None

    def header(self, book: str, erased: int = 0) -> Header:
        """The header of a file that is written so."""
        if self.key is None:
            return Header(book, PLAIN, "", erased)
        return Header(book, SEALED, self.key.name.hex(), erased)

    def write(self, line: Line) -> bytes:
        """A line without its end."""
        text = line.to_text()
        return text.encode() if self.key is None else sealed_text.write(self.key.of_lines, text)

    def read(self, written: bytes) -> Line:
        """What `write` wrote.

        Raises:
            ValueError: it is anything else.
        """
        return Line.from_text(written.decode() if self.key is None else sealed_text.read(self.key.of_lines, written))
