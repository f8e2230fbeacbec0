"""一件办件的话：期限怎么说、归谁、法定哪天。A date at risk has its word as well as its colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from counter_assistant.domain.calendar.time_limit import counts_in_words, overtaking_warning
from counter_assistant.domain.calendar.workdays import Deadline, WorkCalendar
from counter_assistant.domain.cases.case import Case, Stage, Trace, own_clock, statutory_clock
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.print_state import PaperPrint
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.on_duty import OnDuty

QUIET, DONE, ATTENTION, OVERDUE = "secondary", "done", "attention", "error"
"""The roles of the style sheet in which a date is shown."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the role in which it is shown."""

    text: str
    role: str = QUIET


def due_in_words(case: Case, today: date) -> Sentence:
    """When a case needs somebody, as the list says it: 11-24 超期3天."""
    if case.closed:
        late = "，超期" if case.overrun else ""
        return Sentence(f"{short_day(case.closed, today)} {case.stage.label}{late}", OVERDUE if late else QUIET)
    day = case.look_at
    if day is None:
        return Sentence("中止计时" if case.paused else _UNDATED.get(case.stage, "未定期限"))
    past = (today - day).days
    what = "到期" if day in (case.due, case.missed) else "跟进"
    if past > 0:
        return Sentence(f"{short_day(day, today)} {'超期' if what == '到期' else '该跟进，过'}{past}天", OVERDUE)
    if past == 0:
        return Sentence(f"今天{what}", ATTENTION)
    guess = "（预计）" if case.provisional and what == "到期" else ""
    return Sentence(f"{short_day(day, today)} {what}{guess}")


_UNDATED = {Stage.WAITING: "补齐后起算"}


def short_day(day: date, today: date) -> str:
    """11-24 within this year, else 2027-01-05."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def when_in_words(trace: Trace, today: date) -> str:
    """When a line of the history was done: 11-23 10:42; with the time of its note where it was noted on a later day."""
    recorded = trace.recorded
    if recorded is None:
        return short_day(trace.on, today)
    noted = f"{short_day(recorded.date(), today)} {recorded:%H:%M}"
    return noted if recorded.date() == trace.on else f"{short_day(trace.on, today)}\n{noted} 补记"


def owner_of(case: Case, duty: OnDuty) -> str:
    """Who looks after a case: its 首办, else its 首问; while that one is away, who acts in their place."""
    acting = duty.stand_in(case.looked_after_by) if case.open else None
    return f"{acting.name}代" if acting else clerk_name(case.looked_after_by, duty.profile)


def clerk_name(staff_number: str, profile: OfficeProfile) -> str:
    """The name of a clerk; the staff number of one who is no longer listed."""
    try:
        return profile.clerk(staff_number).name if staff_number else ""
    except Refusal:
        return staff_number


def people_in_words(case: Case, duty: OnDuty) -> str:
    """首问 李某　首办 张敏　现由 王某 0883-2120001　证件尾号 002X　电话尾号 0000."""
    profile, acting = duty.profile, duty.stand_in(case.looked_after_by) if case.open else None
    parts = (
        ("首问 ", clerk_name(case.first_clerk, profile)),
        ("首办 ", clerk_name(case.handler, profile)),
        ("离岗，现由 ", listed((acting.name, acting.phone), " ") if acting else ""),
        ("证件尾号 ", case.id_tail),
        ("电话尾号 ", case.phone_tail),
    )
    return "　".join(label + what for label, what in parts if what)


@dataclass(frozen=True, slots=True)
class Limits:
    """The centre's own day and the statute's, as the calendar counts them now; None while no clock runs."""

    promised: Deadline | None
    statutory: Deadline | None

    @property
    def in_words(self) -> str:
        """承诺 2026年11月24日　法定 2026年11月26日."""
        named = (("承诺", self.promised), ("法定", self.statutory))
        return "　".join(f"{name} {_day(deadline)}" for name, deadline in named if deadline)

    @property
    def warning(self) -> str:
        """That the promise passes the statute's limit; empty where it does not."""
        return overtaking_warning(self.promised, self.statutory)

    @property
    def day_by_day(self) -> list[tuple[str, list[str]]]:
        """Both counts, each with its title."""
        named = (("承诺时限", self.promised), ("法定时限", self.statutory))
        return [(name, counts_in_words(deadline)) for name, deadline in named if deadline and deadline.days]


def limits_of(case: Case, calendar: WorkCalendar) -> Limits:
    """Both limits of a case; a date that the calendar cannot count is left out."""
    own, law = own_clock(case), statutory_clock(case)
    try:
        return Limits(own.deadline(calendar) if own else None, law.deadline(calendar) if law else None)
    except Refusal:
        return Limits(None, None)


@dataclass(frozen=True, slots=True)
class CaseInWords:
    """What is said of a case beside its name: when it is due, both limits, a warning, who looks after it, who took each step."""

    due: Sentence
    limits: Limits
    warning: Sentence
    people: str
    clerks: tuple[str, ...]


def in_words(case: Case, duty: OnDuty, calendar: WorkCalendar, today: date) -> CaseInWords:
    """A case in words, as it stands today."""
    limits = limits_of(case, calendar)
    return CaseInWords(
        due_in_words(case, today),
        limits,
        warning_of(case, limits, today),
        people_in_words(case, duty),
        tuple(clerk_name(trace.clerk, duty.profile) for trace in case.history),
    )


def with_unprinted(words: CaseInWords, papers: Iterable[PaperPrint | None]) -> CaseInWords:
    """The same, with a word on the papers that did not come out; what is at risk about the day is said before it."""
    missing = [paper.number for paper in papers if paper and paper.missing]
    if not missing:
        return words
    told = f"{'、'.join(missing)} 没有打出来：按 Ctrl+O 打开，再按 Ctrl+P 打印。"
    return replace(
        words, warning=Sentence(words.warning.text + told, words.warning.role if words.warning.text else ATTENTION)
    )


def _day(deadline: Deadline) -> str:
    return chinese_date(deadline.due) + ("（预计）" if deadline.provisional else "")


def warning_of(case: Case, limits: Limits, today: date) -> Sentence:
    """What must not be overlooked: a printed day that cannot be kept or was missed, a promise beyond the statute's limit."""
    if case.delay_needed and case.printed_due and case.computed_due:
        printed, now = chinese_date(case.printed_due), chinese_date(case.computed_due)
        remedy = "请在印的日期以前告知当事人延期" if today <= case.printed_due else "印的日期已过，请尽快告知当事人延期"
        return Sentence(f"纸上印的是 {printed}，按时钟计算要到 {now}：{remedy}。", OVERDUE)
    if case.open and case.missed:
        later = f"，其后告知延至 {chinese_date(case.due)}" if case.due and case.due > case.missed else ""
        return Sentence(f"{chinese_date(case.missed)} 没有办结{later}：计入超期。", OVERDUE)
    if case.open and case.due and limits.statutory and case.due > limits.statutory.due:
        announced, law = chinese_date(case.due), chinese_date(limits.statutory.due)
        if today > limits.statutory.due:
            return Sentence(f"法定期限 {law} 已过，告知的 {announced} 不改变它：请尽快作出决定。", OVERDUE)
        return Sentence(f"告知的 {announced} 超过法定期限 {law}，法定期限不变：请在它以前作出决定。", ATTENTION)
    return Sentence(limits.warning if case.open else "", ATTENTION)
