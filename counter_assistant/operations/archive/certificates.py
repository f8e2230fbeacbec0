"""销毁清册：从台账里的清除记录得出每一份，编号、两个人、依据、哪些编号、台账的头前后是什么."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counter_assistant.domain.cases.destruction import Certificate, DestroyedPaper
from counter_assistant.domain.entry import Entry, EntryKind, PayloadErased
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.storage.erasing.erasure_check import named_by


def certificates(office: Office) -> tuple[Certificate, ...]:
    """Every certificate of the book, the oldest first."""
    found: dict[str, list[tuple[Entry, PayloadErased]]] = {}
    for entry, said in _erasures(office):
        found.setdefault(said.certificate, []).append((entry, said))
    return tuple(_read(office, number, erasures) for number, erasures in found.items())


def certificate_of(office: Office, number: str, after: int = 0) -> Certificate:
    """The certificate of a number; `after`: an entry before it, where one is known.

    Raises:
        Refusal: `certificate-unknown`.
    """
    erasures = [(entry, said) for entry, said in _erasures(office, after) if said.certificate == number]
    if not erasures:
        raise Refusal("certificate-unknown", f"没有销毁清册 {number}。", "请核对编号；有哪些，用 archive check 查看。")
    return _read(office, number, erasures)


def certificates_after(office: Office, seq: int) -> tuple[Certificate, ...]:
    """The certificates of what was destroyed after an entry, given by number, the oldest first."""
    numbers = dict.fromkeys(said.certificate for _, said in _erasures(office, seq))
    return tuple(certificate_of(office, number, seq) for number in numbers)


def _erasures(office: Office, after: int = 0) -> Iterator[tuple[Entry, PayloadErased]]:
    for entry in office.book.entries(EntryKind.PAYLOAD_ERASED, after=after):
        said = None if entry.erased else PayloadErased.from_payload(entry.payload)
        if said and said.certificate:
            yield entry, said


def _read(office: Office, number: str, erasures: list[tuple[Entry, PayloadErased]]) -> Certificate:
    first, said, last = erasures[0][0], erasures[0][1], erasures[-1][0]
    named = [(named_by(entry.uuid), erased) for entry, erased in erasures]
    roots = {seq: _root(office, seq) for seq, _ in named}
    entries = office.book.at(set(roots.values()) | {first.seq - 1})
    papers = sorted(
        (
            roots[seq],
            DestroyedPaper(
                erased.left["card"]["number"], SlipKind(erased.left["card"]["kind"]), entries[roots[seq]].time.date()
            ),
        )
        for seq, erased in named
        if entries[roots[seq]].kind is EntryKind.SLIP_ISSUED
    )
    return Certificate(
        number, last.time, said.by, said.second, said.reason, date.fromisoformat(said.copies_by),
        tuple(paper for _, paper in papers), len(named) - len(papers), (first.seq - 1, entries[first.seq - 1].hash.hex()),
        (last.seq, last.hash.hex()),
    )  # fmt: skip


def _root(office: Office, seq: int) -> int:
    """The entry that an erasure erases in the end, where it names an earlier erasure."""
    entry = office.book.at((seq,))[seq]
    while entry.kind is EntryKind.PAYLOAD_ERASED:
        seq = named_by(entry.uuid)
        entry = office.book.at((seq,))[seq]
    return seq
