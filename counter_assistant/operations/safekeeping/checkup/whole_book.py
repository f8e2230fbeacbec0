"""体检里慢的一半：核对整本台账，与台账以外留着的台账头比对；窗口让另一个进程去做，边做边说到哪一步."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import chain

from counter_assistant.domain.closing.outside_head import OutsideHead, Result
from counter_assistant.domain.entry import BookOpened, EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import CheckLine
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping.backing_up import Task
from counter_assistant.operations.safekeeping.book_held_against import lost_at
from counter_assistant.operations.safekeeping.checkup.checkup import gaps_line, unread_line
from counter_assistant.operations.safekeeping.witness import check
from counter_assistant.storage.safekeeping.backup_folder import backups_in
from counter_assistant.storage.safekeeping.backup_settings import own_place

Heads = Sequence[tuple[int, str]]
"""Numbers and hashes, in hex, of entries as somebody else keeps them."""


def heads_outside(office: Office) -> list[tuple[int, str]]:
    """The heads that are kept outside the book: in the descriptions of its copies, and at the end of the journal. Those from before a
    restore after which entries were lost are not among them: that they are lost is an entry of its own.

    Raises:
        Refusal: what reading the book refuses.
    """
    end = office.journal.end
    of_journal = [(end.seq, end.hash.hex())] if end and end.known and end.seq else []
    return list(dict.fromkeys(chain(_of_copies(office), of_journal)))


def check_whole_book(task: Task, heads: Heads, reached: Callable[[int, int], object]) -> list[CheckLine]:
    """Checks the book of a data folder, as `archive check` does, holds it against heads from outside, and looks for gaps where it is
    whole. `reached` hears which step of how many begins."""
    try:
        with closing(open_office(task.folder, lambda: task.now, key=task.key)) as office:
            found = check(office, [OutsideHead(*head) for head in heads], reached)
            more = [gaps_line(office)] if found.report.ok else []
    except Refusal as refusal:
        return [unread_line(refusal)]
    differing = [each.sentence for each in found.compared if each.result is not Result.SAME]
    return [
        rules.book(found.report.entries, [*found.report.problems, *found.contradicted]),
        rules.heads(len(found.compared), differing),
        *more,
    ]


def _of_copies(office: Office) -> Iterator[tuple[int, str]]:
    opened = office.book.latest(EntryKind.BOOK_OPENED)
    assert opened is not None
    book, lost = BookOpened.from_payload(opened.payload).book, lost_at(office)
    for backup in backups_in(own_place(office.database.path.parent)):
        holds = backup.copy.holds
        of_book = holds is not None and holds.book == book and backup.copy.state is not State.UNSOUND
        if holds and of_book and (lost is None or backup.copy.made > lost):
            yield holds.seq, holds.hash
