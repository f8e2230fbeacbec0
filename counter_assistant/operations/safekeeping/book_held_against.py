"""恢复以前先比一比：现在的台账里有哪些，恢复的一本里会没有."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_assistant.domain.closing.outside_head import OutsideHead, Result
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.papers.numbering import KIT, KIT_RECORDED, read_number
from counter_assistant.domain.people.identity import mask_name
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.witness import compare_heads
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.safekeeping.heads import hash_at, slips_between
from counter_assistant.storage.safekeeping.stored_lines import numbers_of

MOST_TOLD = 5
"""How many slips are named."""
NO_SLIPS = "里面没有文书，是单位资料这一类。"
KITS = {KIT: "停电备用单", KIT_RECORDED: "停电备用单（补录）"}


@dataclass(frozen=True, slots=True)
class Present:
    """What the book says that is there: its head, empty where it cannot be read; how far each series of its numbers is; how many of
    its entries the restored one would not have, and which slips these are, by number and person; and how many that heads kept outside tell of neither of them has."""

    head: str = ""
    numbers: Mapping[str, int] | None = None
    lost: int = 0
    gone: int = 0
    slips: str = ""


def has_people(office: Office) -> bool:
    """Whether anybody has said whose book it is; before that its people are those of the example, and nobody is asked who they are."""
    return office.book.latest(EntryKind.OFFICE_PROFILE) is not None


def is_new(office: Office) -> bool:
    """Whether nothing was done in a book since it was begun, as on a PC on which the program was opened for the first time: nothing of
    it can be lost, and it tells of no number on paper."""
    return office.book.head()[0] <= 1


def numbers_in(office: Office) -> dict[str, int]:
    """How far each series of numbers is."""
    with office.database.query() as handle:
        return numbers_of(handle)


def hold_against(present: Office, made: Office) -> Present:
    """The book that is there, held against the one that would take its place.

    Raises:
        Refusal: what reading a book refuses.
    """
    seq, head = present.book.head()
    lost, slips = 0, ""
    if seq and compare_heads(made, [OutsideHead(seq, head)])[0].result is not Result.SAME:
        both = _in_common(present, made, min(seq, made.book.head()[0]))
        lost, slips = seq - both, _only_here(present, made, both)
    return Present(f"{seq}:{head}", numbers_in(present), lost, slips=slips)


def _only_here(present: Office, made: Office, both: int) -> str:
    """The slips of the present book after the last entry that both books have; of a number that the other one has given as well, to whom."""
    mine, theirs = (slips_between(each.database, both + 1, each.book.head()[0]) for each in (present, made))
    given = {row.number: row for row in theirs}
    if not mine:
        return ""
    told = [f"{row.number}{_to_whom(row)}" for row in mine[:MOST_TOLD]]
    several = f"等 {len(mine)} 份" if len(mine) > MOST_TOLD else ""
    twice = [f"{row.number}在恢复的一本里{_to_whom(given[row.number])}" for row in mine if row.number in given]
    papers = f"；{listed(twice[:MOST_TOLD])}，同一个号的两份纸都在，要照纸查明" if twice else "，纸已经交出去"
    return f"其中文书：{listed(told)}{several}{papers}。"


def _to_whom(row: ArchiveRow) -> str:
    return f"（{mask_name(row.applicant)}）" if row.applicant else ""


def lost_at(office: Office) -> datetime | None:
    """When entries were last lost by a restore, so that copies of before may hold what the book has not; None where they never were.

    Raises:
        Refusal: what reading a book refuses.
    """
    restored = office.book.entries(EntryKind.RESTORED)
    return max((entry.time for entry in restored if Restored.from_payload(entry.payload).lost), default=None)


def refuse_loss(present: Present, made: Office) -> None:
    """Asks whether the restored book has everything that the present one has.

    Raises:
        Refusal: `restore-loses`, which names how many entries and which last numbers would be lost.
    """
    if not present.lost:
        return
    there = numbers_in(made)
    ahead = [
        f"{series_in_words(series)}：现在到 {last} 号，恢复的到 {there.get(series, 0)} 号"
        for series, last in sorted((present.numbers or {}).items())
        if last > there.get(series, 0)
    ]
    numbers = f"（{'；'.join(ahead)}）" if ahead else ""
    raise Refusal(
        "restore-loses",
        f"现在的台账里有 {present.lost} 条记录，恢复的一本里没有{numbers}。{present.slips or NO_SLIPS}",
        "请换一份更新的备份，或者接上流水再恢复；确实要换回去的，加 --over：以后不再出这些号，交出去的纸要照纸查明。",
    )


class NumbersRefused(Refusal):
    """A refusal about numbers on paper; `numbers` says how far the series that it is about are in what is restored."""

    def __init__(self, refusal: Refusal, numbers: Mapping[str, int]) -> None:
        super().__init__(refusal.code, refusal.sentence, refusal.remedy)
        self.numbers = numbers


def last_numbers_needed(why: str, there: Mapping[str, int]) -> NumbersRefused:
    """The refusal for a restore of which nothing says how far the numbers on paper are; `there` says how far they are in what is restored."""
    told = listed([f"{series_in_words(series)} {last} 号" for series, last in sorted(there.items())], "，")
    copy = f"（备份里到{told}）" if told else ""
    refusal = Refusal(
        "last-numbers-needed",
        f"{why}，不知道纸上已经用到几号{copy}。",
        "请照最近几份纸上的编号，每种文书各写一个 --last 编号；备份以后确实没有出过的，加 --over。",
    )
    return NumbersRefused(refusal, there)


def last_on_paper(papers: Iterable[str], office: Office, there: Mapping[str, int]) -> dict[str, int]:
    """The last number on paper of each series of which `papers` were typed or scanned, for the office of what is restored.

    Raises:
        Refusal: `last-number-lower` (what is restored has a later one, so that a wrong paper was taken); what `read_number` refuses.
    """
    found = dict[str, int]()
    for paper in papers:
        read = read_number(paper, office.profile)
        found[read.series] = max(found.get(read.series, 0), read.n)
    for series, last in found.items():
        if last < (has := there.get(series, 0)):
            refusal = Refusal(
                "last-number-lower",
                f"{series_in_words(series)}填了 {last} 号，比备份里的 {has} 号还小。",
                "请照最近的一份纸填；备份以后没有出过这一种的，不填。",
            )
            raise NumbersRefused(refusal, {series: has})
    return found


def series_in_words(series: str) -> str:
    """一次性告知单 2026 年: what a series of numbers is called."""
    kind, _, rest = series.partition("/")
    title = KINDS[SlipKind(kind)].title if kind in {each.value for each in SlipKind} else KITS.get(kind, kind)
    return f"{title} {rest.partition('/')[0]} 年"


def _in_common(one: Office, other: Office, end: int) -> int:
    """The last entry that two books both have; 0 where they have none, or one of them cannot be read there."""
    low, high = 0, end
    try:
        while low < high:
            middle = (low + high + 1) // 2
            if hash_at(one.database, middle) == hash_at(other.database, middle):
                low = middle
            else:
                high = middle - 1
    except Refusal:
        return 0
    return low
