"""What each line of the check-up says, whole: what is well, what is to be done and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import CheckLine, Level, Subject
from counter_assistant.domain.safekeeping.free_space import Room
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from tests.make import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()
HELD = Rehearsal(NOW - DAY, Outcome.HELD, NOW - 2 * DAY, 12, 13)
FAILED = replace(HELD, outcome=Outcome.FAILED, said="备份的文件与写下时不一样。")
GB = 1 << 30


LINES: list[tuple[Subject, Callable[[], CheckLine], str, str]] = [
    (Subject.BOOK, lambda: rules.book(12, []), "well", "12 条记录全部核对过，没有问题。"),
    (Subject.BOOK, lambda: rules.book(12, ["第 3 条被改过。"]), "bad", "第 3 条被改过。"),
    (Subject.BOOK, lambda: rules.book(12, ["第 3 条被改过。", "第 4 条被改过。"]), "bad", "第 3 条被改过（共 2 处）。"),
    (Subject.HEADS, lambda: rules.heads(4, []), "well", "与台账以外留着的 4 个台账头相符。"),
    (Subject.HEADS, lambda: rules.heads(0, []), "attention", "没有台账以外留着的台账头：未比对。"),
    (Subject.HEADS, lambda: rules.heads(4, ["凭据上已有第 9 条。"]), "bad", "凭据上已有第 9 条。"),
    (Subject.BACKUP, lambda: rules.backup(NOW, NOW - DAY, pauses=False), "well", "最近核对过的一份是 11月22日 10:42 的。"),
    (Subject.BACKUP, lambda: rules.backup(NOW, NOW - 2 * DAY, pauses=False), "bad", "最近核对过的一份是 11月21日 10:42 的。"),
    (Subject.BACKUP, lambda: rules.backup(NOW, None, pauses=False), "bad", "还没有核对过的备份。"),
    (Subject.BACKUP, lambda: rules.backup(NOW, NOW, pauses=True), "bad", "恢复以后还没有确认，备份停着。"),
    (Subject.LINES, lambda: rules.lines(NOW, 0, None), "well", "备份以后的记录都续写在它旁边。"),
    (Subject.LINES, lambda: rules.lines(NOW, 2, NOW - DAY / 48), "waits", "2 条记录等着续写，最早的是 11月23日 10:12 的；半小时一次，不用管。"),
    (Subject.LINES, lambda: rules.lines(NOW, 2, NOW - DAY / 16), "attention", "备份以后有 2 条记录还没有续写，最早的是 11月23日 9:12 的。"),
    (Subject.PLACE, lambda: rules.place("", carried=False, off_disk=False), "attention", "备份只在这一块盘上，盘坏了一起没有。"),
    (Subject.PLACE, lambda: rules.place("/u", carried=False, off_disk=True), "attention", "备份还没有全放到 /u。"),
    (Subject.PLACE, lambda: rules.place("/u", carried=True, off_disk=False), "attention", "/u 和台账在同一块盘上。"),
    (Subject.PLACE, lambda: rules.place("/u", carried=True, off_disk=True), "well", "在 /u 也有一份。"),
    (Subject.JOURNAL, lambda: rules.journal("", "", 0, one_disk=False), "attention", "没有记流水，盘坏了要丢掉半个小时的记录。"),
    (Subject.JOURNAL, lambda: rules.journal("/u", "流水：/u 不在", 0, one_disk=False), "attention", "/u 不在。"),
    (Subject.JOURNAL, lambda: rules.journal("/u", "", 0, one_disk=True), "attention", "/u 和台账在同一块盘上。"),
    (Subject.JOURNAL, lambda: rules.journal("/u", "", 0, one_disk=False), "well", "在 /u，一条不少。"),
    (Subject.JOURNAL, lambda: rules.journal("/u", "", 3, one_disk=False), "waits", "在 /u，还差 3 条，正在补。"),
    (Subject.REHEARSAL, lambda: rules.rehearsal(NOW, None), "waits", "还没有演练过；做过备份，没有人在台前时自己演练，不用管。"),
    (Subject.REHEARSAL, lambda: rules.rehearsal(NOW, HELD), "well", "11月22日 10:42 由 11月21日 10:42 的备份恢复到第 12 条，核对无误。"),
    (Subject.REHEARSAL, lambda: rules.rehearsal(NOW + 8 * DAY, HELD), "attention", "11月22日 10:42 由 11月21日 10:42 的备份恢复到第 12 条，核对无误。"),
    (Subject.REHEARSAL, lambda: rules.rehearsal(NOW, FAILED), "bad", "11月22日 10:42 由 11月21日 10:42 的备份没有恢复成：备份的文件与写下时不一样。"),
    (Subject.REHEARSAL, lambda: rules.rehearsal(NOW, Rehearsal(NOW, Outcome.NOT_TRIED, said="还没有备份。")), "waits", "未演练：还没有备份。好了以后自己演练。"),
    (Subject.ROOM, lambda: rules.room(None), "attention", "看不到磁盘还剩多少。"),
    (Subject.ROOM, lambda: rules.room(Room(GB, 2 * GB)), "bad", "只剩 1.0 GB，至少要留 2.0 GB。"),
    (Subject.ROOM, lambda: rules.room(Room(3 * GB, 2 * GB)), "well", "还剩 3.0 GB。"),
    (Subject.CLOCK, lambda: rules.clock(NOW, ""), "well", "2026年11月23日 10:42，接得上台账最后一条。"),
    (Subject.CLOCK, lambda: rules.clock(NOW, "电脑时间是1970年1月1日。"), "bad", "电脑时间是1970年1月1日。"),
    (Subject.KEYS, lambda: rules.keys(0, 5, sealed=False, sheet=False), "attention", "台账没有密封，拷走就能看。"),
    (Subject.KEYS, lambda: rules.keys(3, 5, sealed=True, sheet=False), "bad", "没有恢复单，口令都忘了就打不开。"),
    (Subject.KEYS, lambda: rules.keys(1, 5, sealed=True, sheet=True), "attention", "只有 1 个人打得开。"),
    (Subject.KEYS, lambda: rules.keys(1, 1, sealed=True, sheet=True), "well", "已密封，1 个人打得开，有恢复单。"),
    (Subject.KEYS, lambda: rules.keys(2, 5, sealed=True, sheet=True), "well", "已密封，2 个人打得开，有恢复单。"),
    (Subject.CLOSING, lambda: rules.closing(None), "well", "以前各天都结了账。"),
    (Subject.CLOSING, lambda: rules.closing(TODAY), "attention", "2026年11月23日还没有结账。"),
    (Subject.GAPS, lambda: rules.gaps(0, []), "well", "今年没有断号。"),
    (Subject.GAPS, lambda: rules.gaps(2, []), "well", "今年断号 2 处，都写了原因。"),
    (Subject.GAPS, lambda: rules.gaps(2, ["收件回执〔2026〕第 3 至 4 号"]), "bad", "收件回执〔2026〕第 3 至 4 号没有用过，原因不明。"),
    (Subject.GAPS, lambda: rules.gaps(0, ["甲第 3 至 4 号", "乙第 1 至 1 号"]), "bad", "甲第 3 至 4 号等 2 处没有用过，原因不明。"),
    (Subject.OFFICE, lambda: rules.office(0, confirmed=True), "well", "已核对并确认。"),
    (Subject.OFFICE, lambda: rules.office(9, confirmed=False), "bad", "还是示例单位，尚未确认，纸上都印“示例”。"),
    (Subject.OFFICE, lambda: rules.office(1, confirmed=True), "bad", "已确认的单位资料里还有 1 行是示例，纸上印“示例”。"),
    (Subject.CALENDAR, lambda: rules.calendar(TODAY, [2026]), "waits", "还没有 2027 年的放假安排，期限只能预计；国务院办公厅的通知发布以后，在设置的“放假日历”里粘贴进去。"),
    (Subject.CALENDAR, lambda: rules.calendar(date(2026, 12, 14), [2026]), "waits", "还没有 2027 年的放假安排，期限只能预计；国务院办公厅的通知发布以后，在设置的“放假日历”里粘贴进去。"),
    (Subject.CALENDAR, lambda: rules.calendar(date(2026, 12, 15), [2026]), "attention", "还没有 2027 年的放假安排，期限只能预计。"),
    (Subject.CALENDAR, lambda: rules.calendar(date(2026, 11, 16), [2026]), "well", "到 2026 年底的放假安排都有。"),
    (Subject.CALENDAR, lambda: rules.calendar(TODAY, [2027]), "attention", "还没有 2026 年的放假安排，期限只能预计。"),
    (Subject.CALENDAR, lambda: rules.calendar(TODAY, [2025, 2026, 2027, 2029]), "well", "到 2027 年底的放假安排都有。"),
    (Subject.CONTENT, lambda: rules.content(TODAY, "2026.11.4", None), "attention", "2026.11.4 是随程序来的示例，还没有核定。"),
    (Subject.CONTENT, lambda: rules.content(TODAY, "2026-1", TODAY - 366 * DAY), "well", "2026-1，2025年11月22日起。"),
    (Subject.CONTENT, lambda: rules.content(TODAY, "2026-1", TODAY - 367 * DAY), "attention", "2026-1，2025年11月21日起。一年多没有换过。"),
    (Subject.CONTENT, lambda: rules.content(TODAY, "2027-1", date(2027, 1, 1)), "well", "2027-1，2027年1月1日起。"),
    (Subject.PRINTER, lambda: rules.printer("", ""), "attention", "没有打印机。"),
    (Subject.PRINTER, lambda: rules.printer("HP 1020", "缺纸"), "attention", "HP 1020：缺纸。"),
    (Subject.PRINTER, lambda: rules.printer("HP 1020", ""), "well", "HP 1020 就绪。"),
    (Subject.UNPRINTED, lambda: rules.unprinted(0), "well", "出具的文书都打出来了。"),
    (Subject.UNPRINTED, lambda: rules.unprinted(2), "attention", "有 2 份文书未打印。"),
    (Subject.UNPRINTED, lambda: rules.unprinted(2, 3, unconfirmed=True), "attention", "有 2 份文书未打印。"),
    (Subject.UNPRINTED, lambda: rules.unprinted(0, 0, unconfirmed=True), "well", "出具的文书都打出来了。"),
    (
        Subject.UNPRINTED, lambda: rules.unprinted(0, 3, unconfirmed=True), "attention", "3 份恢复来的，打印情况不明。",
    ),
    (Subject.UNPRINTED, lambda: rules.unprinted(0, 3), "well", "没有未打印的；3 份恢复来的，打印情况不明。"),
    (Subject.KIT, lambda: rules.kit(0, 0), "well", "没有停电备用单在外。"),
    (Subject.KIT, lambda: rules.kit(27, 0), "well", "停电备用单 27 份在外，和现在说的一样。"),
    (Subject.KIT, lambda: rules.kit(27, 9), "attention", "有 9 个事项的停电备用单过期了。"),
]  # fmt: skip
REMEDIES = {
    "做一份备份，或者设好流水，就能比对。",
    "国务院办公厅的通知发布以后，在设置的“放假日历”里粘贴进去。",
    "在设置的“本机”里按 Ctrl+B。",
    "在设置的“本机”里按 Ctrl+B。之后会自己再演练；还不成功，请告诉管理员。",
    "在受理台搜“日结”，回车。",
    "在受理台搜“停电备用单”，回车，再按 F9：旧的作废，印新的一套。",
    "在受理台搜“未打印的文书”，回车，再按 F9；已经打出的按 Ctrl+D。",
    "在设置的“本机”里按 Ctrl+D 选 U 盘、另一块盘或者共享文件夹。",
    "在设置的“本机”里按 Ctrl+L 选 U 盘、另一块盘或者共享文件夹。",
    "在设置的“本机”里按 Ctrl+M 密封。",
    "在设置里按 Ctrl+回车逐项核对，再按 F9 确认。",
    "在设置里按 Ctrl+回车逐项核对，改标出来的，再按 F9 确认。",
    "在设置的“本机”里按 Ctrl+M，再按 Ctrl+P 换一张，锁进保险柜。",
    "在设置的“本机”里按 Ctrl+M，再给一位同事口令。",
    "在设置的“本机”里选一台。",
    "到档案查一查最近的几份；手边没有存档联的，打开按 Ctrl+P 补打。",
    "时间不对的请先改正；没错的，按 Alt+T 确认，记入台账。",
    "查过都对了，请管理员在设置的“本机”里按 Alt+Y。",
    "请停止出具，不要再备份，请管理员查明；原来的备份和流水都不要动。",
    "请停止出具，关了重开，照“恢复向导”做；没有出来的，请管理员由最近的备份恢复。原来的文件不要删。",
    "请到打印机前看一看。",
    "请向中心要内容包；是中心的，在“事项”里核定。",
    "请告诉管理员查明，把原因写在日结单上。",
    "请接上放流水的盘；查不明的，请告诉管理员。",
    "请接上；接上以后自己补上。",
    "请清理磁盘，或者请管理员换一块大的。",
    "请管理员看一看这块盘。",
    "请问中心有没有新的一版。",
    "超过一星期了：请让程序开着，没有人在台前时自己演练。",
}


@pytest.mark.parametrize(("subject", "says", "level", "sentence"), LINES)
def test_each_line_says_how_it_stands(
    subject: Subject, says: Callable[[], CheckLine], level: str, sentence: str
) -> None:
    line = says()
    assert (line.subject, line.level, line.sentence) == (subject, level, sentence)
    assert bool(line.remedy) is line.is_to_do, "what is not well has something to be done about it"
    assert line.is_to_do is (line.level in (Level.ATTENTION, Level.BAD))
    assert not line.remedy or line.remedy.endswith("。")


def test_what_was_left_out_of_a_rehearsal_is_said_with_it() -> None:
    said = rules.rehearsal(NOW, replace(HELD, said="流水不在，没有算上。")).sentence
    assert said.endswith("核对无误。流水不在，没有算上。")
    assert "的备份" not in rules.rehearsal(NOW, replace(FAILED, made=None)).sentence


def test_what_is_to_be_done_is_said_in_these_words() -> None:
    assert {says().remedy for _, says, _, _ in LINES} - {""} == REMEDIES
