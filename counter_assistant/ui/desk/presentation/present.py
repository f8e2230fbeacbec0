"""受理台此刻显示的：清单各行、办理决定的说法、办理条件。Pure: from the state and the office to words, no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.checklist import Checklist
from counter_assistant.domain.assessment.checklist import state as state_of
from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.assessment.material_lines import Line, MaterialState, MaybeLine
from counter_assistant.domain.catalogue.items import asked_elsewhere
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.kinds import KEEPING, WITHOUT_NAME, WITHOUT_NUMBER, SlipKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.operations.intake.matter import Matter, assess, find_item
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.ui.desk.presentation import paper_fields
from counter_assistant.ui.desk.presentation.applicant_fields import read_applicant, relation_of
from counter_assistant.ui.desk.presentation.circumstances import in_words
from counter_assistant.ui.desk.presentation.decision_text import verdict_of
from counter_assistant.ui.desk.presentation.request_mapping import request_of
from counter_assistant.ui.desk.presentation.view_model import MaterialRow, PresentedMatter

if TYPE_CHECKING:
    from datetime import date

    from counter_assistant.operations.office import Office
    from counter_assistant.ui.desk.presentation.state import DeskState

QUIET_STATES = (MaterialState.AT_COUNTER, MaterialState.EXEMPT)
LOUD_STATES = (MaterialState.MISSING, MaterialState.TO_MEND)


def present_matter(office: Office, state: DeskState) -> PresentedMatter:
    """What is shown of a state that has begun.

    Raises:
        Refusal: unknown-item, or no-text-for-day where the item has none today.
    """
    today = office.today()
    day, faults = day_of(office, state)
    item = asked_elsewhere("", today) if state.elsewhere else find_item(office.catalogue, state.item, day or today)
    applicant, wrong = read_applicant(state, item, today)
    plain = assess(request_of(state, item, applicant, day), office.catalogue, on_duty(office).profile, today)
    matter, unreadable = _with_details(office, state, plain)
    kind = matter.kind
    return PresentedMatter(
        matter, wrong | faults | unreadable,
        rows_of(matter.checklist, matter.request.purpose is Purpose.APPLY, kind is None or kind in KEEPING),
        frozenset(condition.id for condition in (*matter.broken, *matter.to_verify)), relation_of(state, item), _id_hint(kind),
        kind is not None and kind not in WITHOUT_NUMBER,
        left_out(matter.checklist), reasons(matter.checklist), verdict_of(office, matter, in_words(state, day)),
        paper_fields.fields_of(matter, state, office),
    )  # fmt: skip


def matter_asked(office: Office, state: DeskState, clerk: str) -> Matter:
    """The matter of a draft as the clerk who put it aside issues it, given by staff number.

    Raises:
        Refusal: what `present_matter` and `assess` refuse.
    """
    request = replace(present_matter(office, state).matter.request, clerk=clerk)
    return assess(request, office.catalogue, on_duty(office).profile, office.today())


def day_of(office: Office, state: DeskState) -> tuple[date | None, dict[str, Refusal]]:
    """The day of acceptance of a 补录; None for today, and while what was typed is no day that can be."""
    if not state.late:
        return None, {}
    try:
        return _earlier_day(office, state), {}
    except Refusal as refusal:
        return None, {"day": refusal}


def _earlier_day(office: Office, state: DeskState) -> date:
    """The day that was typed: one before today on which the item has a text."""
    typed = state.details.get("day", "").strip()
    if not typed:
        raise Refusal("no-day", "还没有填受理日。", "请填写，如 11-20；不补录的再按一次 B。")
    today = office.today()
    day = read_day(typed, today)
    if day >= today:
        raise Refusal("future-day", "补录的受理日应早于今天。", "请改正；今天受理的不用补录。")
    if state.item:
        find_item(office.catalogue, state.item, day)
    return day


def _with_details(office: Office, state: DeskState, plain: Matter) -> tuple[Matter, dict[str, Refusal]]:
    """The matter with the chosen kind and what its paper carries besides, and the fields of it that cannot be right."""
    chosen = SlipKind(state.slip) if state.slip in set(SlipKind) else None
    kind = chosen if chosen is not plain.outcome.kind else None
    keys = paper_fields.keys_of(plain, kind or plain.outcome.kind, state)
    given, faults = paper_fields.read_details(state.details, keys, office)
    reason = state.details.get("reason", "").strip() if "reason" in keys and "reason" not in faults else ""
    given = replace(given, corrects=state.details.get("corrects", ""), old_copy=state.details.get("old_copy", ""))
    request = replace(plain.request, slip=kind, details=given, reason=reason)
    if request == plain.request:
        return plain, faults
    return assess(request, office.catalogue, on_duty(office).profile, office.today()), faults


def rows_of(checklist: Checklist, applying: bool, keeping: bool) -> tuple[MaterialRow, ...]:
    """The lines in the list's own order: a tick must not make them jump."""
    required = tuple(_required(line, state_of(line, applying, keeping)) for line in checklist.required)
    return (*required, *(_maybe(phrase, lines) for phrase, lines in checklist.open_lines.items()))


def _required(line: Line, words: str) -> MaterialRow:
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
    detail = line.defect or " · ".join(part for part in (line.also, material.issuer, material.requirement) if part)
    return MaterialRow(
        material.id, material.name, detail, line.why, _counts(line), str(words).replace("（", " ").replace("）", ""),
        tone, box, line.defect, line.ids[1:],
    )  # fmt: skip


def _maybe(if_phrase: str, lines: list[MaybeLine]) -> MaterialRow:
    """What hangs on one open answer stands on one line, as it does on the paper."""
    names = "、".join(line.in_short for line in lines)
    ids = " ".join(line.material.id for line in lines)
    return MaterialRow(ids, f"如{if_phrase}，另需", names, lines[0].why, "", "未定", "open", "none")


def _counts(line: Line) -> str:
    return (
        line.material.counts.replace("原件", "原").replace("复印件", "复") if line.submit is not Submit.EXEMPT else "—"
    )


def left_out(checklist: Checklist) -> str:
    """What must not be asked for, and what people wrongly bring, as on the paper."""
    never = [line.name for line in checklist.never_ask]
    others = [f"{'、'.join(names)}（{short}）" for short, names in checklist.wrongly_brought.items()]
    names = listed([*never, *others], " · ")
    return f"不用带、也不会要：{names}" if names else ""


def reasons(checklist: Checklist) -> tuple[str, ...]:
    """Why lines are not there: what must not be asked for one by one, the rest by what keeps it away."""
    groups: dict[str, list[str]] = {}
    for line in checklist.not_required:
        groups.setdefault(line.why, []).append(line.name)
    never = tuple(f"不得要求{line.name}：{line.why}" for line in checklist.never_ask)
    return never + tuple(f"{why}：{'、'.join(names)}" for why, names in groups.items())


def _id_hint(kind: SlipKind | None) -> str:
    """Whether this paper asks for a whole identity number."""
    if kind is None:
        return ""
    if kind in WITHOUT_NAME:
        return f"{kind.in_words}不必填姓名和证件号码"
    return f"{kind.in_words}不必填证件号码" if kind in WITHOUT_NUMBER else f"{kind.in_words}须填证件号码"
