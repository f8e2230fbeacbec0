"""以前记成办件、通话的投诉，怎样成为密封的投诉登记（守则 一(九)5 做好保密工作）.

What it says is taken as it was written: who, by what phone, what was written of it, and line by line what was done. The identity number
is not taken over: no field of the register asks for one. Whether the name is to be kept from others was not asked then, so it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import (
    ORDER,
    ComplaintStep,
    ComplaintStepTaken,
    Said,
    StepTold,
    Supplement,
    TellingWay,
)

NOT_WRITTEN = "没有写投诉的内容"
AS_IT_WAS = "照以前的办件改记，当时没有分开登记"
REPORT = "D01"
"""The item that is a report of an employer; any other is a complaint about the service, of which nobody said the sort."""


@dataclass(frozen=True, slots=True, repr=False)
class OldLine:
    """What was done once: by whom, given by staff number, when, and in words."""

    author: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class OldMatter:
    """A complaint that lies in the open. `item` is the code of the item, `channel` as the visit has it, `said` what was written of it,
    `numbers` those of its papers, `lines` what was done, the oldest first and at least one.

    `accepted`: somebody has taken it in, `due` is then the day that binds; `ended`: nobody has to do anything more but file it.
    """

    item: str
    item_name: str
    channel: str
    day: date
    lines: tuple[OldLine, ...]
    name: str = ""
    phone: str = ""
    said: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    due: date | None = None
    provisional: bool = False
    accepted: bool = False
    ended: bool = False


def as_sealed(old: OldMatter, number: str, keeper: str, now: datetime) -> tuple[Said, ...]:
    """What an old matter says in the register, under its new number: the complaint, what was done line by line, and as far as it had come
    the steps, which the keeper who re-enters it takes now. A day that was promised binds on."""
    complaint = _complaint(old, number)
    done = (Supplement(number, line.words, line.author, line.at) for line in old.lines)
    return (complaint, *done, *_steps(old, number, keeper, now, complaint.channel))


def _complaint(old: OldMatter, number: str) -> Complaint:
    first = old.lines[0]
    papers = f"以前记成“{old.item_name}”，{f'文书 {listed(old.numbers)}' if old.numbers else '没有文书'}"
    channel = old.channel if old.channel in set(ComplaintChannel) else ComplaintChannel.WINDOW
    return Complaint(
        channel=ComplaintChannel(channel),
        category=Category.EMPLOYER if old.item == REPORT else Category.OTHER,
        matter=listed((*(old.said or (NOT_WRITTEN,)), papers), "。"),
        day=old.day,
        name_kept=NameKept.WITHHELD if old.name else NameKept.ANONYMOUS,
        name=old.name,
        phone=old.phone,
        number=number,
        author=first.author,
        recorded=first.at,
    )


def _steps(
    old: OldMatter, number: str, keeper: str, now: datetime, channel: ComplaintChannel
) -> Iterator[ComplaintStepTaken]:
    """The steps up to where it stands: accepted, or all but the last. What was promised and has been answered binds nobody any more."""
    if not (old.accepted or old.ended):
        return
    first, last = old.lines[0], old.lines[-1]
    taken = f"{AS_IT_WAS}：工号 {first.author} {chinese_date(first.at.date())}记"
    promised = f"，原定 {chinese_date(old.due)}前答复" if old.due else ""
    for step in ORDER[:-1] if old.ended else ORDER[:1]:
        accepting = step is ComplaintStep.ACCEPT
        text = f"{taken}{promised}" if accepting else f"{AS_IT_WAS}：{last.words}"
        way = TellingWay(channel.value) if step is ComplaintStep.FEED_BACK else None
        due = old.due if accepting and not old.ended else None
        yield ComplaintStepTaken(
            StepTold(number, step, text, way=way), keeper, now, due, old.provisional and due is not None
        )
