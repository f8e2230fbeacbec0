"""核对清除：清除的是不是能清除的一条，那一条的内容是不是真的没有了，留下的是不是只有该留下的.

What an erasure takes away leaves the chain whole, so whoever could name anything in one, or keep anything in it, could hide or slip in
what they like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from counter_assistant.domain.cases.whole_numbers import OF_ENTRIES
from counter_assistant.domain.closing.closing_entry import CLOSINGS
from counter_assistant.domain.entry import ERASURE, EntryKind
from counter_assistant.domain.papers.paper_entry import SlipErased
from counter_assistant.storage.erasing.book_erasure import SAYING_WHY
from counter_assistant.storage.journal.chain_check import Looked

SOME_LEAVES = (
    OF_ENTRIES
    | frozenset(SAYING_WHY)
    | CLOSINGS
    | {
        EntryKind.STEP_WITHDRAWN, EntryKind.REVIEW, EntryKind.REGISTER_ANSWERED, EntryKind.RESULT_FILED,
        EntryKind.REGISTER_WITHDRAWN,
    }
)  # fmt: skip
"""The kinds of entry that whole numbers, a reason, or a matter that was sealed into a register or destroyed can leave while all else stays."""
_NAME = re.compile(re.escape(ERASURE) + "([1-9][0-9]{0,15})")
_NAMED = 'SELECT e."kind", e."uuid", p."seq" FROM "entry" e LEFT OUTER JOIN "payload" p ON p."seq" = e."seq" WHERE e."seq" = {}'


def erasure_problems(handle: Any, looked: Looked) -> Iterator[str]:
    """What is wrong with an entry that says what was erased."""
    seq, named = looked.link.seq, named_by(looked.uuid)
    rows = handle.execute_sql(_NAMED.format(handle.param), (named,)).fetchall() if 0 < named < seq else []
    if not rows:
        yield f"第 {seq} 条记录清除的对象不对。"
        return
    kind, its_name, content = rows[0]
    if content is not None:
        yield f"第 {seq} 条记录说第 {named} 条已清除，内容却还在。"
    said = looked.said
    if not _may_leave(handle, kind, its_name, said):
        yield f"第 {seq} 条记录清除的对象不对。"
    if said is not None and "of" not in said and not _is_little(said.get("kept")):
        yield f"第 {seq} 条记录留下的不是该留下的。"


def named_by(uuid: str | None) -> int:
    """The number of the entry that an erasure of this name erases; 0 where the name is none."""
    name = _NAME.fullmatch(uuid or "")
    return int(name[1]) if name else 0


def _may_leave(handle: Any, kind: str, its_name: str | None, said: dict[str, Any] | None) -> bool:
    """Whether it is something that leaves an entry of this kind; `said` is None where the erasure was itself erased."""
    if said is None:  # what was to be left then, whatever erased it says now
        return kind in SOME_LEAVES
    if kind == EntryKind.PAYLOAD_ERASED:
        rows = handle.execute_sql(_NAMED.format(handle.param), (named_by(its_name),)).fetchall()
        root = rows[0][0] if rows else ""
        return _leaves_some_again(said, root) if "of" in said else root == EntryKind.SLIP_ISSUED
    return said["of"] == kind and kind in SOME_LEAVES if "of" in said else kind == EntryKind.SLIP_ISSUED


def _leaves_some_again(said: dict[str, Any], root: str) -> bool:
    """Whether of an erasure that left an entry of the kind `root` something, less is left in its turn, and nothing else."""
    kept = said["kept"] if isinstance(said.get("kept"), dict) else {}
    return said["of"] == EntryKind.PAYLOAD_ERASED and kept.get("of") == root and root in SOME_LEAVES


def _is_little(kept: object) -> bool:
    """Whether what is kept of a slip is its series, its place in it and its number, and nothing more."""
    try:
        return isinstance(kept, dict) and kept == SlipErased.from_payload(kept).to_payload()
    except (KeyError, TypeError):
        return False
