"""打开以后比一比：台账是不是备份和流水记得的那一本；是旧的、另外写过的，说出从第几条起、凭什么，在查清以前一个号也不出."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from counter_assistant.domain.closing.outside_head import Compared, OutsideHead, Result
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import TURNED_BACK
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.witness import compare_heads
from counter_assistant.storage.engines.sqlite.switching import REPLACED, kept_since
from counter_assistant.storage.safekeeping.background_job import BackgroundJob
from counter_assistant.storage.safekeeping.backup_folder import SINCE
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.safekeeping.kept_heads import (
    Kept,
    KeptHead,
    first_line_of,
    heads_of_book,
    kept_outside,
    restores_in,
)
from counter_assistant.storage.safekeeping.stored_lines import book_name
from counter_assistant.storage.witnessing.seen_heads import SeenHead, note_seen

SWITCHED_WITHIN = timedelta(minutes=10)
"""How long after its entry was written a restored book has taken the place of the one before, at most."""
LIMIT = 2.0
"""Seconds that an act waits at most for what is kept outside to be read."""
IF_ELSEWHERE = "如果已经在另一台电脑上恢复了，这一台不要再办件，请退出"
LEAVE = "那一台接着办，这一台不要再办件，请退出。"
REMEDY_ELSEWHERE = "那一台确实不用了的，在这里恢复到最新的一份。"
REMEDY = "在查清以前不出具、不登记。请恢复到最新的一份；没有比它新的，请管理员查明。"


class LivesElsewhere(Refusal):
    """The refusal of a book that was restored on another PC, which goes on with it: here nothing more is to be done."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code, refusal.sentence, refusal.remedy)


@dataclass(frozen=True, slots=True)
class TurnedBack:
    """A head kept outside which is not of this book, and what holding it against the book gave; `elsewhere` is when what the head is of
    was restored on another PC, None where nothing says so."""

    kept: KeptHead
    compared: Compared
    elsewhere: datetime | None = None

    @property
    def gone(self) -> int:
        """How many entries up to the kept one the book does not have, at most."""
        return self.kept.seq - self.compared.first + 1

    @property
    def refusal(self) -> Refusal:
        """What every act is refused with until it is resolved."""
        kept, first = self.kept, self.compared.first
        said = f"{kept.whence}（{chinese_time(kept.time)}）记着第 {kept.seq} 条，"
        if self.compared.result is Result.ENDS_BEFORE:
            found, else_ = f"台账从第 {first} 条起就没有了", "换回了旧的一份，或者末尾被截去"
        elif first == self.compared.last:
            found, else_ = f"台账从第 {first} 条起却不一样", "不是原来的一本，另外写过或者被改过"
        else:
            found = f"台账从第 {first} 条到第 {self.compared.last} 条之间的一条起却不一样"
            else_ = "另外写过或者被改过"
        if self.elsewhere:
            since = chinese_time(self.elsewhere)
            return LivesElsewhere(
                Refusal(TURNED_BACK, f"{said}{found}：{since} 在另一台电脑上恢复过。{LEAVE}", REMEDY_ELSEWHERE)
            )
        return Refusal(TURNED_BACK, f"{said}{found}。{IF_ELSEWHERE}；不然就是{else_}。", REMEDY)


def turned_back(office: Office, kept: Kept) -> TurnedBack | None:
    """The head kept outside of which the book is not, if there is one: that which parts first, else that which is farthest ahead.

    Raises:
        Refusal: what reading the book refuses.
    """
    heads = heads_kept(office, kept)
    found = [TurnedBack(heads[each.head], each) for each in compare_heads(office, list(heads))]
    others = [each for each in found if each.compared.result in (Result.DIFFERS, Result.ENDS_BEFORE)]
    if not others:
        return None
    parted = [each for each in others if each.compared.result is Result.DIFFERS]
    told = min(parted, key=_seq) if parted else max(others, key=_seq)
    files = [each.kept.lines for each in others if each.kept.lines]
    narrowed = _narrowed(office, told, [path for path in files if path.name != SINCE])
    return replace(narrowed, elsewhere=told.kept.elsewhere or _restored_elsewhere(office, narrowed, files))


def heads_kept(office: Office, kept: Kept) -> dict[OutsideHead, KeptHead]:
    """The heads kept outside that are of this book; none while training.

    Heads of before a restore, of entries that the restored book does not have, say nothing: that they are lost is in its entry. So
    do those of another book, and those that another key is needed for.

    Raises:
        Refusal: what reading the book refuses.
    """
    book = name_of(office)
    if office.training or not book:
        return {}
    restores = _restores(office)
    return {
        OutsideHead(each.seq, each.hash): each
        for each in heads_of_book(kept, book, office.database.key)
        if not any(each.seq >= entry.seq and each.time <= entry.time for entry in restores)
    }


def name_of(office: Office) -> str:
    """The unique name of a book.

    Raises:
        Refusal: what reading the book refuses.
    """
    with office.database.query() as handle:
        return book_name(handle)


class Watch:
    """Compares an open book with what is kept outside, which is read in a thread meanwhile: nobody waits for it but who is about to do
    something, and they no longer than `LIMIT`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._job: BackgroundJob[Kept] | None = None
        self._seen = self._waits_no_more = False

    def begin(self) -> None:
        """Reads what is kept outside, from the beginning, if it is not being read."""
        if self._job is None:
            self._seen = False
            self._job = BackgroundJob(partial(kept_outside, self._folder))

    def look(self, office: Office, patience: float = 0.0) -> TurnedBack | None:
        """Holds what was read against a book, once it is read, and bars the book where it is not the one; None as long as nothing is
        found. What is found is noted on this PC: that the stick is taken out then is no answer. Waits for the reading so many seconds at most.

        Raises:
            Refusal: what reading the book refuses.
        """
        job = self._job
        if job is None or not job.wait(patience):
            return None
        self._job, self._seen, self._waits_no_more = None, True, True
        try:
            kept = job.result()
        except OSError:
            return None
        found = turned_back(office, kept)
        if found:
            office.database.barred = found.refusal
            head = found.kept
            note_seen(
                self._folder,
                SeenHead(name_of(office), head.seq, head.hash, head.time, head.whence, found.elsewhere),
            )
        return found

    def is_done(self) -> bool:
        """Whether what was read last was held against the book."""
        return self._seen

    def before_acts(self, office: Office) -> None:
        """Waits for the first comparison, if it still goes on, before anything is recorded; once, not before each act.

        Raises:
            Refusal: `book-turned-back`; what reading the book refuses.
        """
        if not self._seen:
            self.begin()
        if not office.database.barred and (found := self.look(office, 0.0 if self._waits_no_more else LIMIT)):
            raise found.refusal
        self._waits_no_more = True


def _restores(office: Office) -> list[Entry]:
    entries = office.book.entries(EntryKind.RESTORED)
    return [entry for entry in entries if Restored.from_payload(entry.payload).act is RestoredAct.RESTORED]


def _seq(found: TurnedBack) -> int:
    return found.kept.seq


def _restored_elsewhere(office: Office, found: TurnedBack, files: Sequence[Path]) -> datetime | None:
    """When what files of lines have, and the book has not, was restored, if that was not here: a book that is replaced is kept beside the
    new one, with the time in its name."""
    first, zone = found.compared.first, found.kept.time.tzinfo
    kept = [kept_since(path, zone) for path in office.folder.glob(REPLACED)]
    for path in files:
        for line in restores_in(path, office.database.key, first):
            time = datetime.fromisoformat(line.time)
            if not any(each and abs(each - time) < SWITCHED_WITHIN for each in kept):
                return time
    return None


def _narrowed(office: Office, found: TurnedBack, files: Sequence[Path]) -> TurnedBack:
    """With the first entry that differs, where a journal, which has them all, says so."""
    end = office.book.head()[0]

    def differs(seq: int, digits: str) -> bool:
        return seq > end or hash_at(office.database, seq) != digits

    firsts = [first_line_of(path, office.database.key, differs) for path in files]
    first = min(filter(None, firsts), default=0)
    if not 0 < first <= end:
        return found
    return replace(found, compared=replace(found.compared, result=Result.DIFFERS, first=first, last=first))
