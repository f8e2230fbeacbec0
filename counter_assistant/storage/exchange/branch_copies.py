"""网点台账的备份：每个放备份的地方有一份，跟着中心收到的换成新的；没有动过的不再拷；核对过才换上，换上的记下摘要，放回时照它核对.

PLACE/branches/  NAME.db, branches.key, witnessed-heads.jsonl, waiting/*.bundle  as in the data folder
                 branches.json  {"format": 1, "kind": "counter-assistant-branch-copies", "strands": {NAME: {"hash", "seq", "sha256", "size"}}}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, make_folder, new_file, read_plain, reason_of, unfinished, write_atomic
from counter_assistant.storage.book import Book
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.engines.sqlite.page_copy import copy_file
from counter_assistant.storage.exchange.branch_books import KEY, BranchBooks
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.backup_folder import being_made, file_of
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.witnessing.cosigned_head import HEADS, LARGEST

HELD = "branches.json"
"""What stands in a place's folder about the copies in it."""
KIND, FORMAT = "counter-assistant-branch-copies", 1
_LARGEST_HELD = 4 << 20
_PIECE = 1 << 20


class Held(NamedTuple):
    """A copy of a strand that was verified: number and hash (in hex) of its last entry, bytes, and the SHA-256 of its file."""

    seq: int
    hash: str
    size: int
    sha256: str


class Copied(NamedTuple):
    """How many strands were copied, and in sentences what was not."""

    strands: int
    warnings: tuple[str, ...]


def copy_branches(books: BranchBooks, places: Sequence[BranchBooks]) -> Copied:
    """Has each place hold every strand as it is now. The first is copied to and verified there; the others get what lies in the first. A copy that holds
    what its strand does not is left as it is, and told.

    Raises:
        Refusal: what `BranchBooks.names` refuses.
    """
    copied, warnings, there = set[str](), list[str](), list[BranchBooks]()
    for place in places:
        try:
            make_folder(place.waiting, 0o700)
            _put_beside(books.folder, place.folder, KEY)
            _follow_heads(books.folder.with_name(HEADS), place.folder / HEADS)
            there.append(place)
        except OSError as error:
            warnings.append(f"网点的台账没有备份到 {place.folder.parent}：{reason_of(error)}。")
    for name in books.names() if there else ():
        try:
            with books.opened(name) as book:
                for place in there:
                    if _is_behind(book, held_in(place).get(name), place):
                        held = _copy(books, name, place) if place is there[0] else held_in(there[0])[name]
                        if place is not there[0]:
                            _carry(there[0], name, place, held)
                        _describe(place, name, held)
                        copied.add(name)
        except Refusal as refusal:
            warnings.append(f"网点的台账 {name} 没有备份：{refusal}")
    if not warnings:
        warnings += [said for place in there if (said := _same_waiting(books, place))]
    return Copied(len(copied), tuple(warnings))


def put_back(books: BranchBooks, place: BranchBooks, told: Callable[[str], object]) -> Copied:
    """Puts what a place holds back into a data folder: each strand that is missing there, that does not open, or of which the copy has more.
    What does not open is kept under another name. `told` hears the name of each that is put."""
    put, warnings = 0, list[str]()
    try:
        if not (copies := held_in(place)):
            return Copied(0, ())
        make_folder(books.waiting, 0o700)
        if not books.names() or not _opens(books):
            _put_beside(place.folder, books.folder, KEY)
        _follow_heads(place.folder / HEADS, books.folder.with_name(HEADS))
        if books.key() != place.key():
            return Copied(0, ("备份里网点的台账是另一把钥匙封的，没有放回；这里的没有动。",))
    except (OSError, Refusal) as error:
        reason = error.sentence if isinstance(error, Refusal) else f"{reason_of(error)}。"
        return Copied(0, (f"网点的台账没有放回：{reason}",))
    for name, held in sorted(copies.items()):
        try:
            if _lacks(books, name, place, held):
                told(name)
                _carry(place, name, books, held)
                put += 1
        except Refusal as refusal:
            warnings.append(f"网点的台账 {name} 没有放回：{refusal}")
    warnings += [said for said in (_same_waiting(place, books, drops=False),) if said]
    return Copied(put, tuple(warnings))


def held_in(place: BranchBooks) -> dict[str, Held]:
    """The copies in a place, by strand. What is not described is none, and is copied again.

    Raises:
        Refusal: what `BranchBooks.names` refuses.
    """
    try:
        written = json.loads(read_plain(place.folder / HELD, _LARGEST_HELD))
        if (written["kind"], written["format"]) != (KIND, FORMAT):
            return {}
        found = {str(name): Held(**held) for name, held in written["strands"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    there = set(place.names())
    return {name: held for name, held in found.items() if name in there}


def _is_behind(book: Book, held: Held | None, place: BranchBooks) -> bool:
    """Whether a copy has less than its strand.

    Raises:
        Refusal: `branch-copy-ahead`; what reading refuses.
    """
    seq, head = book.head()
    if held is None or (held.seq, held.hash) == (seq, head):
        return held is None
    if held.seq > seq or hash_at(book.database, held.seq) != held.hash:
        raise Refusal(
            "branch-copy-ahead",
            f"{place.folder.parent} 里的一份到第 {held.seq} 条，这里的没有它，备份没有动。",
            "请先 branches check 核对这里的一本；坏了的，从备份里拷回来。",
        )
    return True


def _lacks(books: BranchBooks, name: str, place: BranchBooks, held: Held) -> bool:
    """Whether a data folder lacks what a copy has. A file that does not open is moved aside.

    Raises:
        Refusal: `branch-copy-ahead`; what reading refuses.
    """
    if not books.path(name).is_file():
        return True
    try:
        with books.opened(name) as book:
            seq, head = book.head()
            if held.seq <= seq and hash_at(book.database, held.seq) == held.hash:
                return False
    except Refusal as refusal:
        if refusal.code == LOCKED:
            raise
        give_name(books.path(name), books.folder / f"{name}-unreadable-{held.seq}.db")
        return True
    with place.opened(name) as copy:
        if held.seq > seq and hash_at(copy.database, seq) == head:
            return True
    raise Refusal(
        "branch-copy-ahead", f"这里的一本到第 {seq} 条，与备份的不是一条线，没有动。", "请 branches check 核对。"
    )


def _copy(books: BranchBooks, name: str, place: BranchBooks) -> Held:
    """Copies a strand into a place, verifies it there, and gives it its name then.

    Raises:
        Refusal: `branch-copy-unsound`; what `being_made`, `copy_file` and reading refuse.
    """
    source = books.path(name)
    with being_made(place.folder, source.stat().st_size) as unborn:
        made = unborn / source.name
        copy_file(source, made)
        with books.opened_at(made) as copy:
            problems, (seq, head) = copy.check().problems, copy.head()
        if problems:
            raise Refusal(
                "branch-copy-unsound", f"拷贝核对没有通过：{problems[0]}", "以前的一份还在；请先 branches check 核对这里的。"
            )  # fmt: skip
        size, digest = _digest(made)
        give_name(made, place.path(name))
    return Held(seq, head, size, digest)


def _carry(source: BranchBooks, name: str, made: BranchBooks, held: Held) -> None:
    """Copies a file that was verified, and reads it again where it is then.

    Raises:
        Refusal: `branch-copy-not-same`; what `being_made` refuses.
    """
    with being_made(made.folder, held.size) as unborn:
        file = unborn / made.path(name).name
        _write(source.path(name), file)
        if _digest(file) != (held.size, held.sha256):
            raise Refusal(
                "branch-copy-not-same", f"{source.folder.parent} 里的一份和备份时记下的不一样。", "请用另一个地方的备份，或者请网点从头送。"
            )  # fmt: skip
        give_name(file, made.path(name))


def _describe(place: BranchBooks, name: str, held: Held) -> None:
    strands = {each: its._asdict() for each, its in (held_in(place) | {name: held}).items()}
    content = chain.canonical({"kind": KIND, "format": FORMAT, "strands": strands})
    try:
        write_atomic(place.folder / HELD, content.encode(), 0o600)
    except OSError as error:
        raise Refusal("no-backup-place", f"{HELD} 没有写下：{reason_of(error)}。", "请检查磁盘空间和权限。") from error


def _same_waiting(source: BranchBooks, made: BranchBooks, *, drops: bool = True) -> str:
    """Has the same bundles wait in a place: what has joined since waits there no longer. Returns in a sentence what did not succeed."""
    try:
        here = {path.name for path in source.waiting.glob("*.bundle")}
        there = {path.name for path in made.waiting.glob("*.bundle")}
        for name in sorted(here - there):
            _put_beside(source.waiting, made.waiting, name)
        for name in sorted(there - here) if drops else ():
            (made.waiting / name).unlink()
    except OSError as error:
        return f"等着的交换包没有备份到 {made.folder.parent}：{reason_of(error)}。"
    return ""


def _follow_heads(source: Path, made: Path) -> None:
    """Has the record of what the centre signed go on; one that is not its beginning stays."""
    content = read_plain(source, LARGEST) if source.is_file() else b""
    before = read_plain(made, LARGEST) if made.is_file() else b""
    if content != before and content.startswith(before):
        write_atomic(made, content, 0o600)


def _put_beside(source: Path, made: Path, name: str) -> None:
    """Copies a file of a folder, if it is there, into another folder, in place of the one of that name."""
    if (source / name).is_file():
        unborn = unfinished(made / name, "part")
        try:
            _write(source / name, unborn)
            give_name(unborn, made / name)
        finally:
            unborn.unlink(missing_ok=True)


def _write(source: Path, made: Path) -> None:
    with source.open("rb") as content, new_file(made) as out:
        while piece := content.read(_PIECE):
            out.write(piece)


def _digest(path: Path) -> tuple[int, str]:
    file = file_of(path)
    return file.size, file.sha256


def _opens(books: BranchBooks) -> bool:
    try:
        books.key()
    except Refusal:
        return False
    return True
