"""受理台此刻看到的：清单各行、办理决定的说法、资格条件。Pure: from the state and the office to words, no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue import Submit
from counter_assistant.domain.checklist import Checklist, Line, MaterialState, MaybeLine
from counter_assistant.domain.checklist import state as state_of
from counter_assistant.domain.notice import TO_CONFIRM
from counter_assistant.domain.outcome import Clock, Eligibility, Purpose
from counter_assistant.domain.slip import SlipKind
from counter_assistant.domain.wording import chinese_date, listed
from counter_assistant.operations.matter import KEEPING, NAMELESS, Matter, assess, deadlines, find_item
from counter_assistant.ui.desk.views import Row, Sight, Verdict

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.state import DeskState

QUIET_STATES = (MaterialState.AT_COUNTER, MaterialState.EXEMPT)
LOUD_STATES = (MaterialState.MISSING, MaterialState.TO_MEND)


def look(office: Office, state: DeskState) -> Sight:
    """The sight of a state whose item is chosen. Refuses an item that has no text today."""
    today = office.today()
    item = find_item(office.catalogue, state.item, today)
    applicant, faults = state.applicant(item, today)
    plain = assess(state.request(item, applicant), office.catalogue, office.profile, today)
    kind, note = _kind_offered(plain, state.notice_chosen)
    request = state.request(item, applicant, slip=kind if kind is not plain.outcome.kind else None)
    matter = assess(request, office.catalogue, office.profile, today) if request.slip else plain
    asked = item.asked("who")
    who = asked.question.option(state.answers.get("who", "")) if asked else None
    return Sight(
        matter, faults, rows_of(matter.checklist, request.purpose is Purpose.APPLY, kind is None or kind in KEEPING),
        frozenset(condition.id for condition in matter.broken), who.label if who else "", _id_hint(kind),
        left_out(matter.checklist), reasons(matter.checklist), _verdict(office, matter, kind, note),
    )  # fmt: skip


def _kind_offered(matter: Matter, notice_chosen: bool) -> tuple[SlipKind | None, str]:
    """The kind that F9 issues. A kind that does not exist yet is never a dead end: 书面告知 may always be chosen."""
    wanted = matter.outcome.kind
    if wanted is None and notice_chosen:
        return SlipKind.NOTIFICATION_SLIP, "按规定可不出文书；现按当事人要求书面告知。"
    return wanted, ""


def rows_of(checklist: Checklist, applying: bool, keeping: bool) -> tuple[Row, ...]:
    """The lines in the list's own order: a tick must not make them jump."""
    required = tuple(_required(line, state_of(line, applying, keeping)) for line in checklist.required)
    return (*required, *(_maybe(phrase, lines) for phrase, lines in checklist.open_lines.items()))


def _required(line: Line, words: str) -> Row:
    material = line.material
    if line.submit is Submit.EXEMPT and not line.defect:
        box = "none"
    elif line.defect:
        box = "mend"
    elif line.received:
        box = "ticked"
    else:
        box = "dashed" if line.submit is Submit.AT_COUNTER else "empty"
    tone = "loud" if words in LOUD_STATES else "badge" if words in QUIET_STATES else "quiet"
    detail = line.defect or " · ".join(part for part in (material.issuer, material.requirement) if part)
    return Row(
        material.id, material.name, detail, line.why, _counts(line), str(words).replace("（", " ").replace("）", ""),
        tone, box, line.defect,
    )  # fmt: skip


def _maybe(if_phrase: str, lines: list[MaybeLine]) -> Row:
    """What hangs on one open answer stands on one line, as it does on the paper."""
    names = "、".join(line.material.name for line in lines)
    ids = " ".join(line.material.id for line in lines)
    return Row(ids, f"如{if_phrase}，另需", names, lines[0].why, "", "未定", "open", "none")


def _counts(line: Line) -> str:
    return (
        line.material.counts.replace("原件", "原").replace("复印件", "复") if line.submit is not Submit.EXEMPT else "—"
    )


def left_out(checklist: Checklist) -> tuple[str, ...]:
    """What must not be asked for, and what people wrongly bring: a line each."""
    never = listed((line.name for line in checklist.never_ask), " · ")
    others = listed((f"{'、'.join(names)}（{short}）" for short, names in checklist.wrongly_brought.items()), " · ")
    return tuple(
        line for line in (f"不得要求：{never}" if never else "", f"不需要：{others}" if others else "") if line
    )


def reasons(checklist: Checklist) -> tuple[str, ...]:
    """Why lines are not there: what must not be asked for one by one, the rest by what keeps it away."""
    groups: dict[str, list[str]] = {}
    for line in checklist.not_required:
        groups.setdefault(line.why, []).append(line.name)
    never = tuple(f"不得要求{line.name}：{line.why}" for line in checklist.never_ask)
    return never + tuple(f"{why}：{'、'.join(names)}" for why, names in groups.items())


def _verdict(office: Office, matter: Matter, kind: SlipKind | None, note: str) -> Verdict:
    outcome = matter.outcome
    time, provisional = _time_words(office, matter)
    waiting = outcome.clock in (Clock.SUSPENDED, Clock.TODAY_ONCE_COMPLETE)
    refused = matter.broken and matter.standing.eligible is Eligibility.NO
    broken = f"回答与资格条件不符：{listed((c.text for c in matter.broken), '；')}。" if refused else ""
    return Verdict(
        title=kind.in_words if kind else "当场办结，不出文书" if outcome.row == 12 else "登记，不出文书",
        reason=f"{outcome.reason} · 守则{outcome.clause}",
        time=time,
        note=broken + note,
        attention=bool(note and kind is not outcome.kind) or waiting or provisional or bool(broken),
        kind=kind,
        departs=kind is not outcome.kind,
    )


def _time_words(office: Office, matter: Matter) -> tuple[str, bool]:
    """How long and from when. While no clock runs there is no calendar date (一(七)2)."""
    promised = matter.notice.promised.replace(TO_CONFIRM, "")
    due, _ = deadlines(matter, office.calendar)
    if due is None:
        return ("说明时限后登记" if matter.outcome.clock is Clock.STATED_LIMIT else promised), False
    if matter.outcome.clock is Clock.TODAY:
        return f"今天 {office.profile.closing_time} 前办结", due.provisional
    verb = {Clock.INQUIRY_REPLY: "答复", Clock.ANSWER_DATE: "答复"}.get(matter.outcome.clock, "办结")
    mark = "（预计，待放假通知）" if due.provisional else ""
    return f"{chinese_date(due.due)}前{verb}{mark}", due.provisional


def _id_hint(kind: SlipKind | None) -> str:
    """Whether this paper asks for a whole identity number."""
    if kind is None:
        return ""
    return f"{kind.in_words}不必填证件号码" if kind in NAMELESS else f"{kind.in_words}须填证件号码"
