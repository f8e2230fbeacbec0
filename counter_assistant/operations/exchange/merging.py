"""一包接到哪里：逐条核对以后，接到那一本的末尾，或者从分开的那一条起另成一份；前面缺的，等着."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import dropwhile

from counter_assistant.domain.entry import BookOpened, EntryKind
from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.exchange.strand import Strand, Way, place
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, unfinished
from counter_assistant.storage.ciphers import Pair
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import Bundle, copy_bundle, damaged, read_bundle
from counter_assistant.storage.exchange.bundle_manifest import Manifest
from counter_assistant.storage.exchange.progress import Heard, Step, telling, unheard
from counter_assistant.storage.exchange.taking_in import CONTRADICTS
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.line import Line

_SIZE = 32
_KINDS = frozenset(kind.value for kind in EntryKind)


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a bundle: why it was rejected, if it was, and how many of its entries were new. `joined` are the bundles that had waited
    and of which something came with it."""

    outcome: Outcome
    why: str = ""
    new: int = 0
    joined: tuple[tuple[Bundle, Merged], ...] = ()


STOPPED = "bundle-stopped"
"""The code of the refusal by which whoever hears how far it is has it stop."""


def bring(books: BranchBooks, bundle: Bundle, pair: Pair, heard: Heard = unheard) -> Merged:
    """Puts a bundle where it belongs, and then what had waited for it. One that fits to nothing that is there waits; its file is copied
    before anything is read of it, so that nothing that becomes of the stick matters.

    Whatever comes in which order, and however often, leads to the same strands: merging is a union. `heard` hears how far it is, and may have it
    stop: of the bundle nothing is there then, and what had waited goes on waiting until something is brought again.

    Raises:
        Refusal: `bundle-newer`, `bundle-damaged`, `branch-moved`; what `Bundle.opened`, `copy_bundle`, `BranchBooks`, `heard` and the engine
            refuse. Nothing has changed then.
    """
    key = bundle.opened(pair)
    books.prepare()
    waits = books.waiting / f"{bundle.id}.bundle"
    held = copy_bundle(bundle, unfinished(waits, "part"))
    try:
        merged = _merge(books, held, key, heard)
        if merged.outcome is Outcome.WAITS:
            give_name(held.path, waits)
    finally:
        with suppress(OSError):
            held.path.unlink(missing_ok=True)
    if merged.outcome is not Outcome.TAKEN:
        return merged
    return replace(merged, joined=tuple(_waited(books, bundle.manifest.said.book, pair, heard)))


def _merge(books: BranchBooks, bundle: Bundle, key: bytes, heard: Heard) -> Merged:
    try:
        brought = _brought(bundle, key, heard)
        with books.strands(brought.book) as strands:
            where = place(brought, strands)
            new = brought.entries - where.shared
            first = "" if where.way is Way.KNOWN else brought.at(where.shared + 1) if where.strand else ""
        match where.way, where.strand:
            case Way.WAITS, _:
                return Merged(Outcome.WAITS)
            case Way.KNOWN, _:
                return Merged(Outcome.TAKEN)
            case Way.GROWS, Strand(name=name):
                books.grow(name, where.shared, _after(bundle, key, where.shared), heard)
            case Way.PARTS, Strand() as strand:
                books.part(strand, first, brought.first, _after(bundle, key, brought.first), heard)
            case _:
                books.begin(brought.book, _after(bundle, key, 0), heard)
    except Refusal as refusal:
        if refusal.code == CONTRADICTS:
            return Merged(Outcome.REJECTED, refusal.sentence)
        raise
    return Merged(Outcome.TAKEN, new=new)


def _waited(books: BranchBooks, book: str, pair: Pair, heard: Heard) -> Iterator[tuple[Bundle, Merged]]:
    """What had waited for entries of a book and fits now, one after the other, until nothing more does. What another key opens goes on
    waiting."""
    fits = True
    while fits:
        fits = False
        for path in sorted(books.waiting.glob("*.bundle")):
            try:
                bundle = read_bundle(path)
                if bundle.manifest.said.book != book or not _follows_on(books, bundle.manifest):
                    continue
                merged = _merge(books, bundle, bundle.opened(pair), heard)
            except Refusal as refusal:
                if refusal.code == STOPPED:
                    return
                continue
            if merged.outcome is not Outcome.WAITS:
                yield bundle, merged
                path.unlink()
                fits = True


def _follows_on(books: BranchBooks, manifest: Manifest) -> bool:
    """Whether the entry is there after which a bundle begins; asked before any of it is opened."""
    with books.strands(manifest.said.book) as strands:
        return any(each.has(manifest.after, manifest.before) for each in strands)


def _after(bundle: Bundle, key: bytes, seq: int) -> Iterator[Line]:
    """The entries of a bundle after a number, one after the other."""
    return dropwhile(lambda line: line.seq <= seq, map(Line.from_text, bundle.texts(key)))


def _brought(bundle: Bundle, key: bytes, heard: Heard) -> Strand:
    """What a bundle brings, once each of its entries follows the one before it, with the content that it had, up to the head that its
    sender signed. Of each only the hash is kept.

    Raises:
        Refusal: `bundle-contradicts`, `bundle-newer`, `bundle-damaged`; what `heard` refuses.
    """
    manifest, said = bundle.manifest, bundle.manifest.said
    seq, previous = manifest.after, bytes.fromhex(manifest.before)
    hashes = bytearray(previous)
    if not seq and previous != chain.START:
        raise Refusal(CONTRADICTS, "第 1 条记录前面还有别的。", "请网点重新做一份。")
    for text in telling(Step.VERIFIED, bundle.texts(key), heard):
        try:
            line = Line.from_text(text)
        except (ValueError, RecursionError) as error:
            raise damaged(bundle.path.name, seq - manifest.after + 2) from error
        if line.kind not in _KINDS:
            raise Refusal(
                "bundle-newer", f"第 {line.seq} 条记录由更新版本的程序写成。", "请升级中心的程序以后再收一次。"
            )
        if not _follows(line, seq, previous):
            raise Refusal(CONTRADICTS, f"第 {seq + 1} 条记录与哈希链不符。", "请网点核对台账。")
        if line.seq == 1 and _book_of(line) != said.book:
            raise Refusal(CONTRADICTS, "第 1 条记录启用的是另一本台账。", "请网点重新做一份。")
        seq, previous = line.seq, line.hash
        hashes += previous
    if (seq, previous.hex()) != (said.entries, said.head):
        raise Refusal(CONTRADICTS, f"末尾不是所说的第 {said.entries} 条。", "请网点重新做一份。")

    def hash_of(number: int) -> str:
        at = (number - manifest.after) * _SIZE
        return hashes[at : at + _SIZE].hex()

    return Strand("", said.book, said.entries, hash_of, manifest.after)


def _follows(line: Line, seq: int, previous: bytes) -> bool:
    """Whether it is the next entry, whose content can be read at all."""
    try:
        return line.follows(seq, previous)
    except (ValueError, AttributeError, RecursionError):
        return False


def _book_of(line: Line) -> str:
    try:
        return BookOpened.from_payload(chain.parse(line.body or "")).book
    except (ValueError, KeyError, TypeError):
        return ""
