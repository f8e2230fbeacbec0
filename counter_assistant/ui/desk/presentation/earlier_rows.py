"""对照要显示的内容：左边上次告知的，右边今天需要的，逐条相对。Plain values, without Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.notification.differences import NO_DETAILS, PARTS, Comparison, Difference, DifferenceKind
from counter_assistant.domain.notification.told_content import ToldContent, ToldMaterial
from counter_assistant.operations.intake.number_conflict import KnownAs, SharedBy
from counter_assistant.operations.notification.earlier import DoneToday, EarlierAct, LookBack

BY_THE_CLERK = "由经办人负责落实（守则 一(五)4）。"
BY_THE_TEXT = "不是经办人的差错，请报中心更正目录。"
POSSIBLE = "可能是同一人（同名）"
AS_TOLD = "与上次相同"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: a name, and what was said of it; both empty where there is nothing."""

    name: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row. `tone` is fault, explained, mend or same; `word` says it too; `beneath` is the difference and its cause."""

    then: Side
    now: Side
    word: str
    tone: str
    beneath: str = ""

    def spoken(self) -> str:
        """The whole row for a screen reader."""
        then, now = (listed((side.name, side.detail), "　") or "没有" for side in (self.then, self.now))
        return listed((self.word, f"上次：{then}", f"今天：{now}", self.beneath), "；")


def line_words(act: EarlierAct, comparison: Comparison, today: date, also: str = "") -> str:
    """上次 11月20日 李某 告知过这件事（告〔2026〕3号）：今天另需 2 项，其中漏告 1 项. `also`: what was done today."""
    if not act.certain:
        tails = listed((_tail("证件", act.id_tail), _tail("电话", act.phone_tail)), "，") or "没有留证件和电话"
        words = f"{POSSIBLE}：{short_day(act.time, today)} {act.clerk} 告知过“{act.name}”（{tails}），请核对"
        return listed((also, words), "；")
    if also:
        return f"{also}；{comparison.summary}"
    how = "口头告知" if act.oral else "告知"
    paper = f"（{act.number}）" if act.number else ""
    return f"上次 {short_day(act.time, today)} {act.clerk} {how}过这件事{paper}：{comparison.summary}"


def today_words(done: DoneToday, *, asked: bool = False) -> str:
    """今天 9:40 李某已经给同一人办过这件事：告〔2026〕3号; without a number where no paper came of it.

    `asked`: the name is still to be confirmed, so that nobody is called the same person yet.
    """
    whom = "同一号码" if asked else "同一人"
    words = f"今天 {done.time.hour}:{done.time.minute:02d} {done.clerk}已经给{whom}办过这件事"
    return f"{words}：{done.number}" if done.number else f"{words}（没有出文书）"


def known_words(known: KnownAs, today: date) -> str:
    """此号码上次登记的姓名是“岩撼”（11月20日）; of a phone also why it is asked about."""
    words = f"此{known.by.label}上次登记的姓名是“{known.name}”（{short_day(known.time, today)}）"
    return f"{words}，两人证件号码不同" if known.by is SharedBy.PHONE else words


def words_to_read(found: LookBack, line: str, today: date, key: str) -> str:
    """What stands beside a `key` that stopped: the question, or else the line itself, and what can be done."""
    if found.known_as:
        asked = "；".join(known_words(one, today) for one in found.known_as)
        wrong = "、".join(one.by.label for one in found.known_as)
        return f"{asked}。请核对证件：{wrong}填错的改正，没有错再按 {key}。"
    return f"{line}。再按 {key} 照常办理{'，按 Ctrl+L 对照' if found.acts else ''}。"


def short_day(moment: datetime, today: date) -> str:
    """11月20日, with the year where it is not today's."""
    return chinese_date(moment.date()) if moment.year != today.year else f"{moment.month}月{moment.day}日"


def _tail(what: str, tail: str) -> str:
    return f"{what}尾号 {tail}" if tail else ""


def rows_of(comparison: Comparison) -> list[PairRow]:
    """The differences first, faults before what is explained; then what is as it was told."""
    earlier, now = comparison.earlier, comparison.now
    if earlier is None:
        head = PairRow(Side(NO_DETAILS), Side(), "不详", "mend")
        return [head, *(PairRow(Side(), _material(line), "", "same") for line in now.required.values())]
    differences = sorted(comparison.differences, key=lambda one: (bool(one.explanation), bool(one.by_text)))
    named = {one.id for one in (*differences, *comparison.to_mend)}
    rows = [_row(earlier, now, one) for one in (*differences, *comparison.to_mend)]
    return [*rows, *_same(earlier, now, named)]


def _row(earlier: ToldContent, now: ToldContent, difference: Difference) -> PairRow:
    then, today = _side(earlier, difference.id), _side(now, difference.id, today=True)
    if difference.kind is DifferenceKind.TO_MEND:
        return PairRow(
            then, today, difference.word, "mend", f"{difference.sentence}{difference.explanation}，不算漏告。"
        )
    if difference.by_text:
        return PairRow(
            then, today, difference.word, "explained", f"{difference.sentence}{difference.by_text}，{BY_THE_TEXT}"
        )
    cause = f"缘由：{difference.explanation}。" if difference.explanation else BY_THE_CLERK
    tone = "explained" if difference.explanation else "fault"
    return PairRow(then, today, difference.word, tone, f"{difference.sentence}{cause}")


def _same(earlier: ToldContent, now: ToldContent, named: set[str]) -> Iterator[PairRow]:
    for id_, line in now.materials.items():
        if id_ not in named and id_ in earlier.materials:
            yield PairRow(_side_like(earlier, now, id_), _side_like(now, earlier, id_), AS_TOLD, "same")
        elif id_ not in named:  # only 如…，另需 now: nothing is asked for yet
            yield PairRow(Side(), _material(line, maybe=True), "", "same")
    for id_ in PARTS:
        if id_ not in named:
            yield PairRow(_side(earlier, id_), _side(now, id_), AS_TOLD, "same")


def _side(told: ToldContent, id_: str, *, today: bool = False) -> Side:
    if id_ in PARTS:
        return Side(PARTS[id_], getattr(told, id_))
    line = told.materials.get(id_)
    if line is not None:
        return _material(line, maybe=id_ not in told.required)
    if id_ in told.never_ask:
        return Side("不得要求" if today else "告知过不得要求")
    if id_ in told.not_required:
        return Side("不需要" if today else "告知过不需要")
    return Side()


def _side_like(told: ToldContent, other: ToldContent, id_: str) -> Side:
    """Of several variants the one that the other side says too."""
    line = told.as_told_by(other, id_) or told.materials[id_]
    return _material(line, maybe=id_ not in told.required)


def _material(line: ToldMaterial, *, maybe: bool = False) -> Side:
    return Side(line.name, f"视情形另需　{line.in_words()}" if maybe else line.in_words())
