"""Branches as far as a centre sees them: entries that are linked as a book links them, clones of one, and the bundles that each sends."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.entry import BookOpened, EntryKind
from counter_assistant.domain.papers.paper_entry import Card, Registered
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.operations.exchange.sending import manifest_of
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.bundle_file import Sender, write_bundle
from counter_assistant.storage.exchange.bundle_manifest import CENTRE
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.safekeeping.line import Line
from tests.make import NOW

OPENING = ciphers.pair_of(bytes(range(32)))
"""The centre's key for opening books."""
SERIES = "notification_slip/2026/耿一"


def a_sender(seed: int = 7) -> tuple[Sender, Pair]:
    """Who signs, and the pair to which an answer is sealed."""
    secret, pair = bytes([seed]) * 32, ciphers.pair_of(bytes([seed + 1]) * 32)
    return Sender(Signer(ciphers.ED25519, ciphers.public_key(secret).hex(), secret), pair.public), pair


@dataclass
class Branch:
    """One installation with its book; what was copied from it goes on by itself."""

    chance: random.Random
    installation: str = "530926"
    name: str = ""
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.name = self.name or f"{self.chance.getrandbits(128):032x}"
        self.lines: list[Line] = []
        self.slips = 0
        self.append(EntryKind.BOOK_OPENED, BookOpened(self.name, self.installation).to_payload())

    @property
    def end(self) -> int:
        """How many entries it has."""
        return len(self.lines)

    def append(self, kind: EntryKind, payload: dict[str, Any]) -> None:
        """Links another entry, as a book does."""
        body, salt = chain.canonical({"schema": 1, **payload}), self.chance.randbytes(chain.SALT_LENGTH)
        self.now += timedelta(minutes=1)
        link = chain.Link(self.end + 1, self.now.isoformat(), kind, kind.visibility, chain.inner_digest(salt, body))
        previous = self.lines[-1].hash if self.lines else chain.START
        self.lines.append(
            Line(link.seq, link.time, link.kind, link.visibility, link.algorithm, link.inner, link.hash(previous), None, salt, body)
        )  # fmt: skip

    def go_on(self, acts: int) -> None:
        """Some slips, some calls."""
        for _ in range(acts):
            if self.chance.random() < 0.6:
                self.slips += 1
                card = Card(
                    f"耿一-告-2026-{self.slips:04d}", "notification_slip", self.chance.choice("岩罕玉香"), "B08", "租房提取",
                    "2026-11-23", "李某", f"{self.chance.randrange(10000):04d}",
                )  # fmt: skip
                self.append(EntryKind.SLIP_ISSUED, Registered(SERIES, self.slips, card).to_payload() | {"slip": {}})
            else:
                noted = CallNoted(f"来电 {self.chance.random()}", "", "0001", "phone")
                self.append(EntryKind.INQUIRY, noted.to_payload())

    def copied(self, upto: int = 0) -> Branch:
        """A copy of its book, as it is or as it was after an entry: a clone, or an old backup that was put back."""
        other = Branch(self.chance, self.installation, self.name, self.now)
        other.lines = self.lines[: upto or self.end]
        other.slips = sum(line.kind == EntryKind.SLIP_ISSUED for line in other.lines)
        return other

    @property
    def said(self) -> HeadStatement:
        """What it says of its book now."""
        return HeadStatement(self.name, self.end, self.lines[-1].hash.hex(), self.installation, self.now.isoformat())

    def send(self, path: Path, after: int = 0, sender: Sender | None = None, **changes: Any) -> Path:
        """A bundle for the centre."""
        before = self.lines[after - 1].hash.hex() if after else ""
        manifest = replace(manifest_of(CENTRE, self.said, after, before), **changes)
        texts = (line.to_text() for line in self.lines[after:])
        write_bundle(path, manifest, sender or a_sender()[0], OPENING.public, texts)
        return path


def chains_of(branches: list[Branch]) -> Iterator[tuple[bytes, ...]]:
    """The whole course of each."""
    for branch in branches:
        yield tuple(line.hash for line in branch.lines)
