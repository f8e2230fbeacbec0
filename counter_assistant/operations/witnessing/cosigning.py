"""中心的见证：网点送来的台账头，与签过的比过，记下，再签；比签过的旧、分叉的，不签."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.closing.head_statement import HeadStatement, refuse_turned_back
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import printable
from counter_assistant.operations.office import Office
from counter_assistant.storage.packs.key_file import Signer
from counter_assistant.storage.witnessing.cosigned_head import (
    HEADS,
    Anew,
    CosignedHead,
    Record,
    append,
    book_of,
    cosigned,
    of_book,
    own_record,
)
from counter_assistant.storage.witnessing.statement_file import Stated


@dataclass(frozen=True, slots=True)
class Witnessing:
    """What came of it: the head that was signed, what it says, whether it had been signed before, and whether the centre's record was
    begun with it, which it is once: else the record is lost."""

    head: CosignedHead
    said: HeadStatement
    again: bool
    begun: bool


def cosign(office: Office, stated: Stated, signer: Signer, record: Path | None = None, anew: str = "") -> Witnessing:
    """Signs what a branch says of its book, once it stands in the centre's `record`, which is that of the data folder unless another
    file is named. `anew` is why it is signed though what was signed before speaks against it.

    Raises:
        Refusal: `head-other-book` (the installation had another book before); what `refuse_turned_back`, `own_record` and `append` refuse.
    """
    said = stated.statement
    path = record or office.folder / HEADS
    with office.database.alone():  # of two that sign at once, the second sees what the first one wrote
        records = own_record(path)
        earlier = of_book(records, said.book)
        if earlier and _same(earlier[-1], said, signer):
            return Witnessing(earlier[-1], earlier[-1].said, True, False)
        more: list[Anew] = []
        if anew:
            now = office.database.now().isoformat()
            more.append(Anew(said.book, said.installation, now, printable(anew)))
        else:
            _refuse_another(records, said)
            refuse_turned_back([each.said for each in earlier], said, stated.after, stated.hash_of)
        made = cosigned(said, signer)
        append(path, [*more, made])
    return Witnessing(made, said, False, not records)


def _same(earlier: CosignedHead, said: HeadStatement, signer: Signer) -> bool:
    return (earlier.said.outside, earlier.algorithm, earlier.key) == (said.outside, signer.algorithm, signer.key)


def _refuse_another(records: list[Record], said: HeadStatement) -> None:
    known = book_of(records, said.installation)
    if known not in ("", said.book):
        raise Refusal(
            "head-other-book",
            f"安装点 {said.installation} 以前送来的是另一本台账（{known[:8]}…），这一份是 {said.book[:8]}…。",
            "请问网点是不是重新启用了台账；查明以后用 --anew 写明缘由再签。",
        )
