"""每幅图下面的一句：看到的是什么，可以做什么."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.formatting import WEEKDAYS, listed
from counter_assistant.domain.report.counted import Arrival, Closeness, ToldMatter
from counter_assistant.domain.report.pictures import LEAST, OTHER, Ink, Picture, Subject

NOTHING = {
    Subject.VISITS: "还没有人来：来办、来问、来电的，到窗口的钟点数在这里。",
    Subject.TOLD: "还没有再次来办或者办结的事：有了以后，按事项列在这里。",
    Subject.PROMISES: "还没有办结的：办结、答复、退回以后，离期限多近数在这里。",
    Subject.WAITING: "没有等补材料的申请。",
}
WORTH_SAYING = 10
"""By so many hundredths one day of the week has to be fuller than another for anybody to plan by it."""
TOO_FEW = f"不足 {LEAST} 件的不列，不比人。"


@dataclass(frozen=True, slots=True)
class Advice:
    """What is to be said of a picture; `item` is the item whose text is to be mended, where one is."""

    words: str
    item: str = ""


def on_visits(picture: Picture, arrivals: Iterable[Arrival]) -> Advice:
    """When most come, and on which day of the week."""
    if not picture.total:
        return Advice(NOTHING[Subject.VISITS])
    usual = [bar for bar in picture.bars if bar.ink is Ink.PLAIN and bar.count]
    busy = max(usual, key=lambda bar: bar.count, default=None)
    late = picture.bar("late")
    parts = [
        f"{busy.label} 点人最多，这个钟点请多开窗口" if busy else "",
        f"下班以后 {late.count} 次（延时服务）" if late and late.count else "",
        _by_weekday(arrivals),
    ]
    return Advice(f"{listed(parts, '；')}。" if any(parts) else "都在中午或者开门以前。")


def _by_weekday(arrivals: Iterable[Arrival]) -> str:
    """周一最多，比周三多 41%: of a usual day of each; nothing where one of the two is of too few visits."""
    days = Counter(arrival.time[:10] for arrival in arrivals)
    held: dict[int, list[int]] = {}
    for day, n in days.items():
        held.setdefault(date.fromisoformat(day).weekday(), []).append(n)
    enough = {day: sum(ns) / len(ns) for day, ns in held.items() if sum(ns) >= LEAST}
    if len(enough) < 2:
        return ""
    most, least = max(enough, key=lambda day: (enough[day], -day)), min(enough, key=lambda day: (enough[day], day))
    more = round((enough[most] / enough[least] - 1) * 100)
    return f"周{WEEKDAYS[most]}最多，比周{WEEKDAYS[least]}多 {more}%" if more >= WORTH_SAYING else ""


def on_told(picture: Picture, matters: Iterable[ToldMatter]) -> Advice:
    """Of the item that lacks most: which material was only named at a second visit, so that its sentence is mended."""
    if not picture.total:
        return Advice(NOTHING[Subject.TOLD])
    marked = next((bar for bar in picture.bars if bar.ink is Ink.ATTENTION), None)
    if marked is None:
        return Advice(f"列出的事项第一次就都说清了。{TOO_FEW}" if picture.bars else TOO_FEW)
    late = Counter(name for matter in matters if matter.item == marked.key and matter.known for name in matter.late)
    often = min(late, key=lambda name: (-late[name], name), default="")
    why = f"第二次才说到最多的是“{often}”（{late[often]} 件）" if often else "有第二次才说清的"
    return Advice(f"{marked.label}：{why}，请把目录里这一句写明。{TOO_FEW}", marked.key)


def on_promises(picture: Picture) -> Advice:
    """Whether promises were kept, and what to do about those that nearly were not."""
    if not picture.total:
        return Advice(NOTHING[Subject.PROMISES])
    counts: Mapping[str, int] = {bar.key: bar.count for bar in picture.bars}
    if late := counts[Closeness.OVERDUE]:
        return Advice(f"超期 {late} 件：点开看卡在哪一步；办不完的，在到期以前告知延期。")
    if near := counts[Closeness.ON_THE_DAY]:
        return Advice(f"没有超期。{near} 件到期当天才办结：可以每天先看“三工作日内”的清单。")
    return Advice("没有超期，也没有拖到最后一天的。")


def on_waiting(picture: Picture) -> Advice:
    """Which material is missing most."""
    often = next((bar for bar in picture.bars if bar.label != OTHER), None)
    if often is None:
        return Advice(NOTHING[Subject.WAITING])
    return Advice(f"“{often.label}”最多：有人来问，先说这一样。点一行看办件。")
