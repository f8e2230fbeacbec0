"""工作交接和返岗交回的登记：离岗一天以上，当面交接，返岗交回（守则 一(八)2、3）.

A handover makes the line in the register of absences by itself; nobody types that one as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import uuid4

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission, Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.away import Away, check_leaving, check_returning
from counter_assistant.domain.registers.handover.entries import THINGS, HandedBack, Handover
from counter_assistant.domain.registers.handover.handover_forms import read_leaving, read_returning
from counter_assistant.domain.registers.handover.roster import deputy_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import handovers, on_duty
from counter_assistant.operations.registers.handover.listing import listing_of


def proposed(office: Office, who: str = "") -> dict[str, str]:
    """What stands in the form of a handover at first: from today on; who witnessed and what was given from hand to hand the last time that
    this clerk (else the current one), by staff number, was away.

    Raises:
        Refusal: what `OfficeProfile.clerk` refuses.
    """
    clerk, profile = office.profile.clerk(who).staff_number, office.profile
    last = handovers(office).last_things(clerk)
    leaders = [one.staff_number for one in profile.clerks if Role.SUPERVISOR in one.roles and one.staff_number != clerk]
    witness = last.witness if last and last.witness in profile.clerk_names else leaders[0] if len(leaders) == 1 else ""
    return {"since": office.today().isoformat(), "witness": witness} | _things(last)


def proposed_return(office: Office, said: Handover) -> dict[str, str]:
    """What stands in the form of a return at first: today, and all that was handed over."""
    return {"day": office.today().isoformat(), "witness": said.witness} | _things(said)


def _things(said: Handover | None) -> dict[str, str]:
    return {name: getattr(said, name) for name in THINGS} if said else {}


def hand_over(office: Office, typed: Mapping[str, str], *, clerk: str = "", key: str = "") -> Entry:
    """Records that somebody hands their work over and leaves for a day or more. What was recorded under a `key` is not recorded again.

    Raises:
        Refusal: `no-deputy` (nobody was named, nor is set as B角), `clock-doubtful`; what `read_leaving`, `check_leaving`,
            `OfficeProfile.clerk` and `Office.permit` refuse.
    """
    if done := office.book.done_before(key) if key else None:
        return done
    recorder = office.permit(Permission.KEEP_REGISTER, clerk).staff_number
    office.book.require_sound_clock()
    profile, today = office.profile, office.today()
    leaving = read_leaving(typed, today, lambda who: profile.clerk(who).staff_number, recorder)
    receiver = leaving.receiver or deputy_of(profile, leaving.who)
    if not receiver:
        raise Refusal(
            "no-deputy",
            f"{profile.clerk_names[leaving.who]}的岗位没有设 B 角。",
            "请在“谁接替”里选一位；长久的，请在设置的“岗位”里设 B 角（守则 一(八)1）。",
        )
    leaving = leaving._replace(receiver=receiver)
    check_leaving(leaving, handovers(office).open, today, lambda who: profile.clerk_names.get(who, who))
    found = listing_of(office, {leaving.who, *_whose(office, leaving.who)})
    said = Handover(
        leaving.who, receiver, leaving.witness, leaving.since.isoformat(), leaving.until.isoformat(),
        _next_workday(office, leaving.until).isoformat(), leaving.reason, found.cases, found.lines, found.blanks,
        **leaving.things, remarks=leaving.remarks, clerk=recorder,
    )  # fmt: skip
    return office.book.append(EntryKind.HANDOVER, said.to_payload(), uuid=key or str(uuid4()))


def hand_back(office: Office, seq: int, typed: Mapping[str, str], *, clerk: str = "", key: str = "") -> Entry:
    """Records that somebody is back and takes over again what they handed over in the entry `seq`. What was recorded under a `key` is
    not recorded again.

    Raises:
        Refusal: `clock-doubtful`; what `read_returning`, `check_returning`, `OfficeProfile.clerk` and `Office.permit` refuse.
    """
    if done := office.book.done_before(key) if key else None:
        return done
    recorder = office.permit(Permission.KEEP_REGISTER, clerk).staff_number
    office.book.require_sound_clock()
    away = check_returning(open_handover(office, seq), office.today())
    told = read_returning(typed, office.today(), lambda who: office.profile.clerk(who).staff_number)
    check_returning(away, told.day)
    found = listing_of(office, {away.said.who}, away.said.cases)
    said = HandedBack(
        seq, told.day.isoformat(), told.witness, found.cases, found.lines, found.blanks, **told.things,
        came=told.came, odd=told.odd, clerk=recorder,
    )  # fmt: skip
    return office.book.append(EntryKind.HANDED_BACK, said.to_payload(), uuid=key or str(uuid4()))


def open_handover(office: Office, seq: int) -> Away | None:
    """The handover that is the entry `seq`, as long as nobody has returned from it."""
    return next((each for each in handovers(office).open if each.seq == seq), None)


def newest_sheet(office: Office, seq: int, ended: int) -> int:
    """The number of the entry whose sheet is the newest of a line of absences: that of the return that ended it, else of the handover; 0
    where nothing was handed over."""
    if office.book.at([seq])[seq].kind is not EntryKind.HANDOVER:
        return 0
    return ended if ended and office.book.at([ended])[ended].kind is EntryKind.HANDED_BACK else seq


def _whose(office: Office, who: str) -> set[str]:
    """Those in whose place somebody acts today: their work is handed over as well."""
    return {away for away, acting in on_duty(office).acting.items() if acting == who}


def _next_workday(office: Office, day: date) -> date:
    return office.calendar.first_workday(day + timedelta(days=1))
