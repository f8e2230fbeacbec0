"""恢复向导怎样说：做到哪一步，拒绝以后在窗口里怎么办."""

from __future__ import annotations

from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.operations.safekeeping.recovering.candidates import Candidate
from counter_assistant.operations.safekeeping.restored import skipped_in_words
from counter_assistant.operations.safekeeping.restoring import Done

TITLE = "恢复向导"
SEARCHING = "正在找备份和流水……"
NONE = "没有找到备份，也没有流水。接上放备份或者流水的盘，按 F5 再找；备份在别处的，按 Ctrl+O 选文件夹。"
CHOOSE = "按 ↑ ↓ 选一份，F9 恢复。在旁边做好、核对过才换上；原来的文件留着，用过的号不再出。"
UNSOUND = "这一份核对没有通过，多半恢复不成：请按 ↑ ↓ 换一份。没有别的，按 F9 试一试，不成的什么都不动。"
APART = "这一份和流水不是一条线，恢复不成：请按 ↑ ↓ 换一份。"
PRESENT = "就用现在的这一本：更新的哪里都没有了才选"
AWAY = "流水设在 {}，现在不在：接上以后按 F5 再找。"
BEGIN = "正在看现在的台账……"
STEPS = {
    "looked at": "正在旁边做一本新的，并且核对……",
    "built": "做好了，正在与现在的比……",
    "noted": "正在换上……",
    "kept": "正在换上……",
    "switched": "换上了，正在收尾……",
    "settled": "收尾好了。",
    "branches": "正在放回网点的台账……",
}
"""What is done next after each step."""
TOOK = "{}已用 {} 秒，请不要关机。"
NUMBERS = (
    "不知道纸上已经用到几号。请照手边最近的一份存档联，每种文书填最后一个号（或者扫码）；没有出过的不填，"
    "停电备用单填最近一套的最后一个号。"
)
FILLED = "填好按 F9。"
LOWER = "比备份里的 {} 号还小"
NO_NUMBER = "一个号也没有填。备份以后确实没有出过文书的，按 Alt+Y。"
NONE_SINCE = "备份以后没有出过文书"
NONE_SURE = "下一个号：{}。纸上已经有这些号的，按 Esc 回去填；确实没有的，再按一次 Alt+Y。"
OTHERS = "别的从 1 号起"
FAR_SURE = "跳得远，以后改不小。没有填错的，再按一次 F9；填错了的，改好再按。"
TYPED = "填了号，就照填的接着出。备份以后确实没有出过的，先删掉填的，再按 Alt+Y。"
PULLED_OUT = "读不到这份拷贝了。U 盘拔出了的，插好再按 F9；填的都还在。要换一份的，按 Esc。"
IF_LOW = "纸上还有更大的号，打开以后到设置的“编号与承诺”里改大；改小不行，跳过的号都记明了原因。"
SECRET = "这一份是密封的：请输工号和口令，再按 F9。"
SHEET = "请输工号和恢复单上的 12 个字，再按 F9。"
ONCE_MORE = "台账没有动。再按一次 Esc 退出程序。"
LEAVE_HERE = "按 Esc 退出，台账不动；先要查一查的，按 Ctrl+R 只看。那一台确实不用了，才在这里选一份恢复。"
HERE_TOO = "另一台还在办的，在这里恢复，两台会给出同样的号。那一台确实不用了，再按一次 F9 恢复；不然请按 Esc 退出。"
ANEW = (
    "另起一本：从前的记录在新的一本里都没有，编号从 1 起，单位资料重新填；"
    "原来的文件和备份另存着，不删。确实要另起，再按一次 Ctrl+N。"
)
BEGUN = "另起了一本空的台账。请先在设置里填单位资料，再照纸上的号设定起始编号（设置，编号与承诺）。"
NEXT = "请查一查档案和编号；都对了，到设置、本机按“查过了，都对”。在那以前备份停着。"
FROM_STICK = "从备份恢复"
GO_ON_HERE = "在这台电脑上接着用从前的台账。恢复好以后，原来的那一台不要再办件：两台会给出同样的号。"
STICK = "U 盘 {}"
CHOOSE_HERE = "按 ↑ ↓ 选一份，F9 恢复。先在旁边做好、核对过才用上；带来的盘上什么也不改。"
NO_STICK = "没有找到 U 盘上的备份。插上放备份的 U 盘，按 F5 再找；备份在别处的，按 Ctrl+O 选文件夹。"
NEXT_HERE = f"{NEXT}打印机、备份的地方和流水，请在“本机”里重新选。"
OPEN, RESTORE, GO_ON = "打开台账", "恢复", "接着恢复"


class Consent(NamedTuple):
    """What somebody may agree to after a refusal: the words on the button, and what changes with it. `alone`: to try again changes nothing."""

    label: str
    change: dict[str, bool]
    alone: bool = False


CONSENTS = {
    "restore-loses": Consent("这些不要了，照样恢复", {"over": True}, alone=True),
    "restore-unread": Consent("不要它了，照样恢复", {"over": True}),
    "restore-journal-away": Consent("流水没有了，不用它", {"with_journal": False}),
    "journal-which": Consent("不用流水", {"with_journal": False}, alone=True),
    "journal-damaged": Consent("用损坏以前的", {"despite_damage": True}, alone=True),
    "clock-doubtful": Consent("时间没有错，或者已经改好", {"clock_confirmed": True}),
}
"""What may be agreed to, by the code of the refusal."""
_REMEDIES = {
    "restore-loses": "有更新的备份，请按 ↑ ↓ 换一份；确实不要的，按 Alt+Y：以后不再出这些号，交出去的纸要照纸查明。",
    "restore-unread": "请用打得开它的口令；不要它了的，按 Alt+Y，它的文件也留着。",
    "restore-journal-away": "请接上再按 F9；流水确实没有了的，按 Alt+Y。",
    "journal-which": "那里有几本台账的流水，分不出是哪一份；不用流水的，按 Alt+Y。",
    "journal-damaged": "请换一份；用损坏以前的，按 Alt+Y，以后的号照纸填。",
    "clock-doubtful": "请先把电脑时间改对；没有错的，按 Alt+Y。",
    "copy-missing": "请按 F5 再找，或者按 Ctrl+O 选放备份的文件夹，里面的文件夹以年月日起名。",
    "book-not-ours": "什么都没有动。请换一份；备份文件夹里应当有 book.db 和 backup.json。",
    "book-damaged": "什么都没有动。请换一份备份。",
    "book-empty": "什么都没有动。请换一份备份。",
    "no-keys-for": "请把同一天备份的 book.keys 放到 book.db 旁边，再按 F9；或者换一份。",
    "restore-itself": "请选一份备份。",
}


def said(refusal: Refusal) -> str:
    """A refusal as the window says it: what is done about it here, instead of on the command line."""
    return refusal.sentence + _REMEDIES.get(refusal.code, refusal.remedy)


def about(candidate: Candidate, choose: str) -> str:
    """What is said of the copy that is marked: what to do, unless it is one that hardly can be restored."""
    if choose == LEAVE_HERE:
        return choose
    return UNSOUND if candidate.state is State.UNSOUND else APART if candidate.parts else choose


def done_in_words(done: Done) -> str:
    """What came of a restore."""
    parts = [f"台账已恢复并核对过：{done.in_figures}{done.came.in_words}"]
    parts += [f"这台电脑上原来那一本的 {done.said.lost} 条不在里面。"] if done.said.lost else []
    parts += [skipped_in_words(done.said)]
    parts += [f"流水第 {done.damaged} 行损坏，只到它以前，以后的号请看纸面。"] if done.damaged else []
    parts += [f"原来的文件留作 {done.kept.name}。"] if done.kept else []
    parts += done.branches.warnings
    return "".join(parts)
