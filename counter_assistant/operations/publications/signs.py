"""柜台标识：填好就打印，不编号，也不留记录（守则 一(二)2⑵、一(三)1⑵–⑷）.

What is typed goes through the guard first, like everything that is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from counter_assistant.domain.papers.counter_sign import Role, Sign, SignKind, read_time, window_name
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.wording.check import refuse_forbidden

if TYPE_CHECKING:
    from counter_assistant.domain.people.office_profile import Clerk
    from counter_assistant.operations.office import Office
    from counter_assistant.paper.blocks import Image

STEP, SOONEST = 30, 10  # minutes: times are proposed by the half hour, and not sooner than this


def proposed(office: Office, kind: SignKind) -> dict[str, str]:
    """What the fields of a sign hold before the clerk types; empty where the office does not know it."""
    profile, clerk = office.profile, _clerk(office)
    known = {"window": profile.window, "returns": proposed_return(office)}
    if clerk:
        known["phone"] = clerk.phone
        known["clerk"] = clerk.name
    if kind is SignKind.MODEL_POST:
        known["phone"] = profile.supervision_phone
        known["clerk"] = f"{clerk.name}　{clerk.duty}".strip("　") if clerk else ""
    if kind is SignKind.LEADER_ON_DUTY:
        known["clerk"] = known["phone"] = ""
    return {name: known.get(name, "") for name in kind.fields}


def proposed_return(office: Office) -> str:
    """The next half hour within today's working time, as HH:MM; empty where there is none left."""
    now = office.clock()
    minutes = now.hour * 60 + now.minute + SOONEST
    hour, minute = divmod(-(-minutes // STEP) * STEP, 60)
    closing = _minutes(office.profile.closing_time)
    open_then = hour * 60 + minute <= closing and office.calendar.look_at(now.date()).counts
    return f"{hour}:{minute:02d}" if open_then else ""


def plan_sign(office: Office, kind: SignKind, typed: Mapping[str, str]) -> Sign:
    """The sign that was typed. A time that has passed today is that of the next working day, which is then dated.

    Raises:
        Refusal: what `read_time` and `Sign` refuse.
    """
    values = {name: typed.get(name, "").strip() for name in kind.fields}
    if "instead" in values:
        values["instead"] = window_name(values["instead"])
    values["returns"] = read_time(values.get("returns", ""))
    return Sign(kind, day=_day(office, values["returns"]), **values)


def sign_pdf(office: Office, sign: Sign, script: Image | None = None) -> bytes:
    """The PDF of a sign, marked 样本 in training; `script`: the headline in another script as a picture, which no font here need draw.

    Raises:
        Refusal: `forbidden-wording`, `missing-glyph`.
    """
    refuse_forbidden(sign.free_texts())
    lines = [
        line
        for line in sign.lines(office.profile.unit, office.profile.branch)
        if script is None or line.role is not Role.SECOND
    ]
    return office.program.typesetter.sign(sign.kind.label, lines, office.watermark, script)


def _day(office: Office, returns: str) -> date | None:
    """The day of a time; None where it is today."""
    now: datetime = office.clock()
    today = now.date()
    if not returns:
        return None
    past = _minutes(returns) <= now.hour * 60 + now.minute
    day = office.calendar.first_workday(today + timedelta(days=past))
    return day if day != today else None


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _clerk(office: Office) -> Clerk | None:
    try:
        return office.profile.clerk("")
    except Refusal:
        return None
