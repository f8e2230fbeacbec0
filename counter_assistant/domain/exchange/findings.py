"""中心要查明的：哪个网点的台账分了叉，哪里缺一段，哪一份是旧的，哪一包写得自相矛盾；各一句话，和下一步怎么办.

All of it follows from what was taken and what is there, in whatever order it came. What is missing ends by itself when it comes; what was
settled stays in the list of what was settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, FindingSettled, Outcome
from counter_assistant.domain.exchange.strand import Strand, partings
from counter_assistant.domain.formatting import chinese_time

_SHORT = 12


class FindingKind(StrEnum):
    """What may be wrong with the books of a branch."""

    FORK = "fork"
    GAP = "gap"
    GOES_BACK = "goes_back"
    REJECTED = "rejected"
    ANOTHER_BOOK = "another_book"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return _LABELS[self]


_LABELS = {
    FindingKind.FORK: "分叉",
    FindingKind.GAP: "缺一段",
    FindingKind.GOES_BACK: "退回去了",
    FindingKind.REJECTED: "没有收下",
    FindingKind.ANOTHER_BOOK: "另有一本",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person looks into. The `id` follows from what it is about, and from nothing else. `settled` is what came of it, in
    words; empty as long as nobody has said so."""

    id: str
    kind: FindingKind
    installation: str
    book: str
    sentence: str
    remedy: str
    settled: str = ""


def findings(
    taken: Sequence[BundleTaken], strands: Sequence[Strand], settled: Sequence[FindingSettled] = ()
) -> tuple[Finding, ...]:
    """What there is to look into, those first of which nobody has said yet what came of it."""
    installations = {each.of.book: each.of.installation for each in sorted(taken, key=lambda one: _moment(one.of))}
    by_book = {book: [each for each in strands if each.book == book] for book in sorted(installations)}
    reasons = {each.finding: each.reason for each in settled}
    found: dict[str, Finding] = {}
    for book, its in by_book.items():
        of_book = [each for each in taken if each.of.book == book]
        for each in (
            *_forks(installations[book], its),
            *_gaps(of_book, its),
            *_back(of_book, its),
            *_rejected(of_book),
        ):
            found[each[0]] = Finding(*each, settled=reasons.get(each[0], ""))
    for each in _others(installations):
        found[each[0]] = Finding(*each, settled=reasons.get(each[0], ""))
    return tuple(sorted(found.values(), key=lambda one: (bool(one.settled), one.installation, one.id)))


_Found = tuple[str, FindingKind, str, str, str, str]


def _forks(installation: str, strands: Sequence[Strand]) -> Iterator[_Found]:
    for (last, entry_hash), parted in partings(strands).items():
        book = parted[0].book
        ends = "，".join(f"一份到第 {each.entries} 条（{each.head[:_SHORT]}）" for each in parted)
        yield (
            f"fork:{book}:{last}:{entry_hash[:_SHORT]}", FindingKind.FORK, installation, book,
            f"安装点 {installation} 的台账从第 {last + 1} 条起有 {len(parted)} 份：{ends}。",
            "两份都留着，一条不丢。请问网点是不是拷贝过台账，或者恢复了旧备份；两份里同一个编号的纸都收回核对，查明以后写明缘由。",
        )  # fmt: skip


def _gaps(taken: Sequence[BundleTaken], strands: Sequence[Strand]) -> Iterator[_Found]:
    there = max((each.entries for each in strands), default=0)
    rejected = {each.bundle for each in taken if each.outcome == Outcome.REJECTED}
    for each in taken:
        said = each.of
        waits = each.outcome == Outcome.WAITS and each.bundle not in rejected
        if not waits or any(strand.has(said.entries, said.head) for strand in strands):
            continue
        since = there if there < each.after else 0
        fits = f"中心只有到第 {there} 条，中间缺一段" if since or not there else "接不上中心有的任何一份"
        yield (
            f"gap:{said.book}:{each.after}:{said.head[:_SHORT]}", FindingKind.GAP, said.installation, said.book,
            f"安装点 {said.installation} 送来第 {each.after + 1} 条到第 {said.entries} 条，{fits}。",
            f"请网点再做一份送来（用命令做的，写 --since {since}）；收到以后这一包自己接上，不用再送。",
        )  # fmt: skip


def _back(taken: Sequence[BundleTaken], strands: Sequence[Strand]) -> Iterator[_Found]:
    """A book that had fewer entries later is an older one put back; the same bundle brought twice is not, as it says the same time."""
    said = sorted({each.of for each in taken if each.outcome != Outcome.REJECTED}, key=_moment)
    for at, later in enumerate(said):
        before = [each for each in said[:at] if each.entries > later.entries and _on_one(strands, each, later)]
        if before:
            most = max(before, key=lambda each: each.entries)
            yield (
                f"goes-back:{later.book}:{later.head[:_SHORT]}:{later.time}", FindingKind.GOES_BACK, later.installation, later.book,
                f"安装点 {later.installation} 在 {_time(later)} 只有到第 {later.entries} 条，{_time(most)} 已经送过第 {most.entries} 条。",
                "网点放回了旧的一份：请它停止出具，用最近的备份和流水恢复；中心有到后一条的全部记录。查明以后写明缘由。",
            )  # fmt: skip


def _rejected(taken: Sequence[BundleTaken]) -> Iterator[_Found]:
    for each in taken:
        if each.outcome == Outcome.REJECTED:
            said = each.of
            yield (
                f"rejected:{said.book}:{each.bundle[:_SHORT]}", FindingKind.REJECTED, said.installation, said.book,
                f"安装点 {said.installation} 的第 {each.after + 1} 条到第 {said.entries} 条没有收下：{each.said}",
                "请网点核对台账（体检），按结果恢复以后重新做一份；查明以后写明缘由。",
            )  # fmt: skip


def _others(installations: Mapping[str, str]) -> Iterator[_Found]:
    for installation in sorted(set(installations.values())):
        books = sorted(book for book, its in installations.items() if its == installation)
        if len(books) > 1:
            names = "、".join(f"{book[:8]}…" for book in books)
            yield (
                f"another-book:{installation}:{','.join(book[:8] for book in books)}", FindingKind.ANOTHER_BOOK, installation, books[0],
                f"安装点 {installation} 送来过 {len(books)} 本台账：{names}。",
                "请问网点是不是重新启用了台账；两个网点用了同一个代码的，改一个。查明以后写明缘由。",
            )  # fmt: skip


def _on_one(strands: Sequence[Strand], one: HeadStatement, other: HeadStatement) -> bool:
    return any(each.has(one.entries, one.head) and each.has(other.entries, other.head) for each in strands)


def _moment(said: HeadStatement) -> tuple[datetime, int]:
    return datetime.fromisoformat(said.time), said.entries


def _time(said: HeadStatement) -> str:
    return chinese_time(datetime.fromisoformat(said.time))
