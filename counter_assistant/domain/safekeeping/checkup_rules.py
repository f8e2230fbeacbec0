"""体检的规则：每一样怎样算好，不好的怎么说、怎么办。只看数，不读文件."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from counter_assistant.domain.formatting import chinese_date, chinese_time
from counter_assistant.domain.safekeeping.checkup import CheckLine, Level, Subject
from counter_assistant.domain.safekeeping.free_space import Room, size_in_words
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from counter_assistant.domain.safekeeping.rehearsal import is_overdue as is_rehearsal_overdue
from counter_assistant.domain.safekeeping.schedule import AGAIN, HALF_HOUR, is_overdue

AHEAD = timedelta(days=45)
"""So long before a year ends the holidays of the next one should be there: its notice comes in November (国务院办公厅), and limits that
are promised now end then."""
PUBLISHED_BY = date(1, 12, 15)
"""From this day on the notice for the next year is taken to be out: that for 2026 came on 4 November 2025, the latest of these years, that
for 2023, on 8 December 2022 (国办发明电〔2022〕16号)."""
YEAR = timedelta(days=366)
"""A catalogue that is older than this is asked about: statutes and rates are settled anew each year."""
RESTORE = "请停止出具，关了重开，照“恢复向导”做；没有出来的，请管理员由最近的备份恢复。原来的文件不要删。"
ANOTHER_PLACE = "在设置的“本机”里按 Ctrl+D 选 U 盘、另一块盘或者共享文件夹。"
BACK_UP = "在设置的“本机”里按 Ctrl+B。"


def book(entries: int, problems: Sequence[str]) -> CheckLine:
    """The whole book was checked: chain, contents, numbers, views, pages, and its own closings."""
    if not problems:
        return _well(Subject.BOOK, f"{entries} 条记录全部核对过，没有问题。")
    more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
    return CheckLine(Subject.BOOK, Level.BAD, f"{problems[0].removesuffix('。')}{more}。", RESTORE)


def heads(compared: int, differing: Sequence[str]) -> CheckLine:
    """The book was held against heads kept outside it: how many, and what was said of those that it is not of."""
    if differing:
        return CheckLine(
            Subject.HEADS, Level.BAD, differing[0], "请停止出具，不要再备份，请管理员查明；原来的备份和流水都不要动。"
        )
    if not compared:
        return CheckLine(
            Subject.HEADS, Level.ATTENTION, "没有台账以外留着的台账头：未比对。", "做一份备份，或者设好流水，就能比对。"
        )
    return _well(Subject.HEADS, f"与台账以外留着的 {compared} 个台账头相符。")


def backup(now: datetime, last: datetime | None, *, pauses: bool) -> CheckLine:
    """The last verified copy; `pauses` where a restored book was not confirmed."""
    if pauses:
        return CheckLine(
            Subject.BACKUP, Level.BAD, "恢复以后还没有确认，备份停着。", "查过都对了，请管理员在设置的“本机”里按 Alt+Y。"
        )  # fmt: skip
    if last is None:
        return CheckLine(Subject.BACKUP, Level.BAD, "还没有核对过的备份。", BACK_UP)
    said = f"最近核对过的一份是 {_short(last, now)} 的。"
    return CheckLine(Subject.BACKUP, Level.BAD, said, BACK_UP) if is_overdue(now, last) else _well(Subject.BACKUP, said)


def lines(now: datetime, missing: int, oldest: datetime | None) -> CheckLine:
    """What is new since the last copy stands beside it, but for so many entries, of which the `oldest` was written then."""
    if not missing or oldest is None:
        return _well(Subject.LINES, "备份以后的记录都续写在它旁边。")
    when = _short(oldest, now)
    if now - oldest < HALF_HOUR + AGAIN:
        return CheckLine(
            Subject.LINES, Level.WAITS, f"{missing} 条记录等着续写，最早的是 {when} 的；半小时一次，不用管。"
        )
    said = f"备份以后有 {missing} 条记录还没有续写，最早的是 {when} 的。"
    return CheckLine(Subject.LINES, Level.ATTENTION, said, BACK_UP)


def place(named: str, *, carried: bool, off_disk: bool) -> CheckLine:
    """The second place of the copies: where, whether the last copy and what is new since lie there, and whether that is another file system."""
    if not named:
        return CheckLine(Subject.PLACE, Level.ATTENTION, "备份只在这一块盘上，盘坏了一起没有。", ANOTHER_PLACE)
    if not carried:
        return CheckLine(Subject.PLACE, Level.ATTENTION, f"备份还没有全放到 {named}。", "请接上；接上以后自己补上。")
    if not off_disk:
        return CheckLine(Subject.PLACE, Level.ATTENTION, f"{named} 和台账在同一块盘上。", ANOTHER_PLACE)
    return _well(Subject.PLACE, f"在 {named} 也有一份。")


def journal(folder: str, warning: str, missing: int, *, one_disk: bool) -> CheckLine:
    """The journal in a second place: where, what is wrong with it, and how many entries are not in it yet."""
    choose = "在设置的“本机”里按 Ctrl+L 选 U 盘、另一块盘或者共享文件夹。"
    if warning:
        remedy = "请接上放流水的盘；查不明的，请告诉管理员。"
        return CheckLine(Subject.JOURNAL, Level.ATTENTION, f"{warning.removeprefix('流水：')}。", remedy)
    if not folder:
        return CheckLine(Subject.JOURNAL, Level.ATTENTION, "没有记流水，盘坏了要丢掉半个小时的记录。", choose)
    if one_disk:
        return CheckLine(Subject.JOURNAL, Level.ATTENTION, f"{folder} 和台账在同一块盘上。", choose)
    if missing:
        return CheckLine(Subject.JOURNAL, Level.WAITS, f"在 {folder}，还差 {missing} 条，正在补。")
    return _well(Subject.JOURNAL, f"在 {folder}，一条不少。")


def rehearsal(now: datetime, last: Rehearsal | None) -> CheckLine:
    """The last rehearsal of a restore."""
    if last is None:
        return CheckLine(Subject.REHEARSAL, Level.WAITS, "还没有演练过；做过备份，没有人在台前时自己演练，不用管。")
    when, of = _short(last.at, now), f" 由 {_short(last.made, now)} 的备份" if last.made else ""
    if last.outcome is Outcome.FAILED:
        remedy = f"{BACK_UP}之后会自己再演练；还不成功，请告诉管理员。"
        return CheckLine(Subject.REHEARSAL, Level.BAD, f"{when}{of}没有恢复成：{last.said}", remedy)
    if last.outcome is Outcome.NOT_TRIED:
        return CheckLine(Subject.REHEARSAL, Level.WAITS, f"未演练：{last.said}好了以后自己演练。")
    said = f"{when}{of}恢复到第 {last.entries} 条，核对无误。{last.said}"
    if is_rehearsal_overdue(now, last):
        return CheckLine(
            Subject.REHEARSAL, Level.ATTENTION, said, "超过一星期了：请让程序开着，没有人在台前时自己演练。"
        )
    return _well(Subject.REHEARSAL, said)


def room(found: Room | None) -> CheckLine:
    """The disk on which the book lies."""
    if found is None:
        return CheckLine(Subject.ROOM, Level.ATTENTION, "看不到磁盘还剩多少。", "请管理员看一看这块盘。")
    if found.is_short:
        return CheckLine(Subject.ROOM, Level.BAD, f"{found.in_words}。", "请清理磁盘，或者请管理员换一块大的。")
    return _well(Subject.ROOM, f"还剩 {size_in_words(found.free)}。")


def clock(now: datetime, doubt: str) -> CheckLine:
    """The PC's time; what is doubtful about it, in a sentence."""
    if doubt:
        remedy = "时间不对的请先改正；没错的，按 Alt+T 确认，记入台账。"
        return CheckLine(Subject.CLOCK, Level.BAD, doubt, remedy)
    return _well(Subject.CLOCK, f"{chinese_time(now)}，接得上台账最后一条。")


def keys(people: int, clerks: int, *, sealed: bool, sheet: bool) -> CheckLine:
    """Who opens the book: how many people of how many clerks, and whether there is a recovery sheet."""
    if not sealed:
        return CheckLine(
            Subject.KEYS, Level.ATTENTION, "台账没有密封，拷走就能看。", "在设置的“本机”里按 Ctrl+M 密封。"
        )
    if not sheet:
        remedy = "在设置的“本机”里按 Ctrl+M，再按 Ctrl+P 换一张，锁进保险柜。"
        return CheckLine(Subject.KEYS, Level.BAD, "没有恢复单，口令都忘了就打不开。", remedy)
    if people < min(clerks, 2):
        remedy = "在设置的“本机”里按 Ctrl+M，再给一位同事口令。"
        return CheckLine(Subject.KEYS, Level.ATTENTION, f"只有 {people} 个人打得开。", remedy)
    return _well(Subject.KEYS, f"已密封，{people} 个人打得开，有恢复单。")


def closing(open_day: date | None) -> CheckLine:
    """The first day before today that is not closed."""
    if open_day is None:
        return _well(Subject.CLOSING, "以前各天都结了账。")
    return CheckLine(
        Subject.CLOSING, Level.ATTENTION, f"{chinese_date(open_day)}还没有结账。", "在受理台搜“日结”，回车。"
    )


def gaps(explained: int, unexplained: Sequence[str]) -> CheckLine:
    """The gaps of this year: how many are explained, and in words those that are not."""
    if unexplained:
        more = f"等 {len(unexplained)} 处" if len(unexplained) > 1 else ""
        return CheckLine(
            Subject.GAPS,
            Level.BAD,
            f"{unexplained[0]}{more}没有用过，原因不明。",
            "请告诉管理员查明，把原因写在日结单上。",
        )
    return _well(Subject.GAPS, f"今年断号 {explained} 处，都写了原因。" if explained else "今年没有断号。")


def office(examples: int, *, confirmed: bool) -> CheckLine:
    """Whose papers these are: the profile was gone through and confirmed, and nothing that papers print of it is the example's."""
    review = "在设置里按 Ctrl+回车逐项核对"
    if not confirmed:
        said = "还是示例单位，尚未确认，纸上都印“示例”。"
        return CheckLine(Subject.OFFICE, Level.BAD, said, f"{review}，再按 F9 确认。")
    if examples:
        said = f"已确认的单位资料里还有 {examples} 行是示例，纸上印“示例”。"
        return CheckLine(Subject.OFFICE, Level.BAD, said, f"{review}，改标出来的，再按 F9 确认。")
    return _well(Subject.OFFICE, "已核对并确认。")


def calendar(today: date, published: Sequence[int]) -> CheckLine:
    """The years whose holidays are known. Nobody can do anything about those of a year that are not published yet."""
    needed = (today.year, (today + AHEAD).year)
    if missing := [year for year in needed if year not in published]:
        said, remedy = f"还没有 {missing[0]} 年的放假安排，期限只能预计", "在设置的“放假日历”里粘贴进去。"
        if today < PUBLISHED_BY.replace(year=missing[0] - 1):
            return CheckLine(Subject.CALENDAR, Level.WAITS, f"{said}；国务院办公厅的通知发布以后，{remedy}")
        return CheckLine(Subject.CALENDAR, Level.ATTENTION, f"{said}。", f"国务院办公厅的通知发布以后，{remedy}")
    last = max(year for year in published if set(range(today.year, year + 1)) <= set(published))
    return _well(Subject.CALENDAR, f"到 {last} 年底的放假安排都有。")


def content(today: date, version: str, since: date | None) -> CheckLine:
    """The catalogue that is told: its version, and since when; None where it is the example that came with the program."""
    if since is None:
        return CheckLine(
            Subject.CONTENT, Level.ATTENTION, f"{version} 是随程序来的示例，还没有核定。", "请向中心要内容包；是中心的，在“事项”里核定。"
        )  # fmt: skip
    said = f"{version}，{chinese_date(since)}起。"
    if today - since > YEAR:
        return CheckLine(Subject.CONTENT, Level.ATTENTION, f"{said}一年多没有换过。", "请问中心有没有新的一版。")
    return _well(Subject.CONTENT, said)


def printer(label: str, trouble: str) -> CheckLine:
    """The printer that is used; its label is empty where there is none."""
    if not label:
        return CheckLine(Subject.PRINTER, Level.ATTENTION, "没有打印机。", "在设置的“本机”里选一台。")
    if trouble:
        return CheckLine(Subject.PRINTER, Level.ATTENTION, f"{label}：{trouble}。", "请到打印机前看一看。")
    return _well(Subject.PRINTER, f"{label} 就绪。")


def unprinted(papers: int, restored: int = 0, *, unconfirmed: bool = False) -> CheckLine:
    """The slips of which no copy is known to have come out of a printer. Of those that were `restored` nobody knows: they are looked at once,
    while the restore is `unconfirmed`, and are no reason to print all of them again."""
    if papers:
        remedy = "在受理台搜“未打印的文书”，回车，再按 F9；已经打出的按 Ctrl+D。"
        return CheckLine(Subject.UNPRINTED, Level.ATTENTION, f"有 {papers} 份文书未打印。", remedy)
    if restored and unconfirmed:
        remedy = "到档案查一查最近的几份；手边没有存档联的，打开按 Ctrl+P 补打。"
        return CheckLine(Subject.UNPRINTED, Level.ATTENTION, f"{restored} 份恢复来的，打印情况不明。", remedy)
    if restored:
        return _well(Subject.UNPRINTED, f"没有未打印的；{restored} 份恢复来的，打印情况不明。")
    return _well(Subject.UNPRINTED, "出具的文书都打出来了。")


def kit(out: int, stale: int) -> CheckLine:
    """The slips for when the power is out: how many are out, and of how many items they say something else than they would today."""
    if stale:
        remedy = "在受理台搜“停电备用单”，回车，再按 F9：旧的作废，印新的一套。"
        return CheckLine(Subject.KIT, Level.ATTENTION, f"有 {stale} 个事项的停电备用单过期了。", remedy)
    return _well(Subject.KIT, f"停电备用单 {out} 份在外，和现在说的一样。" if out else "没有停电备用单在外。")


def _well(subject: Subject, sentence: str) -> CheckLine:
    return CheckLine(subject, Level.WELL, sentence)


def _short(time: datetime, now: datetime) -> str:
    return chinese_time(time).removeprefix(f"{now.year}年")
