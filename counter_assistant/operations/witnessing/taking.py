"""网点收下中心的见证：核对签名、密钥、哪一本台账、是不是本台账的一条，都对了才写进台账."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.closing.head_statement import HeadStatement, HeadWitnessed
from counter_assistant.domain.closing.outside_head import Result
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint, is_fingerprint
from counter_assistant.operations.catalogue.packs import trusted_key
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.witness import compare_heads
from counter_assistant.storage.journal.chain import content_digest
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.witnessing.cosigned_head import (
    BESIDE,
    CosignedHead,
    append,
    of_book,
    own_record,
    read_record,
)

ACT = "book:witnessed:"
"""How the `uuid` of an entry begins that takes a co-signed head in; a digest of that follows, so that it is taken once."""
_LENGTH = 32


def take_cosigned(office: Office, path: Path, trust: str = "", clerk: str = "") -> tuple[Entry, HeadStatement]:
    """Takes in the head of this book that the centre signed last, of a file that it sent; again with the same gives the entry of then.
    `trust` is the fingerprint of the centre's key, where somebody compared that.

    Raises:
        Refusal: `witness-other-book`, `fingerprint-differs`, `witness-key-unconfirmed`, `witness-foreign-key`, `witness-turned-back` (the
            head is of no entry of this book); what `read_record`, `Office.permit` and `Book.append` refuse.
    """
    who = office.permit(Permission.WITNESS, clerk)
    records = read_record(path)
    with office.database.query() as handle:
        heads = of_book(records, book_name(handle))
    if not heads:
        raise Refusal(
            "witness-other-book", f"{path.name} 里没有本台账的台账头，是别的台账的。", "请核对是不是拿错了文件。"
        )
    head = heads[-1]
    refuse_key(office, head.algorithm, head.key, trust)
    return _take(office, head, who.staff_number), head.said


def take_head(office: Office, head: CosignedHead, clerk: str = "") -> Entry:
    """Takes in one head of this book that came with something else of the centre's, whose key was asked for already.

    Raises:
        Refusal: `witness-turned-back`; what `Office.permit` and `Book.append` refuse.
    """
    return _take(office, head, office.permit(Permission.WITNESS, clerk).staff_number)


def _take(office: Office, head: CosignedHead, who: str) -> Entry:
    """Keeps a head beside the book, where an older copy that is put back does not reach it, and takes it into the book."""
    _refuse_turned_back(office, head.said)
    beside = office.folder / BESIDE
    if head not in own_record(beside):
        append(beside, [head])
    said = {name: getattr(head, name) for name in head.__slots__}
    digest = content_digest(said)
    payload = HeadWitnessed(**said, clerk=who).to_payload()
    return office.book.append(EntryKind.HEAD_WITNESSED, payload, uuid=ACT + digest[:_LENGTH], digest=digest)


def refuse_key(office: Office, algorithm: str, key: str, trust: str) -> None:
    """The centre's key is the one that its packs made known here, else the one whose fingerprint was compared for the head before.

    Raises:
        Refusal: `fingerprint-differs`, `witness-key-unconfirmed`, `witness-foreign-key`.
    """
    shown = fingerprint(algorithm, key)
    if trust and not is_fingerprint(trust, shown):
        raise Refusal(
            "fingerprint-differs",
            f"核对的指纹与签名密钥的不同，签名密钥是 {shown}。",
            "请与中心纸面上的指纹再对一遍；不一致的不要收。",
        )
    known = trusted_key(office) or _key_before(office)
    if trust or known == (algorithm, key):
        return
    if known is None:
        raise Refusal(
            "witness-key-unconfirmed",
            f"中心签名密钥的指纹还没有核对：{shown}。",
            "请与中心纸面上的指纹逐组核对，一致的用 --trust 写上再收。",
        )
    raise Refusal(
        "witness-foreign-key",
        f"是另一把密钥签的（指纹 {shown}），本网点信任的是 {fingerprint(*known)}。",
        "请问中心是否换了密钥；确实换了的，核对纸面上的新指纹后用 --trust 写上再收。",
    )


def _key_before(office: Office) -> tuple[str, str] | None:
    entry = office.book.latest(EntryKind.HEAD_WITNESSED)
    if entry is None:
        return None
    taken = HeadWitnessed.from_payload(entry.payload)
    return taken.algorithm, taken.key


def _refuse_turned_back(office: Office, said: HeadStatement) -> None:
    """The heads that were taken in before are compared with it, so that the first entry that differs is known more closely."""
    before = [
        HeadStatement.from_text(HeadWitnessed.from_payload(entry.payload).statement).outside
        for entry in office.book.entries(EntryKind.HEAD_WITNESSED)
    ]
    (found,) = (each for each in compare_heads(office, [*before, said.outside]) if each.head == said.outside)
    if found.result is not Result.SAME:
        raise Refusal(
            "witness-turned-back",
            f"中心签的不是这本台账的一条：{found.sentence}",
            "请保留原文件，不要再出具文书，与中心、流水和备份核对。",
        )
