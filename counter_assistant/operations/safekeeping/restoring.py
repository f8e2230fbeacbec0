"""恢复台账：由一份备份和流水在旁边做好、核对过、与现在的比过，再换上；原来的留着，用过的号不再出."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from counter_assistant.domain.calendar.system_clock import Now
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.files import make_folder, unfinished
from counter_assistant.operations.keys.ring_changes import known_of
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.program import program
from counter_assistant.operations.safekeeping.backup_state import refuse_on_server
from counter_assistant.operations.safekeeping.book_held_against import (
    Present,
    has_people,
    hold_against,
    is_new,
    last_numbers_needed,
    last_on_paper,
    numbers_in,
    refuse_loss,
)
from counter_assistant.operations.safekeeping.recovering.comparing import turned_back
from counter_assistant.operations.safekeeping.replaying import Replayed, replay
from counter_assistant.operations.safekeeping.restore_sources import (
    JOURNAL_ENDING,
    Keys,
    Lines,
    Rebuilt,
    copy_at,
    lines_for,
    places_of_keys,
    rebuild,
    require_room,
)
from counter_assistant.operations.safekeeping.restored import Arrived, arrived
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.switching import (
    give_keys_name,
    name_to_keep,
    numbers_as_they_lie,
    put_keys_ready,
    require_replaceable,
    seal_kept,
    switching,
)
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.branch_copies import Copied, put_back
from counter_assistant.storage.safekeeping.kept_heads import kept_outside
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME as KEYS
from counter_assistant.storage.sealing.ring_file import is_unsettled, settle
from counter_assistant.storage.server.book_place import read_book_place

GONE = frozenset(("book-damaged", "book-empty", "book-not-ours", "book-missing"))
"""Why a book that is there does not open, where nobody could open it."""
REASON = "恢复台账：纸上可能用过的号不再出"
NEW, UNREAD = "这台电脑上的台账是新的", "原来的台账读不出"


@dataclass(frozen=True)
class Restoring:
    """What is to be restored in a data `folder`: a book file or a backup's folder at `source`, with the `journal` that was named, else the
    one that this PC keeps, if `with_journal`; or, where the source is a journal, that alone.

    `by` is who does it, by staff number; whoever is current where it is empty. `last` are numbers read from the newest papers. `over` says
    that what the present book has besides may go, `none_since` that no paper was issued of which nothing here tells. `by_master` is how a sealed one was opened, if not by something of their own."""

    source: Path
    folder: Path
    clock: Now
    by: str = ""
    over: bool = False
    last: tuple[str, ...] = ()
    journal: Path | None = None
    with_journal: bool = True
    despite_damage: bool = False
    clock_confirmed: bool = False
    by_master: KeyAct | None = None
    none_since: bool = False
    steps: Callable[[str], object] = field(default=lambda _: None, repr=False)


@dataclass(frozen=True)
class Done:
    """What came of it: the entry `restored`, what it says, how many entries came from lines, the line at which a damaged journal had to
    end (0: none), where the old file is kept (None: there was none in which anything stood), what came in, and what was put back of branches' books."""

    entry: Entry
    said: Restored
    replayed: int
    damaged: int
    kept: Path | None
    came: Arrived
    branches: Copied

    @property
    def in_figures(self) -> str:
        """How many entries the book has but for the one that tells of the restore, and how many of them the copy did not have, where there are
        any."""
        newer = f"，其中 {self.replayed} 条来自备份以后的记录" if self.replayed else ""
        back = f"网点的台账放回 {self.branches.strands} 本。" if self.branches.strands else ""
        return f"共 {self.entry.seq - 1} 条{newer}；这次恢复另记 1 条。{back}"


def restore(task: Restoring, opening: Callable[..., BookKey]) -> Done:
    """Restores the book of a data folder. Whatever stops it, one book opens: before the switch the old one, after it the new one. Another
    window that has the old one open is refused by its next act. `opening` opens the keys of a sealed copy.

    Raises:
        Refusal: `restore-unread` (the present book does not open for whoever restores), `restore-loses`, `last-numbers-needed`,
            `restore-unsaved`; what `refuse_on_server`, `copy_at`, `lines_for`, `require_room`, `Keys`, `replay`, `last_on_paper`, `require_replaceable`, `Office.permit` and
            `Book.append` refuse. The book is as it was then.
    """
    book = task.folder / BOOK_NAME
    refuse_on_server(read_book_place(task.folder).on_server)
    require_replaceable(book)
    if task.source.suffix == JOURNAL_ENDING:
        copy, lines = None, [Lines(task.source, is_journal=True)]
    else:
        copy = copy_at(task.source, book)
        lines = list(lines_for(copy, task.folder, task.journal, task.with_journal))
    try:
        make_folder(task.folder)  # a new disk has none
        require_room(task.folder, copy, lines)
        if is_unsettled(task.folder):
            settle(task.folder, Database.name_of(book))
        keys = Keys(opening, places_of_keys(task.folder, copy, lines))
        with _present(task, book, keys) as present:
            task.steps("looked at")
            return _Restore(task, book, copy, lines, keys, present).run()
    except OSError as error:
        raise Refusal(
            "restore-unsaved", "没有恢复：磁盘写不进去。", "请检查磁盘空间和权限后重试；台账没有变。"
        ) from error


@contextmanager
def _present(task: Restoring, book: Path, keys: Keys) -> Iterator[Office | None]:
    """The office of the book that is there, alone in writing until the end; None where there is none, or it does not open."""
    office = _opened(task, book, keys) if book.exists() else None
    if office is None:
        yield None
        return
    try:
        if has_people(office):
            office.permit(Permission.RESTORE, task.by)
        with office.database.alone():
            yield office
    finally:
        office.close()


def _opened(task: Restoring, book: Path, keys: Keys) -> Office | None:
    try:
        office = open_office(task.folder, task.clock, key=keys.of_file(book))
        if task.over:
            office.database.barred = None  # it has left for a place that is lost, and is made again here
        return office
    except Refusal as refusal:
        if refusal.code == LOCKED:
            raise
        if refusal.code in GONE or task.over:
            return None
        raise Refusal(
            "restore-unread",
            f"现在的台账没有打开，不知道里面有没有更新的：{refusal.sentence}",
            "请用打得开它的口令来恢复；不要它了的，加 --over，并照最近的纸写 --last 编号；它的文件也留着。",
        ) from refusal


class _Restore:
    """One restore, once the present book was looked at."""

    def __init__(
        self, task: Restoring, book: Path, copy: Path | None, lines: list[Lines], keys: Keys, present: Office | None
    ) -> None:
        self.task, self.book, self.copy, self.lines, self.keys = task, book, copy, lines, keys
        self.present, self.was_new = present, present is not None and is_new(present)

    def run(self) -> Done:
        """Builds, compares, notes and switches."""
        task, temporary = self.task, list[Path]()
        try:
            todays = self.present.database.key if self.present else None
            built = rebuild(self.copy, self.lines, self.keys, todays, partial(self._step, temporary))
            made, key = built.last.file, built.key
            task.steps("built")
            with closing(
                Office(Database.open(made, task.clock, key=key), made.parent, task.clock, False, program())
            ) as office:
                office.book.committed = lambda: None
                entries = office.book.head()[0]
                entry, said = self._noted(office, built)
                came = arrived(office, entry)
                keys = self.keys.place_for(key, known_of(office)) if key else None
            task.steps("noted")
            kept = self._switched(made, key, keys)
            branches = self._branches(key)
        finally:
            for path in temporary:
                for left in (path, path.with_name(f"{path.name}-journal")):
                    with suppress(OSError):
                        left.unlink(missing_ok=True)
        return Done(entry, said, entries - built.first.entries, built.damaged, kept, came, branches)

    def _branches(self, key: BookKey | None) -> Copied:
        """Puts back what lies beside the copies of a centre's book. It is not the book: what does not succeed is told, and stops nothing."""
        place = self.copy.parent.parent if self.copy else self.task.folder
        source, made = (BranchBooks(each, key, self.task.clock) for each in (place, self.task.folder))
        return put_back(made, source, lambda _: self.task.steps("branches"))

    def _step(
        self, temporary: list[Path], copy: Path | None, lines: Path | None, old: BookKey | None, key: BookKey | None
    ) -> Replayed:
        made = unfinished(self.book, "new")
        temporary.append(made)
        return replay(
            copy, lines, made, self.task.clock, copy_key=old, key=key, despite_damage=self.task.despite_damage
        )  # fmt: skip

    def _noted(self, office: Office, built: Rebuilt) -> tuple[Entry, Restored]:
        """Holds the made book against the present one, and writes into it what was done and which numbers are not given again."""
        task = self.task
        present = self._held_against(office, built)
        asked = self.present if self.present and has_people(self.present) else office
        who = asked.permit(Permission.RESTORE, task.by)
        if not task.over:
            refuse_loss(present, office)
        there = numbers_in(office)
        known = dict(present.numbers or {})
        for series, last in last_on_paper(task.last, office, there).items():
            known[series] = max(known.get(series, 0), last)
        skipped = {name: (there.get(name, 0) + 1, last) for name, last in known.items() if last > there.get(name, 0)}
        said = Restored(
            RestoredAct.RESTORED, who.staff_number, f"{built.first.entries}:{built.first.head}" if built.first.entries else "",
            built.journal, present.head, present.lost + present.gone, skipped,
        )  # fmt: skip
        if task.clock_confirmed:
            office.act_as(who.staff_number)
            office.confirm_clock()
        entry = office.book.append(EntryKind.RESTORED, said.to_payload())
        if task.by_master and office.sealed:
            slot = KeySlot(task.by_master, who.staff_number, who.staff_number)
            office.book.append(EntryKind.KEY_SLOT, slot.to_payload())
        for name, (_, last) in skipped.items():
            office.book.start_series(name, last + 1, who.name, REASON)
        return entry, said

    def _held_against(self, office: Office, built: Rebuilt) -> Present:
        """What is known of the present book, also where it does not open."""
        task = self.task
        told = bool(task.last or task.over or task.none_since)
        if self.present and not self.was_new:
            kept = kept_outside(task.folder)
            gone = turned_back(office, kept) if turned_back(self.present, kept) else None
            if gone and not told:
                raise last_numbers_needed("现在的台账是换回的旧的，备份和流水里也没有最近的", numbers_in(office))
            return replace(hold_against(self.present, office), gone=gone.gone if gone else 0)
        numbers = None if self.was_new else self._numbers_as_they_lie()
        read_to_its_end = built.journal and not built.damaged
        if numbers is None and not (read_to_its_end or told):
            raise last_numbers_needed(f"{NEW if self.was_new else UNREAD}，也没有流水", numbers_in(office))
        return Present("", numbers)

    def _numbers_as_they_lie(self) -> dict[str, int] | None:
        key = None
        with suppress(Refusal):
            key = self.keys.of_file(self.book)
        return numbers_as_they_lie(self.book, key) if self.book.is_file() else None

    def _switched(self, made: Path, key: BookKey | None, keys: Path | None) -> Path | None:
        """Puts the made file in the place of the book, with its file of `keys`. Returns where the old one is kept."""
        task, folder = self.task, self.task.folder
        kept = name_to_keep(self.book, task.clock())
        there = self.book.exists()
        others = keys if keys != folder / KEYS else None
        if key and others:
            put_keys_ready(folder, others, key.name)
        if key and self.present and not (self.present.sealed or self.was_new):
            seal_kept(self.book, kept, key)
        for step in switching(made, self.book, kept, self.present.close if self.present else lambda: None):
            task.steps(step)
        with suppress(OSError):  # else the next opening does it
            give_keys_name(folder, key.name if key else b"", ready=others is not None)
            if self.was_new:
                kept.unlink(missing_ok=True)
        task.steps("settled")
        return kept if there and not self.was_new else None
