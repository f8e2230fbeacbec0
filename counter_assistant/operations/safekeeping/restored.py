"""恢复以后：来了几份文书，最后一份是几号，从什么时候起办的不在里面；查过、都对的，说一声，备份接着做."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.formatting import chinese_time
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.book_held_against import series_in_words
from counter_assistant.storage.safekeeping.another_journal import set_aside_another

CONFIRM = "都对了，请管理员在设置的“本机”里按 Alt+Y"
KEEP_NO_JOURNAL = "不再用的，先在流水一行点“不再记”"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a restored book holds: how many slips, the number of the newest (empty where there is none), and when the last entry of before
    the restore was recorded: what was done after that is not in it."""

    slips: int
    newest: str
    until: datetime

    @property
    def in_words(self) -> str:
        """文书 128 份，最后一份是临公积金示一告〔2026〕128号；台账最后一条是 2026年11月22日 18:05 的，在那以后还办过的，要补。"""
        slips = f"文书 {self.slips} 份，最后一份是{self.newest}" if self.slips else "还没有出过文书"
        return f"{slips}；台账最后一条是 {chinese_time(self.until)} 的，在那以后还办过的，要补。"

    @property
    def in_short(self) -> str:
        """恢复了 128 份文书，到11月22日 18:05 为止。"""
        return f"恢复了 {self.slips} 份文书，到{chinese_time(self.until).partition('年')[2]} 为止。"


def awaited(office: Office) -> Arrived | None:
    """What came in with a restore of which nobody has said yet that it is right; None where none waits.

    Raises:
        Refusal: what reading the book refuses.
    """
    entry = office.book.latest(EntryKind.RESTORED) if office.journal.pauses else None
    return arrived(office, entry) if entry else None


def arrived(office: Office, restored: Entry) -> Arrived:
    """What came into a book with the restore of which an entry tells.

    Raises:
        Refusal: what reading the book refuses.
    """
    before = office.book.at([restored.seq - 1])[restored.seq - 1]
    slips, newest = office.archive.issued_before(restored.seq)
    return Arrived(slips, newest, before.time)


def skipped_in_words(said: Restored) -> str:
    """不再出的号：一次性告知单 2026 年 3 到 33 号，下一个 34 号。Which numbers a restore has passed over; empty for none."""
    told = [
        f"{series_in_words(series)} {first}{f' 到 {last}' if last > first else ''} 号，下一个 {last + 1} 号"
        for series, (first, last) in said.skipped.items()
    ]
    return f"不再出的号：{'；'.join(told)}。" if told else ""


def confirm_restored(office: Office) -> Entry:
    """Says that a restored book is right: from now on the journal and the backups go on. A journal from which it does not go on is
    set aside, so that another begins.

    Raises:
        Refusal: `nothing-to-confirm`, `restore-journal-away`; what `Office.permit` and `Book.append` refuse.
    """
    by = office.permit(Permission.RESTORE).staff_number
    if not office.journal.pauses:
        raise Refusal("nothing-to-confirm", "没有要确认的恢复。", "不用再办。")
    try:
        ending = f".until-{office.database.now():%Y%m%d-%H%M%S}"
        set_aside_another(office.database, office.folder, ending)
    except OSError as error:
        raise Refusal(
            "restore-journal-away", "流水不在，没有确认。", f"请接上放流水的盘再确认；{KEEP_NO_JOURNAL}。"
        ) from error
    return office.book.append(EntryKind.RESTORED, Restored(RestoredAct.CONFIRMED, by).to_payload())
