"""备份：台账的一份完整拷贝，和放在它旁边的说明。"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

KIND, FORMAT = "counter-assistant-backup", 1


class State(StrEnum):
    """核对过没有：whether a copy was opened and found to be a whole book."""

    UNCHECKED = "unchecked"
    VERIFIED = "verified"
    UNSOUND = "unsound"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"unchecked": "未核对", "verified": "已核对", "unsound": "核对没有通过"}[self.value]


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """One file of a copy: its size in bytes, and the SHA-256 of its content in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BookState:
    """What was found in a copy when it was opened: the unique name of the book, how many entries, number and hash (in hex) of the last."""

    book: str
    entries: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class FullCopy:
    """A full copy of a book. `key` names the key that it is under, in hex; empty for one that anybody can read. `holds` is not
    known before somebody who has the key has opened it. `program` is the version that made it."""

    made: datetime
    key: str
    program: str
    files: Mapping[str, CopiedFile] = field(hash=False)
    state: State = State.UNCHECKED
    holds: BookState | None = None

    @property
    def size(self) -> int:
        """How much room it takes, in bytes."""
        return sum(file.size for file in self.files.values())

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, with a digest of all the rest, by which a damaged one is told."""
        holds = self.holds
        said: dict[str, Any] = {
            "kind": KIND, "format": FORMAT, "made": self.made.isoformat(), "key": self.key, "program": self.program,
            "state": self.state.value,
            "files": {name: {"size": file.size, "sha256": file.sha256} for name, file in sorted(self.files.items())},
            "holds": holds and {"book": holds.book, "entries": holds.entries, "seq": holds.seq, "hash": holds.hash},
        }  # fmt: skip
        return said | {"digest": _digest(said)}

    @classmethod
    def from_json(cls, written: object) -> FullCopy:
        """What `to_json` wrote. Raises ValueError for anything else."""
        if not isinstance(written, dict):
            raise ValueError("not an object")
        said = {key: value for key, value in written.items() if key != "digest"}
        match written:
            case {
                "kind": "counter-assistant-backup", "format": 1, "made": str(made), "key": str(key), "program": str(program),
                "state": str(state), "files": dict(files), "holds": holds, "digest": str(digest), **more,
            } if not more and digest == _digest(said):  # fmt: skip
                time = datetime.fromisoformat(made)
                if time.tzinfo is None:
                    raise ValueError("a time without its offset")
                told = {str(name): _file(file) for name, file in files.items()}
                return cls(time, key, program, told, State(state), holds if holds is None else _holds(holds))
        raise ValueError("not what describes a copy")


def _file(written: object) -> CopiedFile:
    match written:
        case {"size": int(size), "sha256": str(sha256)} if size >= 0:
            return CopiedFile(size, sha256)
    raise ValueError("not a file of a copy")


def _holds(written: object) -> BookState:
    match written:
        case {"book": str(book), "entries": int(entries), "seq": int(seq), "hash": str(digest)}:
            return BookState(book, entries, seq, digest)
    raise ValueError("not the state of a book")


def _digest(said: Mapping[str, Any]) -> str:
    """Over every value with its place, in an order that the text of the JSON does not change."""
    digest = hashlib.sha256()
    for part in _parts(said, ""):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _parts(value: object, place: str) -> list[bytes]:
    if isinstance(value, Mapping):
        return [part for key in sorted(value) for part in _parts(value[key], f"{place}/{key}")]
    return [f"{place}={type(value).__name__}:{value}".encode("utf-8", "surrogatepass")]
