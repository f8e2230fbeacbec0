"""核对台账：哈希链、内容摘要、编号、档案与检索词、数据页.

`integrity_check` alone noticed 3 % of single changed bytes; the chain notices every one that changes content. What the
chain cannot see is its own tail cut off: compare the head with a backup or with the check code on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.storage import drafts
from counter_assistant.storage.engines.engine import DISK, LOCKED, Engine
from counter_assistant.storage.journal import tables
from counter_assistant.storage.journal.records import CheckReport
from counter_assistant.storage.view_check import EntryCheck, Erased, ViewCheck

_LIMIT = 100
_TRIES = 3
Reached = Callable[[int, int], object]
"""Hears which step of how many begins, the first being number 1."""


def unheard(_step: int, _of: int) -> None:
    """Nobody hears it."""


def check(database: Engine, reached: Reached = unheard) -> CheckReport:
    """Every finding, at most a hundred. Never raises for a damaged book; one that another program holds is refused.

    Nothing is held for long, because a reader that holds the file keeps every window from committing. What a disk gives otherwise
    when it is read again was no damage, so what was found is looked for once more.

    Raises:
        Refusal: `book-locked` (another program holds the book, or goes on erasing in it), `disk-error`: nothing is known against the book.
    """
    found = None
    try:
        found = _look(database, reached)
        if found.ok:
            return found
    except Refusal as refusal:
        if refusal.code != DISK:
            raise
    try:
        database.read_anew()
    except Refusal as refusal:
        if found is None or refusal.code == DISK:
            raise
        return found
    return _look(database, reached)


def _look(database: Engine, reached: Reached) -> CheckReport:
    problems: list[str] = []
    parts: tuple[tuple[str, Callable[[Engine], Iterator[str]]], ...] = (
        ("数据页", _below), ("台账内容", _entries), ("草稿", _drafts)
    )  # fmt: skip
    for step, (name, part) in enumerate(parts, 1):
        reached(step, len(parts))
        try:
            problems += islice(part(database), _LIMIT)
        except Exception as error:
            # Whatever cannot be read is itself a finding, but that another program holds the file, or that the disk gives none, is not.
            refusal = error if isinstance(error, Refusal) else database.refusal_of(error)
            if refusal is not None and refusal.code in {LOCKED, DISK}:
                raise refusal from None
            problems.append(f"{name}读不出：{error if isinstance(error, Refusal) else '文件已损坏'}。")
    return CheckReport(_count(database), [readable(problem) for problem in problems[:_LIMIT]])


def _below(database: Engine) -> Iterator[str]:
    return database.problems()


def _entries(database: Engine) -> Iterator[str]:
    for _ in range(_TRIES):
        try:
            yield from _once(database)
            return
        except Erased:
            continue
    raise Refusal(LOCKED, "台账里正在清除到期的内容。", "请过一会儿再核对。")


def _once(database: Engine) -> list[str]:
    """What is wrong with the entries, and with the views where all entries can be read."""
    walked = EntryCheck(database)
    found = [*islice(walked.problems(), _LIMIT)]
    if len(found) == _LIMIT:
        return found
    found += walked.catch_up(database.handle)
    if walked.unreadable is not None:
        return [*found, f"台账内容读不出：{walked.unreadable}。"]
    different = list(ViewCheck(database, walked).differences())
    return [*found, *walked.faults, *different]


def _drafts(database: Engine) -> Iterator[str]:
    if database.shared and database.desk is database:
        return iter(())  # whoever looks after a server has no desk
    return drafts.faults(database.desk.handle)


def _count(database: Engine) -> int:
    try:
        return int(tables.Entry.select().count(database.handle))
    except Exception:
        return 0  # what is wrong with it has been said
