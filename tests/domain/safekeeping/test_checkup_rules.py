"""What each line of the check-up says, whole: what is well, what is to be done and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import CheckLine, Level
from counter_assistant.domain.safekeeping.free_space import Room
from counter_assistant.domain.safekeeping.rehearsal import Outcome, Rehearsal
from tests.make import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()
HELD = Rehearsal(NOW - DAY, Outcome.HELD, NOW - 2 * DAY, 12, 13)
FAILED = replace(HELD, outcome=Outcome.FAILED, said="备份的文件与写下时不一样。")
GB = 1 << 30


@pytest.mark.parametrize(
    ("line", "level", "sentence"),
    [
        (rules.book(12, []), "well", "12 条记录全部核对过，没有问题。"),
        (rules.book(12, ["第 3 条被改过。"]), "bad", "第 3 条被改过。"),
        (rules.book(12, ["第 3 条被改过。", "第 4 条被改过。"]), "bad", "第 3 条被改过（共 2 处）。"),
        (rules.heads(4, []), "well", "与台账以外留着的 4 个台账头相符。"),
        (rules.heads(0, []), "attention", "没有台账以外留着的台账头：未比对。"),
        (rules.heads(4, ["凭据上已有第 9 条。"]), "bad", "凭据上已有第 9 条。"),
        (rules.backup(NOW, NOW - DAY, pauses=False), "well", "最近核对过的一份是 11月22日 10:42 的。"),
        (rules.backup(NOW, NOW - 2 * DAY, pauses=False), "bad", "最近核对过的一份是 11月21日 10:42 的。"),
        (rules.backup(NOW, None, pauses=False), "bad", "还没有核对过的备份。"),
        (rules.backup(NOW, NOW, pauses=True), "attention", "恢复以后还没有确认，备份停着。"),
        (rules.lines(NOW, 0, None), "well", "备份以后的记录都续写在它旁边。"),
        (rules.lines(NOW, 2, NOW - DAY / 48), "well", "备份以后有 2 条记录还没有续写，最早的是 11月23日 10:12 的。"),
        (rules.lines(NOW, 2, NOW - DAY / 16), "attention", "备份以后有 2 条记录还没有续写，最早的是 11月23日 9:12 的。"),
        (rules.place("", carried=False, off_disk=False), "attention", "备份只在这一块盘上，盘坏了一起没有。"),
        (rules.place("/u", carried=False, off_disk=True), "attention", "最近一份没有放到 /u。"),
        (rules.place("/u", carried=True, off_disk=False), "attention", "/u 和台账在同一块盘上。"),
        (rules.place("/u", carried=True, off_disk=True), "well", "在 /u 也有一份。"),
        (rules.journal("", "", 0, one_disk=False), "attention", "没有记流水，盘坏了要丢掉半个小时的记录。"),
        (rules.journal("/u", "流水：/u 不在", 0, one_disk=False), "attention", "/u 不在。"),
        (rules.journal("/u", "", 0, one_disk=True), "attention", "/u 和台账在同一块盘上。"),
        (rules.journal("/u", "", 0, one_disk=False), "well", "在 /u，一条不少。"),
        (rules.journal("/u", "", 3, one_disk=False), "well", "在 /u，还差 3 条，正在补。"),
        (rules.rehearsal(NOW, None), "attention", "还没有演练过。"),
        (rules.rehearsal(NOW, HELD), "well", "11月22日 10:42 由 11月21日 10:42 的备份恢复到第 12 条，核对无误。"),
        (rules.rehearsal(NOW + 8 * DAY, HELD), "attention", "11月22日 10:42 由 11月21日 10:42 的备份恢复到第 12 条，核对无误。"),
        (rules.rehearsal(NOW, FAILED), "bad", "11月22日 10:42 由 11月21日 10:42 的备份没有恢复成：备份的文件与写下时不一样。"),
        (rules.rehearsal(NOW, Rehearsal(NOW, Outcome.NOT_TRIED, said="还没有备份。")), "attention", "未演练：还没有备份。"),
        (rules.room(None), "attention", "看不到磁盘还剩多少。"),
        (rules.room(Room(GB, 2 * GB)), "bad", "只剩 1.0 GB，至少要留 2.0 GB。"),
        (rules.room(Room(3 * GB, 2 * GB)), "well", "还剩 3.0 GB。"),
        (rules.clock(NOW, ""), "well", "2026年11月23日 10:42，接得上台账最后一条。"),
        (rules.clock(NOW, "电脑时间是1970年1月1日。"), "bad", "电脑时间是1970年1月1日。"),
        (rules.keys(0, 5, sealed=False, sheet=False), "attention", "台账没有密封，拷走就能看。"),
        (rules.keys(3, 5, sealed=True, sheet=False), "bad", "没有恢复单，口令都忘了就打不开。"),
        (rules.keys(1, 5, sealed=True, sheet=True), "attention", "只有 1 个人打得开。"),
        (rules.keys(1, 1, sealed=True, sheet=True), "well", "已密封，1 个人打得开，有恢复单。"),
        (rules.keys(2, 5, sealed=True, sheet=True), "well", "已密封，2 个人打得开，有恢复单。"),
        (rules.closing(None), "well", "以前各天都结了账。"),
        (rules.closing(TODAY), "attention", "2026年11月23日还没有结账。"),
        (rules.gaps(0, []), "well", "今年没有断号。"),
        (rules.gaps(2, []), "well", "今年断号 2 处，都写了原因。"),
        (rules.gaps(2, ["收件回执〔2026〕第 3 至 4 号"]), "bad", "收件回执〔2026〕第 3 至 4 号没有用过，原因不明。"),
        (rules.gaps(0, ["甲第 3 至 4 号", "乙第 1 至 1 号"]), "bad", "甲第 3 至 4 号等 2 处没有用过，原因不明。"),
        (rules.calendar(TODAY, [2026]), "attention", "还没有 2027 年的放假安排，期限只能预计。"),
        (rules.calendar(date(2026, 11, 16), [2026]), "well", "到 2026 年底的放假安排都有。"),
        (rules.calendar(TODAY, [2027]), "attention", "还没有 2026 年的放假安排，期限只能预计。"),
        (rules.calendar(TODAY, [2025, 2026, 2027, 2029]), "well", "到 2027 年底的放假安排都有。"),
        (rules.content(TODAY, "2026.11.4", None), "attention", "2026.11.4 是随程序来的示例，还没有核定。"),
        (rules.content(TODAY, "2026-1", TODAY - 366 * DAY), "well", "2026-1，2025年11月22日起。"),
        (rules.content(TODAY, "2026-1", TODAY - 367 * DAY), "attention", "2026-1，2025年11月21日起。一年多没有换过。"),
        (rules.content(TODAY, "2027-1", date(2027, 1, 1)), "well", "2027-1，2027年1月1日起。"),
        (rules.printer("", ""), "attention", "没有打印机。"),
        (rules.printer("HP 1020", "缺纸"), "attention", "HP 1020：缺纸。"),
        (rules.printer("HP 1020", ""), "well", "HP 1020 就绪。"),
        (rules.unprinted(0), "well", "出具的文书都打出来了。"),
        (rules.unprinted(2), "attention", "有 2 份文书未打印。"),
    ],
)  # fmt: skip
def test_each_line_says_how_it_stands(line: CheckLine, level: str, sentence: str) -> None:
    assert (line.level, line.sentence) == (level, sentence)
    assert bool(line.remedy) is (line.level is not Level.WELL), "what is not well has something to be done about it"
    assert not line.remedy or line.remedy.endswith("。")


def test_what_was_left_out_of_a_rehearsal_is_said_with_it() -> None:
    said = rules.rehearsal(NOW, replace(HELD, said="流水不在，没有算上。")).sentence
    assert said.endswith("核对无误。流水不在，没有算上。")
    assert "的备份" not in rules.rehearsal(NOW, replace(FAILED, made=None)).sentence
