"""台账的记录逐字抄到另一处：先核对那里已有的，再一批一批往下抄，每批自成一步，断在哪里都接得上。

Nothing that is there already is trusted: each entry is held against that of the source, content and all. Of what is copied each
entry must follow the one before it, and what the source has erased is erased there too.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after, put_in

BATCH = 1000
Heard = Callable[[int], object]
"""Hears after each batch up to which entry it went."""


def hold_against(source: Engine, target: Engine, heard: Heard, *, ended: bool = False) -> int:
    """Holds every entry of the target against that of the source, to the letter, and returns the number of the last.

    Before the copying has `ended`, contents may still be there that the source has erased since.

    Raises:
        Refusal: `move-target-newer` (it has entries that the source has not), `move-parted`, which names the first entry that differs.
    """
    seq = 0
    while theirs := _after(target, seq):
        ours = _after(source, seq)
        if len(ours) < len(theirs):
            raise Refusal(
                "move-target-newer", f"那里的台账比这里的新：这里只到第 {seq + len(ours)} 条。",
                "没有搬。请核对地址；正在用的是那里的一本的，请在设置、数据在哪里改到那里。",
            )  # fmt: skip
        for mine, their in zip(ours, theirs, strict=False):
            if not _same(mine, their, ended=ended):
                raise Refusal(
                    "move-parted",
                    f"那里的台账从第 {mine.seq} 条起与这里的不一样。",
                    "没有搬。请另写一个地方，再办一次。",
                )
        seq = theirs[-1].seq
        heard(seq)
    return seq


def copy_on(source: Engine, target: Engine, heard: Heard) -> int:
    """Copies the entries that the target has not, each batch in one act of its own, and returns the number of the last.

    Raises:
        Refusal: `book-damaged` (an entry of the source does not follow), `move-going-on`; what either engine refuses. What was copied stays.
    """
    with target.query() as handle:
        last, _, previous, *_ = entries.head(handle)
    while batch := _after(source, last):
        began = last
        for line in batch:
            if not line.follows(last, previous):
                raise source.damaged(f"第 {line.seq} 条记录与哈希链不符")
            last, previous = line.seq, line.hash
        with target.writing() as handle:
            if entries.head(handle)[0] != began:
                raise Refusal("move-going-on", "另一处也在搬这本台账。", "请等那一处搬完；断了的，再办一次，会接着搬。")
            with target.together(handle):
                put_in(handle, batch)
        heard(last)
    return last


def _after(database: Engine, seq: int) -> list[Line]:
    with database.query() as handle:
        return lines_after(handle, seq, BATCH)


def _same(mine: Line, their: Line, *, ended: bool) -> bool:
    if mine == their:
        return True
    erased_since = mine.body is None and not ended
    return erased_since and (mine.seq, mine.hash, mine.uuid) == (their.seq, their.hash, their.uuid)
