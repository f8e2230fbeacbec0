"""档案：出具过的每一份文书，随时找得到.

Search walks the term table newest first and stops when the page is full; nothing is scanned. Pages follow by key: the
next one is `before=` the last row's `seq`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import groupby
from typing import Any

from counter_assistant.domain.cases.act_entry import SlipIssued, act_in
from counter_assistant.domain.entry import Entry, PayloadErased
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import entries, tables
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.orm import peewee
from counter_assistant.storage.views import archive_view, search_terms

_COUNTED = 2000
_ASKED = 8
_NEWEST = 2**62
_RECENT = 3000
"""So many slips say what is issued here most, whatever more there are."""

Alternatives = list[search_terms.Alternative]


@dataclass(frozen=True, slots=True)
class ArchivedSlip:
    """A slip with its entry, from whose payload it is drawn again; of one that was destroyed also the entry that says so."""

    row: ArchiveRow
    entry: Entry
    erasure: Entry | None = None

    @property
    def issued(self) -> SlipIssued:
        """What the slip says.

        Raises:
            Refusal: `content-sealed-away`, `content-destroyed`.
        """
        if self.erasure:
            said = PayloadErased.from_payload(self.erasure.payload)
            who = f"工号 {listed((said.by, said.second), '、')}"
            raise Refusal(
                "content-destroyed",
                f"{self.row.number} 保存期满，{chinese_date(self.erasure.time)}已由{who}销毁（{said.certificate}），这里只留编号、种类和日期。",
                "核对纸上的编号和校验码不受影响；凭什么销毁的，看那份销毁清册。",
            )
        if self.row.bare:
            raise Refusal(
                "content-sealed-away",
                f"{self.row.number} 的内容已另行封存，这里只留编号、种类和时间。",
                "核对纸上的编号和校验码不受影响；要看内容，请找登记保管人。",
            )
        return SlipIssued.from_payload(self.entry.payload)


class Archive:
    """The slips of a book file."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def search(
        self, text: str = "", *, item: str | None = None, day: date | None = None, clerk: str | None = None,
        kind: str | None = None, limit: int = 200, before: int | None = None,
    ) -> list[ArchiveRow]:  # fmt: skip
        """At most `limit` slips that every word of `text` and every filter finds, newest first (search_terms.py).

        `day` finds slips accepted or issued on that day. A text of more than `SEARCH_LENGTH` characters finds nothing.
        """
        if len(text) > SEARCH_LENGTH or "\0" in text:  # which no paper holds, and no server is sent
            return []
        words = search_terms.words(text)
        filters = {"%": item, "&": clerk, "^": kind, "@": f"{day:%Y%m%d}" if day else None}
        with self.database.reading() as handle:
            labels = handle.execute_sql(_LABELS).fetchall() if words else []
            wanted = [sorted(search_terms.alternatives(word, labels)) for word in words]
            wanted += [[(mark + value,)] for mark, value in filters.items() if value is not None]
            found: list[ArchiveRow] = []
            for seqs in _pages(handle, wanted, before or _NEWEST, limit):
                found += [row for row in _rows(handle, seqs) if _matches(handle, words, row)]
                if len(found) >= limit:
                    break
            return found[:limit]

    def most_issued(self, since: date, limit: int) -> list[str]:
        """The items of most slips issued on a day or after it, the most frequent first; of the newest `_RECENT` slips."""
        row = tables.Archive
        newest = row.select(row.item, row.issued_at).order_by(row.seq.desc()).limit(_RECENT)
        with self.database.query() as handle:
            rows = tables.fetch(handle, newest)
        counted = Counter(item for item, issued_at in rows if item and issued_at[:10] >= since.isoformat())
        return [item for item, _ in counted.most_common(limit)]

    def counted(self, since: date | None = None) -> dict[str, tuple[int, int]]:
        """How many slips of each kind were issued, on a day or after it where one is given, and how many of those are void."""
        row, count = tables.Archive, peewee.fn.COUNT
        issued = row.select(row.kind, count(row.seq), count(row.void_seq)).group_by(row.kind).order_by(row.kind)
        chosen = issued.where(row.issued_at >= since.isoformat()) if since else issued
        with self.database.query() as handle:
            return {kind: (slips, voids) for kind, slips, voids in tables.fetch(handle, chosen)}

    def issued_before(self, seq: int) -> tuple[int, str]:
        """How many slips were issued before an entry, and the number of the last of them; 0 and empty where none was."""
        row = tables.Archive
        with self.database.query() as handle:
            newest = row.select(row.number).where(row.seq < seq).order_by(row.seq.desc()).limit(1)
            last = tables.fetch(handle, newest)
            return row.select().where(row.seq < seq).count(handle), last[0][0] if last else ""

    def rows(self, seqs: Collection[int]) -> dict[int, ArchiveRow]:
        """The slips of these entries, by entry; what was erased is left out."""
        with self.database.query() as handle:
            return {row.seq: row for row in _rows(handle, sorted(seqs))}

    def voids(self, rows: Iterable[ArchiveRow]) -> dict[str, SlipVoided]:
        """How those of these slips that are void were voided, by number."""
        seqs = {row.void_seq: row.number for row in rows if row.void_seq}
        if not seqs:
            return {}
        with self.database.query() as handle:
            found = entries.select(handle, tables.Entry.seq.in_(tables.listed(seqs)), limit=len(seqs))
        return {seqs[entry.seq]: SlipVoided.from_payload(entry.payload) for entry in found}

    def show(self, number: str) -> ArchivedSlip:
        """A slip by its whole number. An unknown number is refused."""
        with self.database.reading() as handle:
            row = archive_view.stored_row(handle, number)
            entry = entries.select(handle, tables.Entry.seq == row.seq)[0]
            return ArchivedSlip(row, entry, entries.erasure_of(handle, row.seq) if row.destroyed else None)


def _matches(handle: Any, words: list[str], row: ArchiveRow) -> bool:
    """Whether every word finds a slip: by its row, else by the whole numbers, which only its entry holds."""
    left = [word for word in words if not search_terms.matches(word, row)]
    if not left or not all(search_terms.may_be_number(word) for word in left):
        return not left
    entry = entries.select(handle, tables.Entry.seq == row.seq)[0]
    act = act_in(content_of(entry))
    if act is None:  # as the first versions kept a slip: its tails are all that is known
        return all(search_terms.matches_tail(word, row) for word in left)
    return all(search_terms.matches_whole(word, search_terms.numbers_of(act.applicant)) for word in left)


def _pages(handle: Any, wanted: list[Alternatives], before: int, size: int) -> Iterator[list[int]]:
    """Candidates newest first, page by page: entries that lie under some alternative of everything wanted."""
    driver, others = _rarest_first(handle, wanted)
    while before > 0:
        lists = [_candidates(handle, terms, others, before, size) for terms in driver]
        # A full list may go on: nothing below its last entry is known yet.
        lowest = max((found[-1] for found in lists if len(found) == size), default=0)
        before = min(lowest, before - 1)  # a damaged index must not keep this going round
        yield [seq for seq, _ in groupby(merge(*lists, reverse=True)) if seq >= before]


def _rarest_first(handle: Any, wanted: list[Alternatives]) -> tuple[Alternatives, list[Alternatives]]:
    if not wanted:
        return [()], []
    if len(wanted) == 1:
        return wanted[0], []
    ordered = sorted(wanted, key=lambda options: sum(_count(handle, terms[0]) for terms in options))
    return ordered[0], ordered[1:_ASKED]  # what the rarest lead to is few; `matches` asks for all the words


def _count(handle: Any, term: str) -> int:
    return int(handle.execute_sql(_COUNT.format(handle.param), (term,)).fetchall()[0][0])


def _candidates(
    handle: Any, terms: search_terms.Alternative, others: list[Alternatives], before: int, size: int
) -> list[int]:
    mark = handle.param
    if not terms:
        found = handle.execute_sql(_ALL.format(mark, mark), (before, size)).fetchall()
        return [seq for (seq,) in found]
    also = [[other] for other in terms[1:]] + [[option[0] for option in options] for options in others]
    conditions = [_FILED_UNDER.format(", ".join([mark] * len(options))) for options in also]
    query = _UNDER.format(mark, mark, " ".join(conditions), mark)
    values = (terms[0], before, *(term for options in also for term in options), size)
    return [seq for (seq,) in handle.execute_sql(query, values).fetchall()]


def _rows(handle: Any, seqs: list[int]) -> list[ArchiveRow]:
    if not seqs:
        return []
    found = handle.execute_sql(_NUMBERED.format(",".join(map(str, seqs)))).fetchall()
    return [archive_view.from_columns(row) for row in found]


# Written out, because each key typed asks these, and peewee takes longer to put them together than the database to answer.
_LABELS = 'SELECT "term", "text" FROM "label"'
_COUNT = f'SELECT COUNT(*) FROM (SELECT 1 FROM "term" WHERE "term" = {{}} LIMIT {_COUNTED}) AS "some"'
_ALL = 'SELECT "seq" FROM "archive" WHERE "seq" < {} ORDER BY "seq" DESC LIMIT {}'
_UNDER = 'SELECT t."entry" FROM "term" t WHERE t."term" = {} AND t."entry" < {} {} ORDER BY t."entry" DESC LIMIT {}'
_FILED_UNDER = 'AND EXISTS (SELECT 1 FROM "term" o WHERE o."term" IN ({}) AND o."entry" = t."entry")'
_NUMBERED = 'SELECT * FROM "archive" WHERE "seq" IN ({}) ORDER BY "seq" DESC'
