"""体检：每一样由一个函数看，看完的合成一份；快的当场看，整本台账由另一个进程核对（whole_book）."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.figures import Gap, series_in_words
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping import checkup_rules as rules
from counter_assistant.domain.safekeeping.checkup import SLOW, CheckLine, Checkup, Level, Subject
from counter_assistant.domain.safekeeping.full_copy import FullCopy
from counter_assistant.domain.safekeeping.keeping import last_verified
from counter_assistant.operations.kit import kits
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping import closing
from counter_assistant.operations.safekeeping.backup_state import BackupState, backup_state
from counter_assistant.operations.safekeeping.journal_folder import journal_state
from counter_assistant.storage.engines.engine import LOCKED
from counter_assistant.storage.safekeeping.backup_folder import SINCE
from counter_assistant.storage.sealing.slots import Holder

NOT_YET = "还没有核对。"
_BLOCK = 1 << 20


def checkup(office: Office) -> Checkup:
    """Everything that is quickly looked at; of the whole book, that it was not checked yet.

    Raises:
        Refusal: what reading the book refuses.
    """
    now = office.database.now()
    state = backup_state(office.folder, now)
    looks: tuple[Callable[[Office], CheckLine], ...] = (
        closing_line,
        calendar_line,
        content_line,
        unprinted_line,
        kit_line,
    )
    lines = [rules.room(state.room), *(look(office) for look in looks)]
    lines += [CheckLine(subject, Level.OPEN, NOT_YET) for subject in SLOW]
    if not (office.training or office.database.shared):
        lines += [backup_line(office, state), *lines_beside(office, state), place_line(state)]
        lines += [rules.rehearsal(now, state.rehearsal), keys_line(office)]
    if not office.training:
        lines += [journal_line(office), clock_line(office), office_line(office)]
    return Checkup(now, ()).with_lines(lines)


def unread_line(refusal: Refusal) -> CheckLine:
    """That the book was not read, and why: another program holds it for a while, or it cannot be read at all."""
    if refusal.code == LOCKED:
        return CheckLine(Subject.BOOK, Level.ATTENTION, refusal.sentence, refusal.remedy)
    return rules.book(0, [refusal.sentence])


def backup_line(office: Office, state: BackupState) -> CheckLine:
    """The last verified copy."""
    return rules.backup(state.now, state.last_verified, pauses=office.journal.pauses)


def lines_beside(office: Office, state: BackupState) -> Iterator[CheckLine]:
    """What is new since the last verified copy, if it is under the key of today: what stands beside it, and what does not yet."""
    newest, key = last_verified(backup.copy for backup in state.own), office.database.key
    if newest is None or newest.holds is None or newest.key != (key.name.hex() if key else ""):
        return
    last = newest.holds.seq + _put_beside(state, newest)
    missing = office.book.head()[0] - last
    first = next(iter(office.book.entries(after=last)), None) if missing > 0 else None
    yield rules.lines(state.now, max(missing, 0), first.time if first else None)


def place_line(state: BackupState) -> CheckLine:
    """The second place of the copies, as it was noted when the last one was put there: nobody waits for a share."""
    newest = last_verified(backup.copy for backup in state.own)
    names = {backup.folder.name for backup in state.own if newest and backup.copy.made == newest.made}
    settings = state.settings
    carried = settings.carried in names and not state.lacks
    return rules.place(settings.place, carried=carried, off_disk=settings.off_disk)


def journal_line(office: Office) -> CheckLine:
    """The journal, as far as it is known; nothing is waited for."""
    state = journal_state(office)
    missing = state.entries - state.last if state.last is not None else 0
    folder = str(state.folder) if state.folder else ""
    return rules.journal(folder, state.warning, missing, one_disk=state.one_disk)


def clock_line(office: Office) -> CheckLine:
    """The PC's time, held against the last entry and the program's own date."""
    doubt = office.clock_doubt()
    return rules.clock(office.database.now(), doubt.in_words if doubt else "")


def keys_line(office: Office) -> CheckLine:
    """Who opens the book."""
    clerks = len(office.profile.clerks)
    if not office.sealed:
        return rules.keys(0, clerks, sealed=False, sheet=False)
    ring = office.ring()
    sheet = bool(ring.slot(Holder.SHEET)) or any(wrap.holder is Holder.SHEET for wrap in ring.older)
    return rules.keys(len(set(ring.people)), clerks, sealed=True, sheet=sheet)


def closing_line(office: Office) -> CheckLine:
    """An earlier day that is not closed."""
    earlier = closing.standing(office).earlier(office.today())
    return rules.closing(earlier.day if earlier else None)


def gaps_line(office: Office) -> CheckLine:
    """The gaps that the closings of this year found, and what is not closed yet has."""
    year = office.today().year
    found = {
        gap for closed, _ in closing.closings(office) if closed.through.year == year for gap in closed.figures.gaps
    }
    with suppress(Refusal):  # there may be nothing to close
        found |= {*closing.preview(office, Period.DAY, closing.period_due(office, Period.DAY)).figures.gaps}
    unexplained = sorted(gap for gap in found if not gap.reason)
    return rules.gaps(len(found) - len(unexplained), [_in_words(gap) for gap in unexplained])


def office_line(office: Office) -> CheckLine:
    """Whose papers these are."""
    return rules.office(len(office.examples), confirmed=office.profile.confirmed)


def calendar_line(office: Office) -> CheckLine:
    """The years whose holidays are known."""
    return rules.calendar(office.today(), [each.year for each in office.calendar.years.values() if each.published])


def content_line(office: Office) -> CheckLine:
    """The catalogue that is told, and since when."""
    edition = office.content.edition
    return rules.content(office.today(), office.catalogue.version, edition.approval.since if edition else None)


def unprinted_line(office: Office) -> CheckLine:
    """The slips that nobody is known to have in their hand."""
    prints = office.prints
    return rules.unprinted(len(prints.unprinted()), prints.of_before(), unconfirmed=office.journal.pauses)


def kit_line(office: Office) -> CheckLine:
    """The slips for when the power is out."""
    return rules.kit(len(kits.blanks_out(office)), len(kits.outdated(office)))


def _put_beside(state: BackupState, copy: FullCopy) -> int:
    """How many entries stand beside a copy: the lines of the file but for its header."""
    folder = next(backup.folder for backup in state.own if backup.copy == copy)
    try:
        with (folder / SINCE).open("rb") as file:
            return max(sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b"")) - 1, 0)
    except OSError:
        return 0


def _in_words(gap: Gap) -> str:
    return f"{series_in_words(gap.series)}第 {gap.first} 至 {gap.last} 号"
