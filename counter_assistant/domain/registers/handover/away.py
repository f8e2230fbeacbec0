"""谁现在离岗、由谁接替：从交接和交回的记录推得（守则 一(八)2、3）.

Whoever has handed over is away from the first day on until the return is recorded, whatever day was planned: until then the papers
show who acts in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.entries import HandedBack, Handover
from counter_assistant.domain.registers.handover.handover_forms import Leaving
from counter_assistant.domain.registers.settling import RegisterWithdrawn

Name = Callable[[str], str]
"""What a person is called, by staff number."""


class Away(NamedTuple):
    """A handover after which nobody has returned yet, and the number of its entry."""

    seq: int
    said: Handover

    def on(self, day: date) -> bool:
        """Whether whoever handed over is away on a day."""
        return self.said.since <= day.isoformat()

    def meets(self, first: date, last: date, today: date) -> bool:
        """Whether it meets the days of another absence. Without a return it lasts until today at least."""
        until = max(self.said.until, today.isoformat())
        return self.said.since <= last.isoformat() and first.isoformat() <= until


class Handovers:
    """What the entries of a book say about absences of a day or more; `add` follows them in their order."""

    def __init__(self) -> None:
        self._known: dict[int, Handover] = {}
        self._back: set[int] = set()

    def add(self, seq: int, said: object) -> None:
        """Follows one more entry; one about something else changes nothing."""
        match said:
            case Handover():
                self._known[seq] = said
            case HandedBack(of=of):
                self._back.add(of)
            case RegisterWithdrawn(of=of) if of in self._back:
                self._back.discard(of)
            case RegisterWithdrawn(of=of):
                self._known.pop(of, None)

    @property
    def open(self) -> tuple[Away, ...]:
        """Every handover that nobody has returned from, in the order of the book."""
        return tuple(Away(seq, said) for seq, said in self._known.items() if seq not in self._back)

    def last_things(self, who: str) -> Handover | None:
        """The last handover of a person, for what they usually give from hand to hand."""
        return next((said for said in reversed(self._known.values()) if said.who == who), None)


def stand_ins(away: Iterable[Away], day: date) -> dict[str, str]:
    """Who acts on a day in the place of each who is away, by staff number. Where that one is away as well, it is who acts for them; in a
    ring nobody is left, and each stays in charge."""
    direct = {each.said.who: each.said.receiver for each in away if each.on(day)}
    return {who: there for who in direct if (there := _reached(direct, who))}


def _reached(direct: Mapping[str, str], who: str) -> str:
    """Who is there at the end of the chain; empty where it runs in a ring."""
    seen: set[str] = set()
    while who in direct and who not in seen:
        seen.add(who)
        who = direct[who]
    return "" if who in direct else who


def check_leaving(leaving: Leaving, away: Iterable[Away], today: date, name: Name) -> None:
    """Asks whether a handover that was typed, with a receiver, can be made.

    Raises:
        Refusal: `own-receiver`, `own-witness`, `handover-overlaps`, `receiver-away`.
    """
    who, receiver = leaving.who, leaving.receiver
    if receiver == who:
        raise Refusal("own-receiver", f"接替的人就是离岗的{name(who)}。", "请选另一位接替。")
    if leaving.witness in (who, receiver):
        raise Refusal(
            "own-witness", f"监交人{name(leaving.witness)}就是移交人或者接收人。", "请选另一位监交，如科室负责人。"
        )
    for each in away:
        if not each.meets(leaving.since, leaving.until, today):
            continue
        days = f"{each.said.since} 至 {each.said.until}"
        if each.said.who == who:
            raise Refusal(
                "handover-overlaps",
                f"{name(who)} {days} 已经有一次工作交接，还没有交回。",
                "已经回来的，请先在登记页选中那一次，按 F9 记返岗交回；记错了的，按 F8 撤销。",
            )
        if each.said.who == receiver:
            raise Refusal(
                "receiver-away",
                f"{name(receiver)} {days} 也离岗，由{name(each.said.receiver)}接替。",
                "请选另一位接替；已经回来的，请先记返岗交回。",
            )


def check_returning(away: Away | None, day: date) -> Away:
    """The handover that somebody returns from on a day.

    Raises:
        Refusal: `not-away` (there is none that is open), `not-left-yet`.
    """
    if away is None:
        raise Refusal("not-away", "没有等着交回的工作交接。", "请在登记页选中那一次离岗；没有办过交接的，不用交回。")
    if not away.on(day):
        raise Refusal(
            "not-left-yet",
            f"这次离岗从 {away.said.since} 开始，{day.isoformat()} 还没有走。",
            "不走了的，按 F8 撤销这次交接。",
        )
    return away
